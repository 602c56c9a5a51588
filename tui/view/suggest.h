/* What helps to type an expression into a field: a list of what the word could become, the
 * signature of the call around the cursor, the type or what is wrong, the value in the call right
 * now. The text begins with "=". What there is to say is the session's (assist.h); this shows it
 * and knows the keys. */
#ifndef POSTFLOW_VIEW_SUGGEST_H
#define POSTFLOW_VIEW_SUGGEST_H

#include "engine/session/assist.h"
#include "tui/term/canvas.h"
#include "tui/term/key.h"
#include "tui/view/textedit.h"

struct suggest {
    struct assist assist;
    bool active;    /* an expression is typed */
    bool listed;    /* the list is open */
    size_t refused; /* the word that Esc closed the list for, by its offset; SIZE_MAX: none */
    size_t cursor;  /* in the list; SIZE_MAX: on nothing yet */
    size_t top;
};

void suggest_init(struct suggest *suggest, struct env *env);
void suggest_release(struct suggest *suggest);
/* No expression is typed any more. */
void suggest_close(struct suggest *suggest);
/* Behind each key that the text took: looks again, opens the list where a word has begun, and puts
 * the mark of the text on what is wrong. */
void suggest_look(struct suggest *suggest, struct session *session,
                  const struct assist_place *place, struct textedit *edit);

enum suggest_result {
    SUGGEST_UNUSED, /* the text's key */
    SUGGEST_MOVED,
    SUGGEST_TAKEN, /* the text has changed */
};
/* Tab takes a row of the list (the first, or the one that Up and Down chose) or opens it, C-Space
 * opens it, Enter takes a row that was chosen, Esc closes the list. */
enum suggest_result suggest_key(struct suggest *suggest, struct textedit *edit, struct key key);

/* The function whose call the cursor is in, or that is chosen in the list; empty: none. */
struct str suggest_function(const struct suggest *suggest);

/* Below the cursor of the canvas, which the text has set, or above where there is more room. */
void suggest_draw_list(const struct suggest *suggest, struct canvas *canvas);
/* One row each. */
void suggest_draw_signature(const struct suggest *suggest, struct canvas *canvas, struct area area);
void suggest_draw_verdict(const struct suggest *suggest, struct canvas *canvas, struct area area);

#endif
