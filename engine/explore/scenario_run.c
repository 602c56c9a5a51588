/* Running a scenario, judging it, and writing a session down as one. */
#include "engine/doc/write.h"
#include "engine/explore/coverage.h"
#include "engine/explore/scenario_parts.h"
#include "engine/flow/path.h"

enum { TRACE_AROUND = 6 };

void scenario_result_init(struct scenario_result *result, struct env *env)
{
    *result = (struct scenario_result){ .verdict = VERDICT_BROKEN };
    buf_init(&result->message, env);
}

void scenario_result_release(struct scenario_result *result)
{
    if (result->call)
        call_free(result->call);
    result->call = NULL;
    buf_release(&result->message);
}

static void say_place(const struct scenario *scenario, node_id node, struct buf *out)
{
    struct place place = { 0 };
    doc_place(scenario->doc, node, &place);
    buf_add(out, place.file);
    buf_addf(out, ":%u:%u: ", (unsigned) place.line, (unsigned) place.column);
}

/* The trace up to `end`, its last few events. */
static void say_trace(const struct call *call, size_t end, struct buf *out)
{
    for (size_t i = end > TRACE_AROUND ? end - TRACE_AROUND : 0; i < end; i++) {
        buf_addf(out, "  %zu ", i + 1);
        call_event_show(call, i, out);
        buf_add_char(out, '\n');
    }
}

static void fail_at(const struct scenario *scenario, struct scenario_result *result, node_id node,
                    const char *what, size_t trace_end)
{
    result->verdict = VERDICT_FAILED;
    say_place(scenario, node, &result->message);
    buf_addf(&result->message, "%s: ", what);
    doc_write_compact(scenario->doc, node, &result->message);
    buf_add_char(&result->message, '\n');
    say_trace(result->call, trace_end, &result->message);
}

static bool run_until(const struct scenario *scenario, struct workspace *ws, struct call *call,
                      node_id path, struct diags *diags)
{
    struct str flow_name, rest;
    struct spot spot;
    path_split(doc_text(scenario->doc, path), &flow_name, &rest);
    struct flow *flow = call_where(call).flow;
    for (size_t i = 0; flow_name.len > 0 && i < ws->count; i++) {
        enum flow_type type;
        struct str title;
        if (workspace_title(ws->files[i], &type, &title) && str_eq(title, flow_name) &&
            workspace_flow(ws->files[i])) {
            flow = &ws->files[i]->flow;
            break;
        }
    }
    if (!flow)
        return diag_add1(diags, DIAG_SCENARIO_UNTIL, NULL, doc_text(scenario->doc, path));
    return path_find(flow, rest, &spot, diags) && call_until(call, flow, spot, diags);
}

static bool run_step(const struct scenario *scenario, struct workspace *ws,
                     struct scenario_result *result, node_id step, struct diags *diags)
{
    struct call *call = result->call;
    node_id until = doc_kind(scenario->doc, step) == NODE_OBJECT
                        ? doc_member_named(scenario->doc, step, STR("until"))
                        : 0;
    if (until)
        return run_until(scenario, ws, call, until, diags);
    struct stimulus stimulus;
    if (!stimulus_read(call_pool(call), scenario->doc, step, &stimulus, diags))
        return false;
    if (result->coverage)
        coverage_hangup(result->coverage, call, &stimulus);
    return call_do(call, &stimulus, diags);
}

/* Between the steps the call runs to its next waiting point, except behind and before a step that
 * counts actions: `advance` and `until` say themselves how far. */
static bool counts_actions(const struct scenario *scenario, node_id step)
{
    const struct doc *doc = scenario->doc;
    if (!step || doc_kind(doc, step) != NODE_OBJECT)
        return false;
    return doc_member_named(doc, step, STR("advance")) || doc_member_named(doc, step, STR("until"));
}

static bool run_steps(const struct scenario *scenario, struct workspace *ws,
                      struct scenario_result *result)
{
    struct call *call = result->call;
    node_id step = doc_first(scenario->doc, scenario->steps);
    if (!counts_actions(scenario, step))
        call_run(call);
    while (step) {
        struct diags diags;
        diags_init(&diags, scenario->env);
        if (result->coverage)
            coverage_moment(result->coverage, call);
        bool fine = run_step(scenario, ws, result, step, &diags);
        if (!fine) {
            size_t count;
            call_events(call, &count);
            fail_at(scenario, result, step, "this step is not possible", count);
            for (size_t i = 0; i < diags.count; i++) {
                buf_add_text(&result->message, "  ");
                diag_render(&result->message, &diags.items[i], NULL);
                buf_add_char(&result->message, '\n');
            }
        }
        diags_release(&diags);
        if (!fine)
            return false;
        bool counted = counts_actions(scenario, step);
        step = doc_next(scenario->doc, step);
        if (!counted && !counts_actions(scenario, step))
            call_run(call);
    }
    if (result->coverage)
        coverage_moment(result->coverage, call);
    return true;
}

static size_t count_met(const struct scenario *scenario, struct call *call, node_id at,
                        size_t *first)
{
    size_t count, met = 0;
    call_events(call, &count);
    *first = count;
    for (size_t i = 0; i < count; i++) {
        if (!expectation_met(scenario, call, at, i))
            continue;
        if (met++ == 0)
            *first = i + 1;
    }
    return met;
}

static bool judge_expect(const struct scenario *scenario, struct scenario_result *result)
{
    size_t first, count;
    call_events(result->call, &count);
    for (node_id at = scenario->expect ? doc_first(scenario->doc, scenario->expect) : 0; at;
         at = doc_next(scenario->doc, at)) {
        size_t met = count_met(scenario, result->call, at, &first);
        size_t wanted = expectation_count(scenario, at);
        bool counted = doc_member_named(scenario->doc, at, STR("count")) != 0;
        if (counted ? met == wanted : met > 0)
            continue;
        fail_at(scenario, result, at, "expected, and it did not happen", count);
        return false;
    }
    for (node_id at = scenario->never ? doc_first(scenario->doc, scenario->never) : 0; at;
         at = doc_next(scenario->doc, at)) {
        if (count_met(scenario, result->call, at, &first) == 0)
            continue;
        fail_at(scenario, result, at, "never expected, and it happened", first);
        return false;
    }
    return true;
}

static bool judge_order(const struct scenario *scenario, struct scenario_result *result)
{
    size_t event = 0, count;
    call_events(result->call, &count);
    for (node_id at = scenario->in_order ? doc_first(scenario->doc, scenario->in_order) : 0; at;
         at = doc_next(scenario->doc, at)) {
        while (event < count && !expectation_met(scenario, result->call, at, event))
            event++;
        if (event++ < count)
            continue;
        fail_at(scenario, result, at, "expected in this order, and it did not happen", count);
        return false;
    }
    return true;
}

static bool judge_end(const struct scenario *scenario, struct scenario_result *result)
{
    size_t count;
    call_events(result->call, &count);
    for (node_id at = scenario->finally ? doc_first(scenario->doc, scenario->finally) : 0; at;
         at = doc_next(scenario->doc, at)) {
        if (final_met(scenario, result->call, at))
            continue;
        fail_at(scenario, result, at, "not so at the end", count);
        return false;
    }
    return true;
}

void scenario_run(struct scenario *scenario, struct workspace *ws, struct scenario_result *result,
                  struct diags *diags)
{
    result->call = call_new(scenario->env, ws);
    if (!call_start(result->call, &scenario->setup, diags))
        return;
    bool done = run_steps(scenario, ws, result);
    if (result->coverage)
        coverage_call(result->coverage, result->call);
    result->played = done;
    if (done && judge_expect(scenario, result) &&
        judge_order(scenario, result) && judge_end(scenario, result))
        result->verdict = VERDICT_PASSED;
}

bool scenario_play(struct scenario *scenario, struct workspace *ws, struct call *call,
                   struct buf *why, struct diags *diags)
{
    struct scenario_result result;
    scenario_result_init(&result, scenario->env);
    result.call = call;
    bool done = call_start(call, &scenario->setup, diags) && run_steps(scenario, ws, &result);
    buf_add(why, str_trim(buf_str(&result.message)));
    result.call = NULL;
    scenario_result_release(&result);
    return done;
}
