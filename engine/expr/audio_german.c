/* German numbers, years and times. */
#include "engine/expr/audio.h"

static const char *const small[] = { "null",     "eins",     "zwei",      "drei",     "vier",
                                     "fünf",     "sechs",    "sieben",    "acht",     "neun",
                                     "zehn",     "elf",      "zwölf",     "dreizehn", "vierzehn",
                                     "fünfzehn", "sechzehn", "siebzehn",  "achtzehn", "neunzehn" };
static const char *const tens[] = { "",        "",        "zwanzig", "dreißig", "vierzig",
                                    "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig" };

static const char *one_of(enum gender gender)
{
    return gender == COUNTING ? "eins" : gender == FEMININE ? "eine" : "ein";
}

/* Below 1000; `one` is what a 1 at the end is. */
static void add_hundreds(struct buf *out, int64_t n, const char *one)
{
    if (n >= 100)
        buf_addf(out, "%shundert", n / 100 == 1 ? "ein" : small[n / 100]);
    n %= 100;
    if (n == 1)
        buf_add_text(out, one);
    else if (n > 0 && n < 20)
        buf_add_text(out, small[n]);
    else if (n >= 20 && n % 10)
        buf_addf(out, "%sund%s", n % 10 == 1 ? "ein" : small[n % 10], tens[n / 10]);
    else if (n >= 20)
        buf_add_text(out, tens[n / 10]);
}

void german_number(struct buf *out, int64_t n, enum gender gender)
{
    static const struct unit scales[] = { { "Billion", "Billionen", FEMININE },
                                          { "Milliarde", "Milliarden", FEMININE },
                                          { "Million", "Millionen", FEMININE } };
    int64_t scale = INT64_C(1000000000000);
    const char *between = "";
    if (n == 0)
        buf_add_text(out, small[0]);
    for (unsigned i = 0; i < 3; i++, scale /= 1000) {
        int64_t part = n / scale % 1000;
        if (part == 0)
            continue;
        buf_add_text(out, between);
        add_hundreds(out, part, "eine");
        buf_addf(out, " %s", part == 1 ? scales[i].one : scales[i].several);
        between = " ";
    }
    if (n % 1000000)
        buf_add_text(out, between);
    if (n / 1000 % 1000) {
        add_hundreds(out, n / 1000 % 1000, "ein");
        buf_add_text(out, "tausend");
    }
    add_hundreds(out, n % 1000, one_of(gender));
}

/* "zweimillion", "dreimilliard", "einbillion": a round number that "ste" goes behind. */
static void add_round(struct buf *out, int64_t n)
{
    static const char *const stems[] = { "million", "milliard", "billion" };
    int64_t scale = 1000000;
    unsigned i = 0;
    while (i < 2 && n / scale % 1000 == 0) {
        scale *= 1000;
        i++;
    }
    int64_t part = n / scale % 1000 * scale;
    if (n > part) {
        german_number(out, n - part, COUNTING);
        buf_add_char(out, ' ');
    }
    add_hundreds(out, part / scale, "ein");
    buf_add_text(out, stems[i]);
}

void german_ordinal(struct buf *out, int64_t n, enum gender gender)
{
    static const char *const odd[] = { "null", "ers", NULL,   "drit", NULL,
                                       NULL,   NULL,  "sieb", "ach" };
    int64_t last = n % 100;
    if (n == 0 || (last > 0 && last < 20)) {
        if (n > last)
            german_number(out, n - last, COUNTING);
        if (n > last && (n - last) % 1000000 == 0)
            buf_add_char(out, ' ');
        buf_addf(out, "%ste", last < 9 && odd[last] ? odd[last] : small[last]);
    } else if (n % 1000000 == 0) {
        add_round(out, n);
        buf_add_text(out, "ste");
    } else {
        german_number(out, n, COUNTING);
        buf_add_text(out, "ste");
    }
    buf_add_text(out, gender == MASCULINE ? "r" : gender == NEUTER ? "s" : "");
}

/* 1905 "neunzehnhundertfünf", 2009 "zweitausendneun". */
void german_year(struct buf *out, int64_t year)
{
    if (year < 1100 || year > 1999) {
        german_number(out, year, COUNTING);
        return;
    }
    add_hundreds(out, year / 100, "eins");
    buf_add_text(out, "hundert");
    add_hundreds(out, year % 100, "eins");
}

void german_date(struct buf *out, const struct speech *speech, int64_t month, int64_t day)
{
    german_ordinal(out, day, MASCULINE);
    buf_addf(out, " %s", speech->months[month - 1]);
}

void german_time(struct buf *out, int64_t hour, int64_t minute, bool twelve)
{
    german_number(out, !twelve ? hour : hour % 12 ? hour % 12 : 12, NEUTER);
    buf_add_text(out, " Uhr");
    if (minute) {
        buf_add_char(out, ' ');
        german_number(out, minute, COUNTING);
    }
    if (twelve)
        buf_add_text(out, hour < 12 ? " vormittags" : " nachmittags");
}
