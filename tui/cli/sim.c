#include <string.h>
#include "engine/base/file.h"
#include "engine/explore/scenario.h"
#include "tui/cli/front.h"
#include "tui/line/line.h"

/* The file that keeps what was typed; NULL: it cannot be kept. Owned by the caller. */
static char *history_file(struct env *env)
{
    char *state = front_state_folder(env), *folder, *path = NULL;
    struct diags ignored;
    if (!state)
        return NULL;
    diags_init(&ignored, env);
    folder = file_join(env, state, "sim");
    if (file_make_folders(env, folder, 0700, &ignored))
        path = file_join(env, folder, "history");
    mem_free(env, folder);
    mem_free(env, state);
    diags_release(&ignored);
    return path;
}

enum status cli_sim(struct cli *cli)
{
    static const enum status statuses[] = { [LINE_FINE] = STATUS_FINE,
                                            [LINE_FAILED] = STATUS_WRONG,
                                            [LINE_NO_CALL] = STATUS_FAILED };
    const char *path = cli->arguments[0];
    struct diags diags;
    if (!strcmp(path, "-")) {
        cli_complain("sim reads commands from standard input; give it a file, not -");
        return STATUS_FAILED;
    }
    bool scenario = scenario_has_name(str_of(path));
    char *folder = scenario ? workspace_folder(&cli->env, path) : NULL;
    diags_init(&diags, &cli->env);
    struct session *session = session_open(&cli->env, scenario ? folder : path, NULL, &diags);
    mem_free(&cli->env, folder);
    enum status status = STATUS_FAILED;
    cli_print_diags(stderr, &diags);
    if (session) {
        char *history = history_file(&cli->env);
        status = statuses[line_run(session, scenario ? path : NULL, history)];
        mem_free(&cli->env, history);
        session_close(session);
    }
    diags_release(&diags);
    return status;
}
