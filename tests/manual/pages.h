/* What the files that print pages of the manual share. */
#ifndef POSTFLOW_TESTS_MANUAL_PAGES_H
#define POSTFLOW_TESTS_MANUAL_PAGES_H

#include "engine/base/str.h"

/* A word, or a line, as it stands in mdoc; `first`: at the beginning of a line. */
void page_word(struct buf *out, struct str word, bool first);
/* A paragraph: short lines, a new one for each sentence. */
void page_text(struct buf *out, const char *text);

void page_expr(struct buf *out);
void page_rules(struct buf *out);

#endif
