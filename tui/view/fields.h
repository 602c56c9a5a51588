/* The fields pane: what the row under the cursor has, from the catalogue. It lists entries, draws
 * them, holds the text of the field that is open. What a key on a field means is decided by the
 * field's kind (fields_open); taking a text is the session's `set`. */
#ifndef POSTFLOW_VIEW_FIELDS_H
#define POSTFLOW_VIEW_FIELDS_H

#include "engine/flow/edit_flow.h"
#include "tui/view/overlay.h"
#include "tui/view/scroll.h"
#include "tui/view/suggest.h"
#include "tui/view/textedit.h"

struct session;

/* One line of the pane. */
struct field_entry {
    const struct field *field; /* NULL: a line that is only shown */
    node_id owner;      /* the action, choice, container or row it belongs to */
    unsigned row;       /* in the list field above it, from 1; 0: no row */
    const struct field *list; /* the list field a row belongs to */
    node_id list_owner;
    int indent;
    struct str label, value; /* in the pane's arena */
    enum style style;
};
struct fields {
    struct env *env;
    struct arena arena;
    struct field_entry *entries;
    size_t count, capacity;
    struct scroll scroll;
    struct flow *flow;
    struct spot spot;
    uint64_t revision;
    bool editing;        /* the entry at the cursor is open as a line */
    struct textedit edit;
    struct suggest suggest;  /* while it is open and holds an expression */
    struct session *session; /* that it was opened for */
};

void fields_init(struct fields *fields, struct env *env);
void fields_release(struct fields *fields);
/* Reads the entries of what the cursor is on; cheap when nothing changed. */
void fields_update(struct fields *fields, struct flow *flow, struct spot spot);
const struct field_entry *fields_current(const struct fields *fields); /* NULL: none */

/* Opens the current entry: a line to type in (editing is set then), or an overlay to put on top, or
 * a command to run at once (in *command, e.g. toggling a flag). */
struct overlay *fields_open(struct fields *fields, struct session *session, struct buf *command);
/* Keys of the open line. EDIT_DONE: the text is ready to be set; the line is closed by
 * fields_close. */
enum edit_result fields_key(struct fields *fields, struct key key);
void fields_paste(struct fields *fields, struct str text);
void fields_close(struct fields *fields);
/* Opens a line for the current entry with this text in it. */
void fields_open_line(struct fields *fields, struct session *session, struct str text);
void fields_draw(struct fields *fields, struct canvas *canvas, struct area area, bool focused);
/* Help of the current field: page text, default, limits, documented or assumed. */
void fields_help(const struct fields *fields, struct buf *out);
/* Opens the current entry as a line for an expression, whatever it holds. */
void fields_open_expression(struct fields *fields, struct session *session);
/* Whether the field may hold an expression. */
bool fields_takes_expression(const struct field *field);
/* The command that sets the current entry to a text: "set target " or "row ... ". */
void fields_set_prefix(const struct fields *fields, struct buf *out);

#endif
