/* Real exports of Architect, where they are at hand: they pass the check as far as they are whole,
 * and calls step through them to their ends. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/call/call.h"
#include "engine/check/check.h"
#include "engine/flow/query.h"

#define CORPUS "../shared/corpus/flows"

struct walks {
    struct env env;
    struct workspace *ws;
    struct flow *flow;
    bool *seen; /* actions, by node */
    uint64_t dice;
};

static uint32_t roll(struct walks *w, uint32_t sides)
{
    w->dice = w->dice * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t) (w->dice >> 33) % sides;
}

/* One of what is possible and brings the call on; hanging up only when nothing else does. */
static bool choose(struct walks *w, struct call *call, struct stimulus *out)
{
    static const char *const keys[] = { "1", "2", "10#" };
    struct choices choices = { 0 };
    struct stimulus fit[32], last = { 0 };
    size_t count = 0;
    choices.arena.env = &w->env;
    call_choices(call, &choices);
    for (size_t i = 0; i < choices.count && count < 32; i++) {
        enum stimulus_kind kind = choices.items[i].stimulus.kind;
        if (kind == STIMULUS_PRESS || kind == STIMULUS_NO_INPUT || kind == STIMULUS_OUTCOME ||
            kind == STIMULUS_ANSWERS)
            fit[count++] = choices.items[i].stimulus;
        else if (kind == STIMULUS_HANGUP)
            last = choices.items[i].stimulus;
    }
    *out = count > 0 ? fit[roll(w, (uint32_t) count)] : last;
    if (out->kind == STIMULUS_PRESS)
        out->text = pool_text(call_pool(call), str_of(keys[roll(w, 3)]));
    arena_release(&choices.arena);
    return count > 0 || last.kind == STIMULUS_HANGUP;
}

static void note_actions(struct walks *w, const struct call *call)
{
    size_t count;
    const struct event *events = call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind == EVENT_ACTION && call_flow(call, events[i].flow) == w->flow)
            w->seen[events[i].node] = true;
    }
}

static void walk(struct walks *w)
{
    enum { LONGEST = 60 };
    struct diags diags;
    struct call *call = call_new(&w->env, w->ws);
    struct call_setup setup = { .type = w->flow->type, .flow = flow_title(w->flow) };
    diags_init(&diags, &w->env);
    assert_true(call_start(call, &setup, &diags));
    call_run(call);
    for (int i = 0; call_phase(call) != PHASE_ENDED; i++) {
        struct stimulus stimulus;
        assert_true(i < LONGEST);
        assert_true(choose(w, call, &stimulus));
        if (!call_do(call, &stimulus, &diags))
            fail_msg("%s", diag_info(diags.items[0].code)->code);
        call_run(call);
    }
    note_actions(w, call);
    diags_release(&diags);
    call_free(call);
}

struct count {
    const struct walks *walks;
    unsigned all, seen;
};

static bool count_action(void *context, node_id action, unsigned depth)
{
    struct count *count = context;
    (void) depth;
    count->all++;
    count->seen += count->walks->seen[action];
    return true;
}

/* Flows that it names are in other files, which are not here. */
static void check_it(struct walks *w)
{
    struct diags diags;
    diags_init(&diags, &w->env);
    check_flow(w->ws, w->flow, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        if (strcmp(diag_info(diags.items[i].code)->code, "E170"))
            fail_msg("%.*s: %s", STR_ARG(flow_title(w->flow)),
                     diag_info(diags.items[i].code)->code);
    }
    diags_release(&diags);
}

static void try_file(const char *path)
{
    enum { WALKS = 200 };
    struct limits limits = LIMITS_DEFAULT;
    struct walks w = { .dice = 20261124 };
    struct diags diags;
    env_init(&w.env);
    diags_init(&diags, &w.env);
    w.ws = workspace_open(&w.env, &limits, path, &diags);
    assert_non_null(w.ws);
    struct workspace_file *file = workspace_file(w.ws, path, &diags);
    assert_non_null(file);
    w.flow = &file->flow;
    w.seen = mem_zalloc(&w.env, w.flow->doc->count);
    check_it(&w);
    for (int i = 0; i < WALKS; i++)
        walk(&w);
    struct count count = { &w, 0, 0 };
    flow_each_action(w.flow, count_action, &count);
    /* The in-queue one takes a wait time apart that is not stated here, which ends in an error. */
    if (w.flow->type != FLOW_INQUEUE_CALL)
        assert_true(count.seen * 3 >= count.all * 2);
    mem_free(&w.env, w.seen);
    workspace_free(w.ws);
    diags_release(&diags);
}

static void exports_are_stepped_to_their_ends(void **state)
{
    (void) state;
    DIR *folder = opendir(CORPUS);
    int files = 0;
    if (!folder) {
        print_message("# SKIP: " CORPUS " is not here\n");
        skip();
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[512];
        if (!strstr(entry->d_name, ".i3"))
            continue;
        snprintf(path, sizeof path, CORPUS "/%s", entry->d_name);
        try_file(path);
        files++;
    }
    closedir(folder);
    assert_true(files > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(exports_are_stepped_to_their_ends) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
