/* The catalogue is complete for voice: every action of tests/data/flow/voice-actions.txt, with the
 * same outputs, fields and types of flow, and nothing besides. Where the specification is at hand
 * that list is held against it as well. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/file.h"
#include "tests/unit/flow/reading.h"

enum { MOST_KINDS = 200, MOST_PROPERTIES = 40, TEXT = 400 };

struct property {
    struct str name, paths; /* name "+": no property of the class; paths "-": no field */
};
struct kind {
    struct str key, types, outputs;
    struct property properties[MOST_PROPERTIES];
    size_t count;
};
struct list {
    struct env env;
    struct buf text, page; /* page: empty where it is not at hand */
    struct kind kinds[MOST_KINDS];
    size_t count;
};

/* What comes before `end` in *rest, which goes on behind it. */
static struct str take(struct str *rest, char end)
{
    ptrdiff_t at = str_find_char(*rest, end);
    struct str part = at < 0 ? *rest : str_slice(*rest, 0, (size_t) at);
    *rest = at < 0 ? STR_NONE : str_slice(*rest, (size_t) at + 1, rest->len);
    return part;
}

static struct str take_word(struct str *rest)
{
    *rest = str_trim(*rest);
    return take(rest, ' ');
}

static void read_property(struct list *list, struct str line)
{
    struct kind *kind = &list->kinds[list->count - 1];
    assert_true(list->count > 0 && kind->count < MOST_PROPERTIES);
    struct property *property = &kind->properties[kind->count++];
    struct str rest = str_trim(line);
    property->name = take(&rest, ':');
    property->paths = rest.len ? str_trim(rest) : property->name;
}

static int list_begin(void **state)
{
    struct list *list = calloc(1, sizeof *list);
    struct diags diags;
    struct file_stamp stamp;
    env_init(&list->env);
    diags_init(&diags, &list->env);
    buf_init(&list->text, &list->env);
    buf_init(&list->page, &list->env);
    if (!file_read(&list->env, "tests/data/flow/voice-actions.txt", 1 << 20, &list->text, &stamp,
                   &diags))
        return -1;
    file_read(&list->env, "../shared/archy-actions.md", 1 << 20, &list->page, &stamp, &diags);
    struct str rest = buf_str(&list->text);
    while (rest.len) {
        struct str line = take(&rest, '\n');
        if (!line.len || line.ptr[0] == '#')
            continue;
        if (line.ptr[0] == ' ') {
            read_property(list, line);
            continue;
        }
        if (list->count == MOST_KINDS)
            return -1;
        struct kind *kind = &list->kinds[list->count++];
        kind->key = str_trim(take(&line, '|'));
        kind->types = str_trim(take(&line, '|'));
        kind->outputs = str_trim(line);
    }
    diags_release(&diags);
    *state = list;
    return 0;
}

static int list_end(void **state)
{
    struct list *list = *state;
    buf_release(&list->text);
    buf_release(&list->page);
    free(list);
    return 0;
}

static const struct kind *kind_of(const struct list *list, struct str key)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->kinds[i].key, key))
            return &list->kinds[i];
    }
    return NULL;
}

/* By its key, else as the choice that wraps it. */
static const struct action_info *entry_of(struct str key)
{
    const struct action_info *info = NULL;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *at = catalogue_action(i);
        if (str_is(key, at->key))
            return at;
        if (at->wraps && str_is(key, at->wraps))
            info = at;
    }
    return info;
}

static bool has_word(struct str words, struct str word)
{
    while (words.len) {
        if (str_eq(take_word(&words), word))
            return true;
    }
    return false;
}

/* --- the catalogue against the list --- */

static unsigned types_of(struct str letters)
{
    static const char known[] = "IQMVSOm";
    static const enum flow_type types[] = {
        FLOW_INBOUND_CALL, FLOW_INQUEUE_CALL, FLOW_COMMON_MODULE, FLOW_VOICE_SURVEY,
        FLOW_SECURE_CALL,  FLOW_OUTBOUND_CALL, FLOW_VOICEMAIL,
    };
    unsigned mask = 0;
    for (size_t i = 0; i < letters.len; i++) {
        const char *at = strchr(known, letters.ptr[i]);
        assert_non_null(at);
        mask |= 1u << types[at - known];
    }
    return mask;
}

static void check_outputs(const struct kind *kind, const struct action_info *info)
{
    struct str rest = kind->outputs;
    const struct output_info *output = info->outputs;
    while (rest.len) {
        struct str id = take_word(&rest);
        if (id.ptr[0] == '(')
            continue;
        if (id.ptr[0] == '+')
            id = str_slice(id, 1, id.len);
        if (!output || !output->id || !str_is(id, output->id))
            fail_msg("%s: its next output is %.*s", info->key, STR_ARG(id));
        output++;
    }
    if (output && output->id)
        fail_msg("%s: the output %s is not listed", info->key, output->id);
}

static bool is_listed(const struct kind *kind, struct str path)
{
    for (size_t i = 0; i < kind->count; i++) {
        if (has_word(kind->properties[i].paths, path))
            return true;
    }
    return false;
}

static void check_fields(const struct kind *kind, const struct action_info *info)
{
    for (size_t i = 0; i < kind->count; i++) {
        struct str rest = kind->properties[i].paths;
        while (rest.len) {
            struct str path = take_word(&rest);
            const struct field *field = catalogue_field(info, path);
            if (!str_is(path, "-") && (!field || !str_is(path, field->path)))
                fail_msg("%s has no field %.*s", info->key, STR_ARG(path));
        }
    }
    for (const struct field *field = info->fields; field->path; field++) {
        if (strcmp(field->path, "name") && !is_listed(kind, str_of(field->path)))
            fail_msg("%s: the field %s is not listed", info->key, field->path);
    }
}

static void test_every_kind(void **state)
{
    struct list *list = *state;
    size_t own = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct kind *kind = &list->kinds[i];
        const struct action_info *info = entry_of(kind->key);
        if (!info)
            fail_msg("%.*s is missing", STR_ARG(kind->key));
        if (types_of(kind->types) != info->flow_types)
            fail_msg("%s: the types of flow are not %.*s", info->key, STR_ARG(kind->types));
        check_outputs(kind, info);
        if (!str_is(kind->key, info->key))
            continue; /* its fields are those of the choice */
        own++;
        check_fields(kind, info);
    }
    assert_true(list->count > 130);
    assert_int_equal(own, catalogue_count());
}

/* --- the list against the specification --- */

/* The lines of archy-actions.md between two that begin so. */
static struct str section(struct str page, const char *begin, const char *end)
{
    char *from = memmem(page.ptr, page.len, begin, strlen(begin));
    if (!from)
        return STR_NONE;
    size_t at = (size_t)(from - page.ptr) + strlen(begin);
    struct str rest = str_slice(page, at, page.len);
    char *to = memmem(rest.ptr, rest.len, end, strlen(end));
    return to ? str_slice(rest, 0, (size_t)(to - rest.ptr)) : rest;
}

/* The next word between backquotes. */
static struct str quoted(struct str *rest)
{
    if (str_find_char(*rest, '`') < 0) {
        *rest = STR_NONE;
        return STR_NONE;
    }
    take(rest, '`');
    return take(rest, '`');
}

static void check_page_outputs(const struct kind *kind, struct str cell)
{
    struct str rest = kind->outputs, all = str_trim(cell);
    while (rest.len) {
        struct str id = take_word(&rest);
        if (id.ptr[0] == '+')
            continue;
        if (id.ptr[0] == '(')
            id = str_slice(id, 1, id.len - 1);
        char found[TEXT];
        snprintf(found, sizeof found, " %.*s,", STR_ARG(id));
        char cells[TEXT];
        snprintf(cells, sizeof cells, " %.*s,", STR_ARG(all));
        if (!strstr(cells, found))
            fail_msg("%.*s has the output %.*s", STR_ARG(kind->key), STR_ARG(id));
    }
    while (all.len && (unsigned char) all.ptr[0] < 0x80) {
        struct str id = str_trim(take(&all, ','));
        char marked[TEXT];
        snprintf(marked, sizeof marked, "(%.*s)", STR_ARG(id));
        if (!has_word(kind->outputs, id) && !has_word(kind->outputs, str_of(marked)))
            fail_msg("%.*s has no output %.*s", STR_ARG(kind->key), STR_ARG(id));
    }
}

/* "ArchValueStringCollection" is a collection of String. A type that values cannot have, and a
 * field whose type varies, are not compared. */
static void check_type(const struct kind *kind, struct str paths, struct str type)
{
    char stem[TEXT];
    enum value_type wanted;
    bool is_list;
    struct str prefix = STR("ArchValue");
    const struct action_info *info = entry_of(kind->key);
    const struct field *field = catalogue_field(info, take_word(&paths));
    if (!field || field->type == TYPE_NONE || !str_starts(type, prefix) || field->row_key)
        return;
    snprintf(stem, sizeof stem, "%.*s", (int) (type.len - prefix.len), type.ptr + prefix.len);
    if (strchr(stem, '['))
        return;
    stem[0] = (char) (stem[0] - 'A' + 'a');
    if (!value_type_find(str_of(stem), &wanted, &is_list))
        return;
    if (field->type != wanted || is_list != !!(field->flags & FIELD_COLLECTION))
        fail_msg("%s.%s is %.*s", info->key, field->path, STR_ARG(type));
}

static void check_page_properties(const struct kind *kind, struct str text, size_t *types)
{
    size_t named = 0, listed = 0;
    while (text.len) {
        struct str line = take(&text, '\n');
        if (!str_starts(line, STR("* `")) || !memmem(line.ptr, line.len, "` : ", 4))
            continue;
        struct str rest = line, name = quoted(&rest);
        take(&rest, ':');
        named++;
        size_t at = 0;
        while (at < kind->count && !str_eq(kind->properties[at].name, name))
            at++;
        if (at == kind->count)
            fail_msg("%.*s: %.*s is not listed", STR_ARG(kind->key), STR_ARG(name));
        check_type(kind, kind->properties[at].paths, take_word(&rest));
        ++*types;
    }
    for (size_t i = 0; i < kind->count; i++)
        listed += !str_is(kind->properties[i].name, "+");
    if (named != listed)
        fail_msg("%.*s: %zu properties are listed, not %zu", STR_ARG(kind->key), listed, named);
}

static void test_the_specification(void **state)
{
    struct list *list = *state;
    struct str page = buf_str(&list->page);
    if (!page.len)
        skip();
    struct str rows = section(page, "## Summary table", "## Enumerations");
    size_t voice = 0, types = 0;
    while (rows.len) {
        struct str row = take(&rows, '\n'), rest = row;
        if (!str_starts(row, STR("| `")))
            continue;
        take(&rest, '|');
        struct str cell = take(&rest, '|'), key = quoted(&cell);
        take(&rest, '|');
        struct str use = str_trim(take(&rest, '|'));
        if (!use.len)
            continue;
        voice++;
        const struct kind *kind = kind_of(list, key);
        if (!kind)
            fail_msg("%.*s is not listed", STR_ARG(key));
        take(&rest, '|');
        take(&rest, '|');
        take(&rest, '|');
        check_page_outputs(kind, take(&rest, '|'));
        char begin[TEXT];
        snprintf(begin, sizeof begin, "\n### `%.*s` ", STR_ARG(key));
        struct str detail = section(page, begin, "\n##");
        if (!detail.len)
            fail_msg("%.*s is not described", STR_ARG(key));
        check_page_properties(kind, detail, &types);
    }
    assert_true(voice >= 115);
    assert_true(types > 400);
}

static void test_choices_of_the_specification(void **state)
{
    struct list *list = *state;
    struct str page = buf_str(&list->page);
    if (!page.len)
        skip();
    struct str rest = section(page, "## Menu choice classes", "* common properties");
    size_t count = 0;
    while (rest.len) {
        struct str line = take(&rest, '\n'), key = quoted(&line);
        if (!key.len || key.len == strlen("menu"))
            continue;
        const struct action_info *info = entry_of(key);
        if (!info || !str_is(key, info->key) || !kind_of(list, key))
            fail_msg("%.*s is missing", STR_ARG(key));
        char wraps[TEXT];
        snprintf(wraps, sizeof wraps, ":ArchAction%s", info->wraps);
        wraps[strlen(":ArchAction")] = (char) (info->wraps[0] - 'a' + 'A');
        if (!memmem(line.ptr, line.len, wraps, strlen(wraps)))
            fail_msg("%s does not wrap %s", info->key, info->wraps);
        count++;
    }
    assert_int_equal(count, 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind),
        cmocka_unit_test(test_the_specification),
        cmocka_unit_test(test_choices_of_the_specification),
    };
    return cmocka_run_group_tests(tests, list_begin, list_end);
}
