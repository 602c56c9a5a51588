/* Inside engine/doc: whether a change fits the document. Each gives a diagnostic when it does not.
 */
#ifndef POSTFLOW_DOC_FIT_H
#define POSTFLOW_DOC_FIT_H

#include "engine/doc/edit.h"

/* *taken and *given: how many nodes leave and enter the document. */
bool fit_splice(const struct doc *doc, const struct edit *e, uint64_t *taken, uint64_t *given,
                struct diags *diags);
bool fit_set(const struct doc *doc, const struct edit *e, struct diags *diags);
bool fit_move(const struct doc *doc, const struct edit *e, struct diags *diags);

#endif
