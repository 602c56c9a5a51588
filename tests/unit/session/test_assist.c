/* Help with an expression while it is typed. In the texts "|" is the cursor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "engine/session/assist.h"
#include "tests/unit/session/support.h"

static struct assist assist;

static int setup(void **state)
{
    struct world *world;
    if (world_setup(state))
        return -1;
    world = *state;
    world_put_main(world);
    world_open(world, "");
    world_say(world, "var Flow.count integer\nvar Flow.names stringCollection\n"
                     "var Flow.queue queue\nvar Flow.caller phoneNumber\n"
                     "goto Welcome/1\nworld queues Support\nworld queues \"Sales desk\"");
    assist_init(&assist, &world->env);
    return 0;
}

static int teardown(void **state)
{
    assist_release(&assist);
    return world_teardown(state);
}

static void look(struct world *world, enum value_type wanted, const char *typed)
{
    const char *bar = strchr(typed, '|');
    static char text[300];
    assert_non_null(bar);
    struct assist_place place = { .flow = world->session->flow,
                                  .node = world->session->cursor.node,
                                  .wanted = { (uint8_t) wanted, false } };
    snprintf(text, sizeof text, "%.*s%s", (int) (bar - typed), typed, bar + 1);
    assist_look(&assist, world->session, &place, str_of(text), (size_t) (bar - typed));
}

/* The offers, and what they would make of the first of them. */
static void expect_offers(struct world *world, const char *typed, const char *wanted)
{
    struct buf got;
    buf_init(&got, &world->env);
    look(world, TYPE_NONE, typed);
    for (size_t i = 0; i < assist.count && i < 6; i++)
        buf_addf(&got, "%s%.*s", i ? " " : "", STR_ARG(assist.offers[i].text));
    if (!str_is(buf_str(&got), wanted))
        fail_msg("%s\n  offers %.*s\n  not    %s", typed, STR_ARG(buf_str(&got)), wanted);
    buf_release(&got);
}

static void words_become_what_is_in_sight(void **state)
{
    static const struct {
        const char *typed, *offers;
    } cases[] = {
        { "Flow.c|", "count caller" },
        { "flow.C|", "count caller" },
        { "Flow.coun|t + 1", "count" },
        { "coun|", "Flow.count Count(" },
        { "1 + Flow.n|", "names" },
        { "Appe|", "Append(" },
        { "Appe|(1)", "Append" },
        { "GetCurrentDateTimeU|", "GetCurrentDateTimeUtc()" },
        { "Format.B|", "Bool." },
        { "Format.Bool.|", "playYesNo" },
        { "System.Currencies.EU|", "EUR" },
        { "Flow.queue.|", "id name" },
        { "FindQueue(\"x\").n|", "name" },
        { "GetAt(Flow.names, 0).|", "" },
        { "(Flow.queue).i|", "id" },
        { "Flow.names[0].|", "" },
        { "Flow.caller.is|", "isGlobal isSip isTel" },
        { "\"text Flow.c|", "" },
        { "Append(\"a\\\"b\", Flow.c|", "count caller" },
        { "FindQueue(\"S|", "Support\" Sales desk\"" },
        { "FindQueue(\"s|\")", "Support Sales desk" },
        { "FindQueue(\"Su|", "Support\"" },
        { "Append(\"S|", "" },
        { "12|", "" },
        { ")Flow.c|", "" }, /* nothing is open there */
        { "tru|", "true" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_offers(*state, cases[i].typed, cases[i].offers);
}

static void the_call_around_shows_its_signature(void **state)
{
    static const struct {
        const char *typed, *signature, *parameter;
    } cases[] = {
        { "Left(|", "Left(String, Integer) -> String", "String" },
        { "Left(\"a\", |", "Left(String, Integer) -> String", "Integer" },
        { "left(\"a,b\", |", "Left(String, Integer) -> String", "Integer" },
        { "Left(\"a\", 1, |", "Left(String, Integer) -> String", "" },
        { "Left(Append(\"a\", |", "Append(String?, ...) -> String  (1 of 3)", "String?" },
        { "Left(Append(\"a\"), (1 + |", "Left(String, Integer) -> String", "Integer" },
        { "Compare(\"a\", \"b\", |", "Compare(String?, String?, Boolean) -> Integer  (2 of 2)",
          "Boolean" },
        { "Left(\"a\", 1)|", "", "" },
        { "Nothing(|", "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        look(*state, TYPE_NONE, cases[i].typed);
        if (!str_is(assist.signature, cases[i].signature) ||
            !str_is(assist.parameter, cases[i].parameter))
            fail_msg("%s\n  gives %.*s\n  with  %.*s", cases[i].typed, STR_ARG(assist.signature),
                     STR_ARG(assist.parameter));
    }
}

static void the_verdict_says_type_or_fault(void **state)
{
    static const struct {
        enum value_type wanted;
        const char *typed, *verdict;
        size_t fault;
    } cases[] = {
        { TYPE_NONE, "Flow.count + 1|", "Integer", SIZE_MAX },
        { TYPE_INTEGER, "Flow.count + 1|", "Integer", SIZE_MAX },
        { TYPE_STRING, "Flow.count|", "Integer, taken as String by ToString", SIZE_MAX },
        { TYPE_NONE, "Flow.names|", "String Collection", SIZE_MAX },
        { TYPE_STRING, "NOT_SET|", "String", SIZE_MAX },
        { TYPE_NONE, "\"ä\" +\n Flow.nobody|",
          "2:2: There is no variable Flow.nobody here; check its name, or declare it. [E222]", 8 },
        { TYPE_NONE, "|", "", SIZE_MAX },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        look(*state, cases[i].wanted, cases[i].typed);
        if (!str_is(buf_str(&assist.verdict), cases[i].verdict) || assist.fault != cases[i].fault)
            fail_msg("%s\n  gives %.*s at %zu", cases[i].typed,
                     STR_ARG(buf_str(&assist.verdict)), assist.fault);
    }
    look(*state, TYPE_QUEUE, "true|");
    assert_true(str_starts(buf_str(&assist.verdict), STR("1:1: ")));
}

static void the_value_is_that_of_the_call(void **state)
{
    struct world *world = *state;
    look(world, TYPE_NONE, "1 + 1|");
    assert_int_equal(assist.value.len, 0); /* no call */
    world_say(world, "insert updateData\nrow statements add\nset statements/1/variable Flow.count\n"
                     "set statements/1/value =41\nsimulate\nstep\nedit");
    look(world, TYPE_NONE, "Flow.count + 1|");
    assert_true(str_is(buf_str(&assist.value), "42"));
    look(world, TYPE_NONE, "Flow.count / 0|");
    assert_true(str_starts(buf_str(&assist.value), STR("(Division by zero.")));
    look(world, TYPE_NONE, "Flow.count +|");
    assert_int_equal(assist.value.len, 0);
}

/* Who arms a post-flow with data is known before anybody calls. */
static void keys_of_invocation_data_are_offered(void **state)
{
    struct world *world = *state;
    world_say(world, "new inboundCall After\nopen Main line\ngoto Welcome/1\ninsert setPostFlow\n"
                     "set targetFlow After\n"
                     "set invocationData =MakeJsonObject(\"line\", \"a\", \"number\", 1)\n"
                     "open After");
    look(world, TYPE_NONE, "Call.InvocationData.|");
    assert_int_equal(assist.count, 2);
    look(world, TYPE_NONE, "Call.InvocationData.num|");
    assert_int_equal(assist.count, 1);
    assert_true(str_is(assist.offers[0].text, "number"));
    assert_true(str_is(assist.offers[0].detail, "JSON"));
}

static void lines_are_completed_alike(void **state)
{
    struct world *world = *state;
    struct buf out;
    size_t from;
    world_say(world, "insert updateData\nrow statements add");
    buf_init(&out, &world->env);
    assert_true(session_complete(world->session, STR("set statements/1/value =1 + Flow.c"), 0,
                                 &out, &from));
    assert_string_equal(out.ptr, "=1 + Flow.count");
    assert_int_equal(from, strlen("set statements/1/value "));
    assert_true(session_complete(world->session, STR("set statements/1/value =1 + Flow.c"), 1,
                                 &out, &from));
    assert_string_equal(out.ptr, "=1 + Flow.caller");
    assert_false(session_complete(world->session, STR("set statements/1/value =1 + Flow.c"), 2,
                                  &out, &from));
    world_say(world, "simulate");
    assert_true(session_complete(world->session, STR("print Append(Flow.ca"), 0, &out, &from));
    assert_string_equal(out.ptr, "Append(Flow.caller");
    assert_true(session_complete(world->session, STR("break if Lengt"), 0, &out, &from));
    assert_string_equal(out.ptr, "if Length(");
    buf_release(&out);
}

/* Any bytes, any cursor: something is said, nothing is read behind the end. */
static void what_makes_no_sense_does_no_harm(void **state)
{
    static const char *const texts[] = { "((((((|", "]]]|", "\"\\|", "a.b.c.(|", ".|", "..a|",
                                         "Flow.|\xff", "\xf0\x9f|", "$|", "x[\"|", "(a).b.|" };
    struct world *world = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        look(world, TYPE_STRING, texts[i]);
    struct buf deep;
    buf_init(&deep, &world->env);
    buf_add_repeat(&deep, '(', 30000);
    struct assist_place place = { .flow = world->session->flow,
                                  .node = world->session->cursor.node };
    assist_look(&assist, world->session, &place, buf_str(&deep), deep.len);
    assert_int_equal(assist.count, 0);
    assert_true(assist.fault != SIZE_MAX);
    buf_release(&deep);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(words_become_what_is_in_sight), TEST(the_call_around_shows_its_signature),
        TEST(the_verdict_says_type_or_fault), TEST(the_value_is_that_of_the_call),
        TEST(keys_of_invocation_data_are_offered), TEST(lines_are_completed_alike),
        TEST(what_makes_no_sense_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
