#include "tui/view/wrap.h"

#include "engine/base/utf8.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool wrap_next(struct str *rest, int width, struct str *line)
{
    struct str s = *rest;
    size_t at = 0, blank = 0, end = 0; /* blank: behind the last blank that fits */
    int columns = 0;
    if (s.len == 0)
        return false;
    while (at < s.len && s.ptr[at] != '\n') {
        size_t from = at;
        columns += utf8_width(utf8_next(s, &at));
        if (columns > width && end > 0 && !is_blank(s.ptr[from]))
            break;
        if (columns <= width || end == 0)
            end = at;
        if (is_blank(s.ptr[from]))
            blank = at;
    }
    if (at == s.len || s.ptr[at] == '\n') {
        if (columns <= width || end == at) {
            *line = str_slice(s, 0, at);
            *rest = str_slice(s, at + (at < s.len), s.len);
            return true;
        }
    }
    size_t cut = blank > 0 ? blank : end, last = cut;
    while (last > 0 && is_blank(s.ptr[last - 1]))
        last--;
    *line = str_slice(s, 0, last > 0 ? last : cut);
    *rest = str_slice(s, cut, s.len);
    return true;
}

int wrap_count(struct str text, int width)
{
    struct str line;
    int count = 0;
    while (wrap_next(&text, width, &line))
        count++;
    return count;
}
