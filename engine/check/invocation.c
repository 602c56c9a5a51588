#include "engine/check/invocation.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/query.h"

void invocation_reads_init(struct invocation_reads *reads, struct env *env)
{
    *reads = (struct invocation_reads){ .items = NULL };
    arena_init(&reads->arena, env);
}

void invocation_reads_release(struct invocation_reads *reads)
{
    mem_free(reads->arena.env, reads->items);
    arena_release(&reads->arena);
}

/* --- what a flow reads --- */

struct reader {
    struct invocation_reads *out;
    const struct workspace *ws;
    const struct flow *flow; /* that is gone through */
    struct str variable;
    node_id node;
};

static void add_read(void *context, const struct json_read *read)
{
    struct reader *reader = context;
    struct invocation_reads *out = reader->out;
    if (out->count == INVOCATION_MOST_READS) {
        out->all = true;
        return;
    }
    out->items = mem_grow(out->arena.env, out->items, &out->capacity, out->count + 1,
                          sizeof *out->items);
    struct invocation_read *made = &out->items[out->count++];
    *made = (struct invocation_read){ .read = *read, .flow = reader->flow, .node = reader->node };
    for (unsigned i = 0; i < read->count; i++)
        made->read.steps[i].ptr = arena_text(&out->arena, read->steps[i].ptr, read->steps[i].len);
    out->all |= read->count == 0 && !read->asked && read->wanted == JSON_UNKNOWN;
}

/* Whether the text is an expression of the flow, and no data. */
static bool is_expression(const struct doc *doc, node_id node)
{
    if (doc_node(doc, node)->key != ATOM_exp)
        return false;
    for (node_id at = node; at; at = doc_parent(doc, at)) {
        if (doc_node(doc, at)->key == ATOM_lit)
            return false;
    }
    return doc_attached(doc, node);
}

static bool mentions_data(struct str text)
{
    static const char word[] = "InvocationData";
    size_t len = sizeof word - 1;
    for (size_t i = 0; i + len <= text.len; i++) {
        if ((text.ptr[i] | 0x20) == 'i' && str_eq_nocase(str_slice(text, i, i + len), str_of(word)))
            return true;
    }
    return false;
}

/* By the ids of the nodes: that is in order for what was read, and costs less than going through
 * the tree. */
static void read_flow(struct reader *reader, const struct flow *flow)
{
    const struct doc *doc = flow->doc;
    reader->flow = flow;
    for (node_id at = 1; at < doc->count; at++) {
        enum node_kind kind = doc_kind(doc, at);
        if ((kind != NODE_TEXT && kind != NODE_PLAIN) || doc_node(doc, at)->key != ATOM_exp)
            continue;
        struct str text = doc_text(doc, at);
        if (!mentions_data(text) || !is_expression(doc, at))
            continue;
        reader->node = at;
        if (!expr_json_reads(doc->env, text, reader->variable, add_read, reader))
            reader->out->all = true;
    }
}

struct module_list {
    const struct workspace *ws;
    const struct flow *flow;
    const struct flow *modules[16];
    size_t count;
    bool unknown; /* one is missing, or there are too many */
};

static bool visit_module(void *context, node_id action, unsigned depth)
{
    struct module_list *list = context;
    const struct action_info *info = flow_action(list->flow, action);
    enum flow_type type;
    struct str name;
    (void) depth;
    if (!info || strcmp(info->key, "callCommonModule") != 0)
        return true;
    const struct flow *module = flow_target(list->flow, action, &type, &name)
                                    ? workspace_find(list->ws, type, name)
                                    : NULL;
    for (size_t i = 0; i < list->count; i++) {
        if (list->modules[i] == module)
            return true;
    }
    list->unknown |= !module || list->count == sizeof list->modules / sizeof *list->modules;
    if (!list->unknown)
        list->modules[list->count++] = module;
    return !list->unknown;
}

static bool same_path(const struct json_read *a, const struct json_read *b)
{
    bool same = a->count == b->count;
    for (unsigned i = 0; i < a->count && same; i++)
        same = str_eq(a->steps[i], b->steps[i]);
    return same;
}

static void compare_reads(struct invocation_reads *reads)
{
    for (size_t i = 0; i < reads->count; i++) {
        struct invocation_read *read = &reads->items[i];
        for (size_t k = 0; k < reads->count; k++) {
            const struct json_read *other = &reads->items[k].read;
            if (!same_path(&read->read, other))
                continue;
            read->optional |= other->asked;
            read->repeated |= k < i && !other->asked && other->wanted == read->read.wanted;
        }
    }
}

void invocation_reads_of(const struct workspace *ws, const struct flow *flow,
                         struct invocation_reads *out)
{
    struct reader reader = { .out = out, .ws = ws, .variable = STR("Call.InvocationData") };
    struct module_list list = { .ws = ws, .flow = flow };
    if (flow->type == FLOW_SECURE_CALL)
        reader.variable = STR("Flow.InvocationData");
    read_flow(&reader, flow);
    if (flow->type != FLOW_SECURE_CALL)
        flow_each_action(flow, visit_module, &list);
    for (size_t i = 0; i < list.count; i++)
        read_flow(&reader, list.modules[i]);
    out->all |= list.unknown;
    compare_reads(out);
}

void invocation_path_print(const struct json_read *read, struct buf *out)
{
    for (unsigned i = 0; i < read->count; i++)
        buf_addf(out, "%s%.*s", i ? "." : "", STR_ARG(read->steps[i]));
}

/* --- whether it is there --- */

static bool is_number(struct str text)
{
    struct str number = str_trim(text);
    if (number.len > 0 && (number.ptr[0] == '+' || number.ptr[0] == '-'))
        number = str_slice(number, 1, number.len);
    for (size_t i = 0; i < number.len; i++) {
        if (!strchr("0123456789.", number.ptr[i]) || !number.ptr[i])
            return false;
    }
    return true; /* nothing is NOT_SET */
}

static bool is_truth(struct str text)
{
    static const char *const words[] = { "true", "false", "1", "0", "t", "f", "" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(str_trim(text), str_of(words[i])))
            return true;
    }
    return false;
}

/* Whether what is there can be taken for what is wanted; what nobody can tell can. */
static bool can_be(enum json_kind wanted, const struct json_shape *shape)
{
    bool container = shape->kind == JSON_LIST || shape->kind == JSON_OBJECT;
    if (shape->kind == JSON_UNKNOWN || shape->kind == JSON_NOTHING || wanted == JSON_UNKNOWN)
        return true;
    if (wanted == JSON_LIST || wanted == JSON_OBJECT)
        return shape->kind == wanted;
    if (container || !shape->literal)
        return !container;
    return wanted == JSON_NUMBER ? is_number(shape->text) : is_truth(shape->text);
}

enum invocation_fit invocation_fit(const struct json_shape *shape, const struct json_read *read,
                                   struct invocation_clash *clash)
{
    for (unsigned i = 0; i <= read->count; i++) {
        *clash = (struct invocation_clash){ i < read->count ? JSON_OBJECT : read->wanted,
                                            shape->kind };
        if (!can_be(clash->wanted, shape))
            return INVOCATION_CLASHES;
        if (i == read->count || shape->kind == JSON_UNKNOWN || shape->kind == JSON_NOTHING)
            return INVOCATION_FITS;
        const struct json_shape *inside = json_shape_member(shape, read->steps[i]);
        if (!inside)
            return shape->open ? INVOCATION_FITS : INVOCATION_MISSES;
        shape = inside;
    }
    return INVOCATION_FITS;
}
