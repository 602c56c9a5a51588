/* Inside engine/doc: what the reader of JSON text, grafts, edits and writers share. */
#ifndef POSTFLOW_DOC_JSON_H
#define POSTFLOW_DOC_JSON_H

#include "engine/doc/doc.h"

/* The decoded text of a NODE_ESCAPED scalar: doc.decoded_text[at, at + len). */
struct decoded {
    node_id id;
    uint32_t at, len;
};

/* What a node was when it was read, kept from its first change on: the writer finds in it where the
 * node stood in the source. */
struct touched {
    node_id id, parent;
    uint32_t start, end;
};

/* What line each part of the source begins in (place.c). */
struct lines *lines_new(struct env *env);
void lines_free(struct env *env, struct lines *lines);

/* Makes `block` (NULL: a new one) one that holds `len` bytes and JSON_PAD NUL bytes behind them;
 * NULL when there is no memory, `block` stays valid then. */
char *json_pad(struct env *env, char *block, size_t len);

/* Text that is being read. `name` is the file's in diagnostics, empty for text that is typed. */
struct json_input {
    struct str text; /* followed by JSON_PAD NUL bytes */
    struct str name;
    struct diags *diags;
};

/* Reads the one value of the text and appends its nodes to `doc`, their spans counted in the text.
 * 0, one diagnostic and no new node when it is not JSON or crosses a limit. */
node_id json_read(struct doc *doc, const struct json_input *in);

/* Whether the decoded key is within the limit; a diagnostic at `at` when it is not. */
bool json_check_key(const struct doc *doc, const struct json_input *in, struct str key,
                    const char *at);

enum json_expect { EXPECT_VALUE, EXPECT_KEY, EXPECT_COLON, EXPECT_COMMA, EXPECT_NOTHING };
/* One diagnostic at `at`; false. */
bool json_fail(const struct json_input *in, enum diag_code code, const char *at, struct str a,
               struct str b, struct str c);
/* What is at `at` is not what `expect` says; `open` is the innermost open bracket, NULL for none.
 */
bool json_fail_expected(const struct json_input *in, enum json_expect expect, const char *at,
                        const char *open);
/* The byte at `at` ends a text that began at `quote` in a wrong way: a control character, the end,
 * a byte that is not UTF-8. */
bool json_fail_text(const struct json_input *in, const char *at, const char *quote);

/* Line and column of a byte of `text`, counted from 1 (columns in code points; a byte order mark is
 * none). */
void json_place(struct str text, size_t at, struct place *out);
/* The byte order mark at the start, in bytes: 0 or 3. */
size_t json_bom(struct str text);

/* A number for a diagnostic's argument. */
struct decimal {
    char text[24];
};
struct str json_decimal(struct decimal *space, uint64_t number);

/* Behind the number that starts at `p`, NULL when there is none. */
const char *json_number_end(const char *p, const char *end);
bool json_is_number(struct str text);
/* Appends the text that a token's inside stands for. The token has been checked. */
void json_decode(struct buf *out, struct str inside);

#endif
