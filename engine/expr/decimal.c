#include "engine/expr/decimal.h"

#include <gmp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 40, MOST_PLACES = 28, MOST_EXPONENT = 400 };

/* coefficient / 10^scale */
struct number {
    mpz_t coefficient;
    long scale;
};

static void power_of_ten(mpz_t out, long n)
{
    mpz_ui_pow_ui(out, 10, (unsigned long) n);
}

/* Takes trailing zeros of the fraction away. */
static void normalise(struct number *n)
{
    while (n->scale > 0 && mpz_divisible_ui_p(n->coefficient, 10)) {
        mpz_divexact_ui(n->coefficient, n->coefficient, 10);
        n->scale--;
    }
    if (n->scale < 0) {
        mpz_t factor;
        mpz_init(factor);
        power_of_ten(factor, -n->scale);
        mpz_mul(n->coefficient, n->coefficient, factor);
        mpz_clear(factor);
        n->scale = 0;
    }
}

/* Divides by 10^drop; mode as decimal_round. */
static void drop_digits(mpz_t coefficient, long drop, char mode)
{
    mpz_t divisor, half;
    if (drop <= 0)
        return;
    mpz_init(divisor);
    mpz_init(half);
    power_of_ten(divisor, drop);
    if (mode == 'f') {
        mpz_fdiv_q(coefficient, coefficient, divisor);
    } else if (mode == 'c') {
        mpz_cdiv_q(coefficient, coefficient, divisor);
    } else {
        if (mode == 'r') {
            mpz_tdiv_q_ui(half, divisor, 2);
            if (mpz_sgn(coefficient) < 0)
                mpz_sub(coefficient, coefficient, half);
            else
                mpz_add(coefficient, coefficient, half);
        }
        mpz_tdiv_q(coefficient, coefficient, divisor);
    }
    mpz_clear(divisor);
    mpz_clear(half);
}

/* mpz_sizeinbase may count one too many. */
static long digit_count(const mpz_t n)
{
    mpz_t power;
    long count = (long) mpz_sizeinbase(n, 10);
    mpz_init(power);
    power_of_ten(power, count - 1);
    if (count > 1 && mpz_cmpabs(n, power) < 0)
        count--;
    mpz_clear(power);
    return count;
}

/* False: more digits before the point than a decimal holds. */
static bool round_to_precision(struct number *n)
{
    long over = digit_count(n->coefficient) - MOST_DIGITS;
    if (over < n->scale - MOST_DIGITS)
        over = n->scale - MOST_DIGITS;
    if (over > 0 && over > n->scale)
        return false;
    if (over > 0) {
        drop_digits(n->coefficient, over, 'r');
        n->scale -= over;
        normalise(n);
    }
    return digit_count(n->coefficient) <= MOST_DIGITS;
}

static void write_number(struct number *n, char *at)
{
    char digits[DECIMAL_TEXT];
    if (mpz_sgn(n->coefficient) < 0)
        *at++ = '-';
    mpz_abs(n->coefficient, n->coefficient);
    mpz_get_str(digits, 10, n->coefficient);
    long len = (long) strlen(digits), whole = len - n->scale;
    if (whole <= 0) {
        *at++ = '0';
        *at++ = '.';
        for (; whole < 0; whole++)
            *at++ = '0';
    }
    for (long i = 0; i < len; i++) {
        if (i == whole && i > 0)
            *at++ = '.';
        *at++ = digits[i];
    }
    *at = 0;
}

/* Rounds to what a decimal may hold and writes it; consumes the number. */
static enum decimal_result finish(struct number *n, char out[static DECIMAL_TEXT])
{
    normalise(n);
    bool fits = round_to_precision(n);
    if (fits)
        write_number(n, out);
    mpz_clear(n->coefficient);
    return fits ? DECIMAL_FINE : DECIMAL_RANGE;
}

/* Parses; false: it is no number, or one too long to be one here. */
static bool parse(struct str text, struct number *n)
{
    char digits[MOST_EXPONENT * 2];
    size_t at = 0, count = 0;
    bool negative = false, point = false, any = false;
    n->scale = 0;
    if (text.len > MOST_EXPONENT)
        return false;
    if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+'))
        negative = text.ptr[at++] == '-';
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            digits[count++] = c;
            any = true;
            n->scale += point;
        } else {
            break;
        }
    }
    if (!any)
        return false;
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        int64_t exponent;
        struct str rest = str_slice(text, at + 1, text.len);
        if (rest.len > 0 && rest.ptr[0] == '+')
            rest = str_slice(rest, 1, rest.len);
        if (!str_to_int(rest, &exponent) || exponent > MOST_EXPONENT || exponent < -MOST_EXPONENT)
            return false;
        n->scale -= (long) exponent;
        at = text.len;
    }
    if (at != text.len)
        return false;
    digits[count] = 0;
    mpz_init_set_str(n->coefficient, digits, 10);
    if (negative)
        mpz_neg(n->coefficient, n->coefficient);
    normalise(n);
    return true;
}

enum decimal_result decimal_read(struct str text, char out[static DECIMAL_TEXT])
{
    struct number n;
    return parse(text, &n) ? finish(&n, out) : DECIMAL_NONE;
}

static void align(struct number *a, struct number *b)
{
    mpz_t factor;
    struct number *low = a->scale < b->scale ? a : b;
    long difference = labs(a->scale - b->scale);
    mpz_init(factor);
    power_of_ten(factor, difference);
    mpz_mul(low->coefficient, low->coefficient, factor);
    low->scale += difference;
    mpz_clear(factor);
}

static void divide(struct number *a, struct number *b)
{
    mpz_t factor;
    mpz_init(factor);
    align(a, b);
    power_of_ten(factor, MOST_PLACES + 1);
    mpz_mul(a->coefficient, a->coefficient, factor);
    mpz_tdiv_q(a->coefficient, a->coefficient, b->coefficient);
    drop_digits(a->coefficient, 1, 'r');
    a->scale = MOST_PLACES;
    mpz_clear(factor);
}

/* Whole exponents are exact; others go through binary floating point, 15 digits of it. */
static enum decimal_result power(struct number *a, struct number *b, char out[static DECIMAL_TEXT])
{
    enum decimal_result result;
    if (b->scale == 0 && mpz_fits_slong_p(b->coefficient) &&
        labs(mpz_get_si(b->coefficient)) <= 1000) {
        long n = mpz_get_si(b->coefficient);
        struct number one = { .scale = 0 };
        if (n < 0 && mpz_sgn(a->coefficient) == 0) {
            mpz_clear(a->coefficient);
            return DECIMAL_ZERO_DIVISION;
        }
        mpz_pow_ui(a->coefficient, a->coefficient, (unsigned long) labs(n));
        a->scale *= labs(n);
        if (n >= 0)
            return finish(a, out);
        mpz_init_set_ui(one.coefficient, 1);
        divide(&one, a);
        mpz_clear(a->coefficient);
        return finish(&one, out);
    }
    double base = mpz_get_d(a->coefficient) / pow(10, (double) a->scale);
    double exponent = mpz_get_d(b->coefficient) / pow(10, (double) b->scale);
    double value = pow(base, exponent);
    char text[64];
    mpz_clear(a->coefficient);
    if (!isfinite(value))
        return DECIMAL_RANGE;
    int len = snprintf(text, sizeof text, "%.15g", value);
    result = decimal_read((struct str){ text, (size_t) len }, out);
    return result == DECIMAL_NONE ? DECIMAL_RANGE : result;
}

enum decimal_result decimal_compute(char op, struct str a_text, struct str b_text,
                                    char out[static DECIMAL_TEXT])
{
    struct number a, b;
    enum decimal_result result;
    if (!parse(a_text, &a))
        return DECIMAL_NONE;
    if (!parse(b_text, &b)) {
        mpz_clear(a.coefficient);
        return DECIMAL_NONE;
    }
    if ((op == '/' || op == '%') && mpz_sgn(b.coefficient) == 0) {
        mpz_clear(a.coefficient);
        mpz_clear(b.coefficient);
        return DECIMAL_ZERO_DIVISION;
    }
    switch (op) {
    case '+':
        align(&a, &b);
        mpz_add(a.coefficient, a.coefficient, b.coefficient);
        break;
    case '-':
        align(&a, &b);
        mpz_sub(a.coefficient, a.coefficient, b.coefficient);
        break;
    case '*':
        mpz_mul(a.coefficient, a.coefficient, b.coefficient);
        a.scale += b.scale;
        break;
    case '/':
        divide(&a, &b);
        break;
    case '%':
        align(&a, &b);
        mpz_tdiv_r(a.coefficient, a.coefficient, b.coefficient);
        break;
    default:
        result = power(&a, &b, out);
        mpz_clear(b.coefficient);
        return result;
    }
    mpz_clear(b.coefficient);
    return finish(&a, out);
}

int decimal_compare(struct str a_text, struct str b_text)
{
    struct number a, b;
    if (!parse(a_text, &a))
        return -1;
    if (!parse(b_text, &b)) {
        mpz_clear(a.coefficient);
        return 1;
    }
    align(&a, &b);
    int order = mpz_cmp(a.coefficient, b.coefficient);
    mpz_clear(a.coefficient);
    mpz_clear(b.coefficient);
    return order < 0 ? -1 : order > 0;
}

enum decimal_result decimal_round(struct str text, int places, char mode,
                                  char out[static DECIMAL_TEXT])
{
    struct number n;
    if (!parse(text, &n))
        return DECIMAL_NONE;
    if (n.scale > places) {
        drop_digits(n.coefficient, n.scale - places, mode);
        n.scale = places;
    }
    return finish(&n, out);
}

enum decimal_result decimal_fixed(struct str a, int places, char out[static DECIMAL_TEXT])
{
    enum decimal_result result = decimal_round(a, places, 'r', out);
    if (result != DECIMAL_FINE || places == 0)
        return result;
    size_t len = strlen(out), wanted = (size_t) places + 1;
    const char *point = strchr(out, '.');
    size_t have = point ? len - (size_t) (point - out) : 0;
    if (!point)
        out[len++] = '.';
    for (have = point ? have : 1; have < wanted; have++)
        out[len++] = '0';
    out[len] = 0;
    return result;
}
