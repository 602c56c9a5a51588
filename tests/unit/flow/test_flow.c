/* Reading a flow: what is tagged as what, containers, lists, owners, outputs, values, references,
 * and what is told of wrong shapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/file.h"
#include "engine/flow/path.h"
#include "tests/unit/flow/reading.h"

struct state {
    struct reading r;
    struct flow flow;
};

static void begin_file(struct state *s, const char *path)
{
    struct buf text;
    reading_begin(&s->r);
    buf_init(&text, &s->r.env);
    assert_true(file_read(&s->r.env, path, 1 << 20, &text, NULL, &s->r.diags));
    struct doc *doc = doc_read_steal(&s->r.env, &s->r.atoms, &s->r.limits, path, &text,
                                     &s->r.diags);
    assert_non_null(doc);
    s->r.docs[s->r.count++] = doc;
    assert_true(flow_index(&s->flow, doc, &s->r.diags));
}

static int setup(void **state)
{
    static struct state s;
    begin_file(&s, "tests/data/flow/everything.flow.json");
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    struct state *s = *state;
    reading_end(&s->r);
    return 0;
}

static void is(const char *expected, struct str got)
{
    char text[400];
    assert_true(got.len < sizeof text);
    memcpy(text, got.ptr ? got.ptr : "", got.len);
    text[got.len] = 0;
    assert_string_equal(expected, text);
}

static struct spot at(struct state *s, const char *path)
{
    struct spot spot;
    if (!path_find(&s->flow, str_of(path), &spot, &s->r.diags))
        fail_msg("no %s", path);
    return spot;
}

static void test_a_clean_flow_tells_nothing(void **state)
{
    struct state *s = *state;
    assert_string_equal("", reading_told(&s->r));
    assert_int_equal(s->flow.type, FLOW_INBOUND_CALL);
    is("Everything", flow_title(&s->flow));
    assert_int_equal(flow_start(&s->flow), at(s, "Begin").node);
}

static void test_containers(void **state)
{
    static const char *const names[] = { "Begin", "Odd [1]/2", "Main" };
    struct state *s = *state;
    node_id before = 0, node = 0;
    for (size_t i = 0; i < 3; i++) {
        node = flow_container_next(&s->flow, node);
        is(names[i], flow_name(&s->flow, node));
        assert_int_equal(flow_container_prev(&s->flow, node), before);
        before = node;
    }
    assert_int_equal(flow_container_next(&s->flow, node), 0);
    assert_int_equal(flow_container_prev(&s->flow, 0), node);
}

static void test_actions_in_their_list(void **state)
{
    static const char *const names[] = { "Play Audio", "Yes?", "True", "Match",
                                         "Helper", "Nobody knows this", "Old export", "Bye" };
    struct state *s = *state;
    struct spot task = at(s, "Begin");
    node_id list = flow_list(&s->flow, task), before = 0, node = flow_list_first(&s->flow, list);
    for (size_t i = 0; i < 8; i++, node = flow_action_next(&s->flow, node)) {
        is(names[i], flow_name(&s->flow, node));
        assert_int_equal(flow_role(&s->flow, node), ROLE_ACTION);
        assert_int_equal(flow_action_prev(&s->flow, node), before);
        struct spot owner = flow_owner(&s->flow, (struct spot){ node, 0 });
        assert_int_equal(owner.node, task.node);
        assert_int_equal(owner.output, 0);
        before = node;
    }
    assert_int_equal(node, 0);
    assert_int_equal(flow_list_last(&s->flow, list), before);
    assert_null(flow_action(&s->flow, at(s, "Begin/6").node));
    assert_int_equal(flow_list(&s->flow, at(s, "Odd [1]~12")), 0);
}

/* Ids of all outputs, a star behind those that are written. */
static void outputs_are(struct state *s, const char *path, const char *expected)
{
    char text[200] = "", number[12];
    node_id action = at(s, path).node;
    unsigned count = flow_output_count(&s->flow, action);
    for (unsigned k = 1; k <= count; k++) {
        struct spot spot = { action, (uint16_t) k };
        struct str id = flow_output_id(&s->flow, spot, number);
        size_t len = strlen(text);
        node_id node = flow_output_node(&s->flow, spot);
        snprintf(text + len, sizeof text - len, "%s%.*s%s", k > 1 ? " " : "", STR_ARG(id),
                 node ? "*" : "");
        assert_int_equal(flow_output_find(&s->flow, action, id), k);
        node_id first = flow_list_first(&s->flow, flow_list(&s->flow, spot));
        if (!first)
            continue;
        struct spot owner = flow_owner(&s->flow, (struct spot){ first, 0 });
        assert_int_equal(owner.node, action);
        assert_int_equal(owner.output, k);
    }
    assert_string_equal(expected, text);
}

static void test_outputs(void **state)
{
    struct state *s = *state;
    outputs_are(s, "Begin/1", "");
    outputs_are(s, "Begin/2", "yes* no");
    outputs_are(s, "Begin/3", "1* 2* default*");
    outputs_are(s, "Begin/4", "1* default odd* P*");
    outputs_are(s, "Begin/5", "default* extra* Error*");
    outputs_are(s, "Begin/6", "on*");
    outputs_are(s, "Begin/7", "failure* success*");
    outputs_are(s, "Main/Sales", "task*");
    outputs_are(s, "Main/More/1", "");
}

static void test_labels_of_outputs(void **state)
{
    struct state *s = *state;
    char number[12];
    node_id decision = at(s, "Begin/2").node, match = at(s, "Begin/4").node;
    is("Yes", flow_output_label(&s->flow, (struct spot){ decision, 1 }, number));
    is("7", flow_output_label(&s->flow, (struct spot){ match, 1 }, number));
    is("default", flow_output_label(&s->flow, (struct spot){ match, 2 }, number));
}

static void test_choices(void **state)
{
    struct state *s = *state;
    node_id menu = at(s, "Main").node, sales = flow_choice_first(&s->flow, menu);
    node_id more = flow_action_next(&s->flow, sales);
    is("Sales", flow_name(&s->flow, sales));
    assert_int_equal(flow_role(&s->flow, sales), ROLE_CHOICE);
    assert_int_equal(flow_choice_last(&s->flow, menu), more);
    node_id queue = flow_choice_first(&s->flow, more);
    is("Queue", flow_name(&s->flow, queue));
    assert_int_equal(flow_owner(&s->flow, (struct spot){ queue, 0 }).node, more);
    assert_int_equal(flow_owner(&s->flow, (struct spot){ sales, 0 }).node, menu);
    node_id inside = at(s, "Main/1/1").node;
    is("Sales it is", flow_name(&s->flow, inside));
    assert_int_equal(flow_owner(&s->flow, (struct spot){ inside, 0 }).node, sales);
    assert_int_equal(flow_container_of(&s->flow, inside), menu);
}

static void ref_is(struct state *s, const char *ref, const char *name)
{
    node_id node = flow_ref_target(&s->flow, str_of(ref));
    is(name, node ? flow_name(&s->flow, node) : STR("-"));
}

static void test_references(void **state)
{
    struct state *s = *state;
    struct buf text;
    ref_is(s, "/inboundCall/tasks/task[Begin_10]", "Begin");
    ref_is(s, "./menus/menu[Main_20]", "Main");
    ref_is(s, "/inboundCall/tasks/task[Odd [1]/2_11]", "Odd [1]/2");
    ref_is(s, "./choices/menuTransferToAcd[Queue_23]", "Queue");
    /* What the path says must be true; another file is not this one; broken texts name nothing. */
    ref_is(s, "/inboundCall/tasks/task[Main_20]", "-");
    ref_is(s, "./choices/menuTask[Queue_23]", "-");
    ref_is(s, "other.yaml#/inboundCall/tasks/task[Begin_10]", "-");
    ref_is(s, "Begin_10", "-");
    ref_is(s, "[", "-");
    ref_is(s, "", "-");
    buf_init(&text, &s->r.env);
    for (node_id node = 0; (node = flow_container_next(&s->flow, node)) != 0;) {
        buf_clear(&text);
        flow_ref_text(&s->flow, node, &text);
        assert_int_equal(flow_ref_target(&s->flow, buf_str(&text)), node);
    }
    buf_release(&text);
}

static void test_variables(void **state)
{
    struct state *s = *state;
    struct variable_info info;
    node_id first = flow_variable_next(&s->flow, s->flow.body, 0);
    assert_true(flow_variable(&s->flow, first, &info));
    is("Flow.consent", info.full_name);
    assert_int_equal(info.type, TYPE_BOOLEAN);
    assert_false(info.list || info.input || info.output);
    node_id second = flow_variable_next(&s->flow, s->flow.body, first);
    assert_true(flow_variable(&s->flow, second, &info));
    assert_true(info.list && info.initial && info.type == TYPE_STRING);
    assert_int_equal(flow_variable_next(&s->flow, s->flow.body, second), 0);
    assert_int_not_equal(flow_variable_next(&s->flow, at(s, "Begin").node, 0), 0);
}

static void test_types_of_literals(void **state)
{
    static const struct field value = { .path = "value", .kind = FIELD_VALUE };
    static const struct field match = { .path = "evaluate/firstMatch/*/value" };
    static const struct field initial = { .path = "initialValue", .kind = FIELD_VALUE };
    struct state *s = *state;
    bool list;
    node_id first = flow_output_node(&s->flow, at(s, "Begin/3/1"));
    node_id second = flow_output_node(&s->flow, at(s, "Begin/4/1"));
    assert_int_equal(flow_field_type(&s->flow, first, &value, &list), TYPE_BOOLEAN);
    assert_int_equal(flow_field_type(&s->flow, second, &value, &list), TYPE_INTEGER);
    assert_int_equal(flow_field_type(&s->flow, at(s, "Begin/4").node, &match, &list),
                     TYPE_INTEGER);
    node_id words = flow_variable_next(&s->flow, s->flow.body,
                                       flow_variable_next(&s->flow, s->flow.body, 0));
    assert_int_equal(flow_field_type(&s->flow, words, &initial, &list), TYPE_STRING);
    assert_true(list);
}

/* A task around one action. */
#define IN_TASK(actions)                                                                           \
    "{'inboundCall':{'name':'F','startUpRef':'./tasks/task[S_1]','tasks':[{'task':{'name':'S',"    \
    "'refId':'S_1','actions':[" actions "]}}]}}"
#define POST(members) IN_TASK("{'setPostFlow':{" members "}}")

static void test_post_flow_spellings(void **state)
{
    static const struct {
        const char *text, *target, *flow;
        enum flow_type type;
    } cases[] = {
        { POST("'target':{'lit':'caller'},'actionType':{'lit':'voiceSurveyFlow'},"
               "'targetFlow':{'name':'CSAT'}"), "caller", "CSAT", FLOW_VOICE_SURVEY },
        { POST("'target':'any','actionType':'inboundCallFlow','targetFlow':'Next'"), "any", "Next",
          FLOW_INBOUND_CALL },
        { POST("'inboundCallFlow':{'name':'Next'}"), "", "Next", FLOW_INBOUND_CALL },
        { POST("'voiceSurveyFlow':{'CSAT':{'ver_latestPublished':{}}}"), "", "CSAT",
          FLOW_VOICE_SURVEY },
        { POST("'actionType':{'exp':'Flow.t'},'targetFlow':{'name':'X'}"), "", "X", FLOW_OTHER },
        { POST("'targetFlow':{}"), "", "", FLOW_INBOUND_CALL },
        { IN_TASK("{'setPostFlow':null}"), "", "", FLOW_OTHER },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        struct flow flow;
        struct post_flow_fields post;
        reading_begin(&r);
        reading_flow(&r, cases[i].text, &flow);
        node_id list = flow_list(&flow, (struct spot){ flow_start(&flow), 0 });
        flow_post_flow(&flow, flow_list_first(&flow, list), &post);
        is(cases[i].target, post.target.text);
        is(cases[i].flow, post.flow.text);
        assert_int_equal(post.flow_type, cases[i].type);
        reading_end(&r);
    }
}

static void test_forms(void **state)
{
    static const struct {
        const char *json;
        enum form form;
        const char *text;
    } cases[] = {
        { "{'lit':'a'}", FORM_LITERAL, "a" },     { "{'lit':{'name':'Q'}}", FORM_LITERAL, "Q" },
        { "{'exp':'1+1'}", FORM_EXPRESSION, "1+1" }, { "{'noValue':true}", FORM_NO_VALUE, "true" },
        { "{'none':true}", FORM_NO_VALUE, "true" },  { "null", FORM_NO_VALUE, "" },
        { "{'var':'Flow.x'}", FORM_VARIABLE, "Flow.x" }, { "{'tts':'Hi'}", FORM_TTS, "Hi" },
        { "{'prompt':'Prompt.a'}", FORM_PROMPT, "Prompt.a" }, { "'bare'", FORM_BARE, "bare" },
        { "{'alternateSequences':{}}", FORM_LANGUAGES, "" }, { "12.50", FORM_BARE, "12.50" },
        { "{'name':'Q'}", FORM_BARE, "Q" }, { "{}", FORM_ABSENT, "" },
        { "{'x':1}", FORM_WRONG, "" },
        { "{'lit':{'name':'E'},'name':'E'}", FORM_LITERAL, "E" },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        struct flow flow;
        char text[300];
        reading_begin(&r);
        snprintf(text, sizeof text, "{'inboundCall':{'name':'F','value':%s}}", cases[i].json);
        reading_flow(&r, text, &flow);
        struct form_value value = flow_value_of(&flow, flow_field_node(&flow, flow.body, "value"));
        assert_int_equal(value.form, cases[i].form);
        is(cases[i].text, value.text);
        reading_end(&r);
    }
}

static void test_durations(void **state)
{
    static const struct {
        const char *json;
        int64_t ms; /* -1: none */
    } cases[] = { { "{'minutes':1,'seconds':30}", 90000 }, { "{'ms':5}", 5 }, { "{}", 0 },
                  { "{'days':1,'hours':1}", 90000000 },    { "'PT1M30S'", 90000 },
                  { "{'weeks':1}", -1 },                   { "{'seconds':'x'}", -1 },
                  { "{'days':9223372036854775807}", -1 },  { "7", -1 } };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        struct flow flow;
        char text[300];
        int64_t ms = 0;
        reading_begin(&r);
        snprintf(text, sizeof text, "{'inboundCall':{'name':'F','value':%s}}", cases[i].json);
        reading_flow(&r, text, &flow);
        node_id node = flow_field_node(&flow, flow.body, "value");
        assert_int_equal(flow_duration(&flow, node, &ms), cases[i].ms >= 0);
        if (cases[i].ms >= 0)
            assert_int_equal(ms, cases[i].ms);
        reading_end(&r);
    }
}

static void test_what_is_no_flow(void **state)
{
    static const char *const cases[] = { "[]", "{}", "1", "{'inboundCall':[]}", "{'foo':{}}",
                                         "{'inboundCall':{},'x':{}}", "{'foo':{'bar':1}}" };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        struct flow flow;
        reading_begin(&r);
        assert_false(flow_index(&flow, reading_doc(&r, cases[i]), &r.diags));
        assert_string_equal("E100 1; ", reading_told(&r));
        reading_end(&r);
    }
}

/* What is told of a flow; each line of the text is one of the cases' own. */
static void told(const char *text, const char *expected)
{
    struct reading r;
    struct flow flow;
    reading_begin(&r);
    reading_flow(&r, text, &flow);
    if (strcmp(expected, reading_told(&r)) != 0)
        fail_msg("told \"%s\", not \"%s\", of %s", reading_told(&r), expected, text);
    diags_clear(&r.diags);
    flow_check_shapes(&flow, &r.diags);
    assert_string_equal(expected, reading_told(&r));
    reading_end(&r);
}
#define TOLD(text, expected) told(text, expected)
#define ACTION(text, expected) told(IN_TASK(text), expected)

static void test_wrong_structure(void **state)
{
    (void) state;
    TOLD("{'workflow':{'name':'W','tasks':null,'states':[]}}", "");
    TOLD("{'inboundCall':{'name':'F','tasks':{}}}", "E101 1; ");
    TOLD("{'inboundCall':{'name':'F','tasks':[{'menu':{}}]}}", "E101 1; ");
    TOLD("{'inboundCall':{'name':'F','tasks':[{},{'task':1}]}}", "E101 1; E101 1; ");
    TOLD("{'inboundCall':{'name':'F','menus':[{'menu':{'choices':{}}}]}}", "E101 1; ");
    TOLD("{'inboundCall':{'name':'F','menus':[{'menu':{'choices':[1,{'menuTask':1}]}}]}}",
         "E101 1; E101 1; ");
    TOLD("{'inboundCall':{'name':'F','variables':[{'stringVariable':{}}]}}", "E107 1; ");
    TOLD("{'inboundCall':{'name':'F','variables':[{'x':{'name':'Flow.x'}},1]}}",
         "E101 1; E107 1; ");
    TOLD("{'inqueueCall':{'name':'F','startUpTaskActions':{}}}", "E101 1; ");
    ACTION("1,{},{'a':1,'b':2}", "E101 1; E101 1; E101 1; ");
    ACTION("{'disconnect':null},{'disconnect':{'none':true}},{'loopNext':{}}", "");
    ACTION("{'disconnect':'now'}", "E101 1; ");
    ACTION("{'decision':{'outputs':[]}}", "E101 1; ");
    ACTION("{'decision':{'outputs':{'yes':{'actions':{}}}}}", "E101 1; ");
    ACTION("{'decision':{'outputs':{'yes':{'actions':null},'no':null}}}", "");
    ACTION("{'callTask':{'outputs':{'paths':[1]}}}", "E101 1; ");
    ACTION("{'switch':{'evaluate':{'firstTrue':{'cases':{},'default':1}}}}", "E101 1; E101 1; ");
}

static void test_wrong_values(void **state)
{
    (void) state;
    ACTION("{'playAudio':{'name':{}}}", "E101 1; ");
    ACTION("{'decision':{'condition':{'lit':true,'exp':'true'}}}", "E104 1; ");
    ACTION("{'decision':{'condition':{'lit':'maybe'}}}", "E103 1; ");
    ACTION("{'decision':{'condition':{'lit':'{{token}}'}}}", "");
    ACTION("{'decision':{'condition':{'exp':{}}}}", "E103 1; ");
    ACTION("{'decision':{'condition':'true'}},{'decision':{'condition':null}}", "");
    ACTION("{'loop':{'loopCount':{'lit':1.5}}}", "E103 1; ");
    ACTION("{'loop':{'loopCount':{'lit':'3'}}}", "");
    ACTION("{'callData':{'timeout':{'lit':{'seconds':'x'}}}}", "E103 1; ");
    ACTION("{'callData':{'timeout':{'lit':{'weeks':1}}}}", "E103 1; ");
    ACTION("{'callData':{'timeout':{'lit':{'seconds':5,'ms':1}}}}", "");
    ACTION("{'callData':{'category':'x'}}", "E101 1; ");
    ACTION("{'callData':{'category':{'I':{'dataAction':{'A':{'inputs':[]}}}}}}", "E101 1; ");
    ACTION("{'callData':{'category':{'I':{'dataAction':{'A':{'inputs':{'a':"
           "{'lit':1,'var':'x'}}}}}}}}", "E104 1; ");
    ACTION("{'transferToAcd':{'targetQueue':{'lit':5}}}", "E103 1; ");
    ACTION("{'transferToAcd':{'targetQueue':{'lit':{'name':'Q'},'name':'Q'}}}", "");
    ACTION("{'transferToFlow':{'targetFlow':['X']}}", "E101 1; ");
    ACTION("{'collectInput':{'digits':{'exact':'five'}}}", "E101 1; ");
    ACTION("{'collectInput':{'digits':{'some':5}}}", "E105 1; ");
    ACTION("{'collectInput':{'digits':5}}", "E101 1; ");
    ACTION("{'collectInput':{'includeTerminatingDtmfInResultData':'perhaps'}}", "E101 1; ");
    ACTION("{'updateData':{'statements':{}}}", "");
    ACTION("{'updateData':{'statements':'x'}}", "E101 1; ");
    ACTION("{'updateData':{'statements':[{'integer':{'variable':'Flow.n',"
           "'value':{'lit':'x'}}}]}}", "E103 1; ");
    ACTION("{'updateData':{'statements':[{'integer':5},{}]}}", "E101 1; E101 1; ");
    ACTION("{'switch':{'evaluate':{'firstMatch':{'integer':{'cases':[{'case':{'value':"
           "{'lit':'x'}}}]}}}}}", "E103 1; ");
}

static void test_places_have_paths(void **state)
{
    struct reading r;
    struct flow flow;
    (void) state;
    reading_begin(&r);
    reading_flow(&r, IN_TASK("{'decision':{'outputs':{'no':{'actions':[{'loop':{}},{'loop':"
                             "{'loopCount':{'lit':'x'}}}]}}}}"), &flow);
    assert_int_equal(r.diags.count, 1);
    is("S/1/no/2", r.diags.items[0].place.path);
    assert_int_equal(r.diags.items[0].place.line, 1);
    assert_true(r.diags.items[0].place.column > 100);
    reading_end(&r);
}

/* More outputs than are counted: told, and nothing takes time that grows with their square. */
static void test_too_many_outputs(void **state)
{
    enum { MANY = 20000 };
    struct reading r;
    struct flow flow;
    struct buf text;
    (void) state;
    reading_begin(&r);
    buf_init(&text, &r.env);
    buf_add_text(&text, "{'inqueueCall':{'name':'F','startUpTaskActions':[{'switch':{'evaluate':"
                        "{'firstTrue':{'cases':[");
    for (int i = 0; i < MANY; i++)
        buf_addf(&text, "%s{'case':{'actions':[{'loopNext':{}}]}}", i ? "," : "");
    buf_add_text(&text, "]}}}}]}}");
    reading_flow(&r, text.ptr, &flow);
    buf_release(&text);
    assert_string_equal("E106 1; ", reading_told(&r));
    node_id action = flow_list_first(&flow, flow_list(&flow, (struct spot){ flow.body, 0 }));
    assert_int_equal(flow_output_count(&flow, action), FLOW_MOST_OUTPUTS);
    node_id list = flow_field_node(&flow, action, "evaluate/firstTrue/cases");
    node_id last = doc_first(flow.doc, doc_last(flow.doc, list));
    struct spot owner = flow_owner(&flow, (struct spot){
        flow_list_first(&flow, doc_member(flow.doc, last, ATOM_actions)), 0 });
    assert_int_equal(owner.node, action);
    assert_int_equal(owner.output, 0);
    reading_end(&r);
}

/* As deep as a document may be. */
static void test_depth(void **state)
{
    struct reading r;
    struct flow flow;
    struct buf text;
    (void) state;
    reading_begin(&r);
    buf_init(&text, &r.env);
    int levels = 49; /* of five containers each, and ten around */
    buf_add_text(&text, "{'inqueueCall':{'name':'F','startUpTaskActions':[");
    for (int i = 0; i < levels; i++)
        buf_add_text(&text, "{'loop':{'outputs':{'loop':{'actions':[");
    for (int i = 0; i < levels; i++)
        buf_add_text(&text, "]}}}}");
    buf_add_text(&text, "]}}");
    reading_flow(&r, text.ptr, &flow);
    buf_release(&text);
    node_id list = flow_list(&flow, (struct spot){ flow.body, 0 });
    int depth = 0;
    for (node_id action; (action = flow_list_first(&flow, list)) != 0; depth++)
        list = flow_list(&flow, (struct spot){ action, 1 });
    assert_int_equal(depth, levels);
    reading_end(&r);
}

static void test_numbers(void **state)
{
    static const char *const yes[] = { "0", "-1", "10", "1.50", "-0.5", "0.0" };
    static const char *const no[] = { "", "-", "01", "1.", ".5", "1e5", "1.5.2", "x", "--1", "1 " };
    (void) state;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(flow_is_number(str_of(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(flow_is_number(str_of(no[i])));
}

#define READ(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        READ(test_a_clean_flow_tells_nothing),
        READ(test_containers),
        READ(test_actions_in_their_list),
        READ(test_outputs),
        READ(test_labels_of_outputs),
        READ(test_choices),
        READ(test_references),
        READ(test_variables),
        READ(test_types_of_literals),
        cmocka_unit_test(test_post_flow_spellings),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_what_is_no_flow),
        cmocka_unit_test(test_wrong_structure),
        cmocka_unit_test(test_wrong_values),
        cmocka_unit_test(test_places_have_paths),
        cmocka_unit_test(test_too_many_outputs),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
