/* Paths in a flow: `[FLOW::]CONTAINER/STEP/...` (design.md section 2). Printed paths use positions;
 * read ones may use names, `dtmf:1`, output ids. `~1` is a `/`, `~0` a `~` and `~2` a `:` inside a
 * name (a `:` before a `:`). A name that is a number, is empty or begins with `"` is quoted; an
 * unquoted number is a position: of an action in its list, an output of its action, a container of
 * its flow. Printing uses the last two where two of one name could not be told apart. */
#ifndef POSTFLOW_FLOW_PATH_H
#define POSTFLOW_FLOW_PATH_H

#include "engine/flow/flow.h"

void path_print(const struct flow *flow, struct spot spot, struct buf *out);
/* With its flow before it: "Main line::Welcome/2". */
void path_print_whole(const struct flow *flow, struct spot spot, struct buf *out);

/* What is known of the paths printed before: those of one action after the other cost what lies
 * between them, not what lies before them. Zero it to begin. */
enum { PATH_MEMO_DEPTH = 32 };
struct path_memo {
    struct env *env;
    uint64_t revision; /* of the document; another one begins anew */
    struct {
        node_id node;
        unsigned position;
    } steps[PATH_MEMO_DEPTH]; /* by depth */
    node_id container;        /* that was printed as a number last, and the number */
    int64_t number;
    node_id *containers; /* by hash of the name, the first of each name */
    size_t slot_count;
};
void path_print_next(const struct flow *flow, struct spot spot, struct path_memo *memo,
                     struct buf *out);
void path_memo_release(struct path_memo *memo);

/* Without the FLOW:: part. On failure a diagnostic that says which step was not found. */
bool path_find(const struct flow *flow, struct str path, struct spot *out, struct diags *diags);
/* Splits "FLOW::rest"; flow is empty where there is none. A quoted name may hold a "::". */
void path_split(struct str path, struct str *flow, struct str *rest);
/* A name as a step, and a step as a name. */
void path_add_name(struct buf *out, struct str name);
void path_read_name(struct str step, struct buf *out);

#endif
