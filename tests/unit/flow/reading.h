/* What the tests of flows share: documents and flows read from literals, with the catalogue's
 * atoms. Literals are written with ' for ". */
#ifndef POSTFLOW_TESTS_UNIT_FLOW_READING_H
#define POSTFLOW_TESTS_UNIT_FLOW_READING_H

#include "engine/base/env.h"
#include "engine/flow/flow.h"
#include "engine/flow/settings.h"

struct reading {
    struct env env;
    struct atoms atoms;
    struct limits limits;
    struct diags diags;
    struct doc *docs[64]; /* freed at the end */
    size_t count;
};

void reading_begin(struct reading *r);
void reading_end(struct reading *r);
/* NULL when it is refused; what is wrong is in r->diags then. */
struct doc *reading_try(struct reading *r, const char *text);
struct doc *reading_doc(struct reading *r, const char *text);
void reading_flow(struct reading *r, const char *text, struct flow *flow);
/* What is in r->diags: "W450 3; E452 4; " (code and line), as text that lives until the next call.
 */
const char *reading_told(struct reading *r);
/* Seconds since 1970 of a date and time. */
int64_t reading_second(const char *text);

/* Settings read from a literal (NULL: none); what was said about them is in r.diags. */
struct settings_reading {
    struct reading r;
    struct settings settings;
};
void settings_begin(struct settings_reading *t, const char *text);
void settings_end(struct settings_reading *t);

#endif
