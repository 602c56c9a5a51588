/* Random changes of a document: what is written always reads back as the tree in memory, undoing
 * gives the source back, redoing the same texts again. TEST_SEED=N repeats one run. */
#ifndef POSTFLOW_TESTS_UNIT_DOC_PROPERTY_H
#define POSTFLOW_TESTS_UNIT_DOC_PROPERTY_H

#include "tests/unit/doc/support.h"

/* The text must be one that is read. */
void random_changes(struct world *w, struct random *r, struct str text);
/* So many times: a text of the file `name`, made by `make`, is changed. */
void each_seed(uint64_t runs, const char *name, void (*make)(struct random *r, struct buf *out));
int name_seed(void **state); /* teardown: says with which seed a test failed */

#endif
