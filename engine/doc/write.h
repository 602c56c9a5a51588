/* Documents as text. */
#ifndef POSTFLOW_DOC_WRITE_H
#define POSTFLOW_DOC_WRITE_H

#include "engine/doc/doc.h"

/* The document as it is saved: spans of clean nodes copied byte for byte, dirty ones printed in
 * their neighbours' style (indent, spaces, line ends). A document that nobody changed, or whose
 * changes were undone, gives its source back. */
void doc_write(const struct doc *doc, struct buf *out);
/* Canonical text of a subtree (root: 1): two-space indent, one member a line, {} and [] when empty,
 * ": ", only the escapes JSON demands, raw UTF-8; a newline at the end for the root only. */
void doc_write_canonical(const struct doc *doc, node_id id, struct buf *out);
/* The same for YAML: a line a member, two spaces a level, lists below their key too, texts without
 * quotes where exports have none, else in double quotes, null written out. Of a whole document that
 * was read from YAML and not changed the comments are kept. */
void doc_write_yaml(const struct doc *doc, node_id id, struct buf *out);
/* Canonical text in the syntax that the document has. */
void doc_write_formatted(const struct doc *doc, struct buf *out);
/* The document in a syntax: what doc_write gives when it has that already, else canonical text.
 * False after a diagnostic when a key is too long for YAML. */
bool doc_export(const struct doc *doc, enum doc_syntax to, struct buf *out, struct diags *diags);
/* The canonical text of JSON in pieces, so that a big document need not be in memory as text:
 * `take` is given each and stops it by returning false. */
bool doc_export_canonical(const struct doc *doc, node_id id,
                          bool (*take)(void *context, struct str piece), void *context);
/* The subtree on one line, no spaces: for recovery log, clipboard, machine output. */
void doc_write_compact(const struct doc *doc, node_id id, struct buf *out);
/* `text` as a JSON string with quotes and only the escapes JSON demands. `safe` escapes DEL, C1 and
 * format controls too (for output that may reach a terminal). */
void json_add_text(struct buf *out, struct str text, bool safe);

#endif
