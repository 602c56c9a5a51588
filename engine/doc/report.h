/* Machine output: objects and lists of texts, numbers, booleans, null and ready JSON, built by
 * calls in order and printed as one line or formatted. Texts are safe for terminals: what must not
 * reach one (DEL, C1, format controls) is written as \u escapes, and so are invalid bytes (U+FFFD).
 *
 *     report_open_list(r, "results");
 *     report_open_object(r, NULL);
 *     report_text(r, "name", name);
 *     report_close(r);
 *     report_close(r);
 *     report_print(r, false, out);
 *
 * `key` names a member of the object that is open and is ASCII; in a list it is NULL. Keys that
 * come from a document, too, belong into texts or ready JSON. */
#ifndef POSTFLOW_DOC_REPORT_H
#define POSTFLOW_DOC_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include "engine/base/str.h"

struct report;
/* A new report is an object that is open. */
struct report *report_new(struct env *env);
void report_free(struct report *report); /* NULL is fine */
void report_text(struct report *report, const char *key, struct str text);
void report_number(struct report *report, const char *key,
                   struct str token); /* as JSON writes it */
void report_int(struct report *report, const char *key, int64_t number);
void report_bool(struct report *report, const char *key, bool value);
void report_null(struct report *report, const char *key);
/* Valid JSON text (from doc_write_compact, say), printed as it stands. */
void report_json(struct report *report, const char *key, struct str json);
void report_open_object(struct report *report, const char *key);
void report_open_list(struct report *report, const char *key);
void report_close(struct report *report);
/* Appends the report and a line end, on one line or formatted, and empties it: an object that is
 * open. Everything that was opened must be closed. */
void report_print(struct report *report, bool formatted, struct buf *out);

#endif
