#include "engine/base/str.h"

#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/mem.h"

void buf_init(struct buf *buf, struct env *env)
{
    *buf = (struct buf){ .env = env };
}

void buf_release(struct buf *buf)
{
    mem_free(buf->env, buf->ptr);
    buf_init(buf, buf->env);
}

void buf_clear(struct buf *buf)
{
    buf_truncate(buf, 0);
}

void buf_reserve(struct buf *buf, size_t more)
{
    enum { FIRST = 64 };
    size_t need;

    /* A sum that does not fit asks for more than there can be, which ends in out_of_memory. */
    if (__builtin_add_overflow(buf->len, more, &need) || __builtin_add_overflow(need, 1, &need))
        need = SIZE_MAX;
    if (need <= buf->cap)
        return;
    if (need < FIRST)
        need = FIRST;
    buf->ptr = mem_grow(buf->env, buf->ptr, &buf->cap, need, 1);
}

void buf_add(struct buf *buf, struct str s)
{
    buf_reserve(buf, s.len);
    if (s.len)
        memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
    buf->ptr[buf->len] = '\0';
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, str_of(text));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, (struct str){ &c, 1 });
}

void buf_add_repeat(struct buf *buf, char c, size_t count)
{
    buf_reserve(buf, count);
    memset(buf->ptr + buf->len, c, count);
    buf->len += count;
    buf->ptr[buf->len] = '\0';
}

void buf_add_int(struct buf *buf, int64_t value)
{
    char text[INT_TEXT];

    buf_add(buf, int_text(value, text));
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;
    int len;

    buf_reserve(buf, 0);
    va_start(args, format);
    len = vsnprintf(buf->ptr + buf->len, buf->cap - buf->len, format, args);
    va_end(args);
    BUG_ON(len < 0);
    if ((size_t) len >= buf->cap - buf->len) {
        buf_reserve(buf, (size_t) len);
        va_start(args, format);
        vsnprintf(buf->ptr + buf->len, (size_t) len + 1, format, args);
        va_end(args);
    }
    buf->len += (size_t) len;
}

void buf_truncate(struct buf *buf, size_t len)
{
    BUG_ON(len > buf->len);
    buf->len = len;
    if (buf->ptr)
        buf->ptr[len] = '\0';
}

/* `with` may not lie in the buffer itself. */
void buf_splice(struct buf *buf, size_t from, size_t to, struct str with)
{
    size_t tail;

    BUG_ON(from > to || to > buf->len);
    tail = buf->len - to;
    buf_reserve(buf, with.len);
    memmove(buf->ptr + from + with.len, buf->ptr + to, tail);
    if (with.len)
        memcpy(buf->ptr + from, with.ptr, with.len);
    buf->len = from + with.len + tail;
    buf->ptr[buf->len] = '\0';
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){ buf->ptr, buf->len };
}

char *buf_steal(struct buf *buf)
{
    char *text;

    buf_reserve(buf, 0);
    buf->ptr[buf->len] = '\0';
    text = buf->ptr;
    buf_init(buf, buf->env);
    return text;
}
