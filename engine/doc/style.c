#include "engine/doc/style.h"

#include <string.h>
#include "engine/doc/json.h"
#include "engine/doc/scan.h"

struct str source_gap_before(const struct doc *doc, size_t at)
{
    size_t from = at;
    while (from > 0 && scan_is_space(doc->source[from - 1]))
        from--;
    return (struct str){ doc->source + from, at - from };
}

struct str source_gap_behind(const struct doc *doc, size_t at)
{
    const char *from = doc->source + at;
    return (struct str){ from, (size_t) (scan_space(from) - from) };
}

bool gap_is_broken(struct str gap)
{
    return str_find_char(gap, '\n') >= 0;
}

struct str gap_indent(struct str gap)
{
    size_t from = gap.len;
    while (from > 0 && gap.ptr[from - 1] != '\n')
        from--;
    return str_slice(gap, from, gap.len);
}

/* Spaces and tabs at the start of a line. */
static struct str line_indent(struct str text, size_t at)
{
    size_t to = at;
    while (to < text.len && (text.ptr[to] == ' ' || text.ptr[to] == '\t'))
        to++;
    return str_slice(text, at, to);
}

/* By how much the first line that is indented more than the one before it is so. */
static struct str find_step(struct str text)
{
    struct str above = STR("");
    for (const char *p = text.ptr; (p = memchr(p, '\n', (size_t) (text.ptr + text.len - p)));) {
        struct str indent = line_indent(text, (size_t) (++p - text.ptr));
        if (indent.len > above.len && str_starts(indent, above))
            return str_slice(indent, above.len, indent.len);
        above = indent;
    }
    return STR("  ");
}

/* What stands between the first key of the source and its value; `other` when there is no key. */
static struct str find_colon(const struct doc *doc, struct str other)
{
    for (node_id id = 2; id < doc->count; id++) {
        if (!doc->nodes[id].key_at)
            continue;
        const char *from = doc->source + doc->nodes[id].key_at + 1;
        for (from = scan_plain(from); *from != '"'; from = scan_plain(from))
            from += *from == '\\' ? 2 : 1;
        const char *to = scan_space(scan_space(++from) + 1);
        struct str colon = { from, (size_t) (to - from) };
        return gap_is_broken(colon) ? other : colon;
    }
    return other;
}

void style_find(const struct doc *doc, struct style *out)
{
    struct str text = str_trim((struct str){ doc->source, doc->source_len });
    const char *line_end = memchr(doc->source, '\n', doc->source_len);
    bool bare = text.len <= 3 + 2; /* brackets, a byte order mark: nothing to take a style from */
    out->broken = bare || str_find_char(text, '\n') >= 0;
    bool crlf = line_end && line_end > doc->source && line_end[-1] == '\r';
    out->line_end = crlf ? STR("\r\n") : STR("\n");
    out->step = find_step(text);
    out->colon = find_colon(doc, out->broken ? STR(": ") : STR(":"));
    out->space = str_ends(out->colon, STR(" ")) ? STR(" ") : STR("");
}
