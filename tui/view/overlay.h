/* What lies over the panes: a list to pick from, a question, a text to edit, a page. What is
 * picked or typed becomes a command line, so that an overlay can do nothing that a user could not
 * type. Overlays form a stack; Esc goes one back. */
#ifndef POSTFLOW_VIEW_OVERLAY_H
#define POSTFLOW_VIEW_OVERLAY_H

#include "engine/base/mem.h"
#include "tui/view/listbox.h"
#include "tui/view/popup.h"
#include "tui/view/suggest.h"
#include "tui/view/textedit.h"
#include "tui/view/textview.h"

enum overlay_kind { OVERLAY_PICK, OVERLAY_ASK, OVERLAY_TEXT, OVERLAY_PAGE };

struct pick {
    struct str text, detail;
    struct str command; /* run when it is picked; empty: a heading */
};

/* Says whether a text can be taken: the offset of the fault (SIZE_MAX: fine) and why. */
typedef size_t (*overlay_check)(void *context, struct str text, struct buf *why);

struct overlay {
    struct overlay *below;
    enum overlay_kind kind;
    struct arena arena;    /* texts of what it shows */
    struct str title;
    /* PICK */
    struct pick *picks;
    size_t count, capacity;
    struct listbox list;
    bool free_text;        /* what is typed may be taken where nothing matches: */
    struct str prefix;     /* this and the text are the command then; also for TEXT */
    /* ASK */
    struct dialog dialog;
    struct dialog_choice choices[6];
    struct str commands[6];
    /* TEXT */
    struct textedit edit;
    overlay_check check;
    void *context;
    struct buf why;
    struct session *session;   /* a text that begins with = is an expression; NULL: never */
    struct assist_place place; /* of it */
    struct suggest suggest;
    /* PAGE */
    struct textview page;
};

struct overlay *overlay_new(struct env *env, enum overlay_kind kind, struct str title);
void overlay_free(struct overlay *overlay); /* only this one */
void overlay_pick(struct overlay *overlay, struct str text, struct str detail, struct str command);
__attribute__((format(printf, 4, 5))) void overlay_pickf(struct overlay *overlay, struct str text,
                                                         struct str detail, const char *command,
                                                         ...);
void overlay_ask(struct overlay *overlay, struct str question, enum style style);
/* For ASK a button; for PAGE a key, named in its frame, that closes it and runs the command. The
 * label is borrowed. */
void overlay_answer(struct overlay *overlay, const char *key, const char *label,
                    struct str command);
void overlay_text(struct overlay *overlay, struct str prefix, struct str text, overlay_check check,
                  void *context);
void overlay_page(struct overlay *overlay, struct str text);
/* Called once all picks are in. `select` is the text of the pick to stand on (may be empty). */
void overlay_ready(struct overlay *overlay, struct str select);

enum overlay_result { OVERLAY_OPEN, OVERLAY_CLOSED, OVERLAY_COMMAND, OVERLAY_EDITOR };
/* OVERLAY_COMMAND: *command is the line to run; it lives until the overlay is freed. */
enum overlay_result overlay_key(struct overlay *overlay, struct key key, struct str *command);
/* Another text in place of the one of a TEXT, from an editor. */
void overlay_edited(struct overlay *overlay, struct str text);
void overlay_paste(struct overlay *overlay, struct str text);
enum overlay_result overlay_click(struct overlay *overlay, const struct canvas *canvas, int row,
                                  struct str *command);
void overlay_draw(struct overlay *overlay, struct canvas *canvas);

#endif
