/* What the calls of scenarios went through: actions and their outputs, and for each moment at which
 * somebody could have hung up, whether anybody's scenario let them. */
#ifndef POSTFLOW_EXPLORE_COVERAGE_H
#define POSTFLOW_EXPLORE_COVERAGE_H

#include "engine/call/call.h"
#include "engine/flow/path.h"

struct coverage;
struct coverage *coverage_new(struct env *env);
void coverage_free(struct coverage *coverage);

/* The call waits: remembers whose hang-up would be possible here. */
void coverage_moment(struct coverage *coverage, struct call *call);
/* Somebody is about to hang up here. */
void coverage_hangup(struct coverage *coverage, struct call *call, const struct stimulus *stimulus);
/* The events of a call, once, at its end. */
void coverage_call(struct coverage *coverage, struct call *call);

/* As text, and adding what such a text says; false: it is none. */
void coverage_write(const struct coverage *coverage, struct buf *out);
bool coverage_read(struct coverage *coverage, struct str text);

/* What calls did at an action or output; hang-ups are looked at behind an action. */
enum covered_hangup {
    HANGUP_NOT_MET,
    HANGUP_NOT_TRIED, /* was possible, nobody did */
    HANGUP_TRIED,
};
struct covered {
    size_t times;
    enum covered_hangup caller, other; /* other: an agent or an external party */
};
/* `memo` as path_print_next takes it. */
void coverage_at(const struct coverage *coverage, const struct flow *flow, struct spot spot,
                 struct path_memo *memo, struct covered *out);

enum coverage_format { COVERAGE_TEXT, COVERAGE_JSON, COVERAGE_LCOV };
/* Beside all flows of the workspace. LCOV: actions as lines, outputs as branches. */
void coverage_report(const struct coverage *coverage, struct workspace *ws,
                     enum coverage_format format, struct buf *out);

#endif
