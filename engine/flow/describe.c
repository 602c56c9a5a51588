#include "engine/flow/describe.h"

#include <string.h>

static void add_range(struct buf *out, const struct field *field)
{
    if (field->min >= field->max)
        return;
    if (field->type == TYPE_DURATION)
        buf_addf(out, ", %lld to %lld s", (long long) field->min / 1000,
                 (long long) field->max / 1000);
    else
        buf_addf(out, ", %lld to %lld", (long long) field->min, (long long) field->max);
}

static const char *field_form(const struct field *field)
{
    switch (field->kind) {
    case FIELD_VALUE:
        return field->flags & FIELD_NO_EXPRESSION ? "literal" : "literal or expression";
    case FIELD_OPTION:
        return "expression or one of";
    case FIELD_AUDIO:
        return "text to say, prompt or expression";
    case FIELD_TEXT:
        return "text";
    case FIELD_WORD:
    case FIELD_VARIANT:
        return "one of";
    case FIELD_FLAG:
        return "true or false";
    case FIELD_NUMBER:
        return "number";
    case FIELD_KEY:
        return "name";
    case FIELD_FLOW:
        return "flow";
    case FIELD_TASK:
        return "task";
    case FIELD_MENU:
        return "menu";
    case FIELD_STATE:
        return "state";
    case FIELD_MENU_CHOICE:
        return "choice of the menu";
    case FIELD_RESULT:
    case FIELD_VARIABLE:
        return "variable";
    case FIELD_INPUTS:
        return "values by name";
    case FIELD_RESULTS:
        return "variables by name";
    case FIELD_ROWS:
        return "list";
    }
    return "";
}

/* What a new action has, as a user would type it; nothing where that is empty. */
static void add_initial(struct buf *out, const struct field *field)
{
    struct str text = str_of(field->initial), lit = STR("{\"lit\": "), exp = STR("{\"exp\": \"");
    if (!text.len || !strcmp(field->initial, "[]") || !strcmp(field->initial, "\"\"") ||
        strstr(field->initial, "noValue") || strstr(field->initial, "\"tts\""))
        return;
    const char *sign = "";
    if (str_starts(text, lit)) {
        text = str_slice(text, lit.len, text.len - 1);
    } else if (str_starts(text, exp)) {
        text = str_slice(text, exp.len, text.len - 2);
        sign = "=";
    } else if (field->kind == FIELD_VARIANT) { /* {"entirePrompt": true} */
        text = str_slice(text, 2, text.len);
        text = str_slice(text, 0, (size_t) str_find_char(text, '"'));
    }
    if (text.len > 1 && text.ptr[0] == '"')
        text = str_slice(text, 1, text.len - 1);
    buf_addf(out, ", %s%.*s at first", sign, STR_ARG(text));
}

void field_describe(const struct field *field, struct buf *out)
{
    buf_add_text(out, field_form(field));
    if (field->choices)
        buf_addf(out, " %s", field->choices);
    if (field->type != TYPE_NONE)
        buf_addf(out, ", %s%s", value_type_name(field->type),
                 field->flags & FIELD_COLLECTION ? " collection" : "");
    add_range(out, field);
    if (field->flags & FIELD_REQUIRED)
        buf_add_text(out, ", required");
    add_initial(out, field);
    if (field->when)
        buf_addf(out, ", when %s", field->when);
}
