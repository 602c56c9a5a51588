/* --set name=VALUE and --options FILE: what the tokens of flows stand for. */
#include <string.h>
#include "engine/base/file.h"
#include "engine/flow/workspace.h"
#include "tui/cli/cli.h"

static bool read_options(struct cli *cli, const char *path)
{
    struct diags diags;
    struct atoms atoms;
    struct buf text;
    bool fine = false;
    diags_init(&diags, &cli->env);
    atoms_init(&atoms, &cli->env, NULL, 0);
    buf_init(&text, &cli->env);
    if (file_read(&cli->env, path, cli->limits.file_size, &text, NULL, &diags)) {
        struct doc *doc = doc_read_steal(&cli->env, &atoms, &cli->limits, path, &text, &diags);
        fine = doc && token_values_read(&cli->tokens, doc, &diags);
        doc_free(doc);
    }
    cli_print_diags(stderr, &diags);
    buf_release(&text);
    atoms_release(&atoms);
    diags_release(&diags);
    return fine;
}

bool cli_read_tokens(struct cli *cli)
{
    const char *path = cli_option(cli, "--options"), *word;
    token_values_init(&cli->tokens, &cli->env);
    if (path && !read_options(cli, path))
        return false;
    for (size_t at = 0; (word = cli_repeated(cli, "--set", &at)) != NULL;) {
        const char *equal = strchr(word, '=');
        if (!equal || equal == word) {
            cli_complain("--set takes name=VALUE, not %s", word);
            return false;
        }
        token_values_set(&cli->tokens, (struct str){ word, (size_t) (equal - word) },
                         str_of(equal + 1));
    }
    return true;
}

void cli_release_tokens(struct cli *cli)
{
    token_values_release(&cli->tokens);
}

struct workspace *cli_workspace(struct cli *cli, const char *path, struct diags *diags)
{
    return workspace_open_filled(&cli->env, &cli->limits, path, &cli->tokens, diags);
}
