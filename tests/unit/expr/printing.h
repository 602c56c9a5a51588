/* What has to hold of the canonical text of every expression. */
#ifndef POSTFLOW_TESTS_EXPR_PRINTING_H
#define POSTFLOW_TESTS_EXPR_PRINTING_H

#include "engine/base/str.h"

/* NULL where all is well, and where the text is no expression: what is wrong. */
const char *printing_fault(struct env *env, struct str text);

#endif
