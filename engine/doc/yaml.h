/* Inside engine/doc: what the reader and the writers of YAML share. */
#ifndef POSTFLOW_DOC_YAML_H
#define POSTFLOW_DOC_YAML_H

#include "engine/doc/json.h"

/* Reads the one document of the text as json_read does. Refused, each with a place: anchors,
 * aliases, tags, merge keys, a second document, keys that are no text on one line. Tokens are
 * texts; line ends are LF or CRLF. */
node_id yaml_read(struct doc *doc, const struct json_input *in);

/* What libyaml is given instead of the text: tokens and what is not ASCII become letters, so that a
 * byte is a character and offsets are those of the text. */
struct yaml_mask {
    struct str text;
    size_t at;       /* so much was given */
    size_t from, to; /* the token there or next */
};
struct yaml_mask yaml_mask_of(struct str text);
/* Copies up to `size` bytes; how many, 0 at the end. */
size_t yaml_mask_read(struct yaml_mask *mask, char *out, size_t size);

/* Appends what a scalar's inside (quotes left out) stands for: escapes resolved, lines folded.
 * `quote` is '"', '\'' or 0 for a plain one. The token has been checked. */
void yaml_decode(struct buf *out, struct str inside, char quote);
/* The same for a block scalar that begins at its indicator and goes up to the line in which the
 * next token stands; `indent` is the column of the collection around it, -1: none. Returns where
 * its last line ends: the line end itself is outside of its span. */
size_t yaml_decode_block(struct buf *out, struct str token, int indent);
/* Behind one line end at `p`, `p` itself when there is none. */
const char *yaml_skip_break(const char *p);

/* One diagnostic for what libyaml says at byte `at`; `context` is where what it was reading began
 * (SIZE_MAX: unknown); false. */
bool yaml_fail_problem(const struct json_input *in, const char *problem, size_t at, size_t context);
/* One diagnostic at byte `at`, a conflict marker above it being told instead; false. */
bool yaml_fail(const struct json_input *in, enum diag_code code, size_t at, struct str what);

struct changes;
/* The document as it is saved; something differs from the source. */
void yaml_write(const struct doc *doc, const struct changes *changes, struct buf *out);
/* A subtree in brackets on one line; `quoted`: keys and texts in double quotes, as JSON has it. */
void yaml_add_brackets(struct buf *out, const struct doc *doc, node_id id, bool quoted);

#endif
