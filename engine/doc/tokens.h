/* {{name}}: a place in a flow file that is filled in when the flow is published (archy.md section
 * 7). A token is text in the tree and stays as it is when a document is saved; for looking at a
 * flow and stepping through it, tokens are filled in a document that is not saved. */
#ifndef POSTFLOW_DOC_TOKENS_H
#define POSTFLOW_DOC_TOKENS_H

#include "engine/doc/doc.h"

struct token {
    size_t from, to; /* braces included; `to` is 0: there is none */
    struct str name; /* without braces and the blanks beside them */
};
/* The first token that begins at `from` or behind it. There are no braces, quotes, backslashes and
 * control characters inside. */
struct token token_find(struct str text, size_t from);

struct token_value {
    char *name, *value;
    size_t name_len, value_len;
};
/* What tokens stand for. */
struct token_values {
    struct env *env;
    struct token_value *items;
    size_t count, capacity;
};
void token_values_init(struct token_values *values, struct env *env);
void token_values_release(struct token_values *values);
/* The value given last counts. */
void token_values_set(struct token_values *values, struct str name, struct str value);
/* From a file of options: an object of texts, numbers and truth values, or one that has such an
 * object as `substitutions`. False after a diagnostic. */
bool token_values_read(struct token_values *values, const struct doc *doc, struct diags *diags);

/* Fills tokens that have a value in, in texts and in keys; the others stay. What stood without
 * quotes is typed by what it is then. Places in the document stay those of the source, and so does
 * what doc_write gives. False after a diagnostic, when two keys of an object have become the same
 * or one is too long. */
bool doc_fill_tokens(struct doc *doc, const struct token_values *values, struct diags *diags);

#endif
