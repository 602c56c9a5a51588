#include "engine/doc/tokens.h"

#include <string.h>

static bool is_inside(char c)
{
    return (unsigned char) c >= ' ' && c != 0x7F && !strchr("{}\"'\\", c);
}

/* Where a token that begins at `from` ends; 0: none begins there. */
static size_t token_end(struct str text, size_t from)
{
    size_t at = from + 2;
    if (at >= text.len || text.ptr[from + 1] != '{')
        return 0;
    while (at < text.len && is_inside(text.ptr[at]))
        at++;
    bool closed = at + 1 < text.len && text.ptr[at] == '}' && text.ptr[at + 1] == '}';
    return closed && at > from + 2 ? at + 2 : 0;
}

struct token token_find(struct str text, size_t from)
{
    while (from < text.len) {
        const char *brace = memchr(text.ptr + from, '{', text.len - from);
        if (!brace)
            break;
        from = (size_t) (brace - text.ptr);
        size_t to = token_end(text, from);
        if (to)
            return (struct token){ from, to, str_trim(str_slice(text, from + 2, to - 2)) };
        from++;
    }
    return (struct token){ text.len, 0, STR_NONE };
}
