#include "tests/unit/expr/generate.h"

#include <string.h>
#include "engine/expr/ast.h"

enum { DEEPEST = 6, MOST_REPEATED = 3 };

uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t) (dice->state >> 33) % sides;
}

#define PICK(dice, table) (table)[roll(dice, sizeof(table) / sizeof *(table))]

static const char *const booleans[] = { "true", "false", "Flow.unset == NOT_SET" };
static const char *const integers[] = {
    "0",  "1",     "2",  "3",  "10",         "60",         "999999999999999",
    "28", "10000", "-1", "24", "Flow.count", "Flow.unset", "Length(Call.Ani)"
};
static const char *const decimals[] = {
    "0.0", "0.5", "1.", ".25", "1000000.01", "3.14159265358979", "-2.5",
    "9999999999999999999999999999999999999999.0", "0.000000000000000000000000000000000001"
};
static const char *const texts[] = { "\"\"",
                                     "\"a\"",
                                     "Call.Ani",
                                     "\"Hello World\"",
                                     "\"ä€😀\"",
                                     "\" 12 \"",
                                     "\"-5.25|USD\"",
                                     "\"EUR\"",
                                     "\"PT1M30.5S\"",
                                     "\"2009-01-10T06:30:00-07:00\"",
                                     "\"{\\\"a\\\": [1, null, {\\\"b\\\": true}]}\"",
                                     "\"[1, \\\"x\\\", 2.5e3]\"",
                                     "\"de-de\"",
                                     "\"tab\\t \\\\ \\\"quoted\\\"\\n\"",
                                     "\"name <a@b.example>\"" };
static const char *const durations[] = { "MakeDuration(0,0,1,30)", "ToDuration(\"PT0.001S\")",
                                         "ToDuration(-999999999999999)" };
static const char *const moments[] = { "MakeDateTime(2009,1,31)", "GetCurrentDateTimeUtc()",
                                       "MakeDateTime(2200,12,31,23,59,59)",
                                       "MakeDateTime(1800,1,1)" };
static const char *const currencies[] = { "MakeCurrency(5.25,\"USD\")", "ToCurrency(\"-3|EUR\")",
                                          "MakeCurrency(NOT_SET,\"JPY\")" };
static const struct {
    uint8_t type;
    const char *text;
} constants[] = { { TYPE_FORMAT_STRING, "Format.String.playChars" },
                  { TYPE_FORMAT_DATE, "Format.Date.shortYear" },
                  { TYPE_FORMAT_TIME, "Format.Time.twelveHours" },
                  { TYPE_FORMAT_NUMBER, "Format.Number.playDigits" },
                  { TYPE_FORMAT_CURRENCY, "Format.Currency.majorUnitsOnly" },
                  { TYPE_TIME_PART, "Format.TimePart.hours" },
                  { TYPE_FORMAT_PHONE, "Format.PhoneNumber.global" },
                  { TYPE_FORMAT_BOOLEAN, "Format.Bool.playYesNo" },
                  { TYPE_LANGUAGE_CONTEXT, "Language.Gender.neuter" },
                  { TYPE_REGION, "System.Regions.DE" } };
static const uint8_t common_types[] = { TYPE_BOOLEAN, TYPE_INTEGER,  TYPE_DECIMAL, TYPE_STRING,
                                        TYPE_JSON,    TYPE_DURATION, TYPE_DATETIME, TYPE_CURRENCY,
                                        TYPE_PHONE,   TYPE_AUDIO };

static bool constant(uint8_t type, struct buf *out)
{
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (constants[i].type != type)
            continue;
        buf_add_text(out, constants[i].text);
        return true;
    }
    return false;
}

/* A value of a type without another of its type in it; false: there is none of this type. */
static bool simple(struct dice *dice, struct expr_type type, struct buf *out)
{
    if (type.list) {
        type.list = false;
        buf_add_text(out, "MakeList(");
        bool known = simple(dice, type, out);
        buf_add_text(out, known ? ")" : "NOT_SET)");
        return true;
    }
    switch ((enum value_type) type.type) {
    case TYPE_BOOLEAN:
        buf_add_text(out, PICK(dice, booleans));
        return true;
    case TYPE_INTEGER:
        buf_add_text(out, PICK(dice, integers));
        return true;
    case TYPE_DECIMAL:
        buf_add_text(out, PICK(dice, decimals));
        return true;
    case TYPE_STRING:
        buf_add_text(out, PICK(dice, texts));
        return true;
    case TYPE_PROMPT:
        buf_add_text(out, roll(dice, 2) ? "Prompt.welcome" : "PromptSystem.on_hold_music");
        return true;
    case TYPE_DURATION:
        buf_add_text(out, PICK(dice, durations));
        return true;
    case TYPE_DATETIME:
        buf_add_text(out, PICK(dice, moments));
        return true;
    case TYPE_CURRENCY:
        buf_add_text(out, PICK(dice, currencies));
        return true;
    case TYPE_PHONE:
        buf_addf(out, "ToPhoneNumber(%s)", PICK(dice, texts));
        return true;
    case TYPE_JSON:
        buf_addf(out, "JsonParse(%s)", PICK(dice, texts));
        return true;
    case TYPE_AUDIO:
        buf_addf(out, "ToAudioTTS(%s)", PICK(dice, texts));
        return true;
    default:
        return constant(type.type, out);
    }
}

static void generate(struct dice *dice, struct expr_type type, unsigned depth, struct buf *out);

static void any_blank(struct dice *dice, struct buf *out)
{
    static const char *const blanks[] = { "", "", "", " ", " ", "  ", "\n", "\t" };
    buf_add_text(out, PICK(dice, blanks));
}

/* Reads one type of a signature; what fits every type becomes `any`. */
static struct expr_type parameter(const char **at, struct expr_type any, bool *not_set)
{
    struct parameter parameter = signature_parameter(at);
    *not_set = parameter.not_set;
    if (parameter.type.type == TYPE_NONE)
        parameter.type.type = any.type;
    return parameter.type;
}

static void operation(struct dice *dice, const struct function *function, struct expr_type any,
                      unsigned depth, struct buf *out)
{
    const char *at = strchr(function->signature, ':') + 1;
    bool not_set, bare = roll(dice, 2);
    if (!bare)
        buf_add_char(out, '(');
    struct expr_type first = parameter(&at, any, &not_set);
    if (!*at) {
        buf_add_text(out, function->name);
        generate(dice, first, depth, out);
    } else {
        generate(dice, first, depth, out);
        any_blank(dice, out);
        buf_add_text(out, function->name);
        any_blank(dice, out);
        generate(dice, parameter(&at, any, &not_set), depth, out);
    }
    if (!bare)
        buf_add_char(out, ')');
}

static void call(struct dice *dice, const struct function *function, struct expr_type any,
                 unsigned depth, struct buf *out)
{
    const char *at = strchr(function->signature, ':') + 1, *last = at;
    unsigned repeats = 0;
    buf_add_text(out, function->name);
    buf_add_char(out, '(');
    for (bool first = true; *at; first = false) {
        bool not_set;
        if (*at == '+') {
            if (repeats++ == MOST_REPEATED || roll(dice, 2))
                break;
            at = last;
        }
        last = at;
        any_blank(dice, out);
        buf_add_text(out, first ? "" : ",");
        struct expr_type type = parameter(&at, any, &not_set);
        if (not_set && roll(dice, 8) == 0)
            buf_add_text(out, "NOT_SET");
        else
            generate(dice, type, depth, out);
    }
    buf_add_char(out, ')');
}

/* An overload that gives the type, beginning anywhere in the table. */
static const struct function *overload(struct dice *dice, struct expr_type type)
{
    size_t from = roll(dice, (uint32_t) expr_function_count);
    for (size_t i = 0; i < expr_function_count; i++) {
        const struct function *function =
            &expr_function_table[(from + i) % expr_function_count];
        const char *at = function->signature;
        struct expr_type result = signature_parameter(&at).type;
        if (result.list == type.list && (result.type == type.type || result.type == TYPE_NONE))
            return function;
    }
    return NULL;
}

static void by_overload(struct dice *dice, struct expr_type type, unsigned depth, struct buf *out)
{
    const struct function *function = overload(dice, type);
    if (!function) {
        buf_add_text(out, "NOT_SET");
        return;
    }
    const char *at = function->signature;
    struct expr_type any = signature_parameter(&at).type;
    if (any.type == TYPE_NONE)
        any.type = type.type;
    else
        any.type = PICK(dice, common_types);
    if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", function->name[0]))
        call(dice, function, any, depth, out);
    else
        operation(dice, function, any, depth, out);
}

static void choice(struct dice *dice, struct expr_type type, unsigned depth, struct buf *out)
{
    struct expr_type condition = { TYPE_BOOLEAN, false };
    bool question = roll(dice, 2);
    buf_add_text(out, question ? "(" : "If(");
    generate(dice, condition, depth, out);
    buf_add_text(out, question ? " ? " : ",");
    generate(dice, type, depth, out);
    buf_add_text(out, question ? " : " : ",");
    generate(dice, type, depth, out);
    buf_add_char(out, ')');
}

static void row(struct dice *dice, unsigned depth, struct buf *out)
{
    static const char *const words[] = { " and ", " or ", " AND ", " Or\n" };
    struct expr_type boolean = { TYPE_BOOLEAN, false };
    generate(dice, boolean, depth, out);
    do {
        buf_add_text(out, PICK(dice, words));
        generate(dice, boolean, depth, out);
    } while (roll(dice, 2));
}

/* Properties, items of lists and of JSON. */
static void part(struct dice *dice, struct expr_type type, unsigned depth, struct buf *out)
{
    static const char *const properties[] = { ".name", ".a",     "[\"a\"]", ".amount",
                                              ".code", ".e164",  "[0]",     "[Flow.count - 7]",
                                              ".raw",  ".isTel", ".id" };
    struct expr_type of = { TYPE_JSON, false };
    if (type.type != TYPE_JSON) {
        of = (struct expr_type){ type.type, true };
        generate(dice, of, depth, out);
        buf_add_text(out, "[0]");
        return;
    }
    generate(dice, of, depth, out);
    do
        buf_add_text(out, PICK(dice, properties));
    while (roll(dice, 2));
}

static void generate(struct dice *dice, struct expr_type type, unsigned depth, struct buf *out)
{
    uint32_t way = roll(dice, 16);
    if (roll(dice, 64) == 0)
        type.type = PICK(dice, common_types);
    any_blank(dice, out);
    if ((depth == 0 || way < 4) && simple(dice, type, out))
        return;
    if (depth == 0)
        buf_add_text(out, "NOT_SET");
    else if (way == 4)
        choice(dice, type, depth - 1, out);
    else if (way < 7 && type.type == TYPE_BOOLEAN && !type.list)
        row(dice, depth - 1, out);
    else if (way == 7 && !type.list)
        part(dice, type, depth - 1, out);
    else
        by_overload(dice, type, depth - 1, out);
}

void generate_expression(struct dice *dice, struct buf *out)
{
    struct expr_type type = { PICK(dice, common_types), roll(dice, 8) == 0 };
    generate(dice, type, 1 + roll(dice, DEEPEST), out);
}

static const char *const pieces[] = {
    "(",       ")",     "[",         "]",          ",",   ".",    "\"",      "\\",
    "?",       ":",     "!",         "~",          "-",   "^",    " and ",   " or ",
    "NOT_SET", "true",  "1",         "0",          "1.5", ".id",  "[0]",     "[\"a\"]",
    "==",      "!=",    "<",         ">=",         "+",   "*",    "/",       "%",
    "If(",     "\xc3",  "\xf0\x9f",  "\xe2\x80\xa8", "$",   "\x01", "Flow.",   "Flow.count",
    "\"a\"",   "Left(", "MakeList(", "JsonParse(", "_",   "é",    "ToString(", "999999999999999"
};

void mutate_expression(struct dice *dice, struct str other, struct buf *text)
{
    for (unsigned times = 1 + roll(dice, 4); times > 0; times--) {
        size_t from = roll(dice, (uint32_t) text->len + 1);
        size_t to = from + roll(dice, 4);
        to = to > text->len ? text->len : to;
        size_t begin = roll(dice, (uint32_t) other.len + 1);
        size_t end = begin + roll(dice, (uint32_t) (other.len - begin) + 1);
        char byte = (char) roll(dice, 256);
        switch (roll(dice, 6)) {
        case 0:
            buf_splice(text, from, to, STR(""));
            break;
        case 1:
            buf_splice(text, from, to, str_of(PICK(dice, pieces)));
            break;
        case 2:
            buf_splice(text, from, from, str_of(PICK(dice, pieces)));
            break;
        case 3:
            buf_splice(text, from, to, (struct str){ &byte, 1 });
            break;
        case 4:
            buf_splice(text, from, text->len, str_slice(other, begin, other.len));
            break;
        default:
            buf_splice(text, from, to, str_slice(other, begin, end));
            break;
        }
    }
}
