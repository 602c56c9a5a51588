/* What a user does to a flow, as steps of a change. All of these fail with a diagnostic and leave
 * the change to be undone by its owner. Texts of fields use the syntax of `:set`: empty is none
 * (noValue where the field is a value), `=EXPR` an expression, JSON for JSON-typed fields, anything
 * else a literal of the field's type. A text that would be taken for something else (one that
 * begins with =, an empty one) is written as a JSON text in double quotes. */
#ifndef POSTFLOW_FLOW_EDIT_FLOW_H
#define POSTFLOW_FLOW_EDIT_FLOW_H

#include "engine/flow/change.h"

/* Where an action may be put. */
struct slot {
    struct spot owner; /* container or output */
    node_id after;     /* an action in it; 0: at the start */
};
/* Behind the row at `cursor`: behind an action, first in a container or an output. */
bool slot_at(const struct flow *flow, struct spot cursor, struct slot *out);

/* Whether an action is allowed there; false and the diagnostic that says where it is allowed. */
bool flow_allows(const struct flow *flow, const struct action_info *info, struct spot owner,
                 struct diags *diags);
/* A new action with the catalogue's initial fields and its default name ("Set Post-Flow 2"). */
node_id flow_add_action(struct change *change, struct flow *flow, struct slot slot,
                        const struct action_info *info, struct diags *diags);
/* A pasted or handed in action or choice: `json` is {"kind": {...}} or a list of such. It is kept
 * even where it is not allowed (check flags it). References ids that exist already are renewed.
 * Returns the first. */
node_id flow_add_json(struct change *change, struct flow *flow, struct slot slot, struct str json,
                      struct diags *diags);
/* A choice in a menu: next free key; an action that cannot be a choice is put into a menuTask. */
node_id flow_add_choice(struct change *change, struct flow *flow, node_id menu, node_id after,
                        const struct action_info *info, struct diags *diags);
/* A task, menu or state with a fresh refId, valid at once. */
node_id flow_add_container(struct change *change, struct flow *flow, enum role role,
                           struct str name, struct diags *diags);
bool flow_delete(struct change *change, struct flow *flow, node_id node, struct diags *diags);
bool flow_move(struct change *change, struct flow *flow, node_id action, struct slot to,
               struct diags *diags);
bool flow_rename(struct change *change, struct flow *flow, node_id node, struct str name,
                 struct diags *diags);
/* Sets a field from the text a user types. Creates what lies between; removing the last part of an
 * optional object removes the object. Switching Set Post-Flow's Action Type empties a flow of the
 * other type in the same change. */
bool flow_set(struct change *change, struct flow *flow, node_id owner, const struct field *field,
              struct str text, struct diags *diags);
/* The text that flow_set would take to write what is there now. */
void flow_get(const struct flow *flow, node_id owner, const struct field *field, struct buf *out);
/* One line for the tree and the fields pane: `caller`, `CSAT`, `=Flow.x`, `(none)`. */
void flow_show(const struct flow *flow, node_id owner, const struct field *field, struct buf *out);
/* The dimmed summary of an action in the tree: "caller -> CSAT (survey)". */
void flow_summary(const struct flow *flow, node_id action, struct buf *out);
/* Rows of a FIELD_ROWS, FIELD_INPUTS or FIELD_RESULTS field, and a switch's cases. */
unsigned flow_row_count(const struct flow *flow, node_id owner, const struct field *field);
node_id flow_row(const struct flow *flow, node_id owner, const struct field *field, unsigned row);
/* All of them in turn, in one pass: begin with a zero one. `row` is 0 where it has a wrong
 * shape. */
struct flow_rows {
    node_id item, row;
};
bool flow_row_next(const struct flow *flow, node_id owner, const struct field *field,
                   struct flow_rows *at);
bool flow_row_add(struct change *change, struct flow *flow, node_id owner,
                  const struct field *field, unsigned at, struct diags *diags);
bool flow_row_delete(struct change *change, struct flow *flow, node_id owner,
                     const struct field *field, unsigned row, struct diags *diags);
bool flow_row_move(struct change *change, struct flow *flow, node_id owner,
                   const struct field *field, unsigned from, unsigned to, struct diags *diags);
/* Another name for a value of a FIELD_INPUTS or FIELD_RESULTS field. */
bool flow_row_rename(struct change *change, struct flow *flow, node_id owner,
                     const struct field *field, unsigned row, struct str name,
                     struct diags *diags);
/* The field for flow_set and flow_get of a row that has no fields of its own (inputs, results,
 * lists of values); its owner is what flow_row gives. */
struct field flow_row_field(const struct field *list);
bool flow_case_add(struct change *change, struct flow *flow, node_id action, struct diags *diags);
bool flow_case_delete(struct change *change, struct flow *flow, struct spot output,
                      struct diags *diags);
/* An output with a name of its own: a path of a called task, an intent, a case of Loop Until. */
bool flow_output_add(struct change *change, struct flow *flow, node_id action, struct str name,
                     struct diags *diags);
bool flow_output_delete(struct change *change, struct flow *flow, struct spot output,
                        struct diags *diags);
/* Declares a variable ("Flow.consent", "boolean" or "stringCollection"); Task. and State. ones in
 * the container around `near`. Returns it. */
node_id flow_add_variable(struct change *change, struct flow *flow, node_id near,
                          struct str full_name, struct str type, struct diags *diags);

#endif
