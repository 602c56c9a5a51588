#include "engine/base/diag.h"

#include <stdlib.h>
#include <string.h>

static const struct diag_info infos[DIAG_COUNT] = {
#define DIAG(name, code, sentence, help) [DIAG_##name] = { code, sentence, help },
#include "engine/base/codes.def"
#undef DIAG
};

const struct diag_info *diag_info(enum diag_code code)
{
    BUG_ON((unsigned) code >= DIAG_COUNT);
    return &infos[code];
}

enum severity diag_severity(enum diag_code code)
{
    switch (diag_info(code)->code[0]) {
    case 'E':
        return SEVERITY_ERROR;
    case 'W':
        return SEVERITY_WARNING;
    default:
        return SEVERITY_INFO;
    }
}

bool diag_find(struct str text, enum diag_code *out)
{
    for (int i = 0; i < DIAG_COUNT; i++) {
        if (str_eq_nocase(text, str_of(infos[i].code))) {
            *out = (enum diag_code) i;
            return true;
        }
    }
    return false;
}

void diags_init(struct diags *diags, struct env *env)
{
    *diags = (struct diags){ 0 };
    arena_init(&diags->arena, env);
}

void diags_clear(struct diags *diags)
{
    arena_clear(&diags->arena);
    diags->count = diags->errors = diags->warnings = 0;
}

void diags_release(struct diags *diags)
{
    struct env *env = diags->arena.env;

    arena_release(&diags->arena);
    mem_free(env, diags->items);
    diags_init(diags, env);
}

static struct str keep(struct arena *arena, struct str s)
{
    return s.len ? (struct str){ arena_text(arena, s.ptr, s.len), s.len } : STR_NONE;
}

/* Diagnostics of one file come in a row: its name is kept once for all of them. */
static struct str keep_file(struct diags *diags, struct str file)
{
    const struct diag *last = diags->count ? &diags->items[diags->count - 1] : NULL;

    if (last && str_eq(last->place.file, file))
        return last->place.file;
    return keep(&diags->arena, file);
}

bool diag_add(struct diags *diags, enum diag_code code, const struct place *place, struct str a,
              struct str b, struct str c, struct str d)
{
    const struct str args[DIAG_ARGS] = { a, b, c, d };
    enum severity severity = diag_severity(code);
    struct diag *diag;

    diags->errors += severity == SEVERITY_ERROR;
    diags->warnings += severity == SEVERITY_WARNING;
    if (diags->limit && diags->count >= diags->limit)
        return false;
    diags->items = mem_grow(diags->arena.env, diags->items, &diags->capacity, diags->count + 1,
                            sizeof *diags->items);
    diag = &diags->items[diags->count];
    *diag = (struct diag){ .code = code };
    if (place) {
        diag->place = *place;
        diag->place.file = keep_file(diags, place->file);
        diag->place.path = keep(&diags->arena, place->path);
    }
    for (int i = 0; i < DIAG_ARGS; i++)
        diag->args[i] = keep(&diags->arena, args[i]);
    diags->count++;
    return false;
}

static int compare(const void *left, const void *right)
{
    const struct diag *a = left, *b = right;
    int order = str_compare(a->place.file, b->place.file);

    if (order == 0)
        order = (a->place.line > b->place.line) - (a->place.line < b->place.line);
    if (order == 0)
        order = (a->place.column > b->place.column) - (a->place.column < b->place.column);
    if (order == 0)
        order = str_compare(str_of(diag_info(a->code)->code), str_of(diag_info(b->code)->code));
    /* Two alike in all that: by what they say, so that the result never depends on the order in
     * which they were found. */
    for (int i = 0; order == 0 && i < DIAG_ARGS; i++)
        order = str_compare(a->args[i], b->args[i]);
    return order ? order : str_compare(a->place.path, b->place.path);
}

void diags_sort(struct diags *diags)
{
    if (diags->count > 1)
        qsort(diags->items, diags->count, sizeof *diags->items, compare);
}

static void remove_owned(struct diags *diags, uint32_t owner)
{
    size_t kept = 0;

    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (diag->owner != owner) {
            if (kept < i)
                diags->items[kept] = *diag;
            kept++;
            continue;
        }
        diags->errors -= diag_severity(diag->code) == SEVERITY_ERROR;
        diags->warnings -= diag_severity(diag->code) == SEVERITY_WARNING;
    }
    diags->count = kept;
}

/* The last one goes to where it belongs among the others. */
static void sort_last(struct diags *diags)
{
    struct diag last = diags->items[diags->count - 1];
    size_t from = 0, to = diags->count - 1;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare(&diags->items[middle], &last) <= 0)
            from = middle + 1;
        else
            to = middle;
    }
    memmove(&diags->items[from + 1], &diags->items[from],
            (diags->count - 1 - from) * sizeof *diags->items);
    diags->items[from] = last;
}

void diags_replace_owned(struct diags *diags, uint32_t owner, const struct diags *now)
{
    remove_owned(diags, owner);
    for (size_t i = 0; i < now->count; i++) {
        const struct diag *diag = &now->items[i];
        diag_add(diags, diag->code, &diag->place, diag->args[0], diag->args[1], diag->args[2],
                 diag->args[3]);
        diags->items[diags->count - 1].owner = diag->owner;
        sort_last(diags);
    }
}

void diag_render(struct buf *out, const struct diag *diag, const char *sentence)
{
    const char *at = sentence ? sentence : diag_info(diag->code)->sentence;

    for (; *at; at++) {
        if (at[0] == '{' && at[1] >= '1' && at[1] < '1' + DIAG_ARGS && at[2] == '}') {
            buf_add(out, diag->args[at[1] - '1']);
            at += 2;
        } else {
            buf_add_char(out, *at);
        }
    }
}
