/* Looking for a text in a text, in one pass whatever the two are (Knuth, Morris, Pratt). */
#ifndef POSTFLOW_EXPR_SEARCH_H
#define POSTFLOW_EXPR_SEARCH_H

#include "engine/base/str.h"

struct search {
    struct env *env;
    struct str text;
    bool ignore_case;
    uint32_t *part;  /* its code points */
    size_t *borders; /* by length of what has matched: the longest end of it that begins the part */
    size_t count, matched, at, seen;
    size_t end, character; /* of what was found: the byte behind it, code points before it */
};

/* Both texts must live as long as the search. Letter case is that of Unicode, letter by letter. */
void search_init(struct search *search, struct env *env, struct str text, struct str part,
                 bool ignore_case);
/* The next place, which may overlap with the last; false: no more. An empty part is everywhere. */
bool search_next(struct search *search);
void search_release(struct search *search);

#endif
