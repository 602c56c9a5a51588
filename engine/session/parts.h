/* What the files of engine/session share; nobody else includes it. */
#ifndef POSTFLOW_SESSION_PARTS_H
#define POSTFLOW_SESSION_PARTS_H

#include "engine/flow/workspace.h"
#include "engine/session/session.h"

/* A document that was changed, saved or made in this session. It never goes before the session. */
struct open_doc {
    struct workspace_file *file; /* NULL: postflow.json */
    struct flow *flow;           /* &file->flow or &session->world */
    struct undo_node *at;        /* the last change in effect that touched it; NULL: none */
    struct undo_node *saved;     /* `at` when it was saved */
    bool saved_lost;             /* what is on disk is no place of the tree */
    bool based;                  /* its source is in the log */
    uint32_t log_id;             /* 0: the log does not know it yet */
};

struct undo_doc {
    struct open_doc *doc;
    struct undo_node *before; /* doc->at while this change is not in effect */
};
struct undo_node {
    struct undo_node *parent;
    struct undo_node *redo; /* the child that :redo takes: the last one that was in effect */
    struct change *change;  /* NULL: the root */
    size_t number;
    struct flow *flow;      /* shown when it was made */
    struct spot before, after; /* the cursor around it; node 0: not known */
    struct undo_doc *docs;
    size_t doc_count;
};

struct view {
    struct flow *flow;
    struct spot cursor;
};

/* --- session.c --- */
struct workspace_file *session_file(const struct session *session, const struct flow *flow);
/* Absolute and without links where it exists; owned by the caller. */
char *session_absolute(struct env *env, const char *path);
/* `folder`/`name` below the state folder's `part`, made with mode 0700 when it is missing; NULL:
 * there is no safe one, errno says why. Owned by the caller. */
char *session_state_path(struct session *session, const char *part, const char *name);
/* Puts another tree in the place of a document's, whose changes must have been forgotten. */
void session_swap_doc(struct session *session, struct flow *flow, struct doc *doc,
                      const struct flow *indexed);
/* Reads a flow from the disk into its place; `known`: its changes (and all others') are forgotten
 * then, NULL: there are none. False: nothing has happened. */
bool session_read_again(struct session *session, struct workspace_file *file,
                        struct open_doc *known, struct diags *diags);

/* Before a change is made, and behind it: the problems of the actions that it is in, as far as
 * those alone decide. */
void problems_begin(struct session *session);
void problems_edited(struct session *session, const struct change *change);

/* --- message.c --- */
void message_clear(struct session *session);
__attribute__((format(printf, 3, 4))) void message_set(struct session *session,
                                                       enum message_kind kind, const char *format,
                                                       ...);
/* Behind what is there; "; " between, a blank behind a sentence. The graver kind stays. */
__attribute__((format(printf, 3, 4))) void message_more(struct session *session,
                                                        enum message_kind kind, const char *format,
                                                        ...);
/* The sentence of a code as an error. False, so that a command can return it. */
bool message_fail(struct session *session, enum diag_code code, struct str a, struct str b,
                  struct str c);
#define message_fail0(s, code) message_fail(s, code, STR_NONE, STR_NONE, STR_NONE)
#define message_fail1(s, code, a) message_fail(s, code, a, STR_NONE, STR_NONE)
#define message_fail2(s, code, a, b) message_fail(s, code, a, b, STR_NONE)
/* The first error (or else the first diagnostic). False. */
bool message_diags(struct session *session, const struct diags *diags, bool with_place);

/* --- undo.c --- */
void undo_init(struct session *session);
void undo_release(struct session *session);
/* Empties the tree. What was unsaved stays unsaved, wherever the tree goes from here. */
void undo_forget(struct session *session);
/* Takes a change that is in effect into the tree, without logging it. */
struct undo_node *undo_push(struct session *session, struct change *change);
/* Steps of replaying a log: they neither log nor move the cursor. */
void undo_step_back(struct session *session);
void undo_step_forward(struct session *session, struct undo_node *child);
bool undo_many(struct session *session, size_t n);
bool redo_many(struct session *session, size_t n);
/* To the place behind change `number`, wherever in the tree it is; 0: before all. */
bool undo_go_to(struct session *session, size_t number);
/* One line for each change. */
void undo_list(struct session *session, struct buf *out);
struct open_doc *undo_doc_of(struct session *session, struct flow *flow);
/* NULL when it was neither changed nor saved. */
struct open_doc *undo_doc_find(const struct session *session, const struct flow *flow);
/* What must be done whenever documents have changed: settings, simulated call. */
void undo_changed(struct session *session);

/* --- log.c: all of these do nothing where no log is kept --- */
void log_change(struct session *session, const struct change *change);
void log_undo(struct session *session);
void log_redo(struct session *session, const struct undo_node *child);
void log_new_flow(struct session *session, struct open_doc *doc);
/* Before the file changes, and behind it. The first one puts into the log what the node ids count
 * in, as it will not be on disk any more. */
void log_save(struct session *session, struct open_doc *doc, const char *path, struct str content);
void log_saved(struct session *session, const struct open_doc *doc);
/* Before the tree is replaced by what is on disk. */
void log_reloaded(struct session *session, struct open_doc *doc);
/* Says so once when the log cannot be written. */
void log_tell(struct session *session);
void log_close(struct session *session, bool remove);
/* Goes on with a log that was replayed: `records` are good up to byte `size`. */
void log_adopt(struct session *session, const char *path, int descriptor, uint64_t records,
               uint64_t size, uint32_t docs);
/* --- lock.c --- */
/* Tells other sessions that this one has the file open; the message says who had it first. */
void lock_file(struct session *session, const char *path);
void locks_release(struct session *session);

/* --- recent.c --- */
void recent_add(struct session *session, const char *opened);

/* --- commands_world.c --- */
/* An empty postflow.json in memory, where there is none. */
bool session_world_make(struct session *session, struct diags *diags);
/* Reads it again, or that there is none any more; nothing of it was changed here. */
bool session_world_read(struct session *session, struct diags *diags);
char *session_world_path(const struct session *session); /* owned by the caller */

/* --- save.c --- */
enum save_how { SAVE_ASK, SAVE_FORCE };
bool save_file(struct session *session, struct workspace_file *file, enum save_how how);
bool save_file_as(struct session *session, struct workspace_file *file, struct str path,
                  enum save_how how);
bool save_world(struct session *session, enum save_how how);
/* Every flow that is modified, and postflow.json. */
bool save_all(struct session *session);
/* Writes a text to a file that belongs to no flow. */
bool save_text(struct session *session, struct str path, struct str text, enum save_how how);
bool session_world_modified(const struct session *session);

/* --- heat.c --- */
void heat_free(struct session *session);

/* --- ways.c --- */
/* The call's events as lines. */
struct trace_lines;
struct trace_lines *trace_lines_new(struct session *session);
void trace_lines_free(struct trace_lines *lines);
/* What a call that was repeated after an edit does otherwise than `before`, as a message. */
void ways_tell_difference(struct session *session, const struct trace_lines *before);

/* --- commands_call.c --- */
/* The trace before the edit that the call was repeated after; NULL: there was none. */
const struct trace_lines *simulation_before(const struct session *session);

/* --- branches.c --- */
/* The n-th way as lines; the call is where it was afterwards. NULL: there is none of that name. */
struct trace_lines *branch_lines(struct session *session, struct str name);

/* --- debug.c --- */
void debug_free(struct session *session);
/* As call_go, but breakpoints stop it too. True: one did. */
bool debug_go(struct session *session, const struct call_going *how);
/* Around whatever else moves the call: what breakpoints say to the events from `since` on. */
void debug_before(struct session *session);
void debug_look(struct session *session, size_t since);
char *debug_text(struct session *session, struct str text); /* a copy, owned by the caller */
/* An expression may name a variable of a flow that does not run yet; what cannot be read never
 * will: false, and the message says why. */
bool debug_readable(struct session *session, struct str expression);
/* The number in `text` is that of one to remove, "all" (0) stands for each. */
bool debug_read_number(struct session *session, struct str text, const char *command,
                       unsigned *number);
/* Says how many `what` went; false: there is none of that number, `list` lists them. */
bool debug_removed(struct session *session, size_t count, const char *what, const char *list,
                   struct str number);

/* --- watches.c --- */
void watches_free(struct session *session);
/* Behind each command that moved the call. */
void watches_moved(struct session *session);

/* --- branches.c --- */
void branches_free(struct session *session);

/* --- commands_call.c --- */
void simulation_free(struct session *session);
/* After an edit: repeats the call by its stimuli and says how far that went. */
void simulation_edited(struct session *session);

#endif
