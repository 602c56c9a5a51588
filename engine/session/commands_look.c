/* Commands that look at the simulated call: consequences, causes. */
#include "engine/base/env.h"
#include "engine/session/commands.h"

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
    for (size_t i = 0; i < causes.count; i++) {
        buf_add_text(&text, i ? "\n" : "");
        cause_show(&causes.items[i], &text);
    }
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
