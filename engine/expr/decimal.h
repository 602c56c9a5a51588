/* Decimals as texts: exact, canonical ("-12.5", "5"): no sign at zero, no needless zeros, so that
 * equal numbers are the same text. Computed by GMP inside one operation. domain.md section 5.1:
 * 40 digits of precision. */
#ifndef POSTFLOW_EXPR_DECIMAL_H
#define POSTFLOW_EXPR_DECIMAL_H

#include "engine/base/str.h"

enum decimal_result { DECIMAL_FINE, DECIMAL_NONE, DECIMAL_RANGE, DECIMAL_ZERO_DIVISION };
enum { DECIMAL_TEXT = 96 }; /* bytes of a canonical text, at most, with its NUL */

/* From digits with sign, point and (JSON) exponent. */
enum decimal_result decimal_read(struct str text, char out[static DECIMAL_TEXT]);
/* op: + - * / % ^ */
enum decimal_result decimal_compute(char op, struct str a, struct str b,
                                    char out[static DECIMAL_TEXT]);
int decimal_compare(struct str a, struct str b);
/* Rounds half up (away from zero) to so many places; mode: 'r' round, 'f' floor, 'c' ceiling, 't'
 * towards zero. */
enum decimal_result decimal_round(struct str a, int places, char mode,
                                  char out[static DECIMAL_TEXT]);
/* Rounded half up to so many places (0 to 28) and written with exactly those. */
enum decimal_result decimal_fixed(struct str a, int places, char out[static DECIMAL_TEXT]);

#endif
