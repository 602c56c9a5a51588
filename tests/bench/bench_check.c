/* Problems while one types: a flow of many actions checked as a whole, then again after each edit
 * of a field, its action alone. Usage: bench_check [ACTIONS]. tests/bench/README.md says how to
 * read it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "engine/base/env.h"
#include "engine/check/check.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/query.h"
#include "tests/bench/gen.h"
#include "tests/bench/measure.h"

enum { EDITS = 2000 };

struct bench {
    struct env env;
    struct workspace *ws;
    struct flow *flow;
    struct check_memory *memory;
    struct diags problems;
    node_id actions[EDITS]; /* spread over the flow */
    size_t count, seen, every, edits;
};

static void open_flow(struct bench *b, size_t actions)
{
    char folder[] = "/tmp/bench-check-XXXXXX";
    struct limits limits = LIMITS_DEFAULT;
    size_t len;
    char *text = gen_flow(actions, 1, &len);
    if (!text || !mkdtemp(folder))
        fail("no flow");
    b->ws = workspace_open(&b->env, &limits, folder, &b->problems);
    rmdir(folder);
    struct workspace_file *file = workspace_new_flow(b->ws, FLOW_INBOUND_CALL, STR("Many"),
                                                     &b->problems);
    struct doc *doc = doc_read(&b->env, &b->ws->atoms, &limits, "flow", (struct str){ text, len },
                               &b->problems);
    doc_free(file->flow.doc);
    if (!doc || !flow_index(&file->flow, doc, &b->problems))
        fail("the flow was not read");
    b->flow = &file->flow;
    diags_clear(&b->problems);
    free(text);
}

static bool pick_action(void *context, node_id action, unsigned depth)
{
    struct bench *b = context;
    (void) depth;
    if (b->seen++ % b->every == 0 && b->count < EDITS)
        b->actions[b->count++] = action;
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

/* A new name for each, as the designer sets a field. */
static void edit(struct bench *b, double *times)
{
    static const struct field name = { .path = "name", .kind = FIELD_TEXT, .max = 200 };
    struct diags diags;
    diags_init(&diags, &b->env);
    for (size_t i = 0; i < b->count; i++) {
        struct change *change = change_begin(&b->env, STR("Edit"));
        struct buf text;
        buf_init(&text, &b->env);
        buf_addf(&text, "Name %zu", b->edits++);
        double at = cpu_time();
        if (!flow_set(change, b->flow, b->actions[i], &name, buf_str(&text), &diags) ||
            !check_action_again(b->ws, b->flow, b->memory, b->actions[i], &b->problems))
            fail("the edit failed");
        times[i] = (cpu_time() - at) * 1e6;
        change_free(change);
        buf_release(&text);
    }
    qsort(times, b->count, sizeof *times, by_value);
    diags_release(&diags);
}

int main(int argc, char **argv)
{
    static struct bench b;
    static double times[EDITS];
    size_t actions = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
    env_init(&b.env);
    diags_init(&b.problems, &b.env);
    open_flow(&b, actions);
    b.memory = check_memory_new(&b.env);
    b.every = actions / EDITS + 1;
    flow_each_action(b.flow, pick_action, &b);
    for (int round = 0; round < 3; round++) {
        diags_clear(&b.problems);
        double at = cpu_time();
        check_flow_unless(b.ws, b.flow, NULL, b.memory, &b.problems);
        printf("%zu actions, %zu problems: the whole %.0f ms", actions, b.problems.count,
               (cpu_time() - at) * 1e3);
        edit(&b, times);
        printf(", an edited field and its action %.1f us (the slowest of 100: %.1f us)\n",
               times[b.count / 2], times[b.count * 99 / 100]);
    }
    check_memory_free(b.memory);
    workspace_free(b.ws);
    diags_release(&b.problems);
    return 0;
}
