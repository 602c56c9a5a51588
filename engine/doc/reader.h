/* Inside engine/doc: what the readers of JSON and of YAML share: nodes appended to the document's
 * array inside its limits, texts beside the tree, keys that differ. */
#ifndef POSTFLOW_DOC_READER_H
#define POSTFLOW_DOC_READER_H

#include "engine/doc/json.h"

struct reader {
    struct doc *doc;
    const struct json_input *in;
    node_id root;
    uint32_t stop; /* no node may have this id: the array ends, or the limit is reached */
    struct buf scratch;
    size_t decoded_count, decoded_len; /* what there was before */
};

/* False after a diagnostic, and then without reader_end: too big, not UTF-8. */
bool reader_begin(struct reader *r, struct doc *doc, const struct json_input *in);
/* The root's id; 0, and the document is as it was, when it was not read. */
node_id reader_end(struct reader *r, bool read);
/* Room for one more node than the array has; nodes move. */
bool reader_grow(struct reader *r, const char *at);
/* What doc.decoded_text has from `at` on is the text of the scalar, whose id is higher than any
 * before. */
void reader_keep(struct reader *r, node_id id, size_t at);
/* No two members of the object have one key. */
bool reader_check_keys(struct reader *r, node_id object);
bool reader_too_deep(const struct reader *r, const char *at); /* says so; false */

#endif
