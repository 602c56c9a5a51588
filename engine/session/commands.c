/* The table of commands, and what a line means. */
#include "engine/session/commands.h"

#define complete_nothing NULL

static const struct command commands[] = {
#define COMMAND(function, name, syntax, note, flags, words, completer)                             \
    { name, syntax, note, flags, words, command_##function, complete_##completer },
#include "engine/session/commands.def"
#undef COMMAND
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

const struct command *session_commands(size_t *count)
{
    *count = COMMAND_COUNT;
    return commands;
}

/* A prefix stands for the command that all others it could be begin with: "quit" before "quit!". */
const struct command *session_command_find(struct str name)
{
    const struct command *found = NULL;

    if (!name.len)
        return NULL;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        struct str other = str_of(commands[i].name);
        if (str_eq(other, name))
            return &commands[i];
        if (!str_starts(other, name))
            continue;
        if (!found || str_starts(str_of(found->name), other))
            found = &commands[i];
    }
    for (size_t i = 0; found && i < COMMAND_COUNT; i++)
        if (str_starts(str_of(commands[i].name), name) &&
            !str_starts(str_of(commands[i].name), str_of(found->name)))
            return NULL;
    return found;
}

/* --- the words of a line --- */

struct str command_word(struct str *rest)
{
    struct str text = str_trim(*rest), word;
    ptrdiff_t end;

    if (text.len && text.ptr[0] == '"') {
        text = str_slice(text, 1, text.len);
        end = str_find_char(text, '"');
    } else {
        end = str_find_char(text, ' ');
    }
    word = end < 0 ? text : str_slice(text, 0, (size_t) end);
    *rest = end < 0 ? STR_NONE : str_trim(str_slice(text, (size_t) end + 1, text.len));
    return word;
}

bool command_usage(struct session *session, const char *name)
{
    const struct command *command = session_command_find(str_of(name));

    return message_fail2(session, DIAG_COMMAND_ARGUMENTS, str_of(name),
                         str_of(command->arguments));
}

bool command_count(struct str text, size_t otherwise, size_t *out)
{
    int64_t number;

    *out = otherwise;
    if (!text.len)
        return true;
    if (!str_to_int(text, &number) || number < 1)
        return false;
    *out = (size_t) number;
    return true;
}

/* Splits ":name arguments". */
static struct str split(struct str line, struct str *arguments)
{
    struct str text = str_trim(line);
    size_t end = 0;

    while (text.len && text.ptr[0] == ':')
        text = str_slice(text, 1, text.len);
    while (end < text.len && text.ptr[end] != ' ')
        end++;
    *arguments = str_trim(str_slice(text, end, text.len));
    return str_slice(text, 0, end);
}

static bool possible(struct session *session, const struct command *command)
{
    unsigned mode = session->mode == SESSION_EDIT ? COMMAND_IN_EDIT : COMMAND_IN_SIMULATION;

    if ((command->flags & COMMAND_NEEDS_FLOW) && !session->flow)
        return message_fail0(session, DIAG_COMMAND_NO_FLOW);
    if (!(command->flags & mode) && session->mode == SESSION_EDIT)
        return message_fail0(session, DIAG_COMMAND_NO_CALL);
    if (!(command->flags & mode))
        return command_usage(session, command->name);
    return true;
}

bool session_command(struct session *session, struct str line)
{
    const struct command *command;
    struct str arguments, name = split(line, &arguments);

    message_clear(session);
    session->ask_quit = session->show_uses = false;
    if (!name.len)
        return true;
    command = session_command_find(name);
    if (!command)
        return message_fail1(session, DIAG_COMMAND_UNKNOWN, name);
    return possible(session, command) && command->run(session, arguments);
}

/* --- completion --- */

/* Where the last argument begins: behind `words` single words, or the word that is being typed. */
static size_t last_argument(struct str text, unsigned words)
{
    size_t at = 0;

    for (unsigned i = 0; i < words; i++) {
        size_t end = at;
        if (end < text.len && text.ptr[end] == '"')
            for (end++; end < text.len && text.ptr[end] != '"';)
                end++;
        while (end < text.len && text.ptr[end] != ' ')
            end++;
        if (end == text.len)
            break;
        for (at = end; at < text.len && text.ptr[at] == ' ';)
            at++;
    }
    return at;
}

static bool complete_name(struct str name, size_t n, struct buf *out)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (str_starts(str_of(commands[i].name), name) && n-- == 0) {
            buf_add_text(out, commands[i].name);
            return true;
        }
    return false;
}

bool session_complete(struct session *session, struct str line, size_t n, struct buf *out,
                      size_t *from)
{
    const struct command *command;
    size_t start = 0, end;

    buf_clear(out);
    while (start < line.len && (line.ptr[start] == ':' || line.ptr[start] == ' '))
        start++;
    for (end = start; end < line.len && line.ptr[end] != ' ';)
        end++;
    *from = start;
    if (end == line.len)
        return complete_name(str_slice(line, start, end), n, out);
    command = session_command_find(str_slice(line, start, end));
    if (!command || !command->complete ||
        ((command->flags & COMMAND_NEEDS_FLOW) && !session->flow))
        return false;
    while (end < line.len && line.ptr[end] == ' ')
        end++;
    struct str arguments = str_slice(line, end, line.len);
    *from = end + last_argument(arguments, command->words);
    return command->complete(session, arguments, n, out);
}
