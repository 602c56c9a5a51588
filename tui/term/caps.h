/* What the description of the terminal (terminfo) says. Not for other folders; apart from the rest
 * because <term.h> takes names. */
#ifndef POSTFLOW_TERM_CAPS_H
#define POSTFLOW_TERM_CAPS_H

#include "engine/base/str.h"

struct input;

/* Why there can be no designer on the terminal TERM names, or NULL. */
const char *caps_check(int fd);
/* The rest after newterm. NULL where the terminal has not got it. */
const char *caps_get(const char *name);
/* Appends one without its padding. */
void caps_add(struct buf *out, const char *name);
/* Tells the input which bytes its keys send. */
void caps_define_keys(struct input *input);

#endif
