/* A session written down as a scenario: setup, what was done, what was seen of post-flows and of
 * the end. */
#include <string.h>
#include "engine/doc/edit.h"
#include "engine/doc/write.h"
#include "engine/explore/scenario_parts.h"

static void add_key(struct buf *out, const char *key)
{
    if (out->ptr[out->len - 1] != '{')
        buf_add_char(out, ',');
    buf_addf(out, "\"%s\":", key);
}

static void add_text(struct buf *out, const char *key, struct str text)
{
    add_key(out, key);
    json_add_text(out, text, false);
}

static void add_setup(const struct call *call, struct buf *out)
{
    struct call_setup setup;
    struct value data;
    uint32_t members = 0;
    call_started_with(call, &setup, &data);
    struct pool *pool = call_pool((struct call *) call);
    if (data.id)
        pool_get_object(pool, data.id, &members);
    add_text(out, "flow", setup.flow);
    if (setup.type != FLOW_INBOUND_CALL && setup.type != FLOW_OTHER)
        add_text(out, "type", str_of(flow_type_info(setup.type)->key));
    add_key(out, "call");
    buf_add_char(out, '{');
    add_text(out, "ani", setup.ani);
    add_text(out, "called", setup.called);
    add_text(out, "language", setup.language);
    if (members > 0) {
        add_key(out, "data");
        value_to_json(pool, data, out);
    }
    buf_add_char(out, '}');
}

static bool goes_on(const struct call *call, size_t i)
{
    return i < call_history(call) && call_history_stimulus(call, i)->kind == STIMULUS_ADVANCE;
}

static void add_comma(struct buf *out)
{
    if (out->ptr[out->len - 1] != '[')
        buf_add_char(out, ',');
}

/* Going on to a waiting point comes by itself between steps. Anything else is counted, each entry
 * by itself, since counting ends where a queue is entered; 0 says that the call stays where it is.
 * Returns the first entry behind those that only let the call go on. */
static size_t add_going(const struct call *call, size_t first, struct buf *out)
{
    size_t end = first, steps = 0;
    while (goes_on(call, end))
        end++;
    if (end - first == 1 && call_history_step(call, first).is_run)
        return end;
    for (size_t i = first; i < end; i++) {
        int64_t number = call_history_stimulus(call, i)->number;
        if (number == 0)
            continue;
        add_comma(out);
        buf_addf(out, "{\"advance\":%lld}", (long long) number);
        steps++;
    }
    if (steps == 0 && !call_history_waits(call, end)) {
        add_comma(out);
        buf_add_text(out, "{\"advance\":0}");
    }
    return end;
}

static void add_steps(const struct call *call, struct buf *out)
{
    const struct pool *pool = call_pool((struct call *) call);
    buf_add_char(out, '[');
    for (size_t i = add_going(call, 0, out); i < call_history(call); i = add_going(call, i, out)) {
        add_comma(out);
        stimulus_to_json(pool, call_history_stimulus(call, i++), out);
    }
    buf_add_char(out, ']');
}

static void add_member(const struct pool *pool, struct value event, const char *name,
                       struct buf *out)
{
    uint32_t count;
    const struct pool_member *members = pool_get_object(pool, event.id, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!str_is(pool_get_text(pool, members[i].key), name))
            continue;
        add_key(out, name);
        value_to_json(pool, members[i].value, out);
    }
}

/* The transfers and the post-flows that did not fire, in the order in which they were seen. */
static void add_expectations(const struct call *call, struct buf *out)
{
    static const char *const transferred[] = { "party", "to", "type", "because" };
    size_t count;
    struct pool *pool = call_pool((struct call *) call);
    const struct event *events = call_events(call, &count);
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        bool fired = events[i].kind == EVENT_TRANSFERRED;
        if (!fired && events[i].kind != EVENT_POST_FLOW_NOT_FIRED)
            continue;
        struct value event = call_event_value((struct call *) call, i);
        if (out->ptr[out->len - 1] != '[')
            buf_add_char(out, ',');
        buf_add_text(out, fired ? "{\"transferred\":{" : "{\"event\":{\"post-flow-not-fired\":{");
        for (size_t k = 0; fired && k < 4; k++)
            add_member(pool, event, transferred[k], out);
        if (!fired)
            add_member(pool, event, "reason", out);
        buf_add_text(out, fired ? "}}" : "}}}");
    }
    buf_add_char(out, ']');
}

static void add_end(const struct call *call, struct buf *out)
{
    buf_addf(out, "[{\"ended\":\"%s\"}]", ending_name(call_ending(call)));
}

/* --- into a scenario that is there */

static void apply(struct scenario *scenario, struct edit edit)
{
    struct diags diags;
    diags_init(&diags, scenario->env);
    bool fine = doc_apply(scenario->doc, &edit, &diags);
    BUG_ON(!fine);
    diags_release(&diags);
}

static void set_member(struct scenario *scenario, node_id old, const char *key, struct str json)
{
    struct diags diags;
    struct doc *doc = scenario->doc;
    diags_init(&diags, scenario->env);
    node_id made = doc_graft(doc, str_of(key), json, &diags);
    BUG_ON(!made);
    apply(scenario, old ? edit_replace(doc, old, made)
                        : edit_insert(doc, 1, doc_last(doc, 1), made));
    diags_release(&diags);
}

static bool holds(const struct scenario *scenario, struct call *call, node_id at, bool never)
{
    size_t count, met = 0, wanted = expectation_count(scenario, at);
    call_events(call, &count);
    for (size_t i = 0; i < count; i++)
        met += expectation_met(scenario, call, at, i);
    if (never)
        return met == 0;
    return doc_member_named(scenario->doc, at, STR("count")) ? met == wanted : met > 0;
}

static void keep_true(struct scenario *scenario, struct call *call, node_id list, bool never)
{
    node_id next;
    for (node_id at = list ? doc_first(scenario->doc, list) : 0; at; at = next) {
        next = doc_next(scenario->doc, at);
        if (!holds(scenario, call, at, never))
            apply(scenario, edit_remove(scenario->doc, at));
    }
}

bool scenario_expects(const struct scenario *scenario)
{
    return scenario->expect || scenario->never || scenario->in_order || scenario->finally;
}

void scenario_expect(struct scenario *scenario, struct call *call, struct buf *out)
{
    struct buf json;
    buf_init(&json, scenario->env);
    keep_true(scenario, call, scenario->expect, false);
    keep_true(scenario, call, scenario->never, true);
    add_expectations(call, &json);
    if (scenario->in_order || json.len > strlen("[]"))
        set_member(scenario, scenario->in_order, "in-order", buf_str(&json));
    buf_clear(&json);
    add_end(call, &json);
    set_member(scenario, scenario->finally, "finally", buf_str(&json));
    doc_write(scenario->doc, out);
    buf_release(&json);
}

/* --- a new one */

void scenario_record(const struct call *call, struct str title, const struct scenario *played,
                     struct buf *out)
{
    struct buf json;
    struct env *env = out->env;
    buf_init(&json, env);
    buf_add_char(&json, '{');
    add_text(&json, "scenario", title);
    add_setup(call, &json);
    node_id world = played ? doc_member_named(played->doc, 1, STR("world")) : 0;
    if (world) {
        add_key(&json, "world");
        doc_write_compact(played->doc, world, &json);
    }
    add_key(&json, "steps");
    add_steps(call, &json);
    add_key(&json, "in-order");
    add_expectations(call, &json);
    if (call_phase(call) == PHASE_ENDED) {
        add_key(&json, "finally");
        add_end(call, &json);
    }
    buf_add_char(&json, '}');

    struct atoms atoms;
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    atoms_init(&atoms, env, NULL, 0);
    diags_init(&diags, env);
    struct doc *doc = doc_read(env, &atoms, &limits, "scenario", buf_str(&json), &diags);
    BUG_ON(!doc);
    doc_write_canonical(doc, 1, out);
    doc_free(doc);
    diags_release(&diags);
    atoms_release(&atoms);
    buf_release(&json);
}
