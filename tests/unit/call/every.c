#include "tests/unit/call/every.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "engine/flow/path.h"

/* "queue": what variables of the type begin with; empty: there are none. */
static const char *stem_of(enum value_type type)
{
    static const char *const stems[] = {
#define X(name, label, stem) [TYPE_##name] = stem,
        VALUE_TYPES(X)
#undef X
    };
    return stems[type];
}

/* --- flows to put it in --- */

static void add_variables(struct buf *out)
{
    buf_add_text(out, "\"variables\":[");
    const char *between = "";
    for (int type = TYPE_NONE + 1; type < TYPE_COUNT; type++) {
        const char *stem = stem_of((enum value_type) type);
        if (!stem[0])
            continue;
        buf_addf(out, "%s{\"%sVariable\":{\"name\":\"Flow.%s\"}}", between, stem, stem);
        between = ",";
        buf_addf(out, ",{\"%sCollectionVariable\":{\"name\":\"Flow.%sList\"}}", stem, stem);
    }
    buf_add_text(out, "]");
}

#define LOOP_AND_END                                                                               \
    "[{\"loop\":{\"name\":\"Round\",\"loopCount\":{\"lit\":1},\"outputs\":{\"loop\":"              \
    "{\"actions\":[]}}}},{\"disconnect\":{\"name\":\"End\"}}]"

/* A flow of that type called Every, with all that an action may refer to. */
static void add_flow(struct world *world, enum flow_type type)
{
    const struct flow_type_info *info = flow_type_info(type);
    struct buf text;
    char file[TEXT];
    buf_init(&text, &world->env);
    buf_addf(&text, "{\"%s\":{\"name\":\"Every\",\"defaultLanguage\":\"en-us\","
                    "\"supportedLanguages\":{\"en-us\":{\"none\":true}},", info->key);
    if (type == FLOW_COMMON_MODULE)
        buf_add_text(&text, "\"settingsCommonModule\":{\"compatibleFlowTypes\":[{\"flowType\":"
                            "\"inboundcall\"},{\"flowType\":\"inqueuecall\"}]},");
    add_variables(&text);
    if (info->flags & FLOW_HAS_ONE_TASK) {
        buf_add_text(&text, ",\"startUpTaskActions\":" LOOP_AND_END "}}");
    } else {
        bool states = info->flags & FLOW_HAS_STATES;
        buf_addf(&text, ",\"startUpRef\":\"/%s/%s[T_1]\"", info->key,
                 states ? "states/state" : "tasks/task");
        if (states)
            buf_add_text(&text, ",\"states\":[{\"state\":{\"name\":\"T\",\"refId\":\"T_1\","
                                "\"actions\":" LOOP_AND_END "}},{\"state\":{\"name\":\"Other\","
                                "\"refId\":\"Other_2\",\"actions\":" LOOP_AND_END "}}]");
        buf_add_text(&text, ",\"tasks\":[");
        if (!states)
            buf_add_text(&text, "{\"task\":{\"name\":\"T\",\"refId\":\"T_1\",\"actions\":"
                                LOOP_AND_END "}},");
        buf_add_text(&text, "{\"task\":{\"name\":\"Errand\",\"refId\":\"Errand_3\",\"actions\":"
                            "[{\"endTask\":{\"name\":\"Back\"}}]}}]");
        if (info->flags & FLOW_HAS_MENUS)
            buf_add_text(&text, ",\"menus\":[{\"menu\":{\"name\":\"Menu\",\"refId\":\"Menu_4\","
                                "\"audio\":{\"tts\":\"choose\"},\"choices\":[{\"menuDisconnect\":"
                                "{\"name\":\"Bye\",\"dtmf\":\"digit_9\"}}]}}]");
        buf_add_text(&text, "}}");
    }
    snprintf(file, sizeof file, "every-%s.flow.json", info->key);
    world_add(world, file, text.ptr);
    buf_release(&text);
}

void bench_open(struct bench *b)
{
    *b = (struct bench){ .count = 0 };
    world_init(&b->world);
    for (int type = FLOW_OTHER + 1; type < FLOW_TYPE_COUNT; type++)
        add_flow(&b->world, (enum flow_type) type);
    world_add_flow(&b->world, "inboundCall", "Target", "[{\"disconnect\":{\"name\":\"End\"}}]");
    world_open(&b->world);
}

void bench_close(struct bench *b)
{
    world_release(&b->world);
}

static struct change *begin(struct bench *b)
{
    assert_true(b->count < MOST_CHANGES);
    return b->changes[b->count++] = change_begin(&b->world.env, STR("test"));
}

void bench_text(const struct bench *b, struct buf *out)
{
    buf_clear(out);
    doc_write(b->flow->doc, out);
}

void bench_take_back(struct bench *b, const char *before)
{
    struct buf after, now;
    buf_init(&after, &b->world.env);
    buf_init(&now, &b->world.env);
    bench_text(b, &after);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = b->count; i-- > 0;)
            change_undo(b->changes[i]);
        bench_text(b, &now);
        assert_string_equal(now.ptr, before);
        for (size_t i = 0; turn == 0 && i < b->count; i++)
            change_redo(b->changes[i]);
        bench_text(b, &now);
        if (turn == 0)
            assert_string_equal(now.ptr, after.ptr);
    }
    while (b->count > 0)
        change_free(b->changes[--b->count]);
    buf_release(&after);
    buf_release(&now);
}

node_id bench_put(struct bench *b, const struct action_info *info)
{
    const struct flow *flow = b->flow;
    node_id start = flow_start(flow);
    node_id first = flow_list_first(flow, flow_list(flow, (struct spot){ start, 0 }));
    struct slot slot = { { start, 0 }, first };
    if (info->flags & ACTION_CHOICE) {
        struct spot menu;
        if (!path_find(flow, STR("Menu"), &menu, &b->world.diags))
            return 0;
        return flow_add_choice(begin(b), b->flow, menu.node, 0, info, &b->world.diags);
    }
    if (info->flags & ACTION_ENDS_LOOP)
        slot = (struct slot){ { first, 1 }, 0 };
    return flow_add_action(begin(b), b->flow, slot, info, &b->world.diags);
}

/* --- what is set --- */

/* The type of what a field holds; of the value of a switch a text. */
static enum value_type type_of(const struct field *field)
{
    return field->type == TYPE_NONE ? TYPE_STRING : field->type;
}

static const char *literal_of(const struct field *field)
{
    bool list = field->flags & FIELD_COLLECTION;
    switch (type_of(field)) {
    case TYPE_BOOLEAN: return list ? "[true]" : "true";
    case TYPE_INTEGER: return list ? "[1]" : "1";
    case TYPE_DECIMAL: return "0.5";
    case TYPE_DURATION: return "20s";
    case TYPE_JSON: return "{\"a\":[1]}";
    case TYPE_DATETIME: return "2026-01-01T00:00:00Z";
    case TYPE_PHONE: return "+4930123";
    default: return list ? "[\"en-us\"]" : "en-us";
    }
}

static const char *variable_of(const struct field *field, char out[static TEXT])
{
    snprintf(out, TEXT, "Flow.%s%s", stem_of(type_of(field)),
             field->flags & FIELD_COLLECTION ? "List" : "");
    return out;
}

static const char *flow_of(const struct field *field)
{
    return field->flow_types & IN(INBOUND_CALL) ? "Target" : "Every";
}

/* The text that a field gets; NULL: it is not set so. */
static const char *text_for(const struct field *field, bool expression, char out[static TEXT])
{
    char name[TEXT];
    switch (field->kind) {
    case FIELD_VALUE:
    case FIELD_OPTION:
        if (!expression && field->kind == FIELD_VALUE)
            return literal_of(field);
        if (!expression)
            break;
        if (field->flags & FIELD_NO_EXPRESSION)
            return NULL;
        snprintf(out, TEXT, "=%s", variable_of(field, name));
        return out;
    case FIELD_AUDIO: return expression ? "=ToAudioTTS(\"hi\")" : "hello";
    case FIELD_RESULT:
    case FIELD_VARIABLE: return expression ? NULL : variable_of(field, out);
    case FIELD_WORD:
    case FIELD_VARIANT: break;
    case FIELD_TEXT: return expression ? NULL : "some text";
    case FIELD_FLAG: return expression ? NULL : "true";
    case FIELD_NUMBER: return expression ? NULL : "1";
    case FIELD_KEY:
        return field->flow_types                             ? flow_of(field)
               : !strcmp(field->path, "evaluate/firstMatch") ? "string"
                                                             : "Something";
    case FIELD_FLOW: return expression ? NULL : flow_of(field);
    case FIELD_TASK: return expression ? NULL : "Errand";
    case FIELD_MENU: return expression ? NULL : "Menu";
    case FIELD_STATE: return expression ? NULL : "Other";
    default: return NULL;
    }
    if (expression)
        return NULL;
    snprintf(out, TEXT, "%.*s", (int) strcspn(field->choices, "|"), field->choices);
    return out;
}

void bench_set(struct bench *b, node_id owner, const struct field *field, const char *text)
{
    if (flow_set(begin(b), b->flow, owner, field, str_of(text), &b->world.diags))
        return;
    struct buf why;
    buf_init(&why, &b->world.env);
    diag_render(&why, &b->world.diags.items[0], NULL);
    fail_msg("%s.%s = %s: %s", b->info->key, field->path, text, why.ptr);
}

static void set_rows(struct bench *b, const struct field *list, bool expression)
{
    char text[TEXT];
    if (!flow_row_count(b->flow, b->action, list) &&
        !flow_row_add(begin(b), b->flow, b->action, list, 0, &b->world.diags))
        fail_msg("%s.%s takes no row", b->info->key, list->path);
    node_id row = flow_row(b->flow, b->action, list, 0);
    struct field alone = flow_row_field(list);
    assert_int_not_equal(row, 0);
    for (const struct field *part = list->rows ? list->rows : &alone; part && part->path;
         part = list->rows ? part + 1 : NULL) {
        const char *value = text_for(part, expression, text);
        if (value)
            bench_set(b, row, part, value);
        row = flow_row(b->flow, b->action, list, 0);
    }
}

void bench_set_field(struct bench *b, const struct field *field, bool expression)
{
    char text[TEXT];
    const char *equals = field->when ? strchr(field->when, '=') : NULL;
    if (equals) {
        char path[TEXT];
        snprintf(path, sizeof path, "%.*s", (int) (equals - field->when), field->when);
        const struct field *chooses = catalogue_field(b->info, str_of(path));
        struct form_value now = flow_value(b->flow, b->action, chooses);
        if (!str_is(now.text, equals + 1))
            bench_set(b, b->action, chooses, equals + 1);
    }
    if (field->kind == FIELD_ROWS || field->kind == FIELD_INPUTS || field->kind == FIELD_RESULTS) {
        set_rows(b, field, expression);
        return;
    }
    const char *value = text_for(field, expression, text);
    if (value)
        bench_set(b, b->action, field, value);
}

void bench_set_cases(struct bench *b, bool expression)
{
    char text[TEXT];
    for (unsigned k = 1; k <= flow_output_count(b->flow, b->action); k++) {
        node_id owner;
        const struct field *field =
            spot_fields(b->flow, (struct spot){ b->action, (uint16_t) k }, &owner);
        if (field->path)
            bench_set(b, owner, field, text_for(field, expression, text));
    }
}
