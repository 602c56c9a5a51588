#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/workspace.h"
#include "tui/cli/cli.h"

static enum flow_type find_type(const char *text)
{
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        const struct flow_type_info *info = flow_type_info((enum flow_type) type);
        if (!strcmp(info->key, text) || !strcmp(info->type_value, text) ||
            !strcmp(info->label, text))
            return (enum flow_type) type;
    }
    return FLOW_OTHER;
}

static void complain_type(struct cli *cli, const char *text)
{
    struct buf list;
    buf_init(&list, &cli->env);
    for (int type = 1; type < FLOW_TYPE_COUNT; type++)
        buf_addf(&list, "%s%s", type > 1 ? ", " : "", flow_type_info((enum flow_type) type)->key);
    cli_complain("there is no flow type %s; the types are %s", text, list.ptr);
    buf_release(&list);
}

enum status cli_new(struct cli *cli)
{
    enum flow_type type = find_type(cli->arguments[0]);
    if (type == FLOW_OTHER) {
        complain_type(cli, cli->arguments[0]);
        return STATUS_FAILED;
    }
    enum status status = STATUS_FAILED;
    struct diags diags;
    diags_init(&diags, &cli->env);
    struct workspace *ws = workspace_open(&cli->env, &cli->limits, ".", &diags);
    struct workspace_file *file = ws ? workspace_new_flow(ws, type, str_of(cli->arguments[1]),
                                                          &diags)
                                     : NULL;
    if (file) {
        struct buf text;
        buf_init(&text, &cli->env);
        doc_write(file->flow.doc, &text);
        if (file_save(&cli->env, file->path, buf_str(&text), NULL, false, &diags) == FILE_SAVED) {
            cli_print(stdout, str_of(file->path));
            putchar('\n');
            status = STATUS_FINE;
        }
        buf_release(&text);
    }
    cli_print_diags(stderr, &diags);
    if (ws)
        workspace_free(ws);
    diags_release(&diags);
    return status;
}
