#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/uses.h"
#include "tui/cli/cli.h"

/* {"file":..,"line":1,"column":1,"kind":..,"name":..,"field":..,"path":..,
 * "arrival":..} */
static void add_json(struct buf *out, const struct usage *use)
{
    const struct {
        const char *key;
        struct str text;
    } members[] = { { "kind", str_of(thing_info(use->thing)->word) },
                    { "name", use->name },
                    { "field", use->field },
                    { "path", use->path },
                    { "arrival", use->arrival } };
    buf_add_text(out, "{\"file\":");
    json_add_text(out, use->file, true);
    buf_addf(out, ",\"line\":%u,\"column\":%u", (unsigned) use->line, (unsigned) use->column);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        buf_addf(out, ",\"%s\":", members[i].key);
        json_add_text(out, members[i].text, true);
    }
    buf_add_text(out, "}\n");
}

static void print_line(const struct usage *use, struct env *env)
{
    struct buf line;
    buf_init(&line, env);
    buf_addf(&line, "%.*s:%u:%u: ", STR_ARG(use->file), (unsigned) use->line,
             (unsigned) use->column);
    usage_print(use, &line);
    buf_add_char(&line, '\n');
    cli_print(stdout, buf_str(&line));
    buf_release(&line);
}

/* Those of one folder, or of one file; false: it cannot be read, and it is said why. Workspaces in
 * a workspace are others, in which names mean other things. */
static bool search(struct cli *cli, const char *path, const struct subject *subject,
                   struct usages *out, struct diags *diags)
{
    const struct workspace_file *only = NULL;
    if (!file_exists(path)) {
        cli_complain("there is no file or folder %s", path);
        return false;
    }
    struct workspace *ws = workspace_open(&cli->env, &cli->limits, path, diags);
    if (ws && !file_is_folder(path)) {
        only = workspace_file(ws, path, diags);
        if (!only) {
            workspace_free(ws);
            return false;
        }
    }
    if (!ws)
        return false;
    for (size_t i = 0; !only && i < ws->count; i++) {
        const struct diags *told = &ws->files[i]->diags;
        for (size_t k = 0; !workspace_flow(ws->files[i]) && k < told->count; k++)
            cli_print_diag(stderr, &told->items[k]);
    }
    size_t before = out->count;
    if (subject)
        uses_find(ws, subject, only, out);
    else
        uses_missing(ws, only, out);
    /* The names of files live in the workspace. */
    for (size_t i = before; i < out->count; i++) {
        struct str *file = &out->items[i].file;
        file->ptr = arena_text(&out->arena, file->ptr, file->len);
    }
    workspace_free(ws);
    return true;
}

enum status cli_uses(struct cli *cli)
{
    const char *format = cli_option(cli, "--format");
    bool missing = cli_option(cli, "--missing") != NULL, fine = true;
    size_t first = missing ? 0 : 1;
    static const char *const here[] = { "." };
    if (cli->count < first) {
        cli_complain("usage: postflow uses NAME [FILE or FOLDER]...");
        return STATUS_FAILED;
    }
    bool all = cli->count == first;
    const char *const *paths = all ? here : cli->arguments + first;
    struct subject subject = { .name = missing ? STR_NONE : str_of(cli->arguments[0]) };
    struct usages uses;
    struct diags diags;
    struct buf lines;
    usages_init(&uses, &cli->env);
    diags_init(&diags, &cli->env);
    buf_init(&lines, &cli->env);
    for (size_t i = 0; i < (all ? 1 : cli->count - first); i++)
        fine &= search(cli, paths[i], missing ? NULL : &subject, &uses, &diags);
    for (size_t i = 0; i < uses.count; i++) {
        if (format && !strcmp(format, "json"))
            add_json(&lines, &uses.items[i]);
        else
            print_line(&uses.items[i], &cli->env);
    }
    fine &= cli_write(buf_str(&lines));
    cli_print_diags(stderr, &diags);
    enum status status = !fine ? STATUS_FAILED : uses.count > 0 ? STATUS_FINE : STATUS_WRONG;
    usages_release(&uses);
    diags_release(&diags);
    buf_release(&lines);
    return status;
}
