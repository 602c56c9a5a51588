/* Events as JSON objects of the trace, and as lines for people. */
#include "engine/call/machine.h"

#include "engine/doc/write.h"
#include "engine/flow/path.h"

static const char *const event_words[EVENT_KIND_COUNT] = {
#define X(name, word) word,
    EVENTS(X)
#undef X
};

const char *event_word(enum event_kind kind)
{
    return event_words[kind];
}

bool event_find(struct str word, enum event_kind *out)
{
    for (int i = 0; i < EVENT_KIND_COUNT; i++)
        if (str_is(word, event_words[i])) {
            *out = (enum event_kind) i;
            return true;
        }
    return false;
}

static const char *const because_words[BECAUSE_COUNT] = {
    [BECAUSE_ACTION] = "action",
    [BECAUSE_CALLER_HANGUP] = "caller-hangup",
    [BECAUSE_AGENT_HANGUP] = "agent-hangup",
    [BECAUSE_EXTERNAL_HANGUP] = "external-hangup",
    [BECAUSE_SYSTEM] = "system-disconnect",
    [BECAUSE_BLIND] = "blind-transfer",
    [BECAUSE_CONSULT] = "consult-transfer",
};
static const char *const destination_words[DESTINATION_COUNT] = {
    [TO_A_QUEUE] = "queue", [TO_A_USER] = "user", [TO_A_NUMBER] = "number",
    [TO_A_GROUP] = "group", [TO_A_FLOW] = "flow", [TO_VOICEMAIL] = "voicemail",
};
static const char *const queue_rules[] = { "override", "queue", "default", "hold-music" };
static const char *const consult_words[] = { "started", "completed", "withdrawn", "conference" };
static const char *const callback_words[] = { "created", "scheduled", "due" };
static const char *const hangup_words[] = { "agent", "caller", "external", "system" };
static const char *const ending_words[] = { "no", "disconnect", "caller-hangup", "agent-hangup",
                                            "abandoned", "error", "system", "transferred-out",
                                            "voicemail" };

const char *ending_name(enum ending ending)
{
    return ending_words[ending];
}

static const struct {
    const char *word, *sentence;
} reason_words[NOT_FIRED_COUNT] = {
    [FIRED] = { "fired", "it fired" },
#define X(name, word, sentence) [NOT_FIRED_##name] = { word, sentence },
    NOT_FIRED_REASONS(X)
#undef X
};

const char *not_fired_word(enum not_fired reason)
{
    return reason_words[reason].word;
}

const char *not_fired_sentence(enum not_fired reason)
{
    return reason_words[reason].sentence;
}

/* How Action Type says it; other flows by their root key and "Flow". */
static void add_flow_word(struct buf *out, unsigned type)
{
    buf_addf(out, "%sFlow", flow_type_info((enum flow_type) type)->key);
}

static const char *party_word(const struct call *call, const struct event *event)
{
    static const char *const kinds[] = { "nobody", "caller", "agent", "external" };
    if (event->party != NO_PARTY)
        return kinds[call->now.state.parties[event->party].kind];
    if (event->kind == EVENT_POST_FLOW_NOT_FIRED)
        return event->output == PARTY_AS_CALLER ? "caller" : "agent";
    return event->kind == EVENT_HANGUP ? hangup_words[event->detail] : NULL;
}

static struct str text_of(const struct call *call, uint32_t id)
{
    return id ? pool_get_text(call->pool, id) : STR_NONE;
}

static void add_member(struct buf *out, const char *key, struct str text)
{
    buf_addf(out, ",\"%s\":", key);
    json_add_text(out, text, false);
}

static void add_value(const struct call *call, struct buf *out, const char *key,
                      struct value value)
{
    buf_addf(out, ",\"%s\":", key);
    value_to_json(call->pool, value, out);
}

static struct flow *event_flow(const struct call *call, const struct event *event)
{
    return event->flow == NO_FLOW ? NULL : call_flow(call, event->flow);
}

static void add_path(const struct call *call, const struct event *event, bool full,
                     struct buf *out)
{
    struct flow *flow = event_flow(call, event);
    if (full) {
        buf_add(out, flow_title(flow));
        buf_add_text(out, "::");
    }
    uint16_t output = event->kind == EVENT_OUTPUT ? event->output : 0;
    path_print(flow, (struct spot){ event->node, output }, out);
}

/* Where the event happened; those of a slot say where it was armed instead. */
static void add_place(const struct call *call, const struct event *event, struct buf *out)
{
    struct flow *flow = event_flow(call, event);
    struct buf path;
    if (!flow)
        return;
    buf_init(&path, call->env);
    if (event->kind == EVENT_POST_FLOW_FIRED || event->kind == EVENT_POST_FLOW_NOT_FIRED) {
        add_path(call, event, true, &path);
        bool armed = event->kind == EVENT_POST_FLOW_FIRED || event->text;
        add_member(out, armed ? "armed-at" : "cleared-at", buf_str(&path));
    } else {
        add_member(out, "flow", flow_title(flow));
        if (event->node && event->node != flow->body) {
            add_path(call, event, false, &path);
            add_member(out, "path", buf_str(&path));
        }
    }
    buf_release(&path);
}

static void add_slots(const struct event *event, struct buf *out)
{
    buf_addf(out, ",\"slot\":[%s]", event->detail == 1   ? "\"caller\""
                                    : event->detail == 2 ? "\"callee\""
                                                         : "\"caller\",\"callee\"");
}

static void add_target(const struct call *call, const struct event *event, struct buf *out)
{
    buf_addf(out, ",\"target\":{\"type\":\"");
    add_flow_word(out, event->flow_type);
    buf_add_text(out, "\",\"name\":");
    json_add_text(out, text_of(call, event->text), false);
    buf_add_char(out, '}');
}

static void add_transfer(const struct call *call, const struct event *event, struct buf *out)
{
    add_member(out, "to", text_of(call, event->text));
    buf_add_text(out, ",\"type\":\"");
    if (event->output == TO_A_FLOW)
        add_flow_word(out, event->flow_type);
    else
        buf_add_text(out, destination_words[event->output]);
    buf_addf(out, "\",\"because\":\"%s\"", because_words[event->detail]);
}

static void add_action(const struct call *call, const struct event *event, struct buf *out)
{
    struct flow *flow = event_flow(call, event);
    add_member(out, "kind", doc_key(flow->doc, event->node));
    add_member(out, "name", flow_name(flow, event->node));
}

static void add_name(const struct call *call, const struct event *event, struct buf *out)
{
    struct buf name;
    buf_init(&name, call->env);
    buf_add_text(&name, event->detail ? "data." : "");
    buf_add(&name, text_of(call, event->text));
    add_member(out, "name", buf_str(&name));
    buf_release(&name);
}

static void add_slot_details(const struct call *call, const struct event *event, struct buf *out)
{
    switch ((enum event_kind) event->kind) {
    case EVENT_POST_FLOW_SET:
        add_slots(event, out);
        add_target(call, event, out);
        add_value(call, out, "data", event->value);
        break;
    case EVENT_POST_FLOW_CLEARED:
        add_slots(event, out);
        add_member(out, "by", event->output ? STR("secure-transfer") : STR("action"));
        break;
    case EVENT_POST_FLOW_FIRED:
        add_member(out, "slot", event->output == PARTY_AS_CALLER ? STR("caller") : STR("callee"));
        add_target(call, event, out);
        add_value(call, out, "data", event->value);
        break;
    case EVENT_POST_FLOW_NOT_FIRED:
        add_member(out, "slot", event->output == PARTY_AS_CALLER ? STR("caller") : STR("callee"));
        add_member(out, "reason", str_of(not_fired_word((enum not_fired) event->detail)));
        if (event->text)
            add_target(call, event, out);
        if (event->detail == NOT_FIRED_NOT_SET)
            buf_addf(out, ",\"other-slot-armed\":%s", event->value.number ? "true" : "false");
        break;
    default: break; /* who it is about is all */
    }
}

static void add_details(const struct call *call, const struct event *event, struct buf *out)
{
    struct str text = text_of(call, event->text);
    switch ((enum event_kind) event->kind) {
    case EVENT_FLOW_ENTERED:
        add_member(out, "type", str_of(flow_type_info((enum flow_type) event->flow_type)->key));
        break;
    case EVENT_ACTION: add_action(call, event, out); break;
    case EVENT_OUTPUT: add_member(out, "output", text); break;
    case EVENT_VARIABLE:
        add_name(call, event, out);
        add_value(call, out, "value", event->value);
        if (event->output)
            add_member(out, "by", STR("intervention"));
        break;
    case EVENT_PROMPT: add_value(call, out, "audio", event->value); break;
    case EVENT_ASKED:
        add_member(out, "for", event->detail == ASKING_KEYS ? STR("keys") : STR("result"));
        break;
    case EVENT_QUEUED:
        add_member(out, "queue", text);
        if (event->other)
            add_member(out, "in-queue-flow", text_of(call, event->other));
        add_member(out, "chosen-by", str_of(queue_rules[event->detail]));
        break;
    case EVENT_HOLD: buf_addf(out, ",\"on\":%s", event->detail ? "true" : "false"); break;
    case EVENT_CONSULT:
        add_member(out, "what", str_of(consult_words[event->detail]));
        add_member(out, "with", text);
        break;
    case EVENT_HANGUP:
        if (event->output)
            buf_add_text(out, ",\"lost\":true");
        break;
    case EVENT_TRANSFERRED: add_transfer(call, event, out); break;
    case EVENT_SURVEY_ANSWER:
        add_member(out, "question", text);
        add_value(call, out, "answer", event->value);
        if (event->detail)
            buf_add_text(out, ",\"not-applicable\":true");
        break;
    case EVENT_CALLBACK:
        add_member(out, "what", str_of(callback_words[event->detail]));
        if (text.len)
            add_member(out, "queue", text);
        if (value_is_set(event->value))
            add_value(call, out, "number", event->value);
        break;
    case EVENT_ERROR: add_member(out, "text", text); break;
    case EVENT_ENDED: add_member(out, "how", str_of(ending_words[event->detail])); break;
    default: add_slot_details(call, event, out); break;
    }
}

void call_event_to_json(const struct call *call, size_t i, struct buf *out)
{
    const struct event *event = &call->events[i];
    buf_addf(out, "{\"n\":%zu,\"at\":\"", i);
    duration_show(event->at, out);
    buf_addf(out, "\",\"event\":\"%s\"", event_word((enum event_kind) event->kind));
    add_place(call, event, out);
    const char *party = party_word(call, event);
    if (party)
        add_member(out, "party", str_of(party));
    if (event->party != NO_PARTY && event->other && event->kind != EVENT_QUEUED)
        add_member(out, "who", text_of(call, event->other));
    add_details(call, event, out);
    buf_add_char(out, '}');
}

struct value call_event_value(struct call *call, size_t i)
{
    struct buf text;
    struct diags ignored;
    struct value value = value_not_set(TYPE_JSON);
    buf_init(&text, call->env);
    diags_init(&ignored, call->env);
    call_event_to_json(call, i, &text);
    value_json_parse(call->pool, buf_str(&text), &value, &ignored);
    diags_release(&ignored);
    buf_release(&text);
    return value;
}

/* --- for people */

static void show_subject(const struct call *call, const struct event *event, struct buf *out)
{
    struct str who = text_of(call, event->other);
    if (event->party != NO_PARTY && who.len && event->kind != EVENT_QUEUED)
        buf_addf(out, "%.*s ", STR_ARG(who));
    else if (party_word(call, event))
        buf_addf(out, "%s ", party_word(call, event));
}

static void show_named(const struct call *call, const struct event *event, struct buf *out)
{
    struct flow *flow = event_flow(call, event);
    buf_add(out, flow_name(flow, event->node));
    if (event->kind == EVENT_OUTPUT)
        buf_addf(out, ": %.*s", STR_ARG(text_of(call, event->text)));
}

static void show_target(const struct call *call, const struct event *event, struct buf *out)
{
    buf_addf(out, "%.*s (%s flow)", STR_ARG(text_of(call, event->text)),
             flow_type_info((enum flow_type) event->flow_type)->label);
}

static const char *slots_word(const struct event *event)
{
    return event->detail == 1 ? "caller" : event->detail == 2 ? "callee" : "caller and callee";
}

static void show_party_event(const struct call *call, const struct event *event, struct buf *out)
{
    struct str text = text_of(call, event->text);
    show_subject(call, event, out);
    switch ((enum event_kind) event->kind) {
    case EVENT_FLOW_ENTERED: buf_addf(out, "enters %.*s", STR_ARG(text)); break;
    case EVENT_QUEUED:
        buf_addf(out, "waits in %.*s, ", STR_ARG(text));
        if (event->other)
            buf_addf(out, "in-queue flow %.*s (%s)", STR_ARG(text_of(call, event->other)),
                     queue_rules[event->detail]);
        else
            buf_add_text(out, "plain hold music");
        break;
    case EVENT_AGENT_RINGING: buf_add_text(out, "rings"); break;
    case EVENT_AGENT_CONNECTED: buf_add_text(out, "is connected"); break;
    case EVENT_AGENT_LEFT: buf_add_text(out, "leaves"); break;
    case EVENT_HOLD: buf_add_text(out, event->detail ? "is put on hold" : "is back"); break;
    case EVENT_CONSULT:
        buf_addf(out, "consults %.*s: %s", STR_ARG(text), consult_words[event->detail]);
        break;
    case EVENT_HANGUP: buf_add_text(out, event->output ? "is lost" : "hangs up"); break;
    case EVENT_POST_FLOW_FIRED:
        buf_add_text(out, "is transferred by the post-flow to ");
        show_target(call, event, out);
        break;
    case EVENT_POST_FLOW_NOT_FIRED:
        buf_addf(out, "is not transferred: %s", not_fired_sentence((enum not_fired) event->detail));
        break;
    case EVENT_TRANSFERRED:
        buf_addf(out, "-> %.*s (%s)", STR_ARG(text), because_words[event->detail]);
        break;
    default: break;
    }
}

static void show_details(const struct call *call, const struct event *event, struct buf *out)
{
    struct str text = text_of(call, event->text);
    switch ((enum event_kind) event->kind) {
    case EVENT_ACTION:
    case EVENT_OUTPUT: show_named(call, event, out); break;
    case EVENT_VARIABLE:
        buf_addf(out, "%s%.*s = ", event->detail ? "data." : "", STR_ARG(text));
        value_show(call->pool, event->value, out);
        buf_add_text(out, event->output ? " (set by hand)" : "");
        break;
    case EVENT_PROMPT: value_show(call->pool, event->value, out); break;
    case EVENT_ASKED:
        buf_addf(out, "%s awaited", event->detail == ASKING_KEYS ? "keys are" : "a result is");
        break;
    case EVENT_POST_FLOW_SET:
        buf_addf(out, "%s: ", slots_word(event));
        show_target(call, event, out);
        break;
    case EVENT_POST_FLOW_CLEARED:
        buf_addf(out, "%s%s", slots_word(event),
                 event->output ? " by Transfer to Secure Flow" : "");
        break;
    case EVENT_SURVEY_ANSWER:
        buf_addf(out, "%.*s ", STR_ARG(text));
        value_show(call->pool, event->value, out);
        break;
    case EVENT_CALLBACK: buf_add_text(out, callback_words[event->detail]); break;
    case EVENT_ERROR: buf_add(out, text); break;
    case EVENT_ENDED: buf_add_text(out, ending_words[event->detail]); break;
    default: show_party_event(call, event, out); break;
    }
}

void call_event_show(const struct call *call, size_t i, struct buf *out)
{
    const struct event *event = &call->events[i];
    buf_addf(out, "%s: ", event_word((enum event_kind) event->kind));
    show_details(call, event, out);
}
