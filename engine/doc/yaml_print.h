/* Inside engine/doc: scalars and keys as YAML writes them (archy.md section 12). */
#ifndef POSTFLOW_DOC_YAML_PRINT_H
#define POSTFLOW_DOC_YAML_PRINT_H

#include "engine/doc/doc.h"

/* How a text is written; the values are the characters that the forms begin with. */
enum yaml_form {
    YAML_PLAIN = 0,
    YAML_SINGLE = '\'',
    YAML_DOUBLE = '"',
    YAML_LITERAL = '|',
    YAML_FOLDED = '>',
};
struct yaml_scalar {
    struct str text;
    enum yaml_form form; /* the one that is taken if the text can have it */
    char quote;          /* which of the two quotes when it needs some */
    bool as_neighbours;  /* plain as soon as it reads back, not only where exports have it so */
    bool brackets;       /* inside of them more characters need quotes */
    size_t indent;       /* of the lines of a literal or folded one */
    struct str line_end;
};

/* Whether the text is read back from a plain scalar, as text. */
bool yaml_reads_plain(struct str text, bool brackets);
/* Whether Architect's exports write the text without quotes. */
bool yaml_is_usual(struct str text);
void yaml_add_double(struct buf *out, struct str text);
void yaml_add_scalar(struct buf *out, const struct yaml_scalar *scalar);
/* A key as canonical text has it. */
void yaml_add_key(struct buf *out, struct str key, bool brackets);
/* A scalar of the tree without a form of its own: words and numbers as they are, texts plain or in
 * double quotes. */
void yaml_add_value(struct buf *out, const struct doc *doc, node_id id, bool brackets);

#endif
