/* What a user types into a field, as the JSON that is written, and back. */
#ifndef POSTFLOW_FLOW_FIELD_TEXT_H
#define POSTFLOW_FLOW_FIELD_TEXT_H

#include "engine/flow/flow.h"

/* The JSON of a field's value from its text (edit_flow.h); `removed`: the member goes. `bare`: a
 * literal is written without `lit`. False and a diagnostic when the text does not fit. */
bool field_to_json(const struct flow *flow, const struct field *field, struct str text, bool bare,
                   struct buf *out, bool *removed, struct diags *diags);
/* "90s", "1m30s", "500ms", "2h" or ISO 8601; false: it is none. */
bool duration_read(struct str text, int64_t *ms);
/* {"minutes":1,"seconds":30} */
void duration_json(int64_t ms, struct buf *out);

#endif
