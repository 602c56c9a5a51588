/* Functions of texts and of audio, which is kept as what would be said. */
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/expr/functions.h"
#include "engine/expr/search.h"

static struct str text_at(struct eval *e, const struct value *args, unsigned i)
{
    return value_text(e->run->pool, args[i]);
}

RUN(append)
{
    struct buf *text = pool_scratch(e->run->pool);
    bool audio = at->type.type == TYPE_AUDIO;
    for (unsigned i = 0; i < count; i++) {
        struct str part = text_at(e, args, i);
        if (audio && part.len > 0 && text->len > 0)
            buf_add_char(text, ' ');
        buf_add(text, part);
    }
    return put_text(e, at, (enum value_type) at->type.type, buf_str(text), out);
}

/* Texts and prompts as they are; what follows them says how they are played. */
RUN(audio)
{
    (void) count;
    return put_text(e, at, TYPE_AUDIO, text_at(e, args, 0), out);
}

RUN(blank)
{
    (void) count;
    if (args[0].number < 0 || args[0].number > 10000)
        return eval_fail(e, at->args[0], DIAG_EXPR_RANGE, STR("ToAudioBlank"));
    return put_text(e, at, TYPE_AUDIO, STR(""), out);
}

RUN(length)
{
    (void) count;
    return put_integer(e, at, (int64_t) utf8_count(text_at(e, args, 0)), out);
}

RUN(contains)
{
    struct search search;
    (void) at;
    search_init(&search, pool_env(e->run->pool), text_at(e, args, 0), text_at(e, args, 1),
                count > 2 && args[2].number);
    *out = value_boolean(search_next(&search));
    search_release(&search);
    return true;
}

RUN(find_string)
{
    int64_t occurrence = 1;
    bool ignore_case = false, found = true;
    struct search search;
    for (unsigned i = 2; i < count; i++) {
        if (args[i].type == TYPE_INTEGER)
            occurrence = args[i].number;
        else
            ignore_case = args[i].number;
    }
    if (occurrence < 1)
        return eval_fail(e, at->args[2], DIAG_EXPR_INDEX, STR_NONE);
    search_init(&search, pool_env(e->run->pool), text_at(e, args, 0), text_at(e, args, 1),
                ignore_case);
    while (found && occurrence-- > 0)
        found = search_next(&search);
    *out = value_integer(found ? (int64_t) search.character : -1);
    search_release(&search);
    return true;
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
    return put_text(e, at, TYPE_STRING, str_slice(text, 0, offset_of(text, args[1].number)), out);
}

RUN(right)
{
    struct str text = text_at(e, args, 0);
    (void) count;
    if (!not_negative(e, at, args, 1))
        return false;
    int64_t skip = (int64_t) utf8_count(text) - args[1].number;
    return put_text(e, at, TYPE_STRING, str_slice(text, offset_of(text, skip), text.len), out);
}

RUN(substring)
{
    struct str text = text_at(e, args, 0);
    (void) count;
    if (!not_negative(e, at, args, 1) || !not_negative(e, at, args, 2))
        return false;
    text = str_slice(text, offset_of(text, args[1].number), text.len);
    return put_text(e, at, TYPE_STRING, str_slice(text, 0, offset_of(text, args[2].number)), out);
}

static bool change_case(struct eval *e, const struct expr *at, struct str text, bool upper,
                        struct value *out)
{
    struct buf changed;
    buf_init(&changed, pool_env(e->run->pool));
    for (size_t i = 0; i < text.len;) {
        uint32_t code = utf8_next(text, &i);
        buf_add_code(&changed, utf8_case(code, upper));
    }
    bool fits = put_text(e, at, TYPE_STRING, buf_str(&changed), out);
    buf_release(&changed);
    return fits;
}

RUN(lower)
{
    (void) count;
    return change_case(e, at, text_at(e, args, 0), false, out);
}

RUN(upper)
{
    (void) count;
    return change_case(e, at, text_at(e, args, 0), true, out);
}

/* variant: 1 in front, 2 behind, 3 both */
RUN(trim)
{
    struct str text = text_at(e, args, 0), inner = str_trim(text);
    size_t from = inner.len > 0 ? (size_t) (inner.ptr - text.ptr) : text.len;
    size_t front = at->function->variant & 1 ? from : 0;
    size_t back = at->function->variant & 2 ? from + inner.len : text.len;
    (void) count;
    if (inner.len == 0)
        return put_text(e, at, TYPE_STRING, STR(""), out);
    return put_text(e, at, TYPE_STRING, str_slice(text, front, back), out);
}

RUN(reverse)
{
    struct str text = text_at(e, args, 0);
    struct buf reversed;
    (void) count;
    buf_init(&reversed, pool_env(e->run->pool));
    for (size_t end = text.len; end > 0;) {
        size_t start = utf8_prev(text, end);
        buf_add(&reversed, str_slice(text, start, end));
        end = start;
    }
    bool fits = put_text(e, at, TYPE_STRING, buf_str(&reversed), out);
    buf_release(&reversed);
    return fits;
}

/* The end of the piece that begins at `from`; *after: where the next one begins, SIZE_MAX: none. */
static size_t piece_end(struct search *search, struct str text, struct str between, size_t from,
                        size_t *after)
{
    *after = SIZE_MAX;
    if (between.len == 0) {
        size_t end = from;
        if (end < text.len)
            utf8_next(text, &end);
        *after = end < text.len ? end : SIZE_MAX;
        return end;
    }
    while (search_next(search)) {
        if (search->end - between.len >= from) {
            *after = search->end;
            return search->end - between.len;
        }
    }
    return text.len;
}

RUN(split)
{
    struct pool *pool = e->run->pool;
    struct str text = text_at(e, args, 0), between = text_at(e, args, 1);
    struct value *pieces = NULL;
    struct search search;
    size_t capacity = 0, n = 0;
    (void) count;
    search_init(&search, pool_env(pool), text, between, false);
    for (size_t from = 0, after; from != SIZE_MAX; from = after) {
        size_t end = piece_end(&search, text, between, from, &after);
        pieces = mem_grow(pool_env(pool), pieces, &capacity, n + 1, sizeof *pieces);
        pieces[n++] = value_string(pool, str_slice(text, from, end));
    }
    struct value list = value_list(pool, TYPE_STRING, pieces, (uint32_t) n);
    search_release(&search);
    mem_free(pool_env(pool), pieces);
    return put_built(e, at, list, out);
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
    struct search search;
    size_t from = 0;
    buf_init(&changed, pool_env(e->run->pool));
    search_init(&search, pool_env(e->run->pool), text, part, false);
    while (changed.len <= MOST_TEXT && search_next(&search)) {
        if (search.end - part.len < from)
            continue; /* begins within the last one */
        buf_add(&changed, str_slice(text, from, search.end - part.len));
        buf_add(&changed, text_at(e, args, 2));
        from = search.end;
    }
    buf_add(&changed, str_slice(text, from, text.len));
    bool fits = put_text(e, at, TYPE_STRING, buf_str(&changed), out);
    search_release(&search);
    buf_release(&changed);
    return fits;
}

static unsigned char fold(char c)
{
    return (unsigned char) (c >= 'A' && c <= 'Z' ? c + 32 : c);
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

/* In any letter case, lists item by item. */
static bool equal_texts(const struct pool *pool, struct value a, struct value b)
{
    uint32_t n, m;
    if (value_is_set(a) != value_is_set(b))
        return false;
    if (!(a.flags & VALUE_LIST))
        return str_eq_nocase(value_text(pool, a), value_text(pool, b));
    const struct value *x = items_of(pool, a, &n), *y = items_of(pool, b, &m);
    for (uint32_t i = 0; i < n && n == m; i++) {
        if (!equal_texts(pool, x[i], y[i]))
            return false;
    }
    return n == m;
}

/* variant 'i': the first argument says whether letter case is ignored */
RUN(are_equal)
{
    const struct pool *pool = e->run->pool;
    unsigned first = at->function->variant == 'i';
    bool ignore_case = first && args[0].number, same = true;
    for (unsigned i = first + 1; i < count && same; i++)
        same = ignore_case ? equal_texts(pool, args[first], args[i])
                           : equal_values(pool, args[first], args[i]);
    *out = value_boolean(same);
    return true;
}

/* An address is kept as mail programs write it: "Name <address>" or the address alone. */
RUN(make_email)
{
    struct buf text;
    struct str name = count > 1 ? text_at(e, args, 1) : STR("");
    buf_init(&text, pool_env(e->run->pool));
    buf_add(&text, name);
    buf_add_text(&text, name.len > 0 ? " <" : "");
    buf_add(&text, text_at(e, args, 0));
    buf_add_text(&text, name.len > 0 ? ">" : "");
    bool fits = put_text(e, at, TYPE_EMAIL, buf_str(&text), out);
    buf_release(&text);
    return fits;
}

struct str email_address(struct str text, struct str *name)
{
    ptrdiff_t open = -1;
    for (size_t i = 0; i < text.len; i++)
        open = text.ptr[i] == '<' ? (ptrdiff_t) i : open;
    *name = STR("");
    if (open < 0 || text.ptr[text.len - 1] != '>')
        return text;
    *name = str_trim(str_slice(text, 0, (size_t) open));
    return str_slice(text, (size_t) open + 1, text.len - 1);
}

/* EmailAddressLocalPart, EmailAddressDomainPart (variant 'd') */
RUN(local_part)
{
    struct str name, address = email_address(text_at(e, args, 0), &name);
    ptrdiff_t sign = str_find_char(address, '@');
    (void) count;
    *out = value_not_set(TYPE_STRING);
    if (!value_is_set(args[0]) || sign < 0)
        return true;
    return put_text(e, at, TYPE_STRING,
                    at->function->variant == 'd'
                        ? str_slice(address, (size_t) sign + 1, address.len)
                        : str_slice(address, 0, (size_t) sign),
                    out);
}
