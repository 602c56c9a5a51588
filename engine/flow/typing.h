/* What scalars without quotes are, by the field that they stand in: a name that is 2024 is a text,
 * a number of seconds a number, whatever YAML would take them for (design.md section 2). */
#ifndef POSTFLOW_FLOW_TYPING_H
#define POSTFLOW_FLOW_TYPING_H

#include "engine/flow/flow.h"

/* For doc.plain_kind; the document is tagged. Under keys nobody knows and in JSON literals the core
 * schema holds. */
enum node_kind typing_kind(const struct doc *doc, node_id plain);

#endif
