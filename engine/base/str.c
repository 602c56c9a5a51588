#include "engine/base/str.h"

#include <string.h>
#include "engine/base/mem.h"

struct str str_of(const char *text)
{
    return text ? (struct str){ text, strlen(text) } : STR_NONE;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    BUG_ON(from > to || to > s.len);
    return s.ptr ? (struct str){ s.ptr + from, to - from } : STR_NONE;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    size_t from = 0, to = s.len;

    while (from < to && is_blank(s.ptr[from]))
        from++;
    while (to > from && is_blank(s.ptr[to - 1]))
        to--;
    return str_slice(s, from, to);
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_is(struct str a, const char *b)
{
    return str_eq(a, str_of(b));
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (fold(a.ptr[i]) != fold(b.ptr[i]))
            return false;
    return true;
}

int str_compare(struct str a, struct str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;

    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return prefix.len <= s.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return suffix.len <= s.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

bool str_contains_nocase(struct str s, struct str part)
{
    for (size_t i = 0; i + part.len <= s.len; i++)
        if (str_eq_nocase(str_slice(s, i, i + part.len), part))
            return true;
    return false;
}

ptrdiff_t str_find_char(struct str s, char c)
{
    const char *found = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return found ? found - s.ptr : -1;
}

/* Folds the 128-bit product of two words: every bit of both reaches every bit of the result. */
static uint64_t mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128) a * b;

    return (uint64_t) product ^ (uint64_t) (product >> 64);
}

static uint64_t load(const char *at, size_t len)
{
    uint64_t word = 0;

    memcpy(&word, at, len);
    return word;
}

/* Sixteen bytes a step, in the manner of wyhash; the length is mixed in last, so that zeros that
 * pad the last word are told from zeros in the text. */
uint64_t str_hash(struct str s)
{
    const uint64_t a = 0xa0761d6478bd642f, b = 0xe7037ed1a0b428db, c = 0x8ebc6af09c88c6e3;
    const char *at = s.ptr;
    uint64_t hash = a;
    size_t left = s.len;

    for (; left >= 16; at += 16, left -= 16)
        hash = mix(load(at, 8) ^ b, load(at + 8, 8) ^ hash);
    if (left > 8)
        hash = mix(load(at, 8) ^ b, load(at + 8, left - 8) ^ hash);
    else if (left > 0)
        hash = mix(load(at, left) ^ b, hash);
    return mix(hash ^ c, s.len ^ b);
}

bool str_to_int(struct str s, int64_t *out)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    size_t i = negative ? 1 : 0;
    int64_t value = 0;

    if (i == s.len)
        return false;
    /* Counts downwards: the smallest value has no positive counterpart. */
    for (; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, s.ptr[i] - '0', &value))
            return false;
    }
    if (!negative && value == INT64_MIN)
        return false;
    *out = negative ? value : -value;
    return true;
}
