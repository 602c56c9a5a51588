/* What the files of editing share; nobody else includes it. */
#ifndef POSTFLOW_FLOW_EDIT_PARTS_H
#define POSTFLOW_FLOW_EDIT_PARTS_H

#include "engine/flow/edit_flow.h"

/* Puts a JSON value at a path below the owner, making what lies between; what is there and is no
 * object gives way. */
bool put_field(struct change *change, struct flow *flow, node_id owner, struct str path,
               struct str json, struct diags *diags);
/* Another key for a member; what is under it stays as it is. */
bool change_key(struct change *change, struct flow *flow, node_id member, struct str key,
                struct diags *diags);
/* The list of actions of a container or an output, made where it is not written; 0: a diagnostic
 * says why not. */
node_id make_list(struct change *change, struct flow *flow, struct spot owner,
                  struct diags *diags);
/* The choices of a menu or of a menuSubMenu, the same. */
node_id make_choices(struct change *change, struct flow *flow, node_id menu, struct diags *diags);
/* Puts an item of JSON text ({"kind": {...}}) into a list behind a body in it (0: first); its
 * body. */
node_id insert_item(struct change *change, struct flow *flow, node_id list, node_id after,
                    struct str json, struct diags *diags);
/* The members of a new action or choice: its name, then what the catalogue gives it. */
void add_initials(const struct flow *flow, const struct action_info *info, struct buf *out);
/* NAME_N, with an N that no refId of the flow ends with. */
void fresh_ref(const struct flow *flow, struct str name, struct buf *out);
/* The next free key of a menu ("digit_1"); empty: none is left. */
struct str free_key(const struct flow *flow, node_id menu);
/* Whether something may have this name: some text, no longer than names may be. */
bool flow_name_fits(const struct flow *flow, struct str name, struct diags *diags);
/* Whether actions put at this spot are choices of a menu. */
bool is_menu(const struct flow *flow, struct spot owner);

#endif
