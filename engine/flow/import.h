/* What Architect exports becomes a flow: the configuration of a flow (archy.md section 10) holds
 * its actions flat, linked by ids; the tree of our documents is made from it. Reading only. */
#ifndef POSTFLOW_FLOW_IMPORT_H
#define POSTFLOW_FLOW_IMPORT_H

#include "engine/flow/flow.h"

/* Whether a document is the configuration of a flow and no flow itself. */
bool import_is_configuration(const struct doc *doc);

/* Appends the canonical text of the flow that the configuration describes. False after diagnostics
 * when no tree can be made. What has no place in the tree is told in diagnostics grouped by what it
 * is, each with its path in the export and how often it is there; so is what the graph of actions
 * has that a tree has not:
 *   - a path that goes on where its owner does ends: that is where it goes on anyway;
 *   - an action that several paths lead to stands in the tree once for each, as long as the copies
 *     do not make the text many times longer than the export;
 *   - a path that leads back ends in a jump to the task, where it leads to the task's beginning;
 *     elsewhere it ends;
 *   - a path that leads nowhere ends.
 * The tags of `doc` are used up. Places in diagnostics count in its source. */
bool import_flow(struct doc *doc, struct buf *out, struct diags *diags);

/* Reads a file's text, taking over its memory: a flow in JSON, an export in its envelope, or the
 * configuration as JSON; of the last two the flow is read back from the text made of it, so that
 * places in it count as `postflow import` prints it. *imported (NULL: nobody asks) says which it
 * was. */
struct doc *import_read(struct env *env, struct atoms *atoms, const struct limits *limits,
                        const char *name, struct buf *text, bool *imported, struct diags *diags);

#endif
