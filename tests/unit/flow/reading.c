#include "tests/unit/flow/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/expr/value.h"

void reading_begin(struct reading *r)
{
    *r = (struct reading){ .limits = LIMITS_DEFAULT };
    env_init(&r->env);
    catalogue_atoms_init(&r->atoms, &r->env);
    diags_init(&r->diags, &r->env);
}

void reading_end(struct reading *r)
{
    while (r->count > 0)
        doc_free(r->docs[--r->count]);
    diags_release(&r->diags);
    atoms_release(&r->atoms);
}

struct doc *reading_try(struct reading *r, const char *text)
{
    struct buf quoted;
    buf_init(&quoted, &r->env);
    for (const char *at = text; *at; at++)
        buf_add_char(&quoted, *at == '\'' ? '"' : *at);
    struct doc *doc =
        doc_read(&r->env, &r->atoms, &r->limits, "test", buf_str(&quoted), &r->diags);
    buf_release(&quoted);
    if (doc) {
        assert_true(r->count < sizeof r->docs / sizeof *r->docs);
        r->docs[r->count++] = doc;
    }
    return doc;
}

struct doc *reading_doc(struct reading *r, const char *text)
{
    struct doc *doc = reading_try(r, text);
    if (!doc)
        fail_msg("%s in %s", reading_told(r), text);
    return doc;
}

void reading_flow(struct reading *r, const char *text, struct flow *flow)
{
    if (!flow_index(flow, reading_doc(r, text), &r->diags))
        fail_msg("%s in %s", reading_told(r), text);
}

const char *reading_told(struct reading *r)
{
    static char told[2000];
    size_t at = 0;
    told[0] = 0;
    for (size_t i = 0; i < r->diags.count && at + 32 < sizeof told; i++) {
        const struct diag *diag = &r->diags.items[i];
        at += (size_t) snprintf(told + at, sizeof told - at, "%s %u; ",
                                diag_info(diag->code)->code, diag->place.line);
    }
    return told;
}

int64_t reading_second(const char *text)
{
    int64_t seconds;
    if (!datetime_parse(str_of(text), &seconds))
        fail_msg("%s is no date and time", text);
    return seconds;
}

void settings_begin(struct settings_reading *t, const char *text)
{
    reading_begin(&t->r);
    settings_init(&t->settings, &t->r.env);
    if (text)
        settings_read(&t->settings, reading_doc(&t->r, text), 1, &t->r.diags);
}

void settings_end(struct settings_reading *t)
{
    settings_release(&t->settings);
    reading_end(&t->r);
}
