/* Texts as JSON writes them. */
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/doc/scan.h"
#include "engine/doc/write.h"

/* Bytes from `p` on that stand for themselves; when `ascii`, only those. */
static size_t plain_run(const char *p, const char *end, bool ascii)
{
    const char *from = p;
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1f);
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *) (const void *) p);
        __m128i stop = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote),
                                                 _mm_cmpeq_epi8(v, backslash)),
                                    _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
        unsigned mask = (unsigned) _mm_movemask_epi8(stop);
        if (ascii)
            mask |= (unsigned) _mm_movemask_epi8(v) |
                    (unsigned) _mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x7f)));
        if (mask)
            return (size_t) (p - from) + (size_t) __builtin_ctz(mask);
    }
#endif
    for (; p < end; p++) {
        unsigned char c = (unsigned char) *p;
        if (c < ' ' || c == '"' || c == '\\' || (ascii && c >= 0x7f))
            break;
    }
    return (size_t) (p - from);
}

static void add_unit(struct buf *out, uint32_t unit)
{
    static const char digits[] = "0123456789abcdef";
    char text[] = { '\\',
                    'u',
                    digits[unit >> 12 & 15],
                    digits[unit >> 8 & 15],
                    digits[unit >> 4 & 15],
                    digits[unit & 15] };
    buf_add(out, (struct str){ text, sizeof(text) });
}

static void add_escaped(struct buf *out, uint32_t code)
{
    static const char short_forms[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                        ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\' };
    if (code < sizeof(short_forms) && short_forms[code]) {
        buf_add_char(out, '\\');
        buf_add_char(out, short_forms[code]);
    } else if (code > 0xFFFF) {
        add_unit(out, 0xD800 + ((code - 0x10000) >> 10));
        add_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
    } else {
        add_unit(out, code);
    }
}

/* One character that is not ASCII, for output that may reach a terminal. */
static size_t add_safe(struct buf *out, struct str text, size_t at)
{
    size_t next = at;
    uint32_t code = utf8_next(text, &next);
    if (code == UTF8_BAD)
        add_escaped(out, 0xFFFD);
    else if (utf8_needs_mark(code))
        add_escaped(out, code);
    else
        buf_add(out, str_slice(text, at, next));
    return next;
}

void json_add_text(struct buf *out, struct str text, bool safe)
{
    buf_reserve(out, text.len + 2);
    buf_add_char(out, '"');
    for (size_t at = 0; at < text.len;) {
        size_t run = plain_run(text.ptr + at, text.ptr + text.len, safe);
        buf_add(out, (struct str){ text.ptr + at, run });
        at += run;
        if (at == text.len)
            break;
        if ((unsigned char) text.ptr[at] < 0x7f)
            add_escaped(out, (unsigned char) text.ptr[at++]);
        else
            at = add_safe(out, text, at);
    }
    buf_add_char(out, '"');
}
