/* What a hang-up leads to at every place of a flow: over all paths from the start object, what the
 * two slots hold (simulation.md section 3). Jumps, called tasks, menus and loops are followed to a
 * fixpoint, with errors aside; other flows are not:
 *
 * - An inbound or outbound call flow begins with empty slots, as a call that comes in there; in
 *   the other types it depends on who came before.
 * - The task of an in-queue flow starts over with what it leaves.
 * - A task that is called has one end for all its callers. Previous Menu and Repeat Menu may lead
 *   to any menu that is reached.
 * - A common module makes a slot depend when an action in it sets or clears it.
 * - A Target that is an expression may be any.
 * - What no path leads to is answered as if one did, of which nothing is known; behind an end, as
 *   if that went on.
 *
 * The work is bounded: beyond some 100,000 actions every answer is that it depends. */
#ifndef POSTFLOW_FLOW_HANGUP_H
#define POSTFLOW_FLOW_HANGUP_H

#include "engine/flow/query.h"

struct workspace;
struct slot_sets;

/* The answers for one flow, kept by who asks. They are made anew when the flow, or one of the
 * workspace's, was changed since; else asking costs a look-up. */
struct hangups;
struct hangups *hangups_new(struct env *env);
void hangups_free(struct hangups *hangups);
/* Forgets the answers: to be called when a flow is closed. */
void hangups_clear(struct hangups *hangups);
/* As flow_hangup_at, with the modules of the workspace; without one (NULL) a module may do
 * anything. */
void hangups_at(struct hangups *hangups, const struct flow *flow, const struct workspace *ws,
                struct spot spot, struct hangup_answer *out);
/* What the slots may hold over all paths, the caller's and the callee's, as sets of slot_sets.h:
 * where an action begins, where its outputs do, and where it leads on. */
struct hangup_slots {
    const struct slot_sets *sets;
    uint32_t before[2], inside[2], behind[2];
};
/* False: no path leads to the node, or it was too much work. `out` holds until the next question
 * about another flow. */
bool hangups_slots(struct hangups *hangups, const struct flow *flow, const struct workspace *ws,
                   node_id node, struct hangup_slots *out);
/* The same without looking whether anything was changed since the last question: for who asks about
 * a whole flow at once. */
void hangups_again(const struct hangups *hangups, struct spot spot, struct hangup_answer *out);
bool hangups_slots_again(const struct hangups *hangups, node_id node, struct hangup_slots *out);
/* Where it leads when the other one hangs up: "caller to CSAT", "call ends". */
void hangup_say(const struct flow *flow, struct slot_answer answer, bool caller, struct buf *out);

/* Whether a Set Post-Flow of the flow is in a slot where a row's outputs begin, as of the last
 * question about this flow: nothing is worked out, so that every row that is drawn may ask. */
enum slot_glance { GLANCE_NONE, GLANCE_MAYBE, GLANCE_SET };
enum slot_glance hangups_glance(const struct hangups *hangups, const struct flow *flow,
                                node_id node);
/* Changes when answers are made anew. */
uint64_t hangups_version(const struct hangups *hangups);

#endif
