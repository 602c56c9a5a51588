#include "engine/flow/field_text.h"

#include "engine/base/utf8.h"
#include "engine/doc/border.h"
#include "engine/doc/write.h"

static const struct {
    const char *suffix, *key;
    int64_t ms;
} units[] = { { "d", "days", 86400000 },
              { "h", "hours", 3600000 },
              { "m", "minutes", 60000 },
              { "s", "seconds", 1000 },
              { "ms", "ms", 1 } };
enum { UNITS = sizeof units / sizeof *units };

/* "90s" off the front of *rest, added to *sum. */
static bool next_part(struct str *rest, int64_t *sum)
{
    size_t digits = 0, letters = 0;
    int64_t number, part;
    while (digits < rest->len && rest->ptr[digits] >= '0' && rest->ptr[digits] <= '9')
        digits++;
    while (digits + letters < rest->len && rest->ptr[digits + letters] >= 'a' &&
           rest->ptr[digits + letters] <= 'z')
        letters++;
    struct str unit = str_slice(*rest, digits, digits + letters);
    int i = 0;
    while (i < UNITS && !str_is(unit, units[i].suffix))
        i++;
    if (i == UNITS || !str_to_int(str_slice(*rest, 0, digits), &number) ||
        __builtin_mul_overflow(number, units[i].ms, &part) ||
        __builtin_add_overflow(*sum, part, sum))
        return false;
    *rest = str_slice(*rest, digits + letters, rest->len);
    return true;
}

bool duration_read(struct str text, int64_t *ms)
{
    int64_t sum = 0;
    text = str_trim(text);
    if (duration_parse(text, ms))
        return true;
    if (text.len == 0)
        return false;
    while (text.len > 0) {
        if (!next_part(&text, &sum))
            return false;
    }
    *ms = sum;
    return true;
}

void duration_json(int64_t ms, struct buf *out)
{
    bool first = true;
    if (ms == 0) {
        buf_add_text(out, "{\"seconds\":0}");
        return;
    }
    buf_add_char(out, '{');
    for (int i = 0; i < UNITS; i++) {
        int64_t count = ms / units[i].ms;
        if (count == 0)
            continue;
        ms -= count * units[i].ms;
        buf_addf(out, "%s\"%s\":%lld", first ? "" : ",", units[i].key, (long long) count);
        first = false;
    }
    buf_add_char(out, '}');
}

static bool refuse(const struct field *field, struct str text, const char *wanted,
                   struct diags *diags)
{
    return diag_add(diags, DIAG_SET_WRONG, NULL, str_of(field->label), text, str_of(wanted),
                    STR_NONE);
}

static bool check_range(const struct field *field, int64_t number, struct str text,
                        struct diags *diags)
{
    if (field->min >= field->max || (number >= field->min && number <= field->max))
        return true;
    struct buf wanted;
    buf_init(&wanted, diags->arena.env);
    if (field->type == TYPE_DURATION)
        buf_addf(&wanted, "%lld to %lld ms", (long long) field->min, (long long) field->max);
    else
        buf_addf(&wanted, "%lld to %lld", (long long) field->min, (long long) field->max);
    refuse(field, text, wanted.ptr, diags);
    buf_release(&wanted);
    return false;
}

bool choices_have(const char *choices, struct str word)
{
    struct str rest = str_of(choices);
    while (rest.len > 0) {
        ptrdiff_t bar = str_find_char(rest, '|');
        if (str_eq(bar < 0 ? rest : str_slice(rest, 0, (size_t) bar), word))
            return true;
        rest = bar < 0 ? STR_NONE : str_slice(rest, (size_t) bar + 1, rest.len);
    }
    return false;
}

/* Takes the text of a JSON text; of anything else, or with no buffer, only that it is strict. */
static bool take_scalar(void *context, struct str key, enum json_kind kind, struct str text)
{
    (void) key;
    if (!context)
        return true;
    buf_add(context, text);
    return kind == JSON_TEXT;
}
static bool take_open(void *context, struct str key, enum json_kind kind)
{
    (void) key, (void) kind;
    return !context;
}
static bool take_close(void *context)
{
    (void) context;
    return true;
}

/* JSON text as it stands, when it is strict. */
static bool json_text(const struct flow *flow, struct str text, struct buf *out,
                      struct diags *diags)
{
    struct json_sink sink = { NULL, take_scalar, take_open, take_close };
    if (!json_parse(flow->doc->env, &flow->doc->limits, text, &sink, diags))
        return false;
    buf_add(out, str_trim(text));
    return true;
}

/* `"=text"`: a JSON text in double quotes means what is inside. */
static bool unquote(const struct flow *flow, struct str text, struct buf *out)
{
    struct json_sink sink = { out, take_scalar, take_open, take_close };
    struct diags ignored;
    size_t before = out->len;
    text = str_trim(text);
    if (text.len < 2 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"')
        return false;
    diags_init(&ignored, flow->doc->env);
    bool fine = json_parse(flow->doc->env, &flow->doc->limits, text, &sink, &ignored);
    diags_release(&ignored);
    if (!fine)
        buf_truncate(out, before);
    return fine;
}

/* The text itself, or what is in its quotes, as a JSON text. */
static void add_literal_text(const struct flow *flow, struct str text, struct buf *out)
{
    struct buf inside;
    buf_init(&inside, flow->doc->env);
    json_add_text(out, unquote(flow, text, &inside) ? buf_str(&inside) : text, false);
    buf_release(&inside);
}

static bool starts_prompt(struct str text)
{
    return str_starts(text, STR("Prompt.")) || str_starts(text, STR("PromptSystem."));
}

#define LANGUAGES STR("{\"alternateSequences\":")

bool needs_quotes(const struct field *field, enum value_type type, enum node_kind kind,
                  struct str text)
{
    struct str trimmed = str_trim(text);
    if (kind != NODE_TEXT && kind != NODE_PLAIN)
        return false;
    if (field->kind == FIELD_AUDIO)
        return trimmed.len > 0 && (text.ptr[0] == '=' || trimmed.ptr[0] == '"' ||
                                   starts_prompt(trimmed) || str_starts(trimmed, LANGUAGES));
    if (type != TYPE_NONE && type != TYPE_STRING && type != TYPE_COMMUNICATION)
        return false;
    if (trimmed.len == 0 || text.ptr[0] == '=' || trimmed.ptr[0] == '"')
        return true;
    return type == TYPE_NONE && (str_is(trimmed, "true") || str_is(trimmed, "false") ||
                                 flow_is_number(trimmed));
}

enum spelling spelling_of(const struct flow *flow, node_id value)
{
    const struct doc *doc = flow->doc;
    if (!value || doc_is_null(doc, value) || doc_kind(doc, value) == NODE_LIST)
        return SPELL_LIT;
    if (doc_kind(doc, value) != NODE_OBJECT)
        return SPELL_BARE;
    bool named = doc_member(doc, value, ATOM_name) != 0;
    return named && flow_value_of(flow, value).form == FORM_BARE ? SPELL_NAME : SPELL_LIT;
}

/* Objects of the organisation, which literals name. */
static bool is_named(enum value_type type)
{
    return type == TYPE_PROMPT || (type >= TYPE_QUEUE && type < TYPE_OBJECT);
}

static bool is_container_text(struct str text, char open)
{
    return text.len > 0 && text.ptr[0] == open;
}

/* A queue, user, prompt ...: by name, or as the JSON object it is. */
static bool named_json(const struct flow *flow, struct str text, enum spelling spelling,
                       struct buf *out, struct diags *diags)
{
    if (is_container_text(text, '{') && spelling == SPELL_LIT)
        return json_text(flow, text, out, diags);
    if (spelling != SPELL_BARE)
        buf_add_text(out, "{\"name\":");
    json_add_text(out, text, false);
    if (spelling != SPELL_BARE)
        buf_add_char(out, '}');
    return true;
}

static bool duration_literal(const struct field *field, struct str text, enum spelling spelling,
                             struct buf *out, struct diags *diags)
{
    int64_t ms;
    if (!duration_read(text, &ms))
        return refuse(field, text, "a duration: 90s, 1m30s or PT1M30S", diags);
    if (spelling == SPELL_BARE) {
        buf_add_char(out, '"');
        duration_show(ms, out);
        buf_add_char(out, '"');
    } else {
        duration_json(ms, out);
    }
    return check_range(field, ms, text, diags);
}

static bool text_literal(const struct flow *flow, const struct field *field, struct str text,
                         struct buf *out, struct diags *diags)
{
    add_literal_text(flow, text, out);
    return field->kind == FIELD_OPTION || field->type != TYPE_STRING ||
           check_range(field, (int64_t) utf8_count(text), text, diags);
}

/* The literal itself, of the field's type. */
static bool literal_json(const struct flow *flow, const struct field *field, enum value_type type,
                         struct str text, enum spelling spelling, struct buf *out,
                         struct diags *diags)
{
    int64_t number;
    struct str trimmed = str_trim(text);
    switch (type) {
    case TYPE_JSON:
        return json_text(flow, text, out, diags);
    case TYPE_BOOLEAN:
        if (!str_is(trimmed, "true") && !str_is(trimmed, "false"))
            return refuse(field, text, "true or false", diags);
        buf_add(out, trimmed);
        return true;
    case TYPE_INTEGER:
        if (!flow_is_number(trimmed) || !str_to_int(trimmed, &number))
            return refuse(field, text, "a whole number", diags);
        buf_add(out, trimmed);
        return check_range(field, number, trimmed, diags);
    case TYPE_DECIMAL:
        if (!flow_is_number(trimmed))
            return refuse(field, text, "a number", diags);
        buf_add(out, trimmed);
        return true;
    case TYPE_DURATION:
        return duration_literal(field, trimmed, spelling, out, diags);
    case TYPE_DATETIME:
        if (!datetime_parse(trimmed, &number))
            return refuse(field, text, "a date and time: 2026-03-02T09:00:00Z", diags);
        json_add_text(out, trimmed, false);
        return true;
    case TYPE_STRING:
    case TYPE_PHONE:
    case TYPE_EMAIL:
    case TYPE_COMMUNICATION:
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_CURRENCY:
        return text_literal(flow, field, text, out, diags);
    case TYPE_NONE:
        if (str_is(trimmed, "true") || str_is(trimmed, "false") || flow_is_number(trimmed))
            buf_add(out, trimmed);
        else
            add_literal_text(flow, text, out);
        return true;
    default:
        return named_json(flow, trimmed, spelling, out, diags);
    }
}

static bool value_json(const struct flow *flow, node_id owner, const struct field *field,
                       struct str text, enum spelling spelling, struct buf *out,
                       struct diags *diags)
{
    struct str trimmed = str_trim(text);
    bool list;
    if (trimmed.len == 0) {
        buf_add_text(out, "{\"noValue\":true}");
        return true;
    }
    if (text.ptr[0] == '=') {
        if (field->flags & FIELD_NO_EXPRESSION)
            return refuse(field, text, "a literal", diags);
        buf_add_text(out, "{\"exp\":");
        json_add_text(out, str_trim(str_slice(text, 1, text.len)), false);
        buf_add_char(out, '}');
        return true;
    }
    if (field->kind == FIELD_OPTION && !choices_have(field->choices, text))
        return refuse(field, text, field->choices, diags);
    enum value_type type = flow_field_type(flow, owner, field, &list);
    if (list && !is_container_text(trimmed, '['))
        return refuse(field, text, "a JSON list or an expression", diags);
    /* A name without lit holds names only, and JSON alone could be taken for a form of value. */
    if (type == TYPE_JSON || list || (spelling == SPELL_NAME && !is_named(type)))
        spelling = SPELL_LIT;
    if (spelling == SPELL_LIT)
        buf_add_text(out, "{\"lit\":");
    bool fine = list ? json_text(flow, text, out, diags)
                     : literal_json(flow, field, type, text, spelling, out, diags);
    if (spelling == SPELL_LIT)
        buf_add_char(out, '}');
    return fine;
}

static bool audio_json(const struct flow *flow, struct str text, struct buf *out,
                       struct diags *diags)
{
    struct str trimmed = str_trim(text);
    if (trimmed.len == 0) {
        buf_add_text(out, "{\"noValue\":true}");
        return true;
    }
    if (str_starts(trimmed, LANGUAGES))
        return json_text(flow, trimmed, out, diags);
    if (text.ptr[0] == '=') {
        buf_add_text(out, "{\"exp\":");
        json_add_text(out, str_trim(str_slice(text, 1, text.len)), false);
    } else if (starts_prompt(trimmed)) {
        buf_add_text(out, "{\"prompt\":");
        json_add_text(out, trimmed, false);
    } else {
        buf_add_text(out, "{\"tts\":");
        add_literal_text(flow, text, out);
    }
    buf_add_char(out, '}');
    return true;
}

static bool is_named_so(const struct flow *flow, node_id node, struct str text)
{
    node_id id = doc_member(flow->doc, node, ATOM_refId);
    return str_eq(flow_name(flow, node), text) || (id && str_eq(doc_text(flow->doc, id), text));
}

node_id ref_named(const struct flow *flow, node_id owner, const struct field *field,
                  struct str text)
{
    enum role role = field->kind == FIELD_TASK   ? ROLE_TASK
                     : field->kind == FIELD_MENU ? ROLE_MENU
                                                 : ROLE_STATE;
    bool choice = field->kind == FIELD_MENU_CHOICE;
    node_id at = choice ? flow_choice_first(flow, owner) : flow_container_next(flow, 0);
    if (text.len > 0 && (text.ptr[0] == '/' || text.ptr[0] == '.'))
        return 0;
    while (at && !((choice || flow_role(flow, at) == role) && is_named_so(flow, at, text)))
        at = choice ? flow_action_next(flow, at) : flow_container_next(flow, at);
    return at;
}

/* A task, menu, state or choice by its name, or the reference itself. */
static bool ref_json(const struct flow *flow, node_id owner, const struct field *field,
                     struct str text, struct buf *out, struct diags *diags)
{
    node_id target = ref_named(flow, owner, field, text);
    if (!target && text.ptr[0] != '/' && text.ptr[0] != '.')
        return refuse(field, text,
                      field->kind == FIELD_MENU_CHOICE ? "the name of a choice of this menu"
                                                       : "the name of one in this flow", diags);
    struct buf ref;
    buf_init(&ref, flow->doc->env);
    if (target)
        flow_ref_text(flow, target, &ref);
    json_add_text(out, target ? buf_str(&ref) : text, false);
    buf_release(&ref);
    return true;
}

bool is_variable_name(struct str text)
{
    ptrdiff_t dot = str_find_char(text, '.');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char) c >= 0x80;
        bool digit = (c >= '0' && c <= '9') || c == '_';
        bool first = i == 0 || (ptrdiff_t) i == dot + 1;
        if ((ptrdiff_t) i != dot && !letter && (first || !digit))
            return false;
    }
    return dot > 0 && (size_t) dot + 1 < text.len;
}

static bool plain_json(const struct flow *flow, const struct field *field, struct str text,
                       struct buf *out, struct diags *diags)
{
    int64_t number;
    bool is_name = str_is(str_of(field->path), "name");
    switch (field->kind) {
    case FIELD_WORD:
        if (!choices_have(field->choices, text))
            return refuse(field, text, field->choices, diags);
        break;
    case FIELD_FLAG:
        if (!str_is(text, "true") && !str_is(text, "false"))
            return refuse(field, text, "true or false", diags);
        buf_add(out, text);
        return true;
    case FIELD_NUMBER:
        if (!flow_is_number(text) || !str_to_int(text, &number))
            return refuse(field, text, "a whole number", diags);
        buf_add(out, text);
        return check_range(field, number, text, diags);
    case FIELD_VARIABLE:
        if (!is_variable_name(text))
            return refuse(field, text, "a variable: Flow.name", diags);
        break;
    default:
        if (is_name && utf8_count(text) > flow->doc->limits.name_length)
            return refuse(field, text, "a name of at most 200 characters", diags);
        if (!is_name && !check_range(field, (int64_t) utf8_count(text), text, diags))
            return false;
        break;
    }
    json_add_text(out, text, false);
    return true;
}

static bool result_json(const struct field *field, struct str text, struct buf *out,
                        struct diags *diags)
{
    if (text.len == 0) {
        buf_add_text(out, "{\"noValue\":true}");
        return true;
    }
    if (!is_variable_name(text))
        return refuse(field, text, "a variable: Flow.name", diags);
    buf_add_text(out, "{\"var\":");
    json_add_text(out, text, false);
    buf_add_char(out, '}');
    return true;
}

bool field_to_json(const struct flow *flow, node_id owner, const struct field *field,
                   struct str text, enum spelling spelling, struct buf *out, bool *removed,
                   struct diags *diags)
{
    struct str trimmed = str_trim(text);
    *removed = false;
    switch (field->kind) {
    case FIELD_VALUE:
    case FIELD_OPTION:
        return value_json(flow, owner, field, text, spelling, out, diags);
    case FIELD_AUDIO:
        return audio_json(flow, text, out, diags);
    case FIELD_RESULT:
        return result_json(field, trimmed, out, diags);
    default:
        break;
    }
    *removed = trimmed.len == 0;
    if (*removed)
        return true;
    switch (field->kind) {
    case FIELD_FLOW:
        return named_json(flow, trimmed, spelling == SPELL_BARE ? SPELL_BARE : SPELL_NAME, out,
                          diags);
    case FIELD_TASK:
    case FIELD_MENU:
    case FIELD_STATE:
    case FIELD_MENU_CHOICE:
        return ref_json(flow, owner, field, trimmed, out, diags);
    default:
        return plain_json(flow, field, trimmed, out, diags);
    }
}
