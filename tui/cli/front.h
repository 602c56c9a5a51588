/* The two ways to run the designer: on a terminal, and by a script without one. */
#ifndef POSTFLOW_TUI_CLI_FRONT_H
#define POSTFLOW_TUI_CLI_FRONT_H

#include <limits.h>
#include "tui/cli/cli.h"
#include "tui/view/designer.h"

/* `path`: file or folder, NULL: this folder. */
enum status front_designer(struct cli *cli, const char *path);
/* Plays a script ("-": standard input) and prints its screens. A line is one of
 *     # ...              nothing
 *     size 80x24         the screen's size (80x24 at first)
 *     key Down C-p F1    keys by name
 *     text ...           the characters, one key each
 *     paste ...          pasted text
 *     :command ...       a line of the `:` line
 *     screen             prints the screen as text
 *     styles             prints the letters of the styles in the same shape
 *     message            prints the message of the last command
 *     expect TEXT        fails when the screen does not show the text
 * Status 1 when an expectation or a command failed, 2 when the script cannot be read. */
enum status front_script(struct cli *cli, const char *script, const char *path);

/* Where recovery logs and histories go: $XDG_STATE_HOME/postflow, else ~/.local/state/postflow.
 * Owned by the caller; NULL: nowhere. */
char *front_state_folder(struct env *env);

/* A session and its designer. */
struct desk {
    struct session *session;
    struct designer *designer;
    char samples[PATH_MAX];
};
/* `state`: the folder of state, NULL: none. False and diagnostics: nothing could be opened. */
bool desk_open(struct desk *desk, struct env *env, const char *path, const char *state,
               struct diags *diags);
void desk_close(struct desk *desk);
/* Opens what :workspace named in its place; true: it is another desk now. */
bool desk_follow(struct desk *desk, const char *state);

#endif
