#include "tui/term/key.h"

#include <string.h>

#include "engine/base/utf8.h"

struct key_word {
    const char *name;
    uint32_t code;
    uint32_t mods;
};

/* The first name of a code is its canonical one. */
static const struct key_word words[] = {
    { "Up", SPECIAL_UP, 0 },
    { "Down", SPECIAL_DOWN, 0 },
    { "Left", SPECIAL_LEFT, 0 },
    { "Right", SPECIAL_RIGHT, 0 },
    { "Home", SPECIAL_HOME, 0 },
    { "End", SPECIAL_END, 0 },
    { "PageUp", SPECIAL_PAGE_UP, 0 },
    { "PageDown", SPECIAL_PAGE_DOWN, 0 },
    { "Insert", SPECIAL_INSERT, 0 },
    { "Delete", SPECIAL_DELETE, 0 },
    { "Backspace", SPECIAL_BACKSPACE, 0 },
    { "Tab", SPECIAL_TAB, 0 },
    { "Enter", SPECIAL_ENTER, 0 },
    { "Esc", SPECIAL_ESC, 0 },
    { "Space", ' ', 0 },
    { "Backtab", SPECIAL_TAB, MOD_SHIFT },
    { "Return", SPECIAL_ENTER, 0 },
    { "Escape", SPECIAL_ESC, 0 },
    { "PgUp", SPECIAL_PAGE_UP, 0 },
    { "PgDn", SPECIAL_PAGE_DOWN, 0 },
    { "Ins", SPECIAL_INSERT, 0 },
    { "Del", SPECIAL_DELETE, 0 },
};

static const struct {
    char letter;
    enum key_mod mod;
} prefixes[] = { { 'C', MOD_CTRL }, { 'M', MOD_ALT }, { 'S', MOD_SHIFT } };

bool key_eq(struct key a, struct key b)
{
    return a.code == b.code && a.mods == b.mods;
}

bool key_is(struct key key, uint32_t code)
{
    return key.code == code && key.mods == 0;
}

bool key_is_text(struct key key)
{
    return key.mods == 0 && key.code >= ' ' && key.code < SPECIAL_FIRST && key.code != 0x7F;
}

static bool parse_prefix(struct str *text, uint32_t *mods)
{
    if (text->len < 3 || text->ptr[1] != '-')
        return false;
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
        if (text->ptr[0] == prefixes[i].letter && !(*mods & prefixes[i].mod)) {
            *mods |= prefixes[i].mod;
            *text = str_slice(*text, 2, text->len);
            return true;
        }
    return false;
}

static bool parse_function(struct str text, uint32_t *code)
{
    int64_t number;
    if (text.len < 2 || (text.ptr[0] != 'F' && text.ptr[0] != 'f') || text.ptr[1] == '0' ||
        !str_to_int(str_slice(text, 1, text.len), &number) || number < 1 || number > 12)
        return false;
    *code = SPECIAL_F1 + (uint32_t)(number - 1);
    return true;
}

static bool parse_word(struct str text, struct key *key)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq_nocase(text, str_of(words[i].name))) {
            key->code = words[i].code;
            key->mods |= words[i].mods;
            return true;
        }
    return false;
}

static bool parse_character(struct str text, uint32_t *code)
{
    size_t at = 0;
    if (text.len == 0)
        return false;
    *code = utf8_next(text, &at);
    return at == text.len && *code != UTF8_BAD && key_is_text(KEY_OF(*code));
}

bool key_parse(struct str text, struct key *out)
{
    struct key key = { 0, 0 };
    while (parse_prefix(&text, &key.mods))
        ;
    if (!parse_character(text, &key.code) && !parse_function(text, &key.code) &&
        !parse_word(text, &key))
        return false;
    bool character = key.code < SPECIAL_FIRST;
    if (character && (key.mods & MOD_SHIFT))
        return false;
    if ((key.mods & MOD_CTRL) && key.code >= 'A' && key.code <= 'Z')
        key.code += 'a' - 'A';
    *out = key;
    return true;
}

void key_show(struct buf *out, struct key key)
{
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
        if (key.mods & prefixes[i].mod) {
            buf_add_char(out, prefixes[i].letter);
            buf_add_char(out, '-');
        }
    if (key.code >= SPECIAL_F1 && key.code <= SPECIAL_F12) {
        buf_add_char(out, 'F');
        buf_add_int(out, key.code - SPECIAL_F1 + 1);
        return;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (words[i].code == key.code) {
            buf_add_text(out, words[i].name);
            return;
        }
    buf_add_code(out, key.code);
}
