/* JSON text that is made by calls in order, for the import: keys are any text, so what repeats a
 * key of its object is refused. Texts become numbers by hash, too: ids and names of an export. */
#ifndef POSTFLOW_FLOW_IMPORT_OUT_H
#define POSTFLOW_FLOW_IMPORT_OUT_H

#include "engine/base/str.h"

/* Texts (borrowed, they must live as long as the map) and a number above 0 for each. */
struct text_map {
    struct env *env;
    struct text_slot {
        struct str text;
        uint32_t value; /* 0: free */
    } * slots;
    size_t count, size;
};
void text_map_init(struct text_map *map, struct env *env);
void text_map_release(struct text_map *map);
uint32_t text_map_find(const struct text_map *map, struct str text); /* 0: it is not there */
/* The number the text had already; 0: it is new and has `value` now. */
uint32_t text_map_add(struct text_map *map, struct str text, uint32_t value);

struct import_out {
    struct buf *text;
    unsigned depth; /* objects and lists that are open */
    bool more;      /* something stands before the next member or item */
};
/* `key`: STR_NONE for an item of a list. */
void out_open(struct import_out *out, struct str key, char bracket);
void out_close(struct import_out *out, char bracket);
void out_text(struct import_out *out, struct str key, struct str text);
void out_json(struct import_out *out, struct str key, struct str json); /* a value as it stands */

#endif
