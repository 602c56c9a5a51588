/* What other programs wrote, as a flow file: exports of Architect and configurations of flows. */
#include "engine/flow/import.h"

#include <string.h>
#include "engine/base/file.h"
#include "engine/doc/write.h"
#include "tui/cli/cli.h"

/* A flow from a file of any syntax that is read; NULL: said. */
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
    if (doc && !flow_index(&flow, doc, &diags)) {
        cli_print_diags(stderr, &diags);
        doc_free(doc);
        doc = NULL;
    }
    buf_release(&text);
    diags_release(&diags);
    return doc;
}

enum status cli_import(struct cli *cli)
{
    const char *output = cli_option(cli, "-o");
    struct atoms atoms;
    if (output && !str_ends(str_of(output), STR(".json"))) {
        cli_complain("import: %s has no suffix that says how to write it; use .flow.json", output);
        return STATUS_FAILED;
    }
    catalogue_atoms_init(&atoms, &cli->env);
    struct doc *doc = read_any(cli, &atoms, cli->arguments[0]);
    enum status status = STATUS_FAILED;
    if (doc) {
        struct buf text;
        buf_init(&text, &cli->env);
        doc_write_canonical(doc, 1, &text);
        if (output ? cli_save(cli, output, buf_str(&text), NULL) : cli_write(buf_str(&text)))
            status = STATUS_FINE;
        buf_release(&text);
        doc_free(doc);
    }
    atoms_release(&atoms);
    return status;
}
