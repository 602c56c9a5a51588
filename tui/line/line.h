/* The step-through of a call in lines: commands in, plain lines out. The same on a terminal, where
 * lines are edited and completed, and on a pipe. */
#ifndef POSTFLOW_LINE_LINE_H
#define POSTFLOW_LINE_LINE_H

#include "engine/session/session.h"

struct line {
    struct session *session;
    bool terminal; /* somebody types: there is a prompt, and no status behind each command */
    bool quit;
    size_t number; /* of the line that is carried out */
    size_t failed; /* commands */
};

enum line_end {
    LINE_FINE,
    LINE_FAILED,  /* a command did, where nobody types */
    LINE_NO_CALL, /* there is no such call; nothing was read */
};
/* Starts the call of the flow that is shown, or of a scenario, whose steps are played (NULL: none);
 * then reads commands from standard input to its end or `quit`. `history`: the file that keeps what
 * is typed on a terminal, NULL: none. */
enum line_end line_run(struct session *session, const char *scenario, const char *history);

/* Carries a line out. False: it failed, which has been told. */
bool line_execute(struct line *line, struct str text);
/* The n-th completion of a line: text[*from, end) is what `out` would replace. False: no more. */
bool line_complete(struct line *line, struct str text, size_t n, struct buf *out, size_t *from);
/* Why something failed, to standard error; with the number of the line where nobody types. */
void line_complain(const struct line *line, struct str text);
/* Lets the n-th thing that `list` shows happen, with what is left to fill in. */
bool line_do_number(struct line *line, size_t number, struct str rest);
void line_prompt(const struct line *line, struct buf *out);

/* The table of commands. */
struct line_command {
    const char *name;
    const char *arguments; /* NULL: as the session's command of that name */
    const char *note;      /* NULL: the same */
    bool (*run)(struct line *line, const struct line_command *command, struct str arguments);
    const char *session_command; /* that it hands its arguments to; NULL: none */
};
const struct line_command *line_commands(size_t *count);
/* By name, or the first of the table that begins so; NULL: none. */
const struct line_command *line_command_find(struct str name);
/* What the table or the session's says. */
const char *line_command_arguments(const struct line_command *command);
const char *line_command_note(const struct line_command *command);

#endif
