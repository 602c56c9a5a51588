#include "engine/doc/tokens.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/json.h"

static bool is_inside(char c)
{
    return (unsigned char) c >= ' ' && c != 0x7F && !strchr("{}\"'\\", c);
}

/* Where a token that begins at `from` ends; 0: none begins there. */
static size_t token_end(struct str text, size_t from)
{
    size_t at = from + 2;
    if (at >= text.len || text.ptr[from + 1] != '{')
        return 0;
    while (at < text.len && is_inside(text.ptr[at]))
        at++;
    bool closed = at + 1 < text.len && text.ptr[at] == '}' && text.ptr[at + 1] == '}';
    return closed && at > from + 2 ? at + 2 : 0;
}

struct token token_find(struct str text, size_t from)
{
    while (from < text.len) {
        const char *brace = memchr(text.ptr + from, '{', text.len - from);
        if (!brace)
            break;
        from = (size_t) (brace - text.ptr);
        size_t to = token_end(text, from);
        if (to)
            return (struct token){ from, to, str_trim(str_slice(text, from + 2, to - 2)) };
        from++;
    }
    return (struct token){ text.len, 0, STR_NONE };
}

/* --- values --- */

void token_values_init(struct token_values *values, struct env *env)
{
    *values = (struct token_values){ .env = env };
}

void token_values_release(struct token_values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        mem_free(values->env, values->items[i].name);
        mem_free(values->env, values->items[i].value);
    }
    mem_free(values->env, values->items);
    *values = (struct token_values){ .env = values->env };
}

static const struct token_value *find_value(const struct token_values *values, struct str name)
{
    for (size_t i = values->count; i > 0; i--) {
        const struct token_value *value = &values->items[i - 1];
        if (str_eq((struct str){ value->name, value->name_len }, name))
            return value;
    }
    return NULL;
}

static char *keep(struct env *env, struct str text)
{
    return text.len ? mem_clone(env, text.ptr, text.len) : NULL;
}

void token_values_set(struct token_values *values, struct str name, struct str value)
{
    values->items = mem_grow(values->env, values->items, &values->capacity, values->count + 1,
                             sizeof(*values->items));
    values->items[values->count++] = (struct token_value){ .name = keep(values->env, name),
                                                           .name_len = name.len,
                                                           .value = keep(values->env, value),
                                                           .value_len = value.len };
}

bool token_values_read(struct token_values *values, const struct doc *doc, struct diags *diags)
{
    node_id inner = doc_member_named(doc, 1, STR("substitutions"));
    node_id object = inner && doc_is_container(doc, inner) ? inner : 1;
    struct place place;
    if (doc_kind(doc, object) != NODE_OBJECT) {
        doc_place(doc, object, &place);
        return diag_add0(diags, DIAG_TOKEN_OPTIONS, &place);
    }
    for (node_id at = doc_first(doc, object); at; at = doc_next(doc, at)) {
        if (!doc_is_container(doc, at))
            token_values_set(values, doc_key(doc, at), doc_text(doc, at));
    }
    return true;
}

/* --- filling --- */

/* The text with what its tokens stand for; false and nothing added when none has a value. */
static bool fill(const struct token_values *values, struct str text, struct buf *out)
{
    size_t before = out->len, done = 0;
    bool any = false;
    for (struct token token = token_find(text, 0); token.to; token = token_find(text, token.to)) {
        const struct token_value *value = find_value(values, token.name);
        if (!value)
            continue;
        buf_add(out, str_slice(text, done, token.from));
        buf_add(out, (struct str){ value->value, value->value_len });
        done = token.to;
        any = true;
    }
    if (any)
        buf_add(out, str_slice(text, done, text.len));
    else
        buf_truncate(out, before);
    return any;
}

static bool fill_key(struct doc *doc, node_id id, const struct token_values *values,
                     struct buf *scratch, struct diags *diags)
{
    struct node *node = &doc->nodes[id];
    struct place place;
    buf_clear(scratch);
    if (!node->key || !fill(values, doc_key(doc, id), scratch))
        return true;
    doc_place(doc, id, &place);
    if (scratch->len > doc->limits.key_length) {
        struct decimal is, most;
        return diag_add2(diags, DIAG_LIMIT_KEY, &place, json_decimal(&is, scratch->len),
                         json_decimal(&most, doc->limits.key_length));
    }
    atom_id key = atoms_add(doc->atoms, buf_str(scratch));
    if (doc_member(doc, node->parent, key))
        return diag_add1(diags, DIAG_EDIT_DUPLICATE, &place, buf_str(scratch));
    node->key = key;
    node->flags |= NODE_KEY_ESCAPED;
    return true;
}

/* The texts that differ from their source are beside the tree, by ascending id. */
static void add_decoded(struct doc *doc, size_t *capacity, node_id id, size_t at)
{
    doc->decoded = mem_grow(doc->env, doc->decoded, capacity, doc->decoded_count + 1,
                            sizeof(*doc->decoded));
    doc->decoded[doc->decoded_count++] = (struct decoded){
        id, (uint32_t) at, (uint32_t) (doc->decoded_text.len - at)
    };
}

static void fill_texts(struct doc *doc, const struct token_values *values, struct buf *scratch)
{
    struct decoded *old = doc->decoded;
    size_t old_count = doc->decoded_count, next = 0, capacity = 0;
    doc->decoded = NULL;
    doc->decoded_count = 0;
    for (node_id id = 1; id < doc->count; id++) {
        struct node *node = &doc->nodes[id];
        bool was = next < old_count && old[next].id == id;
        struct str text = was ? (struct str){ doc->decoded_text.ptr + old[next].at, old[next].len }
                          : node->kind == NODE_TEXT || node->kind == NODE_PLAIN ? doc_text(doc, id)
                                                                                : STR_NONE;
        size_t at = doc->decoded_text.len;
        buf_clear(scratch);
        if (text.len && fill(values, text, scratch)) {
            buf_add(&doc->decoded_text, buf_str(scratch));
            add_decoded(doc, &capacity, id, at);
            node->flags |= NODE_ESCAPED;
        } else if (was) {
            add_decoded(doc, &capacity, id, 0);
            doc->decoded[doc->decoded_count - 1] = old[next];
        }
        next += was;
    }
    doc->decoded_capacity = capacity;
    mem_free(doc->env, old);
}

bool doc_fill_tokens(struct doc *doc, const struct token_values *values, struct diags *diags)
{
    struct buf scratch;
    bool fine = true;
    struct str source = { doc->source, doc->source_len };
    if (!values->count || !token_find(source, 0).to)
        return true;
    buf_init(&scratch, doc->env);
    for (node_id id = 1; fine && id < doc->count; id++)
        fine = fill_key(doc, id, values, &scratch, diags);
    if (fine)
        fill_texts(doc, values, &scratch);
    buf_release(&scratch);
    return fine;
}
