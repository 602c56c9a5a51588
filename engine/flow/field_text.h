/* What a user types into a field, as the JSON that is written, and back. */
#ifndef POSTFLOW_FLOW_FIELD_TEXT_H
#define POSTFLOW_FLOW_FIELD_TEXT_H

#include "engine/flow/flow.h"

/* How a value that is there is spelled; a new literal keeps it. */
enum spelling {
    SPELL_LIT,  /* {"lit": ...}; what a new value gets */
    SPELL_BARE, /* the scalar alone */
    SPELL_NAME, /* {"name": ...} without lit */
};
enum spelling spelling_of(const struct flow *flow, node_id value);

/* The JSON of a field's value from its text (edit_flow.h); `removed`: the member goes. `owner` is
 * what the field is a part of. False and a diagnostic when the text does not fit. */
bool field_to_json(const struct flow *flow, node_id owner, const struct field *field,
                   struct str text, enum spelling spelling, struct buf *out, bool *removed,
                   struct diags *diags);
/* Whether a literal text would mean something else if it were typed as it is, so that it is shown
 * as a JSON text in double quotes. */
bool needs_quotes(const struct field *field, enum value_type type, enum node_kind kind,
                  struct str text);
/* The task, menu or state, or the choice of the menu `owner`, that a text names by its name or
 * refId; 0: none, or the text is a reference itself. */
node_id ref_named(const struct flow *flow, node_id owner, const struct field *field,
                  struct str text);
bool choices_have(const char *choices, struct str word);
/* "Flow.consent": a scope, a dot, a letter, then letters, digits and underscores. */
bool is_variable_name(struct str text);
/* "90s", "1m30s", "500ms", "2h" or ISO 8601; false: it is none. */
bool duration_read(struct str text, int64_t *ms);
/* {"minutes":1,"seconds":30} */
void duration_json(int64_t ms, struct buf *out);

#endif
