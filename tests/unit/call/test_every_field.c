/* Every action of the catalogue in every type of flow: added where it is allowed and refused
 * elsewhere; each field set once as a literal and once as an expression; checked, written, read
 * back and undone. */
#include "tests/unit/call/every.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "engine/check/check.h"
#include "engine/flow/path.h"
#include "engine/flow/query.h"

/* --- what holds then --- */

/* Read back it says the same in every field. */
static void read_back(struct bench *b)
{
    struct buf text, here, there;
    struct limits limits = LIMITS_DEFAULT;
    struct flow again;
    buf_init(&text, &b->world.env);
    buf_init(&here, &b->world.env);
    buf_init(&there, &b->world.env);
    bench_text(b, &text);
    struct doc *doc = doc_read(&b->world.env, &b->world.ws->atoms, &limits, "again",
                               buf_str(&text), &b->world.diags);
    assert_non_null(doc);
    assert_true(flow_index(&again, doc, &b->world.diags));
    if (b->world.diags.count)
        fail_msg("%s: %s", b->info->key, diag_info(b->world.diags.items[0].code)->code);
    struct spot spot;
    buf_clear(&here);
    path_print(b->flow, (struct spot){ b->action, 0 }, &here);
    assert_true(path_find(&again, buf_str(&here), &spot, &b->world.diags));
    for (const struct field *field = b->info->fields; field->path; field++) {
        buf_clear(&here);
        buf_clear(&there);
        flow_get(b->flow, b->action, field, &here);
        flow_get(&again, spot.node, field, &there);
        assert_string_equal(here.len ? here.ptr : "", there.len ? there.ptr : "");
        assert_int_equal(flow_row_count(b->flow, b->action, field),
                         flow_row_count(&again, spot.node, field));
    }
    doc_free(doc);
    buf_release(&text);
    buf_release(&here);
    buf_release(&there);
}

static void check(struct bench *b)
{
    struct diags found;
    diags_init(&found, &b->world.env);
    check_flow(b->world.ws, b->flow, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct diag *diag = &found.items[i];
        if (bench_expects(b, diag))
            continue;
        struct buf text;
        buf_init(&text, &b->world.env);
        diag_render(&text, diag, NULL);
        print_error("%s in %s: %s %s\n", b->info->key, flow_type_info(b->flow->type)->key,
                    diag_info(diag->code)->code, text.ptr);
        buf_release(&text);
        b->problems++;
    }
    diags_release(&found);
}

static void edit(struct bench *b)
{
    struct buf before;
    buf_init(&before, &b->world.env);
    bench_text(b, &before);
    b->action = bench_put(b, b->info);
    assert_int_not_equal(b->action, 0);
    for (int expression = 0; expression < 2; expression++) {
        bench_set_all(b, expression);
        read_back(b);
        check(b);
    }
    bench_take_back(b, before.ptr);
    buf_release(&before);
}

static void refused(struct bench *b)
{
    struct buf before;
    buf_init(&before, &b->world.env);
    bench_text(b, &before);
    if (bench_put(b, b->info))
        fail_msg("%s is taken by %s", b->info->key, flow_type_info(b->flow->type)->key);
    diags_clear(&b->world.diags);
    bench_take_back(b, before.ptr);
    buf_release(&before);
}

static void test_edited_where_it_is_allowed(void **state)
{
    struct bench b;
    size_t edited = 0;
    (void) state;
    bench_open(&b);
    for (size_t i = 0; i < catalogue_count(); i++) {
        for (int type = FLOW_OTHER + 1; type < FLOW_TYPE_COUNT; type++) {
            b.info = catalogue_action(i);
            b.flow = workspace_find(b.world.ws, (enum flow_type) type, STR("Every"));
            assert_non_null(b.flow);
            if (flow_type_allows(b.flow, b.info)) {
                edit(&b);
                edited++;
            } else {
                refused(&b);
            }
        }
    }
    assert_int_equal(b.problems, 0);
    assert_true(edited > 500);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edited_where_it_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
