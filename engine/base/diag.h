/* Diagnostics: a code, a place, arguments. The sentence is in the table codes.def with numbered
 * holes {1} .. {4}; front ends translate and print it. */
#ifndef POSTFLOW_BASE_DIAG_H
#define POSTFLOW_BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>
#include "engine/base/mem.h"
#include "engine/base/str.h"

enum diag_code {
#define DIAG(name, code, sentence, help) DIAG_##name,
#include "engine/base/codes.def"
#undef DIAG
    DIAG_COUNT
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO };

struct diag_info {
    const char *code;     /* "E012", "W041", "I003": the letter is the severity */
    const char *sentence; /* one sentence that says what to do */
    const char *help;     /* a paragraph for `postflow explain` */
};
const struct diag_info *diag_info(enum diag_code code);
enum severity diag_severity(enum diag_code code);
/* By its printed code ("E012"), any letter case; false when there is none. */
bool diag_find(struct str text, enum diag_code *out);

/* Where: parts that are not known are empty or 0. Lines and columns count from 1, columns in code
 * points. `path` is a path in a flow (design.md section 2), `node` the node it is about. */
struct place {
    struct str file;
    uint32_t line, column;
    struct str path;
    uint32_t node;
};

#define DIAG_ARGS 4
struct diag {
    enum diag_code code;
    struct place place;
    struct str args[DIAG_ARGS];
    uint32_t owner; /* the node whose content alone decides about it; 0: more does */
};

/* Owns the texts of what it holds. */
struct diags {
    struct arena arena;
    struct diag *items;
    size_t count, capacity;
    size_t errors, warnings;
    size_t limit; /* no more than this many are kept (0: all); the counts go on */
};

void diags_init(struct diags *diags, struct env *env);
void diags_clear(struct diags *diags);
void diags_release(struct diags *diags);
/* Adds one; place and args are copied, missing args are STR_NONE. Always returns false, so that a
 * failing function can `return diag_add(...)`. */
bool diag_add(struct diags *diags, enum diag_code code, const struct place *place, struct str a,
              struct str b, struct str c, struct str d);
#define diag_add0(d, code, place) diag_add(d, code, place, STR_NONE, STR_NONE, STR_NONE, STR_NONE)
#define diag_add1(d, code, place, a) diag_add(d, code, place, a, STR_NONE, STR_NONE, STR_NONE)
#define diag_add2(d, code, place, a, b) diag_add(d, code, place, a, b, STR_NONE, STR_NONE)
/* By file, line, column, code. */
void diags_sort(struct diags *diags);
/* Those of an owner go, those of `now` come in their places; `diags` is sorted. */
void diags_replace_owned(struct diags *diags, uint32_t owner, const struct diags *now);
/* Fills the holes of `sentence` (NULL: the table's own). */
void diag_render(struct buf *out, const struct diag *diag, const char *sentence);

#endif
