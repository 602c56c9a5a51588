/* The tables check themselves: whoever adds an action, a field or a type of flow hears here what is
 * missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/flow/reading.h"

/* --- one field */

static bool is_text(const char *text)
{
    size_t len = text ? strlen(text) : 0;
    return len > 0 && text[0] != ' ' && text[len - 1] != ' ' && !strstr(text, "  ");
}

static bool is_sentence(const char *text)
{
    return is_text(text) && text[strlen(text) - 1] == '.';
}

/* "documented: ..." or "assumed: ..."; what is assumed is flagged. */
static bool is_source(const char *source)
{
    return is_text(source) && (!strncmp(source, "documented: ", 12) ||
                               !strncmp(source, "assumed: ", 9));
}

static bool has_choices(enum field_kind kind)
{
    return kind == FIELD_OPTION || kind == FIELD_WORD || kind == FIELD_VARIANT;
}

/* Words between bars, none empty, none twice. */
static bool are_choices(const char *choices)
{
    struct str all = str_of(choices), rest = all;
    unsigned count = 0;
    while (true) {
        ptrdiff_t bar = str_find_char(rest, '|');
        struct str word = bar < 0 ? rest : str_slice(rest, 0, (size_t) bar);
        if (!word.len || str_find_char(word, ' ') >= 0)
            return false;
        count++;
        if (bar < 0)
            return count > 1;
        rest = str_slice(rest, (size_t) bar + 1, rest.len);
        struct str others = rest;
        while (others.len) {
            ptrdiff_t next = str_find_char(others, '|');
            if (str_eq(word, next < 0 ? others : str_slice(others, 0, (size_t) next)))
                return false;
            others = next < 0 ? STR_NONE : str_slice(others, (size_t) next + 1, others.len);
        }
    }
}

static bool is_choice(const char *choices, struct str word)
{
    struct str rest = str_of(choices);
    while (rest.len) {
        ptrdiff_t bar = str_find_char(rest, '|');
        if (str_eq(word, bar < 0 ? rest : str_slice(rest, 0, (size_t) bar)))
            return true;
        rest = bar < 0 ? STR_NONE : str_slice(rest, (size_t) bar + 1, rest.len);
    }
    return false;
}

/* "digits=exact": a field before this one that chooses, and one of its choices. */
static bool is_condition(const struct field *table, const struct field *field)
{
    struct str when = str_of(field->when);
    ptrdiff_t equals = str_find_char(when, '=');
    for (const struct field *other = table; equals > 0 && other != field; other++) {
        if (str_is(str_slice(when, 0, (size_t) equals), other->path))
            return has_choices(other->kind) &&
                   is_choice(other->choices, str_slice(when, (size_t) equals + 1, when.len));
    }
    return false;
}

/* Whether the initial JSON is what the kind of field is written as. */
static bool fits_kind(const struct doc *doc, const struct field *field)
{
    enum node_kind kind = doc_kind(doc, 1);
    struct str key = kind == NODE_OBJECT && doc_first(doc, 1) ? doc_key(doc, doc_first(doc, 1))
                                                              : STR_NONE;
    bool one = kind == NODE_OBJECT && doc_count_children(doc, 1) == 1;
    bool none = one && str_is(key, "noValue");
    switch (field->kind) {
    case FIELD_VALUE:
        return none || (one && (str_is(key, "lit") || str_is(key, "exp")));
    case FIELD_OPTION: /* bare where exports have it so */
        if (kind == NODE_TEXT)
            return is_choice(field->choices, doc_text(doc, 1));
        return one && str_is(key, "lit") &&
               is_choice(field->choices, doc_text(doc, doc_first(doc, 1)));
    case FIELD_AUDIO:
        return none || (one && str_is(key, "tts"));
    case FIELD_VARIANT:
        return one && is_choice(field->choices, key);
    case FIELD_WORD:
        return kind == NODE_TEXT && is_choice(field->choices, doc_text(doc, 1));
    case FIELD_VARIABLE:
    case FIELD_TEXT:
        return kind == NODE_TEXT;
    case FIELD_RESULT:
        return none;
    case FIELD_ROWS:
        return kind == NODE_LIST;
    default:
        return false;
    }
}

static void check_initial(struct reading *r, const char *owner, const struct field *field)
{
    if (!field->initial)
        return;
    struct doc *doc = doc_read(&r->env, &r->atoms, &r->limits, owner, str_of(field->initial),
                               &r->diags);
    if (!doc)
        fail_msg("%s.%s: its initial value is no JSON", owner, field->path);
    if (!fits_kind(doc, field))
        fail_msg("%s.%s: %s does not fit its kind", owner, field->path, field->initial);
    doc_free(doc);
}

static void check_fields(struct reading *r, const char *owner, const struct field *table);

static void check_field(struct reading *r, const char *owner, const struct field *table,
                        const struct field *field)
{
    const char *path = field->path;
    if (!is_text(path) || path[0] == '/' || path[strlen(path) - 1] == '/' || strstr(path, "//"))
        fail_msg("%s: \"%s\" is no path", owner, path);
    if (!is_text(field->label) || !is_sentence(field->help) || !is_source(field->source))
        fail_msg("%s.%s: label, help or source is missing or not well-formed", owner, path);
    if (!(field->flags & FIELD_ASSUMED) != !strstr(field->source, "assumed: "))
        fail_msg("%s.%s: the flag and the source differ in what is assumed", owner, path);
    if (has_choices(field->kind) != (field->choices != NULL))
        fail_msg("%s.%s: choices are missing or too many", owner, path);
    if (field->choices && !are_choices(field->choices))
        fail_msg("%s.%s: \"%s\" are no choices", owner, path, field->choices);
    if ((field->kind == FIELD_FLOW) != (field->flow_types != 0) && field->kind != FIELD_KEY)
        fail_msg("%s.%s: flow types are for fields that name flows", owner, path);
    if (field->min > field->max)
        fail_msg("%s.%s: %lld is more than %lld", owner, path, (long long) field->min,
                 (long long) field->max);
    if (field->when && !is_condition(table, field))
        fail_msg("%s.%s: %s is no choice of a field before it", owner, path, field->when);
    if (field->rows && field->kind != FIELD_ROWS)
        fail_msg("%s.%s: only lists have rows", owner, path);
    if (field->kind == FIELD_ROWS && !field->rows && field->type == TYPE_NONE)
        fail_msg("%s.%s: what a row is is not said", owner, path);
    if (field->kind == FIELD_OPTION && field->type != TYPE_STRING)
        fail_msg("%s.%s: options are texts", owner, path);
    for (const struct field *other = table; other != field; other++) {
        if (!strcmp(other->path, path))
            fail_msg("%s.%s is there twice", owner, path);
        if (!strcmp(other->label, field->label) &&
            (!other->when || !field->when || !strcmp(other->when, field->when)))
            fail_msg("%s.%s has the label of %s", owner, path, other->path);
    }
    check_initial(r, owner, field);
    if (field->rows)
        check_fields(r, owner, field->rows);
}

static void check_fields(struct reading *r, const char *owner, const struct field *table)
{
    for (const struct field *field = table; field->path; field++)
        check_field(r, owner, table, field);
}

static void test_fields(void **state)
{
    struct reading r;
    (void) state;
    reading_begin(&r);
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        assert_non_null(info->fields);
        check_fields(&r, info->key, info->fields);
        if (strcmp(info->fields[0].path, "name") || info->fields[0].kind != FIELD_TEXT ||
            info->fields[0].max != 200)
            fail_msg("%s: the name comes first", info->key);
    }
    for (int type = 0; type < FLOW_TYPE_COUNT; type++)
        check_fields(&r, flow_type_info((enum flow_type) type)->label,
                     flow_type_info((enum flow_type) type)->settings);
    reading_end(&r);
}

/* --- actions */

static void test_actions(void **state)
{
    unsigned all = (1u << FLOW_TYPE_COUNT) - 2;
    (void) state;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        bool choice = info->flags & ACTION_CHOICE;
        if (!is_text(info->key) || !is_text(info->label) || !is_text(info->short_label) ||
            !is_text(info->category) || !is_sentence(info->help) || !is_source(info->source))
            fail_msg("entry %zu (%s): a text is missing or not well-formed", i, info->key);
        if (!info->flow_types || info->flow_types & ~all)
            fail_msg("%s: its types of flow are wrong", info->key);
        if (choice != (info->wraps != NULL) || choice != !strncmp(info->key, "menu", 4))
            fail_msg("%s: choices, and only they, wrap an action and begin with menu", info->key);
        if (info->flags & ACTION_ENDS_LOOP && !(info->flags & ACTION_ENDS))
            fail_msg("%s: what ends a loop's pass ends its list", info->key);
        if (info->flags & ACTION_ENDS && info->outputs)
            fail_msg("%s: nothing follows, so it has no outputs", info->key);
        assert_ptr_equal(catalogue_find(str_of(info->key)), info);
        assert_int_equal(catalogue_index(info), i);
        for (const struct output_info *output = info->outputs; output && output->id; output++) {
            if (!is_text(output->id) || !is_text(output->label))
                fail_msg("%s: an output has no id or label", info->key);
        }
    }
    assert_null(catalogue_action(catalogue_count()));
}

static void test_keys_and_labels_are_unique(void **state)
{
    (void) state;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *a = catalogue_action(i);
        for (size_t k = 0; k < i; k++) {
            const struct action_info *b = catalogue_action(k);
            bool both = !(a->flags & ACTION_CHOICE) == !(b->flags & ACTION_CHOICE) &&
                        a->flow_types & b->flow_types;
            if (!strcmp(a->key, b->key) ||
                (both && str_eq_nocase(str_of(a->label), str_of(b->label))))
                fail_msg("%s and %s", a->key, b->key);
        }
    }
}

/* A choice has the fields of what it wraps behind its own, in the same order, the same ones. */
static void test_choices_wrap(void **state)
{
    static const char *const special[] = { "task", "menu" };
    (void) state;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *choice = catalogue_action(i);
        if (!choice->wraps)
            continue;
        bool known = false;
        for (size_t k = 0; k < 2; k++)
            known |= !strcmp(choice->wraps, special[k]);
        const struct action_info *action = known ? NULL : catalogue_find(str_of(choice->wraps));
        if (!known && (!action || strcmp(action->key, choice->wraps)))
            fail_msg("%s wraps %s, which is not there", choice->key, choice->wraps);
        assert_non_null(catalogue_field(choice, STR("dtmf")));
        assert_non_null(catalogue_field(choice, STR("globalDtmf")));
        if (!action)
            continue;
        const struct field *field = choice->fields;
        for (const struct field *of = action->fields + 1; of->path; of++) {
            while (field->path && strcmp(field->path, of->path))
                field++;
            if (!field->path || field->kind != of->kind || strcmp(field->help, of->help))
                fail_msg("%s has not the %s of %s", choice->key, of->path, action->key);
        }
        assert_int_equal(choice->asks, action->asks);
        assert_int_equal(choice->flags & (ACTION_ENDS | ACTION_TRANSFER),
                         action->flags & (ACTION_ENDS | ACTION_TRANSFER));
        assert_null(choice->outputs); /* a transfer that fails repeats the menu */
    }
}

/* Required fields of archy.md section 4.2, by path: a row lost from a table is seen here. */
static const struct {
    const char *key, *paths;
} needed[] = {
    { "playAudio", "audio" },
    { "decision", "condition" },
    { "loop", "loopCount" },
    { "collectInput", "inputData digits/exact digits/range/min digits/range/max inputAudio" },
    { "updateData", "statements" },
    { "setParticipantData", "attributes" },
    { "getParticipantData", "attributes" },
    { "callData", "category category/*/dataAction" },
    { "dataTableLookup", "lookupValue dataTable" },
    { "callCommonModule", "commonModule" },
    { "callTask", "targetTaskRef" },
    { "jumpToTask", "targetTaskRef" },
    { "jumpToMenu", "targetMenuRef" },
    { "changeState", "targetStateRef" },
    { "evaluateSchedule", "evaluate/dateTime" },
    { "evaluateScheduleGroup", "evaluate/dateTime scheduleGroup" },
    { "transferToAcd", "targetQueue" },
    { "transferToUser", "targetUser" },
    { "transferToGroup", "targetGroup" },
    { "transferToNumber", "targetNumber" },
    { "transferToFlow", "targetFlow" },
    { "transferToFlowSecure", "targetFlow" },
    { "transferToVoicemail", "destination/queue/targetQueue destination/user/targetUser "
                             "destination/group/targetGroup" },
    { "setPostFlow", "target actionType targetFlow" },
    { "clearPostFlow", "target" },
    { "setScreenPop", "screenPopScript" },
    { "createCallback", "callbackNumber" },
    { "askSurveyQuestion", "surveyQuestion" },
    { "holdMusic", "prompt playStyle/duration" },
    { "menuTransferToAcd", "targetQueue" },
    { "menuJumpToTask", "targetTaskRef" },
};

static void test_required(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const struct action_info *info = catalogue_find(str_of(needed[i].key));
        char paths[200] = "";
        for (const struct field *field = info->fields; field->path; field++) {
            size_t at = strlen(paths);
            if (field->flags & FIELD_REQUIRED)
                snprintf(paths + at, sizeof paths - at, "%s%s", at ? " " : "", field->path);
        }
        if (strcmp(paths, needed[i].paths))
            fail_msg("%s requires %s, not %s", info->key, paths, needed[i].paths);
    }
}

/* The page of Set Post-Flow: fields in its order, what a new action has, where it is available. */
static void test_set_post_flow(void **state)
{
    static const struct {
        const char *path, *choices, *initial;
        enum field_kind kind;
    } fields[] = {
        { "name", NULL, NULL, FIELD_TEXT },
        { "target", "callee|caller|any", "{\"lit\": \"any\"}", FIELD_OPTION },
        { "actionType", "inboundCallFlow|voiceSurveyFlow", "{\"lit\": \"inboundCallFlow\"}",
          FIELD_OPTION },
        { "targetFlow", NULL, NULL, FIELD_FLOW },
        { "invocationData", NULL, "{\"noValue\": true}", FIELD_VALUE },
    };
    (void) state;
    const struct action_info *info = catalogue_find(STR("setPostFlow"));
    const struct action_info *clear = catalogue_find(STR("Clear post-FLOW"));
    for (size_t i = 0; i < 5; i++) {
        const struct field *field = &info->fields[i];
        assert_string_equal(field->path, fields[i].path);
        assert_int_equal(field->kind, fields[i].kind);
        assert_int_equal(field->choices != NULL, fields[i].choices != NULL);
        assert_int_equal(field->initial != NULL, fields[i].initial != NULL);
        if (field->choices)
            assert_string_equal(field->choices, fields[i].choices);
        if (field->initial)
            assert_string_equal(field->initial, fields[i].initial);
    }
    assert_null(info->fields[5].path);
    assert_int_equal(info->fields[3].flow_types, IN(INBOUND_CALL) | IN(VOICE_SURVEY));
    assert_int_equal(info->fields[4].type, TYPE_JSON);
    assert_int_equal(info->flow_types,
                     IN(INBOUND_CALL) | IN(INQUEUE_CALL) | IN(COMMON_MODULE));
    assert_string_equal(info->category, "Flow");
    assert_true(info->flags & ACTION_TASK_ONLY);
    assert_null(info->outputs);
    assert_int_equal(clear->flow_types, info->flow_types);
    assert_string_equal(clear->fields[1].path, "target");
    assert_null(clear->fields[2].path);
}

/* Each note of the page is in the help of the action or of the field it is about. */
static void test_notes_of_the_page(void **state)
{
    static const struct {
        const char *path, *words;
    } notes[] = {
        { "", "WEM Add-on II" },
        { "", "instead of being disconnected" },
        { "", "stays on the interaction until Clear Post-Flow" },
        { "", "Transfer to Secure Flow" },
        { "", "does not consent" },
        { "", "inbound call, in-queue call and common module flows" },
        { "", "before reaching an agent" },
        { "", "survey comes before the callback" },
        { "", "cannot be transferred to a voice survey flow" },
        { "", "inbound calls only" },
        { "name", "flow's structure" },
        { "target", "when the caller disconnects, the post-flow action runs and the agent" },
        { "target", "when the agent disconnects, the caller is transferred" },
        { "target", "every disconnect" },
        { "target", "before reaching an agent" },
        { "actionType", "default" },
        { "targetFlow", "create a new one" },
        { "targetFlow", "callback" },
        { "invocationData", "Call.InvocationData" },
        { "invocationData", "By default there is no value" },
    };
    (void) state;
    const struct action_info *info = catalogue_find(STR("setPostFlow"));
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        const char *help = notes[i].path[0]
                               ? catalogue_field(info, str_of(notes[i].path))->help
                               : info->help;
        if (!strstr(help, notes[i].words))
            fail_msg("%s: \"%s\" is not said", notes[i].path, notes[i].words);
    }
}

static void test_finding(void **state)
{
    (void) state;
    const struct action_info *info = catalogue_find(STR("hold music"));
    assert_string_equal(info->key, "holdMusic");
    assert_string_equal(catalogue_field(info, STR("playStyle/duration"))->label, "Duration");
    assert_string_equal(catalogue_field(info, STR("duration"))->path, "playStyle/duration");
    assert_string_equal(catalogue_field(info, STR("BARGE-IN"))->path, "bargeInEnabled");
    assert_null(catalogue_field(info, STR("volume")));
    assert_string_equal(catalogue_find(STR("Disconnect"))->key, "disconnect");
    assert_null(catalogue_find(STR("SETPOSTFLOW")));
    assert_null(catalogue_find(STR("")));
}

static void test_atoms(void **state)
{
    struct reading r;
    (void) state;
    reading_begin(&r);
    assert_int_equal(atoms_find(&r.atoms, STR("name")), ATOM_name);
    assert_int_equal(atoms_find(&r.atoms, STR("type")), ATOM_type);
    assert_int_equal(atoms_find(&r.atoms, STR("default")), ATOM_default);
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        atom_id atom = atoms_find(&r.atoms, str_of(info->key));
        assert_int_equal(atom, ATOM_KNOWN_COUNT + i);
        assert_ptr_equal(catalogue_of_atom(atom), info);
    }
    assert_null(catalogue_of_atom(ATOM_name));
    assert_null(catalogue_of_atom(atoms_add(&r.atoms, STR("sendResponse"))));
    reading_end(&r);
}

/* --- types of flow */

static void test_flow_types(void **state)
{
    (void) state;
    for (int type = 0; type < FLOW_TYPE_COUNT; type++) {
        const struct flow_type_info *info = flow_type_info((enum flow_type) type);
        if (!is_text(info->label) || !is_sentence(info->help) || !info->settings ||
            strcmp(info->settings[0].path, "name"))
            fail_msg("type %d: something is missing", type);
        if (type == FLOW_OTHER)
            continue;
        if (!is_text(info->key) || !is_text(info->type_value) || !info->template)
            fail_msg("%s: something is missing", info->label);
        if (!str_eq_nocase(str_of(info->key), str_of(info->type_value)))
            fail_msg("%s: the type value is the key in lower case", info->key);
    }
    unsigned queue = flow_type_info(FLOW_INQUEUE_CALL)->flags;
    assert_int_equal(queue, FLOW_HAS_ONE_TASK | FLOW_TASK_LOOPS);
    assert_int_equal(flow_type_info(FLOW_COMMON_MODULE)->flags, FLOW_HAS_ONE_TASK);
    assert_true(flow_type_info(FLOW_VOICE_SURVEY)->flags & FLOW_HAS_STATES);
    assert_false(flow_type_info(FLOW_VOICE_SURVEY)->flags & FLOW_HAS_MENUS);
}

/* A template is a flow of its type whose start is there and ends, and whose actions are allowed. */
static void test_templates(void **state)
{
    struct reading r;
    (void) state;
    reading_begin(&r);
    for (int i = FLOW_OTHER + 1; i < FLOW_TYPE_COUNT; i++) {
        enum flow_type type = (enum flow_type) i;
        const struct flow_type_info *info = flow_type_info(type);
        struct flow flow;
        reading_flow(&r, info->template, &flow);
        assert_int_equal(flow.type, type);
        assert_true(str_is(flow_title(&flow), "{name}"));
        node_id start = flow_start(&flow);
        if (!start)
            fail_msg("%s: the start object is missing", info->key);
        node_id list = flow_list(&flow, (struct spot){ start, 0 });
        node_id first = list ? flow_list_first(&flow, list) : 0;
        if (type != FLOW_COMMON_MODULE && !first)
            fail_msg("%s: the start object is empty", info->key);
        if (first && !(flow_action(&flow, first)->flow_types & (1u << type)))
            fail_msg("%s: %s is not allowed there", info->key, flow_action(&flow, first)->key);
        bool ends = first && flow_action(&flow, first)->flags & ACTION_ENDS;
        if (!ends && !(info->flags & FLOW_HAS_ONE_TASK))
            fail_msg("%s: the start object does not end", info->key);
    }
    assert_string_equal(reading_told(&r), "");
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_actions),
        cmocka_unit_test(test_keys_and_labels_are_unique),
        cmocka_unit_test(test_choices_wrap),
        cmocka_unit_test(test_required),
        cmocka_unit_test(test_set_post_flow),
        cmocka_unit_test(test_notes_of_the_page),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_atoms),
        cmocka_unit_test(test_flow_types),
        cmocka_unit_test(test_templates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
