/* What is told of a whole workspace: two flows of one type and name, at both places; nothing that
 * is silenced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/check/check.h"

static const struct {
    const char *file, *type, *name;
} flows[] = {
    { "a.flow.json", "inboundCall", "Same" },  { "b.flow.json", "secureCall", "Same" },
    { "c.flow.json", "inboundCall", "Same" },  { "d.flow.json", "inboundCall", "same" },
    { "e.flow.json", "inboundCall", "Same" },  { "f.flow.json", "inboundCall", "" },
    { "g.flow.json", "inboundCall", "" },
};
enum { FLOWS = sizeof flows / sizeof *flows };

static void test_twins(void **state)
{
    struct env env;
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    const char *tmp = getenv("TMPDIR");
    char folder[256], path[512], told[256] = "";
    size_t at = 0;
    (void) state;
    env_init(&env);
    diags_init(&diags, &env);
    snprintf(folder, sizeof folder, "%s/twins-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < FLOWS; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, flows[i].file);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "{\"%s\":\n{\"name\": \"%s\"}}", flows[i].type, flows[i].name);
        fclose(file);
    }
    struct workspace *ws = workspace_open(&env, &limits, folder, &diags);
    assert_non_null(ws);
    check_workspace(ws, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        const struct diag *diag = &diags.items[i];
        if (diag->code != DIAG_FLOW_TWICE)
            continue;
        assert_true(str_is(diag->args[0], "Same"));
        assert_true(str_is(diag->args[1], "inbound call"));
        at += (size_t) snprintf(told + at, sizeof told - at, "%c:%u:%u %c; ",
                                diag->place.file.ptr[strlen(folder) + 1], diag->place.line,
                                diag->place.column, diag->args[2].ptr[strlen(folder) + 1]);
    }
    assert_string_equal(told, "a:2:2 c; c:2:2 a; e:2:2 a; ");
    workspace_free(ws);
    for (size_t i = 0; i < FLOWS; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, flows[i].file);
        unlink(path);
    }
    rmdir(folder);
    diags_release(&diags);
}

/* What is told of shapes can be silenced like all else. */
static void test_silenced(void **state)
{
    static const char *const texts[] = {
        "{\"inboundCall\": {\"name\": \"A\", \"tasks\": 3}}",
        "{\"silence\": [\"E101\"]}",
    };
    static const char *const names[] = { "a.flow.json", "postflow.json" };
    struct env env;
    struct limits limits = LIMITS_DEFAULT;
    const char *tmp = getenv("TMPDIR");
    char folder[256], path[512];
    (void) state;
    env_init(&env);
    snprintf(folder, sizeof folder, "%s/silent-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 2; i++) {
        struct diags diags;
        size_t shapes = 0;
        diags_init(&diags, &env);
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(texts[i], file);
        fclose(file);
        struct workspace *ws = workspace_open(&env, &limits, folder, &diags);
        assert_non_null(ws);
        check_workspace(ws, &diags);
        for (size_t k = 0; k < diags.count; k++)
            shapes += diags.items[k].code == DIAG_FLOW_SHAPE;
        assert_int_equal(shapes, i == 0);
        workspace_free(ws);
        diags_release(&diags);
    }
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_twins),
                                        cmocka_unit_test(test_silenced) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
