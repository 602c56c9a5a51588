/* A session: open flows, one cursor, undo tree, recovery log, a simulated call, and every command a
 * user can give. It knows no screen: the designer, --script and tests drive it alike.
 * (design.md sections 3 and 4) */
#ifndef POSTFLOW_SESSION_SESSION_H
#define POSTFLOW_SESSION_SESSION_H

#include "engine/call/call.h"
#include "engine/check/check.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/path.h"
#include "engine/flow/uses.h"

enum session_mode { SESSION_EDIT, SESSION_SIMULATE };
enum message_kind { MESSAGE_NONE, MESSAGE_INFO, MESSAGE_WARNING, MESSAGE_ERROR };

struct undo_node;   /* a change and where it hangs in the undo tree */
struct recovery;    /* the log on disk; NULL: none is kept */
struct open_doc;    /* a document that was changed: where in the undo tree it is and was saved */
struct view;        /* a flow shown before, for :back-to */
struct simulation;  /* how the call was started */
struct debugger;    /* breakpoints (debug.h) */
struct watches;     /* what is looked at meanwhile (debug.h) */
struct branches;    /* ways the call could go, by name (debug.h) */
struct heat;        /* what scenarios reach, as of :coverage */
struct assist;      /* completions of an expression (assist.h) */
struct file_locks;  /* which files other sessions are told of */

struct session {
    struct env *env;
    struct workspace *ws;
    struct flow *flow;    /* the one shown; NULL: start screen */
    struct spot cursor;   /* in `flow`, in edit mode */
    enum session_mode mode;
    struct call *call;    /* made at the first :simulate */
    struct undo_node **undo_nodes; /* by number; 0 is the root: nothing was changed */
    size_t undo_count, undo_capacity;
    struct undo_node *undo_root, *undo_at;
    struct open_doc **docs;
    size_t doc_count, doc_capacity;
    struct flow world;    /* postflow.json as far as changes see it; doc NULL: there is none */
    uint64_t world_revision; /* as of which ws->settings was read */
    struct view *views;
    size_t view_count, view_capacity;
    struct simulation *simulation;
    size_t moved_since;   /* the first event that the last command which moved the call led to;
                             beyond them all where it led to none */
    struct debugger *debugger;
    struct watches *watches;
    struct branches *branches;
    struct heat *heat;    /* NULL: nobody asked */
    struct assist *assist; /* NULL: none was asked for yet */
    char *state_folder;   /* NULL: no log, no locks */
    struct recovery *recovery;
    struct file_locks *locks;
    struct buf draft_where, draft; /* the draft as it was logged last */
    struct buf clipboard; /* JSON list of {"kind": {...}} */
    struct buf clipboard_name; /* of what is in it */
    struct buf message;   /* what the last command has to say */
    enum message_kind message_kind;
    struct diags problems;     /* of `flow`, as of problems_revision */
    uint64_t problems_revision; /* changes with them */
    struct check_memory *checked; /* what is known of the flow that was checked last */
    bool problems_known;          /* when the change that is made began, they were all known */
    struct usages uses;   /* what :uses or :missing found last */
    bool show_uses;       /* and just now: the front end offers to go there with :use N */
    char *elsewhere;      /* :workspace named it: the front end opens that instead of this */
    bool quit;
    bool discard;         /* :quit! was said: the log goes even where something is unsaved */
    bool ask_quit;        /* :quit met unsaved work: the front end asks, then :quit! or :write */
};

/* `path`: flow file or folder; `state_folder`: where recovery logs go (NULL: none are kept).
 * NULL and diagnostics when nothing could be opened. A folder opens its first flow. */
struct session *session_open(struct env *env, const char *path, const char *state_folder,
                             struct diags *diags);
/* Removes the log when nothing is unsaved, nor was being typed. */
void session_close(struct session *session);

/* The n-th file or folder that was opened lately, this one included; false: no more. */
bool session_recent(struct session *session, size_t n, struct buf *out);
/* Copies the files below `from` into a folder that is made; nothing is overwritten. False and the
 * message. */
bool session_copy_folder(struct session *session, const char *from, struct str to);
/* To be called while nothing happens: syncs the log after a second of quiet. Returns the
 * milliseconds after which it wants to be called again, -1: not before the next change. */
int64_t session_idle(struct session *session, int64_t now);
/* What others did to the files meanwhile: new flows and flows nobody changed here are read, the
 * rest is told in the message. True when there was something. Not during a simulation. */
bool session_look_outside(struct session *session);

/* Commands: one table (session_commands). A line is "name argument..."; leading ':' is skipped. The
 * result's words are in session->message. False: it failed or is unknown. */
bool session_command(struct session *session, struct str line);
struct command {
    const char *name;
    const char *arguments; /* "PATH", "FIELD VALUE", "[N]" */
    const char *note;      /* what help says */
    unsigned flags;
    unsigned words; /* so many arguments are single words ("quoted ones" may have spaces), the rest
                       of the line is the last argument */
    bool (*run)(struct session *session, struct str arguments);
    /* Adds the n-th completion of the last argument to `out`; false: no more. NULL: nothing to
     * complete. session_complete is how front ends ask. */
    bool (*complete)(struct session *session, struct str arguments, size_t n, struct buf *out);
};
enum command_flag {
    COMMAND_EDITS = 1,         /* changes flows */
    COMMAND_IN_EDIT = 2,       /* possible while editing */
    COMMAND_IN_SIMULATION = 4, /* possible while simulating */
    COMMAND_NEEDS_FLOW = 8,    /* a flow must be shown */
};
const struct command *session_commands(size_t *count);
const struct command *session_command_find(struct str name); /* also a unique prefix */
/* The n-th completion of a line, of its command's name or its last argument: line[*from, end) is
 * what `out` (cleared first) would replace. False: no more. */
bool session_complete(struct session *session, struct str line, size_t n, struct buf *out,
                      size_t *from);

/* What commands are made of; the designer calls them for its dialogs. Each is one undo step, logged
 * before it takes effect. */
struct change *session_begin(struct session *session, const char *name, ...)
    __attribute__((format(printf, 2, 3)));
/* ok: the steps all worked. Logs and keeps it, else takes it back and puts the diagnostics' first
 * sentence in the message. Returns ok. */
bool session_end(struct session *session, struct change *change, bool ok,
                 const struct diags *diags);
bool session_undo(struct session *session);
bool session_redo(struct session *session);
/* What :undo and :redo would do; empty: nothing. */
struct str session_undo_name(const struct session *session);
struct str session_redo_name(const struct session *session);
/* Saves to the file it was read from. False: it is still unsaved, the message says why. */
bool session_save(struct session *session, struct flow *flow, bool force);
bool session_set_field(struct session *session, node_id owner, const struct field *field,
                       struct str text);
bool session_modified(const struct session *session, const struct flow *flow);
bool session_any_modified(const struct session *session);
/* The draft of an open field, of the `:` line or a dialog: logged per key. `where` is "command", or
 * the place it is for, as `goto` takes it. */
void session_draft(struct session *session, const char *where, struct str text);
/* Where something is used; found ones are in session->uses, the message says how many. */
bool session_find_uses(struct session *session, const struct subject *subject);
void session_show_flow(struct session *session, struct flow *flow, struct spot cursor);
/* [FLOW::]PATH; without a flow it is in *flow, NULL: in none. False and the message. */
bool session_find_place(struct session *session, struct str text, struct flow **flow,
                        struct spot *spot);
/* What scenarios did at an action or an output of one; false: nothing is known (:coverage was not
 * said, or no such row). */
struct covered;
bool session_covered(const struct session *session, const struct flow *flow, struct spot spot,
                     struct covered *out);
void session_update_problems(struct session *session); /* cheap when nothing changed */
/* The same; false: `stop` said so, the problems are those of before. */
bool session_try_problems(struct session *session, const struct check_stop *stop);

/* Recovery: logs of sessions that died, for the files of this workspace. */
struct recovery_offer {
    char *log;        /* path of the log */
    int64_t last_ms;  /* its last record */
    size_t changes;
    bool base_changed; /* the file is not the one it was made from */
    struct buf draft;  /* unfinished text, may be empty */
    struct buf draft_where; /* as session_draft was told */
};
/* False: nothing to release. */
bool session_recovery_find(struct session *session, size_t n, struct recovery_offer *out);
void recovery_offer_release(struct recovery_offer *offer);
/* Replays it: the flows are modified, unsaved. Reads as strictly as any file. */
bool session_recover(struct session *session, const char *log, struct diags *diags);
/* The same where the base has changed since, as long as its tree has the same shape. */
bool session_recover_anyway(struct session *session, const char *log, struct diags *diags);
void session_recovery_discard(struct session *session, const char *log);

#endif
