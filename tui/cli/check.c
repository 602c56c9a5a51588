#include "engine/check/check.h"

#include <string.h>
#include "engine/doc/write.h"
#include "tui/cli/cli.h"

static void add_member(struct buf *out, const char *key, struct str text)
{
    if (out->len > 0 && out->ptr[out->len - 1] != '{')
        buf_add_char(out, ',');
    buf_addf(out, "\"%s\":", key);
    json_add_text(out, text, true);
}

/* {"file":..,"line":1,"column":1,"path":..,"severity":..,"code":..,"text":..,"arguments":[..]} */
static void add_json(struct buf *out, const struct diag *diag)
{
    static const char *const words[] = { "error", "warning", "info" };
    struct buf text;
    buf_init(&text, out->env);
    diag_render(&text, diag, NULL);
    buf_add_char(out, '{');
    add_member(out, "file", diag->place.file);
    buf_addf(out, ",\"line\":%u,\"column\":%u", (unsigned) diag->place.line,
             (unsigned) diag->place.column);
    add_member(out, "path", diag->place.path);
    add_member(out, "severity", str_of(words[diag_severity(diag->code)]));
    add_member(out, "code", str_of(diag_info(diag->code)->code));
    add_member(out, "text", buf_str(&text));
    buf_add_text(out, ",\"arguments\":[");
    size_t count = DIAG_ARGS;
    while (count > 0 && !diag->args[count - 1].ptr)
        count--;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        json_add_text(out, diag->args[i], true);
    }
    buf_add_text(out, "]}\n");
    buf_release(&text);
}

static bool is_syntax(const struct diag *diag)
{
    return diag_info(diag->code)->code[1] == '0';
}

/* The least severe that is told. */
static enum severity least_told(const struct cli *cli)
{
    const char *word = cli_option(cli, "--severity");
    return !word                    ? SEVERITY_INFO
           : !strcmp(word, "error") ? SEVERITY_ERROR
           : word[0] == 'w'         ? SEVERITY_WARNING
                                    : SEVERITY_INFO;
}

/* Prints them and gives the status: files that gave no tree weigh most. */
static enum status report(struct cli *cli, struct diags *diags)
{
    const char *format = cli_option(cli, "--format");
    bool json = format && !strcmp(format, "json");
    bool broken = false;
    struct buf lines;
    buf_init(&lines, &cli->env);
    diags_sort(diags);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        broken |= is_syntax(diag) && diag_severity(diag->code) == SEVERITY_ERROR;
        if (diag_severity(diag->code) > least_told(cli))
            continue;
        if (json)
            add_json(&lines, diag);
        else
            cli_print_diag(stdout, diag);
    }
    bool written = cli_write(buf_str(&lines));
    buf_release(&lines);
    if (broken || !written)
        return STATUS_FAILED;
    bool strict = cli_option(cli, "--strict") != NULL;
    return diags->errors > 0 || (strict && diags->warnings > 0) ? STATUS_WRONG : STATUS_FINE;
}

/* Workspaces in a workspace are all in its list, however deep. */
static void check_alone(struct cli *cli, const char *folder, struct diags *diags)
{
    struct workspace *ws = cli_workspace(cli, folder, diags);
    if (ws) {
        check_workspace(ws, diags);
        workspace_free(ws);
    }
}

/* The problems of one flow, of what stopped it from being read, or of a whole folder. */
static void check_path(struct cli *cli, const char *path, struct diags *diags)
{
    struct workspace *ws = cli_workspace(cli, path, diags);
    if (!ws)
        return;
    if (file_is_folder(path)) {
        check_workspace(ws, diags);
        for (size_t i = 0; i < ws->nested_count; i++)
            check_alone(cli, ws->nested[i], diags);
    } else {
        struct workspace_file *file = workspace_file(ws, path, diags);
        if (file && file->flow.doc)
            check_flow(ws, &file->flow, diags);
    }
    workspace_free(ws);
}

enum status cli_check(struct cli *cli)
{
    struct diags diags;
    enum status status = STATUS_FAILED;
    diags_init(&diags, &cli->env);
    if (cli_read_tokens(cli)) {
        for (size_t i = 0; i < cli->count; i++)
            check_path(cli, cli->arguments[i], &diags);
        status = report(cli, &diags);
    }
    cli_release_tokens(cli);
    diags_release(&diags);
    return status;
}
