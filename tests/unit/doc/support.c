#include "tests/unit/doc/support.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"

struct block {
    _Alignas(16) struct block *next;
    struct block **link; /* what points here */
};

static void drop(struct block *block)
{
    *block->link = block->next;
    if (block->next)
        block->next->link = block->link;
}

static void keep(struct world *w, struct block *block)
{
    block->next = w->blocks;
    block->link = &w->blocks;
    if (block->next)
        block->next->link = &block->next;
    w->blocks = block;
}

static void *resize(struct env *env, void *memory, size_t size)
{
    struct world *w = env->context;
    struct block *block = memory ? (struct block *) memory - 1 : NULL;
    if (!size) {
        if (block)
            drop(block);
        free(block);
        return NULL;
    }
    w->requests++;
    if (w->fail_at && (w->requests == w->fail_at || (w->fail_onwards && w->requests > w->fail_at)))
        return NULL;
    if (block)
        drop(block);
    block = realloc(block, sizeof(*block) + size);
    assert_non_null(block);
    keep(w, block);
    return block + 1;
}

static void out_of_memory(struct env *env, size_t size)
{
    struct world *w = env->context;
    (void) size;
    longjmp(w->out_of_memory, 1);
}

void world_begin(struct world *w)
{
    *w = (struct world){ .limits = LIMITS_DEFAULT, .name = "test.json" };
    env_init(&w->env);
    w->env.resize = resize;
    w->env.out_of_memory = out_of_memory;
    w->env.context = w;
    if (setjmp(w->out_of_memory))
        fail_msg("out of memory while a test began");
    atoms_init(&w->atoms, &w->env, NULL, 0);
    diags_init(&w->diags, &w->env);
}

void world_end(struct world *w)
{
    atoms_release(&w->atoms);
    diags_release(&w->diags);
    assert_null(w->blocks);
}

void world_abandon(struct world *w)
{
    while (w->blocks) {
        struct block *block = w->blocks;
        drop(block);
        free(block);
    }
}

struct doc *world_read(struct world *w, struct str text)
{
    return doc_read(&w->env, &w->atoms, &w->limits, w->name, text, &w->diags);
}

struct doc *world_must_read(struct world *w, const char *text)
{
    struct doc *doc = world_read(w, str_of(text));
    if (!doc)
        fail_msg("refused (%s): %s", diag_info(w->diags.items[0].code)->code, text);
    world_check_links(doc);
    return doc;
}

static const char *last_text(struct buf *made)
{
    static char text[1 << 20];
    assert_true(made->len < sizeof(text));
    memcpy(text, made->ptr, made->len + 1);
    buf_release(made);
    return text;
}

const char *world_written(struct world *w, const struct doc *doc)
{
    struct buf out;
    buf_init(&out, &w->env);
    doc_write(doc, &out);
    return last_text(&out);
}

const char *world_canonical(struct world *w, const struct doc *doc, node_id id)
{
    struct buf out;
    buf_init(&out, &w->env);
    doc_write_canonical(doc, id, &out);
    return last_text(&out);
}

void world_expect_text(const char *expected, const struct buf *got)
{
    assert_string_equal(expected, got->ptr);
    assert_int_equal(strlen(expected), got->len);
}

node_id world_find(const struct doc *doc, const char *path)
{
    node_id id = 1;
    while (*path && id) {
        size_t len = strcspn(path, "/");
        struct str part = { path, len };
        int64_t index;
        if (doc_kind(doc, id) == NODE_LIST && str_to_int(part, &index))
            id = doc_item(doc, id, (size_t) index);
        else
            id = doc_member_named(doc, id, part);
        path += len + (path[len] == '/');
    }
    assert_int_not_equal(id, 0);
    return id;
}

uint32_t world_check_links(const struct doc *doc)
{
    uint32_t count = 0;
    node_id id = 1;
    for (;;) {
        count++;
        node_id before = 0;
        for (node_id child = doc_first(doc, id); child; child = doc_next(doc, child)) {
            assert_int_equal(doc_parent(doc, child), id);
            assert_int_equal(doc_prev(doc, child), before);
            before = child;
        }
        assert_int_equal(doc_last(doc, id), before);
        if (doc_first(doc, id)) {
            id = doc_first(doc, id);
            continue;
        }
        while (id != 1 && !doc_next(doc, id))
            id = doc_parent(doc, id);
        if (id == 1)
            break;
        id = doc_next(doc, id);
    }
    assert_int_equal(count, doc->attached);
    return count;
}

uint32_t random_below(struct random *r, uint32_t below)
{
    r->state ^= r->state << 13;
    r->state ^= r->state >> 7;
    r->state ^= r->state << 17;
    return (uint32_t) (r->state >> 32) % below;
}
