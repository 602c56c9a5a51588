/* Pictures of a flow for people who have no postflow: a graph for Graphviz or Mermaid, and a page
 * in Markdown. One walk (picture_walk.c) makes nodes and edges of the flow, each syntax has a
 * writer. The same flow gives the same text; it takes time and memory in proportion to the flow. */
#ifndef POSTFLOW_FLOW_PICTURE_H
#define POSTFLOW_FLOW_PICTURE_H

#include "engine/flow/flow.h"

struct workspace;
struct picture;

struct picture_syntax {
    const char *name;   /* "mermaid" */
    const char *ending; /* of file names: ".mmd" */
    void (*write)(const struct picture *picture, struct buf *out);
};
const struct picture_syntax *picture_syntaxes(size_t *count);
/* NULL: none has that name. */
const struct picture_syntax *picture_syntax_find(struct str name);
/* Adds the picture to `out`, as UTF-8 that ends with a newline. Nothing in the flow's names and
 * texts is read as markup, and none of their controls is left as it is. The workspace's modules and
 * flows are looked at where there is one (NULL: nothing is said of other flows). */
void picture_write(const struct flow *flow, const struct workspace *ws,
                   const struct picture_syntax *syntax, struct buf *out);

#endif
