#include "tui/line/line.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "engine/base/env.h"
#include "tui/line/editor.h"
#include "tui/line/print.h"
#include "tui/line/show.h"

enum { LINE_MOST = 1 << 20 }; /* bytes of a line that is read from a pipe */

void line_complain(const struct line *line, struct str text)
{
    struct buf message;
    buf_init(&message, line->session->env);
    if (!line->terminal)
        buf_add_text(&message, "postflow: ");
    if (!line->terminal && line->number)
        buf_addf(&message, "line %zu: ", line->number);
    buf_add(&message, text);
    buf_add_char(&message, '\n');
    fflush(stdout);
    print_shown(stderr, buf_str(&message));
    buf_release(&message);
}

/* --- what a line means --- */

static struct str first_word(struct str text, struct str *rest)
{
    ptrdiff_t space = str_find_char(text, ' ');
    *rest = space < 0 ? STR_NONE : str_trim(str_slice(text, (size_t) space, text.len));
    return space < 0 ? text : str_slice(text, 0, (size_t) space);
}

/* Whether something that can happen begins with the word. */
static bool begins_stimulus(struct str word)
{
    static const char *const words[] = {
#define X(name, key, words) words,
        STIMULI(X)
#undef X
    };
    struct str rest;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(first_word(str_of(words[i]), &rest), word))
            return true;
    return false;
}

/* The command that the first word names; the words of something that can happen stand for `do`. */
static const struct line_command *command_of(struct str text, struct str *rest)
{
    struct str word = first_word(text, rest);
    const struct line_command *command = line_command_find(word);
    if (command || !begins_stimulus(word))
        return command;
    *rest = text;
    return line_command_find(STR("do"));
}

static bool fail_unknown(const struct line *line, struct str name)
{
    struct buf text;
    buf_init(&text, line->session->env);
    buf_addf(&text, "%.*s is no command; help lists them.", STR_ARG(name));
    line_complain(line, buf_str(&text));
    buf_release(&text);
    return false;
}

bool line_execute(struct line *line, struct str text)
{
    struct str rest, name;
    int64_t number;
    text = str_trim(text);
    while (text.len && text.ptr[0] == ':')
        text = str_slice(text, 1, text.len);
    if (!text.len || text.ptr[0] == '#')
        return true;
    name = first_word(text, &rest);
    if (str_to_int(name, &number) && number >= 0)
        return line_do_number(line, (size_t) number, rest);
    const struct line_command *command = command_of(text, &rest);
    return command ? command->run(line, command, rest) : fail_unknown(line, name);
}

/* --- completion --- */

static bool complete_name(struct str typed, size_t n, struct buf *out)
{
    size_t count;
    const struct line_command *commands = line_commands(&count);
    for (size_t i = 0; i < count; i++) {
        if (!str_starts(str_of(commands[i].name), typed) || n-- > 0)
            continue;
        buf_add_text(out, commands[i].name);
        return true;
    }
    return false;
}

/* Asks the session, in its words. */
static bool complete_as(struct line *line, const char *command, struct str rest, size_t n,
                        struct buf *out, size_t *from)
{
    struct buf text;
    buf_init(&text, line->session->env);
    buf_addf(&text, "%s ", command);
    size_t before = text.len;
    buf_add(&text, rest);
    bool found = session_complete(line->session, buf_str(&text), n, out, from);
    if (found)
        *from -= before;
    buf_release(&text);
    return found;
}

bool line_complete(struct line *line, struct str text, size_t n, struct buf *out, size_t *from)
{
    struct str rest;
    size_t start = 0;
    buf_clear(out);
    while (start < text.len && (text.ptr[start] == ':' || text.ptr[start] == ' '))
        start++;
    struct str typed = str_slice(text, start, text.len);
    *from = start;
    if (str_find_char(typed, ' ') < 0) {
        size_t names = 0;
        while (complete_name(typed, names, out)) {
            if (names++ == n)
                return true;
            buf_clear(out);
        }
        bool found = complete_as(line, "do", typed, n - names, out, from);
        *from += start;
        return found;
    }
    const struct line_command *command = line_command_find(first_word(typed, &rest));
    size_t behind = text.len - (size_t) str_find_char(typed, ' ');
    rest = str_slice(typed, typed.len - behind + start + 1, typed.len);
    while (rest.len && rest.ptr[0] == ' ')
        rest = str_slice(rest, 1, rest.len);
    if (!command)
        rest = typed;
    else if (!command->session_command)
        return false;
    bool set = command && !strcmp(command->name, "set");
    bool found = complete_as(line, !command ? "do" : set ? "print" : command->session_command, rest,
                             n, out, from);
    *from += text.len - rest.len;
    return found;
}

/* --- reading --- */

void line_prompt(const struct line *line, struct buf *out)
{
    if (line->session->call)
        add_phase(line->session->call, out);
    buf_add_text(out, "> ");
}

/* Without its newline. False: the end. */
static bool read_pipe(struct line *line, struct buf *out)
{
    int c;
    buf_clear(out);
    while ((c = getchar()) != EOF && c != '\n') {
        if (out->len < LINE_MOST)
            buf_add_char(out, (char) c);
    }
    line->number++;
    return c != EOF || out->len > 0;
}

static void play_pipe(struct line *line)
{
    struct buf text;
    buf_init(&text, line->session->env);
    while (!line->quit && read_pipe(line, &text))
        line->failed += !line_execute(line, buf_str(&text));
    buf_release(&text);
}

static void play_terminal(struct line *line, const char *history)
{
    struct editor *editor = editor_open(line, history);
    struct buf text;
    buf_init(&text, line->session->env);
    while (!line->quit && editor_read(editor, &text))
        line_execute(line, buf_str(&text));
    buf_release(&text);
    editor_close(editor);
}

enum line_end line_run(struct session *session, const char *scenario, const char *history)
{
    struct line line = { .session = session };
    struct buf first;
    line.terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    buf_init(&first, session->env);
    buf_addf(&first, scenario ? "play %s" : "simulate", scenario);
    line.failed += !line_execute(&line, buf_str(&first));
    buf_release(&first);
    if (session->mode != SESSION_SIMULATE)
        return LINE_NO_CALL;
    if (line.terminal)
        play_terminal(&line, history);
    else
        play_pipe(&line);
    return line.terminal || line.failed == 0 ? LINE_FINE : LINE_FAILED;
}
