/* Problems follow every edit of every field: those of the edited action at once, and where the
 * session says that it knows all, they are those of the flow checked as a whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "engine/flow/query.h"
#include "tests/unit/session/support.h"

/* Those that an action alone decides, or all (0). */
static void list_problems(const struct diags *diags, node_id owner, struct buf *out)
{
    if (!owner)
        buf_addf(out, "%zu errors, %zu warnings", diags->errors, diags->warnings);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (owner && diag->owner != owner)
            continue;
        buf_addf(out, "%u:%u %s %.*s ", diag->place.line, diag->place.column,
                 diag_info(diag->code)->code, STR_ARG(diag->place.path));
        diag_render(out, diag, NULL);
        buf_add_char(out, '\n');
    }
}

struct actions {
    node_id items[1000];
    size_t count;
};

static bool add_action(void *context, node_id action, unsigned depth)
{
    struct actions *actions = context;
    (void) depth;
    assert_true(actions->count < sizeof actions->items / sizeof *actions->items);
    actions->items[actions->count++] = action;
    return true;
}

struct edits {
    struct world *world;
    size_t made, known; /* edits, and how many of them left nothing to look for */
};

static void compare(struct edits *edits, const struct diags *fresh, node_id owner, const char *what)
{
    struct session *session = edits->world->session;
    struct buf told, wanted;

    buf_init(&told, &edits->world->env);
    buf_init(&wanted, &edits->world->env);
    list_problems(&session->problems, owner, &told);
    list_problems(fresh, owner, &wanted);
    if (strcmp(told.ptr, wanted.ptr))
        fail_msg("%s: told %s\nnot %s", what, told.ptr, wanted.ptr);
    buf_release(&told);
    buf_release(&wanted);
}

/* What the action alone decides is there already; what is told of the rest comes with the next
 * check of the whole, unless there is nothing left to look for. */
static void compare_all(struct edits *edits, node_id action, const char *what)
{
    struct session *session = edits->world->session;
    uint64_t revision = session->problems_revision;
    struct diags fresh;

    diags_init(&fresh, &edits->world->env);
    check_flow(session->ws, session->flow, &fresh);
    compare(edits, &fresh, action, what);
    session_update_problems(session);
    compare(edits, &fresh, 0, what);
    edits->known += revision == session->problems_revision;
    edits->made++;
    diags_release(&fresh);
}

static void edit_fields(struct edits *edits, node_id action)
{
    static const char *const texts[] = { "x", "5", "=Flow.s", "" };
    struct session *session = edits->world->session;
    const struct action_info *info = flow_action(session->flow, action);
    char what[200];

    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            uint64_t before = session->problems_revision;
            if (!session_set_field(session, action, field, str_of(texts[i])) ||
                before == session->problems_revision)
                continue; /* it does not fit, or is so already */
            snprintf(what, sizeof what, "%s of %s = %s", field->label, info->key, texts[i]);
            compare_all(edits, action, what);
        }
    }
}

static void add_all(struct session *session)
{
    char line[100];

    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        if (info->flags & ACTION_CHOICE || !flow_type_allows(session->flow, info))
            continue;
        snprintf(line, sizeof line, "add %s", info->key);
        session_command(session, STR("goto S"));
        if (!session_command(session, str_of(line)))
            fail_msg("%s: %.*s", line, STR_ARG(buf_str(&session->message)));
    }
}

static void every_field_of_every_action(void **state)
{
    struct world *world = *state;
    static struct actions actions;
    struct edits edits = { .world = world };

    world_put(world, "flows/all.flow.json",
              "{\"inboundCall\":{\"name\":\"All\",\"startUpRef\":\"/inboundCall/tasks/task[S_1]\","
              "\"variables\":[{\"stringVariable\":{\"name\":\"Flow.s\"}}],\"tasks\":[{\"task\":{"
              "\"name\":\"S\",\"refId\":\"S_1\",\"actions\":[]}}]}}");
    world_open(world, "all.flow.json");
    add_all(world->session);
    session_update_problems(world->session);
    flow_each_action(world->session->flow, add_action, &actions);
    for (size_t i = 0; i < actions.count; i++)
        edit_fields(&edits, actions.items[i]);
    print_message("%zu edits, %zu of them alone\n", edits.made, edits.known);
    assert_true(edits.made > 500);
    assert_true(edits.known > edits.made / 10);
    world_say(world, "quit!");
    world_close(world);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_field_of_every_action),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
