/* {{name}}: a place in a flow file that is filled in when the flow is published (archy.md section
 * 7). A token is text in the tree and stays as it is when a document is saved. */
#ifndef POSTFLOW_DOC_TOKENS_H
#define POSTFLOW_DOC_TOKENS_H

#include "engine/base/str.h"

struct token {
    size_t from, to; /* braces included; `to` is 0: there is none */
    struct str name; /* without braces and the blanks beside them */
};
/* The first token that begins at `from` or behind it. There are no braces, quotes, backslashes and
 * control characters inside. */
struct token token_find(struct str text, size_t from);

#endif
