/* The names an expression may use at a place of a flow, for checking it without running: declared
 * variables in sight and what the product provides (domain.md sections 5.2, 5.3). */
#ifndef POSTFLOW_CHECK_NAMES_H
#define POSTFLOW_CHECK_NAMES_H

#include "engine/expr/expr.h"
#include "engine/flow/implied.h"

struct names; /* the declared variables of one flow, indexed */
struct names *names_new(const struct flow *flow);
void names_free(struct names *names);
/* Those that are declared nowhere. */
const struct implied_variables *names_implied(const struct names *names);
/* The resolver for expressions in the container around `node`; lives as long as `names`. */
struct expr_names names_at(struct names *names, node_id node);
/* Whether the resolver was asked for a variable whose type is not known: what the expression does
 * with it cannot be judged. */
bool names_untyped(const struct names *names);
/* The declarations, from 0 on; false: no more. */
struct name_declaration {
    node_id owner, node;
    bool used;  /* somebody asked for it so far */
    bool again; /* one of its name stands before it in the same place */
};
bool names_declaration(const struct names *names, size_t index, struct name_declaration *out);
/* The names in sight there, one by one: what is declared or implied, then what the product
 * provides. *at is 0 at first; false: no more. An unknown type is JSON. */
bool names_next(const struct names *names, node_id node, size_t *at, struct str *full_name,
                struct expr_type *type);
/* Whether the name means a variable that the product provides. */
bool names_is_built_in(const struct names *names, node_id node, struct str full_name);
/* Whether a variable is known there, and its type; also whether that is not known. */
bool names_find(struct names *names, node_id node, struct str full_name, struct expr_type *type);

/* One expression at one place; builds the index for it. False and one diagnostic (line and column
 * in the text) when it is wrong. */
bool names_check_expression(const struct flow *flow, node_id node, struct str text,
                            struct expr_type wanted, struct diags *diags);

#endif
