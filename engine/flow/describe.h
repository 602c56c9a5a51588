/* The catalogue in words, for the reference, the help and the manual. */
#ifndef POSTFLOW_FLOW_DESCRIBE_H
#define POSTFLOW_FLOW_DESCRIBE_H

#include "engine/flow/catalogue.h"

/* What a field takes: "literal or expression, Integer, 1 to 99, required, 1 at first". */
void field_describe(const struct field *field, struct buf *out);

#endif
