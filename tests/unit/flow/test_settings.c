#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/flow/reading.h"

/* Lays {'world': {...}} over it, as a scenario does. */
static void lay(struct settings_reading *t, const char *text)
{
    struct doc *doc = reading_doc(&t->r, text);
    settings_read(&t->settings, doc, doc_first(doc, 1), &t->r.diags);
}

/* --- what is not stated */

static void test_defaults(void **state)
{
    struct settings_reading t;
    struct settings_queue queue;
    struct settings_question question;
    struct str name;
    node_id row;
    (void) state;
    for (int empty = 0; empty < 2; empty++) {
        settings_begin(&t, empty ? "{}" : NULL);
        struct settings *s = &t.settings;
        assert_int_equal(settings_edge_allows_post_flow(s), 0);
        assert_int_equal(settings_licence_allows_survey(s), 0);
        assert_false(settings_unpublished(s, FLOW_INBOUND_CALL, STR("A")));
        assert_int_equal(s->options.system_disconnect, SYSTEM_DISCONNECT_OFF);
        assert_false(s->options.one_shot);
        assert_int_equal(s->options.secure_transfer_clears, SECURE_CLEARS_SUCCESS);
        assert_false(s->options.outbound_post_flow);
        assert_true(s->options.external_number_is_callee);
        assert_int_equal(s->options.conference_rule, CONFERENCE_LAST_AGENT);
        assert_int_equal(s->options.target_unpublished, UNPUBLISHED_DISCONNECT);
        assert_int_equal(s->now, reading_second("2026-01-01T00:00:00Z"));
        assert_false(settings_queue(s, STR("Support"), &queue));
        assert_int_equal(queue.estimated_wait, -1);
        assert_int_equal(queue.position, -1);
        assert_int_equal(queue.in_queue_flow.len, 0);
        assert_int_equal(settings_default_in_queue_flow(s).len, 0);
        assert_int_equal(settings_user_with_extension(s, STR("12")).len, 0);
        assert_int_equal(settings_result(s, "dataActions", STR("CRM / Find"), 0, &name), 0);
        assert_int_equal(settings_table_row(s, STR("T"), STR("k"), &row), ROW_NOT_STATED);
        assert_int_equal(settings_schedule(s, STR("S"), 0), SCHEDULE_NOT_STATED);
        assert_int_equal(settings_emergency(s, STR("E")), SCHEDULE_NOT_STATED);
        assert_int_equal(settings_schedule_group(s, STR("G"), STR_NONE, 0), GROUP_NOT_STATED);
        assert_false(settings_in_service(s, STR("G"), 0, 0, &name));
        assert_false(settings_question(s, STR("F"), STR("Q"), &question));
        assert_int_equal(settings_entry(s, "queues", STR("Support")), 0);
        assert_false(settings_name(s, "queues", 0, &name));
        settings_end(&t);
    }
}

/* --- what is wrong: each is told with its line, and not taken */

static const struct {
    const char *text, *told;
} faults[] = {
    { "[]", "E451 1; " },
    { "{'edges': '1'}", "W450 1; " },
    { "{\n 'now': '2026-03-02T09:00:00Z'\n}", "W450 2; " },
    { "{'edge': 1}", "E453 1; " },
    { "{'edge': '1.0.0'}", "E453 1; " },
    { "{'edge': '1.0.0.15220.1'}", "E453 1; " },
    { "{'edge': '1.0..15220'}", "E453 1; " },
    { "{'edge': '1.0.0.x'}", "E453 1; " },
    { "{\n 'edge': '1.0.0.15220',\n 'licence': 'cx4'\n}", "E452 3; " },
    { "{'licence': 3}", "E452 1; " },
    { "{'options': []}", "E451 1; " },
    { "{'options': {\n 'systemDisconnected': 'off'}}", "W450 2; " },
    { "{'options': {'systemDisconnect': 'of'}}", "E452 1; " },
    { "{'options': {'systemDisconnect': false}}", "E452 1; " },
    { "{'options': {'oneShot': 'yes'}}", "E451 1; " },
    { "{'options': {'secureTransferClears': 'failure'}}", "E452 1; " },
    { "{'options': {'outboundPostFlow': 1}}", "E451 1; " },
    { "{'options': {'externalNumberIsCallee': null}}", "E451 1; " },
    { "{'options': {'conferenceRule': 'agent'}}", "E452 1; " },
    { "{'options': {'targetUnpublished': 'disconnects'}}", "E452 1; " },
    { "{'unpublished': {'type': 'voiceSurvey', 'name': 'X'}}", "E451 1; " },
    { "{'unpublished': [\n {'type': 'voicesurvey', 'name': 'X'}]}", "E452 2; " },
    { "{'unpublished': [\n {'type': 'voiceSurvey'},\n {'name': 'X'}, 'X']}",
      "E458 2; E458 3; E451 3; " },
    { "{'queues': ['Support']}", "E451 1; " },
    { "{'queues': {'Support': 'Waiting'}}", "E451 1; " },
    { "{'queues': {'Support': {'inQueueFlow': {'name': 'W'}}}}", "E451 1; " },
    { "{'queues': {'Support': {'estimatedWait': 120}}}", "E451 1; " },
    { "{'queues': {'Support': {'estimatedWait': '2 minutes'}}}", "E451 1; " },
    { "{'queues': {'Support': {'position': -1}}}", "E451 1; " },
    { "{'queues': {'Support': {'position': '3'}}}", "E451 1; " },
    { "{'queues': {'Support': {'position': 1.5}}}", "E451 1; " },
    { "{'queues': {'Support': {'wait': 'PT2M'}}}", "W450 1; " },
    { "{'defaultInQueueFlow': {'name': 'W'}}", "E451 1; " },
    { "{'users': {'Ada': {'queues': 'Support'}}}", "E451 1; " },
    { "{'users': {'Ada': {'queues': [\n 1]}}}", "E451 2; " },
    { "{'users': {'Ada': {'extension': 12}}}", "E451 1; " },
    { "{'groups': {'Night': []}}", "E451 1; " },
    { "{'skills': {'French': {}}}", "E451 1; " },
    { "{'prompts': []}", "E451 1; " },
    { "{'schedules': []}", "E451 1; " },
    { "{'scheduleGroups': {'Main': []}}", "E452 1; " },
    { "{'scheduleGroups': {'Main': 'shut'}}", "E452 1; " },
    { "{'scheduleGroups': {'Main': {'opened': []}}}", "W450 1; " },
    { "{'scheduleGroups': {'Main': {'open': 'Always'}}}", "E451 1; " },
    { "{'scheduleGroups': {'Main': {'open': [\n 'Always']}}}", "W457 2; " },
    { "{'emergencyGroups': {'E': 'on'}}", "E451 1; " },
    { "{'emergencyGroups': {'E': {'active': 1}}}", "E451 1; " },
    { "{'dataActions': {'A / B': {'success': {}}}}", "E451 1; " },
    { "{'dataActions': {'A / B': [\n {}]}}", "E451 2; " },
    { "{'dataActions': {'A / B': [{'success': {}, 'failure': {}}]}}", "E451 1; " },
    { "{'dataActions': {'A / B': [{'succes': {}}]}}", "E452 1; " },
    { "{'results': {'findSkill': [{'anything': {}}]}}", "" },
    { "{'results': {'findSkill': [\n {}]}}", "E451 2; " },
    { "{'results': {'findSkill': [{'found': 1}]}}", "E451 1; " },
    { "{'dataActions': {'A / B': [{'success': 1}]}}", "E451 1; " },
    { "{'dataTables': {'T': []}}", "E451 1; " },
    { "{'dataTables': {'T': {'key': 'value'}}}", "E451 1; " },
    { "{'surveyForms': {'F': {}}}", "E458 1; " },
    { "{'surveyForms': {'F': {'questions': [{'type': 'range'}]}}}", "E458 1; " },
    { "{'surveyForms': {'F': {'questions': [{'text': 'Q', 'type': 'yesno'}]}}}", "E452 1; " },
    { "{'surveyForms': {'F': {'questions': [{'text': 'Q', 'min': true}]}}}", "E451 1; " },
    { "{'silence': ['W041', \n'X999', 5]}", "W455 1; W455 2; W455 2; " },
    { "{'silence': 'W172'}", "E451 1; " },
    { "{'rules': {}}", "E451 1; " },
};

static void test_faults(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct settings_reading t;
        settings_begin(&t, faults[i].text);
        if (strcmp(reading_told(&t.r), faults[i].told))
            fail_msg("%s: %snot %s", faults[i].text, reading_told(&t.r), faults[i].told);
        settings_end(&t);
    }
}

/* One fault does not take the rest with it. */
static void test_rest_is_read(void **state)
{
    struct settings_reading t;
    (void) state;
    settings_begin(&t, "{'edge': 5, 'licence': 'cx3', 'options': {'oneShot': true, "
              "'conferenceRule': 1},\n"
              "'queues': {'A': 1, 'B': {'position': 2}}}");
    assert_string_equal(reading_told(&t.r), "E453 1; E452 1; E451 2; ");
    assert_int_equal(t.settings.licence, LICENCE_CX3);
    assert_true(t.settings.options.one_shot);
    assert_int_equal(t.settings.options.conference_rule, CONFERENCE_LAST_AGENT);
    assert_int_equal(settings_edge_allows_post_flow(&t.settings), 0);
    assert_true(settings_entry(&t.settings, "queues", STR("B")) != 0);
    settings_end(&t);
}

static void test_sentences(void **state)
{
    struct settings_reading t;
    struct buf out;
    (void) state;
    settings_begin(&t, "{'options': {'systemDisconnect': 'of'}, 'unpublished': [{'name': 'X'}], "
              "'skills': "
              "[5], 'schedules': {'S': {'days': 'Mo'}}}");
    buf_init(&out, &t.r.env);
    for (size_t i = 0; i < t.r.diags.count; i++) {
        diag_render(&out, &t.r.diags.items[i], NULL);
        buf_add_char(&out, '\n');
    }
    assert_string_equal(out.ptr,
                        "systemDisconnect cannot be of; it is one of off, any, on.\n"
                        "unpublished has no type; add it.\n"
                        "skills should be a text.\n"
                        "Mo is not what stands under days of a schedule; write Mon-Fri or "
                        "Sat,Sun.\n");
    buf_release(&out);
    settings_end(&t);
}

/* --- edge, licence, options, unpublished */

static void test_edge(void **state)
{
    static const struct {
        const char *edge;
        int allows;
    } cases[] = {
        { "1.0.0.15220", 1 }, { "1.0.0.15219", -1 }, { "1.0.0.15221", 1 },
        { "1.0.0.9999", -1 }, /* by number, not by letters */
        { "1.0.0.100000", 1 }, { "1.0.1.0", 1 },     { "1.1.0.1", 1 },
        { "2.0.0.0", 1 },      { "0.9.9.99999", -1 }, { "1.0.0.015220", 1 },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[60];
        struct settings_reading t;
        snprintf(text, sizeof text, "{'edge': '%s'}", cases[i].edge);
        settings_begin(&t, text);
        assert_string_equal(reading_told(&t.r), "");
        if (settings_edge_allows_post_flow(&t.settings) != cases[i].allows)
            fail_msg("%s", cases[i].edge);
        settings_end(&t);
    }
}

static void test_licences(void **state)
{
    static const struct {
        const char *name;
        enum licence licence;
        int allows;
    } cases[] = {
        { "cx1", LICENCE_CX1, -1 },          { "cx1-wem2", LICENCE_CX1_WEM2, 1 },
        { "cx2", LICENCE_CX2, -1 },          { "cx2-wem1", LICENCE_CX2_WEM1, 1 },
        { "cx3", LICENCE_CX3, 1 },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[60];
        struct settings_reading t;
        snprintf(text, sizeof text, "{'licence': '%s'}", cases[i].name);
        settings_begin(&t, text);
        assert_string_equal(reading_told(&t.r), "");
        assert_int_equal(t.settings.licence, cases[i].licence);
        assert_int_equal(settings_licence_allows_survey(&t.settings), cases[i].allows);
        settings_end(&t);
    }
}

static void test_options(void **state)
{
    struct settings_reading t;
    (void) state;
    settings_begin(&t, "{'options': {'systemDisconnect': 'any', 'oneShot': true, "
              "'secureTransferClears': "
              "'always', 'outboundPostFlow': true, 'externalNumberIsCallee': false, "
              "'conferenceRule': 'first-agent', 'targetUnpublished': 'run'}, 'unpublished': "
              "[{'type': 'voiceSurvey', 'name': 'Draft'}]}");
    const struct options *o = &t.settings.options;
    assert_string_equal(reading_told(&t.r), "");
    assert_int_equal(o->system_disconnect, SYSTEM_DISCONNECT_ANY);
    assert_true(o->one_shot);
    assert_int_equal(o->secure_transfer_clears, SECURE_CLEARS_ALWAYS);
    assert_true(o->outbound_post_flow);
    assert_false(o->external_number_is_callee);
    assert_int_equal(o->conference_rule, CONFERENCE_FIRST_AGENT);
    assert_int_equal(o->target_unpublished, UNPUBLISHED_RUN);
    assert_true(settings_unpublished(&t.settings, FLOW_VOICE_SURVEY, STR("Draft")));
    assert_false(settings_unpublished(&t.settings, FLOW_INBOUND_CALL, STR("Draft")));
    assert_false(settings_unpublished(&t.settings, FLOW_VOICE_SURVEY, STR("draft")));
    lay(&t, "{'world': {'options': {'systemDisconnect': 'on', 'secureTransferClears': 'never'}}}");
    assert_int_equal(o->system_disconnect, SYSTEM_DISCONNECT_ON);
    assert_int_equal(o->secure_transfer_clears, SECURE_CLEARS_NEVER);
    assert_true(o->one_shot);
    settings_end(&t);
}

/* --- a scenario's world over postflow.json */

static void test_world(void **state)
{
    struct settings_reading t;
    struct settings_queue queue;
    struct str name;
    (void) state;
    settings_begin(&t, "{'edge': '1.0.0.15219', 'licence': 'cx1', 'queues': {'A': {'position': 1, "
              "'inQueueFlow': 'W'}, 'B': {'position': 2}}, 'skills': ['French'], "
              "'defaultInQueueFlow': 'Waiting'}");
    lay(&t, "{'world': {'now': '2026-03-02T09:00:00Z', 'edge': '1.0.0.15220', 'licence': 'cx3',\n"
            "'queues': {'A': {'estimatedWait': 'PT1M'}, 'C': {}}, 'skills': ['Latin']}}");
    const struct settings *s = &t.settings;
    assert_string_equal(reading_told(&t.r), "");
    assert_int_equal(s->now, reading_second("2026-03-02T09:00:00Z"));
    assert_int_equal(settings_edge_allows_post_flow(s), 1);
    assert_int_equal(settings_licence_allows_survey(s), 1);
    assert_true(settings_queue(s, STR("A"), &queue)); /* the entry given wins as a whole */
    assert_int_equal(queue.estimated_wait, 60000);
    assert_int_equal(queue.position, -1);
    assert_int_equal(queue.in_queue_flow.len, 0);
    assert_true(settings_queue(s, STR("B"), &queue));
    assert_int_equal(queue.position, 2);
    assert_true(settings_name(s, "queues", 2, &name) && str_is(name, "C"));
    assert_false(settings_name(s, "queues", 3, &name));
    assert_int_equal(settings_entry(s, "skills", STR("French")), 0);
    assert_true(settings_entry(s, "skills", STR("Latin")) != 0);
    assert_true(settings_name(s, "skills", 0, &name) && str_is(name, "Latin"));
    assert_true(str_is(settings_default_in_queue_flow(s), "Waiting"));
    lay(&t, "{'world': {\n'now': 'noon',\n'queus': {}}}");
    assert_string_equal(reading_told(&t.r), "E454 2; W450 3; ");
    assert_int_equal(s->now, reading_second("2026-03-02T09:00:00Z"));
    lay(&t, "{'world': 5}");
    assert_string_equal(reading_told(&t.r), "E454 2; W450 3; E451 1; ");
    settings_end(&t);
}

static void test_world_alone(void **state)
{
    struct settings_reading t;
    struct settings_queue queue;
    (void) state;
    settings_begin(&t, NULL);
    lay(&t, "{'world': {'queues': {'A': {'position': 7}}}}");
    assert_true(settings_queue(&t.settings, STR("A"), &queue));
    assert_int_equal(queue.position, 7);
    settings_end(&t);
}

/* --- queues, users, data */

static void test_queues(void **state)
{
    struct settings_reading t;
    struct settings_queue queue;
    (void) state;
    settings_begin(&t, "{'queues': {'Support': {'inQueueFlow': 'Support waiting', "
              "'estimatedWait': 'PT2M', "
              "'position': 3}, 'Sales': {}}, 'defaultInQueueFlow': 'Waiting', 'users': {'Ben': {}, "
              "'Ada': {'queues': ['Support'], 'extension': '412'}}}");
    assert_string_equal(reading_told(&t.r), "");
    assert_true(settings_queue(&t.settings, STR("Support"), &queue));
    assert_true(str_is(queue.in_queue_flow, "Support waiting"));
    assert_int_equal(queue.estimated_wait, 120000);
    assert_int_equal(queue.position, 3);
    assert_true(settings_queue(&t.settings, STR("Sales"), &queue));
    assert_int_equal(queue.estimated_wait, -1);
    assert_true(str_is(settings_default_in_queue_flow(&t.settings), "Waiting"));
    assert_true(str_is(settings_user_with_extension(&t.settings, STR("412")), "Ada"));
    assert_int_equal(settings_user_with_extension(&t.settings, STR("41")).len, 0);
    assert_int_equal(settings_user_with_extension(&t.settings, STR("")).len, 0);
    settings_end(&t);
}

static void test_data(void **state)
{
    struct settings_reading t;
    struct str output;
    node_id row;
    (void) state;
    settings_begin(&t, "{'dataActions': {'CRM / Find': [{'success': {'vip': true}}, "
              "{'timeout': {}}, "
              "{'failure': {'errorType': 'x'}}], 'CRM / None': []}, 'dataTables': {'Holidays': "
              "{'2026-12-24': {'name': 'Christmas', 'open': false}}}}");
    const struct settings *s = &t.settings;
    static const char *const outputs[] = { "success", "timeout", "failure", "failure", "failure" };
    assert_string_equal(reading_told(&t.r), "");
    for (size_t n = 0; n < 5; n++) {
        assert_true(settings_result(s, "dataActions", STR("CRM / Find"), n, &output) != 0);
        assert_true(str_is(output, outputs[n]));
    }
    node_id data = settings_result(s, "dataActions", STR("CRM / Find"), 0, &output);
    assert_true(str_is(doc_text(s->doc, doc_member_named(s->doc, data, STR("vip"))), "true"));
    assert_int_equal(settings_result(s, "dataActions", STR("CRM / None"), 0, &output), 0);
    assert_int_equal(settings_result(s, "dataActions", STR("CRM"), 0, &output), 0);
    assert_int_equal(settings_table_row(s, STR("Holidays"), STR("2026-12-24"), &row), ROW_FOUND);
    assert_true(str_is(doc_text(s->doc, doc_member_named(s->doc, row, STR("name"))), "Christmas"));
    assert_int_equal(settings_table_row(s, STR("Holidays"), STR("2026-12-25"), &row), ROW_MISSING);
    assert_int_equal(settings_table_row(s, STR("Days"), STR("x"), &row), ROW_NOT_STATED);
    settings_end(&t);
}

static void test_surveys(void **state)
{
    static const struct {
        const char *text;
        enum survey_kind kind;
        int64_t min, max;
    } cases[] = {
        { "Range", SURVEY_RANGE, 2, 7 },        { "Plain range", SURVEY_RANGE, 1, 5 },
        { "Recommend", SURVEY_NPS, 0, 10 },     { "Solved", SURVEY_YES_NO, 1, 2 },
        { "Which", SURVEY_CHOICE, 1, 3 },       { "Else", SURVEY_FREE_TEXT, 0, 0 },
        { "Thanks", SURVEY_READ_ONLY, 0, 0 },   { "Untyped", SURVEY_FREE_TEXT, 0, 0 },
    };
    struct settings_reading t;
    struct settings_question question;
    (void) state;
    settings_begin(&t, "{'surveyForms': {'CSAT': {'questions': ["
              "{'text': 'Range', 'type': 'range', 'min': 2, 'max': 7},"
              "{'text': 'Plain range', 'type': 'range'}, {'text': 'Recommend', 'type': 'nps'},"
              "{'text': 'Solved', 'type': 'yesNo'},"
              "{'text': 'Which', 'type': 'multipleChoice', 'options': ['a', 'b', 'c']},"
              "{'text': 'Else', 'type': 'freeText'}, {'text': 'Thanks', 'type': 'readOnly'},"
              "{'text': 'Untyped'}]}}}");
    assert_string_equal(reading_told(&t.r), "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!settings_question(&t.settings, STR("CSAT"), str_of(cases[i].text), &question))
            fail_msg("%s is not found", cases[i].text);
        assert_int_equal(question.kind, cases[i].kind);
        assert_int_equal(question.min, cases[i].min);
        assert_int_equal(question.max, cases[i].max);
        assert_int_equal(question.options != 0, cases[i].kind == SURVEY_CHOICE);
    }
    assert_false(settings_question(&t.settings, STR("CSAT"), STR("None"), &question));
    assert_false(settings_question(&t.settings, STR("NPS"), STR("Range"), &question));
    settings_end(&t);
}

/* Nothing that JSON can hold at any key makes a question crash. */
static void test_any_shape(void **state)
{
    static const char *const values[] = { "null",  "true", "1",    "'x'",     "[]",
                                          "[[[]]]", "{}",   "{'A': {'A': {'A': 1}}}",
                                          "{'A': [1, 'A', {'A': null}]}", "['A', {'A': 1}]" };
    static const char *const keys[] = { "edge", "licence", "options", "unpublished", "queues",
                                        "defaultInQueueFlow", "users", "groups", "skills",
                                        "prompts", "schedules", "scheduleGroups",
                                        "emergencyGroups", "dataActions", "dataTables",
                                        "surveyForms", "silence", "rules" };
    (void) state;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            char text[200];
            struct settings_reading t;
            struct settings_queue queue;
            struct settings_question question;
            struct str name;
            node_id row;
            snprintf(text, sizeof text, "{'world': {'%s': %s}}", keys[k], values[v]);
            settings_begin(&t, NULL);
            lay(&t, text);
            lay(&t, text);
            const struct settings *s = &t.settings;
            settings_edge_allows_post_flow(s);
            settings_unpublished(s, FLOW_INBOUND_CALL, STR("A"));
            settings_queue(s, STR("A"), &queue);
            settings_default_in_queue_flow(s);
            settings_user_with_extension(s, STR("A"));
            settings_result(s, "dataActions", STR("A"), 1, &name);
            settings_table_row(s, STR("A"), STR("A"), &row);
            settings_question(s, STR("A"), STR("A"), &question);
            settings_schedule(s, STR("A"), 0);
            settings_emergency(s, STR("A"));
            settings_schedule_group(s, STR("A"), STR("A"), 0);
            settings_in_service(s, STR("A"), 0, 0, &name);
            settings_entry(s, keys[k], STR("A"));
            settings_name(s, keys[k], 0, &name);
            settings_end(&t);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),     cmocka_unit_test(test_faults),
        cmocka_unit_test(test_rest_is_read), cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_edge),         cmocka_unit_test(test_licences),
        cmocka_unit_test(test_options),      cmocka_unit_test(test_world),
        cmocka_unit_test(test_world_alone),  cmocka_unit_test(test_queues),
        cmocka_unit_test(test_data),         cmocka_unit_test(test_surveys),
        cmocka_unit_test(test_any_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
