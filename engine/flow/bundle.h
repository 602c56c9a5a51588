/* A flow with everything that it reaches, as one document, and back:
 *
 *   {
 *     "postflowBundle": 1,
 *     "flows": [ { "inboundCall": { ... } }, ... ],
 *     "settings": { ... }
 *   }
 *
 * The flows are those that its actions name literally, the in-queue flows of the queues that it
 * names, the default one, and what these reach: the flow itself first, the others by type and name.
 * Settings are the parts of postflow.json that one of the flows may need: of what is known by name
 * (queues, schedules ...) whatever is named in one of them, all else whole. */
#ifndef POSTFLOW_FLOW_BUNDLE_H
#define POSTFLOW_FLOW_BUNDLE_H

#include "engine/flow/workspace.h"

/* Appends the bundle in canonical text. Flows that are not in the workspace are warnings. False and
 * diagnostics when it would be too deep to be read. */
bool bundle_write(struct workspace *ws, struct flow *flow, struct buf *out, struct diags *diags);

bool bundle_is(const struct doc *doc);
/* The files of a bundle: names without a folder, each once, and their canonical text; the last is
 * postflow.json where there are settings. Returning false stops. */
typedef bool (*bundle_file)(void *context, const char *name, struct str text);
/* False after diagnostics (nothing was given out when the bundle is none) or when it was stopped.
 */
bool bundle_read(const struct doc *doc, bundle_file take, void *context, struct diags *diags);

#endif
