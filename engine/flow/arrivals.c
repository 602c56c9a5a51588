#include "engine/flow/arrivals.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/expr/value.h"

static enum arrival_side side_of(struct form_value target)
{
    if (target.form != FORM_LITERAL && target.form != FORM_BARE)
        return ARRIVES_EITHER;
    return str_is(target.text, "caller")   ? ARRIVES_CALLER
           : str_is(target.text, "callee") ? ARRIVES_AGENT
                                           : ARRIVES_ANY;
}

bool flow_arrival(const struct flow *flow, node_id action, struct arrival *out)
{
    static const struct field data = { .path = "invocationData", .kind = FIELD_VALUE };
    const struct action_info *info = flow_action(flow, action);
    const char *key = !info ? "" : info->wraps ? info->wraps : info->key;
    struct post_flow_fields post;
    *out = (struct arrival){ .side = ARRIVES_CALL, .data = { .form = FORM_ABSENT } };
    if (!strcmp(key, "setPostFlow")) {
        flow_post_flow(flow, action, &post);
        *out = (struct arrival){ side_of(post.target), post.data };
        return true;
    }
    if (!strcmp(key, "transferToFlowSecure"))
        out->data = flow_value(flow, action, &data);
    return !strcmp(key, "transferToFlow") || !strcmp(key, "transferToFlowSecure");
}

const char *arrival_side_word(enum arrival_side side)
{
    static const char *const words[] = { "call", "caller", "agent", "any", "caller or agent" };
    return words[side];
}

struct json_shape flow_sent_shape(const struct flow *flow, struct form_value data,
                                  struct arena *arena, struct pool *pool)
{
    struct json_shape shape = { .kind = JSON_UNKNOWN };
    struct value value;
    switch (data.form) {
    case FORM_ABSENT:
    case FORM_NO_VALUE:
        shape.kind = JSON_NOTHING;
        break;
    case FORM_LITERAL:
    case FORM_BARE:
        if (flow_literal(flow, data.node, TYPE_JSON, false, pool, &value))
            shape = json_shape_of_value(arena, pool, value);
        break;
    case FORM_EXPRESSION:
        json_shape_of_text(arena, pool, data.text, &shape);
        break;
    default:
        break;
    }
    return shape;
}

/* The members stand in the opposite order of how they were found. */
static void print_keys(const struct json_member *member, struct buf *out)
{
    if (!member)
        return;
    print_keys(member->next, out);
    buf_addf(out, "%s%.*s", member->next ? ", " : "", STR_ARG(member->key));
}

static void print_data(const struct flow *flow, struct form_value data, struct buf *out)
{
    struct arena arena;
    struct pool *pool = pool_new(out->env);
    arena_init(&arena, out->env);
    struct json_shape shape = flow_sent_shape(flow, data, &arena, pool);
    if (shape.kind == JSON_OBJECT && shape.members) {
        buf_add_text(out, " with ");
        print_keys(shape.members, out);
        buf_add_text(out, shape.open ? ", ..." : "");
    } else if (shape.kind != JSON_NOTHING) {
        buf_add_text(out, " with data");
    }
    arena_release(&arena);
    pool_free(pool);
}

void arrival_print(const struct flow *flow, node_id action, struct buf *out)
{
    struct arrival arrival;
    if (!flow_arrival(flow, action, &arrival))
        return;
    buf_add_text(out, arrival_side_word(arrival.side));
    print_data(flow, arrival.data, out);
}

struct counts {
    size_t by_side[ARRIVES_EITHER + 1];
};

static bool count_arrival(void *context, const struct use *use)
{
    struct counts *counts = context;
    struct arrival arrival;
    if (flow_arrival(use->flow, use->action, &arrival))
        counts->by_side[arrival.side]++;
    return true;
}

void arrivals_print(const struct workspace *ws, const struct flow *flow, struct buf *out)
{
    struct counts counts = { { 0 } };
    size_t before = out->len;
    workspace_uses_of_flow(ws, flow->type, flow_title(flow), count_arrival, &counts);
    for (int side = ARRIVES_EITHER; side >= ARRIVES_CALL; side--) {
        size_t count = counts.by_side[side];
        if (count > 0)
            buf_addf(out, "%s%s by %zu %s%s", out->len > before ? ", " : "",
                     arrival_side_word((enum arrival_side) side), count,
                     side == ARRIVES_CALL ? "transfer" : "post-flow", count == 1 ? "" : "s");
    }
    if (out->len == before)
        buf_add_text(out, "nobody from another flow");
}
