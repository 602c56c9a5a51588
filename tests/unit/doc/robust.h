/* Texts that may be broken, and real files: what the tests of both syntaxes share. */
#ifndef POSTFLOW_TESTS_UNIT_DOC_ROBUST_H
#define POSTFLOW_TESTS_UNIT_DOC_ROBUST_H

#include "tests/unit/doc/support.h"

/* Reads it as what w->name says; then it is what it should be, whole, or refused with one
 * diagnostic that has a place. */
bool try_text(struct world *w, struct str text);
/* How many of the text's prefixes are read. */
size_t try_prefixes(struct world *w, struct str text);
/* How many of so many mutations are read: `parts` in place of up to three bytes, in up to three
 * places. */
size_t try_mutations(struct world *w, struct str text, const struct str *parts, size_t count,
                     struct random *r, size_t rounds);
/* Calls back for each file of the folder whose name ends so, in a world of its own; how many there
 * were. */
int each_file(const char *folder, const char *ending,
              void (*found)(struct world *w, struct str text));
void skip_without(int files, const char *folder); /* says so */

#endif
