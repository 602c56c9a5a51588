/* What the call looks like in lines. */
#ifndef POSTFLOW_LINE_SHOW_H
#define POSTFLOW_LINE_SHOW_H

#include "tui/line/line.h"

void show_text(struct str text); /* and a newline */
/* `numbered`: with the number by which `why` knows them. */
void show_events(const struct line *line, size_t from, size_t to, bool numbered);
/* As JSON, an object in a line: these are bytes for programs. */
void show_events_as_json(const struct line *line);
void show_choices(const struct line *line);
void show_variables(const struct line *line, bool all);
/* Place, parties, slots and time. */
void show_where(const struct line *line);
/* One line: phase, place, parties. */
void show_status(const struct line *line);
/* Watches that the last command changed, and the breakpoint that stopped it. */
void show_stops(const struct line *line);
void show_commands(void);

/* "waiting for keys (Caller)" */
void add_phase(const struct call *call, struct buf *out);

#endif
