/* What is said in the language of the call (the English words are in the vectors), the same in
 * every locale. ASSUMED: no source states the words. */
#include <setjmp.h>
#include <locale.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/expr/expr.h"

static struct env env;

static void say(const char *language, const char *expression, struct buf *out)
{
    struct arena arena;
    struct diags diags;
    struct pool *pool = pool_new(&env);
    struct place place = { .line = 1, .column = 1 };
    struct expr_run run = { .pool = pool, .language = str_of(language) };
    struct expr_error error;
    struct value value;
    arena_init(&arena, &env);
    diags_init(&diags, &env);
    buf_init(&error.text, &env);
    struct expr *expr = expr_compile(&arena, pool, str_of(expression), NULL,
                                     (struct expr_type){ TYPE_AUDIO, false }, &place, &diags);
    assert_non_null(expr);
    assert_true(expr_eval(expr, &run, &value, &error));
    assert_int_equal(value.type, TYPE_AUDIO);
    value_to_string(pool, value, out);
    buf_release(&error.text);
    arena_release(&arena);
    diags_release(&diags);
    pool_free(pool);
}

static void check(const char *language, const char *expression, const char *wanted)
{
    struct buf said;
    buf_init(&said, &env);
    say(language, expression, &said);
    if (!str_is(buf_str(&said), wanted))
        fail_msg("%s: %s gives \"%.*s\", not \"%s\"", language, expression,
                 STR_ARG(buf_str(&said)), wanted);
    buf_release(&said);
}

static const struct {
    const char *expression, *said;
} german[] = {
    { "ToAudioNumber(0)", "null" },
    { "ToAudioNumber(1)", "eins" },
    { "ToAudioNumber(-21)", "minus einundzwanzig" },
    { "ToAudioNumber(101)", "einhunderteins" },
    { "ToAudioNumber(1001)", "eintausendeins" },
    { "ToAudioNumber(21000)", "einundzwanzigtausend" },
    { "ToAudioNumber(123456)", "einhundertdreiundzwanzigtausendvierhundertsechsundfünfzig" },
    { "ToAudioNumber(1000000)", "eine Million" },
    { "ToAudioNumber(2001001)", "zwei Millionen eintausendeins" },
    { "ToAudioNumber(1001000000)", "eine Milliarde eine Million" },
    { "ToAudioNumber(17000000000000)", "siebzehn Billionen" },
    { "ToAudioNumber(12.5)", "zwölf Komma fünf" },
    { "ToAudioNumber(1.05)", "eins Komma null fünf" },
    { "ToAudioNumber(1.0, 2)", "eins Komma null null" },
    { "ToAudioNumber(-120, Format.Number.playDigits)", "minus eins zwei null" },
    { "ToAudioNumber(1, Language.Gender.feminine)", "eine" },
    { "ToAudioNumber(101, Language.Gender.masculine)", "einhundertein" },
    { "ToAudioNumber(1.5, Language.Gender.feminine)", "eins Komma fünf" },
    { "ToAudioNumberOrdinal(3, Language.Gender.masculine)", "dritter" },
    { "ToAudioNumberOrdinal(20, Language.Case.dative, Language.Gender.neuter)", "zwanzigstes" },
    { "ToAudioNumberOrdinal(0)", "nullte" },
    { "ToAudioNumberOrdinal(1)", "erste" },
    { "ToAudioNumberOrdinal(3)", "dritte" },
    { "ToAudioNumberOrdinal(7)", "siebte" },
    { "ToAudioNumberOrdinal(8)", "achte" },
    { "ToAudioNumberOrdinal(12)", "zwölfte" },
    { "ToAudioNumberOrdinal(21)", "einundzwanzigste" },
    { "ToAudioNumberOrdinal(100)", "einhundertste" },
    { "ToAudioNumberOrdinal(1003)", "eintausenddritte" },
    { "ToAudioNumberOrdinal(1000000)", "einmillionste" },
    { "ToAudioNumberOrdinal(2000000000)", "zweimilliardste" },
    { "ToAudioNumberOrdinal(1002000000)", "eine Milliarde zweimillionste" },
    { "ToAudioNumberOrdinal(1000001)", "eine Million erste" },
    { "ToAudioCurrency(MakeCurrency(1, \"EUR\"))", "ein Euro" },
    { "ToAudioCurrency(MakeCurrency(101.01, \"EUR\"))", "einhundertein Euro und ein Cent" },
    { "ToAudioCurrency(MakeCurrency(21, \"SEK\"))", "einundzwanzig Kronen" },
    { "ToAudioCurrency(MakeCurrency(1, \"SEK\"))", "eine Krone" },
    { "ToAudioCurrency(MakeCurrency(1, \"AUD\"))", "ein australischer Dollar" },
    { "ToAudioCurrency(MakeCurrency(-2.5, \"CHF\"))", "minus zwei Franken und fünfzig Rappen" },
    { "ToAudioCurrency(MakeCurrency(2.5, \"EUR\"), 1)", "zwei Komma fünf Euro" },
    { "ToAudioCurrency(MakeCurrency(2.5, \"EUR\"), Format.Currency.minorUnitsOnly)",
      "fünfzig Cent" },
    { "ToAudioPercent(12)", "zwölf Prozent" },
    { "ToAudioBool(true)", "wahr" },
    { "ToAudioBool(true, Format.Bool.playYesNo)", "ja" },
    { "ToAudioDate(MakeDateTime(2009, 3, 1))", "erster März zweitausendneun" },
    { "ToAudioDate(MakeDateTime(1989, 11, 9))", "neunter November neunzehnhundertneunundachtzig" },
    { "ToAudioDate(MakeDateTime(1901, 1, 1), Format.Date.longYearOnly)", "neunzehnhunderteins" },
    { "ToAudioDate(MakeDateTime(2009, 3, 1), Format.Date.shortYear)", "erster März null neun" },
    { "ToAudioDate(MakeDateTime(2009, 3, 1), Format.Date.shortMonthAndDay)", "erster März" },
    { "ToAudioDate(MakeDateTime(2009, 3, 31), Format.Date.dayOnly)", "einunddreißigster" },
    { "ToAudioDate(MakeDateTime(2009, 3, 1), Format.Date.dayOfWeekOnly)", "Sonntag" },
    { "ToAudioTime(MakeDateTime(2009, 3, 1, 13, 1, 0))", "dreizehn Uhr eins" },
    { "ToAudioTime(MakeDateTime(2009, 3, 1, 1, 0, 0))", "ein Uhr" },
    { "ToAudioTime(MakeDateTime(2009, 3, 1, 13, 0, 0), Format.Time.twelveHours)",
      "ein Uhr nachmittags" },
    { "ToAudioDateTime(MakeDateTime(2009, 3, 1, 0, 30, 0))",
      "erster März zweitausendneun, null Uhr dreißig" },
    { "ToAudioDuration(MakeDuration(1, 1, 1, 1))",
      "ein Tag, eine Stunde, eine Minute und eine Sekunde" },
    { "ToAudioDuration(MakeDuration(0, 0, 0, 1, 500))", "eins Komma fünf Sekunden" },
    { "ToAudioDuration(MakeDuration(21, 0, 0, 0))", "einundzwanzig Tage" },
    { "ToAudioPhoneNumber(\"+4930\")", "plus vier neun drei null" },
    { "ToAudioTimeRange(1, 2, Format.TimePart.days)", "eins bis zwei Tage" },
    { "ToAudioTTS(\"a.1\", Format.String.playChars)", "a Punkt eins" },
};

static void german_is_said(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof german / sizeof *german; i++)
        check("de-de", german[i].expression, german[i].said);
}

static void languages_are_told_apart(void **state)
{
    (void) state;
    check("", "ToAudioNumber(2)", "two");
    check("en", "ToAudioNumber(2)", "two");
    check("EN-gb", "ToAudioNumber(2)", "two");
    check("DE", "ToAudioNumber(2)", "zwei");
    check("de_AT", "ToAudioNumber(2)", "zwei");
    check("den", "ToAudioNumber(2)", "2");
    check("fr-ca", "ToAudioNumber(2.5)", "2.5");
    check("fr-ca", "ToAudioPercent(2)", "2%");
    check("fr-ca", "ToAudioTimeRange(2, 3)", "2-3");
    check("fr-ca", "ToAudioDate(MakeDateTime(2009, 3, 1))", "2009-03-01T00:00:00Z");
    check("fr-ca", "ToAudioTTS(\"ab\", Format.String.playChars)", "ab");
}

static void no_locale_changes_what_is_said(void **state)
{
    static const char *const locales[] = { "de_DE.UTF-8", "tr_TR.UTF-8", "C" };
    (void) state;
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        setlocale(LC_ALL, locales[i]);
        check("en-us", "ToAudioDuration(MakeDuration(0, 0, 0, 1, 500))",
              "one point five seconds");
        check("EN-US", "ToAudioCurrency(MakeCurrency(12.5, \"inr\"))",
              "twelve rupees and fifty paise");
    }
    setlocale(LC_ALL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_is_said),
        cmocka_unit_test(languages_are_told_apart),
        cmocka_unit_test(no_locale_changes_what_is_said),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
