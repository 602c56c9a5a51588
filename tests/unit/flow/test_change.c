/* Random edits of a flow: after each the tags are those of the same tree read afresh, a refused one
 * leaves nothing behind, undoing all gives the source back, redoing all the same text again.
 * TEST_SEED=N repeats one run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/query.h"
#include "tests/unit/flow/reading.h"

enum { RUNS = 60, STEPS = 60, MOST_SPOTS = 4000 };

static const char *const sources[] = {
    "{'inboundCall':{'name':'Main','startUpRef':'/inboundCall/tasks/task[T_1]',\n"
    " 'variables':[{'stringVariable':{'name':'Flow.a'}}],\n"
    " 'tasks':[{'task':{'name':'T','refId':'T_1','actions':[\n"
    "  {'decision':{'name':'D','condition':{'lit':true},'outputs':{'yes':{'actions':[\n"
    "    {'playAudio':{'audio':{'tts':'hi'}}},{'loop':{'loopCount':{'lit':2},'outputs':{'loop':\n"
    "      {'actions':[{'loopNext':{}}]}}}}]}}}},\n"
    "  {'switch':{'evaluate':{'firstTrue':{'default':{'actions':[]},'cases':[{'case':{'value':\n"
    "    {'exp':'Flow.a==1'},'actions':[{'disconnect':{}}]}}]}}}},\n"
    "  {'updateData':{'statements':[{'string':{'variable':'Flow.a','value':{'lit':'x'}}}]}},\n"
    "  {'setPostFlow':{'target':{'lit':'caller'},'targetFlow':{'name':'CSAT'}}},\n"
    "  {'callData':{'category':{'CRM':{'dataAction':{'Find':{'inputs':{'id':{'lit':'1'}}}}}}}},\n"
    "  {'callTask':{'targetTaskRef':'/inboundCall/tasks/task[U_2]','outputs':{'default':\n"
    "    {'actions':[]},'paths':[{'path':{'name':'p','actions':[{'endTask':{}}]}}]}}},\n"
    "  {'dance':{'steps':3,'outputs':{'left':{'actions':[{'disconnect':null}]}}}}]}},\n"
    "  {'task':{'name':'U','refId':'U_2','variables':[{'integerVariable':{'name':'Task.n'}}]}}],\n"
    " 'menus':[{'menu':{'name':'M','refId':'M_3','choices':[\n"
    "  {'menuTask':{'name':'A','dtmf':'digit_1','task':{'actions':[{'playAudio':{}}]}}},\n"
    "  {'menuSubMenu':{'name':'B','dtmf':'digit_2','choices':[{'menuDisconnect':{}}]}}]}}]}}\n",
    "{\"commonModule\": {\"name\": \"Mod\", \"startUpTaskActions\": [\n"
    "  {\"collectInput\": {\"inputData\": {\"var\": \"Task.d\"}, \"digits\": {\"exact\": 2}}}\n]}}",
    "{'voiceSurvey':{'name':'S','startUpRef':'/voiceSurvey/states/state[Q_1]','states':"
    "[{'state':{'name':'Q','refId':'Q_1','actions':[{'askSurveyQuestion':{}},{'endState':{}}]}}]}}",
    "{'inboundCall':{'name':'Odd','tasks':null,'menus':[{'menu':{'name':'M','choices':null}},"
    "{'menu':null}],'variables':[],'startUpTaskActions':[{'a':{},'b':{}},{'playAudio':{'outputs':"
    "null}},7,{'decision':{'outputs':{'yes':null,'no':[]}}}]}}",
};

static const char *const texts[] = {
    "",        "caller",  "callee",     "any",        "inboundCallFlow", "voiceSurveyFlow",
    "CSAT",    "=Flow.a", "{\"k\": 1}", "[1,2]",      "null",            "true",
    "12",      "90s",     "exact",      "range",      "firstTrue",       "firstMatch",
    "queue",   "user",    "now",        "dateTime",   "Flow.a",          "Task.n",
    "digit_3", "T",       "M",          "duration",   "entirePrompt",    "Prompt.x",
    "none",    "x\ty/z",  "2026-01-01T00:00:00Z",     "firstMatch",      "\"quoted\"",
};
static const char *const names[] = { "Sales", "T", "a/b", "", "7", "Mün \"x\"", "[x]" };
static const char *const pastes[] = {
    "{\"playAudio\":{}}",
    "[{\"decision\":{\"outputs\":{\"yes\":{\"actions\":[{\"disconnect\":{}}]}}}},{\"x\":1}]",
    "{\"menuTask\":{\"refId\":\"A_1\",\"task\":{\"actions\":[{\"disconnect\":{}}]}}}",
    "{\"menuSubMenu\":{\"choices\":[{\"menuTask\":{\"task\":{}}}]}}",
    "{\"a\":1,\"b\":2}", "3", "[]", "{",
    ("[{\"switch\":{\"evaluate\":{\"firstMatch\":{\"string\":{\"cases\":[{\"case\":"
     "{\"actions\":[]}}]}}}}}]"),
};

struct edits {
    struct reading r;
    struct flow flow;
    uint64_t state;
    node_id actions[MOST_SPOTS]; /* actions and choices, then containers and variables */
    size_t action_count, count;
    struct change *done[STEPS];
    size_t done_count;
};

static uint32_t below(struct edits *e, size_t most)
{
    e->state ^= e->state << 13;
    e->state ^= e->state >> 7;
    e->state ^= e->state << 17;
    return most ? (uint32_t) ((e->state >> 32) % most) : 0;
}
#define ANY(e, array) ((array)[below(e, sizeof(array) / sizeof *(array))])

static bool collect(void *context, node_id action, unsigned depth)
{
    struct edits *e = context;
    (void) depth;
    e->actions[e->count++] = action;
    return e->count + 200 < MOST_SPOTS;
}

static void collect_all(struct edits *e)
{
    const struct flow *flow = &e->flow;
    e->count = 0;
    flow_each_action(flow, collect, e);
    e->action_count = e->count;
    for (node_id at = flow_container_next(flow, 0); at && e->count + 50 < MOST_SPOTS;
         at = flow_container_next(flow, at)) {
        e->actions[e->count++] = at;
        for (node_id v = 0; (v = flow_variable_next(flow, at, v)) && e->count < MOST_SPOTS;)
            e->actions[e->count++] = v;
    }
    if (e->count < MOST_SPOTS)
        e->actions[e->count++] = flow->body;
}

static node_id any_node(struct edits *e)
{
    return e->count ? e->actions[below(e, e->count)] : e->flow.body;
}

static struct spot any_spot(struct edits *e)
{
    node_id node = any_node(e);
    enum role role = flow_role(&e->flow, node);
    unsigned outputs =
        role == ROLE_ACTION || role == ROLE_CHOICE ? flow_output_count(&e->flow, node) : 0;
    return (struct spot){ node, (uint16_t) below(e, outputs + 1) };
}

static bool edit_add(struct edits *e, struct change *change)
{
    struct slot slot;
    return slot_at(&e->flow, any_spot(e), &slot) &&
           flow_add_action(change, &e->flow, slot,
                           catalogue_action(below(e, catalogue_count())), &e->r.diags);
}

static bool edit_choice(struct edits *e, struct change *change)
{
    node_id menu = any_node(e);
    enum role role = flow_role(&e->flow, menu);
    return (role == ROLE_MENU || role == ROLE_CHOICE) &&
           flow_add_choice(change, &e->flow, menu, flow_choice_last(&e->flow, menu),
                           catalogue_action(below(e, catalogue_count())), &e->r.diags);
}

static bool edit_container(struct edits *e, struct change *change)
{
    static const enum role roles[] = { ROLE_TASK, ROLE_MENU, ROLE_STATE };
    return flow_add_container(change, &e->flow, ANY(e, roles), str_of(ANY(e, names)),
                              &e->r.diags) != 0;
}

static bool edit_delete(struct edits *e, struct change *change)
{
    return flow_delete(change, &e->flow, any_node(e), &e->r.diags);
}

static bool edit_move_one(struct edits *e, struct change *change)
{
    struct slot slot;
    if (!e->action_count || !slot_at(&e->flow, any_spot(e), &slot))
        return false;
    return flow_move(change, &e->flow, e->actions[below(e, e->action_count)], slot, &e->r.diags);
}

static bool edit_rename(struct edits *e, struct change *change)
{
    return flow_rename(change, &e->flow, any_node(e), str_of(ANY(e, names)), &e->r.diags);
}

static const struct field *any_field(struct edits *e, node_id *owner)
{
    const struct field *table = spot_fields(&e->flow, any_spot(e), owner);
    size_t count = 0;
    while (table[count].path)
        count++;
    return *owner && count ? &table[below(e, count)] : NULL;
}

static bool edit_set_field(struct edits *e, struct change *change)
{
    node_id owner;
    const struct field *field = any_field(e, &owner);
    return field && flow_set(change, &e->flow, owner, field, str_of(ANY(e, texts)), &e->r.diags);
}

static bool edit_row(struct edits *e, struct change *change)
{
    node_id owner;
    const struct field *field = any_field(e, &owner);
    if (!field || (field->kind != FIELD_ROWS && field->kind != FIELD_INPUTS &&
                   field->kind != FIELD_RESULTS))
        return false;
    unsigned rows = flow_row_count(&e->flow, owner, field);
    unsigned row = below(e, rows);
    node_id node = rows ? flow_row(&e->flow, owner, field, row) : 0;
    switch (below(e, 4)) {
    case 0:
        return flow_row_delete(change, &e->flow, owner, field, row, &e->r.diags);
    case 1:
        return flow_row_move(change, &e->flow, owner, field, row, below(e, rows), &e->r.diags);
    case 2:
        if (node && field->rows && field->rows->path)
            return flow_set(change, &e->flow, node, field->rows, str_of(ANY(e, texts)),
                            &e->r.diags);
        break;
    default:
        break;
    }
    return flow_row_add(change, &e->flow, owner, field, below(e, rows + 1), &e->r.diags);
}

static bool edit_case(struct edits *e, struct change *change)
{
    struct spot spot = any_spot(e);
    if (flow_role(&e->flow, spot.node) != ROLE_ACTION)
        return false;
    return spot.output ? flow_case_delete(change, &e->flow, spot, &e->r.diags)
                       : flow_case_add(change, &e->flow, spot.node, &e->r.diags);
}

static bool edit_paste(struct edits *e, struct change *change)
{
    struct slot slot;
    struct buf json;
    struct spot spot = any_spot(e);
    enum role role = flow_role(&e->flow, spot.node);
    bool menu = role == ROLE_MENU || (role == ROLE_CHOICE && below(e, 2));
    if (menu)
        slot = (struct slot){ { spot.node, 0 }, 0 };
    else if (!slot_at(&e->flow, spot, &slot))
        return false;
    buf_init(&json, &e->r.env);
    buf_add_text(&json, ANY(e, pastes));
    if (e->action_count && below(e, 2)) {
        buf_clear(&json);
        node_id action = e->actions[below(e, e->action_count)];
        doc_write_compact(e->flow.doc, doc_parent(e->flow.doc, action), &json);
    }
    node_id node = flow_add_json(change, &e->flow, slot, buf_str(&json), &e->r.diags);
    buf_release(&json);
    return node != 0;
}

static bool edit_variable(struct edits *e, struct change *change)
{
    static const char *const variables[] = { "Flow.b", "Task.c", "State.d", "Common.e", "x" };
    static const char *const types[] = { "boolean", "stringCollection", "json", "" };
    return flow_add_variable(change, &e->flow, any_node(e), str_of(ANY(e, variables)),
                             str_of(ANY(e, types)), &e->r.diags) != 0;
}

static bool (*const edits[])(struct edits *, struct change *) = {
    edit_add,       edit_add,  edit_choice, edit_container, edit_delete, edit_move_one,
    edit_move_one,  edit_set_field, edit_set_field, edit_set_field, edit_row, edit_row,
    edit_case,      edit_paste, edit_paste, edit_variable, edit_rename,
};

/* The tags are those of the same tree read afresh. */
static void expect_tags(struct edits *e)
{
    struct doc *doc = e->flow.doc;
    struct flow fresh;
    uint16_t *tags = malloc(doc->count * sizeof *tags);
    for (node_id id = 0; id < doc->count; id++) {
        tags[id] = doc->nodes[id].tag;
        doc->nodes[id].tag = 0;
    }
    assert_true(flow_index(&fresh, doc, &e->r.diags));
    diags_clear(&e->r.diags);
    for (node_id id = 1; id < doc->count; id++) {
        if (doc_attached(doc, id) && doc->nodes[id].tag != tags[id]) {
            struct buf text;
            buf_init(&text, &e->r.env);
            doc_write_compact(doc, id, &text);
            fail_msg("tag %u should be %u at %.300s", tags[id], doc->nodes[id].tag, text.ptr);
        }
        if (!doc_attached(doc, id)) /* what it was when it was taken out */
            doc->nodes[id].tag = tags[id];
    }
    free(tags);
}

static void write_text(struct edits *e, struct buf *out)
{
    buf_clear(out);
    doc_write(e->flow.doc, out);
}

static void expect_text(struct edits *e, const struct buf *wanted)
{
    struct buf now;
    buf_init(&now, &e->r.env);
    write_text(e, &now);
    if (!str_eq(buf_str(&now), buf_str(wanted)))
        fail_msg("is\n%.*s\nshould be\n%.*s", STR_ARG(buf_str(&now)), STR_ARG(buf_str(wanted)));
    buf_release(&now);
}

static void step(struct edits *e)
{
    struct buf before;
    buf_init(&before, &e->r.env);
    collect_all(e);
    write_text(e, &before);
    struct change *change = change_begin(&e->r.env, STR("edit"));
    size_t errors = e->r.diags.errors;
    size_t kind = below(e, sizeof edits / sizeof *edits);
    if (edits[kind](e, change)) {
        assert_true(e->r.diags.errors == errors);
        e->done[e->done_count++] = change;
    } else {
        change_undo(change);
        change_free(change);
        expect_text(e, &before);
    }
    expect_tags(e);
    buf_release(&before);
}

static void undo_all(struct edits *e, bool look)
{
    for (size_t i = e->done_count; i > 0; i--) {
        change_undo(e->done[i - 1]);
        if (look)
            expect_tags(e);
    }
}

static void redo_all(struct edits *e)
{
    for (size_t i = 0; i < e->done_count; i++) {
        change_redo(e->done[i]);
        expect_tags(e);
    }
}

static void run(uint64_t seed)
{
    static struct edits e;
    struct buf first, last;
    e = (struct edits){ .state = seed * 0x9E3779B97F4A7C15u + 1 };
    reading_begin(&e.r);
    e.r.diags.limit = 100;
    reading_flow(&e.r, sources[seed % 4], &e.flow);
    buf_init(&first, &e.r.env);
    buf_init(&last, &e.r.env);
    write_text(&e, &first);
    for (int i = 0; i < STEPS; i++)
        step(&e);
    write_text(&e, &last);
    undo_all(&e, true);
    expect_text(&e, &first);
    redo_all(&e);
    expect_text(&e, &last);
    undo_all(&e, false);
    expect_text(&e, &first);
    assert_true(e.done_count > STEPS / 10);
    for (size_t i = 0; i < e.done_count; i++)
        change_free(e.done[i]);
    buf_release(&first);
    buf_release(&last);
    reading_end(&e.r);
}

static void test_random_edits(void **state)
{
    const char *given = getenv("TEST_SEED");
    (void) state;
    for (uint64_t i = 0; i < (given ? 1 : RUNS); i++) {
        uint64_t seed = given ? strtoull(given, NULL, 10) : i;
        print_message("# seed %llu\n", (unsigned long long) seed);
        run(seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_edits) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
