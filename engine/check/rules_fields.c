/* Fields: what must be there, in which range, which words, which names; and the expressions in
 * them. */
#include "engine/check/rules.h"
#include "engine/check/seen.h"
#include "engine/flow/containers.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/mentions.h"

static void check_named(struct checker *checker, node_id owner, const struct field *field,
                        struct str name)
{
    const char *section = thing_section(field->type);
    struct str any;
    if (!section || name.len == 0 || field->type == TYPE_PROMPT)
        return;
    /* A world that says nothing of queues states nothing about them. */
    if (!settings_name(checker->ws->settings, section, 0, &any))
        return;
    if (!settings_entry(checker->ws->settings, section, name))
        report3(checker, DIAG_NAME_NOT_IN_WORLD, owner, str_of(field->label), name,
                str_of(section));
}

/* At its place inside of the value. */
static void report_fault(struct checker *checker, node_id owner, node_id value, struct str text,
                         const struct diag *diag)
{
    struct place at = { 0 };
    size_t before = checker->out->count;
    report(checker, diag->code, owner, diag->args[0], diag->args[1], diag->args[2], diag->args[3]);
    doc_place_inside(checker->flow->doc, value,
                     str_offset(text, diag->place.line, diag->place.column), &at);
    if (checker->out->count > before) {
        checker->out->items[before].place.line = at.line;
        checker->out->items[before].place.column = at.column;
    }
}

/* The product puts the conversion around it, and says so (domain.md section 6). */
static void report_cast(struct checker *checker, node_id owner, const struct field *field,
                        const struct expr *expr)
{
    struct expr_type own;
    const char *cast = expr_cast_of(expr, &own);
    if (cast)
        report(checker, DIAG_FIELD_CAST, owner, str_of(field->label),
               str_of(value_type_name((enum value_type) own.type)),
               str_of(value_type_name((enum value_type) expr_type_of(expr).type)), str_of(cast));
}

static void check_expression(struct checker *checker, node_id owner, const struct field *field,
                             struct form_value value)
{
    struct diags found;
    struct arena arena;
    struct place place = { .line = 1, .column = 1 };
    struct expr_names names = names_at(checker->names, owner);
    struct expr_type wanted = { (uint8_t) field->type, field->flags & FIELD_COLLECTION };
    diags_init(&found, checker->ws->env);
    arena_init(&arena, checker->ws->env);
    const struct expr *expr =
        expr_compile(&arena, checker->pool, value.text, &names, wanted, &place, &found);
    if (expr)
        report_cast(checker, owner, field, expr);
    else if (found.count > 0 && !names_untyped(checker->names))
        report_fault(checker, owner, value.node, value.text, &found.items[0]);
    arena_release(&arena);
    diags_release(&found);
}

static bool is_choice(const struct field *field, struct str word)
{
    struct str rest = str_of(field->choices);
    while (rest.len > 0) {
        ptrdiff_t bar = str_find_char(rest, '|');
        if (str_eq(bar < 0 ? rest : str_slice(rest, 0, (size_t) bar), word))
            return true;
        rest = bar < 0 ? STR_NONE : str_slice(rest, (size_t) bar + 1, rest.len);
    }
    return false;
}

static void check_range(struct checker *checker, node_id owner, const struct field *field,
                        struct form_value value)
{
    int64_t number;
    const struct doc *doc = checker->flow->doc;
    if (field->min >= field->max || !value.node)
        return;
    bool known = field->type == TYPE_DURATION
                     ? flow_duration(checker->flow, value.node, &number)
                     : doc_core_kind(doc, value.node) == NODE_NUMBER &&
                           str_to_int(value.text, &number);
    if (!known || (number >= field->min && number <= field->max))
        return;
    struct buf text;
    buf_init(&text, checker->ws->env);
    if (field->type == TYPE_DURATION)
        buf_addf(&text, "%lld to %lld ms", (long long) field->min, (long long) field->max);
    else
        buf_addf(&text, "%lld to %lld", (long long) field->min, (long long) field->max);
    if (number < 1 && str_ends(str_of(field->path), STR("oopCount")))
        report1(checker, DIAG_LOOP_COUNT_LOW, owner, value.text);
    else
        report3(checker, DIAG_FIELD_RANGE, owner, str_of(field->label), value.text,
                buf_str(&text));
    buf_release(&text);
}

/* What single fields demand beside their range. */
static void check_special(struct checker *checker, node_id owner, const struct field *field,
                          struct form_value value)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, owner);
    int64_t ms;
    bool data = info && str_starts(str_of(info->key), STR("callData"));
    if (data && str_is(str_of(field->path), "timeout") && value.form == FORM_LITERAL &&
        flow_duration(flow, value.node, &ms) && ms == 0)
        report0(checker, DIAG_TIMEOUT_ZERO, owner);
    if (str_is(str_of(field->path), "hasSecureDataAcknowledgment") && !str_is(value.text, "true"))
        report1(checker, DIAG_NOT_ACKNOWLEDGED, owner, str_of(field->label));
    bool said = field->flags & FIELD_REQUIRED || flow_role(flow, owner) == ROLE_MENU;
    if (said && field->kind == FIELD_AUDIO && value.form == FORM_TTS && !str_trim(value.text).len)
        report1(checker, DIAG_AUDIO_BLANK, owner, str_of(field->label));
}

static bool is_empty(struct form_value value)
{
    return value.form == FORM_ABSENT || value.form == FORM_NO_VALUE;
}

static void check_field(struct checker *checker, node_id owner, const struct field *field)
{
    struct form_value value = flow_value(checker->flow, owner, field);
    bool literal = value.form == FORM_LITERAL || value.form == FORM_BARE;
    if (field->flags & FIELD_REQUIRED && is_empty(value)) {
        report1(checker, DIAG_FIELD_REQUIRED, owner, str_of(field->label));
        return;
    }
    if (value.form == FORM_WRONG)
        report1(checker, DIAG_FIELD_SHAPE, owner, str_of(field->label));
    check_special(checker, owner, field, value);
    if (value.form == FORM_EXPRESSION)
        check_expression(checker, owner, field, value);
    if (!literal)
        return;
    bool words = field->kind == FIELD_OPTION || field->kind == FIELD_WORD;
    if (words && field->choices && !is_choice(field, value.text))
        report3(checker, DIAG_FIELD_CHOICE, owner, str_of(field->label), value.text,
                str_of(field->choices));
    check_range(checker, owner, field, value);
    check_named(checker, owner, field, value.text);
}

static void add_type(struct buf *out, struct expr_type type)
{
    buf_addf(out, "%s%s", value_type_name((enum value_type) type.type),
             type.list ? " Collection" : "");
}

/* A result is stored in a variable of its type; that of an assignment is said by its key. */
static void check_stored(struct checker *checker, node_id owner, const struct field *field,
                         struct str name, struct expr_type type)
{
    struct expr_type stored = { (uint8_t) field->type, field->flags & FIELD_COLLECTION };
    struct buf texts[2];
    bool list = stored.list;
    if (stored.type == TYPE_NONE && field->kind == FIELD_VARIABLE) {
        stored.type = (uint8_t) flow_key_type(checker->flow, owner, &list);
        stored.list = list;
    }
    if (stored.type == TYPE_NONE || (stored.type == type.type && stored.list == type.list) ||
        names_untyped(checker->names))
        return;
    buf_init(&texts[0], checker->ws->env);
    buf_init(&texts[1], checker->ws->env);
    add_type(&texts[0], stored);
    add_type(&texts[1], type);
    report(checker, DIAG_VARIABLE_TYPE_OTHER, owner, str_of(field->label), buf_str(&texts[0]), name,
           buf_str(&texts[1]));
    buf_release(&texts[0]);
    buf_release(&texts[1]);
}

static void check_variable(struct checker *checker, node_id owner, const struct field *field)
{
    struct form_value value = flow_value(checker->flow, owner, field);
    struct expr_type type;
    if (value.text.len == 0 || is_empty(value)) {
        if (field->flags & FIELD_REQUIRED)
            report1(checker, DIAG_FIELD_REQUIRED, owner, str_of(field->label));
        return;
    }
    if (!names_find(checker->names, owner, value.text, &type))
        report2(checker, DIAG_VARIABLE_UNKNOWN, owner, str_of(field->label), value.text);
    else if (names_is_built_in(checker->names, owner, value.text))
        report2(checker, DIAG_VARIABLE_READ_ONLY, owner, str_of(field->label), value.text);
    else
        check_stored(checker, owner, field, value.text, type);
}

static void check_ref(struct checker *checker, node_id owner, const struct field *field)
{
    struct form_value value = flow_value(checker->flow, owner, field);
    if (value.text.len > 0 && !flow_refs_find(checker->refs, value.text))
        report2(checker, DIAG_REF_MISSING, owner, str_of(field->label), value.text);
    else if (value.text.len == 0 && field->flags & FIELD_REQUIRED)
        report1(checker, DIAG_FIELD_REQUIRED, owner, str_of(field->label));
}

static void check_rows(struct checker *checker, node_id owner, const struct field *field)
{
    struct flow_rows at = { 0, 0 };
    struct seen seen;
    seen_init(&seen, checker->ws->env);
    while (flow_row_next(checker->flow, owner, field, &at)) {
        if (at.row && field->rows) {
            check_fields(checker, at.row, field->rows);
        } else if (at.row) {
            struct form_value value = flow_value_of(checker->flow, at.row);
            bool literal = value.form == FORM_LITERAL || value.form == FORM_BARE;
            if (literal && value.text.len > 0 && field->type == TYPE_SKILL &&
                seen_before(&seen, checker->flow, value.text, at.row))
                report1(checker, DIAG_SKILL_TWICE, owner, value.text);
            if (literal)
                check_named(checker, owner, field, value.text);
        }
    }
    seen_release(&seen);
}

/* Set Post-Flow's own rules say more than the general ones about its fields. */
static bool is_told_elsewhere(const struct checker *checker, node_id owner,
                              const struct field *field)
{
    enum role role = flow_role(checker->flow, owner);
    const struct action_info *info = role == ROLE_ACTION ? flow_action(checker->flow, owner) : NULL;
    bool container = role == ROLE_FLOW || role == ROLE_TASK || role == ROLE_MENU ||
                     role == ROLE_STATE;
    if (!info)
        return container && str_is(str_of(field->path), "name");
    struct str key = str_of(info->key), path = str_of(field->path);
    bool post = str_is(key, "setPostFlow") || str_is(key, "clearPostFlow");
    return str_is(path, "name") ||
           (post &&
            (str_is(path, "target") || str_is(path, "actionType") || str_is(path, "targetFlow")) &&
            flow_value(checker->flow, owner, field).form != FORM_EXPRESSION);
}

void check_fields(struct checker *checker, node_id owner, const struct field *table)
{
    for (const struct field *field = table; field->path; field++) {
        if (is_told_elsewhere(checker, owner, field) ||
            !field_is_shown(checker->flow, owner, table, field))
            continue;
        switch (field->kind) {
        case FIELD_TASK:
        case FIELD_MENU:
        case FIELD_STATE:
            check_ref(checker, owner, field);
            break;
        case FIELD_RESULT:
        case FIELD_VARIABLE:
            check_variable(checker, owner, field);
            break;
        case FIELD_ROWS:
            check_rows(checker, owner, field);
            break;
        case FIELD_INPUTS:
        case FIELD_RESULTS:
        case FIELD_VARIANT:
        case FIELD_MENU_CHOICE: /* rule_menu_default */
            break;
        default:
            check_field(checker, owner, field);
            break;
        }
    }
}

void rule_fields(struct checker *checker, node_id action)
{
    node_id owner;
    const struct field *table = spot_fields(checker->flow, (struct spot){ action, 0 }, &owner);
    check_fields(checker, action, table);
    for (struct output_at at = flow_outputs(checker->flow, action); flow_output_next(&at);) {
        if (at.node)
            check_fields(checker, at.node, output_fields(checker->flow, action, at.node));
    }
}

void rule_flow_settings(struct checker *checker, node_id body)
{
    check_fields(checker, body, flow_type_info(checker->flow->type)->settings);
}

void rule_container_settings(struct checker *checker, node_id container)
{
    enum role role = flow_role(checker->flow, container);
    if (role == ROLE_TASK || role == ROLE_MENU || role == ROLE_STATE)
        check_fields(checker, container, container_fields(role));
}

void rule_implied_variables(struct checker *checker, node_id body)
{
    const struct implied_variables *implied = names_implied(checker->names);
    (void) body;
    for (size_t i = 0; i < implied->count; i++) {
        const struct implied_variable *made = &implied->items[i];
        struct buf type;
        buf_init(&type, checker->ws->env);
        if (made->type == TYPE_NONE)
            buf_add_text(&type, "that what is called knows");
        else
            buf_addf(&type, "%s%s", value_type_name(made->type), made->list ? " Collection" : "");
        report2(checker, DIAG_VARIABLE_IMPLIED, made->writer, made->full_name, buf_str(&type));
        buf_release(&type);
    }
}
