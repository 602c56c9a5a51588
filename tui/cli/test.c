/* Scenarios as TAP or JSON. With --trace the events are the only lines that begin with '{'. */
#include <string.h>
#include "engine/base/utf8.h"
#include "engine/doc/write.h"
#include "engine/explore/scenario.h"
#include "tui/cli/cli.h"

struct tests {
    struct cli *cli;
    struct workspace *ws;
    char *ws_folder; /* folder whose workspace is open; scenarios of one folder share it */
    bool json, trace;
    size_t number, passed, failed, broken;
};

static void print_trace(struct tests *tests, struct call *call)
{
    size_t count;
    struct buf line;
    buf_init(&line, &tests->cli->env);
    call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        call_event_to_json(call, i, &line);
        buf_add_char(&line, '\n');
    }
    fwrite(line.ptr, 1, line.len, stdout);
    buf_release(&line);
}

static void print_comment(struct tests *tests, struct str text)
{
    struct buf lines;
    buf_init(&lines, &tests->cli->env);
    while (text.len > 0) {
        ptrdiff_t end = str_find_char(text, '\n');
        size_t len = end < 0 ? text.len : (size_t) end;
        buf_add_text(&lines, "# ");
        buf_add(&lines, str_slice(text, 0, len));
        buf_add_char(&lines, '\n');
        text = str_slice(text, end < 0 ? len : len + 1, text.len);
    }
    cli_print(stdout, buf_str(&lines));
    buf_release(&lines);
}

static void print_json(struct tests *tests, const char *path, struct str title, const char *verdict,
                       struct str message)
{
    struct buf line;
    buf_init(&line, &tests->cli->env);
    buf_add_text(&line, tests->trace ? "[{\"file\":" : "{\"file\":");
    json_add_text(&line, str_of(path), true);
    buf_add_text(&line, ",\"scenario\":");
    json_add_text(&line, title, true);
    buf_addf(&line, ",\"verdict\":\"%s\",\"message\":", verdict);
    json_add_text(&line, message, true);
    buf_add_text(&line, tests->trace ? "}]\n" : "}\n");
    fwrite(line.ptr, 1, line.len, stdout);
    buf_release(&line);
}

static void print_tap(struct tests *tests, const char *path, struct str title, bool ok,
                      struct str message)
{
    struct buf line;
    buf_init(&line, &tests->cli->env);
    buf_addf(&line, "%s %zu - ", ok ? "ok" : "not ok", tests->number);
    buf_add(&line, title);
    buf_addf(&line, " (%s)", path);
    struct buf shown;
    buf_init(&shown, &tests->cli->env);
    buf_add_shown(&shown, buf_str(&line), false);
    buf_add_char(&shown, '\n');
    fwrite(shown.ptr, 1, shown.len, stdout);
    buf_release(&shown);
    buf_release(&line);
    if (!ok)
        print_comment(tests, message);
}

/* Opens the workspace of a scenario, keeping the last one open: most share it. */
static struct workspace *workspace_for(struct tests *tests, const char *path, struct diags *diags)
{
    char *folder = file_folder(&tests->cli->env, path);
    if (tests->ws && !strcmp(folder, tests->ws_folder)) {
        mem_free(&tests->cli->env, folder);
        return tests->ws;
    }
    if (tests->ws)
        workspace_free(tests->ws);
    mem_free(&tests->cli->env, tests->ws_folder);
    tests->ws_folder = folder;
    tests->ws = workspace_open(&tests->cli->env, &tests->cli->limits, path, diags);
    return tests->ws;
}

static void add_diags(struct buf *out, const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        buf_add(out, diag->place.file);
        if (diag->place.line > 0)
            buf_addf(out, ":%u:%u", (unsigned) diag->place.line, (unsigned) diag->place.column);
        buf_add_text(out, ": ");
        diag_render(out, diag, NULL);
        buf_addf(out, " [%s]\n", diag_info(diag->code)->code);
    }
}

static void run_one(struct tests *tests, const char *path)
{
    struct env *env = &tests->cli->env;
    struct diags diags;
    struct scenario_result result;
    diags_init(&diags, env);
    scenario_result_init(&result, env);
    result.verdict = VERDICT_BROKEN;
    struct workspace *ws = workspace_for(tests, path, &diags);
    struct scenario *scenario = ws ? scenario_read(env, ws, path, &diags) : NULL;
    if (scenario)
        scenario_run(scenario, ws, &result, &diags);
    if (result.verdict == VERDICT_BROKEN)
        add_diags(&result.message, &diags);
    static const char *const words[] = { "passed", "failed", "broken" };
    struct str title = scenario ? scenario_title(scenario) : file_name(path);
    bool ok = result.verdict == VERDICT_PASSED;
    tests->number++;
    tests->passed += ok;
    tests->failed += result.verdict == VERDICT_FAILED;
    tests->broken += result.verdict == VERDICT_BROKEN;
    if (tests->trace && result.call)
        print_trace(tests, result.call);
    if (tests->json)
        print_json(tests, path, title, words[result.verdict], buf_str(&result.message));
    else
        print_tap(tests, path, title, ok, buf_str(&result.message));
    scenario_result_release(&result);
    if (scenario)
        scenario_free(scenario);
    diags_release(&diags);
}

enum status cli_test(struct cli *cli)
{
    const char *format = cli_option(cli, "--format");
    struct tests tests = { .cli = cli,
                           .json = format && !strcmp(format, "json"),
                           .trace = cli_option(cli, "--trace") != NULL };
    struct file_list files;
    struct diags diags;
    diags_init(&diags, &cli->env);
    if (!scenario_find(&cli->env, cli->arguments, cli->count, &files, &diags)) {
        cli_print_diags(stderr, &diags);
        diags_release(&diags);
        return STATUS_FAILED;
    }
    if (files.count == 0)
        cli_complain("test: no *.scenario.json there");
    if (!tests.json)
        printf("1..%zu\n", files.count);
    for (size_t i = 0; i < files.count; i++)
        run_one(&tests, files.items[i].path);
    file_list_release(&files);
    if (tests.ws)
        workspace_free(tests.ws);
    mem_free(&cli->env, tests.ws_folder);
    diags_release(&diags);
    if (tests.broken > 0 || tests.number == 0)
        return STATUS_FAILED;
    return tests.failed > 0 ? STATUS_WRONG : STATUS_FINE;
}
