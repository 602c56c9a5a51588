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

bool duration_read(struct str text, int64_t *ms)
{
    int64_t sum = 0;
    text = str_trim(text);
    if (duration_parse(text, ms))
        return true;
    if (text.len == 0)
        return false;
    while (text.len > 0) {
        size_t digits = 0, letters = 0;
        int64_t number, part;
        while (digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
            digits++;
        while (digits + letters < text.len && text.ptr[digits + letters] >= 'a' &&
               text.ptr[digits + letters] <= 'z')
            letters++;
        struct str unit = str_slice(text, digits, digits + letters);
        int i = 0;
        while (i < UNITS && !str_is(unit, units[i].suffix))
            i++;
        if (i == UNITS || !str_to_int(str_slice(text, 0, digits), &number) ||
            __builtin_mul_overflow(number, units[i].ms, &part) ||
            __builtin_add_overflow(sum, part, &sum))
            return false;
        text = str_slice(text, digits + letters, text.len);
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

static bool any_scalar(void *context, struct str key, enum json_kind kind, struct str text)
{
    (void) context, (void) key, (void) kind, (void) text;
    return true;
}
static bool any_open(void *context, struct str key, enum json_kind kind)
{
    (void) context, (void) key, (void) kind;
    return true;
}
static bool any_close(void *context)
{
    (void) context;
    return true;
}

/* JSON text as it stands, when it is strict. */
static bool json_text(const struct flow *flow, struct str text, struct buf *out,
                      struct diags *diags)
{
    struct json_sink sink = { NULL, any_scalar, any_open, any_close };
    if (!json_parse(flow->doc->env, &flow->doc->limits, text, &sink, diags))
        return false;
    buf_add(out, str_trim(text));
    return true;
}

static bool is_number(struct str text, bool fraction)
{
    size_t i = 0, digits = 0, dots = 0;
    if (i < text.len && text.ptr[i] == '-')
        i++;
    if (i + 1 < text.len && text.ptr[i] == '0' && text.ptr[i + 1] != '.')
        return false;
    for (; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            digits++;
        else if (text.ptr[i] == '.' && fraction && digits > 0 && dots++ == 0)
            continue;
        else
            return false;
    }
    return digits > 0 && text.ptr[text.len - 1] != '.';
}

/* The inside of `lit` for a field's type. */
static bool literal_json(const struct flow *flow, const struct field *field, struct str text,
                         struct buf *out, struct diags *diags)
{
    int64_t number;
    struct str trimmed = str_trim(text);
    switch (field->type) {
    case TYPE_JSON:
        return json_text(flow, text, out, diags);
    case TYPE_BOOLEAN:
        if (!str_is(trimmed, "true") && !str_is(trimmed, "false"))
            return refuse(field, text, "true or false", diags);
        buf_add(out, trimmed);
        return true;
    case TYPE_INTEGER:
        if (!is_number(trimmed, false) || !str_to_int(trimmed, &number))
            return refuse(field, text, "a whole number", diags);
        buf_add(out, trimmed);
        return check_range(field, number, trimmed, diags);
    case TYPE_DECIMAL:
        if (!is_number(trimmed, true))
            return refuse(field, text, "a number", diags);
        buf_add(out, trimmed);
        return true;
    case TYPE_DURATION:
        if (!duration_read(trimmed, &number))
            return refuse(field, text, "a duration: 90s, 1m30s or PT1M30S", diags);
        duration_json(number, out);
        return check_range(field, number, trimmed, diags);
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
        json_add_text(out, text, false);
        return true;
    case TYPE_NONE:
        if (str_is(trimmed, "true") || str_is(trimmed, "false") || is_number(trimmed, true))
            buf_add(out, trimmed);
        else
            json_add_text(out, text, false);
        return true;
    default:
        buf_add_text(out, "{\"name\":");
        json_add_text(out, trimmed, false);
        buf_add_char(out, '}');
        return true;
    }
}

static bool value_json(const struct flow *flow, const struct field *field, struct str text,
                       bool bare, struct buf *out, struct diags *diags)
{
    if (str_trim(text).len == 0) {
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
    if (field->kind == FIELD_OPTION && !is_choice(field, text))
        return refuse(field, text, field->choices, diags);
    if (!bare)
        buf_add_text(out, "{\"lit\":");
    bool fine = literal_json(flow, field, text, out, diags);
    if (!bare)
        buf_add_char(out, '}');
    return fine;
}

static bool audio_json(struct str text, struct buf *out)
{
    struct str trimmed = str_trim(text);
    bool prompt = str_starts(trimmed, STR("Prompt.")) || str_starts(trimmed, STR("PromptSystem."));
    if (trimmed.len == 0) {
        buf_add_text(out, "{\"noValue\":true}");
        return true;
    }
    bool expression = text.ptr[0] == '=';
    buf_add_text(out, expression ? "{\"exp\":" : prompt ? "{\"prompt\":" : "{\"tts\":");
    json_add_text(out, expression ? str_trim(str_slice(text, 1, text.len)) : text, false);
    buf_add_char(out, '}');
    return true;
}

/* A task, menu or state by its name, or the reference itself. */
static bool ref_json(const struct flow *flow, const struct field *field, struct str text,
                     struct buf *out, struct diags *diags)
{
    enum role role = field->kind == FIELD_TASK   ? ROLE_TASK
                     : field->kind == FIELD_MENU ? ROLE_MENU
                                                 : ROLE_STATE;
    struct buf ref;
    buf_init(&ref, flow->doc->env);
    bool raw = text.len > 0 && (text.ptr[0] == '/' || text.ptr[0] == '.');
    if (raw)
        buf_add(&ref, text);
    for (node_id at = flow_container_next(flow, 0); at && ref.len == 0;
         at = flow_container_next(flow, at)) {
        node_id id = doc_member(flow->doc, at, ATOM_refId);
        bool named = str_eq(flow_name(flow, at), text) ||
                     (id && str_eq(doc_text(flow->doc, id), text));
        if (flow_role(flow, at) == role && named)
            flow_ref_text(flow, at, &ref);
    }
    bool found = ref.len > 0;
    if (found)
        json_add_text(out, buf_str(&ref), false);
    buf_release(&ref);
    return found || refuse(field, text, "the name of one in this flow", diags);
}

static bool is_variable_name(struct str text)
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
        if (!is_choice(field, text))
            return refuse(field, text, field->choices, diags);
        break;
    case FIELD_FLAG:
        if (!str_is(text, "true") && !str_is(text, "false"))
            return refuse(field, text, "true or false", diags);
        buf_add(out, text);
        return true;
    case FIELD_NUMBER:
        if (!is_number(text, false) || !str_to_int(text, &number))
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
        break;
    }
    json_add_text(out, text, false);
    return true;
}

bool field_to_json(const struct flow *flow, const struct field *field, struct str text, bool bare,
                   struct buf *out, bool *removed, struct diags *diags)
{
    struct str trimmed = str_trim(text);
    *removed = false;
    switch (field->kind) {
    case FIELD_VALUE:
    case FIELD_OPTION:
        return value_json(flow, field, text, bare, out, diags);
    case FIELD_AUDIO:
        return audio_json(text, out);
    case FIELD_RESULT:
    case FIELD_RESULTS:
        if (trimmed.len == 0) {
            buf_add_text(out, "{\"noValue\":true}");
            return true;
        }
        if (!is_variable_name(trimmed))
            return refuse(field, text, "a variable: Flow.name", diags);
        buf_add_text(out, "{\"var\":");
        json_add_text(out, trimmed, false);
        buf_add_char(out, '}');
        return true;
    default:
        break;
    }
    if (trimmed.len == 0) {
        *removed = true;
        return true;
    }
    if (field->kind == FIELD_FLOW) {
        buf_add_text(out, "{\"name\":");
        json_add_text(out, trimmed, false);
        buf_add_char(out, '}');
        return true;
    }
    if (field->kind == FIELD_TASK || field->kind == FIELD_MENU || field->kind == FIELD_STATE)
        return ref_json(flow, field, trimmed, out, diags);
    return plain_json(flow, field, trimmed, out, diags);
}
