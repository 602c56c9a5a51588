#include "tui/term/style.h"

#include "engine/base/mem.h"

static const struct style_info styles[STYLE_COUNT] = {
#define STYLE(name, letter, ...) [STYLE_##name] = { #name, letter, { __VA_ARGS__ } },
#include "tui/term/styles.def"
#undef STYLE
};

const struct style_info *style_info(enum style style)
{
    BUG_ON((unsigned)style >= STYLE_COUNT);
    return &styles[style];
}
