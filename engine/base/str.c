#include "engine/base/str.h"

#include <string.h>
#include "engine/base/mem.h"

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

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i] && fold(a.ptr[i]) != fold(b.ptr[i]))
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

enum { HASH_STEP = 16 };
static const uint64_t hash_start = 0xa0761d6478bd642f, hash_low = 0xe7037ed1a0b428db,
                      hash_end = 0x8ebc6af09c88c6e3;

/* Takes as many whole steps as there are, in the manner of wyhash. */
static uint64_t hash_steps(uint64_t state, const char *at, size_t steps)
{
    for (; steps > 0; at += HASH_STEP, steps--)
        state = mix(load(at, 8) ^ hash_low, load(at + 8, 8) ^ state);
    return state;
}

/* The length is mixed in last, so that the zeros that pad the last word are told from zeros in the
 * text. */
static uint64_t hash_rest(uint64_t state, const char *at, size_t left, uint64_t total)
{
    if (left > 8)
        state = mix(load(at, 8) ^ hash_low, load(at + 8, left - 8) ^ state);
    else if (left > 0)
        state = mix(load(at, left) ^ hash_low, state);
    return mix(state ^ hash_end, total ^ hash_low);
}

uint64_t str_hash(struct str s)
{
    size_t steps = s.len / HASH_STEP, left = s.len % HASH_STEP;

    return hash_rest(hash_steps(hash_start, s.ptr, steps), str_slice(s, s.len - left, s.len).ptr,
                     left, s.len);
}

void str_hasher_init(struct str_hasher *hasher)
{
    *hasher = (struct str_hasher){ .state = hash_start };
}

void str_hasher_add(struct str_hasher *hasher, struct str part)
{
    size_t held = hasher->total % HASH_STEP, steps;

    hasher->total += part.len;
    if (held > 0) {
        size_t taken = HASH_STEP - held < part.len ? HASH_STEP - held : part.len;

        memcpy(hasher->rest + held, part.ptr, taken);
        if (held + taken < HASH_STEP)
            return;
        hasher->state = hash_steps(hasher->state, hasher->rest, 1);
        part = str_slice(part, taken, part.len);
    }
    steps = part.len / HASH_STEP;
    hasher->state = hash_steps(hasher->state, part.ptr, steps);
    part = str_slice(part, steps * HASH_STEP, part.len);
    if (part.len)
        memcpy(hasher->rest, part.ptr, part.len);
}

uint64_t str_hasher_end(const struct str_hasher *hasher)
{
    return hash_rest(hasher->state, hasher->rest, hasher->total % HASH_STEP, hasher->total);
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

struct str int_text(int64_t value, char text[static INT_TEXT])
{
    uint64_t rest = value < 0 ? -(uint64_t) value : (uint64_t) value;
    size_t at = INT_TEXT;

    do {
        text[--at] = (char) ('0' + rest % 10);
    } while (rest /= 10);
    if (value < 0)
        text[--at] = '-';
    return (struct str){ text + at, INT_TEXT - at };
}

size_t str_offset(struct str text, uint32_t line, uint32_t column)
{
    size_t at = 0;
    while (line > 1 && at < text.len) {
        if (text.ptr[at++] == '\n')
            line--;
    }
    while (column > 1 && at < text.len) {
        at++;
        while (at < text.len && ((unsigned char) text.ptr[at] & 0xc0) == 0x80)
            at++;
        column--;
    }
    return at;
}
