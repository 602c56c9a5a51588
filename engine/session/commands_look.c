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

static void say_causes(struct session *session, const struct causes *causes, const char *none)
{
    struct buf text;

    buf_init(&text, session->env);
    for (size_t i = 0; i < causes->count; i++) {
        buf_add_text(&text, i ? "\n" : "");
        cause_show(&causes->items[i], &text);
    }
    message_set(session, MESSAGE_INFO, "%s", text.len ? text.ptr : none);
    buf_release(&text);
}

bool command_why(struct session *session, struct str arguments)
{
    struct causes causes = { .items = NULL };
    int64_t event = 0;
    size_t count;

    call_events(session->call, &count);
    if (arguments.len && (!str_to_int(arguments, &event) || event < 0 || (size_t) event >= count))
        return command_usage(session, "why");
    arena_init(&causes.arena, session->env);
    if (arguments.len)
        call_why_event(session->call, (size_t) event, &causes);
    else
        call_why(session->call, &causes);
    say_causes(session, &causes, "nothing was transferred and nothing has ended yet");
    arena_release(&causes.arena);
    return true;
}

bool command_why_not(struct session *session, struct str arguments)
{
    struct causes causes = { .items = NULL };

    if (arguments.len)
        return command_usage(session, "why-not");
    arena_init(&causes.arena, session->env);
    call_why_not(session->call, &causes);
    say_causes(session, &causes, "every post-flow that was looked up has fired");
    arena_release(&causes.arena);
    return true;
}
