/* The reference: generated from the tables that the program runs on. */
#include <string.h>

#include "engine/base/env.h"
#include "engine/expr/expr.h"
#include "engine/session/commands.h"

static void add_command(const struct command *command, struct buf *out)
{
    buf_addf(out, "%s%s%s  %s", command->name, *command->arguments ? " " : "",
             command->arguments, command->note);
}

static void add_all_commands(struct buf *out)
{
    size_t count;
    const struct command *commands = session_commands(&count);

    for (size_t i = 0; i < count; i++) {
        buf_add_text(out, i ? "\n" : "");
        add_command(&commands[i], out);
    }
}

static void add_part(struct buf *out, const char *label, const char *text)
{
    if (text && *text)
        buf_addf(out, "\n%s%s", label, text);
}

static void add_field(const struct field *field, struct buf *out)
{
    buf_addf(out, "%s (%s)", field->label, field->path);
    add_part(out, "", field->help);
    add_part(out, "one of: ", field->choices);
    add_part(out, "default: ", field->initial);
    if (field->min < field->max)
        buf_addf(out, "\nfrom %lld to %lld", (long long) field->min, (long long) field->max);
    if (field->flags & FIELD_REQUIRED)
        buf_add_text(out, "\nrequired");
    add_part(out, "", field->source);
}

static void add_action(const struct action_info *info, struct buf *out)
{
    buf_addf(out, "%s (%s)", info->label, info->key);
    add_part(out, "", info->help);
    for (const struct field *field = info->fields; field && field->path; field++)
        buf_addf(out, "\n  %s: %s", field->label, field->path);
    add_part(out, "", info->source);
}

static bool add_function(struct str name, struct buf *out)
{
    size_t count;
    const struct expr_function *functions = expr_functions(&count);

    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(name, str_of(functions[i].name))) {
            buf_add_text(out, functions[i].signatures);
            add_part(out, "", functions[i].help);
            add_part(out, "example: ", functions[i].example);
            add_part(out, "gives: ", functions[i].result);
            return true;
        }
    return false;
}

static bool add_code(struct str text, struct buf *out)
{
    enum diag_code code;
    const struct diag_info *info;

    if (!diag_find(text, &code))
        return false;
    info = diag_info(code);
    buf_addf(out, "%s: %s\n%s", info->code, info->sentence, info->help);
    return true;
}

static bool add_topic(const struct session *session, struct str topic, struct buf *out)
{
    const struct command *command = session_command_find(topic);
    const struct action_info *info = catalogue_find(topic);
    struct field_at at;

    if (command)
        add_command(command, out);
    if (info) {
        buf_add_text(out, command ? "\n\n" : "");
        add_action(info, out);
    }
    if (command || info)
        return true;
    if (session->flow && field_find_quiet(session, topic, &at)) {
        add_field(at.field, out);
        return true;
    }
    return add_function(topic, out) || add_code(topic, out);
}

static bool say(struct session *session, struct buf *text, bool found, struct str topic)
{
    if (found)
        message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(buf_str(text)));
    else
        message_fail1(session, DIAG_TOPIC_UNKNOWN, topic);
    buf_release(text);
    return found;
}

bool command_help(struct session *session, struct str arguments)
{
    struct buf text;
    bool found = true;

    buf_init(&text, session->env);
    if (!arguments.len)
        add_all_commands(&text);
    else
        found = add_topic(session, arguments, &text);
    return say(session, &text, found, arguments);
}

bool command_explain(struct session *session, struct str arguments)
{
    const struct action_info *info = NULL;
    struct field_at at;
    struct buf text;
    bool found;

    buf_init(&text, session->env);
    if (arguments.len) {
        found = add_code(arguments, &text);
        if (!found && session->flow && field_find_quiet(session, arguments, &at)) {
            add_field(at.field, &text);
            found = true;
        }
        return say(session, &text, found, arguments);
    }
    if (session->flow)
        info = flow_action(session->flow, session->cursor.node);
    if (!info) {
        buf_release(&text);
        return message_fail1(session, DIAG_COMMAND_CURSOR, STR("an action"));
    }
    add_action(info, &text);
    return say(session, &text, true, arguments);
}
