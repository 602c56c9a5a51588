#include "engine/flow/import_out.h"

#include "engine/base/mem.h"
#include "engine/doc/write.h"

void text_map_init(struct text_map *map, struct env *env)
{
    *map = (struct text_map){ .env = env, .size = 16 };
    map->slots = mem_zalloc(env, map->size * sizeof *map->slots);
}

void text_map_release(struct text_map *map)
{
    mem_free(map->env, map->slots);
}

static struct text_slot *slot_of(const struct text_map *map, struct str text)
{
    size_t at = str_hash(text) & (map->size - 1);
    while (map->slots[at].value && !str_eq(map->slots[at].text, text))
        at = (at + 1) & (map->size - 1);
    return &map->slots[at];
}

uint32_t text_map_find(const struct text_map *map, struct str text)
{
    return slot_of(map, text)->value;
}

static void grow(struct text_map *map)
{
    struct text_slot *old = map->slots;
    size_t size = map->size;
    map->size *= 2;
    map->slots = mem_zalloc(map->env, map->size * sizeof *map->slots);
    for (size_t i = 0; i < size; i++) {
        if (old[i].value)
            *slot_of(map, old[i].text) = old[i];
    }
    mem_free(map->env, old);
}

uint32_t text_map_add(struct text_map *map, struct str text, uint32_t value)
{
    struct text_slot *slot = slot_of(map, text);
    if (slot->value)
        return slot->value;
    *slot = (struct text_slot){ text, value };
    if (++map->count * 2 > map->size)
        grow(map);
    return 0;
}

static void begin(struct import_out *out, struct str key)
{
    if (out->more)
        buf_add_char(out->text, ',');
    out->more = true;
    if (key.ptr) {
        json_add_text(out->text, key, false);
        buf_add_char(out->text, ':');
    }
}

void out_open(struct import_out *out, struct str key, char bracket)
{
    begin(out, key);
    buf_add_char(out->text, bracket);
    out->more = false;
    out->depth++;
}

void out_close(struct import_out *out, char bracket)
{
    buf_add_char(out->text, bracket);
    out->more = true;
    out->depth--;
}

void out_text(struct import_out *out, struct str key, struct str text)
{
    begin(out, key);
    json_add_text(out->text, text, false);
}

void out_json(struct import_out *out, struct str key, struct str json)
{
    begin(out, key);
    buf_add(out->text, json);
}
