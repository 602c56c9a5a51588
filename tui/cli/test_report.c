/* How results are told. Whatever comes from a file passes the filter for terminals, or the escapes
 * of the format. */
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/doc/write.h"
#include "tui/cli/test.h"

static const char *verdict_word(uint32_t verdict)
{
    static const char *const words[] = { "passed", "failed", "broken" };
    return words[verdict];
}

static void print_shown(struct tests *tests, struct str text)
{
    struct buf shown;
    buf_init(&shown, &tests->cli->env);
    buf_add_shown(&shown, text, false);
    buf_add_char(&shown, '\n');
    fwrite(shown.ptr, 1, shown.len, stdout);
    buf_release(&shown);
}

static void print_lines(struct tests *tests, const char *before, struct str text)
{
    struct buf lines;
    buf_init(&lines, &tests->cli->env);
    while (text.len > 0) {
        ptrdiff_t end = str_find_char(text, '\n');
        size_t len = end < 0 ? text.len : (size_t) end;
        buf_add_text(&lines, before);
        buf_add(&lines, str_slice(text, 0, len));
        buf_add_char(&lines, '\n');
        text = str_slice(text, end < 0 ? len : len + 1, text.len);
    }
    cli_print(stdout, buf_str(&lines));
    buf_release(&lines);
}

static void nothing(struct tests *tests)
{
    (void) tests;
}

/* --- TAP 14 */

static void tap_begin(struct tests *tests)
{
    printf("TAP version 14\n1..%zu\n", tests->files.count);
}

static void tap_one(struct tests *tests, const char *path, const struct outcome *outcome)
{
    bool ok = outcome->verdict == VERDICT_PASSED;
    struct buf line;
    buf_init(&line, &tests->cli->env);
    buf_addf(&line, "%s %zu - ", ok ? "ok" : "not ok", tests->number);
    buf_add(&line, buf_str(&outcome->title));
    buf_addf(&line, " (%s)", path);
    print_shown(tests, buf_str(&line));
    buf_release(&line);
    if (!ok)
        print_lines(tests, "# ", buf_str(&outcome->message));
    else if (outcome->written)
        print_lines(tests, "# ", STR("its expectations were written"));
}

static void tap_end(struct tests *tests)
{
    if (tests->number < tests->files.count)
        puts("Bail out! A scenario failed.");
}

/* --- for people */

static void text_one(struct tests *tests, const char *path, const struct outcome *outcome)
{
    struct buf line;
    if (outcome->verdict == VERDICT_PASSED && !outcome->written)
        return;
    buf_init(&line, &tests->cli->env);
    buf_addf(&line, "%s: ", outcome->written ? "written" : verdict_word(outcome->verdict));
    buf_add(&line, buf_str(&outcome->title));
    buf_addf(&line, " (%s)", path);
    print_shown(tests, buf_str(&line));
    print_lines(tests, "  ", buf_str(&outcome->message));
    buf_release(&line);
}

static void text_end(struct tests *tests)
{
    printf("%zu passed, %zu failed", tests->passed, tests->failed);
    if (tests->broken)
        printf(", %zu broken", tests->broken);
    if (tests->number < tests->files.count)
        printf(", %zu not played", tests->files.count - tests->number);
    putchar('\n');
}

/* --- JSON */

static void json_one(struct tests *tests, const char *path, const struct outcome *outcome)
{
    struct buf line;
    buf_init(&line, &tests->cli->env);
    buf_add_text(&line, tests->trace ? "[{\"file\":" : "{\"file\":");
    json_add_text(&line, str_of(path), true);
    buf_add_text(&line, ",\"scenario\":");
    json_add_text(&line, buf_str(&outcome->title), true);
    buf_addf(&line, ",\"verdict\":\"%s\",\"message\":", verdict_word(outcome->verdict));
    json_add_text(&line, buf_str(&outcome->message), true);
    if (outcome->written)
        buf_add_text(&line, ",\"written\":true");
    buf_add_text(&line, tests->trace ? "}]\n" : "}\n");
    fwrite(line.ptr, 1, line.len, stdout);
    buf_release(&line);
}

/* --- JUnit: the numbers come first, so all is held until the end */

/* XML has no way to write most controls: they become the replacement character. */
static void add_xml(struct buf *out, struct str text)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = { { '<', "&lt;" }, { '>', "&gt;" }, { '&', "&amp;" }, { '"', "&quot;" },
                     { '\n', "&#10;" }, { '\t', "&#9;" } };
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        const char *entity = NULL;
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
            entity = code == (unsigned char) entities[i].c ? entities[i].entity : entity;
        bool none = code == UTF8_BAD || (code < 0x20 && !entity) || (code >= 0x7f && code < 0xa0) ||
                    (code & 0xfffe) == 0xfffe;
        if (entity || none)
            buf_add_text(out, entity ? entity : "\xEF\xBF\xBD");
        else
            buf_add(out, str_slice(text, from, at));
    }
}

static void junit_one(struct tests *tests, const char *path, const struct outcome *outcome)
{
    struct buf *out = &tests->held;
    struct str message = buf_str(&outcome->message);
    ptrdiff_t end = str_find_char(message, '\n');
    const char *element = outcome->verdict == VERDICT_FAILED ? "failure" : "error";
    buf_add_text(out, "  <testcase classname=\"");
    add_xml(out, str_of(path));
    buf_add_text(out, "\" name=\"");
    add_xml(out, buf_str(&outcome->title));
    if (outcome->verdict == VERDICT_PASSED) {
        buf_add_text(out, "\"/>\n");
        return;
    }
    buf_addf(out, "\">\n    <%s message=\"", element);
    add_xml(out, str_slice(message, 0, end < 0 ? message.len : (size_t) end));
    buf_add_text(out, "\">");
    add_xml(out, message);
    buf_addf(out, "</%s>\n  </testcase>\n", element);
}

static void junit_end(struct tests *tests)
{
    printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<testsuite name=\"postflow\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
           tests->number, tests->failed, tests->broken);
    fwrite(tests->held.ptr ? tests->held.ptr : "", 1, tests->held.len, stdout);
    puts("</testsuite>");
}

static const struct test_format formats[] = {
    { "tap", tap_begin, tap_one, tap_end },
    { "text", nothing, text_one, text_end },
    { "json", nothing, json_one, nothing },
    { "junit", nothing, junit_one, junit_end },
};

const struct test_format *test_format_find(const char *name)
{
    for (size_t i = 0; name && i < sizeof formats / sizeof *formats; i++) {
        if (!strcmp(formats[i].name, name))
            return &formats[i];
    }
    return &formats[0];
}
