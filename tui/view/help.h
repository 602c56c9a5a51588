/* The help page that is made from the tables of bindings and commands. */
#ifndef POSTFLOW_VIEW_HELP_H
#define POSTFLOW_VIEW_HELP_H

#include "engine/base/str.h"

/* Every key by mode, then every command. */
void help_keys(struct buf *out);

#endif
