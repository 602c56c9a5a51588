/* What other programs wrote, as a flow file: Archy YAML, exports of Architect, configurations of
 * flows; and bundles, as the files that they hold. */
#include "engine/flow/import.h"

#include <string.h>
#include "engine/base/file.h"
#include "engine/doc/write.h"
#include "engine/flow/bundle.h"
#include "tui/cli/cli.h"

/* A flow from a file of any syntax that is read, or a bundle; NULL: said. */
static struct doc *read_any(struct cli *cli, struct atoms *atoms, const char *path)
{
    struct diags diags;
    struct buf text;
    struct doc *doc = NULL;
    struct flow flow;
    diags_init(&diags, &cli->env);
    buf_init(&text, &cli->env);
    if (file_read(&cli->env, path, cli->limits.file_size, &text, NULL, &diags))
        doc = import_read(&cli->env, atoms, &cli->limits, path, &text, NULL, &diags);
    cli_print_diags(stderr, &diags);
    diags_clear(&diags);
    if (doc && !bundle_is(doc) && !flow_index(&flow, doc, &diags)) {
        cli_print_diags(stderr, &diags);
        doc_free(doc);
        doc = NULL;
    }
    buf_release(&text);
    diags_release(&diags);
    return doc;
}

static enum status write_flow(struct cli *cli, const struct doc *doc, const char *output)
{
    struct buf text;
    struct str name = str_of(output);
    bool yaml = str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"));
    if (output && !yaml && !str_ends(name, STR(".json"))) {
        cli_complain("import: %s has no suffix that says how to write it; use .flow.json or .yaml",
                     output);
        return STATUS_FAILED;
    }
    struct diags diags;
    diags_init(&diags, &cli->env);
    buf_init(&text, &cli->env);
    bool written = true;
    if (yaml)
        written = doc_export(doc, SYNTAX_YAML, &text, &diags);
    else
        doc_write_canonical(doc, 1, &text);
    cli_print_diags(stderr, &diags);
    written = written &&
              (output ? cli_save(cli, output, buf_str(&text), NULL) : cli_write(buf_str(&text)));
    buf_release(&text);
    diags_release(&diags);
    return written ? STATUS_FINE : STATUS_FAILED;
}

/* --- bundles */

struct unpack {
    struct cli *cli;
    const char *folder;
    bool check; /* only whether the files can be made */
};

static bool unpack_file(void *context, const char *name, struct str text)
{
    const struct unpack *unpack = context;
    struct cli *cli = unpack->cli;
    char *path = file_join(&cli->env, unpack->folder, name);
    bool fine = unpack->check ? !file_exists(path) : cli_save(cli, path, text, NULL);
    if (unpack->check && !fine)
        cli_complain("import: there is a file %s already; nothing was written", path);
    if (!unpack->check && fine) {
        cli_print(stdout, str_of(path));
        putchar('\n');
    }
    mem_free(&cli->env, path);
    return fine;
}

/* All of its files or, where one is there already, none. */
static enum status write_bundle(struct cli *cli, const struct doc *doc, const char *folder)
{
    struct diags diags;
    struct unpack unpack = { cli, folder, true };
    if (!folder) {
        cli_complain("import: a bundle is several files; name a folder for them with -o FOLDER");
        return STATUS_FAILED;
    }
    diags_init(&diags, &cli->env);
    bool fine = bundle_read(doc, unpack_file, &unpack, &diags);
    unpack.check = false;
    fine = fine && (file_is_folder(folder) || file_make_folders(&cli->env, folder, 0777, &diags)) &&
           bundle_read(doc, unpack_file, &unpack, &diags);
    cli_print_diags(stderr, &diags);
    diags_release(&diags);
    return fine ? STATUS_FINE : STATUS_FAILED;
}

enum status cli_import(struct cli *cli)
{
    const char *output = cli_option(cli, "-o");
    struct atoms atoms;
    enum status status = STATUS_FAILED;
    catalogue_atoms_init(&atoms, &cli->env);
    struct doc *doc = read_any(cli, &atoms, cli->arguments[0]);
    if (doc) {
        status = bundle_is(doc) ? write_bundle(cli, doc, output) : write_flow(cli, doc, output);
        doc_free(doc);
    }
    atoms_release(&atoms);
    return status;
}

/* Where a bundle goes: into a folder under the flow's name, told then. */
static bool save_bundle(struct cli *cli, const struct flow *flow, const char *output,
                        struct str text)
{
    struct buf name;
    if (!file_is_folder(output))
        return cli_save(cli, output, text, NULL);
    buf_init(&name, &cli->env);
    workspace_file_name(flow_title(flow), &name);
    buf_add_text(&name, ".bundle.json");
    char *path = file_join(&cli->env, output, name.ptr);
    bool saved = cli_save(cli, path, text, NULL);
    if (saved) {
        cli_print(stdout, str_of(path));
        putchar('\n');
    }
    mem_free(&cli->env, path);
    buf_release(&name);
    return saved;
}

enum status cli_bundle(struct cli *cli, const char *path, const char *output)
{
    struct diags diags;
    struct buf text;
    bool written = false;
    diags_init(&diags, &cli->env);
    buf_init(&text, &cli->env);
    struct workspace *ws = workspace_open(&cli->env, &cli->limits, path, &diags);
    struct workspace_file *file = ws ? workspace_file(ws, path, &diags) : NULL;
    bool made = file && bundle_write(ws, &file->flow, &text, &diags);
    cli_print_diags(stderr, &diags);
    if (made)
        written = output ? save_bundle(cli, &file->flow, output, buf_str(&text))
                         : cli_write(buf_str(&text));
    if (ws)
        workspace_free(ws);
    buf_release(&text);
    diags_release(&diags);
    return written ? STATUS_FINE : STATUS_FAILED;
}
