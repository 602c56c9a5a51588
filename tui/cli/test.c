/* Scenarios played: which, by how many processes, and what is told of them. With --trace the events
 * are the only lines that begin with '{'. */
#include "tui/cli/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool tell(struct tests *tests, const char *path, struct outcome *outcome)
{
    tests->number++;
    tests->passed += outcome->verdict == VERDICT_PASSED;
    tests->failed += outcome->verdict == VERDICT_FAILED;
    tests->broken += outcome->verdict == VERDICT_BROKEN;
    fwrite(outcome->trace.ptr ? outcome->trace.ptr : "", 1, outcome->trace.len, stdout);
    tests->format->one(tests, path, outcome);
    return !tests->fail_fast || outcome->verdict == VERDICT_PASSED;
}

static void play_here(struct tests *tests)
{
    bool going = true;
    for (size_t i = 0; going && i < tests->files.count; i++) {
        struct outcome outcome;
        outcome_init(&outcome, &tests->cli->env);
        test_run(tests, tests->files.items[i].path, &outcome);
        going = tell(tests, tests->files.items[i].path, &outcome);
        outcome_release(&outcome);
    }
}

/* --- which scenarios */

static bool has_text(struct tests *tests, const char *path, struct str text)
{
    struct diags diags;
    if (str_contains_nocase(str_of(path), text))
        return true;
    diags_init(&diags, &tests->cli->env);
    struct workspace *ws = test_workspace(tests, path, &diags);
    struct scenario *scenario =
        ws ? scenario_read(&tests->cli->env, ws, path, &diags) : NULL;
    bool found = scenario && str_contains_nocase(scenario_title(scenario), text);
    if (scenario)
        scenario_free(scenario);
    diags_release(&diags);
    return found;
}

/* Of every `of` files number `first`, `first` + `of`, ...; then those with the text. */
static void choose(struct tests *tests, size_t first, size_t of, const char *filter)
{
    struct file_list *files = &tests->files;
    size_t kept = 0;
    for (size_t i = 0; i < files->count; i++) {
        char *path = files->items[i].path;
        if (i % of == first && (!filter || has_text(tests, path, str_of(filter))))
            files->items[kept++] = files->items[i];
        else
            mem_free(files->env, path);
    }
    files->count = kept;
}

static bool read_number(struct str text, int64_t least, int64_t most, size_t *out)
{
    int64_t number;
    if (!str_to_int(text, &number) || number < least || number > most)
        return false;
    *out = (size_t) number;
    return true;
}

/* "2/5" -> 1 of 5. */
static bool read_shard(const char *text, size_t *first, size_t *of)
{
    struct str all = str_of(text);
    ptrdiff_t slash = str_find_char(all, '/');
    *first = 0;
    *of = 1;
    if (!text)
        return true;
    if (slash < 0 || !read_number(str_slice(all, (size_t) slash + 1, all.len), 1, 1000000, of) ||
        !read_number(str_slice(all, 0, (size_t) slash), 1, (int64_t) *of, first))
        return false;
    --*first;
    return true;
}

static bool read_jobs(struct tests *tests, const char *text)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    tests->jobs = cores > 0 ? (size_t) cores : 1;
    return !text || read_number(str_of(text), 1, 256, &tests->jobs);
}

static bool find_files(struct tests *tests)
{
    struct cli *cli = tests->cli;
    struct diags diags;
    diags_init(&diags, &cli->env);
    bool fine = scenario_find(&cli->env, cli->arguments, cli->count, &tests->files, &diags);
    if (!fine)
        cli_print_diags(stderr, &diags);
    else if (tests->files.count == 0)
        cli_complain("test: no *.scenario.json, .yaml or .yml there");
    diags_release(&diags);
    return fine && tests->files.count > 0;
}

/* --- coverage */

/* Flows are told apart by type and name, so that scenarios must share their workspace. */
static bool share_workspace(struct tests *tests)
{
    struct env *env = &tests->cli->env;
    char *first = NULL;
    bool same = true;
    for (size_t i = 0; same && i < tests->files.count; i++) {
        char *folder = workspace_folder(env, tests->files.items[i].path);
        same = !first || !strcmp(first, folder);
        mem_free(env, first);
        first = folder;
    }
    mem_free(env, first);
    return same;
}

static bool print_coverage(struct tests *tests, const char *format)
{
    static const char *const names[] = { [COVERAGE_TEXT] = "text", [COVERAGE_JSON] = "json",
                                         [COVERAGE_LCOV] = "lcov" };
    enum coverage_format chosen = COVERAGE_TEXT;
    struct diags diags;
    struct buf text;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        chosen = !strcmp(names[i], format) ? (enum coverage_format) i : chosen;
    diags_init(&diags, &tests->cli->env);
    buf_init(&text, &tests->cli->env);
    struct workspace *ws = test_workspace(tests, tests->files.items[0].path, &diags);
    if (ws)
        coverage_report(tests->coverage, ws, chosen, &text);
    bool fine = true;
    if (chosen == COVERAGE_TEXT)
        cli_print(stdout, buf_str(&text));
    else
        fine = cli_write(buf_str(&text));
    buf_release(&text);
    diags_release(&diags);
    return fine;
}

/* --- the command */

static bool read_options(struct tests *tests, size_t *first, size_t *of)
{
    struct cli *cli = tests->cli;
    tests->format = test_format_find(cli_option(cli, "--format"));
    tests->trace = cli_option(cli, "--trace") != NULL;
    tests->fail_fast = cli_option(cli, "--fail-fast") != NULL;
    tests->record = cli_option(cli, "--record") != NULL;
    tests->update = cli_option(cli, "--update") != NULL;
    if (!read_shard(cli_option(cli, "--shard"), first, of)) {
        cli_complain("test: --shard takes I/N, part I of N");
        return false;
    }
    if (!read_jobs(tests, cli_option(cli, "--jobs"))) {
        cli_complain("test: --jobs takes a number from 1 to 256");
        return false;
    }
    return true;
}

static enum status play(struct tests *tests)
{
    const char *coverage = cli_option(tests->cli, "--coverage");
    if (coverage && !share_workspace(tests)) {
        cli_complain("test: --coverage is of one workspace, and these scenarios have several");
        return STATUS_FAILED;
    }
    if (coverage)
        tests->coverage = coverage_new(&tests->cli->env);
    if (tests->jobs > tests->files.count)
        tests->jobs = tests->files.count;
    tests->format->begin(tests);
    if (tests->jobs > 1) {
        struct diags diags; /* opened once for all workers */
        diags_init(&diags, &tests->cli->env);
        test_workspace(tests, tests->files.items[0].path, &diags);
        diags_release(&diags);
    }
    if (tests->jobs <= 1 || !test_workers(tests, tell))
        play_here(tests);
    tests->format->end(tests);
    bool fine = !coverage || print_coverage(tests, coverage);
    if (tests->broken > 0 || !fine)
        return STATUS_FAILED;
    return tests->failed > 0 ? STATUS_WRONG : STATUS_FINE;
}

enum status cli_test(struct cli *cli)
{
    struct tests tests = { .cli = cli };
    enum status status = STATUS_FAILED;
    size_t first, of;
    buf_init(&tests.held, &cli->env);
    if (cli_read_tokens(cli) && read_options(&tests, &first, &of) && find_files(&tests)) {
        choose(&tests, first, of, cli_option(cli, "--filter"));
        status = tests.files.count ? play(&tests) : STATUS_FINE;
        if (!tests.files.count)
            cli_complain("test: no scenario is chosen");
    }
    file_list_release(&tests.files);
    coverage_free(tests.coverage);
    if (tests.ws)
        workspace_free(tests.ws);
    cli_release_tokens(cli);
    buf_release(&tests.held);
    return status;
}
