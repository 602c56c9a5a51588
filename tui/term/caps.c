#include "tui/term/caps.h"

#include <curses.h>
#include <stdlib.h>
#include <term.h>

#include "tui/term/input.h"

const char *caps_check(int fd)
{
    int error = 0;
    const char *type = getenv("TERM");
    if (!type || !*type)
        return "TERM is not set, so the kind of terminal is unknown";
    if (setupterm(NULL, fd, &error) == ERR)
        return error == 0 ? "the kind of terminal in TERM is not known here"
                          : "the terminal descriptions (terminfo) cannot be read";
    bool able = caps_get("cup") && caps_get("clear");
    del_curterm(cur_term); /* newterm reads its own */
    return able ? NULL : "a terminal of this kind (TERM) cannot move its cursor";
}

const char *caps_get(const char *name)
{
    const char *text = tigetstr(name);
    return text == (char *)-1 ? NULL : text;
}

/* tputs has no place for a context: one terminal at a time. */
static struct buf *collected;

static int collect_char(int c)
{
    buf_add_char(collected, (char)c);
    return c;
}

void caps_add(struct buf *out, const char *name)
{
    const char *text = caps_get(name);
    collected = out;
    if (text)
        tputs(text, 1, collect_char);
}

static const struct {
    const char *name;
    uint32_t code;
    uint32_t mods;
} described_keys[] = {
    { "kcuu1", SPECIAL_UP, 0 },         { "kcud1", SPECIAL_DOWN, 0 },
    { "kcub1", SPECIAL_LEFT, 0 },       { "kcuf1", SPECIAL_RIGHT, 0 },
    { "khome", SPECIAL_HOME, 0 },       { "kend", SPECIAL_END, 0 },
    { "kpp", SPECIAL_PAGE_UP, 0 },      { "knp", SPECIAL_PAGE_DOWN, 0 },
    { "kich1", SPECIAL_INSERT, 0 },     { "kdch1", SPECIAL_DELETE, 0 },
    { "kbs", SPECIAL_BACKSPACE, 0 },    { "kcbt", SPECIAL_TAB, MOD_SHIFT },
    { "kent", SPECIAL_ENTER, 0 },       { "kf1", SPECIAL_F1, 0 },
    { "kf2", SPECIAL_F1 + 1, 0 },       { "kf3", SPECIAL_F1 + 2, 0 },
    { "kf4", SPECIAL_F1 + 3, 0 },       { "kf5", SPECIAL_F1 + 4, 0 },
    { "kf6", SPECIAL_F1 + 5, 0 },       { "kf7", SPECIAL_F1 + 6, 0 },
    { "kf8", SPECIAL_F1 + 7, 0 },       { "kf9", SPECIAL_F1 + 8, 0 },
    { "kf10", SPECIAL_F1 + 9, 0 },      { "kf11", SPECIAL_F1 + 10, 0 },
    { "kf12", SPECIAL_F12, 0 },         { "kLFT", SPECIAL_LEFT, MOD_SHIFT },
    { "kRIT", SPECIAL_RIGHT, MOD_SHIFT }, { "kri", SPECIAL_UP, MOD_SHIFT },
    { "kind", SPECIAL_DOWN, MOD_SHIFT }, { "kHOM", SPECIAL_HOME, MOD_SHIFT },
    { "kEND", SPECIAL_END, MOD_SHIFT }, { "kDC", SPECIAL_DELETE, MOD_SHIFT },
};

void caps_define_keys(struct input *input)
{
    for (size_t i = 0; i < sizeof(described_keys) / sizeof(described_keys[0]); i++)
        input_define(input, caps_get(described_keys[i].name),
                     (struct key){ described_keys[i].code, described_keys[i].mods });
}

