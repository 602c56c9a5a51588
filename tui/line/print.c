#include "tui/line/print.h"

#include "engine/base/env.h"
#include "engine/base/utf8.h"

void print_shown(FILE *stream, struct str text)
{
    struct env env;
    struct buf shown;
    env_init(&env);
    buf_init(&shown, &env);
    buf_add_shown(&shown, text, true);
    if (shown.len > 0)
        fwrite(shown.ptr, 1, shown.len, stream);
    buf_release(&shown);
}
