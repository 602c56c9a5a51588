/* What completers share: each offers all it knows and is asked for the n-th that fits. */
#ifndef POSTFLOW_SESSION_COMPLETE_H
#define POSTFLOW_SESSION_COMPLETE_H

#include "engine/session/session.h"

struct wanted {
    struct session *session;
    struct str typed;
    size_t left; /* of the offers that fit, how many come before the wanted one */
    bool quoted; /* the argument is one word: put quotes around what has spaces */
    struct buf *out;
};
struct wanted wanted_of(struct session *session, struct str typed, size_t n, struct buf *out);

/* True: this is the one, and it is in `out`. */
bool offer(struct wanted *wanted, struct str text);
/* "a|b|c": each of them. */
bool offer_words(struct wanted *wanted, const char *words);
/* Takes the words before the last argument off; false when one of them is still being typed. */
bool behind_words(struct str *arguments, struct str *words, unsigned count);

#endif
