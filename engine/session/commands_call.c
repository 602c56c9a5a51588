/* Commands of the simulated call (simulation.md sections 1 to 3). */
#include <string.h>

#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/explore/scenario.h"
#include "engine/session/commands.h"
#include "engine/session/debug.h"

struct simulation {
    struct buf flow, ani, called, language;
    struct doc *data; /* participant data, NULL: none */
    struct scenario *scenario; /* that was played, whose world holds; NULL: none */
    enum flow_type type;
    bool started;
    bool stale; /* flows were edited since, and not yet replayed */
    struct trace_lines *before; /* of the call as it was when it was left to edit; NULL: never */
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

static void set_before(struct session *session, struct trace_lines *lines)
{
    if (session->simulation->before)
        trace_lines_free(session->simulation->before);
    session->simulation->before = lines;
}

const struct trace_lines *simulation_before(const struct session *session)
{
    return session->simulation->stale ? NULL : session->simulation->before;
}

/* The call looks into the world of its scenario until it is started anew. */
static void world_of(struct session *session, struct scenario *scenario)
{
    struct simulation *simulation = session->simulation;

    if (simulation->scenario)
        scenario_free(simulation->scenario);
    simulation->scenario = scenario;
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

    branches_free(session);
    if (session->call)
        call_free(session->call);
    session->call = NULL;
    if (!simulation)
        return;
    simulation_clear(session);
    world_of(session, NULL);
    set_before(session, NULL);
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

static void begun(struct session *session)
{
    session->simulation->started = true;
    session->simulation->stale = false;
    set_before(session, NULL);
    session->mode = SESSION_SIMULATE;
    debug_before(session);
    say_where(session, 0);
    session->moved_since = SIZE_MAX;
}

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

    if (simulation->scenario)
        setup = *scenario_setup(simulation->scenario);
    if (!session->call)
        session->call = call_new(session->env, session->ws);
    if (!call_start(session->call, &setup, diags))
        return message_diags(session, diags, false);
    begun(session);
    return true;
}

bool command_simulate(struct session *session, struct str arguments)
{
    struct scenario *before = simulation_of(session)->scenario;
    struct diags diags;
    bool ok;

    diags_init(&diags, session->env);
    branches_free(session);
    session->simulation->scenario = NULL;
    ok = read_arguments(session, arguments, &diags) && start(session, &diags);
    if (before && ok)
        scenario_free(before);
    else
        session->simulation->scenario = before;
    if (!ok && !session->simulation->started)
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
    if (!session->simulation->stale)
        set_before(session, trace_lines_new(session));
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
    session->moved_since = SIZE_MAX;
    if (session->simulation->before)
        ways_tell_difference(session, session->simulation->before);
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
    enum phase phase = call_phase(session->call);
    size_t count;
    struct buf last;

    call_events(session->call, &count);
    watches_moved(session);
    session->moved_since = events_before;
    buf_init(&last, session->env);
    if (events_before < count)
        call_event_show(session->call, count - 1, &last);
    if (phase == PHASE_ENDED && last.len == 0)
        buf_addf(&last, "%s: %s", phase_words(phase), ending_name(call_ending(session->call)));
    else if (phase != PHASE_ENDED)
        buf_addf(&last, "%s%s", last.len ? "; " : "", phase_words(phase));
    if (session_stopped_by(session)) {
        buf_addf(&last, "; breakpoint %u: ", session_stopped_by(session)->number);
        breakpoint_show(session_stopped_by(session), &last);
    }
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
    struct stimulus advance = { .kind = STIMULUS_ADVANCE, .number = 1 };
    struct call_going going = { .in_queue = true };
    size_t before = events_now(session), history = call_history(session->call), count;
    struct diags diags;
    bool ok = true;

    if (!command_count(arguments, 1, &count))
        return command_usage(session, "step");
    going.most = count < INT64_MAX ? (int64_t) count : INT64_MAX;
    debug_go(session, &going);
    diags_init(&diags, session->env);
    if (call_history(session->call) == history)
        ok = call_do(session->call, &advance, &diags) || message_diags(session, &diags, false);
    diags_release(&diags);
    if (ok)
        say_where(session, before);
    return ok;
}

bool command_run(struct session *session, struct str arguments)
{
    struct call_going going = { .most = 0 };
    size_t before = events_now(session);

    if (arguments.len)
        return command_usage(session, "run");
    debug_go(session, &going);
    say_where(session, before);
    return true;
}

/* The call is in no deeper module or task, or in another invocation of a flow. */
static bool is_out(void *context, struct call *call, size_t since)
{
    const unsigned *depth = context;

    (void) since;
    return call_where(call).depth <= *depth;
}

static bool go_out(struct session *session, unsigned depth)
{
    struct call_going going = { .in_queue = true, .through = true, .most = LIMIT_ACTIONS,
                                .stop = is_out, .context = &depth };
    size_t before = events_now(session);

    debug_go(session, &going);
    say_where(session, before);
    return true;
}

bool command_step_over(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "step-over");
    return go_out(session, call_where(session->call).depth);
}

bool command_step_out(struct session *session, struct str arguments)
{
    unsigned depth = call_where(session->call).depth;

    if (arguments.len)
        return command_usage(session, "step-out");
    if (!depth)
        return message_fail0(session, DIAG_CALL_NOT_INSIDE);
    return go_out(session, depth - 1);
}

struct place_wanted {
    struct flow *flow;
    struct spot spot;
};

static bool is_there(void *context, struct call *call, size_t since)
{
    const struct place_wanted *wanted = context;
    struct call_position at = call_where(call);

    (void) since;
    return at.flow == wanted->flow && at.spot.node == wanted->spot.node;
}

bool command_until(struct session *session, struct str arguments)
{
    struct call_position here = call_where(session->call);
    struct place_wanted wanted = { here.flow ? here.flow : session->flow, { 0 } };
    struct call_going going = { .in_queue = true, .through = true, .most = LIMIT_ACTIONS,
                                .stop = is_there, .context = &wanted };
    size_t before = events_now(session);

    if (!arguments.len)
        return command_usage(session, "until");
    if (!session_find_place(session, arguments, &wanted.flow, &wanted.spot))
        return false;
    if (!is_there(&wanted, session->call, 0) && !debug_go(session, &going) &&
        !is_there(&wanted, session->call, 0))
        return message_fail0(session, DIAG_CALL_NOT_REACHED);
    say_where(session, before);
    return true;
}

static bool do_stimulus(struct session *session, const struct stimulus *stimulus,
                        struct diags *diags)
{
    size_t before = events_now(session);

    debug_before(session);
    if (!call_do(session->call, stimulus, diags))
        return false;
    debug_look(session, before);
    return true;
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
         do_stimulus(session, &stimulus, &diags);
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
    debug_before(session);
    count = call_back(session->call, count);
    say_where(session, 0);
    session->moved_since = SIZE_MAX;
    message_more(session, MESSAGE_INFO, "%zu step%s back", count, count == 1 ? "" : "s");
    return true;
}

bool command_forward(struct session *session, struct str arguments)
{
    size_t before = events_now(session), count;

    if (!command_count(arguments, 1, &count))
        return command_usage(session, "forward");
    debug_before(session);
    count = call_forward(session->call, count);
    say_where(session, before);
    message_more(session, MESSAGE_INFO, "%zu step%s forward", count, count == 1 ? "" : "s");
    return true;
}

/* --- scenarios --- */

/* The call as the scenario has it; where it stops at an impossible step it stays there. */
static bool play(struct session *session, struct scenario *scenario, struct diags *diags)
{
    struct simulation *simulation = simulation_of(session);
    struct buf why;
    bool ok;

    branches_free(session);
    if (!session->call)
        session->call = call_new(session->env, session->ws);
    buf_init(&why, session->env);
    ok = scenario_play(scenario, session->ws, session->call, &why, diags);
    if (ok || why.len) {
        simulation_clear(session);
        world_of(session, scenario);
        simulation->type = scenario_setup(scenario)->type;
        buf_add(&simulation->flow, scenario_setup(scenario)->flow);
        begun(session);
    } else {
        message_diags(session, diags, true);
        scenario_free(scenario);
    }
    if (why.len)
        message_fail1(session, DIAG_SCENARIO_STOPS,
                      str_slice(buf_str(&why), 0, why.len - (why.ptr[why.len - 1] == '.')));
    buf_release(&why);
    return ok;
}

bool command_play(struct session *session, struct str arguments)
{
    struct scenario *scenario;
    struct diags diags;
    struct buf path;
    bool ok;

    if (!arguments.len)
        return command_usage(session, "play");
    diags_init(&diags, session->env);
    buf_init(&path, session->env);
    buf_add(&path, arguments);
    scenario = scenario_read(session->env, session->ws, path.ptr, &diags);
    ok = scenario ? play(session, scenario, &diags) : message_diags(session, &diags, true);
    buf_release(&path);
    diags_release(&diags);
    return ok;
}

/* What was recorded as JSON in the syntax that the name asks for. */
static void as_named(struct session *session, struct str name, struct buf *text)
{
    struct limits limits = LIMITS_DEFAULT;
    struct diags ignored;
    struct doc *doc;

    if (str_ends(name, STR(".json")))
        return;
    diags_init(&ignored, session->env);
    doc = doc_read(session->env, &session->ws->atoms, &limits, "", buf_str(text), &ignored);
    BUG_ON(!doc);
    buf_clear(text);
    doc_write_yaml(doc, 1, text);
    doc_free(doc);
    diags_release(&ignored);
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
    if (!scenario_has_name(path))
        buf_add_text(&name, ".scenario.json");
    scenario_record(session->call, title.len ? title : path, session->simulation->scenario, &text);
    as_named(session, buf_str(&name), &text);
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
