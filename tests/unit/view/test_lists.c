/* Every list field of the catalogue is edited in place: rows are added, set, moved, named and
 * deleted by commands, then the same by keys in the fields pane; both give one text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "tui/view/designer.h"

enum { ROWS = 3 };

struct desk {
    struct env env;
    struct diags diags;
    char folder[64];
    struct session *session;
    struct designer *designer;
    struct canvas canvas;
    size_t lists; /* how many were edited */
};

static int setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    assert_non_null(desk);
    env_init(&desk->env);
    diags_init(&desk->diags, &desk->env);
    snprintf(desk->folder, sizeof desk->folder, "/tmp/postflow-lists-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    desk->session = session_open(&desk->env, desk->folder, NULL, &desk->diags);
    assert_non_null(desk->session);
    desk->designer = designer_new(&desk->env, desk->session);
    canvas_init(&desk->canvas, &desk->env, true);
    canvas_resize(&desk->canvas, 50, 160);
    designer_resize(desk->designer, 50, 160);
    *state = desk;
    return 0;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    designer_free(desk->designer);
    session_close(desk->session);
    canvas_release(&desk->canvas);
    diags_release(&desk->diags);
    rmdir(desk->folder);
    free(desk);
    return 0;
}

__attribute__((format(printf, 2, 3))) static void say(struct desk *desk, const char *format, ...)
{
    char line[600];
    va_list list;
    va_start(list, format);
    vsnprintf(line, sizeof line, format, list);
    va_end(list);
    if (!designer_command(desk->designer, str_of(line)))
        fail_msg("%s: %s", line, desk->session->message.ptr);
}

/* As on a terminal: what is shown decides what a key means. */
static void show(struct desk *desk)
{
    while (designer_is_behind(desk->designer))
        designer_rest(desk->designer, NULL);
    designer_draw(desk->designer, &desk->canvas, REDRAW_ALL);
}

static void keys(struct desk *desk, const char *names)
{
    for (struct str rest = str_of(names); rest.len > 0;) {
        ptrdiff_t space = str_find_char(rest, ' ');
        size_t end = space < 0 ? rest.len : (size_t) space;
        struct key key;
        assert_true(key_parse(str_slice(rest, 0, end), &key));
        show(desk);
        designer_key(desk->designer, key);
        rest = space < 0 ? STR_NONE : str_slice(rest, end + 1, rest.len);
    }
    show(desk);
}

static void type(struct desk *desk, const char *text)
{
    for (; *text; text++)
        designer_key(desk->designer, KEY_OF((unsigned char) *text));
    keys(desk, "Enter");
}

static void text_of(const struct desk *desk, struct buf *out)
{
    buf_clear(out);
    doc_write(desk->session->flow->doc, out);
}

/* --- what is set --- */

/* The n-th text that a part of a row takes. */
static const char *value_for(const struct field *part, unsigned n)
{
    static char text[80];
    struct str rest = str_of(part->choices);
    switch (part->kind) {
    case FIELD_WORD:
        for (unsigned i = 1; i < n; i++) {
            ptrdiff_t bar = str_find_char(rest, '|');
            assert_true(bar >= 0);
            rest = str_slice(rest, (size_t) bar + 1, rest.len);
        }
        snprintf(text, sizeof text, "%.*s", (int) strcspn(rest.ptr, "|"), rest.ptr);
        break;
    case FIELD_VARIABLE:
    case FIELD_RESULT:
        snprintf(text, sizeof text, "Flow.v%u", n);
        break;
    default:
        if (part->type == TYPE_BOOLEAN)
            return n % 2 ? "true" : "false";
        snprintf(text, sizeof text, part->type == TYPE_DURATION ? "PT%uS" : "v%u", n);
        break;
    }
    return text;
}

/* The parts of a row: its fields, or itself. */
static const struct field *part_of(const struct field *list, unsigned n, struct field *alone)
{
    *alone = flow_row_field(list);
    if (list->rows)
        return list->rows[n].path ? &list->rows[n] : NULL;
    return n == 0 ? alone : NULL;
}

static void expect_row(struct desk *desk, const struct field *list, unsigned row, unsigned n)
{
    const struct flow *flow = desk->session->flow;
    node_id owner;
    struct field alone;
    struct buf text;
    buf_init(&text, &desk->env);
    spot_fields(flow, desk->session->cursor, &owner);
    node_id node = flow_row(flow, owner, list, row);
    assert_int_not_equal(node, 0);
    const struct field *part;
    for (unsigned i = 0; (part = part_of(list, i, &alone)) != NULL; i++) {
        buf_clear(&text);
        flow_get(flow, node, part, &text);
        assert_string_equal(value_for(part, n), text.ptr ? text.ptr : "");
    }
    buf_release(&text);
}

/* --- the same edits twice --- */

static void by_commands(struct desk *desk, const struct field *list)
{
    struct field alone;
    const struct field *part;
    for (unsigned row = 1; row <= ROWS; row++)
        say(desk, "row %s add", list->path);
    for (unsigned row = 1; row <= ROWS; row++) {
        for (unsigned i = 0; (part = part_of(list, i, &alone)) != NULL; i++)
            say(desk, "set %s/%u%s%s %s", list->path, row, list->rows ? "/" : "", part->path,
                value_for(part, row));
    }
    say(desk, "row %s move 1 2", list->path);
    if (list->kind != FIELD_ROWS)
        say(desk, "row %s rename 1 \"a name\"", list->path);
    say(desk, "row %s delete 2", list->path);
}

/* Puts the cursor of the fields pane on a part of a row; row 0: on the list itself. */
static void stand_on(struct desk *desk, const struct field *list, unsigned row, unsigned part)
{
    struct fields *fields = &desk->designer->fields;
    size_t at = 0;
    show(desk);
    while (at < fields->count &&
           !(row ? fields->entries[at].list == list && fields->entries[at].row == row
                 : fields->entries[at].field == list))
        at++;
    assert_true(at + part < fields->count);
    for (int i = 0; i < 100 && fields->scroll.cursor > at + part; i++)
        keys(desk, "k");
    for (int i = 0; i < 100 && fields->scroll.cursor < at + part; i++)
        keys(desk, "j");
    assert_int_equal(fields->scroll.cursor, at + part);
}

static void by_keys(struct desk *desk, const struct field *list)
{
    struct field alone;
    const struct field *part;
    say(desk, "focus fields");
    for (unsigned row = 1; row <= ROWS; row++) {
        stand_on(desk, list, row - 1, 0);
        keys(desk, "a");
    }
    for (unsigned row = 1; row <= ROWS; row++) {
        for (unsigned i = 0; (part = part_of(list, i, &alone)) != NULL; i++) {
            stand_on(desk, list, row, i);
            keys(desk, "Enter");
            type(desk, value_for(part, row));
        }
    }
    stand_on(desk, list, 1, 0);
    keys(desk, "J");
    if (list->kind != FIELD_ROWS) {
        stand_on(desk, list, 1, 0);
        keys(desk, "r");
        type(desk, "\"a name\"");
    }
    stand_on(desk, list, 2, 0);
    keys(desk, "Delete");
    say(desk, "focus tree");
}

/* A list may be shown only when another field says so, and stand below names to be chosen. */
static void prepare(struct desk *desk, const struct field *table, const struct field *list)
{
    struct str when = str_of(list->when), path = str_of(list->path);
    ptrdiff_t equals = str_find_char(when, '=');
    if (equals >= 0)
        say(desk, "set %.*s %.*s", (int) equals, when.ptr, (int) (when.len - (size_t) equals) - 1,
            when.ptr + equals + 1);
    for (const struct field *key = table; key->path; key++) {
        size_t len = strlen(key->path);
        if (key->kind == FIELD_KEY && len < path.len && !memcmp(key->path, path.ptr, len) &&
            path.ptr[len] == '/')
            say(desk, "set %s Something", key->path);
    }
}

static void edit_list(struct desk *desk, const struct field *table, const struct field *list)
{
    struct buf before, commands, now;
    node_id owner;
    size_t changes;
    buf_init(&before, &desk->env);
    buf_init(&commands, &desk->env);
    buf_init(&now, &desk->env);
    print_message("%s\n", list->path);
    prepare(desk, table, list);
    spot_fields(desk->session->flow, desk->session->cursor, &owner);
    for (unsigned row = flow_row_count(desk->session->flow, owner, list); row > 0; row--)
        say(desk, "row %s delete 1", list->path);
    text_of(desk, &before);
    changes = desk->session->undo_count;
    by_commands(desk, list);
    assert_int_equal(flow_row_count(desk->session->flow, owner, list), ROWS - 1);
    expect_row(desk, list, 0, 2);
    expect_row(desk, list, 1, 3);
    text_of(desk, &commands);
    assert_int_equal(list->kind != FIELD_ROWS, strstr(commands.ptr, "\"a name\"") != NULL);
    say(desk, "undo %zu", desk->session->undo_count - changes);
    text_of(desk, &now);
    assert_string_equal(before.ptr, now.ptr);
    by_keys(desk, list);
    text_of(desk, &now);
    assert_string_equal(commands.ptr, now.ptr);
    desk->lists++;
    buf_release(&before);
    buf_release(&commands);
    buf_release(&now);
}

/* --- the catalogue --- */

static enum flow_type type_for(const struct action_info *info)
{
    for (int i = 1; i < FLOW_TYPE_COUNT; i++) {
        bool menus = flow_type_info((enum flow_type) i)->flags & FLOW_HAS_MENUS;
        if (info->flow_types & (1u << i) && (menus || !(info->flags & ACTION_CHOICE)))
            return (enum flow_type) i;
    }
    fail_msg("%s is nowhere allowed", info->key);
    return FLOW_OTHER;
}

static void lists_of_actions(void **state)
{
    struct desk *desk = *state;
    size_t wanted = 0;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        for (const struct field *field = info->fields; field->path; field++) {
            if (!field_has_rows(field))
                continue;
            wanted++;
            print_message("%s ", info->key);
            say(desk, "new %s F%zu", flow_type_info(type_for(info))->key, wanted);
            if (info->flags & ACTION_CHOICE)
                say(desk, "menu M");
            say(desk, "add %s", info->key);
            edit_list(desk, info->fields, field);
        }
    }
    assert_true(wanted >= 15);
    assert_int_equal(desk->lists, wanted);
}

static void lists_of_flows(void **state)
{
    struct desk *desk = *state;
    for (int i = 1; i < FLOW_TYPE_COUNT; i++) {
        const struct flow_type_info *info = flow_type_info((enum flow_type) i);
        for (const struct field *field = info->settings; field->path; field++) {
            if (!field_has_rows(field))
                continue;
            say(desk, "new %s S%d", info->key, i);
            edit_list(desk, info->settings, field);
        }
    }
    assert_true(desk->lists >= 1);
}

/* A new row holds what the catalogue says, not just nothing. */
static void new_rows_have_the_initial_values(void **state)
{
    struct desk *desk = *state;
    struct buf text;
    buf_init(&text, &desk->env);
    say(desk, "new commonModule M");
    say(desk, "row compatibleFlowTypes add 1");
    text_of(desk, &text);
    assert_non_null(strstr(text.ptr, "\"compatibleFlowTypes\": [\n        {\n"
                                     "          \"flowType\": \"inboundcall\""));
    buf_release(&text);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(lists_of_actions),
        TEST(lists_of_flows),
        TEST(new_rows_have_the_initial_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
