#include "tests/unit/view/desk.h"

#include "tui/view/fields.h"

struct fixture {
    struct desk *desk;
    struct fields fields;
};

static int setup(void **state)
{
    static struct fixture fixture;
    void *desk;
    if (desk_setup(&desk))
        return -1;
    fixture.desk = desk;
    desk_say(desk, "new voiceSurvey CSAT\nnew inboundCall Second\nnew commonModule Helper\n"
                   "open Desk\nmenu Main menu\ntask Other\nvar Flow.topic string\n"
                   "var Task.answer string\ngoto Start/1");
    fields_init(&fixture.fields, &fixture.desk->env);
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    void *desk = f->desk;
    fields_release(&f->fields);
    return desk_teardown(&desk);
}

static void update(struct fixture *f)
{
    fields_update(&f->fields, f->desk->session->flow, f->desk->session->cursor);
}

/* Adds an action before Start/1 and shows its fields. */
static void show(struct fixture *f, const char *kind)
{
    char line[100];
    snprintf(line, sizeof line, "goto Start/1\ninsert %s", kind);
    desk_say(f->desk, line);
    update(f);
}

static void expect_entries(struct fixture *f, const char *const *wanted, const char *file, int line)
{
    struct buf got, want;
    update(f);
    buf_init(&got, &f->desk->env);
    buf_init(&want, &f->desk->env);
    for (size_t i = 0; i < f->fields.count; i++)
        buf_addf(&got, "%*s%.*s = %.*s\n", f->fields.entries[i].indent * 2, "",
                 STR_ARG(f->fields.entries[i].label), STR_ARG(f->fields.entries[i].value));
    for (; *wanted; wanted++)
        buf_addf(&want, "%s\n", *wanted);
    expect_text("entries", &got, want.ptr ? want.ptr : "", file, line);
    buf_release(&got);
    buf_release(&want);
}
#define EXPECT(f, ...)                                                                             \
    expect_entries(f, (const char *const[]){ __VA_ARGS__, NULL }, __FILE__, __LINE__)

/* Puts the cursor on the entry with this label. */
static void go_to(struct fixture *f, const char *label)
{
    update(f);
    for (size_t i = 0; i < f->fields.count; i++) {
        if (str_is(f->fields.entries[i].label, label)) {
            f->fields.scroll.cursor = i;
            return;
        }
    }
    fail_msg("there is no field %s", label);
}

/* What Enter gives: "pick A|B|C", "text TEXT", "line TEXT", "run COMMAND". */
static void expect_open(struct fixture *f, const char *label, const char *wanted, const char *file,
                        int line)
{
    struct buf got, command;
    go_to(f, label);
    buf_init(&got, &f->desk->env);
    buf_init(&command, &f->desk->env);
    struct overlay *overlay = fields_open(&f->fields, f->desk->session, &command);
    if (overlay && overlay->kind == OVERLAY_PICK) {
        for (size_t i = 0; i < overlay->count; i++)
            buf_addf(&got, "%s%.*s", i ? "|" : "pick ", STR_ARG(overlay->picks[i].text));
        assert_true(overlay->free_text);
    } else if (overlay) {
        assert_int_equal(overlay->kind, OVERLAY_TEXT);
        buf_addf(&got, "text %.*s", STR_ARG(buf_str(&overlay->edit.text)));
    } else if (f->fields.editing) {
        buf_addf(&got, "line %.*s", STR_ARG(buf_str(&f->fields.edit.text)));
    } else {
        buf_addf(&got, "run %.*s", STR_ARG(buf_str(&command)));
    }
    fields_close(&f->fields);
    expect_text(label, &got, wanted, file, line);
    if (overlay)
        overlay_free(overlay);
    buf_release(&got);
    buf_release(&command);
}
#define OPENS(f, label, wanted) expect_open(f, label, wanted, __FILE__, __LINE__)

/* Every action that may stand there: a line for each field that has no `when`, by its label. */
static void entries_come_from_the_catalogue(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        if (!(info->flow_types & (1u << FLOW_INBOUND_CALL)) || info->flags & ACTION_CHOICE)
            continue;
        show(f, info->key);
        for (const struct field *field = info->fields; field->path; field++) {
            bool found = false;
            for (size_t k = 0; k < f->fields.count; k++)
                found |= f->fields.entries[k].field == field;
            if (!found && !field->when)
                fail_msg("%s has no field %s", info->key, field->label);
        }
        for (size_t k = 0; k < f->fields.count; k++)
            assert_non_null(f->fields.entries[k].field);
        desk_say(f->desk, "undo");
    }
}

static void set_post_flow(void **state)
{
    struct fixture *f = *state;
    show(f, "setPostFlow");
    EXPECT(f, "Name = Set Post-Flow", "Target = any", "Action Type = inboundCallFlow",
           "Inbound Call Flow = (none)", "Invocation Data = (none)");
    OPENS(f, "Target",
          "pick callee|caller|any|If the caller leaves before an agent is reached, nothing fires.");
    OPENS(f, "Action Type", "pick inboundCallFlow|voiceSurveyFlow");
    OPENS(f, "Inbound Call Flow", "pick Desk|Second|create a new one");
    desk_say(f->desk, "set actionType voiceSurveyFlow\nset targetFlow CSAT");
    EXPECT(f, "Name = Set Post-Flow", "Target = any", "Action Type = voiceSurveyFlow",
           "Voice Survey Flow = CSAT", "Invocation Data = (none)");
    OPENS(f, "Voice Survey Flow", "pick CSAT|open it|create a new one");
    OPENS(f, "Invocation Data", "text ");
    desk_say(f->desk, "set invocationData {\"k\": 1}\nset actionType =Flow.topic");
    update(f);
    OPENS(f, "Invocation Data", "text {\"k\":1}");
    OPENS(f, "Flow", "pick CSAT|Desk|Second|open it|create a new one");
}

static void fields_that_depend_on_another(void **state)
{
    struct fixture *f = *state;
    show(f, "collectInput");
    go_to(f, "Exactly");
    desk_say(f->desk, "set digits range");
    go_to(f, "At least");
    go_to(f, "At most");
    for (size_t i = 0; i < f->fields.count; i++)
        assert_false(str_is(f->fields.entries[i].label, "Exactly"));
    OPENS(f, "Digits", "pick exact|range");
    OPENS(f, "At most", "line 10");
    OPENS(f, "Input data", "pick Flow.topic|create a variable");
}

static void references_are_picked(void **state)
{
    struct fixture *f = *state;
    show(f, "jumpToTask");
    OPENS(f, "Task", "pick Start|Other");
    show(f, "jumpToMenu");
    OPENS(f, "Menu", "pick Main menu");
    show(f, "callCommonModule");
    OPENS(f, "Module", "pick Helper|create a new one");
    show(f, "transferToAcd");
    OPENS(f, "Queue", "pick add one to the world");
    OPENS(f, "Name", "line Transfer to ACD");
    OPENS(f, "Skills", "run row acdSkills add");
    show(f, "playAudio");
    OPENS(f, "Audio", "line ");
}

static void rows_of_lists(void **state)
{
    struct fixture *f = *state;
    show(f, "setParticipantData");
    desk_say(f->desk, "row attributes add\nset attributes/1/name consent\n"
                      "set attributes/1/value yes");
    EXPECT(f, "Name = Set Participant Data", "Attributes = 1 row", "  Attribute = consent",
           "  Value = yes");
    go_to(f, "Value");
    const struct field_entry *entry = fields_current(&f->fields);
    struct buf line;
    buf_init(&line, &f->desk->env);
    fields_set_prefix(&f->fields, &line);
    assert_string_equal(line.ptr, "set attributes/1/value ");
    assert_int_equal(entry->row, 1);
    OPENS(f, "Value", "line yes");
    OPENS(f, "Attributes", "run row attributes add");

    show(f, "callData");
    desk_say(f->desk, "set category CRM\nset dataAction Store\nrow inputs add\n"
                      "set inputs/1 =Flow.topic\nrow successOutputs add");
    update(f);
    go_to(f, "value1");
    assert_true(str_is(fields_current(&f->fields)->value, "=Flow.topic"));
    OPENS(f, "value1", "line =Flow.topic");
    buf_clear(&line);
    fields_set_prefix(&f->fields, &line);
    assert_non_null(strstr(line.ptr, "inputs/1 "));
    desk_say(f->desk, "row inputs rename 1 topic\nrow inputs add");
    update(f);
    OPENS(f, "topic", "line =Flow.topic");
    desk_say(f->desk, "row inputs delete 2");
    OPENS(f, "value1", "pick Flow.topic|create a variable");
    buf_release(&line);
}

/* However long: what is edited is the whole. */
static void a_long_expression_is_edited_whole(void **state)
{
    struct fixture *f = *state;
    struct buf line;
    buf_init(&line, &f->desk->env);
    buf_add_text(&line, "set condition =Flow.topic == \"");
    buf_add_repeat(&line, 'x', 2000);
    buf_add_text(&line, "end\"");
    show(f, "decision");
    desk_say(f->desk, line.ptr);
    go_to(f, "Condition");
    fields_open_expression(&f->fields, f->desk->session);
    assert_true(f->fields.editing);
    assert_true(str_eq(buf_str(&f->fields.edit.text), str_slice(buf_str(&line), 14, line.len)));
    fields_close(&f->fields);
    show(f, "playAudio");
    go_to(f, "Audio");
    fields_open_expression(&f->fields, f->desk->session);
    assert_true(str_is(buf_str(&f->fields.edit.text), "="));
    buf_release(&line);
}

static void containers_and_unknown_actions(void **state)
{
    struct fixture *f = *state;
    desk_at(f->desk, "Start");
    EXPECT(f, "Name = Start");
    desk_at(f->desk, "Other");
    EXPECT(f, "Name = Other", "Variables = ", "  Task.answer = String");
    desk_at(f->desk, "Main menu");
    go_to(f, "Name");
    OPENS(f, "Name", "line Main menu");
    fields_update(&f->fields, NULL, (struct spot){ 0, 0 });
    assert_null(fields_current(&f->fields));
}

static void the_pane(void **state)
{
    struct fixture *f = *state;
    show(f, "setPostFlow");
    go_to(f, "Target");
    fields_draw(&f->fields, &f->desk->canvas, (struct area){ 0, 0, 6, 30 }, true);
    EXPECT_SCREEN(&f->desk->canvas, "Name            Set Post-Flow\n"
                                    "Target          any\n"
                                    "Action Type     inboundCallFl…\n"
                                    "Inbound Call F… (none)\n"
                                    "Invocation Data (none)\n"
                                    "\n\n\n\n\n");
    EXPECT_STYLES(&f->desk->canvas, "\n"
                                    "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCC\n"
                                    "\n"
                                    "................pppppp\n"
                                    "................pppppp\n"
                                    "\n\n\n\n\n");
    /* In two rows the cursor's is one of them. */
    go_to(f, "Invocation Data");
    canvas_clear(&f->desk->canvas);
    fields_draw(&f->fields, &f->desk->canvas, (struct area){ 0, 0, 2, 30 }, true);
    EXPECT_SCREEN(&f->desk->canvas, "Inbound Call F… (none)\n"
                                    "Invocation Data (none)\n"
                                    "\n\n\n\n\n\n\n\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(entries_come_from_the_catalogue),
        TEST(set_post_flow),
        TEST(fields_that_depend_on_another),
        TEST(references_are_picked),
        TEST(rows_of_lists),
        TEST(a_long_expression_is_edited_whole),
        TEST(containers_and_unknown_actions),
        TEST(the_pane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
