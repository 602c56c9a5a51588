/* The three primitives on a document: splice children, set a scalar, move a node. Nothing else
 * changes a document. A primitive is a record; applying it does the change and turns the record
 * into its own inverse, so that applying it again undoes. (design.md section 4)
 *
 * New content is made in one way: from JSON text, as unlinked nodes with ids in order of reading.
 * The same text on the same document gives the same ids: the recovery log relies on it. */
#ifndef POSTFLOW_DOC_EDIT_H
#define POSTFLOW_DOC_EDIT_H

#include "engine/doc/doc.h"

/* Makes unlinked nodes from JSON text: one value, or (key given) one member. Strict like a file and
 * inside the document's limits. Returns its node, or 0 and a diagnostic (place: line and column in
 * `json`). */
node_id doc_graft(struct doc *doc, struct str key, struct str json, struct diags *diags);
/* As doc_graft for a member whose key is an atom already (0: no key). */
node_id doc_graft_atom(struct doc *doc, atom_id key, struct str json, struct diags *diags);
/* An unlinked text scalar from decoded text: short for doc_graft of its JSON form. Bytes that are
 * not UTF-8 become U+FFFD. */
node_id doc_graft_text(struct doc *doc, atom_id key, struct str text);

enum edit_op { EDIT_SPLICE, EDIT_SET, EDIT_MOVE };

struct edit {
    enum edit_op op;
    node_id node;   /* SPLICE: the container; SET: the scalar; MOVE: the node */
    node_id after;  /* SPLICE: the child behind which it happens (0: at the start);
                       MOVE: the new previous sibling (0: first) */
    node_id parent; /* MOVE: the new parent */
    node_id remove_first, remove_last; /* SPLICE: chain of children taken out (0: none) */
    node_id insert_first, insert_last; /* SPLICE: chain of unlinked nodes put in (0: none) */
    uint8_t kind, flags;               /* SET: the value's kind; flags: kept for the inverse */
    uint32_t start, end;               /* SET: the value's text in doc.added (NODE_OWN) */
    /* Whether the containers concerned become clean (1) or dirty (0); a constructor leaves 0.
       SPLICE uses the first; MOVE: of the parent that is left, of the one that is entered. */
    uint8_t dirty_from, dirty_to;
};

/* Constructors. They change nothing yet. Chains are nodes linked by doc_chain or single nodes; a
 * chain is given by its first node and inserted whole. */
struct edit edit_insert(const struct doc *doc, node_id container, node_id after, node_id node);
struct edit edit_remove(const struct doc *doc, node_id node);
struct edit edit_remove_range(const struct doc *doc, node_id first, node_id last);
struct edit edit_replace(const struct doc *doc, node_id old, node_id node);
struct edit edit_move(const struct doc *doc, node_id node, node_id parent, node_id after);
/* The text goes into doc.added (bytes that are not UTF-8 become U+FFFD); `kind` is a scalar kind. A
 * number must be a JSON number; doc_apply refuses others. */
struct edit edit_set(struct doc *doc, node_id scalar, enum node_kind kind, struct str text);
/* Links unlinked node `next` behind unlinked node `node`, the last of its chain (for inserting
 * several at once). */
void doc_chain(struct doc *doc, node_id node, node_id next);

/* Does it and turns *edit into its inverse. False (nothing changed, a diagnostic) when the result
 * would cross a limit or repeat a key in an object, when a node would be moved into itself, or when
 * the record does not fit: what it names must be linked to the root (insertions: unlinked), members
 * have keys and items none. Undoing restores every node as it was. */
bool doc_apply(struct doc *doc, struct edit *edit, struct diags *diags);

#endif
