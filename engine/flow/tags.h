/* How a node's tag says what it is: role in the low four bits, action index + 1 above. */
#ifndef POSTFLOW_FLOW_TAGS_H
#define POSTFLOW_FLOW_TAGS_H

#include "engine/flow/flow.h"

enum { TAG_ROLE_BITS = 4, TAG_ROLE_MASK = 15 };

static inline uint16_t tag_make(enum role role, const struct action_info *info)
{
    size_t index = info ? catalogue_index(info) + 1 : 0;
    return (uint16_t) (role | index << TAG_ROLE_BITS);
}

/* The member of an item {"key": {...}}: its body; 0 when the item has another shape. */
node_id item_body(const struct doc *doc, node_id item);
/* The object that holds the cases and the default of a switch: evaluate/firstTrue or
 * evaluate/firstMatch/TYPE; 0: none. */
node_id switch_body(const struct doc *doc, node_id action);

#endif
