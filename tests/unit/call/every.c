#include "tests/unit/call/every.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "engine/flow/path.h"
#include "engine/flow/query.h"

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

static node_id put(struct bench *b, struct spot at, const struct action_info *info)
{
    struct slot slot;
    if (info->flags & ACTION_CHOICE)
        return flow_add_choice(begin(b), b->flow, at.node, flow_choice_last(b->flow, at.node), info,
                               &b->world.diags);
    assert_true(slot_at(b->flow, at, &slot));
    return flow_add_action(begin(b), b->flow, slot, info, &b->world.diags);
}

node_id bench_put(struct bench *b, const struct action_info *info)
{
    struct spot start = { flow_start(b->flow), 0 }, at;
    at = (struct spot){ flow_list_first(b->flow, flow_list(b->flow, start)), 0 };
    if (info->flags & ACTION_ENDS_LOOP)
        at.output = 1;
    if (info->flags & ACTION_CHOICE && !path_find(b->flow, STR("Menu"), &at, &b->world.diags))
        return 0;
    return b->hands->put(b, at, info);
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

static void set(struct bench *b, struct spot at, node_id owner, const struct field *field,
                const char *text)
{
    (void) at;
    if (flow_set(begin(b), b->flow, owner, field, str_of(text), &b->world.diags))
        return;
    struct buf why;
    buf_init(&why, &b->world.env);
    diag_render(&why, &b->world.diags.items[0], NULL);
    fail_msg("%s.%s = %s: %s", b->info->key, field->path, text, why.ptr);
}

void bench_set(struct bench *b, node_id action, const struct field *field, const char *text)
{
    b->hands->set(b, (struct spot){ action, 0 }, action, field, text);
}

static void add_row(struct bench *b, const struct field *list)
{
    if (!flow_row_add(begin(b), b->flow, b->action, list, 0, &b->world.diags))
        fail_msg("%s.%s takes no row", b->info->key, list->path);
}

static void set_rows(struct bench *b, const struct field *list, bool expression)
{
    char text[TEXT];
    if (!flow_row_count(b->flow, b->action, list))
        b->hands->add_row(b, list);
    node_id row = flow_row(b->flow, b->action, list, 0);
    struct field alone = flow_row_field(list);
    assert_int_not_equal(row, 0);
    for (const struct field *part = list->rows ? list->rows : &alone; part && part->path;
         part = list->rows ? part + 1 : NULL) {
        const char *value = text_for(part, expression, text);
        if (value)
            b->hands->set(b, (struct spot){ b->action, 0 }, row, part, value);
        row = flow_row(b->flow, b->action, list, 0);
    }
}

/* A field that is shown only for a choice: the choice is taken. */
static void set_field(struct bench *b, const struct field *field, bool expression)
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

static void set_cases(struct bench *b, bool expression)
{
    char text[TEXT];
    for (unsigned k = 1; k <= flow_output_count(b->flow, b->action); k++) {
        struct spot at = { b->action, (uint16_t) k };
        node_id owner;
        const struct field *field = spot_fields(b->flow, at, &owner);
        if (field->path)
            b->hands->set(b, at, owner, field, text_for(field, expression, text));
    }
}

void bench_set_all(struct bench *b, bool expression)
{
    for (const struct field *field = b->info->fields; field->path; field++)
        set_field(b, field, expression);
    set_cases(b, expression);
}

static void add_output(struct bench *b, const char *name)
{
    if (!flow_output_add(begin(b), b->flow, b->action, str_of(name), &b->world.diags))
        fail_msg("%s has no named output", b->info->key);
}

bool bench_add_named_output(struct bench *b)
{
    if (!(b->info->flags & ACTION_HAS_NAMES))
        return false;
    b->hands->add_output(b, b->info->asks == ASKS_RESULT ? "Book" : "some text");
    return true;
}

static const struct bench_hands engine_hands = { put, set, add_row, add_output };

void bench_open(struct bench *b)
{
    *b = (struct bench){ .hands = &engine_hands };
    world_init(&b->world);
    for (int type = FLOW_OTHER + 1; type < FLOW_TYPE_COUNT; type++)
        add_flow(&b->world, (enum flow_type) type);
    world_add_flow(&b->world, "inboundCall", "Target", "[{\"disconnect\":{\"name\":\"End\"}}]");
    world_open(&b->world);
}

/* --- in a call --- */

void bench_go_to_menu(struct bench *b)
{
    const struct action_info *choice = b->info;
    node_id action = b->action;
    if (!(choice->flags & ACTION_CHOICE))
        return;
    b->info = catalogue_find(STR("jumpToMenu"));
    b->action = bench_put(b, b->info);
    bench_set(b, b->action, catalogue_field(b->info, STR("targetMenuRef")), "Menu");
    b->info = choice;
    b->action = action;
}

enum flow_type bench_steps_in(const struct action_info *info)
{
    static const enum flow_type order[] = { FLOW_INBOUND_CALL, FLOW_VOICE_SURVEY, FLOW_VOICEMAIL,
                                            FLOW_SECURE_CALL, FLOW_INQUEUE_CALL };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (info->flow_types & (1u << order[i]))
            return order[i];
    }
    fail_msg("%s is allowed nowhere", info->key);
    return FLOW_OTHER;
}

const struct lead *bench_lead(const struct action_info *info, struct str output)
{
    static const struct lead leads[] = {
        { "decision", "yes", "condition", "true", "" },
        { "decision", "no", "condition", "false", "" },
        { "switch", "1", NULL, NULL, "" },
        { "switch", "default", "evaluate/firstMatch/*/value", "another", "" },
        { "loop", "loop", NULL, NULL, "" },
        { "loopUntil", "loop", NULL, NULL, "" },
        { "loopUntil", "some text", NULL, NULL, "" },
        { "loopAnythingElse", "loop", NULL, NULL, "" },
        { "callTask", "default", NULL, NULL, "" },
        { "collectInput", "success", NULL, NULL, "press 1" },
        { "collectInput", "failure", NULL, NULL, "no-match" },
        { "dialByExtension", "failure", NULL, NULL, "press 12#;outcome failure" },
        { "dialByExtension", "timeout", NULL, NULL, "no-input" },
        { "askForBoolean", "yes", NULL, NULL, "say yes" },
        { "askForBoolean", "no", NULL, NULL, "press 2" },
        { "askForBoolean", "maxNoInputs", NULL, NULL, "no-input" },
        { "askForBoolean", "maxNoMatches", NULL, NULL, "say perhaps" },
        { "askForSlot", "maxNoInputs", NULL, NULL, "no-input" },
        { "askForSlot", "maxNoMatches", NULL, NULL, "no-match" },
        { "transferToFlow", "failure", "targetFlow", "Nowhere", "" },
        { "transferToFlowSecure", "failure", "targetFlow", "Nowhere", "" },
    };
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (!strcmp(leads[i].key, info->key) && str_is(output, leads[i].output))
            return &leads[i];
    }
    return NULL;
}

bool bench_happened(const struct bench *b, struct call *call, enum event_kind kind,
                    struct str text)
{
    size_t count;
    const struct event *events = call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != kind || events[i].node != b->action ||
            call_flow(call, events[i].flow) != b->flow)
            continue;
        if (kind != EVENT_OUTPUT || str_eq(pool_get_text(call_pool(call), events[i].text), text))
            return true;
    }
    return false;
}

/* --- what is found in it --- */

bool bench_expects(const struct bench *b, const struct diag *diag)
{
    static const struct {
        const char *key;
        enum diag_code code;
    } known[] = {
        { "menuSubMenu", DIAG_MENU_EMPTY }, /* choices are no field */
        { "menuTask", DIAG_CHOICE_EMPTY },  /* nor are actions */
        { "endTask", DIAG_PATH_UNDECLARED },
        { "previousMenu", DIAG_PREVIOUS_MENU_NONE }, /* it stands in the starting task */
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strcmp(b->info->key, known[i].key) && diag->code == known[i].code)
            return true;
    }
    return diag_severity(diag->code) != SEVERITY_ERROR;
}
