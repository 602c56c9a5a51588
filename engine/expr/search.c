#include "engine/expr/search.h"

#include "engine/base/mem.h"
#include "engine/base/utf8.h"

static uint32_t next_code(const struct search *s, struct str text, size_t *at)
{
    uint32_t code = utf8_next(text, at);
    return s->ignore_case ? utf8_case(code, false) : code;
}

/* How much of the part has matched when one more code point comes. */
static size_t step(const struct search *s, size_t matched, uint32_t code)
{
    while (matched > 0 && (matched == s->count || s->part[matched] != code))
        matched = s->borders[matched - 1];
    return matched + (s->part[matched] == code);
}

void search_init(struct search *s, struct env *env, struct str text, struct str part,
                 bool ignore_case)
{
    size_t length = part.len + 1;
    *s = (struct search){ .env = env, .text = text, .ignore_case = ignore_case };
    s->part = mem_alloc(env, length * sizeof *s->part);
    s->borders = mem_alloc(env, length * sizeof *s->borders);
    for (size_t at = 0; at < part.len;)
        s->part[s->count++] = next_code(s, part, &at);
    s->borders[0] = 0;
    for (size_t i = 1; i < s->count; i++)
        s->borders[i] = step(s, s->borders[i - 1], s->part[i]);
}

bool search_next(struct search *s)
{
    if (s->count == 0) {
        bool more = s->seen == 0 || s->at < s->text.len;
        if (s->seen > 0 && more)
            utf8_next(s->text, &s->at);
        s->end = s->at;
        s->character = s->seen++;
        return more;
    }
    while (s->at < s->text.len) {
        s->matched = step(s, s->matched, next_code(s, s->text, &s->at));
        s->seen++;
        if (s->matched == s->count) {
            s->end = s->at;
            s->character = s->seen - s->count;
            return true;
        }
    }
    return false;
}

void search_release(struct search *s)
{
    mem_free(s->env, s->part);
    mem_free(s->env, s->borders);
}
