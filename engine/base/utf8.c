#include "engine/base/utf8.h"

#include <string.h>
#include <utf8proc.h>
#include "engine/base/mem.h"

/* How a sequence goes on is decided by its first byte; the second one has a narrower range where
 * overlong forms, surrogates and values over U+10FFFF begin (Unicode 15, table 3-7). */
static size_t sequence_length(const unsigned char *at, size_t left)
{
    unsigned char first = at[0], low = 0x80, high = 0xbf;
    size_t length;

    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (left < length)
        return 0;
    if (first == 0xe0)
        low = 0xa0;
    else if (first == 0xed)
        high = 0x9f;
    else if (first == 0xf0)
        low = 0x90;
    else if (first == 0xf4)
        high = 0x8f;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

uint32_t utf8_next(struct str s, size_t *at)
{
    static const unsigned char first_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    const unsigned char *bytes = (const unsigned char *) s.ptr + *at;
    size_t length;
    uint32_t code;

    BUG_ON(*at >= s.len);
    length = sequence_length(bytes, s.len - *at);
    if (length == 0) {
        *at += 1;
        return UTF8_BAD;
    }
    code = bytes[0] & first_bits[length];
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (bytes[i] & 0x3f);
    *at += length;
    return code;
}

size_t utf8_prev(struct str s, size_t at)
{
    const unsigned char *bytes = (const unsigned char *) s.ptr;

    BUG_ON(at == 0 || at > s.len);
    for (size_t back = 1; back <= 4 && back <= at; back++) {
        if ((bytes[at - back] & 0xc0) == 0x80)
            continue;
        if (sequence_length(bytes + at - back, back) == back)
            return at - back;
        break;
    }
    return at - 1;
}

/* Length of the ASCII at the start, in whole words. */
static size_t ascii_words(const char *at, size_t left)
{
    const uint64_t high_bits = 0x8080808080808080;
    size_t done = 0;
    uint64_t word[4];

    for (; left - done >= sizeof word; done += sizeof word) {
        memcpy(word, at + done, sizeof word);
        if ((word[0] | word[1] | word[2] | word[3]) & high_bits)
            break;
    }
    for (; left - done >= sizeof word[0]; done += sizeof word[0]) {
        memcpy(word, at + done, sizeof word[0]);
        if (word[0] & high_bits)
            break;
    }
    return done;
}

size_t utf8_check(struct str s)
{
    const unsigned char *bytes = (const unsigned char *) s.ptr;
    size_t at = 0;

    while (at < s.len) {
        size_t length;

        if (bytes[at] < 0x80) {
            size_t words = ascii_words(s.ptr + at, s.len - at);

            at += words ? words : 1;
            continue;
        }
        length = sequence_length(bytes + at, s.len - at);
        if (length == 0)
            return at;
        at += length;
    }
    return at;
}

bool utf8_is_ascii(struct str s)
{
    const uint64_t high_bits = 0x8080808080808080;
    uint64_t seen = 0, word;

    if (s.len < sizeof word) {
        for (size_t i = 0; i < s.len; i++)
            seen |= (unsigned char) s.ptr[i];
        return !(seen & 0x80);
    }
    for (size_t at = 0; at + sizeof word < s.len; at += sizeof word) {
        memcpy(&word, s.ptr + at, sizeof word);
        seen |= word;
    }
    memcpy(&word, s.ptr + s.len - sizeof word, sizeof word);
    return !((seen | word) & high_bits);
}

size_t utf8_count(struct str s)
{
    size_t count = 0;

    if (utf8_is_ascii(s))
        return s.len;
    for (size_t at = 0; at < s.len; count++)
        utf8_next(s, &at);
    return count;
}

void buf_add_code(struct buf *buf, uint32_t code)
{
    char bytes[4];
    size_t len;

    BUG_ON(code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff));
    if (code < 0x80) {
        bytes[0] = (char) code;
        len = 1;
    } else if (code < 0x800) {
        bytes[0] = (char) (0xc0 | code >> 6);
        len = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char) (0xe0 | code >> 12);
        len = 3;
    } else {
        bytes[0] = (char) (0xf0 | code >> 18);
        len = 4;
    }
    for (size_t i = 1; i < len; i++)
        bytes[i] = (char) (0x80 | (code >> 6 * (len - 1 - i) & 0x3f));
    buf_add(buf, (struct str){ bytes, len });
}

static bool is_ascii_text(uint32_t code)
{
    return code >= 0x20 && code < 0x7f;
}

/* Vowels and finals of Hangul that join the syllable before them. */
static bool joins_syllable(uint32_t code)
{
    return (code >= 0x1160 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7ff);
}

int utf8_width(uint32_t code)
{
    if (is_ascii_text(code) || code > 0x10ffff)
        return 1;
    switch (utf8proc_category((utf8proc_int32_t) code)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
        return 0;
    default:
        if (joins_syllable(code))
            return 0;
        return utf8proc_charwidth((utf8proc_int32_t) code) == 2 ? 2 : 1;
    }
}

int utf8_columns(struct str s)
{
    int columns = 0;

    for (size_t at = 0; at < s.len;)
        columns += utf8_width(utf8_next(s, &at));
    return columns;
}

bool utf8_needs_mark(uint32_t code)
{
    if (is_ascii_text(code))
        return false;
    if (code > 0x10ffff)
        return true;
    switch (utf8proc_category((utf8proc_int32_t) code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return false;
    }
}

static void add_mark(struct buf *buf, uint32_t code, unsigned char byte)
{
    if (code == UTF8_BAD)
        buf_addf(buf, "<%02X>", byte);
    else if (code < 0x20 || code == 0x7f)
        buf_addf(buf, "^%c", (char) (code ^ 0x40));
    else if (code < 0xa0)
        buf_addf(buf, "<%02X>", (unsigned) code);
    else
        buf_addf(buf, "<U+%04X>", (unsigned) code);
}

void buf_add_shown(struct buf *buf, struct str s, bool keep_lines)
{
    enum { MARKS_MOST = 8 };
    int marks = 0;

    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t code = utf8_next(s, &at);

        marks = utf8_width(code) == 0 ? marks + 1 : 0;
        if (code == '\n' && keep_lines)
            buf_add_char(buf, '\n');
        else if (utf8_needs_mark(code))
            add_mark(buf, code, (unsigned char) s.ptr[from]);
        else if (marks <= MARKS_MOST)
            buf_add(buf, str_slice(s, from, at));
    }
}

uint32_t utf8_case(uint32_t code, bool upper)
{
    if (code > 0x10ffff)
        return code;
    return (uint32_t) (upper ? utf8proc_toupper((utf8proc_int32_t) code)
                             : utf8proc_tolower((utf8proc_int32_t) code));
}
