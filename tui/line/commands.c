/* The table of commands. Most hand their arguments to the session's command of that name; what is
 * theirs is how the result is told. */
#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/session/debug.h"
#include "tui/line/show.h"

/* Why the session refused, to standard error. */
static bool fail(const struct line *line)
{
    line_complain(line, buf_str(&line->session->message));
    return false;
}

static bool fail_usage(const struct line *line, const struct line_command *command)
{
    struct buf text;
    buf_init(&text, line->session->env);
    buf_addf(&text, "This command is written %s %s.", command->name,
             line_command_arguments(command));
    line_complain(line, buf_str(&text));
    buf_release(&text);
    return false;
}

static bool hand_over(struct line *line, const char *name, struct str arguments)
{
    struct buf text;
    buf_init(&text, line->session->env);
    buf_addf(&text, "%s ", name);
    buf_add(&text, arguments);
    bool fine = session_command(line->session, buf_str(&text));
    buf_release(&text);
    return fine;
}

static size_t events_now(const struct line *line)
{
    size_t count = 0;
    if (line->session->call)
        call_events(line->session->call, &count);
    return count;
}

/* What a command that moved the call has to tell. */
static bool moved(struct line *line, size_t since)
{
    show_events(line, since, SIZE_MAX, false);
    show_stops(line);
    if (line->session->message_kind == MESSAGE_WARNING)
        show_text(buf_str(&line->session->message));
    if (!line->terminal)
        show_status(line);
    return true;
}

/* --- handed to the session --- */

static bool run_say(struct line *line, const struct line_command *command, struct str arguments)
{
    if (!hand_over(line, command->session_command, arguments))
        return fail(line);
    if (line->session->message.len)
        show_text(buf_str(&line->session->message));
    return true;
}

/* What happens is told, also what happened before it stopped elsewhere. */
static bool run_move(struct line *line, const struct line_command *command, struct str arguments)
{
    size_t before = events_now(line);
    if (hand_over(line, command->session_command, arguments))
        return moved(line, before);
    fail(line);
    if (events_now(line) > before)
        moved(line, before);
    return false;
}

/* The call is elsewhere: what led there is no news. */
static bool run_jump(struct line *line, const struct line_command *command, struct str arguments)
{
    return hand_over(line, command->session_command, arguments) ? moved(line, SIZE_MAX)
                                                                : fail(line);
}

/* Another call, from its beginning. */
static bool run_begin(struct line *line, const struct line_command *command, struct str arguments)
{
    return hand_over(line, command->session_command, arguments) ? moved(line, 0) : fail(line);
}

/* --- what is done to the call --- */

/* Where the call can still go on by itself and what is asked for is possible only where it waits,
 * it goes there first, as between the steps of a scenario. */
static bool do_words(struct line *line, struct str words)
{
    struct session *session = line->session;
    size_t before = events_now(line);
    bool keys = str_starts(words, STR("press")), ready = call_phase(session->call) == PHASE_READY;
    if (!(keys && ready) && hand_over(line, "do", words))
        return moved(line, before);
    if (!ready)
        return fail(line);
    size_t history = call_history(session->call);
    bool ran = session_command(session, STR("run"));
    if (ran && session_stopped_by(session))
        return moved(line, before);
    if (ran && hand_over(line, "do", words))
        return moved(line, before);
    struct buf why;
    buf_init(&why, session->env);
    buf_add(&why, buf_str(&session->message));
    call_back(session->call, call_history(session->call) - history);
    line_complain(line, buf_str(&why));
    buf_release(&why);
    return false;
}

static bool run_do(struct line *line, const struct line_command *command, struct str arguments)
{
    return arguments.len ? do_words(line, arguments) : fail_usage(line, command);
}

static bool run_set(struct line *line, const struct line_command *command, struct str arguments)
{
    size_t before = events_now(line);
    if (!arguments.len)
        return fail_usage(line, command);
    return hand_over(line, "do set", arguments) ? moved(line, before) : fail(line);
}

bool line_do_number(struct line *line, size_t number, struct str rest)
{
    struct choices choices = { .items = NULL };
    struct buf words;
    buf_init(&words, line->session->env);
    arena_init(&choices.arena, line->session->env);
    call_choices(line->session->call, &choices);
    bool there = number >= 1 && number <= choices.count;
    bool open = there && choices.items[number - 1].open;
    if (!there) {
        buf_addf(&words, "There is no possibility %zu; list shows them.", number);
    } else if (open != (rest.len > 0)) {
        buf_addf(&words, open ? "Behind %zu stands what is to be filled in: %s."
                              : "Nothing stands behind %zu: %s.",
                 number, choices.items[number - 1].words);
    } else {
        buf_add(&words, choice_fixed_words(&choices.items[number - 1]));
        buf_add(&words, rest);
    }
    bool fine = there && open == (rest.len > 0);
    size_t before = events_now(line);
    if (!fine)
        line_complain(line, buf_str(&words));
    else if (hand_over(line, "do", buf_str(&words)))
        moved(line, before);
    else
        fine = fail(line);
    arena_release(&choices.arena);
    buf_release(&words);
    return fine;
}

/* --- looking --- */

static bool run_list(struct line *line, const struct line_command *command, struct str arguments)
{
    if (arguments.len)
        return fail_usage(line, command);
    show_choices(line);
    return true;
}

static bool run_where(struct line *line, const struct line_command *command, struct str arguments)
{
    if (arguments.len)
        return fail_usage(line, command);
    show_where(line);
    return true;
}

static bool run_variables(struct line *line, const struct line_command *command,
                          struct str arguments)
{
    if (arguments.len && !str_is(arguments, "all"))
        return fail_usage(line, command);
    show_variables(line, arguments.len > 0);
    return true;
}

static bool run_trace(struct line *line, const struct line_command *command, struct str arguments)
{
    size_t count = events_now(line);
    int64_t last = 0;
    if (str_is(arguments, "json")) {
        show_events_as_json(line);
        return true;
    }
    if (arguments.len && (!str_to_int(arguments, &last) || last < 1))
        return fail_usage(line, command);
    show_events(line, last && (size_t) last < count ? count - (size_t) last : 0, count, true);
    return true;
}

static bool run_help(struct line *line, const struct line_command *command, struct str arguments)
{
    (void) command;
    if (!arguments.len) {
        show_commands();
        return true;
    }
    const struct line_command *about = line_command_find(arguments);
    if (!about)
        return hand_over(line, "help", arguments)
                   ? (show_text(buf_str(&line->session->message)), true) : fail(line);
    printf("%s %s: %s\n", about->name, line_command_arguments(about), line_command_note(about));
    return true;
}

static bool run_quit(struct line *line, const struct line_command *command, struct str arguments)
{
    (void) command, (void) arguments;
    line->quit = true;
    return true;
}

/* --- the table --- */

/* SESSION: name, arguments and note are those of the session's command. */
#define SESSION(name, run) { name, NULL, NULL, run, name }
static const struct line_command table[] = {
    SESSION("step", run_move),
    SESSION("step-over", run_move),
    SESSION("step-out", run_move),
    { "next", "", "runs to the next choice: to where the call waits", run_move, "run" },
    SESSION("until", run_move),
    { "list", "", "lists what can happen, numbered, with what it leads to", run_list, NULL },
    SESSION("do", run_do),
    SESSION("peek", run_say),
    { "set", "VARIABLE EXPRESSION", "sets a variable by hand; the trace and the scenario say so",
      run_set, "do" },
    SESSION("back", run_jump),
    SESSION("forward", run_move),
    SESSION("restart", run_jump),
    SESSION("branch", run_say),
    SESSION("branch-to", run_jump),
    SESSION("compare", run_say),
    SESSION("break", run_say),
    SESSION("unbreak", run_say),
    SESSION("watch", run_say),
    SESSION("unwatch", run_say),
    SESSION("print", run_say),
    { "variables", "[all]", "lists the variables in sight", run_variables, NULL },
    { "where", "", "says where the call and everybody is, and which post-flows are set", run_where,
      NULL },
    { "trace", "[N|json]", "tells all events again, numbered, the last N, or all as JSON",
      run_trace, NULL },
    SESSION("ladder", run_say),
    SESSION("transcript", run_say),
    SESSION("transcript!", run_say),
    SESSION("why", run_say),
    SESSION("why-not", run_say),
    SESSION("simulate", run_begin),
    SESSION("play", run_begin),
    { "save", "FILE [TITLE]", "writes the call down as a scenario", run_say, "save-scenario" },
    { "save!", "FILE [TITLE]", "the same over a file that exists", run_say, "save-scenario!" },
    { "help", "[TOPIC]", "about a command, an action, a field, a function, a code", run_help,
      "help" },
    { "quit", "", "ends; so does the end of the input", run_quit, NULL },
};
enum { COMMANDS = sizeof table / sizeof *table };

const struct line_command *line_commands(size_t *count)
{
    *count = COMMANDS;
    return table;
}

const struct line_command *line_command_find(struct str name)
{
    const struct line_command *found = NULL;
    for (size_t i = COMMANDS; name.len && i-- > 0;) {
        if (str_is(name, table[i].name))
            return &table[i];
        if (str_starts(str_of(table[i].name), name))
            found = &table[i];
    }
    return found;
}

static const struct command *session_of(const struct line_command *command)
{
    return session_command_find(str_of(command->session_command));
}

const char *line_command_arguments(const struct line_command *command)
{
    return command->arguments ? command->arguments : session_of(command)->arguments;
}

const char *line_command_note(const struct line_command *command)
{
    return command->note ? command->note : session_of(command)->note;
}
