/* What the files of the screen's commands share; nobody else includes it. */
#ifndef POSTFLOW_VIEW_VIEW_PARTS_H
#define POSTFLOW_VIEW_VIEW_PARTS_H

#include "tui/view/designer.h"

/* Puts an overlay on top. */
void view_push(struct designer *designer, struct overlay *overlay);
void view_show_page(struct designer *designer, struct str title, struct str text);
/* Says why; false. */
bool view_fail(struct designer *designer, const char *why);
/* True, and said, when no flow is open. */
bool view_no_flow(struct designer *designer);

/* view_pickers.c: commands that ask or offer something to pick. */
bool run_ask_create(struct designer *designer, struct str arguments);
bool run_ask_variable(struct designer *designer, struct str arguments);
bool run_ask_world(struct designer *designer, struct str arguments);
bool run_ask_scenario(struct designer *designer, struct str arguments);
bool run_ask_new(struct designer *designer, struct str arguments);
bool run_ask_add(struct designer *designer, struct str arguments);
bool run_recent(struct designer *designer, struct str arguments);
bool run_copy_samples(struct designer *designer, struct str arguments);
bool run_flows(struct designer *designer, struct str arguments);
bool run_problems(struct designer *designer, struct str arguments);
bool run_palette(struct designer *designer, struct str arguments);
bool run_recover(struct designer *designer, struct str arguments);

/* call_commands.c: those of a simulated call. */
bool run_choice(struct designer *designer, struct str what);
bool run_hasten(struct designer *designer, struct str command);
bool run_trace(struct designer *designer, struct str what);
bool run_page(struct designer *designer, struct str line);
bool run_ending(struct designer *designer, struct str arguments);
bool run_other_hangup(struct designer *designer, struct str arguments);
bool run_until_here(struct designer *designer, struct str arguments);
bool run_break_here(struct designer *designer, struct str arguments);
bool run_look(struct designer *designer, struct str path);
bool run_breakpoints(struct designer *designer, struct str arguments);
bool run_branches(struct designer *designer, struct str arguments);
bool run_causes(struct designer *designer, struct str arguments);
bool run_events(struct designer *designer, struct str arguments);
bool run_variables(struct designer *designer, struct str arguments);

#endif
