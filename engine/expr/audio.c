/* ToAudio...: a value as what would be said of it, in the language of the run. What is NOT_SET is
 * silent. A language without words here has values said as they are written. */
#include "engine/expr/audio.h"

#include <string.h>
#include "engine/base/utf8.h"
#include "engine/expr/calendar.h"
#include "engine/expr/constants.h"
#include "engine/expr/functions.h"

enum { DAY = 86400, HOUR = 3600, MINUTE = 60, MOST_PLACES = 28 };

/* One call of a ToAudio function. */
struct saying {
    struct eval *eval;
    const struct expr *at;
    const struct value *args;
    unsigned count;
    const struct speech *speech;
    struct buf out;
};

/* Whether a constant such as Format.Number.playDigits is among the arguments. */
static bool asked(const struct saying *s, const char *constant)
{
    const struct pool *pool = s->eval->run->pool;
    for (unsigned i = 1; i < s->count; i++) {
        struct str full = value_text(pool, s->args[i]), end = str_of(constant);
        bool is_constant = s->args[i].type != TYPE_STRING && full.len > end.len;
        if (is_constant && str_ends(full, end) && full.ptr[full.len - end.len - 1] == '.')
            return true;
    }
    return false;
}

static enum gender asked_gender(const struct saying *s)
{
    return asked(s, "masculine")  ? MASCULINE
           : asked(s, "feminine") ? FEMININE
           : asked(s, "neuter")   ? NEUTER
                                  : COUNTING;
}

/* The number of decimal places among the arguments; NULL: there is none. */
static const int64_t *asked_places(const struct saying *s)
{
    for (unsigned i = 1; i < s->count; i++) {
        if (s->args[i].type == TYPE_INTEGER)
            return &s->args[i].number;
    }
    return NULL;
}

static void word(struct saying *s, const char *text)
{
    if (s->out.len > 0 && s->out.ptr[s->out.len - 1] != ' ')
        buf_add_char(&s->out, ' ');
    buf_add_text(&s->out, text);
}

static void whole(struct saying *s, int64_t n, enum gender gender)
{
    word(s, "");
    s->speech->number(&s->out, n, gender);
}

static void count_of(struct saying *s, int64_t n, const struct unit *unit)
{
    whole(s, n, unit->gender);
    word(s, n == 1 ? unit->one : unit->several);
}

static void each_digit(struct saying *s, struct str digits)
{
    for (size_t i = 0; i < digits.len && s->out.len <= MOST_TEXT; i++) {
        char c = digits.ptr[i];
        if (c >= '0' && c <= '9')
            word(s, s->speech->digits[c - '0']);
        else if (c == '-' || c == '+')
            word(s, c == '-' ? s->speech->minus : s->speech->plus);
        else if (c == '.')
            word(s, s->speech->point);
    }
}

/* A number from its text: "-12.5". More digits than a number has names for are said one by one. */
static void number(struct saying *s, struct str text, enum gender gender)
{
    int64_t n;
    ptrdiff_t dot = str_find_char(text, '.');
    bool minus = text.len > 0 && text.ptr[0] == '-';
    size_t end = dot < 0 ? text.len : (size_t) dot;
    struct str before = str_slice(text, minus, end), behind = str_slice(text, end, text.len);
    if (minus)
        word(s, s->speech->minus);
    if (str_to_int(before, &n) && n <= SPEECH_MOST)
        whole(s, n, behind.len > 0 ? COUNTING : gender);
    else
        each_digit(s, before);
    each_digit(s, behind);
}

/* The number of an argument, with as many places as are asked for. */
static bool number_text(struct saying *s, struct str *text, char room[static DECIMAL_TEXT])
{
    char digits[INT_TEXT];
    const int64_t *places = asked_places(s);
    struct str plain = number_operand(s->eval->run->pool, s->args[0], digits);
    if (places && (*places < 0 || *places > MOST_PLACES))
        return eval_fail(s->eval, s->at, DIAG_EXPR_RANGE, STR("places"));
    if (plain.len > 0 && places && decimal_fixed(plain, (int) *places, room) != DECIMAL_FINE)
        return eval_fail(s->eval, s->at, DIAG_EXPR_RANGE, STR("Decimal"));
    if (plain.len > 0 && !places) {
        memcpy(room, plain.ptr, plain.len);
        room[plain.len] = 0;
    }
    *text = plain.len > 0 ? str_of(room) : plain;
    return true;
}

/* ToAudioNumber */
static bool say_number(struct saying *s)
{
    char room[DECIMAL_TEXT];
    struct str text;
    if (!number_text(s, &text, room))
        return false;
    if (asked(s, "playDigits"))
        each_digit(s, text);
    else
        number(s, text, asked_gender(s));
    return true;
}

/* ToAudioNumberOrdinal */
static bool say_ordinal(struct saying *s)
{
    int64_t n = s->args[0].number;
    if (n < 0)
        word(s, s->speech->minus);
    word(s, "");
    s->speech->ordinal(&s->out, n < 0 ? -n : n, asked_gender(s));
    return true;
}

/* ToAudioPercent */
static bool say_percent(struct saying *s)
{
    if (!say_number(s))
        return false;
    word(s, s->speech->percent);
    return true;
}

/* ToAudioBool */
static bool say_boolean(struct saying *s)
{
    bool truth = s->args[0].number != 0;
    word(s, asked(s, "playYesNo") ? s->speech->yes[truth] : s->speech->truth[truth]);
    return true;
}

/* A currency without words: its letters. */
static void letters(struct saying *s, struct str code)
{
    for (size_t i = 0; i < code.len; i++) {
        char letter[2] = { code.ptr[i], 0 };
        word(s, letter);
    }
}

/* An amount with so many places, in major and minor units. */
static void amount_in_units(struct saying *s, struct str fixed, const struct unit units[2])
{
    int64_t major, minor = 0;
    bool minus = fixed.ptr[0] == '-';
    ptrdiff_t dot = str_find_char(fixed, '.');
    size_t end = dot < 0 ? fixed.len : (size_t) dot;
    bool only_major = asked(s, "majorUnitsOnly"), only_minor = asked(s, "minorUnitsOnly");
    if (dot >= 0)
        str_to_int(str_slice(fixed, end + 1, fixed.len), &minor);
    if (!str_to_int(str_slice(fixed, minus, end), &major) || major > SPEECH_MOST) {
        number(s, fixed, COUNTING);
        word(s, units[0].several);
        return;
    }
    bool say_minor = only_minor || (minor > 0 && !only_major);
    bool say_major = !only_minor && (major > 0 || !say_minor);
    if (minus && ((say_major && major > 0) || (say_minor && minor > 0)))
        word(s, s->speech->minus);
    if (say_major)
        count_of(s, major, &units[0]);
    if (say_major && say_minor)
        buf_add_text(&s->out, s->speech->and);
    if (say_minor)
        count_of(s, minor, &units[1]);
}

/* ToAudioCurrency */
static bool say_currency(struct saying *s)
{
    struct pool *pool = s->eval->run->pool;
    char room[DECIMAL_TEXT];
    struct str text, code = currency_code(pool, s->args[0]);
    unsigned places = 2;
    const struct unit *units = currency_units(s->speech, code, &places);
    if (!number_text(s, &text, room))
        return false;
    if (text.len == 0)
        return true;
    bool digits = asked(s, "playDigits");
    if (units && !digits && !asked_places(s)) {
        char fixed[DECIMAL_TEXT];
        if (decimal_fixed(text, (int) places, fixed) != DECIMAL_FINE)
            return eval_fail(s->eval, s->at, DIAG_EXPR_RANGE, STR("Decimal"));
        amount_in_units(s, str_of(fixed), units);
        return true;
    }
    if (digits)
        each_digit(s, text);
    else
        number(s, text, units ? units[0].gender : COUNTING);
    if (units)
        word(s, str_is(text, "1") ? units[0].one : units[0].several);
    else
        letters(s, code);
    return true;
}

static void add_date(struct saying *s, int64_t seconds)
{
    int64_t days = (seconds - ((seconds % DAY) + DAY) % DAY) / DAY, year, month, day;
    date_from_days(days, &year, &month, &day);
    int64_t short_year = year % 100;
    const struct speech *speech = s->speech;
    if (asked(s, "dayOfWeekOnly")) {
        word(s, speech->weekdays[((days + 4) % 7 + 7) % 7]);
        return;
    }
    bool only_year = asked(s, "shortYearOnly") || asked(s, "longYearOnly");
    if (asked(s, "monthOnly"))
        word(s, speech->months[month - 1]);
    else if (asked(s, "dayOnly"))
        speech->ordinal(&s->out, day, MASCULINE);
    else if (!only_year)
        speech->date(&s->out, speech, month, day);
    if (asked(s, "monthOnly") || asked(s, "dayOnly") || asked(s, "shortMonthAndDay"))
        return;
    buf_add_text(&s->out, only_year ? "" : speech->year_joint);
    if (!asked(s, "shortYear") && !asked(s, "shortYearOnly"))
        speech->year(&s->out, year);
    else if (short_year < 10)
        buf_addf(&s->out, "%s %s", speech->digits[0], speech->digits[short_year]);
    else
        speech->number(&s->out, short_year, COUNTING);
}

static void add_time(struct saying *s, int64_t seconds)
{
    int64_t rest = (seconds % DAY + DAY) % DAY;
    bool twelve = asked(s, "twelveHours") ||
                  (s->speech->twelve_hours && !asked(s, "twentyFourHours"));
    s->speech->time(&s->out, rest / HOUR, rest % HOUR / MINUTE, twelve);
}

/* ToAudioDate */
static bool say_date(struct saying *s)
{
    add_date(s, s->args[0].number);
    return true;
}

/* ToAudioTime */
static bool say_time(struct saying *s)
{
    add_time(s, s->args[0].number);
    return true;
}

/* ToAudioDateTime */
static bool say_moment(struct saying *s)
{
    add_date(s, s->args[0].number);
    buf_add_text(&s->out, ", ");
    add_time(s, s->args[0].number);
    return true;
}

/* Seconds with their milliseconds, if there are any. */
static void add_seconds(struct saying *s, int64_t ms)
{
    struct buf text;
    if (ms % 1000 == 0) {
        count_of(s, ms / 1000, &s->speech->parts[3]);
        return;
    }
    buf_init(&text, s->out.env);
    buf_addf(&text, "%d.%03d", (int) (ms / 1000), (int) (ms % 1000));
    while (text.ptr[text.len - 1] == '0')
        buf_truncate(&text, text.len - 1);
    number(s, buf_str(&text), COUNTING);
    word(s, s->speech->parts[3].several);
    buf_release(&text);
}

/* ToAudioDuration */
static bool say_duration(struct saying *s)
{
    int64_t ms = s->args[0].number;
    if (ms < 0) {
        word(s, s->speech->minus);
        ms = -ms;
    }
    const int64_t parts[] = { ms / 86400000, ms / 3600000 % 24, ms / 60000 % 60, ms % 60000 };
    unsigned left = 0;
    for (unsigned i = 0; i < 4; i++)
        left += parts[i] > 0;
    if (left == 0)
        add_seconds(s, 0);
    for (unsigned i = 0; i < 4; i++) {
        if (parts[i] == 0)
            continue;
        if (i < 3)
            count_of(s, parts[i], &s->speech->parts[i]);
        else
            add_seconds(s, parts[i]);
        if (--left > 0)
            buf_add_text(&s->out, left == 1 ? s->speech->and : ", ");
    }
    return true;
}

/* ToAudioTTS with Format.String.playChars */
static void characters(struct saying *s, struct str text)
{
    size_t at = 0;
    while (at < text.len && s->out.len <= MOST_TEXT) {
        size_t from = at;
        utf8_next(text, &at);
        char c = text.ptr[from];
        const char *name = character_name(s->speech, c);
        if (name || (c >= '0' && c <= '9')) {
            word(s, name ? name : s->speech->digits[c - '0']);
        } else {
            word(s, "");
            buf_add(&s->out, str_slice(text, from, at));
        }
    }
}

static bool say_characters(struct saying *s)
{
    characters(s, value_text(s->eval->run->pool, s->args[0]));
    return true;
}

/* Without its dialing code, where the number is to be said so or the code is the one given. */
static struct str local_number(const struct saying *s, struct str number)
{
    struct str digits, code = STR("");
    if (!str_starts(number, STR("+")))
        return number;
    digits = str_slice(number, 1, number.len);
    if (asked(s, "local"))
        code = dialing_code_in(digits);
    else if (s->count > 1 && s->args[1].type == TYPE_STRING)
        code = value_text(s->eval->run->pool, s->args[1]);
    if (str_starts(code, STR("+")))
        code = str_slice(code, 1, code.len);
    return code.len > 0 && str_starts(digits, code) ? str_slice(digits, code.len, digits.len)
                                                    : number;
}

/* ToAudioPhoneNumber: digit by digit; an address that is no number, character by character. */
static bool say_phone(struct saying *s)
{
    struct str address = value_text(s->eval->run->pool, s->args[0]);
    ptrdiff_t colon = str_find_char(address, ':');
    address = str_slice(address, (size_t) (colon + 1), address.len);
    bool is_number = true;
    for (size_t i = 0; i < address.len; i++)
        is_number = is_number && strchr("+0123456789 -()./", address.ptr[i]) && address.ptr[i];
    if (!is_number) {
        characters(s, address);
        return true;
    }
    struct buf digits;
    buf_init(&digits, s->out.env);
    phone_number(address, &digits);
    each_digit(s, local_number(s, buf_str(&digits)));
    buf_release(&digits);
    return true;
}

/* ToAudioTimeRange: "five to ten minutes"; without a part of time just the numbers. */
static bool say_range(struct saying *s)
{
    static const char *const parts[] = { "days", "hours", "minutes", "seconds" };
    const struct unit *unit = NULL;
    for (unsigned i = 0; i < 4; i++)
        unit = asked(s, parts[i]) ? &s->speech->parts[i] : unit;
    for (unsigned i = 0; i < 2; i++) {
        int64_t n = s->args[i].number;
        buf_add_text(&s->out, i > 0 ? s->speech->to : "");
        if (n < 0)
            word(s, s->speech->minus);
        whole(s, n < 0 ? -n : n, i > 0 && unit ? unit->gender : COUNTING);
    }
    if (unit)
        word(s, s->args[1].number == 1 ? unit->one : unit->several);
    return true;
}

/* What is said where the language has no words: the value as it is written. */
static bool say_plain(struct saying *s, int64_t what)
{
    const struct pool *pool = s->eval->run->pool;
    value_to_string(pool, s->args[0], &s->out);
    buf_add_text(&s->out, what == SAY_PERCENT ? "%" : what == SAY_RANGE ? "-" : "");
    if (what == SAY_RANGE)
        value_to_string(pool, s->args[1], &s->out);
    return true;
}

/* variant: enum say */
RUN(say)
{
    static bool (*const says[])(struct saying *) = {
        [SAY_NUMBER] = say_number,     [SAY_ORDINAL] = say_ordinal,
        [SAY_PERCENT] = say_percent,   [SAY_BOOLEAN] = say_boolean,
        [SAY_CURRENCY] = say_currency, [SAY_DATE] = say_date,
        [SAY_TIME] = say_time,         [SAY_MOMENT] = say_moment,
        [SAY_DURATION] = say_duration, [SAY_CHARACTERS] = say_characters,
        [SAY_PHONE] = say_phone,       [SAY_RANGE] = say_range,
    };
    struct saying s = { .eval = e, .at = at, .args = args, .count = count,
                        .speech = speech_find(e->run->language) };
    int64_t what = at->function->variant;
    bool fine = true;
    buf_init(&s.out, pool_env(e->run->pool));
    if (value_is_set(args[0]))
        fine = s.speech ? says[what](&s) : say_plain(&s, what);
    fine = fine && put_text(e, at, TYPE_AUDIO, buf_str(&s.out), out);
    buf_release(&s.out);
    return fine;
}
