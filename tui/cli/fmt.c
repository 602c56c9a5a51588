#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/picture.h"
#include "engine/flow/workspace.h"
#include "tui/cli/cli.h"

/* Reads any document; fmt and export need no flow in it. NULL: said. */
static struct doc *read_doc(struct cli *cli, struct atoms *atoms, const char *path,
                            struct file_stamp *stamp)
{
    struct diags diags;
    struct buf text;
    struct doc *doc = NULL;
    diags_init(&diags, &cli->env);
    buf_init(&text, &cli->env);
    if (file_read(&cli->env, path, cli->limits.file_size, &text, stamp, &diags))
        doc = doc_read_steal(&cli->env, atoms, &cli->limits, path, &text, &diags);
    cli_print_diags(stderr, &diags);
    buf_release(&text);
    diags_release(&diags);
    return doc;
}

/* One file, in the way that the options ask for. */
static enum status format_file(struct cli *cli, struct atoms *atoms, const char *path)
{
    struct file_stamp stamp = { 0 };
    if (cli_option(cli, "-w") && !strcmp(path, "-")) {
        cli_complain("fmt: standard input cannot be rewritten; leave out -w");
        return STATUS_FAILED;
    }
    struct doc *doc = read_doc(cli, atoms, path, &stamp);
    if (!doc)
        return STATUS_FAILED;
    enum status status = STATUS_FINE;
    struct buf text;
    buf_init(&text, &cli->env);
    doc_write_formatted(doc, &text);
    bool same = str_eq(buf_str(&text), (struct str){ doc->source, doc->source_len });
    if (cli_option(cli, "--check")) {
        if (!same) {
            cli_complain("%s is not canonical; postflow fmt -w writes it so", path);
            status = STATUS_WRONG;
        }
    } else if (cli_option(cli, "-w")) {
        if (!same && !cli_save(cli, path, buf_str(&text), &stamp))
            status = STATUS_FAILED;
    } else if (!cli_write(buf_str(&text))) {
        status = STATUS_FAILED;
    }
    buf_release(&text);
    doc_free(doc);
    return status;
}

enum status cli_fmt(struct cli *cli)
{
    struct atoms atoms;
    enum status worst = STATUS_FINE;
    atoms_init(&atoms, &cli->env, NULL, 0);
    for (size_t i = 0; i < cli->count; i++) {
        enum status status = format_file(cli, &atoms, cli->arguments[i]);
        if (status > worst)
            worst = status;
    }
    atoms_release(&atoms);
    return worst;
}

/* NULL: standard output. */
static const char *output_of(const struct cli *cli)
{
    const char *output = cli_option(cli, "--output");
    return output ? output : cli_option(cli, "-o");
}

enum status cli_export_text(struct cli *cli, struct str text)
{
    const char *output = output_of(cli);
    bool written = output ? cli_save(cli, output, text, NULL) : cli_write(text);
    return written ? STATUS_FINE : STATUS_FAILED;
}

enum status cli_export(struct cli *cli)
{
    const char *to = cli_option(cli, "--to");
    if (cli_option(cli, "--bundle"))
        return cli_bundle(cli, cli->arguments[0], output_of(cli));
    if (!to) {
        cli_complain("export: say what to write with --to json, yaml, dot, mermaid or markdown");
        return STATUS_FAILED;
    }
    const struct picture_syntax *picture = picture_syntax_find(str_of(to));
    if (picture)
        return cli_picture(cli, cli->arguments[0], picture);
    bool yaml = !strcmp(to, "yaml");
    struct atoms atoms;
    catalogue_atoms_init(&atoms, &cli->env);
    struct doc *doc = read_doc(cli, &atoms, cli->arguments[0], NULL);
    enum status status = STATUS_FAILED;
    if (doc) {
        struct flow flow;
        struct diags diags;
        struct buf text;
        diags_init(&diags, &cli->env);
        flow_index(&flow, doc, &diags); /* types scalars; what is no flow is written too */
        diags_clear(&diags);
        buf_init(&text, &cli->env);
        if (doc_export(doc, yaml ? SYNTAX_YAML : SYNTAX_JSON, &text, &diags))
            status = cli_export_text(cli, buf_str(&text));
        cli_print_diags(stderr, &diags);
        diags_release(&diags);
        buf_release(&text);
        doc_free(doc);
    }
    atoms_release(&atoms);
    return status;
}
