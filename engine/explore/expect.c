/* What is expected of a call's events and of its end. */
#include "engine/doc/write.h"
#include "engine/explore/scenario_parts.h"
#include "engine/flow/path.h"

static bool fail(const struct scenario *scenario, enum diag_code code, node_id node, struct str a,
                 struct diags *diags)
{
    struct place place = { 0 };
    doc_place(scenario->doc, node, &place);
    return diag_add1(diags, code, &place, a);
}

/* The member that says what is expected; `count` may stand beside it. */
static node_id subject(const struct scenario *scenario, node_id at)
{
    node_id member = doc_first(scenario->doc, at);
    while (member && str_is(doc_key(scenario->doc, member), "count"))
        member = doc_next(scenario->doc, member);
    return member;
}

static bool read_variable(const struct scenario *scenario, node_id what, struct diags *diags)
{
    const struct doc *doc = scenario->doc;
    if (doc_kind(doc, what) == NODE_OBJECT && doc_member_named(doc, what, STR("name")) &&
        doc_member_named(doc, what, STR("equals")) && doc_count_children(doc, what) == 2)
        return true;
    return fail(scenario, DIAG_SCENARIO_SHAPE, what, STR("{\"name\": ..., \"equals\": ...}"),
                diags);
}

static bool read_event(const struct scenario *scenario, node_id what, struct diags *diags)
{
    const struct doc *doc = scenario->doc;
    node_id event = doc_kind(doc, what) == NODE_OBJECT ? doc_first(doc, what) : 0;
    if (!event || doc_next(doc, event) || doc_kind(doc, event) != NODE_OBJECT)
        return fail(scenario, DIAG_SCENARIO_SHAPE, what, STR("one event with its fields"), diags);
    enum event_kind kind;
    return event_find(doc_key(doc, event), &kind) ||
           fail(scenario, DIAG_SCENARIO_EVENT, event, doc_key(doc, event), diags);
}

bool expectation_read(const struct scenario *scenario, node_id at, struct diags *diags)
{
    const struct doc *doc = scenario->doc;
    node_id what = doc_kind(doc, at) == NODE_OBJECT ? subject(scenario, at) : 0;
    if (!what)
        return fail(scenario, DIAG_SCENARIO_SHAPE, at, STR("an object"), diags);
    node_id count = doc_member_named(doc, at, STR("count"));
    int64_t number;
    if (count && (doc_core_kind(doc, count) != NODE_NUMBER ||
                  !str_to_int(doc_text(doc, count), &number) || number < 0))
        return fail(scenario, DIAG_SCENARIO_SHAPE, count, STR("a number"), diags);
    size_t members = doc_count_children(doc, at);
    if (members != (count ? 2u : 1u))
        return fail(scenario, DIAG_SCENARIO_SHAPE, at, STR("one expectation"), diags);
    struct str key = doc_key(doc, what);
    if (str_is(key, "transferred"))
        return doc_kind(doc, what) == NODE_OBJECT ||
               fail(scenario, DIAG_SCENARIO_SHAPE, what, STR("an object"), diags);
    if (str_is(key, "variable"))
        return read_variable(scenario, what, diags);
    if (str_is(key, "visited"))
        return doc_is_text(doc, what) ||
               fail(scenario, DIAG_SCENARIO_SHAPE, what, STR("a path"), diags);
    if (str_is(key, "event"))
        return read_event(scenario, what, diags);
    return fail(scenario, DIAG_SCENARIO_EXPECTATION, what, key, diags);
}

size_t expectation_count(const struct scenario *scenario, node_id at)
{
    int64_t number = 0;
    node_id count = doc_member_named(scenario->doc, at, STR("count"));
    if (count)
        str_to_int(doc_text(scenario->doc, count), &number);
    return (size_t) number;
}

static struct value member_of(const struct pool *pool, struct value object, struct str key,
                              bool *found)
{
    uint32_t count;
    *found = false;
    if (object.json != VALUE_JSON_OBJECT || object.id == 0)
        return value_not_set(TYPE_JSON);
    const struct pool_member *members = pool_get_object(pool, object.id, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (str_eq(pool_get_text(pool, members[i].key), key)) {
            *found = true;
            return members[i].value;
        }
    }
    return value_not_set(TYPE_JSON);
}

static bool object_matches(const struct scenario *scenario, node_id node, const struct pool *pool,
                           struct value value, bool whole)
{
    uint32_t count = 0;
    if (value.json != VALUE_JSON_OBJECT)
        return false;
    if (value.id)
        pool_get_object(pool, value.id, &count);
    if (whole && count != doc_count_children(scenario->doc, node))
        return false;
    for (node_id at = doc_first(scenario->doc, node); at; at = doc_next(scenario->doc, at)) {
        bool found;
        struct value member = member_of(pool, value, doc_key(scenario->doc, at), &found);
        bool null = doc_is_null(scenario->doc, at);
        if (!found && null)
            continue;
        if (!found || !node_matches(scenario, at, pool, member, true))
            return false;
    }
    return true;
}

static bool list_matches(const struct scenario *scenario, node_id node, const struct pool *pool,
                         struct value value)
{
    uint32_t count = 0, i = 0;
    if (value.json != VALUE_JSON_LIST)
        return false;
    const struct value *items = value.id ? pool_get_list(pool, value.id, &count) : NULL;
    for (node_id at = doc_first(scenario->doc, node); at; at = doc_next(scenario->doc, at), i++) {
        if (i >= count || !node_matches(scenario, at, pool, items[i], true))
            return false;
    }
    return i == count;
}

bool node_matches(const struct scenario *scenario, node_id node, const struct pool *pool,
                  struct value value, bool whole)
{
    const struct doc *doc = scenario->doc;
    struct buf have, want;
    if (doc_kind(doc, node) == NODE_OBJECT)
        return object_matches(scenario, node, pool, value, whole);
    if (doc_kind(doc, node) == NODE_LIST)
        return list_matches(scenario, node, pool, value);
    /* Scalars compare as values, so that 1 and 1.0 are the same number. */
    struct pool *own = pool_new(scenario->env);
    struct diags ignored;
    struct value wanted;
    buf_init(&have, scenario->env);
    buf_init(&want, scenario->env);
    diags_init(&ignored, scenario->env);
    doc_write_compact(doc, node, &want);
    bool same = value_json_parse(own, buf_str(&want), &wanted, &ignored);
    if (same) {
        buf_clear(&want);
        value_to_json(own, wanted, &want);
        value_to_json(pool, value, &have);
        same = str_eq(buf_str(&have), buf_str(&want));
    }
    buf_release(&have);
    buf_release(&want);
    diags_release(&ignored);
    pool_free(own);
    return same;
}

static bool event_is(const struct scenario *scenario, struct call *call, size_t event,
                     struct str word, node_id fields)
{
    bool found;
    struct value value = call_event_value(call, event);
    struct value name = member_of(call_pool(call), value, STR("event"), &found);
    return found && str_eq(value_text(call_pool(call), name), word) &&
           object_matches(scenario, fields, call_pool(call), value, false);
}

static bool variable_is(const struct scenario *scenario, struct call *call, size_t event,
                        node_id what)
{
    bool found;
    struct pool *pool = call_pool(call);
    struct value value = call_event_value(call, event);
    struct value kind = member_of(pool, value, STR("event"), &found);
    if (!found || !str_is(value_text(pool, kind), "variable"))
        return false;
    struct value name = member_of(pool, value, STR("name"), &found);
    struct str wanted = doc_text(scenario->doc, doc_member_named(scenario->doc, what, STR("name")));
    if (!found || !str_eq_nocase(value_text(pool, name), wanted))
        return false;
    struct value now = member_of(pool, value, STR("value"), &found);
    return node_matches(scenario, doc_member_named(scenario->doc, what, STR("equals")), pool, now,
                        true);
}

/* Whether the event is the action, or the output, that the path names. Actions are told by their
 * `action` event, outputs by their `output` event. */
static bool is_visit(const struct scenario *scenario, struct call *call, size_t i, node_id what)
{
    size_t count;
    const struct event *event = &call_events(call, &count)[i];
    struct str flow_part, rest;
    struct spot spot;
    struct diags ignored;
    if (event->kind != EVENT_ACTION && event->kind != EVENT_OUTPUT)
        return false;
    struct flow *flow = call_flow(call, event->flow);
    path_split(doc_text(scenario->doc, what), &flow_part, &rest);
    if (!flow || (flow_part.len > 0 && !str_eq(flow_title(flow), flow_part)))
        return false;
    diags_init(&ignored, scenario->env);
    bool found = path_find(flow, rest, &spot, &ignored);
    diags_release(&ignored);
    if (!found || spot.node != event->node)
        return false;
    return spot.output == 0 ? event->kind == EVENT_ACTION
                            : event->kind == EVENT_OUTPUT && event->output == spot.output;
}

bool expectation_met(const struct scenario *scenario, struct call *call, node_id at, size_t event)
{
    node_id what = subject(scenario, at);
    struct str key = doc_key(scenario->doc, what);
    if (str_is(key, "visited"))
        return is_visit(scenario, call, event, what);
    if (str_is(key, "variable"))
        return variable_is(scenario, call, event, what);
    if (str_is(key, "transferred"))
        return event_is(scenario, call, event, key, what);
    node_id fields = doc_first(scenario->doc, what);
    return event_is(scenario, call, event, doc_key(scenario->doc, fields), fields);
}

bool final_read(const struct scenario *scenario, node_id at, struct diags *diags)
{
    const struct doc *doc = scenario->doc;
    node_id what = doc_kind(doc, at) == NODE_OBJECT ? doc_first(doc, at) : 0;
    if (!what || doc_next(doc, what))
        return fail(scenario, DIAG_SCENARIO_SHAPE, at, STR("one statement about the end"), diags);
    struct str key = doc_key(doc, what);
    if (str_is(key, "ended")) {
        for (int ending = 0; ending <= ENDING_VOICEMAIL; ending++) {
            if (str_is(doc_text(doc, what), ending_name((enum ending) ending)))
                return true;
        }
        return fail(scenario, DIAG_SCENARIO_ENDING, what, doc_text(doc, what), diags);
    }
    if (str_is(key, "variable"))
        return read_variable(scenario, what, diags);
    if (!str_is(key, "post-flow"))
        return fail(scenario, DIAG_SCENARIO_EXPECTATION, what, key, diags);
    struct str slot = doc_text(doc, doc_member_named(doc, what, STR("slot")));
    return str_is(slot, "caller") || str_is(slot, "callee") ||
           fail(scenario, DIAG_SCENARIO_SHAPE, what, STR("a slot: caller or callee"), diags);
}

static bool slot_is(const struct scenario *scenario, struct call *call, node_id what)
{
    const struct doc *doc = scenario->doc;
    struct str whose = doc_text(doc, doc_member_named(doc, what, STR("slot")));
    const struct post_slot *slot = call_slot(call, str_is(whose, "caller") ? PARTY_AS_CALLER
                                                                           : PARTY_AS_CALLEE);
    node_id flow = doc_member_named(doc, what, STR("flow"));
    bool armed = slot->phase == SLOT_ARMED;
    if (!flow || doc_is_null(doc, flow))
        return !armed;
    return armed && str_eq(pool_get_text(call_pool(call), slot->flow_name), doc_text(doc, flow));
}

bool final_met(const struct scenario *scenario, struct call *call, node_id at)
{
    const struct doc *doc = scenario->doc;
    node_id what = doc_first(doc, at);
    struct str key = doc_key(doc, what);
    if (str_is(key, "ended"))
        return str_is(doc_text(doc, what), ending_name(call_ending(call)));
    if (str_is(key, "post-flow"))
        return slot_is(scenario, call, what);
    struct value value;
    struct str name = doc_text(doc, doc_member_named(doc, what, STR("name")));
    return call_variable_named(call, name, &value) &&
           node_matches(scenario, doc_member_named(doc, what, STR("equals")), call_pool(call),
                        value, true);
}
