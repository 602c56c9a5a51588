/* What the scalars of YAML stand for. The reader has seen that they are well formed. */
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/doc/yaml.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

const char *yaml_skip_break(const char *p)
{
    if (p[0] == '\r' && p[1] == '\n')
        return p + 2;
    return p + is_break(p[0]);
}

/* Skips blanks and line ends; *breaks counts the latter. */
static const char *skip_lines(const char *p, const char *end, size_t *breaks)
{
    for (*breaks = 0; p < end; p++) {
        if (*p == '\n')
            ++*breaks;
        else if (!is_blank(*p) && *p != '\r')
            break;
    }
    return p;
}

/* Blanks that nothing follows in the line and one line end are a space, more line ends one less. */
static const char *fold(struct buf *out, const char *p, const char *end)
{
    size_t breaks;
    const char *to = skip_lines(p, end, &breaks);
    if (!breaks)
        buf_add(out, (struct str){ p, (size_t) (to - p) });
    else if (breaks == 1)
        buf_add_char(out, ' ');
    else
        buf_add_repeat(out, '\n', breaks - 1);
    return to;
}

static uint32_t hex(const char *p, size_t digits)
{
    uint32_t value = 0;
    for (size_t i = 0; i < digits; i++) {
        int c = p[i] | 32;
        value = value * 16 + (uint32_t) (c >= 'a' ? c - 'a' + 10 : c - '0');
    }
    return value;
}

/* `p` is behind a backslash; behind the escape. */
static const char *unescape(struct buf *out, const char *p, const char *end)
{
    static const struct {
        char escape;
        uint16_t code;
    } codes[] = { { '0', 0 },    { 'a', 7 },    { 'b', 8 },      { 't', 9 },     { '\t', 9 },
                  { 'n', 10 },   { 'v', 11 },   { 'f', 12 },     { 'r', 13 },    { 'e', 27 },
                  { 'N', 0x85 }, { '_', 0xA0 }, { 'L', 0x2028 }, { 'P', 0x2029 } };
    size_t breaks, digits = *p == 'x' ? 2 : *p == 'u' ? 4 : *p == 'U' ? 8 : 0;
    if (is_break(*p)) { /* goes on in the next line as if there were none */
        p = skip_lines(yaml_skip_break(p), end, &breaks);
        buf_add_repeat(out, '\n', breaks);
        return p;
    }
    if (digits) {
        buf_add_code(out, hex(p + 1, digits));
        return p + 1 + digits;
    }
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        if (codes[i].escape == *p) {
            buf_add_code(out, codes[i].code);
            return p + 1;
        }
    }
    buf_add_char(out, *p);
    return p + 1;
}

void yaml_decode(struct buf *out, struct str inside, char quote)
{
    const char *p = inside.ptr, *end = p + inside.len;
    while (p < end) {
        const char *from = p;
        while (p < end && !is_blank(*p) && !is_break(*p) && (*p != quote || !quote) &&
               (*p != '\\' || quote != '"'))
            p++;
        buf_add(out, (struct str){ from, (size_t) (p - from) });
        if (p == end)
            break;
        if (is_blank(*p) || is_break(*p)) {
            p = fold(out, p, end);
        } else if (quote == '"') {
            p = unescape(out, p + 1, end);
        } else {
            buf_add_char(out, '\'');
            p += 2;
        }
    }
}

/* --- block scalars --- */

struct block {
    const char *end;
    bool folded;
    char chomp;    /* '-', '+' or 0 */
    int indent;    /* columns that are no content */
    size_t breaks; /* line ends that were not written yet */
};

/* The indicator and what is behind it in its line; at the next line. */
static const char *read_header(struct block *b, const char *p, int around)
{
    b->folded = *p++ == '>';
    for (; p < b->end && !is_blank(*p) && !is_break(*p); p++) {
        if (*p == '-' || *p == '+')
            b->chomp = *p;
        else
            b->indent = (around < 0 ? 0 : around) + (*p - '0');
    }
    while (p < b->end && !is_break(*p))
        p++;
    return yaml_skip_break(p);
}

/* Where it is not said, the first line that is not blank says it, or a longer blank one above. */
static int find_indent(const struct block *b, const char *p, int around)
{
    int indent = around + 1 > 1 ? around + 1 : 1;
    while (p < b->end) {
        const char *from = p;
        while (p < b->end && *p == ' ')
            p++;
        if (p - from > indent)
            indent = (int) (p - from);
        if (p == b->end || !is_break(*p))
            break;
        p = yaml_skip_break(p);
    }
    return indent;
}

/* Behind the indentation of the line. */
static const char *skip_indent(const struct block *b, const char *p)
{
    for (int column = 0; column < b->indent && p < b->end && *p == ' '; column++)
        p++;
    return p;
}

static void put_breaks(struct block *b, struct buf *out, bool joined)
{
    if (joined && b->breaks == 1)
        buf_add_char(out, ' ');
    else
        buf_add_repeat(out, '\n', joined ? b->breaks - 1 : b->breaks);
    b->breaks = 0;
}

size_t yaml_decode_block(struct buf *out, struct str token, int around)
{
    struct block b = { .end = token.ptr + token.len, .indent = -1 };
    const char *p = read_header(&b, token.ptr, around), *last = p;
    bool any = false, blank_before = false;
    while (last > token.ptr && is_break(last[-1]))
        last--;
    if (b.indent < 0)
        b.indent = find_indent(&b, p, around);
    while (p < b.end) {
        const char *from = skip_indent(&b, p);
        for (p = from; p < b.end && !is_break(*p);)
            p++;
        if (p > from) {
            bool blank = is_blank(*from);
            put_breaks(&b, out, any && b.folded && !blank && !blank_before);
            buf_add(out, (struct str){ from, (size_t) (p - from) });
            blank_before = blank;
            any = true;
            last = p;
        }
        if (b.chomp == '+')
            last = p;
        b.breaks += p < b.end || p > from; /* the text may lack its last line end */
        p = yaml_skip_break(p);
    }
    if (b.chomp == '+')
        buf_add_repeat(out, '\n', b.breaks);
    else if (b.chomp != '-' && any && b.breaks)
        buf_add_char(out, '\n');
    return (size_t) (last - token.ptr);
}
