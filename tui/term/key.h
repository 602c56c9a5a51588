/* Keys as the program speaks of them: in bindings, in scripts, in help. Knows no terminal. */
#ifndef POSTFLOW_TERM_KEY_H
#define POSTFLOW_TERM_KEY_H

#include <stdbool.h>
#include <stdint.h>
#include "engine/base/str.h"

/* Keys that are no character lie above the last code point. */
enum key_special {
    SPECIAL_FIRST = 0x110000,
    SPECIAL_UP = SPECIAL_FIRST,
    SPECIAL_DOWN,
    SPECIAL_LEFT,
    SPECIAL_RIGHT,
    SPECIAL_HOME,
    SPECIAL_END,
    SPECIAL_PAGE_UP,
    SPECIAL_PAGE_DOWN,
    SPECIAL_INSERT,
    SPECIAL_DELETE,
    SPECIAL_BACKSPACE,
    SPECIAL_TAB, /* backtab is Tab with MOD_SHIFT */
    SPECIAL_ENTER,
    SPECIAL_ESC,
    SPECIAL_F1,
    SPECIAL_F12 = SPECIAL_F1 + 11,
};

enum key_mod { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

/* Canonical: a letter with Ctrl is lower case; Shift is told only of specials (a shifted character
 * is another character); 0 code means no key. */
struct key {
    uint32_t code; /* a code point or enum key_special */
    uint32_t mods; /* enum key_mod, or-ed */
};

#define KEY_OF(c) ((struct key){ (c), 0 })
#define KEY_CTRL_OF(c) ((struct key){ (c), MOD_CTRL })
#define KEY_ALT_OF(c) ((struct key){ (c), MOD_ALT })

bool key_eq(struct key a, struct key b);
bool key_is(struct key key, uint32_t code); /* that code and no modifier */
/* True for a character that can be typed into a text (no Ctrl, no Alt, no control). */
bool key_is_text(struct key key);
/* "a", "é", "Space", "C-p", "M-x", "S-Tab", "C-M-Left", "F1", "Enter", "PageUp" ... Names of
 * specials match in any letter case; "Backtab" is S-Tab, "Return" Enter, "Escape" Esc, "Del" and
 * "PgUp" as expected. False when the text names no key. */
bool key_parse(struct str text, struct key *out);
/* The canonical name; key_parse reads it back. */
void key_show(struct buf *out, struct key key);

#endif
