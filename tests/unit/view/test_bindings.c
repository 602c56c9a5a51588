#include "tests/unit/term/screen.h"

#include "engine/session/session.h"
#include "tui/term/key.h"
#include "tui/view/bindings.h"
#include "tui/view/help.h"
#include "tui/view/view_commands.h"

static const struct binding *table;
static size_t count;

static int setup(void **state)
{
    (void)state;
    table = bindings(&count);
    return 0;
}

static struct key key_of(const struct binding *binding)
{
    struct key key;
    if (!key_parse(str_of(binding->key), &key))
        fail_msg("%s is no key", binding->key);
    return key;
}

static struct str first_word(const char *line)
{
    return (struct str){ line, strcspn(line, " ") };
}

static void keys_are_written_as_help_writes_them(void **state)
{
    struct env env;
    struct buf shown;
    (void)state;
    env_init(&env);
    buf_init(&shown, &env);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&shown);
        key_show(&shown, key_of(&table[i]));
        assert_string_equal(shown.ptr, table[i].key);
    }
    buf_release(&shown);
}

static void no_key_means_two_things(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_true(table[i].modes && !(table[i].modes & ~(unsigned)IN_ALL));
        for (size_t j = 0; j < i; j++) {
            if ((table[i].modes & table[j].modes) && key_eq(key_of(&table[i]), key_of(&table[j])))
                fail_msg("%s is %s and %s", table[i].key, table[j].command, table[i].command);
        }
    }
}

static void each_key_names_a_command_possible_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct str name = first_word(table[i].command);
        const struct command *command = session_command_find(name);
        if (view_command_find(name))
            continue;
        if (!command || !str_is(name, command->name))
            fail_msg("%s: there is no command %.*s", table[i].key, STR_ARG(name));
        bool edit = table[i].modes & (IN_EDITING | IN_START), call = table[i].modes & IN_CALL;
        if ((edit && !(command->flags & COMMAND_IN_EDIT)) ||
            (call && !(command->flags & COMMAND_IN_SIMULATION)))
            fail_msg("%s: %s is not possible there", table[i].key, command->name);
    }
}

/* An alias does what the binding above does, where that does it. */
static void each_key_has_a_note_or_shares_one(void **state)
{
    const struct binding *noted = NULL;
    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (table[i].note) {
            assert_true(*table[i].note);
            noted = &table[i];
            continue;
        }
        assert_non_null(noted);
        if (strcmp(noted->command, table[i].command) != 0 || noted->modes != table[i].modes)
            fail_msg("%s has no note, %s above is something else", table[i].key, noted->key);
        assert_null(table[i].hint);
    }
}

static void hints_begin_with_their_key(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const char *key = table[i].key;
        if (!table[i].hint)
            continue;
        if (!strcmp(key, "Delete"))
            key = "Del";
        assert_memory_equal(table[i].hint, key, strlen(key));
        assert_int_equal(table[i].hint[strlen(key)], ' ');
    }
}

static void keys_are_found_in_their_mode(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (unsigned mode = 1; mode <= IN_ALL; mode <<= 1) {
            const struct binding *found = binding_find(key_of(&table[i]), mode);
            if (table[i].modes & mode)
                assert_ptr_equal(found, &table[i]);
            else
                assert_ptr_not_equal(found, &table[i]);
        }
    }
    assert_null(binding_find(KEY_OF('x'), IN_CALL));
    assert_string_equal(binding_find(KEY_OF('x'), IN_TREE)->command, "cut");
    assert_string_equal(binding_find(KEY_OF('x'), IN_FIELDS)->command, "field clear");
    assert_null(binding_find(KEY_OF(SPECIAL_F12), IN_ALL));
}

static void help_lists_every_key(void **state)
{
    struct env env;
    struct buf text;
    (void)state;
    env_init(&env);
    buf_init(&text, &env);
    help_keys(&text);
    for (size_t i = 0; i < count; i++) {
        if (!strstr(text.ptr, table[i].key) || (table[i].note && !strstr(text.ptr, table[i].note)))
            fail_msg("help says nothing of %s", table[i].key);
    }
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_written_as_help_writes_them),
        cmocka_unit_test(no_key_means_two_things),
        cmocka_unit_test(each_key_names_a_command_possible_there),
        cmocka_unit_test(each_key_has_a_note_or_shares_one),
        cmocka_unit_test(hints_begin_with_their_key),
        cmocka_unit_test(keys_are_found_in_their_mode),
        cmocka_unit_test(help_lists_every_key),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
