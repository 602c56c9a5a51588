/* Variables that the tests of expressions know. */
#ifndef POSTFLOW_TESTS_EXPR_NAMES_H
#define POSTFLOW_TESTS_EXPR_NAMES_H

#include "engine/expr/expr.h"

enum { NAME_COUNT, NAME_ANI, NAME_UNSET, NAMES };
/* Flow.count = 7, Call.Ani = "tel:+15550100", Flow.unset (an Integer that is NOT_SET). */
struct expr_names test_names(void);
void test_values(struct pool *pool, struct value values[static NAMES]);

#endif
