#include "tui/view/help.h"

#include "engine/session/session.h"
#include "tui/view/bindings.h"
#include "tui/view/view_commands.h"

/* What holds in this mode and not also in another, which is told elsewhere. */
static void add_mode(struct buf *out, unsigned mode, unsigned elsewhere, const char *heading)
{
    size_t count;
    const struct binding *table = bindings(&count);
    buf_addf(out, "# %s\n", heading);
    for (size_t i = 0; i < count; i++) {
        if (!(table[i].modes & mode) || (table[i].modes & elsewhere) || !table[i].note)
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
    add_mode(out, IN_TREE, 0, "In the flow");
    add_mode(out, IN_FIELDS, 0, "In the fields");
    add_mode(out, IN_TOOLBOX, 0, "In the toolbox (typing filters, Enter adds)");
    add_mode(out, IN_CHOICES, 0, "Simulating (0-9 * # are the keypad while keys are awaited)");
    add_mode(out, IN_CALL_FLOW, IN_CHOICES, "Simulating, in the flow (Tab goes there)");
    add_mode(out, IN_START, 0, "On the start screen");
    buf_add_text(out, "# Commands (type : first, Tab completes)\n");
    const struct command *commands = session_commands(&count);
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "  %s %s\n      %s\n", commands[i].name,
                 commands[i].arguments ? commands[i].arguments : "", commands[i].note);
    const struct view_command *own = view_commands(&count);
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "  %s %s\n      %s\n", own[i].name, own[i].arguments, own[i].note);
}
