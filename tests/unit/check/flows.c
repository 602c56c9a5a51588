#include "tests/unit/check/flows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

struct workspace *flows_workspace(struct env *env, const struct limits *limits)
{
    char folder[256];
    const char *tmp = getenv("TMPDIR");
    struct diags diags;
    diags_init(&diags, env);
    snprintf(folder, sizeof folder, "%s/flows-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(folder));
    struct workspace *ws = workspace_open(env, limits, folder, &diags);
    assert_non_null(ws);
    assert_int_equal(rmdir(folder), 0);
    diags_release(&diags);
    return ws;
}

struct flow *flows_add(struct workspace *ws, enum flow_type type, const char *name,
                       const char *actions)
{
    struct diags diags;
    struct buf text;
    const char *key = flow_type_info(type)->key;
    diags_init(&diags, ws->env);
    buf_init(&text, ws->env);
    struct workspace_file *file = workspace_new_flow(ws, type, str_of(name), &diags);
    assert_non_null(file);
    if (type == FLOW_INBOUND_CALL)
        buf_addf(&text,
                 "{'%s':{'name':'%s','startUpRef':'/%s/tasks/task[T_1]','tasks':[{'task':{"
                 "'name':'T','refId':'T_1','actions':[%s]}}]}}",
                 key, name, key, actions);
    else
        buf_addf(&text, "{'%s':{'name':'%s','startUpTaskActions':[%s]}}", key, name, actions);
    for (size_t i = 0; i < text.len; i++)
        text.ptr[i] = text.ptr[i] == '\'' ? '"' : text.ptr[i];
    struct doc *doc = doc_read(ws->env, &ws->atoms, &ws->limits, file->path, buf_str(&text),
                               &diags);
    assert_non_null(doc);
    doc_free(file->flow.doc);
    assert_true(flow_index(&file->flow, doc, &diags));
    assert_int_equal(diags.errors, 0);
    buf_release(&text);
    diags_release(&diags);
    return &file->flow;
}
