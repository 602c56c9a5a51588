/* Schedules, groups and emergencies; 2026-03-02 is a Monday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/flow/reading.h"

static const struct {
    const char *schedule, *at;
    bool active;
} moments[] = {
    { "true", "2026-03-02T09:00:00Z", true },
    { "false", "2026-03-02T09:00:00Z", false },
    { "{'active': true}", "2026-03-02T09:00:00Z", true },
    { "{'active': false}", "2026-03-02T09:00:00Z", false },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "2026-03-02T08:59:59Z", false },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "2026-03-02T09:00:00Z", true },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "2026-03-02T16:59:59Z", true },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "2026-03-02T17:00:00Z", false },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "2026-03-06T12:00:00Z", true },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "2026-03-07T12:00:00Z", false },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "1969-12-31T12:00:00Z", true },
    { "{'days': 'Mon-Fri', 'from': '09:00', 'to': '17:00'}", "1969-12-28T12:00:00Z", false },
    { "{'days': 'Monday, wed ,Sat-Sun'}", "2026-03-02T00:00:00Z", true },
    { "{'days': 'Monday, wed ,Sat-Sun'}", "2026-03-03T12:00:00Z", false },
    { "{'days': 'Monday, wed ,Sat-Sun'}", "2026-03-04T23:59:59Z", true },
    { "{'days': 'Monday, wed ,Sat-Sun'}", "2026-03-08T12:00:00Z", true },
    { "{'days': ' Sat - Mon '}", "2026-03-02T12:00:00Z", true },
    { "{'days': 'Sat-Mon'}", "2026-03-03T12:00:00Z", false },
    { "{'from': '08:00'}", "2026-03-08T23:59:59Z", true },
    { "{'from': '08:00'}", "2026-03-08T07:59:59Z", false },
    { "{'to': '24:00'}", "2026-03-08T23:59:59Z", true },
    { "{'from': '09:00', 'to': '00:00'}", "2026-03-02T23:59:59Z", true },
    { "{'from': '09:00', 'to': '00:00'}", "2026-03-02T00:00:00Z", false },
    /* over midnight: the early hours belong to the day on which it began */
    { "{'days': 'Fri', 'from': '22:00', 'to': '04:00'}", "2026-03-06T22:00:00Z", true },
    { "{'days': 'Fri', 'from': '22:00', 'to': '04:00'}", "2026-03-07T03:59:59Z", true },
    { "{'days': 'Fri', 'from': '22:00', 'to': '04:00'}", "2026-03-07T04:00:00Z", false },
    { "{'days': 'Fri', 'from': '22:00', 'to': '04:00'}", "2026-03-06T03:00:00Z", false },
    { "{'days': 'Fri', 'from': '22:00', 'to': '04:00'}", "2026-03-07T22:00:00Z", false },
    { "{'from': '2026-12-24', 'to': '2026-12-26'}", "2026-12-23T23:59:59Z", false },
    { "{'from': '2026-12-24', 'to': '2026-12-26'}", "2026-12-24T00:00:00Z", true },
    { "{'from': '2026-12-24', 'to': '2026-12-26'}", "2026-12-26T23:59:59Z", true },
    { "{'from': '2026-12-24', 'to': '2026-12-26'}", "2026-12-27T00:00:00Z", false },
    { "{'from': '2026-03-02T08:00:00Z', 'to': '2026-03-02T10:00:00Z'}", "2026-03-02T09:59:59Z",
      true },
    { "{'from': '2026-03-02T08:00:00Z', 'to': '2026-03-02T10:00:00Z'}", "2026-03-02T10:00:00Z",
      false },
    { "{'from': '2026-03-02'}", "2199-01-01T00:00:00Z", true },
    { "{'to': '2026-03-02'}", "2026-03-02T23:00:00Z", true },
    { "{'days': 'Sat', 'from': '2026-03-01', 'to': '2026-03-31'}", "2026-03-07T12:00:00Z", true },
    { "{'days': 'Sat', 'from': '2026-03-01', 'to': '2026-03-31'}", "2026-03-08T12:00:00Z", false },
    { "[{'days': 'Mon', 'to': '10:00'}, {'days': 'Tue'}]", "2026-03-02T09:00:00Z", true },
    { "[{'days': 'Mon', 'to': '10:00'}, {'days': 'Tue'}]", "2026-03-02T11:00:00Z", false },
    { "[{'days': 'Mon', 'to': '10:00'}, {'days': 'Tue'}]", "2026-03-03T11:00:00Z", true },
    { "[]", "2026-03-03T11:00:00Z", false },
};

static void test_schedules(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        char text[200];
        struct settings_reading t;
        snprintf(text, sizeof text, "{'schedules': {'S': %s}}", moments[i].schedule);
        settings_begin(&t, text);
        assert_string_equal(reading_told(&t.r), "");
        enum schedule_state at =
            settings_schedule(&t.settings, STR("S"), reading_second(moments[i].at));
        if (at != (moments[i].active ? SCHEDULE_ACTIVE : SCHEDULE_INACTIVE))
            fail_msg("%s at %s", moments[i].schedule, moments[i].at);
        settings_end(&t);
    }
}

static const char *const no_schedules[] = {
    "1",
    "null",
    "'always'",
    "{}",
    "{'active': 'yes'}",
    "{'days': 'Mon..Fri'}",
    "{'days': 'Mo-Fr'}",
    "{'days': 'Mon-'}",
    "{'days': 'Mon,'}",
    "{'days': '-'}",
    "{'days': 'Mon-Tue-Wed'}",
    "{'days': ''}",
    "{'days': 5}",
    "{'days': 'Mon,,Fri'}",
    "{'from': '9:00'}",
    "{'from': '25:00'}",
    "{'from': '24:01'}",
    "{'from': '09:60'}",
    "{'from': 9}",
    "{'to': '2026-02-30'}",
    "{'from': '09:00', 'to': '2026-03-02'}",
    "{'from': '2026-03-02', 'to': '10:00'}",
    "{'to': ['10:00']}",
    "[]",
};

static void test_no_schedules(void **state)
{
    struct settings_reading t;
    (void) state;
    for (size_t i = 0; i < sizeof no_schedules / sizeof *no_schedules; i++) {
        char text[200];
        snprintf(text, sizeof text, "{'schedules': {\n'S': [%s]}}", no_schedules[i]);
        settings_begin(&t, text);
        if (strcmp(reading_told(&t.r), "E456 2; "))
            fail_msg("%s: %s", no_schedules[i], reading_told(&t.r));
        assert_int_equal(settings_schedule(&t.settings, STR("S"), 0), SCHEDULE_INACTIVE);
        settings_end(&t);
    }
    settings_begin(&t, "{'schedules': {'S': {'day': 'Mon', 'from': '09:00'}, 'T': 5}}");
    assert_string_equal(reading_told(&t.r), "W450 1; E456 1; ");
    settings_end(&t);
}

static void test_groups(void **state)
{
    static const struct {
        const char *group, *emergency;
        enum group_state state;
    } cases[] = {
        { "All", "On", GROUP_EMERGENCY },    { "All", "Off", GROUP_HOLIDAY },
        { "All", "", GROUP_HOLIDAY },        { "No holiday", "", GROUP_CLOSED },
        { "Only open", "", GROUP_OPEN },     { "Nothing", "", GROUP_CLOSED },
        { "Inactive", "", GROUP_CLOSED },    { "Word", "", GROUP_OPEN },
        { "Word", "On", GROUP_EMERGENCY },   { "Unknown", "", GROUP_NOT_STATED },
        { "Unknown", "On", GROUP_EMERGENCY }, { "Unknown", "Off", GROUP_NOT_STATED },
        { "Only open", "Unknown", GROUP_OPEN }, { "Only open", "Object", GROUP_EMERGENCY },
        { "Alarm", "", GROUP_EMERGENCY },
    };
    struct settings_reading t;
    struct str name;
    (void) state;
    settings_begin(&t, "{'schedules': {'Yes': true, 'Also': true, 'No': false},"
              "'emergencyGroups': {'On': true, 'Off': false, 'Object': {'active': true}},"
              "'scheduleGroups': {"
              "'All': {'open': ['Yes', 'No'], 'closed': ['Also'], 'holiday': ['No', 'Yes']},"
              "'No holiday': {'open': ['Yes'], 'closed': ['Yes'], 'holiday': ['No']},"
              "'Only open': {'open': ['No', 'Yes'], 'closed': ['No'], 'holiday': []},"
              "'Nothing': {}, 'Inactive': {'open': ['No']}, 'Word': 'open',"
              "'Alarm': 'emergency'}}");
    assert_string_equal(reading_told(&t.r), "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum group_state at = settings_schedule_group(&t.settings, str_of(cases[i].group),
                                                      str_of(cases[i].emergency), 0);
        if (at != cases[i].state)
            fail_msg("%s with %s is %s", cases[i].group, cases[i].emergency, group_state_id(at));
    }
    assert_string_equal(group_state_id(GROUP_HOLIDAY), "holiday");
    assert_string_equal(group_state_id(GROUP_NOT_STATED), "");
    static const char *const active[] = { "Yes", "Also", "Yes" };
    for (size_t n = 0; n < 3; n++)
        assert_true(settings_in_service(&t.settings, STR("All"), 0, n, &name) &&
                    str_is(name, active[n]));
    assert_false(settings_in_service(&t.settings, STR("All"), 0, 3, &name));
    assert_false(settings_in_service(&t.settings, STR("Word"), 0, 0, &name));
    settings_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schedules),
        cmocka_unit_test(test_no_schedules),
        cmocka_unit_test(test_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
