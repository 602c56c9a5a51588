/* The read-only variables that the product provides (domain.md section 5.3): one table for the
 * checker, completion and the simulated call. */
#ifndef POSTFLOW_FLOW_BUILTINS_H
#define POSTFLOW_FLOW_BUILTINS_H

#include "engine/flow/catalogue.h"

struct builtin {
    const char *name; /* "Call.Ani" */
    enum value_type type;
    unsigned flow_types; /* IN(INBOUND_CALL) | ... where it exists */
    const char *help;
};
const struct builtin *builtins(size_t *count);
/* By full name, in any letter case; NULL: none. */
const struct builtin *builtin_find(struct str full_name);

#endif
