#include <string.h>
#include "engine/doc/scan.h"
#include "engine/doc/tokens.h"
#include "engine/doc/yaml.h"

/* No escape, no indicator, no digit: a letter that means nothing to YAML anywhere. */
enum { MASK = 'w' };

static void next_token(struct yaml_mask *mask, size_t from)
{
    struct token token = token_find(mask->text, from);
    mask->from = token.from;
    mask->to = token.to;
}

struct yaml_mask yaml_mask_of(struct str text)
{
    struct yaml_mask mask = { .text = text };
    next_token(&mask, 0);
    return mask;
}

static void mask_bytes(char *out, size_t from, size_t to)
{
    for (; from < to; from++)
        if ((unsigned char) out[from] >= 0x80)
            out[from] = MASK;
}

static void mask_high(char *out, size_t count)
{
    size_t at = 0;
    for (; at + 8 <= count; at += 8)
        if (scan_load(out + at) & SCAN_EACH(0x80))
            mask_bytes(out, at, at + 8);
    mask_bytes(out, at, count);
}

size_t yaml_mask_read(struct yaml_mask *mask, char *out, size_t size)
{
    size_t start = mask->at, count = mask->text.len - start;
    if (count > size)
        count = size;
    memcpy(out, mask->text.ptr + start, count);
    mask_high(out, count);
    mask->at += count;
    while (mask->from < mask->at) {
        size_t from = mask->from > start ? mask->from : start;
        size_t to = mask->to < mask->at ? mask->to : mask->at;
        memset(out + from - start, MASK, to - from);
        if (mask->to > mask->at)
            break;
        next_token(mask, mask->to);
    }
    return count;
}
