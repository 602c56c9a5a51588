/* What keys do: each binding is a command line with a note. Help, the status line and the manual
 * come from this table. */
#ifndef POSTFLOW_VIEW_BINDINGS_H
#define POSTFLOW_VIEW_BINDINGS_H

#include <stddef.h>
#include "tui/term/key.h"

/* Where a binding holds. */
enum binding_mode {
    IN_TREE = 1,     /* editing, the flow has the focus */
    IN_FIELDS = 2,   /* editing, the fields have the focus */
    IN_TOOLBOX = 4,
    IN_CHOICES = 8,  /* simulating, the possibilities have the focus */
    IN_START = 16,   /* the start screen */
    IN_CALL_FLOW = 32, /* simulating, the flow has the focus */
    IN_CALL = IN_CHOICES | IN_CALL_FLOW,
    IN_EDITING = IN_TREE | IN_FIELDS | IN_TOOLBOX,
    IN_ALL = IN_EDITING | IN_CALL | IN_START,
};

struct binding {
    unsigned modes;
    const char *key;     /* "C-p" */
    const char *command; /* "add"; a blank at the end: opens the `:` line with it */
    const char *note;    /* "next row"; NULL: an alias of the one above, not listed again */
    const char *hint;    /* in the status line: "a add"; NULL: not there */
};

const struct binding *bindings(size_t *count);
/* NULL: the key means nothing there. */
const struct binding *binding_find(struct key key, unsigned mode);

#endif
