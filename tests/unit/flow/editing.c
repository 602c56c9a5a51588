#include "tests/unit/flow/editing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/file.h"
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "engine/flow/path.h"

struct state *begin_text(const char *text)
{
    static struct state s;
    reading_begin(&s.r);
    buf_init(&s.source, &s.r.env);
    buf_init(&s.out, &s.r.env);
    reading_flow(&s.r, text, &s.flow);
    diags_clear(&s.r.diags);
    doc_write(s.flow.doc, &s.source);
    s.change = NULL;
    return &s;
}

struct state *begin_file(void)
{
    struct env env;
    struct buf text;
    struct diags diags;
    env_init(&env);
    buf_init(&text, &env);
    diags_init(&diags, &env);
    assert_true(file_read(&env, "tests/data/flow/everything.flow.json", 1 << 20, &text, NULL,
                          &diags));
    struct state *s = begin_text(text.ptr);
    buf_release(&text);
    diags_release(&diags);
    return s;
}

static void commit(struct state *s)
{
    if (s->change)
        change_free(s->change);
    s->change = NULL;
}

struct change *begin(struct state *s)
{
    commit(s);
    s->change = change_begin(&s->r.env, STR("test"));
    return s->change;
}

void turn(struct state *s, const char *before)
{
    struct buf after;
    buf_init(&after, &s->r.env);
    doc_write(s->flow.doc, &after);
    change_undo(s->change);
    buf_clear(&s->out);
    doc_write(s->flow.doc, &s->out);
    assert_string_equal(before, s->out.ptr);
    change_redo(s->change);
    buf_clear(&s->out);
    doc_write(s->flow.doc, &s->out);
    assert_string_equal(after.ptr, s->out.ptr);
    buf_release(&after);
}

void end(struct state *s)
{
    commit(s);
    buf_release(&s->source);
    buf_release(&s->out);
    reading_end(&s->r);
}

struct spot at(struct state *s, const char *path)
{
    struct spot spot;
    if (!path_find(&s->flow, str_of(path), &spot, &s->r.diags))
        fail_msg("no %s", path);
    return spot;
}

const char *json(struct state *s, node_id node)
{
    buf_clear(&s->out);
    if (node)
        doc_write_compact(s->flow.doc, node, &s->out);
    for (size_t i = 0; i < s->out.len; i++) {
        if (s->out.ptr[i] == '"')
            s->out.ptr[i] = '\'';
    }
    return s->out.len ? s->out.ptr : "-";
}

void code_is(struct state *s, const char *code)
{
    assert_int_equal(s->r.diags.count, 1);
    assert_string_equal(code, diag_info(s->r.diags.items[0].code)->code);
    diags_clear(&s->r.diags);
}

const struct field *field_of(struct state *s, struct spot spot, const char *name,
                                    node_id *owner)
{
    const struct field *fields = spot_fields(&s->flow, spot, owner);
    for (const struct field *field = fields; field->path; field++) {
        if (!strcmp(field->path, name))
            return field;
    }
    fail_msg("no field %s", name);
    return NULL;
}

bool set(struct state *s, const char *path, const char *name, const char *text)
{
    node_id owner;
    struct spot spot = at(s, path);
    const struct field *field = field_of(s, spot, name, &owner);
    return flow_set(begin(s), &s->flow, owner, field, str_of(text), &s->r.diags);
}

const char *get(struct state *s, const char *path, const char *name)
{
    node_id owner;
    const struct field *field = field_of(s, at(s, path), name, &owner);
    buf_clear(&s->out);
    flow_get(&s->flow, owner, field, &s->out);
    return s->out.len ? s->out.ptr : "";
}

const char *written(struct state *s, const char *path, const char *name)
{
    node_id owner;
    const struct field *field = field_of(s, at(s, path), name, &owner);
    return json(s, flow_field_node(&s->flow, owner, field->path));
}

const char *summary(struct state *s, const char *path)
{
    buf_clear(&s->out);
    flow_summary(&s->flow, at(s, path).node, &s->out);
    return s->out.len ? s->out.ptr : "";
}
