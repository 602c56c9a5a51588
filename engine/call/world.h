/* What postflow.json and a scenario's world say of the things a flow asks for. */
#ifndef POSTFLOW_CALL_WORLD_H
#define POSTFLOW_CALL_WORLD_H

#include "engine/flow/settings.h"

/* The text of SECTION/NAME/KEY ("queues", "Support", "inQueueFlow"); empty: not stated. */
struct str world_text(const struct settings *settings, const char *section, struct str name,
                      const char *key);
/* The text of a key at the top. */
struct str world_word(const struct settings *settings, const char *key);
/* The user with this extension; empty: none. */
struct str world_extension(const struct settings *settings, struct str digits);

#endif
