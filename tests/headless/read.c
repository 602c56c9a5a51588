/* The engine without a screen: reads the files named and writes back what was read. It is linked
 * with all of the engine and nothing of tui/ (tests/lint looks at the result). */
#include <stdio.h>
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/doc/write.h"

static void tell(struct env *env, const struct diags *diags)
{
    struct buf text;

    buf_init(&text, env);
    for (size_t i = 0; i < diags->count; i++) {
        const struct place *place = &diags->items[i].place;

        buf_addf(&text, "%.*s:%u:%u: ", STR_ARG(place->file), place->line, place->column);
        diag_render(&text, &diags->items[i], NULL);
        buf_add_char(&text, '\n');
    }
    if (text.len > 0)
        fwrite(text.ptr, 1, text.len, stderr);
    buf_release(&text);
}

static bool read_and_write(struct env *env, const char *path, struct diags *diags)
{
    const struct limits limits = LIMITS_DEFAULT;
    struct atoms atoms;
    struct buf text;
    struct doc *doc = NULL;

    atoms_init(&atoms, env, NULL, 0);
    if (file_read(env, path, limits.file_size, &text, NULL, diags)) {
        doc = doc_read_steal(env, &atoms, &limits, path, &text, diags);
        buf_release(&text);
    }
    if (doc) {
        buf_init(&text, env);
        doc_write(doc, &text);
        fwrite(text.ptr, 1, text.len, stdout);
        buf_release(&text);
        doc_free(doc);
    }
    atoms_release(&atoms);
    return doc;
}

int main(int count, char **arguments)
{
    struct env env;
    struct diags diags;
    int status = 0;

    env_init(&env);
    diags_init(&diags, &env);
    for (int i = 1; i < count; i++)
        if (!read_and_write(&env, arguments[i], &diags))
            status = 2;
    tell(&env, &diags);
    diags_release(&diags);
    return status;
}
