/* What is wrong with a YAML text, in the reader's words. Called once per text, so it may look
 * around. */
#include <stdio.h>
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/doc/yaml.h"

/* A line of seven <, > or | and a blank, as version control systems mark conflicts; none of them
 * can stand at the start of a line of a flow. */
static bool is_conflict(struct str text, size_t at)
{
    static const char *const marks[] = { "<<<<<<<", "|||||||", ">>>>>>>", "=======" };
    struct str rest = str_slice(text, at, text.len);
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        if (str_starts(rest, str_of(marks[i])))
            return rest.len == 7 || strchr(" \r\n", rest.ptr[7]);
    }
    return false;
}

/* The first conflict marker up to the end of the line of `at`, SIZE_MAX: none. */
static size_t find_conflict(struct str text, size_t at)
{
    for (size_t line = 0; line <= at && line < text.len;) {
        if (is_conflict(text, line))
            return line;
        const char *end = memchr(text.ptr + line, '\n', text.len - line);
        if (!end)
            break;
        line = (size_t) (end + 1 - text.ptr);
    }
    return SIZE_MAX;
}

static bool fail(const struct json_input *in, enum diag_code code, size_t at, struct str a,
                 struct str b)
{
    size_t conflict = find_conflict(in->text, at);
    if (conflict != SIZE_MAX)
        return json_fail(in, DIAG_JSON_CONFLICT, in->text.ptr + conflict, STR_NONE, STR_NONE,
                         STR_NONE);
    return json_fail(in, code, in->text.ptr + at, a, b, STR_NONE);
}

bool yaml_fail(const struct json_input *in, enum diag_code code, size_t at, struct str what)
{
    return fail(in, code, at, what, STR_NONE);
}

/* How a problem is told: as it stands, or with what is there, or with where it began. */
enum shape { BARE, WITH_CHARACTER, WITH_START, SECOND_CHARACTER, CLOSING };

static const struct issue {
    const char *problem;
    enum diag_code code;
    enum shape shape;
} issues[] = {
    { "found character that cannot start any token", DIAG_YAML_CHARACTER, WITH_CHARACTER },
    { "did not find expected alphabetic or numeric character", DIAG_YAML_CHARACTER,
      WITH_CHARACTER },
    { "found a tab character", DIAG_YAML_TAB, BARE },
    { "could not find expected ':'", DIAG_YAML_COLON, WITH_START },
    { "mapping values are not allowed", DIAG_YAML_SECOND_COLON, BARE },
    { "did not find expected key", DIAG_YAML_INDENT, BARE },
    { "did not find expected '-' indicator", DIAG_YAML_INDENT, BARE },
    { "block sequence entries are not allowed", DIAG_YAML_INDENT, BARE },
    { "mapping keys are not allowed", DIAG_YAML_KEY, BARE },
    { "did not find expected <document start>", DIAG_YAML_INDENT, BARE },
    { "did not find expected ',' or ']'", DIAG_JSON_COMMA, CLOSING },
    { "did not find expected ',' or '}'", DIAG_JSON_COMMA, CLOSING },
    { "did not find expected node content", DIAG_JSON_VALUE, CLOSING },
    { "found unexpected end of stream", DIAG_JSON_OPEN_TEXT, WITH_START },
    { "found unexpected document indicator", DIAG_JSON_OPEN_TEXT, WITH_START },
    { "found unknown escape character", DIAG_JSON_ESCAPE, SECOND_CHARACTER },
    { "control characters are not allowed", DIAG_YAML_CONTROL, WITH_CHARACTER },
};

static struct str character(struct str text, size_t at, char space[8])
{
    size_t next = at;
    if (at >= text.len)
        return STR_NONE;
    if ((unsigned char) text.ptr[at] < ' ' || text.ptr[at] == 0x7F) {
        int len = snprintf(space, 8, "U+%04X", (unsigned char) text.ptr[at]);
        return (struct str){ space, (size_t) len };
    }
    utf8_next(text, &next);
    return str_slice(text, at, next);
}

static bool fail_start(const struct json_input *in, enum diag_code code, size_t at, size_t context)
{
    struct decimal line, column;
    struct place start;
    json_place(in->text, context, &start);
    return fail(in, code, at, json_decimal(&line, start.line), json_decimal(&column, start.column));
}

/* A list or mapping in brackets, which begins at `context`, goes wrong at `at`. */
static bool fail_closing(const struct json_input *in, enum diag_code code, size_t at,
                         size_t context)
{
    char space[8];
    struct decimal line, column;
    struct place start;
    bool known = context < in->text.len;
    struct str here = character(in->text, at, space);
    if (at >= in->text.len && known && find_conflict(in->text, at) == SIZE_MAX) {
        json_place(in->text, context, &start);
        return json_fail(in, DIAG_JSON_END, in->text.ptr + at,
                         str_slice(in->text, context, context + 1), json_decimal(&line, start.line),
                         json_decimal(&column, start.column));
    }
    if (code == DIAG_JSON_VALUE)
        return fail(in, code, at, here, STR_NONE);
    bool list = known && in->text.ptr[context] == '[';
    return fail(in, code, at, list ? STR("]") : STR("}"), here);
}

bool yaml_fail_problem(const struct json_input *in, const char *problem, size_t at, size_t context)
{
    char space[8];
    size_t i = 0, count = sizeof(issues) / sizeof(*issues);
    if (at > in->text.len)
        at = in->text.len;
    while (i < count && !str_starts(str_of(problem), str_of(issues[i].problem)))
        i++;
    if (i == count || (issues[i].shape == WITH_START && context > in->text.len))
        return fail(in, DIAG_YAML_SYNTAX, at, str_of(problem), STR_NONE);
    enum diag_code code = issues[i].code;
    struct str here = character(in->text, at, space);
    switch (issues[i].shape) {
    case BARE:
        break;
    case WITH_START:
        return fail_start(in, code, code == DIAG_YAML_COLON ? context : at, context);
    case CLOSING:
        return fail_closing(in, code, at, context);
    case SECOND_CHARACTER:
        return fail(in, code, at, character(in->text, at + 1, space), STR_NONE);
    case WITH_CHARACTER:
        if (str_is(here, "U+0009"))
            return fail(in, DIAG_YAML_TAB, at, STR_NONE, STR_NONE);
        if (str_is(here, "U+0000"))
            return fail(in, DIAG_JSON_NUL, at, STR_NONE, STR_NONE);
        return fail(in, code, at, here, STR_NONE);
    }
    return fail(in, code, at, STR_NONE, STR_NONE);
}
