/* Inside engine/doc: the layout of a source text, so that what is new looks like what is there. */
#ifndef POSTFLOW_DOC_STYLE_H
#define POSTFLOW_DOC_STYLE_H

#include "engine/doc/doc.h"

struct style {
    bool broken;         /* one member a line */
    struct str line_end; /* "\n" or "\r\n" */
    struct str step;     /* what one level is indented by */
    struct str colon;    /* between key and value */
    struct str space;    /* behind a comma on one line */
};

void style_find(const struct doc *doc, struct style *out);

/* The white space that ends at `at`, and that which begins there. */
struct str source_gap_before(const struct doc *doc, size_t at);
struct str source_gap_behind(const struct doc *doc, size_t at);
/* The part of a gap behind its last line end; `gap` itself when it has none. */
struct str gap_indent(struct str gap);
bool gap_is_broken(struct str gap);

#endif
