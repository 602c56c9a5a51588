/* The product's own list of signatures, beside the checkout: each is an overload of ours, with its
 * types, what accepts NOT_SET and what repeats. Skipped where the list is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/expr/ast.h"

static struct env env;

/* Its names of types, our letters, and an expression of the type. */
static const struct {
    const char *name;
    char letter;
    const char *sample;
} types[] = {
    { "int", 'i', "1" },
    { "dec", 'd', "1.5" },
    { "str", 's', "\"a\"" },
    { "bln", 'b', "true" },
    { "dtm", 't', "MakeDateTime(2024, 1, 1)" },
    { "dur", 'u', "MakeDuration(0, 1, 0, 0)" },
    { "cur", 'C', "MakeCurrency(1, \"USD\")" },
    { "aud", 'a', "ToAudioTTS(\"a\")" },
    { "pmt", 'P', "Prompt.a" },
    { "phn", 'p', "ToPhoneNumber(\"+1\")" },
    { "usr", 'U', "ToUser(\"a\")" },
    { "que", 'Q', "ToQueue(\"a\")" },
    { "skl", 'S', "ToSkill(\"a\")" },
    { "lac", 'k', "ToLanguageSkill(\"a\")" },
    { "grp", 'G', "ToGroup(\"a\")" },
    { "wrc", 'w', "ToWrapupCode(\"a\")" },
    { "cpx_email_address", 'm', "MakeEmailAddress(\"a@b\")" },
    { "bof", '1', "Format.Bool.playYesNo" },
    { "cuf", '2', "Format.Currency.playDigits" },
    { "daf", '3', "Format.Date.longYear" },
    { "nuf", '4', "Format.Number.playDigits" },
    { "phf", '5', "Format.PhoneNumber.local" },
    { "stf", '6', "Format.String.playChars" },
    { "tif", '7', "Format.Time.twelveHours" },
    { "tpf", '8', "Format.TimePart.days" },
    { "lne", '9', "Language.Gender.neuter" },
    { "any", 'T', "\"a\"" },
};

/* What stands in front of the last dot of a constant, which it takes for an operand. */
static const struct {
    const char *name, *sample;
    uint8_t type;
} scopes[] = {
    { "any", "MakeCurrency(1, \"USD\").code", TYPE_STRING },
    { "acp", "ToAgentScorePair(\"a\").name", TYPE_STRING },
    { "blc", "Format.Bool.playYesNo", TYPE_FORMAT_BOOLEAN },
    { "cuc", "Format.Currency.majorUnitsOnly", TYPE_FORMAT_CURRENCY },
    { "dac", "Format.Date.shortYear", TYPE_FORMAT_DATE },
    { "nuc", "Format.Number.playDigits", TYPE_FORMAT_NUMBER },
    { "phc", "Format.PhoneNumber.global", TYPE_FORMAT_PHONE },
    { "ctc", "System.ConversationTypes.call", TYPE_STRING },
    { "cec", "System.Currencies.USD", TYPE_STRING },
    { "dlc", "System.DateTime.dayOfWeek.Sunday", TYPE_INTEGER },
    { "lnc", "System.Languages.enUS", TYPE_STRING },
    { "rec", "System.Regions.US", TYPE_REGION },
    { "sec", "System.SurveyDispositions.completed", TYPE_STRING },
    { "stc", "Format.String.playChars", TYPE_FORMAT_STRING },
    { "tic", "Format.Time.twentyFourHours", TYPE_FORMAT_TIME },
    { "lcc", "Language.Case.dative", TYPE_LANGUAGE_CONTEXT },
    { "lgc", "Language.Gender.feminine", TYPE_LANGUAGE_CONTEXT },
    { "lqc", "Language.Quantity.plural", TYPE_LANGUAGE_CONTEXT },
    { "tpc", "Format.TimePart.hours", TYPE_TIME_PART },
};

/* Where its worked examples say otherwise than its signature. */
static const char *const contradicted[] = { "ToPhoneNumber:str" }; /* of NOT_SET is NOT_SET */

struct wanted {
    struct str type; /* "nts": NOT_SET of no type; "apa": Audio or Prompt */
    bool list, not_set, repeats;
};
struct signature {
    struct str name, result;
    bool result_list;
    struct wanted parameters[MOST_PARAMETERS];
    unsigned count;
};

static struct str until(struct str *rest, char end)
{
    ptrdiff_t at = str_find_char(*rest, end);
    struct str head = at < 0 ? *rest : str_slice(*rest, 0, (size_t) at);
    *rest = at < 0 ? STR_NONE : str_slice(*rest, (size_t) at + 1, rest->len);
    return head;
}

static bool take_end(struct str *text, const char *end)
{
    if (!str_ends(*text, str_of(end)))
        return false;
    text->len -= strlen(end);
    return true;
}

/* "promptName:str?=" */
static struct wanted read_parameter(struct str text)
{
    struct wanted parameter = { .list = false };
    until(&text, ':');
    take_end(&text, "=");
    parameter.repeats = take_end(&text, "...");
    parameter.not_set = take_end(&text, "?");
    parameter.list = take_end(&text, "[]");
    parameter.type = text;
    return parameter;
}

/* NAME, operator or function, category, "(a:int, b:dec?=) -> dec" */
static struct signature read_signature(struct str line)
{
    struct signature signature = { .name = until(&line, '\t') };
    until(&line, '\t');
    until(&line, '\t');
    until(&line, '(');
    struct str parameters = until(&line, ')');
    signature.result = str_slice(str_trim(line), 3, str_trim(line).len);
    signature.result_list = take_end(&signature.result, "[]");
    while (parameters.len > 0) {
        assert_true(signature.count < MOST_PARAMETERS);
        signature.parameters[signature.count++] = read_parameter(str_trim(until(&parameters, ',')));
    }
    return signature;
}

/* --- in the table */

static char letter_of(struct str type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_is(type, types[i].name))
            return types[i].letter;
    }
    fail_msg("the type %.*s is not known", STR_ARG(type));
    return 0;
}

/* Functions of the catalogue that take anything: any scalar, or the type of the others. */
static bool same_letter(char ours, struct str theirs, char prompt_or_audio)
{
    if (str_is(theirs, "apa"))
        return ours == prompt_or_audio;
    char letter = letter_of(theirs);
    return ours == letter || (letter == 'T' && ours == '*');
}

static bool accepts_not_set(const struct signature *wanted, unsigned i)
{
    const struct wanted *parameter = &wanted->parameters[i];
    struct buf key;
    bool accepts = parameter->not_set;
    buf_init(&key, &env);
    buf_addf(&key, "%.*s:%.*s", STR_ARG(wanted->name), STR_ARG(parameter->type));
    for (size_t k = 0; k < sizeof contradicted / sizeof *contradicted; k++)
        accepts = accepts || str_is(buf_str(&key), contradicted[k]);
    buf_release(&key);
    return accepts;
}

/* Whether an overload is the wanted one. `x?` and behind it `x?...` are one that repeats. */
static bool is_wanted(const struct function *function, const struct signature *wanted,
                      char prompt_or_audio)
{
    const char *at = function->signature;
    struct parameter ours = signature_parameter(&at);
    if (ours.type.list != wanted->result_list || !same_letter(ours.letter, wanted->result, 'a'))
        return false;
    at++;
    unsigned i = 0;
    while (i < wanted->count) {
        const struct wanted *parameter = &wanted->parameters[i];
        if (!*at)
            return false;
        ours = signature_parameter(&at);
        if (ours.type.list != parameter->list || ours.not_set != accepts_not_set(wanted, i) ||
            !same_letter(ours.letter, parameter->type, prompt_or_audio))
            return false;
        bool more = i + 1 < wanted->count && wanted->parameters[i + 1].repeats &&
                    str_eq(wanted->parameters[i + 1].type, parameter->type);
        if ((*at == '+') != (parameter->repeats || (more && *at == '+')))
            return false;
        i += more && *at == '+' ? 2 : 1;
        at += *at == '+';
    }
    return !*at;
}

static bool is_in_table(const struct signature *wanted)
{
    bool both = false, audio = false, prompt = false;
    for (unsigned i = 0; i < wanted->count; i++)
        both = both || str_is(wanted->parameters[i].type, "apa");
    for (size_t i = 0; i < expr_function_count; i++) {
        const struct function *function = &expr_function_table[i];
        if (!str_is(wanted->name, function->name))
            continue;
        audio = audio || is_wanted(function, wanted, 'a');
        prompt = prompt || is_wanted(function, wanted, 'P');
    }
    return audio && (!both || prompt);
}

/* --- by compiling an expression */

/* The type of an expression, TYPE_NONE when it is refused. */
static struct expr_type type_of(struct str text)
{
    struct arena arena;
    struct diags diags;
    struct pool *pool = pool_new(&env);
    struct place place = { .line = 1, .column = 1 };
    struct expr_type type = { TYPE_NONE, false };
    arena_init(&arena, &env);
    diags_init(&diags, &env);
    const struct expr *expr = expr_compile(&arena, pool, text, NULL, type, &place, &diags);
    if (expr)
        type = expr_type_of(expr);
    arena_release(&arena);
    diags_release(&diags);
    pool_free(pool);
    return type;
}

static void add_sample(const struct wanted *parameter, struct buf *out)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_is(parameter->type, types[i].name))
            buf_addf(out, parameter->list ? "MakeList(%s)" : "%s", types[i].sample);
    }
}

/* a . b, [ and ?: are grammar, and so are `and` and `or`, and If, which is lazy. */
static bool compiles(const struct signature *wanted)
{
    struct str name = wanted->name;
    struct buf text, samples[3];
    buf_init(&text, &env);
    for (unsigned i = 0; i < 3; i++) {
        buf_init(&samples[i], &env);
        if (i < wanted->count)
            add_sample(&wanted->parameters[i], &samples[i]);
    }
    struct expr_type result = { TYPE_STRING, wanted->result_list };
    if (str_is(name, "If") || str_is(name, "?"))
        buf_addf(&text, str_is(name, "If") ? "If(%s, %s, %s)" : "%s ? %s : %s", samples[0].ptr,
                 samples[1].ptr, samples[2].ptr);
    else if (str_is(name, "["))
        buf_addf(&text, wanted->parameters[0].list ? "%s[0]" : "MakeCurrency(1, %s)[\"code\"]",
                 samples[0].ptr);
    else
        buf_addf(&text, "%s %.*s %s", samples[0].ptr, STR_ARG(name), samples[1].ptr);
    if (!str_is(wanted->result, "any")) {
        const char letter[] = { letter_of(wanted->result), 0 }, *at = letter;
        result = signature_parameter(&at).type;
    }
    struct expr_type type = type_of(buf_str(&text));
    buf_release(&text);
    for (unsigned i = 0; i < 3; i++)
        buf_release(&samples[i]);
    return type.type == result.type && type.list == result.list;
}

static bool is_constant(const struct signature *wanted)
{
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (str_is(wanted->parameters[1].type, scopes[i].name))
            return type_of(str_of(scopes[i].sample)).type == scopes[i].type;
    }
    return false;
}

/* NOT_SET without a type. */
static bool takes_not_set(const struct signature *wanted)
{
    struct buf text;
    buf_init(&text, &env);
    buf_addf(&text, "%.*s(NOT_SET)", STR_ARG(wanted->name));
    const char letter[] = { letter_of(wanted->result), 0 }, *at = letter;
    bool same = type_of(buf_str(&text)).type == signature_parameter(&at).type.type;
    buf_release(&text);
    return same;
}

static bool is_there(const struct signature *wanted)
{
    static const char *const grammar[] = { "?", "[", "and", "or", "If" };
    if (str_is(wanted->name, "."))
        return is_constant(wanted);
    for (size_t i = 0; i < sizeof grammar / sizeof *grammar; i++) {
        if (str_is(wanted->name, grammar[i]))
            return compiles(wanted);
    }
    if (wanted->count == 1 && str_is(wanted->parameters[0].type, "nts"))
        return takes_not_set(wanted);
    return is_in_table(wanted);
}

static void every_signature_of_the_product_is_an_overload(void **state)
{
    static const char file[] = "../shared/expr/functions.tsv";
    struct buf text;
    struct diags diags;
    size_t count = 0, missing = 0;
    (void) state;
    if (!file_exists(file))
        skip();
    buf_init(&text, &env);
    diags_init(&diags, &env);
    assert_true(file_read(&env, file, 1 << 24, &text, NULL, &diags));
    struct str rest = buf_str(&text);
    while (rest.len > 0) {
        struct str line = until(&rest, '\n');
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        struct signature wanted = read_signature(line);
        count++;
        if (is_there(&wanted))
            continue;
        missing++;
        print_message("not there: %.*s\n", STR_ARG(line));
    }
    assert_int_equal(count, 349);
    assert_int_equal(missing, 0);
    buf_release(&text);
    diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_signature_of_the_product_is_an_overload),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
