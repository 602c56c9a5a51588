#include "engine/base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ctype.h>
#include <string.h>
#include "engine/base/env.h"

struct world {
    struct env env;
    struct diags diags;
    struct buf text;
};

static int setup(void **state)
{
    static struct world world;

    env_init(&world.env);
    diags_init(&world.diags, &world.env);
    buf_init(&world.text, &world.env);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;

    diags_release(&world->diags);
    buf_release(&world->text);
    return 0;
}

static void codes_are_well_formed_and_unique(void **state)
{
    (void) state;
    for (int i = 0; i < DIAG_COUNT; i++) {
        const char *code = diag_info((enum diag_code) i)->code;

        if (strlen(code) != 4 || !strchr("EWI", code[0]) || !isdigit((unsigned char) code[1]) ||
            !isdigit((unsigned char) code[2]) || !isdigit((unsigned char) code[3]))
            fail_msg("%s is no code", code);
        for (int j = 0; j < i; j++)
            if (strcmp(code + 1, diag_info((enum diag_code) j)->code + 1) == 0)
                fail_msg("the number of %s is there twice", code);
    }
}

/* {1} to {4}, none left out before the highest, and no brace besides. */
static void sentences_have_numbered_holes(void **state)
{
    (void) state;
    for (int i = 0; i < DIAG_COUNT; i++) {
        const struct diag_info *info = diag_info((enum diag_code) i);
        unsigned seen = 0;

        for (const char *at = info->sentence; *at; at++) {
            if (at[0] == '{' && at[1] >= '1' && at[1] <= '4' && at[2] == '}')
                seen |= 1u << (at[1] - '1');
            if (at[0] == '{' && isdigit((unsigned char) at[1]) &&
                !(at[1] >= '1' && at[1] <= '4' && at[2] == '}'))
                fail_msg("%s: %s", info->code, at);
        }
        if (seen & (seen + 1))
            fail_msg("%s: a hole is left out: %s", info->code, info->sentence);
    }
}

/* Ends with a full stop and is one line without gaps. */
static bool is_text(const char *text)
{
    size_t len = strlen(text);

    return len >= 10 && text[len - 1] == '.' && !strstr(text, "  ") && !strchr(text, '\n');
}

/* Begins with a capital, or with the name of a file, too. */
static bool is_sentence(const char *text)
{
    bool names_file = memchr(text, '.', strcspn(text, " ")) != NULL;

    return is_text(text) && (!islower((unsigned char) text[0]) || names_file);
}

static void texts_are_sentences(void **state)
{
    (void) state;
    for (int i = 0; i < DIAG_COUNT; i++) {
        const struct diag_info *info = diag_info((enum diag_code) i);

        if (!is_sentence(info->sentence))
            fail_msg("%s: \"%s\"", info->code, info->sentence);
        if (!is_text(info->help))
            fail_msg("%s: \"%s\"", info->code, info->help);
    }
}

static void found_by_code(void **state)
{
    enum diag_code found = DIAG_COUNT;

    (void) state;
    assert_true(diag_find(STR("e001"), &found));
    assert_int_equal(found, DIAG_FILE_MISSING);
    assert_false(diag_find(STR("E00"), &found));
    assert_false(diag_find(STR("E0011"), &found));
    assert_false(diag_find(STR_NONE, &found));
}

static void letter_is_severity(void **state)
{
    (void) state;
    assert_int_equal(diag_severity(DIAG_FILE_MISSING), SEVERITY_ERROR);
    assert_int_equal(diag_severity(DIAG_SAVE_UNCERTAIN), SEVERITY_WARNING);
    for (int i = 0; i < DIAG_COUNT; i++)
        if (diag_info((enum diag_code) i)->code[0] == 'I')
            assert_int_equal(diag_severity((enum diag_code) i), SEVERITY_INFO);
}

static void owns_what_it_is_given(void **state)
{
    struct world *world = *state;
    char file[] = "a.json", path[] = "Welcome/1", arg[] = "why";
    struct place place = { str_of(file), 3, 7, str_of(path), 12 };
    const struct diag *diag;

    assert_false(diag_add1(&world->diags, DIAG_SAVE_FAILED, &place, str_of(arg)));
    memset(file, 'x', sizeof file - 1);
    memset(path, 'x', sizeof path - 1);
    memset(arg, 'x', sizeof arg - 1);
    diag = &world->diags.items[0];
    assert_int_equal(diag->code, DIAG_SAVE_FAILED);
    assert_true(str_is(diag->place.file, "a.json"));
    assert_true(str_is(diag->place.path, "Welcome/1"));
    assert_int_equal(diag->place.line, 3);
    assert_int_equal(diag->place.column, 7);
    assert_int_equal(diag->place.node, 12);
    assert_true(str_is(diag->args[0], "why"));
    assert_int_equal(diag->args[1].len, 0);
}

static void counts_go_on_behind_the_limit(void **state)
{
    struct world *world = *state;

    world->diags.limit = 3;
    for (int i = 0; i < 5; i++) {
        diag_add0(&world->diags, DIAG_FILE_MISSING, NULL);
        diag_add0(&world->diags, DIAG_SAVE_UNCERTAIN, NULL);
    }
    assert_int_equal(world->diags.count, 3);
    assert_int_equal(world->diags.errors, 5);
    assert_int_equal(world->diags.warnings, 5);
    diags_clear(&world->diags);
    assert_int_equal(world->diags.count + world->diags.errors + world->diags.warnings, 0);
    assert_int_equal(world->diags.limit, 3);
}

static void sorted_by_place_then_code(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *file;
        uint32_t line, column;
        enum diag_code code;
        const char *arg;
    } wanted[] = {
        { "a", 1, 9, DIAG_SAVE_FAILED, "" },   { "a", 2, 1, DIAG_SAVE_FAILED, "" },
        { "b", 1, 1, DIAG_FILE_MISSING, "" },  { "b", 1, 1, DIAG_SAVE_FAILED, "1" },
        { "b", 1, 1, DIAG_SAVE_FAILED, "2" },  { "b", 1, 2, DIAG_FILE_MISSING, "" },
        { "b", 10, 1, DIAG_FILE_MISSING, "" },
    };
    static const int mixed[] = { 4, 6, 0, 3, 5, 1, 2 };

    for (size_t i = 0; i < 7; i++) {
        struct place place = { .file = str_of(wanted[mixed[i]].file),
                               .line = wanted[mixed[i]].line,
                               .column = wanted[mixed[i]].column };

        diag_add1(&world->diags, wanted[mixed[i]].code, &place, str_of(wanted[mixed[i]].arg));
    }
    diags_sort(&world->diags);
    for (size_t i = 0; i < 7; i++) {
        const struct diag *diag = &world->diags.items[i];

        assert_true(str_is(diag->place.file, wanted[i].file));
        assert_int_equal(diag->place.line, wanted[i].line);
        assert_int_equal(diag->place.column, wanted[i].column);
        assert_int_equal(diag->code, wanted[i].code);
        assert_true(str_is(diag->args[0], wanted[i].arg));
    }
}

static void render(struct world *world, const char *sentence, const char *wanted)
{
    buf_clear(&world->text);
    diag_render(&world->text, &world->diags.items[0], sentence);
    assert_string_equal(world->text.ptr, wanted);
}

static void holes_are_filled(void **state)
{
    struct world *world = *state;

    diag_add(&world->diags, DIAG_SAVE_FAILED, NULL, STR("a"), STR("{1}%s"), STR_NONE, STR("d"));
    render(world, "{1} {2} {3} {4}.", "a {1}%s  d.");
    render(world, "{4}{1}{1}", "daa");
    render(world, "{0} {5} {x} {1 {", "{0} {5} {x} {1 {");
    render(world, NULL,
           "Saving failed (a); the file is as it was before, make room or save somewhere else.");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_are_well_formed_and_unique),
        TEST(sentences_have_numbered_holes),
        TEST(texts_are_sentences),
        TEST(found_by_code),
        TEST(letter_is_severity),
        TEST(owns_what_it_is_given),
        TEST(counts_go_on_behind_the_limit),
        TEST(sorted_by_place_then_code),
        TEST(holes_are_filled),
    };

    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
