/* Variables that the tests of expressions know. */
#ifndef POSTFLOW_TESTS_EXPR_NAMES_H
#define POSTFLOW_TESTS_EXPR_NAMES_H

#include "engine/expr/expr.h"

enum { NAME_COUNT, NAME_ANI, NAME_UNSET, NAMES };
/* Flow.count = 7, Call.Ani = "tel:+15550100", Flow.unset (an Integer that is NOT_SET). */
struct expr_names test_names(void);
/* The queue "Support" has the id q-1, the user "Ada" the id u-1 and the address ada@company.com; no
 * others are known of these, nothing is of the rest. What has "guten" in it is German; one EUR is
 * 1.1 USD. */
const struct expr_world *test_world(void);
void test_values(struct pool *pool, struct value values[static NAMES]);

#endif
