/* Constants that dots reach: Format.String.playChars, System.Currencies.USD (domain.md section
 * 5.1). */
#ifndef POSTFLOW_EXPR_CONSTANTS_H
#define POSTFLOW_EXPR_CONSTANTS_H

#include "engine/expr/value.h"

struct constant {
    const char *name;
    const char *value; /* NULL: the name */
    const char *more;  /* the symbol of a currency, the dialing code of a region; NULL: none */
};
struct constant_group {
    const char *name; /* "Format.Bool" */
    uint8_t type;     /* of each of them */
    const struct constant *items;
    size_t count;
};
const struct constant_group *constant_groups(size_t *count);

/* The constant that a property of the tree is, in any letter case; false: it is none. */
struct expr;
bool constant_find(struct pool *pool, const struct expr *node, struct value *out);
/* Whether a "Scope.Name" leads to constants and is no variable. */
bool constant_begins(struct str name);

/* NULL: it has none of its own, or there is no such currency. */
const char *currency_symbol_of(struct str code);
/* "49" of "DE"; empty: there is no such region. */
const char *dialing_code_of(struct str region);
/* The dialing code that a number without its plus begins with; empty: none. */
struct str dialing_code_in(struct str number);

#endif
