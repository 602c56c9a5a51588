/* Commands that change the screen only. The `:` line looks here first, then in the session's. */
#ifndef POSTFLOW_VIEW_VIEW_COMMANDS_H
#define POSTFLOW_VIEW_VIEW_COMMANDS_H

#include "engine/base/str.h"

struct designer;
struct view_command {
    const char *name;
    const char *arguments;
    const char *note;
    bool (*run)(struct designer *designer, struct str arguments);
};
const struct view_command *view_commands(size_t *count);
/* By its whole name; NULL: none. */
const struct view_command *view_command_find(struct str name);

#endif
