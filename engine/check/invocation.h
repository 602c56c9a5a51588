/* Invocation data between flows (domain.md section 1.2): what a flow reads of what it is given, and
 * what an action gives. A flow that a Set Post-Flow invokes reads JSON from Call.InvocationData,
 * also in the modules that it calls; a secure flow reads a String from Flow.InvocationData. */
#ifndef POSTFLOW_CHECK_INVOCATION_H
#define POSTFLOW_CHECK_INVOCATION_H

#include "engine/base/mem.h"
#include "engine/expr/json_shape.h"
#include "engine/flow/workspace.h"

struct invocation_read {
    struct json_read read;
    const struct flow *flow; /* the flow itself, or a module that it calls */
    node_id node;            /* the expression's text */
    bool optional;           /* the flow looks somewhere whether it is there */
    bool repeated;           /* the same is read before it */
};
struct invocation_reads {
    struct arena arena;
    struct invocation_read *items; /* in the order of the document */
    size_t count, capacity;
    bool all; /* all of it may be read: nothing can be said of single keys */
};
/* More places than that in one flow are as if all were read. */
enum { INVOCATION_MOST_READS = 1024 };
void invocation_reads_init(struct invocation_reads *reads, struct env *env);
void invocation_reads_release(struct invocation_reads *reads);
void invocation_reads_of(const struct workspace *ws, const struct flow *flow,
                         struct invocation_reads *out);

/* "customer.name" of the steps of a read. */
void invocation_path_print(const struct json_read *read, struct buf *out);
/* Whether what is read is there: it misses when a key is not there, it clashes when what is there,
 * on the way or in the end, can only be of another kind; then *clash says of which. What nobody can
 * tell fits. */
struct invocation_clash {
    enum json_kind wanted, there;
};
enum invocation_fit { INVOCATION_FITS, INVOCATION_MISSES, INVOCATION_CLASHES };
enum invocation_fit invocation_fit(const struct json_shape *shape, const struct json_read *read,
                                   struct invocation_clash *clash);

#endif
