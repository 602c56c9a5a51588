/* What is wrong with a JSON text, in the reader's words. Called once per text, so it may look
 * around. */
#include <stdio.h>
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/doc/envelope.h"
#include "engine/doc/json.h"
#include "engine/doc/scan.h"

size_t json_bom(struct str text)
{
    return str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

void json_place(struct str text, size_t at, struct place *out)
{
    size_t line_start = json_bom(text);
    out->line = 1;
    for (const char *p = text.ptr; (p = memchr(p, '\n', (size_t) (text.ptr + at - p)));) {
        line_start = (size_t) (++p - text.ptr);
        out->line++;
    }
    if (at < line_start)
        at = line_start;
    out->column = 1 + (uint32_t) utf8_count(str_slice(text, line_start, at));
}

bool json_fail(const struct json_input *in, enum diag_code code, const char *at, struct str a,
               struct str b, struct str c)
{
    struct place place = { .file = in->name };
    json_place(in->text, (size_t) (at - in->text.ptr), &place);
    return diag_add(in->diags, code, &place, a, b, c, STR_NONE);
}

struct str json_decimal(struct decimal *space, uint64_t number)
{
    int len = snprintf(space->text, sizeof(space->text), "%llu", (unsigned long long) number);
    return (struct str){ space->text, (size_t) len };
}

static bool fail_at_place(const struct json_input *in, enum diag_code code, const char *at,
                          struct str what, const char *from)
{
    struct decimal line, column;
    struct place start;
    json_place(in->text, (size_t) (from - in->text.ptr), &start);
    struct str a = json_decimal(&line, start.line), b = json_decimal(&column, start.column);
    return what.len ? json_fail(in, code, at, what, a, b) : json_fail(in, code, at, a, b, STR_NONE);
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '+' || c == '-' || c == '.';
}

/* The word at `at`, or the one character there. */
static struct str found(const struct json_input *in, const char *at)
{
    enum { SHOWN = 24 };
    size_t len = 0;
    while (len < SHOWN && is_word(at[len]))
        len++;
    if (!len)
        utf8_next((struct str){ at, (size_t) (in->text.ptr + in->text.len - at) }, &len);
    return (struct str){ at, len };
}

/* Whether the line of `at` begins as a version control system marks conflicts. */
static bool in_conflict(const struct json_input *in, const char *at)
{
    const char *start = at, *end = in->text.ptr + in->text.len;
    while (start > in->text.ptr && start[-1] != '\n')
        start--;
    if (end - start < 7 || !*start || !strchr("<=>|", *start))
        return false;
    for (int i = 1; i < 7; i++)
        if (start[i] != *start)
            return false;
    return true;
}

static bool behind_comma(const struct json_input *in, const char *at)
{
    while (at > in->text.ptr && scan_is_space(at[-1]))
        at--;
    return at > in->text.ptr && at[-1] == ',';
}

static bool fail_encoding(const struct json_input *in, const char *at)
{
    char byte[8];
    snprintf(byte, sizeof(byte), "0x%02X", (unsigned char) *at);
    return json_fail(in, DIAG_JSON_NOT_UTF8, at, str_of(byte), STR_NONE, STR_NONE);
}

static bool is_utf8(const struct json_input *in, const char *at)
{
    size_t pos = 0;
    struct str rest = { at, (size_t) (in->text.ptr + in->text.len - at) };
    return utf8_next(rest, &pos) != UTF8_BAD;
}

static bool is_number_like(struct str word)
{
    return strchr("+-.0123456789", word.ptr[0]) || str_is(word, "NaN") || str_is(word, "Infinity");
}

static bool fail_end(const struct json_input *in, const char *at, const char *open)
{
    if (!open)
        return json_fail(in, DIAG_JSON_EMPTY, at, STR_NONE, STR_NONE, STR_NONE);
    return fail_at_place(in, DIAG_JSON_END, at, (struct str){ open, 1 }, open);
}

bool json_fail_expected(const struct json_input *in, enum json_expect expect, const char *at,
                        const char *open)
{
    if (at == in->text.ptr + in->text.len)
        return fail_end(in, at, open);
    if (!*at)
        return json_fail(in, DIAG_JSON_NUL, at, STR_NONE, STR_NONE, STR_NONE);
    if (in_conflict(in, at))
        return json_fail(in, DIAG_JSON_CONFLICT, at, STR_NONE, STR_NONE, STR_NONE);
    if (!is_utf8(in, at))
        return fail_encoding(in, at);
    if (*at == '#' || (*at == '/' && (at[1] == '/' || at[1] == '*')))
        return json_fail(in, DIAG_JSON_COMMENT, at, STR_NONE, STR_NONE, STR_NONE);
    if (expect == EXPECT_VALUE && !open && envelope_is(in->text))
        return json_fail(in, DIAG_ENVELOPE_HERE, at, STR_NONE, STR_NONE, STR_NONE);
    struct str what = found(in, at);
    if (expect <= EXPECT_KEY && (*at == ']' || *at == '}') && behind_comma(in, at))
        return json_fail(in, DIAG_JSON_TRAILING_COMMA, at, what, STR_NONE, STR_NONE);
    if (expect == EXPECT_VALUE && is_number_like(what))
        return json_fail(in, DIAG_JSON_NUMBER, at, what, STR_NONE, STR_NONE);
    if (expect == EXPECT_COMMA)
        return json_fail(in, DIAG_JSON_COMMA, at, *open == '[' ? STR("]") : STR("}"), what,
                         STR_NONE);
    static const enum diag_code codes[] = {
        [EXPECT_VALUE] = DIAG_JSON_VALUE,
        [EXPECT_KEY] = DIAG_JSON_KEY,
        [EXPECT_COLON] = DIAG_JSON_COLON,
        [EXPECT_NOTHING] = DIAG_JSON_AFTER_END,
    };
    return json_fail(in, codes[expect], at, what, STR_NONE, STR_NONE);
}

static struct str control_escape(char out[8], char c)
{
    static const char short_forms[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'
    };
    if ((unsigned char) c < sizeof(short_forms) && short_forms[(unsigned char) c])
        snprintf(out, 8, "\\%c", short_forms[(unsigned char) c]);
    else
        snprintf(out, 8, "\\u%04x", (unsigned char) c);
    return str_of(out);
}

bool json_fail_text(const struct json_input *in, const char *at, const char *quote)
{
    if (at == in->text.ptr + in->text.len)
        return fail_at_place(in, DIAG_JSON_OPEN_TEXT, at, STR_NONE, quote);
    if (!*at)
        return json_fail(in, DIAG_JSON_NUL, at, STR_NONE, STR_NONE, STR_NONE);
    if ((unsigned char) *at >= 0x80)
        return fail_encoding(in, at);
    char escape[8];
    return json_fail(in, DIAG_JSON_CONTROL, at, control_escape(escape, *at), STR_NONE, STR_NONE);
}
