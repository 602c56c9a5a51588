/* Playing one scenario. */
#include <string.h>
#include "tui/cli/test.h"

void outcome_init(struct outcome *outcome, struct env *env)
{
    *outcome = (struct outcome){ .verdict = VERDICT_BROKEN };
    buf_init(&outcome->title, env);
    buf_init(&outcome->message, env);
    buf_init(&outcome->trace, env);
}

void outcome_release(struct outcome *outcome)
{
    buf_release(&outcome->title);
    buf_release(&outcome->message);
    buf_release(&outcome->trace);
}

struct workspace *test_workspace(struct tests *tests, const char *path, struct diags *diags)
{
    char *folder = workspace_folder(&tests->cli->env, path);
    bool same = tests->ws && !strcmp(tests->ws->folder, folder);
    mem_free(&tests->cli->env, folder);
    if (same)
        return tests->ws;
    if (tests->ws)
        workspace_free(tests->ws);
    tests->ws = cli_workspace(tests->cli, path, diags);
    return tests->ws;
}

/* What has no place of its own is said of the scenario. */
static void add_diags(struct buf *out, const char *path, const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        buf_add(out, diag->place.file.len ? diag->place.file : str_of(path));
        if (diag->place.line > 0)
            buf_addf(out, ":%u:%u", (unsigned) diag->place.line, (unsigned) diag->place.column);
        buf_add_text(out, ": ");
        diag_render(out, diag, NULL);
        buf_addf(out, " [%s]\n", diag_info(diag->code)->code);
    }
}

static void add_trace(struct call *call, struct buf *out)
{
    size_t count;
    call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        call_event_to_json(call, i, out);
        buf_add_char(out, '\n');
    }
}

/* What was seen becomes what is expected: where nothing is (--record), or not this (--update). */
static bool is_to_be_written(const struct tests *tests, const struct scenario *scenario,
                             const struct scenario_result *result)
{
    return (tests->record && result->verdict == VERDICT_PASSED && !scenario_expects(scenario)) ||
           (tests->update && result->verdict == VERDICT_FAILED && result->played);
}

static bool write_expectations(struct tests *tests, const char *path, struct scenario *scenario,
                               struct scenario_result *result, struct diags *diags)
{
    struct buf text;
    buf_init(&text, &tests->cli->env);
    scenario_expect(scenario, result->call, &text);
    bool fine = file_save(&tests->cli->env, path, buf_str(&text), scenario_stamp(scenario), false,
                          diags) == FILE_SAVED;
    result->verdict = fine ? VERDICT_PASSED : VERDICT_BROKEN;
    buf_clear(&result->message);
    buf_release(&text);
    return fine;
}

void test_run(struct tests *tests, const char *path, struct outcome *out)
{
    struct env *env = &tests->cli->env;
    struct diags diags;
    struct scenario_result result;
    diags_init(&diags, env);
    scenario_result_init(&result, env);
    result.coverage = tests->coverage;
    struct workspace *ws = test_workspace(tests, path, &diags);
    struct scenario *scenario = ws ? scenario_read(env, ws, path, &diags) : NULL;
    if (scenario)
        scenario_run(scenario, ws, &result, &diags);
    if (scenario && is_to_be_written(tests, scenario, &result))
        out->written = write_expectations(tests, path, scenario, &result, &diags);
    if (result.verdict == VERDICT_BROKEN)
        add_diags(&result.message, path, &diags);
    out->verdict = result.verdict;
    buf_add(&out->title, scenario ? scenario_title(scenario) : file_name(path));
    buf_add(&out->message, buf_str(&result.message));
    if (tests->trace && result.call)
        add_trace(result.call, &out->trace);
    scenario_result_release(&result);
    if (scenario)
        scenario_free(scenario);
    diags_release(&diags);
}
