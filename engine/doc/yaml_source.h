/* Inside engine/doc: where the parts of a YAML source are, for the writer. A member of a collection
 * without brackets has
 *
 *     lead    comments and blank lines above it, from the start of a line on
 *     head    its key, or its dash
 *     value   what is behind the colon, or the dash
 *     tail    the end of its last line: a comment behind it and comments below it that are indented
 *             more belong to it
 */
#ifndef POSTFLOW_DOC_YAML_SOURCE_H
#define POSTFLOW_DOC_YAML_SOURCE_H

#include "engine/doc/changes.h"

struct yaml_piece {
    node_id id;
    size_t lead, head, value, end, tail;
};
/* The members that a collection had when it was read, in their order. */
struct yaml_pieces {
    node_id id; /* the collection */
    struct yaml_piece *items;
    size_t count, capacity;
    size_t column; /* of their heads */
    bool compact;  /* the first begins in the line of what holds the collection */
};

/* What is written how in the document. */
struct yaml_style {
    struct str line_end;
    size_t step;      /* a mapping is indented by so much more than the one around it */
    size_t list_step; /* the dashes of a list more than the key above */
    char quote;
};
void yaml_style_find(const struct doc *doc, struct yaml_style *out);

/* Fills `out`, whose memory is used again; its items are to be freed by the caller. */
void yaml_pieces_find(const struct changes *changes, node_id id, struct yaml_pieces *out);
const struct yaml_piece *yaml_piece_of(const struct yaml_pieces *pieces, node_id id);

/* Behind the colon of a key that stands in the source. */
size_t yaml_behind_key(const struct doc *doc, const struct node *node);
/* Behind the key's colon or, in a list without brackets, the dash of a node whose container holds
 * what it held when it was read. 0 for the root, its start for an item in brackets. */
size_t yaml_value_at(const struct changes *changes, node_id id);
/* The column of its head, in bytes. */
size_t yaml_column_of(const struct changes *changes, node_id id);
size_t yaml_line_start(const struct doc *doc, size_t at);
size_t yaml_line_end(const struct doc *doc, size_t at); /* the line end is not part of it */

#endif
