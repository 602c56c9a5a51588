#include "tests/unit/flow/importing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "engine/flow/import.h"

/* Takes out what every export has told of it. */
static void forget_editor(struct diags *diags)
{
    size_t kept = 0;
    for (size_t i = 0; i < diags->count; i++) {
        if (diags->items[i].code != DIAG_IMPORT_EDITOR)
            diags->items[kept++] = diags->items[i];
    }
    diags->count = kept;
}

const char *import_line(struct reading *r, const char *configuration)
{
    static char line[16000];
    struct flow flow;
    struct buf text, compact;
    diags_clear(&r->diags);
    struct doc *doc = reading_doc(r, configuration);
    buf_init(&text, &r->env);
    buf_init(&compact, &r->env);
    if (!import_flow(doc, &text, &r->diags))
        fail_msg("%s in %s", reading_told(r), configuration);
    forget_editor(&r->diags);
    struct diags shapes;
    diags_init(&shapes, &r->env);
    struct doc *made = doc_read(&r->env, &r->atoms, &r->limits, "made", buf_str(&text), &shapes);
    assert_non_null(made);
    if (!flow_index(&flow, made, &shapes) || shapes.count > 0)
        fail_msg("%s: %s", diag_info(shapes.items[0].code)->code, text.ptr);
    doc_write_compact(made, 1, &compact);
    assert_true(compact.len < sizeof line);
    for (size_t i = 0; i <= compact.len; i++)
        line[i] = compact.ptr[i] == '"' ? '\'' : compact.ptr[i];
    doc_free(made);
    diags_release(&shapes);
    buf_release(&text);
    buf_release(&compact);
    doc_free(r->docs[--r->count]);
    return line;
}

const char *import_actions(struct reading *r, const char *actions)
{
    static char whole[32000];
    int length = snprintf(whole, sizeof whole,
                          "{'name':'F','type':'inboundcall','initialSequence':'t',"
                          "'flowSequenceItemList':[{'__type':'Task','id':'t','name':'T',"
                          "'trackingId':10,'startAction':'a','actionList':[%s]}]}",
                          actions);
    assert_true(length > 0 && (size_t) length < sizeof whole);
    return import_line(r, whole);
}

void import_expect(const char *line, const char *part)
{
    if (!strstr(line, part))
        fail_msg("no %s\nin %s", part, line);
}
