#include "tui/view/help.h"

#include "engine/base/diag.h"
#include "engine/flow/catalogue.h"
#include "engine/session/session.h"
#include "tui/view/bindings.h"
#include "tui/view/view_commands.h"

static void add_mode(struct buf *out, unsigned mode, const char *heading)
{
    size_t count;
    const struct binding *table = bindings(&count);
    buf_addf(out, "# %s\n", heading);
    for (size_t i = 0; i < count; i++) {
        if (!(table[i].modes & mode) || !table[i].note)
            continue;
        buf_addf(out, "  %-9s", table[i].key);
        /* Aliases follow their binding in the table. */
        size_t width = 0;
        for (size_t k = i + 1; k < count && !table[k].note; k++) {
            buf_addf(out, " %s", table[k].key);
            width += str_of(table[k].key).len + 1;
        }
        buf_add_repeat(out, ' ', width < 8 ? 8 - width : 1);
        buf_addf(out, " %s\n", table[i].note);
    }
    buf_add_char(out, '\n');
}

void help_keys(struct buf *out)
{
    size_t count;
    add_mode(out, IN_TREE, "In the flow");
    add_mode(out, IN_FIELDS, "In the fields");
    add_mode(out, IN_TOOLBOX, "In the toolbox (typing filters, Enter adds)");
    add_mode(out, IN_CALL, "Simulating (0-9 * # are the keypad while keys are awaited)");
    add_mode(out, IN_START, "On the start screen");
    buf_add_text(out, "# Commands (type : first, Tab completes)\n");
    const struct command *commands = session_commands(&count);
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "  %s %s\n      %s\n", commands[i].name,
                 commands[i].arguments ? commands[i].arguments : "", commands[i].note);
    const struct view_command *own = view_commands(&count);
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "  %s %s\n      %s\n", own[i].name, own[i].arguments, own[i].note);
}

static void add_field_help(struct buf *out, const struct field *field)
{
    buf_addf(out, "\n# %s (%s)\n%s\n", field->label, field->path, field->help ? field->help : "");
    if (field->choices)
        buf_addf(out, "One of: %s\n", field->choices);
    if (field->source)
        buf_addf(out, "%s\n", field->source);
}

void help_topic(struct str topic, struct buf *out)
{
    enum diag_code code;
    if (str_is(topic, "keys"))
        return;
    const struct action_info *info = catalogue_find(topic);
    const struct command *command = session_command_find(topic);
    if (info) {
        buf_addf(out, "# %s\n%s\n%s\n", info->label, info->help, info->source);
        for (const struct field *field = info->fields; field->path; field++)
            add_field_help(out, field);
    } else if (diag_find(topic, &code)) {
        buf_addf(out, "# %s\n%s\n\n%s\n", diag_info(code)->code, diag_info(code)->sentence,
                 diag_info(code)->help);
    } else if (command) {
        buf_addf(out, "# %s %s\n%s\n", command->name, command->arguments ? command->arguments : "",
                 command->note);
    } else {
        buf_addf(out, "There is no help on %.*s: give an action, a code or a command.\n",
                 STR_ARG(topic));
    }
}
