/* Inside the import: fields that are in the export in a shape of their own. */
#ifndef POSTFLOW_FLOW_IMPORT_SHAPES_H
#define POSTFLOW_FLOW_IMPORT_SHAPES_H

#include "engine/flow/import_parts.h"

/* Writes the member `key` of an action, or nothing. */
typedef void (*import_shape)(struct import *im, struct str key, const struct import_spot *spot);
/* NULL: the field is read from one member, as its kind says. */
import_shape import_shape_find(const char *kind, const char *field);
/* Marks a path of an action and gives the id of its first action; empty: none. (import_actions.c)
 */
struct str import_path_begin(struct import *im, node_id path);

#endif
