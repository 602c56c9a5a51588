/* Text is pointer and length everywhere; it is UTF-8, may hold any code point (U+0000 too) and is
 * not NUL-terminated unless something says so. */
#ifndef POSTFLOW_BASE_STR_H
#define POSTFLOW_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct env;

/* Borrowed text. */
struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })
/* For printf: ("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int) (s).len, (s).ptr

/* NULL gives the empty text. Here, so that the length of a literal is known when it is compiled. */
static inline struct str str_of(const char *text)
{
    return text ? (struct str){ text, strlen(text) } : STR_NONE;
}
struct str str_slice(struct str s, size_t from, size_t to);
struct str str_trim(struct str s); /* without spaces, tabs, CR, LF at both ends */
static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool str_is(struct str a, const char *b)
{
    return str_eq(a, str_of(b));
}
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters fold, the rest by byte */
int str_compare(struct str a, struct str b);    /* by bytes, as memcmp; <0, 0, >0 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_contains_nocase(struct str s, struct str part);
/* Index of the byte, or -1. */
ptrdiff_t str_find_char(struct str s, char c);
/* The byte offset of a line and a column in characters, both from 1; at most the length. */
size_t str_offset(struct str text, uint32_t line, uint32_t column);
uint64_t str_hash(struct str s);
/* The same hash of a text that comes in pieces: init, any number of adds, end. */
struct str_hasher {
    uint64_t state, total;
    char rest[16]; /* what does not fill a step yet: total % 16 bytes */
};
void str_hasher_init(struct str_hasher *hasher);
void str_hasher_add(struct str_hasher *hasher, struct str part);
uint64_t str_hasher_end(const struct str_hasher *hasher);
/* A whole decimal number that fits; false otherwise. */
bool str_to_int(struct str s, int64_t *out);
/* The other way: the digits lie in `text`. */
enum { INT_TEXT = 24 };
struct str int_text(int64_t value, char text[static INT_TEXT]);

/* Growing text, always followed by a NUL that is not counted. */
struct buf {
    struct env *env;
    char *ptr;
    size_t len, cap;
};

void buf_init(struct buf *buf, struct env *env);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf);
void buf_reserve(struct buf *buf, size_t more);
void buf_add(struct buf *buf, struct str s);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_add_repeat(struct buf *buf, char c, size_t count);
void buf_add_int(struct buf *buf, int64_t value);
__attribute__((format(printf, 2, 3))) void buf_addf(struct buf *buf, const char *format, ...);
void buf_truncate(struct buf *buf, size_t len);
void buf_splice(struct buf *buf, size_t from, size_t to, struct str with);
struct str buf_str(const struct buf *buf);
/* NUL-terminated, owned by the caller (mem_free), the buffer is empty afterwards. */
char *buf_steal(struct buf *buf);

#endif
