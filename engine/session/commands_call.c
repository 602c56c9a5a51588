/* Commands of the simulated call (simulation.md sections 1 to 3). */
#include <string.h>

#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/explore/scenario.h"
#include "engine/session/commands.h"

struct simulation {
    struct buf flow, ani, called, language;
    struct doc *data; /* participant data, NULL: none */
    enum flow_type type;
    bool started;
    bool stale; /* flows were edited since, and not yet replayed */
};

/* --- starting --- */

static void simulation_clear(struct session *session)
{
    struct simulation *simulation = session->simulation;

    buf_clear(&simulation->flow);
    buf_clear(&simulation->ani);
    buf_clear(&simulation->called);
    buf_clear(&simulation->language);
    if (simulation->data)
        doc_free(simulation->data);
    simulation->data = NULL;
    simulation->started = simulation->stale = false;
}

static struct simulation *simulation_of(struct session *session)
{
    struct simulation *simulation = session->simulation;

    if (simulation)
        return simulation;
    simulation = session->simulation = mem_zalloc(session->env, sizeof *simulation);
    buf_init(&simulation->flow, session->env);
    buf_init(&simulation->ani, session->env);
    buf_init(&simulation->called, session->env);
    buf_init(&simulation->language, session->env);
    return simulation;
}

void simulation_free(struct session *session)
{
    struct simulation *simulation = session->simulation;

    if (session->call)
        call_free(session->call);
    session->call = NULL;
    if (!simulation)
        return;
    simulation_clear(session);
    buf_release(&simulation->flow);
    buf_release(&simulation->ani);
    buf_release(&simulation->called);
    buf_release(&simulation->language);
    mem_free(session->env, simulation);
    session->simulation = NULL;
}

/* key=value; data.NAME=value goes into the participant data. */
static bool take_option(struct simulation *simulation, struct str word, struct buf *data)
{
    ptrdiff_t equals = str_find_char(word, '=');
    struct str key, value;

    if (equals < 0)
        return false;
    key = str_slice(word, 0, (size_t) equals);
    value = str_slice(word, (size_t) equals + 1, word.len);
    if (str_is(key, "ani")) {
        buf_add(&simulation->ani, value);
    } else if (str_is(key, "called")) {
        buf_add(&simulation->called, value);
    } else if (str_is(key, "language")) {
        buf_add(&simulation->language, value);
    } else if (str_starts(key, STR("data.")) && key.len > 5) {
        buf_add_char(data, data->len ? ',' : '{');
        json_add_text(data, str_slice(key, 5, key.len), false);
        buf_add_char(data, ':');
        json_add_text(data, value, false);
    } else {
        return false;
    }
    return true;
}

/* Words that are no options are the flow's name. */
static bool read_arguments(struct session *session, struct str arguments, struct diags *diags)
{
    struct simulation *simulation = simulation_of(session);
    struct buf data, name;
    struct flow *flow = session->flow;
    bool ok = true;

    simulation_clear(session);
    buf_init(&data, session->env);
    buf_init(&name, session->env);
    while (arguments.len) {
        struct str word = command_word(&arguments);
        if (take_option(simulation, word, &data))
            continue;
        buf_add_text(&name, name.len ? " " : "");
        buf_add(&name, word);
    }
    if (name.len)
        flow = command_find_flow(session, buf_str(&name));
    if (!flow) {
        ok = name.len ? message_fail1(session, DIAG_FLOW_UNKNOWN, buf_str(&name))
                      : message_fail0(session, DIAG_COMMAND_NO_FLOW);
    } else {
        buf_add(&simulation->flow, flow_title(flow));
        simulation->type = flow->type;
    }
    if (ok && data.len) {
        buf_add_char(&data, '}');
        simulation->data = doc_read(session->env, &session->ws->atoms, &session->ws->limits,
                                    "data", buf_str(&data), diags);
        ok = simulation->data || message_diags(session, diags, false);
    }
    buf_release(&data);
    buf_release(&name);
    return ok;
}

static void say_where(struct session *session, size_t events_before);

static bool start(struct session *session, struct diags *diags)
{
    struct simulation *simulation = session->simulation;
    struct call_setup setup = {
        .type = simulation->type,
        .flow = buf_str(&simulation->flow),
        .ani = buf_str(&simulation->ani),
        .called = buf_str(&simulation->called),
        .language = buf_str(&simulation->language),
        .data_doc = simulation->data,
        .data = simulation->data ? 1 : 0,
    };

    if (!session->call)
        session->call = call_new(session->env, session->ws);
    if (!call_start(session->call, &setup, diags))
        return message_diags(session, diags, false);
    simulation->started = true;
    simulation->stale = false;
    session->mode = SESSION_SIMULATE;
    say_where(session, 0);
    return true;
}

bool command_simulate(struct session *session, struct str arguments)
{
    struct diags diags;
    bool ok;

    diags_init(&diags, session->env);
    ok = read_arguments(session, arguments, &diags) && start(session, &diags);
    if (!ok && session->simulation && !session->simulation->started)
        session->mode = SESSION_EDIT;
    diags_release(&diags);
    return ok;
}

bool command_restart(struct session *session, struct str arguments)
{
    struct diags diags;
    bool ok;

    if (arguments.len)
        return command_usage(session, "restart");
    diags_init(&diags, session->env);
    ok = start(session, &diags);
    diags_release(&diags);
    return ok;
}

bool command_edit(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "edit");
    session->mode = SESSION_EDIT;
    message_set(session, MESSAGE_INFO, "editing; :resume goes on with the call");
    return true;
}

/* --- after an edit --- */

static void replay(struct session *session)
{
    size_t before = call_history(session->call), fitted = call_replay(session->call);

    session->simulation->stale = false;
    if (fitted < before)
        message_more(session, MESSAGE_WARNING,
                     "the call was repeated and stops behind %zu of %zu steps: the next does not "
                     "fit any more", fitted, before);
    else
        message_more(session, MESSAGE_INFO, "the call was repeated");
}

void simulation_edited(struct session *session)
{
    if (!session->simulation || !session->simulation->started)
        return;
    session->simulation->stale = true;
    if (session->mode == SESSION_SIMULATE)
        replay(session);
}

bool command_resume(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "resume");
    if (!session->simulation || !session->simulation->started)
        return message_fail0(session, DIAG_COMMAND_NO_CALL);
    session->mode = SESSION_SIMULATE;
    say_where(session, SIZE_MAX);
    if (session->simulation->stale)
        replay(session);
    return true;
}

/* --- moving on --- */

/* What happened last, and what the call waits for. */
static void say_where(struct session *session, size_t events_before)
{
    static const char *const waits[] = {
        [PHASE_READY] = "ready",
        [PHASE_KEYS] = "waiting for keys",
        [PHASE_RESULT] = "waiting for a result",
        [PHASE_QUEUED] = "in the queue",
        [PHASE_TALKING] = "talking",
        [PHASE_ENDED] = "ended",
    };
    enum phase phase = call_phase(session->call);
    size_t count;
    struct buf last;

    call_events(session->call, &count);
    buf_init(&last, session->env);
    if (events_before < count)
        call_event_show(session->call, count - 1, &last);
    if (phase == PHASE_ENDED && last.len == 0)
        buf_addf(&last, "%s: %s", waits[phase], ending_name(call_ending(session->call)));
    else if (phase != PHASE_ENDED)
        buf_addf(&last, "%s%s", last.len ? "; " : "", waits[phase]);
    message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(buf_str(&last)));
    buf_release(&last);
}

static size_t events_now(const struct session *session)
{
    size_t count;

    call_events(session->call, &count);
    return count;
}

bool command_step(struct session *session, struct str arguments)
{
    struct stimulus advance = { .kind = STIMULUS_ADVANCE };
    size_t before = events_now(session), count;
    struct diags diags;
    bool ok;

    if (!command_count(arguments, 1, &count))
        return command_usage(session, "step");
    advance.number = (int64_t) count;
    diags_init(&diags, session->env);
    ok = call_do(session->call, &advance, &diags);
    if (ok)
        say_where(session, before);
    else
        message_diags(session, &diags, false);
    diags_release(&diags);
    return ok;
}

bool command_run(struct session *session, struct str arguments)
{
    size_t before = events_now(session);

    if (arguments.len)
        return command_usage(session, "run");
    call_run(session->call);
    say_where(session, before);
    return true;
}

bool command_until(struct session *session, struct str arguments)
{
    struct call_position here = call_where(session->call);
    struct flow *flow = here.flow ? here.flow : session->flow;
    size_t before = events_now(session);
    struct str flow_text, rest;
    struct diags diags;
    struct spot spot;
    bool ok;

    if (!arguments.len)
        return command_usage(session, "until");
    path_split(arguments, &flow_text, &rest);
    if (flow_text.len)
        flow = command_find_flow(session, flow_text);
    if (!flow)
        return message_fail1(session, DIAG_FLOW_UNKNOWN, flow_text);
    diags_init(&diags, session->env);
    ok = path_find(flow, rest, &spot, &diags) && call_until(session->call, flow, spot, &diags);
    if (ok)
        say_where(session, before);
    else
        message_diags(session, &diags, false);
    diags_release(&diags);
    return ok;
}

bool command_do(struct session *session, struct str arguments)
{
    size_t before = events_now(session);
    struct stimulus stimulus;
    struct diags diags;
    bool ok;

    if (!arguments.len)
        return command_usage(session, "do");
    diags_init(&diags, session->env);
    ok = stimulus_parse(call_pool(session->call), arguments, &stimulus, &diags) &&
         call_do(session->call, &stimulus, &diags);
    if (ok)
        say_where(session, before);
    else
        message_diags(session, &diags, false);
    diags_release(&diags);
    return ok;
}

bool command_back(struct session *session, struct str arguments)
{
    size_t count;

    if (!command_count(arguments, 1, &count))
        return command_usage(session, "back");
    count = call_back(session->call, count);
    say_where(session, 0);
    message_more(session, MESSAGE_INFO, "%zu step%s back", count, count == 1 ? "" : "s");
    return true;
}

/* --- looking --- */

static bool same_choice(const struct stimulus *choice, const struct stimulus *asked)
{
    return choice->kind == asked->kind && choice->who == asked->who &&
           (!asked->agent || !choice->agent || choice->agent == asked->agent);
}

static bool say_choice(struct session *session, const struct choices *choices,
                       const struct stimulus *asked, struct str words)
{
    struct buf possible;

    for (size_t i = 0; i < choices->count; i++) {
        const struct choice *choice = &choices->items[i];
        if (!same_choice(&choice->stimulus, asked))
            continue;
        message_set(session, MESSAGE_INFO, "%s: %s", choice->words,
                    choice->consequence && *choice->consequence ? choice->consequence
                                                                : "the call goes on");
        return true;
    }
    buf_init(&possible, session->env);
    for (size_t i = 0; i < choices->count; i++)
        buf_addf(&possible, "%s%s", i ? ", " : "", choices->items[i].words);
    message_fail2(session, DIAG_STIMULUS_NOT_POSSIBLE, words,
                  possible.len ? buf_str(&possible) : STR("nothing"));
    buf_release(&possible);
    return false;
}

bool command_peek(struct session *session, struct str arguments)
{
    struct stimulus stimulus;
    struct choices choices = { .items = NULL };
    struct diags diags;
    bool ok;

    if (!arguments.len)
        return command_usage(session, "peek");
    diags_init(&diags, session->env);
    ok = stimulus_parse(call_pool(session->call), arguments, &stimulus, &diags);
    if (ok) {
        arena_init(&choices.arena, session->env);
        call_choices(session->call, &choices);
        ok = say_choice(session, &choices, &stimulus, arguments);
        arena_release(&choices.arena);
    } else {
        message_diags(session, &diags, false);
    }
    diags_release(&diags);
    return ok;
}

bool command_why(struct session *session, struct str arguments)
{
    struct causes causes = { .items = NULL };
    struct buf text;

    if (arguments.len)
        return command_usage(session, "why");
    arena_init(&causes.arena, session->env);
    buf_init(&text, session->env);
    call_why(session->call, &causes);
    for (size_t i = 0; i < causes.count; i++)
        buf_addf(&text, "%s%s", i ? "\n" : "", causes.items[i].text);
    message_set(session, MESSAGE_INFO, "%s",
                text.len ? text.ptr : "nothing was transferred and nothing has ended yet");
    buf_release(&text);
    arena_release(&causes.arena);
    return true;
}

static void add_outcome(struct session *session, enum party_role role, struct buf *out)
{
    struct hangup_outcome outcome;
    bool caller = role == PARTY_AS_CALLER;

    buf_addf(out, "%s hangs up: ", caller ? "caller" : "agent");
    call_hangup_outcome(session->call, caller ? WHO_CALLER : WHO_AGENT, 0, &outcome);
    if (!call_can_hang_up(session->call, caller ? WHO_CALLER : WHO_AGENT))
        buf_addf(out, "no %s is connected", caller ? "caller" : "agent");
    else if (outcome.reason == FIRED)
        buf_addf(out, "it would transfer the %s to %.*s",
                 outcome.survivor == PARTY_AS_CALLER ? "caller" : "agent",
                 STR_ARG(outcome.flow));
    else
        buf_add_text(out, not_fired_sentence(outcome.reason));
}

bool command_why_not(struct session *session, struct str arguments)
{
    struct buf text;

    if (arguments.len)
        return command_usage(session, "why-not");
    buf_init(&text, session->env);
    if (call_phase(session->call) == PHASE_ENDED) {
        size_t count;
        const struct event *events = call_events(session->call, &count);
        for (size_t i = 0; i < count; i++)
            if (events[i].kind == EVENT_POST_FLOW_NOT_FIRED) {
                buf_add_text(&text, text.len ? "\n" : "");
                call_event_show(session->call, i, &text);
            }
    } else {
        add_outcome(session, PARTY_AS_CALLER, &text);
        buf_add_char(&text, '\n');
        add_outcome(session, PARTY_AS_CALLEE, &text);
    }
    message_set(session, MESSAGE_INFO, "%s",
                text.len ? text.ptr : "every post-flow that was looked up has fired");
    buf_release(&text);
    return true;
}

static bool save_scenario(struct session *session, struct str arguments, enum save_how how)
{
    struct str title = arguments, path = command_word(&title);
    struct buf text, name;
    bool ok;

    if (!path.len)
        return command_usage(session, "save-scenario");
    buf_init(&text, session->env);
    buf_init(&name, session->env);
    buf_add(&name, path);
    if (!str_ends(path, STR(".scenario.json")))
        buf_add_text(&name, ".scenario.json");
    scenario_record(session->call, title.len ? title : path, &text);
    ok = save_text(session, buf_str(&name), buf_str(&text), how);
    if (!ok && how == SAVE_ASK && file_exists(name.ptr))
        message_more(session, MESSAGE_ERROR, ":save-scenario! writes over it");
    buf_release(&name);
    buf_release(&text);
    return ok;
}

bool command_save_scenario(struct session *session, struct str arguments)
{
    return save_scenario(session, arguments, SAVE_ASK);
}

bool command_save_scenario_force(struct session *session, struct str arguments)
{
    return save_scenario(session, arguments, SAVE_FORCE);
}
