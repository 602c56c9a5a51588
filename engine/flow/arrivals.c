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

/* --- all that lead to a flow --- */

/* So many actions are looked at: no more files need be read to say that there are many. */
enum { MOST_ARRIVALS = 64 };

struct arrivals {
    struct arena arena;
    struct pool *pool;
    size_t seen, by_side[ARRIVES_EITHER + 1];
    const char *keys[ARRIVAL_KEYS]; /* that are sent, each once */
    size_t key_count;
    bool more;
};

static void add_keys(struct arrivals *all, const struct json_member *member)
{
    for (; member && all->key_count < ARRIVAL_KEYS; member = member->next) {
        size_t i = 0;
        while (i < all->key_count && !str_is(member->key, all->keys[i]))
            i++;
        if (i == all->key_count)
            all->keys[all->key_count++] = arena_text(&all->arena, member->key.ptr, member->key.len);
    }
}

static bool add_arrival(void *context, const struct use *use)
{
    struct arrivals *all = context;
    struct arrival arrival;
    if (!flow_arrival(use->flow, use->action, &arrival))
        return true;
    if (all->seen == MOST_ARRIVALS) {
        all->more = true;
        return false;
    }
    all->seen++;
    all->by_side[arrival.side]++;
    add_keys(all, flow_sent_shape(use->flow, arrival.data, &all->arena, all->pool).members);
    return true;
}

static void print_all(const struct arrivals *all, struct buf *out)
{
    size_t before = out->len;
    for (int side = ARRIVES_EITHER; side >= ARRIVES_CALL; side--) {
        size_t count = all->by_side[side];
        if (count > 0)
            buf_addf(out, "%s%s by %zu %s%s", out->len > before ? ", " : "",
                     arrival_side_word((enum arrival_side) side), count,
                     side == ARRIVES_CALL ? "transfer" : "post-flow", count == 1 ? "" : "s");
    }
    if (all->more)
        buf_add_text(out, " and more");
    for (size_t i = 0; i < all->key_count; i++)
        buf_addf(out, "%s%s", i ? ", " : "; data: ", all->keys[i]);
    if (out->len == before)
        buf_add_text(out, "nobody from another flow");
}

static void find_all(const struct workspace *ws, const struct flow *flow, struct arrivals *all)
{
    *all = (struct arrivals){ .pool = pool_new(ws->env) };
    arena_init(&all->arena, ws->env);
    workspace_uses_of_flow(ws, flow->type, flow_title(flow), add_arrival, all);
}

static void release_all(struct arrivals *all)
{
    arena_release(&all->arena);
    pool_free(all->pool);
}

void arrivals_print(const struct workspace *ws, const struct flow *flow, struct buf *out)
{
    struct arrivals all;
    find_all(ws, flow, &all);
    print_all(&all, out);
    release_all(&all);
}

size_t arrivals_keys(const struct workspace *ws, const struct flow *flow, struct arena *arena,
                     const char *keys[static ARRIVAL_KEYS])
{
    struct arrivals all;
    find_all(ws, flow, &all);
    for (size_t i = 0; i < all.key_count; i++)
        keys[i] = arena_text(arena, all.keys[i], strlen(all.keys[i]));
    size_t count = all.key_count;
    release_all(&all);
    return count;
}
