/* A folder of its own for one test, and little helpers to look at what is in it. */
#ifndef POSTFLOW_TESTS_UNIT_BASE_FOLDER_H
#define POSTFLOW_TESTS_UNIT_BASE_FOLDER_H

#include "engine/base/env.h"
#include "engine/base/diag.h"

struct folder {
    struct env env;
    struct diags diags;
    char path[256]; /* under TMPDIR */
};

/* cmocka setup and teardown: *state is the struct folder. */
int folder_setup(void **state);
int folder_teardown(void **state);

/* "FOLDER/name", valid until eight more calls. */
const char *folder_path(const struct folder *folder, const char *name);
void folder_put(const struct folder *folder, const char *name, const char *content);
/* Fails the test when the file does not have this content. */
void folder_expect(const struct folder *folder, const char *name, const char *content);
int folder_count(const struct folder *folder);
/* Fails unless exactly this one diagnostic was given; clears them. */
void folder_expect_diag(struct folder *folder, enum diag_code code);

#endif
