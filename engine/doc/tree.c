#include "engine/doc/tree.h"

#include "engine/base/env.h"

cJSON *tree_check(struct env *env, cJSON *item)
{
    if (!item)
        env->out_of_memory(env, sizeof(*item));
    return item;
}

/* cJSON_AddItemToArray walks nothing: the last item is known from the first. */
void tree_add(struct env *env, cJSON *container, const char *key, cJSON *item)
{
    bool added = key ? cJSON_AddItemToObject(container, key, item)
                     : cJSON_AddItemToArray(container, item);
    if (!added)
        env->out_of_memory(env, sizeof(*item));
}

void tree_print(struct env *env, const cJSON *tree, bool formatted, struct buf *out)
{
    enum { FIRST = 512 };
    char *text = cJSON_PrintBuffered(tree, FIRST, formatted);
    if (!text)
        env->out_of_memory(env, FIRST);
    buf_add_text(out, text);
    cJSON_free(text);
}
