/* Functions of texts and of audio, which is kept as what would be said. */
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/expr/functions.h"

static struct str text_at(struct eval *e, const struct value *args, unsigned i)
{
    return value_text(e->run->pool, args[i]);
}

static void put_text(struct eval *e, enum value_type type, struct str text, struct value *out)
{
    *out = value_named(e->run->pool, type, text);
}

RUN(append)
{
    struct buf text;
    buf_init(&text, pool_env(e->run->pool));
    bool audio = at->type.type == TYPE_AUDIO;
    for (unsigned i = 0; i < count; i++) {
        struct str part = text_at(e, args, i);
        if (audio && part.len > 0 && text.len > 0)
            buf_add_char(&text, ' ');
        buf_add(&text, part);
    }
    bool fits = text.len <= 1 << 20;
    if (fits)
        put_text(e, (enum value_type) at->type.type, buf_str(&text), out);
    buf_release(&text);
    return fits || eval_fail(e, at, DIAG_EXPR_RANGE, STR("String"));
}

/* What would be said of any value. */
RUN(audio)
{
    struct buf text;
    (void) count;
    buf_init(&text, pool_env(e->run->pool));
    value_to_string(e->run->pool, args[0], &text);
    put_text(e, (enum value_type) at->type.type, buf_str(&text), out);
    buf_release(&text);
    return true;
}

RUN(blank)
{
    (void) at, (void) args, (void) count;
    put_text(e, TYPE_AUDIO, STR(""), out);
    return true;
}

RUN(length)
{
    (void) count;
    return put_integer(e, at, (int64_t) utf8_count(text_at(e, args, 0)), out);
}

static unsigned char fold(char c)
{
    return (unsigned char) (c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Byte offset of `part` in `text` from `from` on, SIZE_MAX: not there. */
static size_t find(struct str text, struct str part, size_t from, bool ignore_case)
{
    for (size_t at = from; at + part.len <= text.len; at++) {
        size_t i = 0;
        while (i < part.len && (ignore_case ? fold(text.ptr[at + i]) == fold(part.ptr[i])
                                            : text.ptr[at + i] == part.ptr[i]))
            i++;
        if (i == part.len)
            return at;
    }
    return SIZE_MAX;
}

RUN(contains)
{
    (void) at;
    bool ignore_case = count > 2 && args[2].number;
    *out = value_boolean(find(text_at(e, args, 0), text_at(e, args, 1), 0, ignore_case) !=
                         SIZE_MAX);
    return true;
}

RUN(find_string)
{
    struct str text = text_at(e, args, 0), part = text_at(e, args, 1);
    int64_t occurrence = 1;
    bool ignore_case = false;
    for (unsigned i = 2; i < count; i++) {
        if (args[i].type == TYPE_INTEGER)
            occurrence = args[i].number;
        else
            ignore_case = args[i].number;
    }
    size_t found = find(text, part, 0, ignore_case);
    while (found != SIZE_MAX && --occurrence > 0)
        found = find(text, part, found + 1, ignore_case);
    if (found == SIZE_MAX || occurrence < 0)
        return put_integer(e, at, -1, out);
    return put_integer(e, at, (int64_t) utf8_count(str_slice(text, 0, found)), out);
}

/* The byte offset of a character, at most the length. */
static size_t offset_of(struct str text, int64_t character)
{
    size_t at = 0;
    while (character-- > 0 && at < text.len)
        utf8_next(text, &at);
    return at;
}

static bool not_negative(struct eval *e, const struct expr *at, const struct value *args,
                         unsigned i)
{
    return args[i].number >= 0 || eval_fail(e, at->args[i], DIAG_EXPR_INDEX, STR_NONE);
}

RUN(left)
{
    struct str text = text_at(e, args, 0);
    (void) count;
    if (!not_negative(e, at, args, 1))
        return false;
    put_text(e, TYPE_STRING, str_slice(text, 0, offset_of(text, args[1].number)), out);
    return true;
}

RUN(right)
{
    struct str text = text_at(e, args, 0);
    (void) count;
    if (!not_negative(e, at, args, 1))
        return false;
    int64_t skip = (int64_t) utf8_count(text) - args[1].number;
    put_text(e, TYPE_STRING, str_slice(text, offset_of(text, skip), text.len), out);
    return true;
}

RUN(substring)
{
    struct str text = text_at(e, args, 0);
    (void) count;
    if (!not_negative(e, at, args, 1) || !not_negative(e, at, args, 2))
        return false;
    text = str_slice(text, offset_of(text, args[1].number), text.len);
    put_text(e, TYPE_STRING, str_slice(text, 0, offset_of(text, args[2].number)), out);
    return true;
}

static bool change_case(struct eval *e, struct str text, bool upper, struct value *out)
{
    struct buf changed;
    buf_init(&changed, pool_env(e->run->pool));
    for (size_t i = 0; i < text.len;) {
        uint32_t code = utf8_next(text, &i);
        buf_add_code(&changed, utf8_case(code, upper));
    }
    put_text(e, TYPE_STRING, buf_str(&changed), out);
    buf_release(&changed);
    return true;
}

RUN(lower)
{
    (void) at, (void) count;
    return change_case(e, text_at(e, args, 0), false, out);
}

RUN(upper)
{
    (void) at, (void) count;
    return change_case(e, text_at(e, args, 0), true, out);
}

RUN(trim)
{
    (void) at, (void) count;
    put_text(e, TYPE_STRING, str_trim(text_at(e, args, 0)), out);
    return true;
}

RUN(replace)
{
    struct str text = text_at(e, args, 0), part = text_at(e, args, 1);
    struct buf changed;
    (void) count;
    if (part.len == 0) {
        *out = args[0];
        return true;
    }
    buf_init(&changed, pool_env(e->run->pool));
    size_t from = 0, found;
    while ((found = find(text, part, from, false)) != SIZE_MAX && changed.len <= 1 << 20) {
        buf_add(&changed, str_slice(text, from, found));
        buf_add(&changed, text_at(e, args, 2));
        from = found + part.len;
    }
    buf_add(&changed, str_slice(text, from, text.len));
    bool fits = changed.len <= 1 << 20;
    if (fits)
        put_text(e, TYPE_STRING, buf_str(&changed), out);
    buf_release(&changed);
    return fits || eval_fail(e, at, DIAG_EXPR_RANGE, STR("String"));
}

int compare_texts(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < n; i++) {
        if (fold(a.ptr[i]) != fold(b.ptr[i]))
            return fold(a.ptr[i]) < fold(b.ptr[i]) ? -1 : 1;
    }
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    for (size_t i = 0; i < n; i++) {
        if (a.ptr[i] != b.ptr[i])
            return a.ptr[i] > b.ptr[i] ? -1 : 1;
    }
    return 0;
}

RUN(compare)
{
    bool ignore_case = count > 2 && args[2].number;
    if (!value_is_set(args[0]) || !value_is_set(args[1]))
        return put_integer(e, at, (int64_t) value_is_set(args[0]) - value_is_set(args[1]), out);
    struct str a = text_at(e, args, 0), b = text_at(e, args, 1);
    return put_integer(e, at, ignore_case && str_eq_nocase(a, b) ? 0 : compare_texts(a, b), out);
}

RUN(same_text)
{
    (void) at;
    bool ignore_case = args[0].type == TYPE_BOOLEAN && count > 1;
    unsigned first = ignore_case ? 1 : 0;
    bool same = true;
    for (unsigned i = first + 1; i < count; i++) {
        bool fold_case = ignore_case && args[0].number;
        bool equal = fold_case ? str_eq_nocase(text_at(e, args, first), text_at(e, args, i)) &&
                                     value_is_set(args[first]) == value_is_set(args[i])
                               : value_same(args[first], args[i]);
        same = same && equal;
    }
    *out = value_boolean(same);
    return true;
}
