/* Between the parts of the Markdown page. */
#ifndef POSTFLOW_FLOW_PICTURE_MARKDOWN_H
#define POSTFLOW_FLOW_PICTURE_MARKDOWN_H

#include "engine/flow/picture_parts.h"

/* Text of one line whose punctuation is no markup; the second takes it as it is in the file. */
void md_add(struct buf *out, struct str text);
void md_add_text(struct buf *out, struct str text);
void md_add_name(const struct picture *picture, const struct picture_item *item, struct buf *out);
/* "[task Welcome](#part-3)", "queue **Support**" */
void md_add_link(const struct picture *picture, uint32_t item, struct buf *out);

/* What is armed at an action, where the flow itself has armed it: " · armed: P1". */
void md_add_armed(const struct picture *picture, const struct picture_item *item, struct buf *out);
/* The sections about post-flows, and where the call is handed over; nothing where none are. */
bool md_has_post_flows(const struct picture *picture);
bool md_has_handovers(const struct picture *picture);
void md_add_post_flows(const struct picture *picture, struct buf *out);
void md_add_handovers(const struct picture *picture, struct buf *out);

#endif
