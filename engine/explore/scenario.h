/* Scenarios: a call written down with what is expected of it, and running them (simulation.md
 * section 4). */
#ifndef POSTFLOW_EXPLORE_SCENARIO_H
#define POSTFLOW_EXPLORE_SCENARIO_H

#include "engine/call/call.h"

struct scenario; /* a document and what was read from it */

/* Reads and checks the shape: unknown keys, steps and events are errors with line and column. */
struct scenario *scenario_read(struct env *env, struct workspace *ws, const char *path,
                               struct diags *diags);
void scenario_free(struct scenario *scenario);
/* As it was read, for saving it. */
struct file_stamp *scenario_stamp(struct scenario *scenario);
struct str scenario_title(const struct scenario *scenario); /* `scenario:`, else the file's name */

enum verdict { VERDICT_PASSED, VERDICT_FAILED, VERDICT_BROKEN /* could not be run */ };
struct scenario_result {
    enum verdict verdict;
    struct buf message; /* first expectation not met, with file:line:col, and the trace around it */
    bool played;        /* every step was possible */
    struct call *call;  /* at its end; owned by the result */
    struct coverage *coverage; /* NULL, or to be added to; borrowed */
};
void scenario_result_init(struct scenario_result *result, struct env *env);
void scenario_result_release(struct scenario_result *result);
/* Diagnostics for what is wrong in the scenario itself (an impossible step is a failure). */
void scenario_run(struct scenario *scenario, struct workspace *ws, struct scenario_result *result,
                  struct diags *diags);

/* The scenario with what was seen of the call as `in-order` and `finally`, as text; what it expects
 * or never expects beside stays as long as it holds. Its style is kept. */
void scenario_expect(struct scenario *scenario, struct call *call, struct buf *out);
bool scenario_expects(const struct scenario *scenario); /* whether it says anything of the kind */

/* Every *.scenario.json, .yaml and .yml under the paths (files or folders), sorted. */
bool scenario_find(struct env *env, const char *const *paths, size_t count,
                   struct file_list *out, struct diags *diags);
/* Whether a file of that name holds a scenario: *.scenario.json, .yaml or .yml. */
bool scenario_has_name(struct str name);
/* Starts the call as the scenario says and plays its steps, without judging them. The call borrows
 * the scenario's world from now on. False: it did not start, or stopped at a step that is not
 * possible, which `why` tells then. */
bool scenario_play(struct scenario *scenario, struct workspace *ws, struct call *call,
                   struct buf *why, struct diags *diags);
/* How the call of a scenario begins; borrowed. */
const struct call_setup *scenario_setup(const struct scenario *scenario);
/* The session so far as a scenario's canonical text: setup, stimuli, and what was observed at the
 * end as expectations. `played`: the scenario that the call was started with, for its world; NULL:
 * none was. */
void scenario_record(const struct call *call, struct str title, const struct scenario *played,
                     struct buf *out);

#endif
