/* Inside engine/doc: building and printing cJSON trees. cJSON answers NULL when memory is missing;
 * each of these then calls env->out_of_memory, which does not return. */
#ifndef POSTFLOW_DOC_TREE_H
#define POSTFLOW_DOC_TREE_H

#include <stdbool.h>
#include <cjson/cJSON.h>
#include "engine/base/str.h"

/* What cJSON made, for sure. */
cJSON *tree_check(struct env *env, cJSON *item);
/* Puts `item` into a list, or (key given, without NUL) into an object; the tree owns it. */
void tree_add(struct env *env, cJSON *container, const char *key, cJSON *item);
/* On one line, or formatted as cJSON does it. */
void tree_print(struct env *env, const cJSON *tree, bool formatted, struct buf *out);

#endif
