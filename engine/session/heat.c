/* What the scenarios of the folder reach, kept by node, so that an edit does not move it. */
#include <stdlib.h>
#include <string.h>

#include "engine/base/env.h"
#include "engine/explore/coverage.h"
#include "engine/explore/scenario.h"
#include "engine/flow/query.h"
#include "engine/session/commands.h"

struct heat_row {
    struct spot spot;
    struct covered covered;
};
struct heat_flow {
    const struct flow *flow;
    struct heat_row *rows; /* by node, then output */
    size_t count, capacity;
};
struct heat {
    struct heat_flow *flows;
    size_t count;
};

void heat_free(struct session *session)
{
    struct heat *heat = session->heat;

    if (!heat)
        return;
    for (size_t i = 0; i < heat->count; i++)
        mem_free(session->env, heat->flows[i].rows);
    mem_free(session->env, heat->flows);
    mem_free(session->env, heat);
    session->heat = NULL;
}

/* --- collecting --- */

struct collecting {
    struct env *env;
    const struct coverage *coverage;
    struct heat_flow *to;
    struct path_memo memo;
};

static void add_row(struct collecting *collecting, struct spot spot)
{
    struct heat_flow *to = collecting->to;

    to->rows = mem_grow(collecting->env, to->rows, &to->capacity, to->count + 1, sizeof *to->rows);
    to->rows[to->count].spot = spot;
    coverage_at(collecting->coverage, to->flow, spot, &collecting->memo,
                &to->rows[to->count++].covered);
}

static bool collect(void *context, node_id action, unsigned depth)
{
    struct collecting *collecting = context;
    unsigned outputs = flow_output_count(collecting->to->flow, action);

    (void) depth;
    for (unsigned i = 0; i <= outputs; i++)
        add_row(collecting, (struct spot){ action, (uint16_t) i });
    return true;
}

static int by_spot(const void *a, const void *b)
{
    const struct spot *x = &((const struct heat_row *) a)->spot;
    const struct spot *y = &((const struct heat_row *) b)->spot;

    return x->node != y->node ? (x->node < y->node ? -1 : 1) : x->output - y->output;
}

static struct heat *make_heat(struct session *session, const struct coverage *coverage)
{
    struct env *env = session->env;
    struct heat *heat = mem_zalloc(env, sizeof *heat);

    heat->flows = mem_zalloc(env, (session->ws->count + 1) * sizeof *heat->flows);
    for (size_t i = 0; i < session->ws->count; i++) {
        struct heat_flow *to = &heat->flows[heat->count];
        struct collecting collecting = { .env = env, .coverage = coverage, .to = to };
        to->flow = workspace_flow(session->ws->files[i]);
        if (!to->flow || to->flow->type == FLOW_OTHER)
            continue;
        collecting.memo.env = env;
        flow_each_action(to->flow, collect, &collecting);
        path_memo_release(&collecting.memo);
        if (to->count)
            qsort(to->rows, to->count, sizeof *to->rows, by_spot);
        heat->count++;
    }
    return heat;
}

struct run_count {
    size_t all, passed;
};

/* A scenario of another folder within this one looks at other flows. */
static bool is_ours(const struct session *session, const char *path)
{
    char *folder = workspace_folder(session->env, path);
    bool same = !strcmp(folder, session->ws->folder);

    mem_free(session->env, folder);
    return same;
}

static void run_one(struct session *session, const char *path, struct coverage *coverage,
                    struct run_count *runs)
{
    struct scenario_result result;
    struct scenario *scenario;
    struct diags ignored; /* `postflow test` tells what is wrong with it */

    diags_init(&ignored, session->env);
    scenario_result_init(&result, session->env);
    result.coverage = coverage;
    scenario = scenario_read(session->env, session->ws, path, &ignored);
    if (scenario)
        scenario_run(scenario, session->ws, &result, &ignored);
    runs->all++;
    runs->passed += scenario && result.verdict == VERDICT_PASSED;
    scenario_result_release(&result);
    if (scenario)
        scenario_free(scenario);
    diags_release(&ignored);
}

bool command_coverage(struct session *session, struct str arguments)
{
    const char *const folder = session->ws->folder;
    struct run_count runs = { 0 };
    struct coverage *coverage;
    struct file_list files = { .env = NULL };
    struct diags diags;

    heat_free(session);
    if (str_is(arguments, "off")) {
        message_set(session, MESSAGE_INFO, "the marks are gone");
        return true;
    }
    if (arguments.len)
        return command_usage(session, "coverage");
    diags_init(&diags, session->env);
    if (!scenario_find(session->env, &folder, 1, &files, &diags)) {
        message_diags(session, &diags, true);
        diags_release(&diags);
        return false;
    }
    coverage = coverage_new(session->env);
    for (size_t i = 0; i < files.count; i++)
        if (is_ours(session, files.items[i].path))
            run_one(session, files.items[i].path, coverage, &runs);
    session->heat = make_heat(session, coverage);
    message_set(session, runs.passed == runs.all ? MESSAGE_INFO : MESSAGE_WARNING,
                "%zu of %zu scenarios passed; next-uncovered goes to what none tries", runs.passed,
                runs.all);
    coverage_free(coverage);
    file_list_release(&files);
    diags_release(&diags);
    return true;
}

/* --- looking --- */

bool session_covered(const struct session *session, const struct flow *flow, struct spot spot,
                     struct covered *out)
{
    const struct heat *heat = session->heat;
    const struct heat_row wanted = { .spot = spot }, *found = NULL;

    for (size_t i = 0; heat && i < heat->count; i++)
        if (heat->flows[i].flow == flow && heat->flows[i].count)
            found = bsearch(&wanted, heat->flows[i].rows, heat->flows[i].count,
                            sizeof *heat->flows[i].rows, by_spot);
    if (found)
        *out = found->covered;
    return found != NULL;
}

/* The first uncovered place of a flow, and the first behind the cursor. */
struct seeking {
    const struct session *session;
    const struct flow *flow;
    struct spot from, first, behind;
    bool passed;
};

static bool is_uncovered(const struct seeking *seeking, struct spot spot)
{
    struct covered covered;

    return !session_covered(seeking->session, seeking->flow, spot, &covered) ||
           covered.times == 0 || covered.caller == HANGUP_NOT_TRIED ||
           covered.other == HANGUP_NOT_TRIED;
}

static bool seek(void *context, node_id action, unsigned depth)
{
    struct seeking *seeking = context;
    unsigned outputs = flow_output_count(seeking->flow, action);

    (void) depth;
    for (unsigned i = 0; i <= outputs; i++) {
        struct spot spot = { action, (uint16_t) i };
        bool open = is_uncovered(seeking, spot);
        if (open && !seeking->first.node)
            seeking->first = spot;
        if (open && seeking->passed) {
            seeking->behind = spot;
            return false;
        }
        if (spot.node == seeking->from.node && spot.output == seeking->from.output)
            seeking->passed = true;
    }
    return true;
}

static void say_uncovered(struct session *session, const struct flow *flow, struct spot spot)
{
    struct covered covered = { .times = 0 };
    bool known = session_covered(session, flow, spot, &covered);
    const char *who = covered.caller == HANGUP_NOT_TRIED ? "caller" : "other side";

    if (!known)
        message_set(session, MESSAGE_INFO, "it came after :coverage");
    else if (covered.times == 0)
        message_set(session, MESSAGE_INFO, "no scenario comes here");
    else
        message_set(session, MESSAGE_INFO, "no scenario lets the %s hang up here", who);
}

/* Behind the cursor, then in the flows behind this one and around, at last before the cursor. */
bool command_next_uncovered(struct session *session, struct str arguments)
{
    size_t here = 0, count = session->ws->count;

    if (arguments.len)
        return command_usage(session, "next-uncovered");
    if (!session->heat && !command_coverage(session, STR_NONE))
        return false;
    for (size_t i = 0; i < count; i++)
        if (&session->ws->files[i]->flow == session->flow)
            here = i;
    for (size_t i = 0; i <= count; i++) {
        struct flow *flow = workspace_flow(session->ws->files[(here + i) % count]);
        bool own = flow == session->flow && i == 0;
        struct seeking seeking = { .session = session, .flow = flow, .from = session->cursor,
                                   .passed = !own };
        if (!flow || flow->type == FLOW_OTHER)
            continue;
        /* Before the first action everything is behind the cursor. */
        if (own && flow_role(flow, session->cursor.node) != ROLE_ACTION)
            seeking.passed = true;
        flow_each_action(flow, seek, &seeking);
        struct spot found = i == count ? seeking.first : seeking.behind;
        if (!found.node)
            continue;
        session_show_flow(session, flow, found);
        say_uncovered(session, flow, found);
        return true;
    }
    message_set(session, MESSAGE_INFO, "scenarios try everything");
    return true;
}
