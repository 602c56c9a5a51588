/* Help pages, made from the tables: bindings, commands, catalogue, diagnostics. */
#ifndef POSTFLOW_VIEW_HELP_H
#define POSTFLOW_VIEW_HELP_H

#include "engine/base/str.h"

/* Every key by mode, then every command. */
void help_keys(struct buf *out);
/* An action, ACTION.FIELD, a code, a command; says so when there is none. */
void help_topic(struct str topic, struct buf *out);

#endif
