/* How things look: a cell carries one style, the terminal decides by its number of colours what
 * that means. Colour never carries meaning alone: whatever a style tells must also be told by a
 * word, a mark or a place, since monochrome looks of some styles are equal. */
#ifndef POSTFLOW_TERM_STYLE_H
#define POSTFLOW_TERM_STYLE_H

#include <stdint.h>

enum style {
#define STYLE(name, letter, mono, eight, sixteen, many) STYLE_##name,
#include "tui/term/styles.def"
#undef STYLE
    STYLE_COUNT
};

enum style_attr {
    ATTR_BOLD = 1,
    ATTR_DIM = 2,
    ATTR_UNDERLINE = 4,
    ATTR_REVERSE = 8,
};

/* Foreground and background are palette numbers, -1 the terminal's own. */
struct style_look {
    uint8_t attrs;
    int16_t fg, bg;
};

enum style_depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_COUNT };

struct style_info {
    const char *name; /* "CURSOR" */
    char letter;      /* in the second grid of canvas_dump_styles; '.' is NORMAL */
    struct style_look look[DEPTH_COUNT];
};

const struct style_info *style_info(enum style style);

#endif
