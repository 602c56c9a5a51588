/* English numbers, years and times. */
#include "engine/expr/audio.h"

static const char *const small[] = {
    "zero",     "one",       "two",      "three",    "four",     "five",    "six",
    "seven",    "eight",     "nine",     "ten",      "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen",   "sixteen",  "seventeen", "eighteen", "nineteen"
};
static const char *const tens[] = { "",      "",      "twenty",  "thirty", "forty",
                                    "fifty", "sixty", "seventy", "eighty", "ninety" };
static const char *const small_ordinals[] = {
    "zeroth",     "first",      "second",     "third",       "fourth",     "fifth",   "sixth",
    "seventh",    "eighth",     "ninth",      "tenth",       "eleventh",   "twelfth", "thirteenth",
    "fourteenth", "fifteenth",  "sixteenth",  "seventeenth", "eighteenth", "nineteenth"
};
static const char *const ten_ordinals[] = { "",          "",          "twentieth",  "thirtieth",
                                            "fortieth",  "fiftieth",  "sixtieth",   "seventieth",
                                            "eightieth", "ninetieth" };

/* Below 100. */
static void add_tens(struct buf *out, int64_t n)
{
    if (n < 20)
        buf_add_text(out, small[n]);
    else
        buf_addf(out, "%s%s%s", tens[n / 10], n % 10 ? "-" : "", n % 10 ? small[n % 10] : "");
}

/* Below 1000. */
static void add_hundreds(struct buf *out, int64_t n)
{
    if (n >= 100)
        buf_addf(out, "%s hundred%s", small[n / 100], n % 100 ? " " : "");
    if (n % 100)
        add_tens(out, n % 100);
}

void english_number(struct buf *out, int64_t n, enum gender gender)
{
    static const char *const scales[] = { " trillion", " billion", " million", " thousand", "" };
    int64_t scale = INT64_C(1000000000000);
    const char *between = "";
    (void) gender;
    if (n == 0)
        buf_add_text(out, small[0]);
    for (unsigned i = 0; i < 5; i++, scale /= 1000) {
        if (n / scale % 1000 == 0)
            continue;
        buf_add_text(out, between);
        add_hundreds(out, n / scale % 1000);
        buf_add_text(out, scales[i]);
        between = " ";
    }
}

void english_ordinal(struct buf *out, int64_t n, enum gender gender)
{
    int64_t last = n % 100;
    if (n == 0 || last != 0) {
        if (n > last) {
            english_number(out, n - last, gender);
            buf_add_char(out, ' ');
        }
        if (last < 20)
            buf_add_text(out, small_ordinals[last]);
        else if (last % 10 == 0)
            buf_add_text(out, ten_ordinals[last / 10]);
        else
            buf_addf(out, "%s-%s", tens[last / 10], small_ordinals[last % 10]);
    } else {
        english_number(out, n, gender);
        buf_add_text(out, "th");
    }
}

/* 2009 "two thousand nine", 2024 "twenty twenty-four", 1905 "nineteen oh five". */
void english_year(struct buf *out, int64_t year)
{
    int64_t rest = year % 100;
    if (year < 1000 || year > 9999 || year % 1000 < 10) {
        english_number(out, year, COUNTING);
        return;
    }
    add_tens(out, year / 100);
    buf_add_text(out, rest == 0 ? " hundred" : rest < 10 ? " oh " : " ");
    if (rest)
        add_tens(out, rest);
}

void english_date(struct buf *out, const struct speech *speech, int64_t month, int64_t day)
{
    buf_addf(out, "%s ", speech->months[month - 1]);
    english_ordinal(out, day, COUNTING);
}

void english_time(struct buf *out, int64_t hour, int64_t minute, bool twelve)
{
    add_tens(out, !twelve ? hour : hour % 12 ? hour % 12 : 12);
    if (minute == 0)
        buf_add_text(out, twelve ? "" : " hundred");
    else
        buf_add_text(out, minute < 10 ? " oh " : " ");
    if (minute)
        add_tens(out, minute);
    if (twelve)
        buf_add_text(out, hour < 12 ? " AM" : " PM");
}
