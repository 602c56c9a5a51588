/* Every limit on untrusted input (design.md section 6). Each has a diagnostic and a test. */
#ifndef POSTFLOW_BASE_LIMITS_H
#define POSTFLOW_BASE_LIMITS_H

#include <stdint.h>

struct limits {
    uint64_t file_size;   /* bytes of one document */
    uint32_t depth;       /* nesting of one document */
    uint32_t values;      /* nodes of one document */
    uint32_t key_length;  /* bytes of one key */
    uint32_t name_length; /* code points of the name of a flow, task, action (domain.md, 7) */
    uint64_t flow_size;   /* bytes of a flow that the product publishes (domain.md, 7) */
};

#define LIMITS_DEFAULT                                                                             \
    ((struct limits){ .file_size = 1u << 30, .depth = 256, .values = 32000000,                     \
                      .key_length = 4096, .name_length = 200, .flow_size = 6165627 })

enum {
    LIMIT_YAML_KEY = 1000,           /* bytes of a key in YAML: readers look no further */
    LIMIT_EXPRESSION_LENGTH = 32000, /* characters; domain.md section 7 */
    LIMIT_EXPRESSION_CALLS = 60,     /* nested calls; domain.md section 7 */
    LIMIT_EXPRESSION_DEPTH = 200,    /* any nesting */
    LIMIT_ACTIONS = 10000,           /* per flow invocation; domain.md section 4.1 */
    LIMIT_ACTIONS_EXTRA = 1000,      /* granted after a jump in error handling */
    LIMIT_CALL_DEPTH = 100,          /* module and task frames */
    LIMIT_POST_FLOWS = 10,           /* firings in one interaction; simulation.md section 3 */
};

#endif
