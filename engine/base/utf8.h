/* UTF-8, code points and how wide they are on a terminal. */
#ifndef POSTFLOW_BASE_UTF8_H
#define POSTFLOW_BASE_UTF8_H

#include "engine/base/str.h"

#define UTF8_BAD UINT32_MAX

/* Decodes the code point at s.ptr[*at] and moves *at behind it. An invalid byte gives UTF8_BAD and
 * moves by one. Overlong forms, surrogates and values over U+10FFFF are invalid. */
uint32_t utf8_next(struct str s, size_t *at);
/* Start of the code point before *at (at > 0). */
size_t utf8_prev(struct str s, size_t at);
/* Offset of the first invalid byte, or s.len when all is well. Fast on ASCII. */
size_t utf8_check(struct str s);
size_t utf8_count(struct str s); /* code points */
bool utf8_is_ascii(struct str s);
void buf_add_code(struct buf *buf, uint32_t code);
/* Columns on a terminal: 0 for combining marks, 2 for wide ones, else 1. Controls count 1. */
int utf8_width(uint32_t code);
int utf8_columns(struct str s);
/* Its upper or lower case, itself where there is none; the same in every locale. */
uint32_t utf8_case(uint32_t code, bool upper);

/* The one filter for text that reaches a terminal: C0 and DEL as ^X, C1 as <9B>, invalid bytes as
 * <FF>, bidi and other format controls, U+2028/9, unassigned and private use as <U+202E>; at most
 * eight combining marks on one character. Newline becomes ^J unless keep_lines. */
void buf_add_shown(struct buf *buf, struct str s, bool keep_lines);
/* True when the code point must not reach a terminal as it is. */
bool utf8_needs_mark(uint32_t code);

#endif
