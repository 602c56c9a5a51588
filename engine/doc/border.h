/* JSON values at the border, through cJSON: text typed or handed in as data (invocation data,
 * stubs), traces and reports. cJSON is called behind a strict guard (the document reader) and no
 * cJSON node outlives the call that made it. Machine output is built with report.h. */
#ifndef POSTFLOW_DOC_BORDER_H
#define POSTFLOW_DOC_BORDER_H

#include "engine/doc/doc.h"

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

/* Called in document order; `open`/`close` around lists and objects. `key` is STR_NONE outside
 * objects. Numbers come as their source token: no digit is lost; texts are decoded. Texts live
 * until the call returns. Returning false stops. */
struct json_sink {
    void *context;
    bool (*scalar)(void *context, struct str key, enum json_kind kind, struct str text);
    bool (*open)(void *context, struct str key, enum json_kind kind);
    bool (*close)(void *context);
};
/* Strict; limits apply, and nesting ends at 1000 whatever they say; the error's line and column
 * count in `text`. False after one diagnostic, or without one when the sink stopped. */
bool json_parse(struct env *env, const struct limits *limits, struct str text,
                const struct json_sink *sink, struct diags *diags);
/* Re-prints JSON text for people: indented by cJSON_Print's layout, numbers as they stand, what
 * must not reach a terminal as escapes. False and nothing added when `text` is not valid or has a
 * key with U+0000, which cJSON cannot print. */
bool json_pretty(struct env *env, struct str text, struct buf *out);

#endif
