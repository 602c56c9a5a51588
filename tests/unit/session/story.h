/* A session told step by step, so that every prefix of its log can be compared with what was there
 * when the log was that long. */
#ifndef POSTFLOW_TESTS_UNIT_SESSION_STORY_H
#define POSTFLOW_TESTS_UNIT_SESSION_STORY_H

#include "tests/unit/session/support.h"

struct moment {
    size_t log_size; /* when this was what there is */
    struct buf state;
};
struct story {
    struct moment moments[64];
    size_t count;
    struct buf log;
    char log_name[600];
};

/* A bit of everything: edits of every kind, undo, redo, branches, new flows, postflow.json. */
extern const char *const story_editing[];
/* Runs the commands in the open session, which stays open. "!set TEXT" sets the flow's name by the
 * primitive alone. */
void story_tell(struct world *world, struct story *story, const char *const *lines);
void story_release(struct story *story);
/* What there was when the log had this many bytes. */
const char *story_state(const struct story *story, size_t size);
/* What there was at the end. */
const char *story_end(const struct story *story);
void story_put_log(const char *path, struct str text);
/* Opens a session on what is on disk with this text as log, recovers, and compares. */
void story_expect(struct world *world, const struct story *story, struct str text,
                  const char *expected);
/* Start of the line that byte `at` is in. */
size_t story_line(struct str log, size_t at);

#endif
