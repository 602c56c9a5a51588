/* What can happen now, each with its words and its consequence. */
#include "engine/call/stimuli.h"
#include "engine/flow/path.h"

static void outcome_words(const struct hangup_outcome *outcome, struct buf *out)
{
    const char *survivor = outcome->survivor == PARTY_AS_CALLER ? "caller" : "agent";
    if (outcome->reason == FIRED)
        buf_addf(out, "%s -> %.*s (%s flow)", survivor, STR_ARG(outcome->flow),
                 flow_type_info(outcome->type)->label);
    else if (outcome->call_ends)
        buf_addf(out, "call ends: %s", not_fired_word(outcome->reason));
    else
        buf_addf(out, "call goes on: %s", not_fired_word(outcome->reason));
    if (outcome->reason == NOT_FIRED_NOT_SET && outcome->other_armed)
        buf_addf(out, " (the %s's is)",
                 outcome->survivor == PARTY_AS_CALLER ? "agent" : "caller");
}

bool call_can_hang_up(const struct call *call, enum who who)
{
    struct stimulus stimulus = { .kind = STIMULUS_HANGUP, .who = who };
    return stimulus_party(call, &stimulus) != NO_PARTY;
}

void call_hangup_outcome(const struct call *call, enum who who, uint32_t agent,
                         struct hangup_outcome *out)
{
    struct stimulus stimulus = { .kind = STIMULUS_HANGUP, .who = who, .agent = agent };
    uint8_t survivor, party = NO_PARTY;
    if (who != WHO_SYSTEM)
        party = stimulus_party(call, &stimulus);
    if (who != WHO_SYSTEM && party == NO_PARTY) {
        *out = (struct hangup_outcome){ .reason = NOT_FIRED_NOBODY_LEFT, .flow = STR_NONE,
                                        .slot = &call->now.state.slots[0] };
        return;
    }
    hangup_decide(call, party == NO_PARTY ? -1 : party, out, &survivor);
}

struct maker {
    const struct call *call;
    struct choices *out;
    size_t capacity;
};

static void choice_add(struct maker *m, const struct stimulus *stimulus, const char *words,
                       struct str consequence)
{
    struct choices *out = m->out;
    if (out->count == m->capacity) {
        size_t capacity = m->capacity ? 2 * m->capacity : 32;
        struct choice *items = arena_alloc(&out->arena, capacity * sizeof *items);
        for (size_t i = 0; i < out->count; i++)
            items[i] = out->items[i];
        out->items = items;
        m->capacity = capacity;
    }
    struct buf text;
    buf_init(&text, m->call->env);
    if (words)
        buf_add_text(&text, words);
    else
        stimulus_show(m->call->pool, stimulus, &text);
    out->items[out->count++] = (struct choice){
        .stimulus = *stimulus, .words = arena_text(&out->arena, text.ptr, text.len),
        .consequence = arena_text(&out->arena, consequence.ptr ? consequence.ptr : "",
                                  consequence.len),
        .open = words != NULL };
    buf_release(&text);
}

/* Where it is possible as it stands. */
static void choice_offer(struct maker *m, struct stimulus stimulus, const char *consequence)
{
    if (stimulus_check(m->call, &stimulus, NULL))
        choice_add(m, &stimulus, NULL, str_of(consequence));
}

/* Each key that chooses something in the menu, with the choice's name. */
static void menu_choices(struct maker *m, const struct op *op)
{
    const struct call *call = m->call;
    const struct program_flow *flow = call_program(call);
    const struct menu *menu = &flow->menus[op->target];
    for (size_t i = 0; i < flow->choice_count; i++) {
        const struct menu_choice *choice = &flow->choices[i];
        bool own = i >= menu->first_choice && i < menu->first_choice + menu->choices;
        if (!choice->key || (!own && !choice->global))
            continue;
        struct stimulus stimulus = { .kind = STIMULUS_PRESS, .data = value_not_set(TYPE_JSON) };
        stimulus.text = pool_text(call->pool, (struct str){ &choice->key, 1 });
        choice_add(m, &stimulus, NULL, flow_name(&flow->flow, choice->node));
    }
}

static void key_choices(struct maker *m)
{
    const struct op *op = call_op(m->call);
    struct stimulus stimulus = { .data = value_not_set(TYPE_JSON) };
    if (m->call->now.state.asking == ASKING_KEYS) {
        if (op->kind == OP_MENU)
            menu_choices(m, op);
        stimulus.kind = STIMULUS_PRESS;
        choice_add(m, &stimulus, "press KEYS", STR_NONE);
        stimulus.kind = STIMULUS_NO_INPUT;
        choice_add(m, &stimulus, NULL, STR("the time to answer passes"));
        stimulus.kind = STIMULUS_NO_MATCH;
        choice_add(m, &stimulus, NULL, STR("what is entered fits nothing"));
        stimulus.kind = STIMULUS_SAY;
        choice_add(m, &stimulus, "say TEXT", STR_NONE);
    } else if (op && !m->call->now.state.asking && !m->call->now.state.ended) {
        stimulus.kind = STIMULUS_PRESS;
        choice_add(m, &stimulus, "press KEYS", STR("kept for the next input"));
    }
}

static void result_choices(struct maker *m)
{
    struct stimulus stimulus = { .kind = STIMULUS_OUTCOME, .data = value_not_set(TYPE_JSON) };
    struct str name;
    for (unsigned i = 0; (name = call_result_output(m->call, i)).len; i++) {
        stimulus.text = pool_text(m->call->pool, name);
        choice_add(m, &stimulus, NULL, STR_NONE);
    }
    if (m->call->now.state.asking != ASKING_RESULT) {
        stimulus.text = pool_text(m->call->pool, STR("failure"));
        choice_offer(m, stimulus, "the transfer fails, nobody waits");
    }
}

static void advance_choices(struct maker *m)
{
    struct stimulus stimulus = { .kind = STIMULUS_ADVANCE, .number = 1,
                                 .data = value_not_set(TYPE_JSON) };
    const struct op *op = call_op(m->call);
    if (op && stimulus_check(m->call, &stimulus, NULL))
        choice_add(m, &stimulus, NULL, flow_name(&call_program(m->call)->flow, op->node));
}

/* With a name to be typed: possible when any name would do. */
static void named_choice(struct maker *m, enum stimulus_kind kind, enum transfer_to to,
                         const char *words, const char *consequence)
{
    struct stimulus stimulus = { .kind = kind, .to = to, .data = value_not_set(TYPE_JSON) };
    stimulus.text = pool_text(m->call->pool, STR("NAME"));
    if (stimulus_check(m->call, &stimulus, NULL)) {
        stimulus.text = 0;
        choice_add(m, &stimulus, words, str_of(consequence));
    }
}

static void flow_choices(struct maker *m, enum stimulus_kind kind, enum flow_type type)
{
    const struct workspace *ws = m->call->ws;
    for (size_t i = 0; i < ws->count; i++) {
        enum flow_type there;
        struct str title;
        if (!workspace_title(ws->files[i], &there, &title) || there != type)
            continue;
        struct stimulus stimulus = { .kind = kind, .to = TO_FLOW,
                                     .data = value_not_set(TYPE_JSON) };
        stimulus.text = pool_text(m->call->pool, title);
        choice_offer(m, stimulus, kind == STIMULUS_SECURE ? "the agent stays on the line"
                                                          : "the agent leaves, nothing fires");
    }
}

static void agent_choices(struct maker *m)
{
    static const struct {
        enum stimulus_kind kind;
        const char *consequence;
    } plain[] = {
        { STIMULUS_ANSWERS, "caller and agent talk" },
        { STIMULUS_NO_ANSWER, "an agent who only rings is not reached" },
        { STIMULUS_HOLDS, "caller on hold" },
        { STIMULUS_RESUMES, "they talk again" },
        { STIMULUS_SCHEDULES_CALLBACK, "after the survey, if there is one" },
        { STIMULUS_COMPLETES, "the agent leaves, nothing fires" },
        { STIMULUS_WITHDRAWS, "back to the caller" },
        { STIMULUS_CONFERENCES, "all talk" },
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        struct stimulus stimulus = { .kind = plain[i].kind, .data = value_not_set(TYPE_JSON) };
        choice_offer(m, stimulus, plain[i].consequence);
    }
    named_choice(m, STIMULUS_TRANSFERS, TO_QUEUE, "agent transfers queue NAME",
                 "the agent leaves, nothing fires");
    named_choice(m, STIMULUS_TRANSFERS, TO_USER, "agent transfers user NAME",
                 "the agent leaves, nothing fires");
    named_choice(m, STIMULUS_TRANSFERS, TO_NUMBER, "agent transfers number NAME",
                 "the agent leaves, nothing fires");
    flow_choices(m, STIMULUS_TRANSFERS, FLOW_INBOUND_CALL);
    named_choice(m, STIMULUS_CONSULTS, TO_USER, "agent consults queue|user|number NAME",
                 "caller on hold");
    flow_choices(m, STIMULUS_SECURE, FLOW_SECURE_CALL);
}

static void hangup_choice(struct maker *m, enum who who, uint32_t agent)
{
    struct stimulus stimulus = { .kind = STIMULUS_HANGUP, .who = who, .agent = agent,
                                 .data = value_not_set(TYPE_JSON) };
    struct hangup_outcome outcome;
    struct buf text;
    if (!stimulus_check(m->call, &stimulus, NULL))
        return;
    buf_init(&text, m->call->env);
    call_hangup_outcome(m->call, who, agent, &outcome);
    outcome_words(&outcome, &text);
    choice_add(m, &stimulus, NULL, buf_str(&text));
    buf_release(&text);
}

static void hangup_choices(struct maker *m)
{
    const struct call_state *state = &m->call->now.state;
    hangup_choice(m, WHO_CALLER, 0);
    for (uint8_t i = 0; i < state->party_count; i++) {
        const struct party *party = &state->parties[i];
        if (party->kind == PARTY_AGENT &&
            (party_is_connected(party) || party->status == PARTY_CONSULTED))
            hangup_choice(m, WHO_AGENT, party->number);
    }
    hangup_choice(m, WHO_EXTERNAL, 0);
    hangup_choice(m, WHO_SYSTEM, 0);
}

void call_choices(const struct call *call, struct choices *out)
{
    struct maker m = { .call = call, .out = out };
    arena_clear(&out->arena);
    out->items = NULL;
    out->count = 0;
    if (call->now.state.ended)
        return;
    advance_choices(&m);
    key_choices(&m);
    result_choices(&m);
    agent_choices(&m);
    hangup_choices(&m);
    struct stimulus wait = { .kind = STIMULUS_WAIT, .number = 30000,
                             .data = value_not_set(TYPE_JSON) };
    choice_add(&m, &wait, "wait DURATION", STR("time passes"));
}

static bool is_placeholder(struct str word)
{
    return str_find_char(word, '|') >= 0 ||
           (word.len > 1 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z' && word.ptr[1] >= 'A' &&
            word.ptr[1] <= 'Z');
}

struct str choice_fixed_words(const struct choice *choice)
{
    struct str words = str_of(choice->words);
    size_t at = 0;
    /* Only those that were written for people to fill in have any: a name may be in capitals. */
    while (choice->open && at < words.len) {
        struct str rest = str_slice(words, at, words.len);
        ptrdiff_t space = str_find_char(rest, ' ');
        size_t len = space < 0 ? rest.len : (size_t) space;
        if (is_placeholder(str_slice(rest, 0, len)))
            return str_slice(words, 0, at);
        at += len + (space >= 0);
    }
    return words;
}
