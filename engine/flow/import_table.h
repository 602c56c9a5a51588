/* The tables of the import: what exports call differently from Archy. */
#ifndef POSTFLOW_FLOW_IMPORT_TABLE_H
#define POSTFLOW_FLOW_IMPORT_TABLE_H

#include <stddef.h>

/* "DataAction" is callData. Ends with NULL, as all tables here. */
struct import_kind_name {
    const char *type, *key;
};
extern const struct import_kind_name import_kind_names[];

/* A field of a kind of action (NULL: of any) and the member of the export that it is read from. */
struct import_member_name {
    const char *kind, *field, *member;
};
extern const struct import_member_name import_member_names[];

/* Members whose loss is no loss for a flow. */
extern const char *const import_editor_members[];

/* The flow's settings: group, part (NULL: none) and name in the tree; where they are in the export.
 * The rows of one group stand together, those of one part too. */
struct import_setting {
    const char *group, *part, *name;
    const char *from, *from_part, *from_name;
};
extern const struct import_setting import_settings_table[];

#endif
