/* Invocation data: sent and never read, read and never sent, read as what it is not. */
#include "engine/check/invocation.h"
#include "engine/check/rules.h"
#include "engine/flow/arrivals.h"

/* What the flows that are invoked from here read, each worked out once. */
struct invoked {
    const struct flow *flow;
    struct invocation_reads reads;
};

void invoked_release(struct checker *checker)
{
    for (size_t i = 0; i < checker->invoked_count; i++)
        invocation_reads_release(&checker->invoked[i].reads);
    mem_free(checker->ws->env, checker->invoked);
}

static const struct invocation_reads *reads_of(struct checker *checker, const struct flow *flow)
{
    for (size_t i = 0; i < checker->invoked_count; i++) {
        if (checker->invoked[i].flow == flow)
            return &checker->invoked[i].reads;
    }
    checker->invoked = mem_grow(checker->ws->env, checker->invoked, &checker->invoked_capacity,
                                checker->invoked_count + 1, sizeof *checker->invoked);
    struct invoked *made = &checker->invoked[checker->invoked_count++];
    made->flow = flow;
    invocation_reads_init(&made->reads, checker->ws->env);
    invocation_reads_of(checker->ws, flow, &made->reads);
    return &made->reads;
}

/* Whether single keys are read at all: a flow may only look whether there is something. */
static bool reads_keys(const struct invocation_reads *reads)
{
    for (size_t i = 0; i < reads->count; i++) {
        if (reads->items[i].read.count > 0)
            return true;
    }
    return false;
}

static bool is_read(const struct invocation_reads *reads, struct str key)
{
    for (size_t i = 0; i < reads->count; i++) {
        const struct json_read *read = &reads->items[i].read;
        if (read->count > 0 && str_eq(read->steps[0], key))
            return true;
    }
    return false;
}

static const char *kind_word(enum json_kind kind)
{
    static const char *const words[] = { "unknown",  "nothing", "a Boolean", "a number",
                                         "a String", "a list",  "an object" };
    return words[kind];
}

/* One action that sends data to a flow. */
struct sending {
    struct checker *checker;
    node_id action;
    const struct flow *to;
    struct json_shape shape;
    const struct invocation_reads *reads;
};

static void tell_unread(const struct sending *sending)
{
    struct checker *checker = sending->checker;
    const struct json_shape *shape = &sending->shape;
    if (sending->reads->count == 0 && shape->kind != JSON_NOTHING) {
        report1(checker, DIAG_INVOCATION_UNREAD, sending->action, flow_title(sending->to));
        return;
    }
    bool keys = reads_keys(sending->reads);
    for (const struct json_member *at = keys ? shape->members : NULL; at; at = at->next) {
        bool last = json_shape_member(shape, at->key) == &at->shape; /* one of a name will do */
        if (last && !is_read(sending->reads, at->key))
            report2(checker, DIAG_INVOCATION_KEY_UNREAD, sending->action, flow_title(sending->to),
                    at->key);
    }
}

static void tell_clash(const struct sending *sending, const struct json_read *read,
                       const struct invocation_clash *clash)
{
    struct buf path;
    buf_init(&path, sending->checker->ws->env);
    invocation_path_print(read, &path);
    report(sending->checker, DIAG_INVOCATION_KIND, sending->action, flow_title(sending->to),
           path.len ? buf_str(&path) : STR("its invocation data"), str_of(kind_word(clash->wanted)),
           str_of(kind_word(clash->there)));
    buf_release(&path);
}

static void tell_missing(const struct sending *sending, const struct json_read *read)
{
    struct buf path;
    buf_init(&path, sending->checker->ws->env);
    invocation_path_print(read, &path);
    report2(sending->checker, DIAG_INVOCATION_KEY_MISSING, sending->action, flow_title(sending->to),
            buf_str(&path));
    buf_release(&path);
}

static void tell_reads(const struct sending *sending)
{
    struct invocation_clash clash;
    bool empty = sending->shape.kind == JSON_NOTHING;
    struct json_shape none = { .kind = JSON_OBJECT };
    for (size_t i = 0; i < sending->reads->count; i++) {
        const struct invocation_read *at = &sending->reads->items[i];
        const struct json_read *read = &at->read;
        if (read->asked || read->count == 0 || at->repeated)
            continue;
        enum invocation_fit fit = invocation_fit(empty ? &none : &sending->shape, read, &clash);
        if (fit == INVOCATION_CLASHES)
            tell_clash(sending, read, &clash);
        else if (fit == INVOCATION_MISSES && !at->optional)
            tell_missing(sending, read);
    }
}

/* What the expression makes, with the types of the variables in it. */
static struct json_shape shape_of(struct checker *checker, node_id action, struct form_value data)
{
    struct diags ignored;
    struct place place = { .line = 1, .column = 1 };
    struct json_shape shape = { .kind = JSON_UNKNOWN };
    if (data.form != FORM_EXPRESSION)
        return flow_sent_shape(checker->flow, data, &checker->arena, checker->pool);
    struct expr_names names = names_at(checker->names, action);
    diags_init(&ignored, checker->ws->env);
    const struct expr *expr = expr_compile(&checker->arena, checker->pool, data.text, &names,
                                           (struct expr_type){ TYPE_JSON, false }, &place,
                                           &ignored);
    if (expr)
        shape = json_shape_of(&checker->arena, checker->pool, expr);
    diags_release(&ignored);
    return shape;
}

void rule_invocation_sent(struct checker *checker, node_id action)
{
    struct arrival arrival;
    enum flow_type type;
    struct str name;
    if (!flow_arrival(checker->flow, action, &arrival) ||
        !flow_target(checker->flow, action, &type, &name) ||
        (arrival.side == ARRIVES_CALL && type != FLOW_SECURE_CALL)) /* that sends none */
        return;
    struct sending sending = {
        checker, action, workspace_find(checker->ws, type, name), { .kind = JSON_UNKNOWN }, NULL
    };
    if (!sending.to)
        return;
    sending.shape = shape_of(checker, action, arrival.data);
    sending.reads = reads_of(checker, sending.to);
    if (sending.reads->all)
        return;
    tell_unread(&sending);
    if (type != FLOW_SECURE_CALL)
        tell_reads(&sending);
}

/* --- in the flow that reads */

/* All that send data to this flow, as far as they do so by name. */
struct senders {
    struct checker *checker;
    struct pool *pool;
    struct arena arena;
    struct json_shape shapes[64];
    size_t count;
    bool unknown; /* too many */
};

static bool add_sender(void *context, const struct use *use)
{
    struct senders *senders = context;
    struct arrival arrival;
    if (!flow_arrival(use->flow, use->action, &arrival) || arrival.side == ARRIVES_CALL)
        return true;
    senders->unknown = senders->count == sizeof senders->shapes / sizeof *senders->shapes;
    if (!senders->unknown)
        senders->shapes[senders->count++] =
            flow_sent_shape(use->flow, arrival.data, &senders->arena, senders->pool);
    return !senders->unknown;
}

/* Whether none of them sends it; a shape that does not fit is told where it is sent. */
static bool is_never_sent(const struct senders *senders, const struct json_read *read)
{
    static const struct json_shape none = { .kind = JSON_OBJECT };
    struct invocation_clash clash;
    for (size_t i = 0; i < senders->count; i++) {
        const struct json_shape *shape = &senders->shapes[i];
        if (shape->kind == JSON_NOTHING)
            shape = &none;
        if (invocation_fit(shape, read, &clash) != INVOCATION_MISSES)
            return false;
    }
    return senders->count > 0;
}

/* The row of the tree that an expression belongs to. */
static node_id row_of(const struct flow *flow, node_id node)
{
    enum role role = ROLE_NONE;
    while (node != flow->body && (role == ROLE_NONE || role == ROLE_LIST || role == ROLE_OUTPUT)) {
        node = doc_parent(flow->doc, node);
        role = flow_role(flow, node);
    }
    return node;
}

static void report_read(struct checker *checker, const struct invocation_read *read)
{
    struct place at = { 0 };
    struct buf path;
    size_t before = checker->out->count;
    buf_init(&path, checker->ws->env);
    invocation_path_print(&read->read, &path);
    report1(checker, DIAG_INVOCATION_NEVER_SENT, row_of(checker->flow, read->node), buf_str(&path));
    doc_place_inside(checker->flow->doc, read->node, read->read.at, &at);
    if (checker->out->count > before) {
        checker->out->items[before].place.line = at.line;
        checker->out->items[before].place.column = at.column;
    }
    buf_release(&path);
}

void rule_invocation_read(struct checker *checker, node_id body)
{
    const struct flow *flow = checker->flow;
    (void) body;
    if (flow->type != FLOW_INBOUND_CALL && flow->type != FLOW_VOICE_SURVEY)
        return;
    const struct invocation_reads *reads = reads_of(checker, flow);
    if (reads->count == 0)
        return;
    struct senders senders = { .checker = checker, .pool = checker->pool };
    arena_init(&senders.arena, checker->ws->env);
    workspace_uses_of_flow(checker->ws, flow->type, flow_title(flow), add_sender, &senders);
    for (size_t i = 0; i < reads->count && !senders.unknown; i++) {
        const struct invocation_read *read = &reads->items[i];
        if (read->flow == flow && read->read.count > 0 && !read->read.asked && !read->optional &&
            is_never_sent(&senders, &read->read))
            report_read(checker, read);
    }
    arena_release(&senders.arena);
}
