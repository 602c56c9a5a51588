/* Inside engine/doc: looking at JSON text many bytes at a time. Every text given here is followed
 * by JSON_PAD NUL bytes that may be read: a NUL stops each of these loops, so none needs an end. */
#ifndef POSTFLOW_DOC_SCAN_H
#define POSTFLOW_DOC_SCAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { JSON_PAD = 32 };

static inline uint64_t scan_load(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof(word));
    return word;
}

#define SCAN_EACH(byte) (0x0101010101010101u * (uint64_t) (byte))
/* The top bit of every byte of `x` that is below `n` (1 .. 128); exact up to the first such byte,
 * which is all that is asked for. */
#define SCAN_LESS(x, n) (((x) -SCAN_EACH(n)) & ~(x) &SCAN_EACH(0x80))

/* The first byte of a text token that is more than itself: quote, backslash, control character (NUL
 * is one) or a byte that is not ASCII. */
static inline const char *scan_plain(const char *p)
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    for (;; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *) (const void *) p);
        /* signed: bytes from 0x80 are less than a space too */
        __m128i stop = _mm_or_si128(_mm_cmplt_epi8(v, space),
                                    _mm_or_si128(_mm_cmpeq_epi8(v, quote),
                                                 _mm_cmpeq_epi8(v, backslash)));
        unsigned mask = (unsigned) _mm_movemask_epi8(stop);
        if (mask)
            return p + __builtin_ctz(mask);
    }
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (;; p += 8) {
        uint64_t v = scan_load(p);
        uint64_t stop = SCAN_LESS(v ^ SCAN_EACH('"'), 1) | SCAN_LESS(v ^ SCAN_EACH('\\'), 1) |
                        SCAN_LESS(v, ' ') | (v & SCAN_EACH(0x80));
        if (stop)
            return p + (__builtin_ctzll(stop) >> 3);
    }
#else
    while ((unsigned char) *p >= ' ' && (unsigned char) *p < 0x80 && *p != '"' && *p != '\\')
        p++;
    return p;
#endif
}

static inline const char *scan_spaces(const char *p)
{
#if defined(__SSE2__)
    const __m128i space = _mm_set1_epi8(' ');
    for (;; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *) (const void *) p);
        unsigned mask = (unsigned) _mm_movemask_epi8(_mm_cmpeq_epi8(v, space));
        if (mask != 0xffff)
            return p + __builtin_ctz(~mask);
    }
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (;; p += 8) {
        uint64_t other = scan_load(p) ^ SCAN_EACH(' ');
        if (other)
            return p + (__builtin_ctzll(other) >> 3);
    }
#else
    while (*p == ' ')
        p++;
    return p;
#endif
}

static inline bool scan_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The first byte that is no JSON white space. */
static inline const char *scan_space(const char *p)
{
    if (__builtin_expect((unsigned char) *p > ' ', 1))
        return p;
    for (;;) {
        if (*p == '\n')
            p = scan_spaces(p + 1);
        else if (scan_is_space(*p))
            p++;
        else
            return p;
    }
}

#endif
