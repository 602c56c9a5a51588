/* export --to dot, mermaid, markdown: pictures of a flow in its workspace. */
#include "engine/flow/picture.h"

#include "engine/flow/workspace.h"
#include "tui/cli/cli.h"

/* What is said of other files of the workspace is no matter of this one. */
static const struct flow *read_flow(struct cli *cli, const char *path, struct workspace **ws)
{
    struct diags diags;
    const struct flow *flow = NULL;
    diags_init(&diags, &cli->env);
    *ws = workspace_open(&cli->env, &cli->limits, path, &diags);
    struct workspace_file *file = *ws ? workspace_file(*ws, path, &diags) : NULL;
    if (file && file->flow.doc)
        flow = &file->flow;
    if (!flow) {
        cli_print_diags(stderr, &diags);
        if (file)
            cli_print_diags(stderr, &file->diags);
    }
    diags_release(&diags);
    return flow;
}

enum status cli_picture(struct cli *cli, const char *path, const struct picture_syntax *syntax)
{
    struct workspace *ws = NULL;
    const struct flow *flow = read_flow(cli, path, &ws);
    enum status status = STATUS_FAILED;
    if (flow) {
        struct buf text;
        buf_init(&text, &cli->env);
        picture_write(flow, ws, syntax, &text);
        status = cli_export_text(cli, buf_str(&text));
        buf_release(&text);
    }
    if (ws)
        workspace_free(ws);
    return status;
}
