/* JSON values at the border, through cJSON: text typed or handed in as data (invocation data, stubs),
 * traces and reports. cJSON is called behind a strict guard (the document reader) and no cJSON node
 * outlives the call that made it. */
#ifndef POSTFLOW_DOC_BORDER_H
#define POSTFLOW_DOC_BORDER_H

#include "engine/doc/doc.h"

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

/* Called in document order; `open`/`close` around lists and objects. `key` is STR_NONE outside
 * objects. Numbers come as their source token: no digit is lost. Returning false stops. */
struct json_sink {
    void *context;
    bool (*scalar)(void *context, struct str key, enum json_kind kind, struct str text);
    bool (*open)(void *context, struct str key, enum json_kind kind);
    bool (*close)(void *context);
};
/* Strict; limits apply; the error's line and column count in `text`. */
bool json_parse(struct env *env, const struct limits *limits, struct str text,
                const struct json_sink *sink, struct diags *diags);
/* Re-prints JSON text for people: indented by cJSON_Print's layout, numbers as they stand.
 * `text` must be valid (json_parse took it). */
bool json_pretty(struct env *env, struct str text, struct buf *out);

#endif
