#include "engine/doc/envelope.h"

#include <stdio.h>
#include "engine/doc/json.h"

enum { NO_DIGIT = 255 };

/* The value of a base64 digit; NO_DIGIT for every other byte. */
static unsigned base64_value(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26u;
    if (c >= '0' && c <= '9')
        return c - '0' + 52u;
    return c == '+' ? 62 : c == '/' ? 63 : NO_DIGIT;
}

static unsigned hex_value(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    unsigned char lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10u : NO_DIGIT;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool envelope_is(struct str text)
{
    text = str_trim(str_slice(text, json_bom(text), text.len));
    return str_starts(text, STR("JTdC")) || str_starts(text, STR("ey"));
}

/* What is being opened: base64 digits come in, bytes go through the percent decoder. */
struct envelope {
    struct str name, text;
    struct buf *out;
    struct diags *diags;
    size_t digits; /* so far */
    unsigned bits, bit_count;
    unsigned escape; /* of an escape: 0 none, 1 % was there, 2 one digit too */
    unsigned high;
    size_t escape_at;
};

static bool fail(const struct envelope *e, enum diag_code code, size_t at, struct str a)
{
    struct place place = { .file = e->name };
    json_place(e->text, at, &place);
    return diag_add1(e->diags, code, &place, a);
}

/* A decoded byte; `at` is where it ends in the text. */
static bool take_byte(struct envelope *e, unsigned char byte, size_t at)
{
    if (e->escape == 0 && byte == '%') {
        e->escape = 1;
        e->escape_at = at;
        return true;
    }
    if (e->escape == 0) {
        buf_add_char(e->out, (char) byte);
        return true;
    }
    unsigned digit = hex_value(byte);
    if (digit == NO_DIGIT)
        return fail(e, DIAG_ENVELOPE_ESCAPE, e->escape_at, STR_NONE);
    if (e->escape == 1) {
        e->high = digit;
        e->escape = 2;
    } else {
        buf_add_char(e->out, (char) (e->high << 4 | digit));
        e->escape = 0;
    }
    return true;
}

static bool take_digit(struct envelope *e, unsigned value, size_t at)
{
    e->digits++;
    e->bits = (e->bits << 6 | value) & 0xffff;
    e->bit_count += 6;
    if (e->bit_count < 8)
        return true;
    e->bit_count -= 8;
    return take_byte(e, (unsigned char) (e->bits >> e->bit_count), at);
}

/* Behind the digits: at most two =, nothing else, and no group of one digit. */
static bool finish(struct envelope *e, size_t at)
{
    size_t padding = 0, end = at;
    for (; at < e->text.len; at++) {
        if (is_space(e->text.ptr[at]))
            continue;
        if (e->text.ptr[at] != '=' || ++padding > 2)
            return fail(e, DIAG_ENVELOPE_PADDING, at, STR_NONE);
    }
    bool whole = padding == 0 || (e->digits + padding) % 4 == 0;
    if (e->digits % 4 == 1 || !whole)
        return fail(e, DIAG_ENVELOPE_END, end, STR_NONE);
    return e->escape == 0 || fail(e, DIAG_ENVELOPE_ESCAPE, e->escape_at, STR_NONE);
}

bool envelope_open(const struct limits *limits, const char *name, struct str text, struct buf *out,
                   struct diags *diags)
{
    struct envelope e = { .name = str_of(name), .text = text, .out = out, .diags = diags };
    if (text.len > limits->file_size) {
        struct decimal size, most;
        return diag_add2(diags, DIAG_LIMIT_FILE_SIZE, &(struct place){ .file = e.name },
                         json_decimal(&size, text.len), json_decimal(&most, limits->file_size));
    }
    buf_reserve(out, text.len / 4 * 3);
    size_t at = json_bom(text);
    for (; at < text.len && text.ptr[at] != '='; at++) {
        unsigned char c = (unsigned char) text.ptr[at];
        unsigned value = base64_value(c);
        if (is_space((char) c))
            continue;
        if (value == NO_DIGIT) {
            char shown[16];
            snprintf(shown, sizeof shown, c > 32 && c < 127 ? "%c" : "byte %02X", c);
            return fail(&e, DIAG_ENVELOPE_DIGIT, at, str_of(shown));
        }
        if (!take_digit(&e, value, at))
            return false;
    }
    return finish(&e, at);
}
