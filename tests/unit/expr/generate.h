/* Expressions by chance: the same dice give the same texts. */
#ifndef POSTFLOW_TESTS_EXPR_GENERATE_H
#define POSTFLOW_TESTS_EXPR_GENERATE_H

#include <stdint.h>
#include "engine/base/str.h"

struct dice {
    uint64_t state;
};
uint32_t roll(struct dice *dice, uint32_t sides); /* 0 to sides - 1 */

/* Appends an expression. Mostly its types are right: calls and operators come from the table of
 * overloads, arguments by their signatures, variables are those of names.h. */
void generate_expression(struct dice *dice, struct buf *out);
/* Changes a text a little: bytes, whole tokens, pieces of `other`. */
void mutate_expression(struct dice *dice, struct str other, struct buf *text);

#endif
