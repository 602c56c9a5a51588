/* The designer: panes over one session, keys in, cells out. It knows no terminal; the same designer
 * runs under ncurses, in tests and for --script. Everything a key does is a command (bindings.c);
 * what changes flows or calls is a command of the session, what changes the screen one of
 * view_commands.c. */
#ifndef POSTFLOW_VIEW_DESIGNER_H
#define POSTFLOW_VIEW_DESIGNER_H

#include "engine/flow/hangup.h"
#include "engine/session/session.h"
#include "tui/term/input.h"
#include "tui/view/fields.h"
#include "tui/view/layout.h"
#include "tui/view/listbox.h"
#include "tui/view/overlay.h"
#include "tui/view/textedit.h"
#include "tui/view/toolbox.h"
#include "tui/view/tree.h"

enum designer_wish {
    WISH_NONE,
    WISH_QUIT,
    WISH_SUSPEND,
    WISH_REDRAW, /* the screen was disturbed */
    WISH_EDITOR, /* edit designer.editor_text in $EDITOR, then designer_edited */
};

/* What the screen shows, but for the rows of the tree and what follows when the keys pause. */
struct shown {
    const void *flow, *overlay, *fields_flow;
    uint64_t revision, fields_revision, marks, answers, folds;
    struct spot fields_spot;
    size_t toolbox_at, toolbox_top, toolbox_count, fields_at, fields_top;
    int mode, rows, cols;
    bool plain; /* keys go to the tree; nothing is typed, asked, told or simulated */
};

struct designer {
    struct env *env;
    struct session *session;
    const char *samples; /* the folder of the samples; NULL: there is none */
    int rows, cols;
    enum pane focus;
    struct tree tree;
    struct toolbox toolbox;
    struct fields fields;
    struct overlay *overlay;   /* the one on top, NULL: none */
    bool command_open;         /* the `:` line */
    struct textedit command;
    size_t completion;         /* which completion Tab gave last */
    struct buf completed_from; /* what stood there before Tab */
    char **history;
    size_t history_count, history_capacity, history_at;
    struct scroll choices;     /* simulation: the list of stimuli */
    bool in_flow;              /* simulation: keys go to the flow, not to the list */
    struct {                   /* simulation: what is looked at instead of where the call is, */
        struct flow *flow;     /* NULL: nothing, */
        struct spot spot;
        size_t history, events; /* until the call moves */
    } look;
    struct scroll trace;       /* simulation: the right pane */
    bool ended_shown;          /* the panel was shown for this ending, */
    size_t transfers_shown;    /* and for so many transfers */
    enum designer_wish wish;
    struct buf editor_text;
    bool behind;               /* details of another row are shown: designer_rest is due */
    bool problems_due;         /* and then this: a document may have changed */
    struct hangups *answers;   /* what each hang-up would lead to, kept until a flow changes */
    struct buf hangups;        /* the line under the tree, for `details` */
    enum style hangups_style;
    struct spot details;
    struct mark *marks;        /* of problems, by node */
    size_t mark_count, mark_capacity;
    struct flow *marked;       /* whose marks they are, and as of which problems */
    uint64_t marks_revision;
    struct shown shown;        /* as it was drawn last */
};

struct designer *designer_new(struct env *env, struct session *session);
void designer_free(struct designer *designer);
void designer_resize(struct designer *designer, int rows, int cols);
void designer_key(struct designer *designer, struct key key);
void designer_paste(struct designer *designer, struct str text);
void designer_mouse(struct designer *designer, const struct mouse *mouse);
/* A line of the `:` line, of a binding or of a script; ':' may lead. */
bool designer_command(struct designer *designer, struct str line);
/* Follows the session: another flow, a cursor that moved or went, the end of a call. */
void designer_settle(struct designer *designer);
/* The fields of the row under the cursor. */
void designer_show_fields(struct designer *designer);
/* What of the screen is to be drawn again; details are the fields and the line under the tree. */
enum redraw { REDRAW_NOTHING = 0, REDRAW_TREE = 1, REDRAW_DETAILS = 2, REDRAW_ALL = 7 };
/* What a key may have changed: the tree alone where only its cursor moved. */
enum redraw designer_changed(const struct designer *designer);
/* To be called when all has been drawn. */
void designer_note_shown(struct designer *designer);
/* Less than REDRAW_ALL is for a canvas that holds what was drawn last; parts are or-ed. */
void designer_draw(struct designer *designer, struct canvas *canvas, enum redraw what);
/* Fields and hang-ups of the row under the cursor follow when the keys pause, and problems when
 * that is shown, so that holding a key costs a row and not a screen: to be called until it is no
 * longer behind. Answers what has changed by it; looking for problems ends where `stop` (NULL:
 * never) says that a key waits. */
enum redraw designer_rest(struct designer *designer, const struct check_stop *stop);
bool designer_is_behind(const struct designer *designer);
/* Takes in what others did to the files; not while something is open, typed or simulated. To be
 * called now and then when nothing happens. */
enum redraw designer_look_outside(struct designer *designer);
/* The text came back from the editor (ok) or not. */
void designer_edited(struct designer *designer, bool ok, struct str text);
/* What the front end is to do; asking takes it. */
enum designer_wish designer_take_wish(struct designer *designer);

/* Asks whether to recover, when a session on this workspace died. */
void designer_offer_recovery(struct designer *designer);

/* The places that :uses or :missing found, to pick one to go to. */
void designer_offer_uses(struct designer *designer);

/* Used among the files of the designer. */
void designer_write_hangups(struct designer *designer);
bool designer_simulating(const struct designer *designer);
struct spot designer_cursor(const struct designer *designer);
void designer_move_cursor(struct designer *designer, struct spot spot);
/* Simulation: shows another place until the call moves. */
void designer_look_at(struct designer *designer, struct flow *flow, struct spot spot);
/* Which bindings hold, as enum binding_mode says. */
unsigned designer_mode(const struct designer *designer);
void designer_open_command(struct designer *designer, struct str text);
void designer_command_key(struct designer *designer, struct key key); /* while it is open */
void designer_say(struct designer *designer, enum message_kind kind, struct str text);
/* The message has several lines and is shown as a page, not in the status line. */
bool designer_message_is_page(const struct session *session);

#endif
