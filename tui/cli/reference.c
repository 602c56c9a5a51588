/* The reference, from the same tables the program runs on: actions and explain. */
#include <ctype.h>
#include <string.h>
#include "engine/flow/describe.h"
#include "tui/cli/cli.h"

static bool flow_type_of(const char *text, enum flow_type *out)
{
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        const struct flow_type_info *info = flow_type_info((enum flow_type) type);
        if (!strcmp(info->key, text) || !strcmp(info->label, text)) {
            *out = (enum flow_type) type;
            return true;
        }
    }
    return false;
}

static void add_field(struct buf *out, const struct field *field)
{
    buf_addf(out, "  %s (%s): ", field->label, field->path);
    field_describe(field, out);
    buf_add_char(out, '\n');
    if (field->help)
        buf_addf(out, "      %s\n", field->help);
    if (field->source)
        buf_addf(out, "      [%s]\n", field->source);
    for (const struct field *row = field->rows; row && row->path; row++) {
        buf_add_text(out, "    of a row:");
        add_field(out, row);
    }
}

static void add_action(struct buf *out, const struct action_info *info)
{
    buf_addf(out, "%s (%s)\n  category %s; in ", info->label, info->key, info->category);
    flow_types_print(info->flow_types, out);
    buf_addf(out, "\n  %s\n  [%s]\n", info->help, info->source);
    if (info->flags & ACTION_ENDS)
        buf_add_text(out, "  ends its path: nothing behind it runs\n");
    if (info->outputs && info->outputs->id)
        buf_add_text(out, "Outputs\n");
    for (const struct output_info *output = info->outputs; output && output->id; output++)
        buf_addf(out, "  %s (%s)\n", output->label, output->id);
    buf_add_text(out, "Fields\n");
    for (const struct field *field = info->fields; field->path; field++)
        add_field(out, field);
}

static void print(const struct buf *text)
{
    cli_print(stdout, buf_str(text));
}

/* As wide as the longest key and label of those that are listed. */
static void column_widths(unsigned types, int *key, int *label)
{
    *key = *label = 0;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        int key_len = (int) strlen(info->key), label_len = (int) strlen(info->label);
        if (!(info->flow_types & types))
            continue;
        *key = key_len > *key ? key_len : *key;
        *label = label_len > *label ? label_len : *label;
    }
}

enum status cli_actions(struct cli *cli)
{
    const char *in = cli_option(cli, "--in");
    enum flow_type type = FLOW_OTHER;
    if (in && !flow_type_of(in, &type)) {
        cli_complain("actions: there is no flow type %s", in);
        return STATUS_FAILED;
    }
    struct buf text;
    enum status status = STATUS_FINE;
    buf_init(&text, &cli->env);
    if (cli->count == 1) {
        const struct action_info *info = catalogue_find(str_of(cli->arguments[0]));
        if (info) {
            add_action(&text, info);
        } else {
            cli_complain("there is no action %s; postflow actions lists them", cli->arguments[0]);
            status = STATUS_WRONG;
        }
    } else {
        int key_width, label_width;
        column_widths(in ? 1u << type : ~0u, &key_width, &label_width);
        for (size_t i = 0; i < catalogue_count(); i++) {
            const struct action_info *info = catalogue_action(i);
            if (in && !(info->flow_types & (1u << type)))
                continue;
            buf_addf(&text, "%-*s %-*s %s\n", key_width, info->key, label_width, info->label,
                     info->category);
        }
    }
    print(&text);
    buf_release(&text);
    return status;
}

/* A field is asked for as ACTION.FIELD. */
static bool explain_field(struct buf *out, struct str what)
{
    ptrdiff_t dot = str_find_char(what, '.');
    if (dot < 0)
        return false;
    const struct action_info *info = catalogue_find(str_slice(what, 0, (size_t) dot));
    const struct field *field = info ? catalogue_field(info,
                                                       str_slice(what, (size_t) dot + 1, what.len))
                                     : NULL;
    if (field)
        add_field(out, field);
    return field != NULL;
}

static bool explain_code(struct buf *out, struct str what)
{
    enum diag_code code;
    if (!diag_find(what, &code))
        return false;
    const struct diag_info *info = diag_info(code);
    buf_addf(out, "%s: %s\n\n%s\n", info->code, info->sentence, info->help);
    return true;
}

enum status cli_explain(struct cli *cli)
{
    struct str what = str_of(cli->arguments[0]);
    enum status status = STATUS_FINE;
    struct buf text;
    buf_init(&text, &cli->env);
    const struct action_info *info = catalogue_find(what);
    if (info)
        add_action(&text, info);
    if (!info && !explain_code(&text, what) && !explain_field(&text, what)) {
        cli_complain("there is nothing to explain about %s: give a code (E012), an action "
                     "(setPostFlow) or ACTION.FIELD (setPostFlow.target)",
                     cli->arguments[0]);
        status = STATUS_WRONG;
    }
    print(&text);
    buf_release(&text);
    return status;
}
