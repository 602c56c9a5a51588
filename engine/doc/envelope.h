/* The envelope of Architect's exports (.i3InboundFlow, .i3InQueueFlow ...): a flow's configuration
 * as JSON, percent-encoded as encodeURIComponent does it, then base64 (archy.md section 1). Only
 * reading: nothing is known about what Architect accepts back. */
#ifndef POSTFLOW_DOC_ENVELOPE_H
#define POSTFLOW_DOC_ENVELOPE_H

#include "engine/base/diag.h"
#include "engine/base/limits.h"

/* Whether the text begins like an export and not like JSON or YAML: base64 of "%7B" or of "{". */
bool envelope_is(struct str text);
/* Appends what is inside. Spaces and line ends are passed over wherever they stand, padding may be
 * missing. What is inside is never longer than `text`, so limits.file_size holds for it once it
 * holds for the text, and that is checked. False after one diagnostic, whose line and column count
 * in the text. What is inside need not be JSON: who reads it says so. */
bool envelope_open(const struct limits *limits, const char *name, struct str text, struct buf *out,
                   struct diags *diags);

#endif
