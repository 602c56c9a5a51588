/* Lines typed on a terminal: editing, history, completion by libedit, which only this knows. */
#ifndef POSTFLOW_LINE_EDITOR_H
#define POSTFLOW_LINE_EDITOR_H

#include "tui/line/line.h"

struct editor;
/* `history`: the file that keeps it from one session to the next, NULL: none. */
struct editor *editor_open(struct line *line, const char *history);
/* A line without its newline; a line that Ctrl-C has dropped is not given. False: the end. */
bool editor_read(struct editor *editor, struct buf *out);
void editor_close(struct editor *editor);

#endif
