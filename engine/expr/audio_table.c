/* The words of the languages that values are said in. */
#include "engine/expr/audio.h"

enum { SPEECHES = 2, CURRENCY_UNITS = 2 };

static const struct speech speeches[SPEECHES] = {
    { .tag = "en",
      .minus = "minus",
      .point = "point",
      .percent = "percent",
      .plus = "plus",
      .and = " and ",
      .to = " to ",
      .truth = { "false", "true" },
      .yes = { "no", "yes" },
      .digits = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" },
      .months = { "January", "February", "March", "April", "May", "June", "July", "August",
                  "September", "October", "November", "December" },
      .weekdays = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
      .parts = { { "day", "days", COUNTING },
                 { "hour", "hours", COUNTING },
                 { "minute", "minutes", COUNTING },
                 { "second", "seconds", COUNTING } },
      .number = english_number,
      .ordinal = english_ordinal,
      .year = english_year,
      .date = english_date,
      .time = english_time,
      .twelve_hours = true,
      .year_joint = ", " },
    { .tag = "de",
      .minus = "minus",
      .point = "Komma",
      .percent = "Prozent",
      .plus = "plus",
      .and = " und ",
      .to = " bis ",
      .truth = { "falsch", "wahr" },
      .yes = { "nein", "ja" },
      .digits = { "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht",
                  "neun" },
      .months = { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
                  "September", "Oktober", "November", "Dezember" },
      .weekdays = { "Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag",
                    "Samstag" },
      .parts = { { "Tag", "Tage", MASCULINE },
                 { "Stunde", "Stunden", FEMININE },
                 { "Minute", "Minuten", FEMININE },
                 { "Sekunde", "Sekunden", FEMININE } },
      .number = german_number,
      .ordinal = german_ordinal,
      .year = german_year,
      .date = german_date,
      .time = german_time,
      .twelve_hours = false,
      .year_joint = " " },
};

const struct speech *speech_find(struct str tag)
{
    if (tag.len == 0)
        return &speeches[0];
    for (size_t i = 0; i < SPEECHES; i++) {
        bool whole = tag.len == 2 || (tag.len > 2 && (tag.ptr[2] == '-' || tag.ptr[2] == '_'));
        if (whole && str_eq_nocase(str_slice(tag, 0, 2), str_of(speeches[i].tag)))
            return &speeches[i];
    }
    return NULL;
}

struct currency_words {
    const char *code;
    unsigned places;                             /* of the minor unit */
    struct unit units[SPEECHES][CURRENCY_UNITS]; /* by language: major, minor */
};
#define DOLLARS(code, en, one, several)                                                            \
    { code, 2, { { { en " dollar", en " dollars", COUNTING }, { "cent", "cents", COUNTING } },     \
                 { { one, several, MASCULINE }, { "Cent", "Cent", MASCULINE } } } }
static const struct currency_words currencies[] = {
    { "USD", 2, { { { "dollar", "dollars", COUNTING }, { "cent", "cents", COUNTING } },
                  { { "Dollar", "Dollar", MASCULINE }, { "Cent", "Cent", MASCULINE } } } },
    { "EUR", 2, { { { "euro", "euros", COUNTING }, { "cent", "cents", COUNTING } },
                  { { "Euro", "Euro", MASCULINE }, { "Cent", "Cent", MASCULINE } } } },
    { "GBP", 2, { { { "pound", "pounds", COUNTING }, { "penny", "pence", COUNTING } },
                  { { "Pfund", "Pfund", NEUTER }, { "Penny", "Pence", MASCULINE } } } },
    { "CHF", 2, { { { "franc", "francs", COUNTING }, { "centime", "centimes", COUNTING } },
                  { { "Franken", "Franken", MASCULINE }, { "Rappen", "Rappen", MASCULINE } } } },
    { "JPY", 0, { { { "yen", "yen", COUNTING }, { "", "", COUNTING } },
                  { { "Yen", "Yen", MASCULINE }, { "", "", COUNTING } } } },
    { "KRW", 0, { { { "won", "won", COUNTING }, { "", "", COUNTING } },
                  { { "Won", "Won", MASCULINE }, { "", "", COUNTING } } } },
    { "SEK", 2, { { { "krona", "kronor", COUNTING }, { "öre", "öre", COUNTING } },
                  { { "Krone", "Kronen", FEMININE }, { "Öre", "Öre", NEUTER } } } },
    { "NOK", 2, { { { "krone", "kroner", COUNTING }, { "øre", "øre", COUNTING } },
                  { { "Krone", "Kronen", FEMININE }, { "Öre", "Öre", NEUTER } } } },
    { "DKK", 2, { { { "krone", "kroner", COUNTING }, { "øre", "øre", COUNTING } },
                  { { "Krone", "Kronen", FEMININE }, { "Öre", "Öre", NEUTER } } } },
    { "PLN", 2, { { { "zloty", "zlotys", COUNTING }, { "grosz", "groszy", COUNTING } },
                  { { "Zloty", "Zloty", MASCULINE }, { "Groschen", "Groschen", MASCULINE } } } },
    { "CZK", 2, { { { "koruna", "korunas", COUNTING }, { "haler", "halers", COUNTING } },
                  { { "Krone", "Kronen", FEMININE }, { "Heller", "Heller", MASCULINE } } } },
    { "HUF", 2, { { { "forint", "forints", COUNTING }, { "filler", "fillers", COUNTING } },
                  { { "Forint", "Forint", MASCULINE }, { "Filler", "Filler", MASCULINE } } } },
    { "INR", 2, { { { "rupee", "rupees", COUNTING }, { "paisa", "paise", COUNTING } },
                  { { "Rupie", "Rupien", FEMININE }, { "Paisa", "Paise", NEUTER } } } },
    { "CNY", 2, { { { "yuan", "yuan", COUNTING }, { "fen", "fen", COUNTING } },
                  { { "Yuan", "Yuan", MASCULINE }, { "Fen", "Fen", MASCULINE } } } },
    { "MXN", 2, { { { "peso", "pesos", COUNTING }, { "centavo", "centavos", COUNTING } },
                  { { "Peso", "Pesos", MASCULINE }, { "Centavo", "Centavos", MASCULINE } } } },
    { "BRL", 2, { { { "real", "reais", COUNTING }, { "centavo", "centavos", COUNTING } },
                  { { "Real", "Reais", MASCULINE }, { "Centavo", "Centavos", MASCULINE } } } },
    { "ZAR", 2, { { { "rand", "rand", COUNTING }, { "cent", "cents", COUNTING } },
                  { { "Rand", "Rand", MASCULINE }, { "Cent", "Cent", MASCULINE } } } },
    DOLLARS("CAD", "Canadian", "kanadischer Dollar", "kanadische Dollar"),
    DOLLARS("AUD", "Australian", "australischer Dollar", "australische Dollar"),
    DOLLARS("NZD", "New Zealand", "Neuseeland-Dollar", "Neuseeland-Dollar"),
    DOLLARS("SGD", "Singapore", "Singapur-Dollar", "Singapur-Dollar"),
    DOLLARS("HKD", "Hong Kong", "Hongkong-Dollar", "Hongkong-Dollar"),
};

const struct unit *currency_units(const struct speech *speech, struct str code, unsigned *places)
{
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        if (!str_eq_nocase(code, str_of(currencies[i].code)))
            continue;
        *places = currencies[i].places;
        return currencies[i].units[speech - speeches];
    }
    return NULL;
}

static const struct {
    char character;
    const char *names[SPEECHES];
} characters[] = {
    { ' ', { "space", "Leerzeichen" } },
    { '.', { "dot", "Punkt" } },
    { ',', { "comma", "Komma" } },
    { ':', { "colon", "Doppelpunkt" } },
    { ';', { "semicolon", "Semikolon" } },
    { '-', { "dash", "Bindestrich" } },
    { '_', { "underscore", "Unterstrich" } },
    { '+', { "plus", "plus" } },
    { '*', { "star", "Stern" } },
    { '#', { "pound", "Raute" } },
    { '@', { "at", "at" } },
    { '/', { "slash", "Schrägstrich" } },
    { '\\', { "backslash", "Backslash" } },
    { '&', { "ampersand", "und" } },
    { '%', { "percent", "Prozent" } },
    { '$', { "dollar", "Dollar" } },
    { '=', { "equals", "gleich" } },
    { '!', { "exclamation mark", "Ausrufezeichen" } },
    { '?', { "question mark", "Fragezeichen" } },
    { '"', { "quote", "Anführungszeichen" } },
    { '\'', { "apostrophe", "Apostroph" } },
    { '(', { "open parenthesis", "Klammer auf" } },
    { ')', { "close parenthesis", "Klammer zu" } },
};

const char *character_name(const struct speech *speech, char c)
{
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        if (characters[i].character == c)
            return characters[i].names[speech - speeches];
    }
    return NULL;
}
