/* A few labelled fields in a popup: a new flow, a new variable, a person of the world. */
#ifndef POSTFLOW_VIEW_FORM_H
#define POSTFLOW_VIEW_FORM_H

#include "tui/view/textedit.h"

enum form_kind { FORM_TEXT, FORM_CHOICE };

/* Labels, notes and choices are borrowed. */
struct form_field {
    enum form_kind kind;
    const char *label;
    const char *note;           /* shown while the field has the focus; may be NULL */
    const char *const *choices; /* FORM_CHOICE */
    int choice_count, choice;
    struct textedit edit; /* FORM_TEXT; form_init makes it */
};

struct form {
    struct str title;
    struct form_field *fields;
    int count, focus;
    struct str error; /* of the owner: why it cannot be taken; borrowed */
};

enum form_result { FORM_UNUSED, FORM_HANDLED, FORM_DONE, FORM_CANCELLED };

/* `fields` is the caller's array with kind, label, note, choices filled in. */
void form_init(struct form *form, struct env *env, struct str title, struct form_field *fields,
               int count);
void form_release(struct form *form);
/* Tab, Down / S-Tab, Up move; Left, Right, Space change a choice; Enter goes on and is FORM_DONE on
 * the last field, C-s everywhere. */
enum form_result form_key(struct form *form, struct key key);
enum form_result form_paste(struct form *form, struct str text);
void form_draw(struct form *form, struct canvas *canvas);

#endif
