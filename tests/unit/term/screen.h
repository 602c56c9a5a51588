/* Compares a canvas with an expected screen, and prints it ready to be pasted when it differs. */
#ifndef POSTFLOW_TESTS_SCREEN_H
#define POSTFLOW_TESTS_SCREEN_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/str.h"
#include "tui/term/canvas.h"

static inline void screen_paste(const char *what, const char *text)
{
    fprintf(stderr, "%s:\n", what);
    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        int len = end ? (int)(end - line) : (int)strlen(line);
        fprintf(stderr, "        \"%.*s\\n\"\n", len, line);
        line = end ? end + 1 : line + len;
    }
}

static inline void expect_text(const char *what, struct buf *got, const char *wanted,
                               const char *file, int line)
{
    if (strcmp(got->ptr ? got->ptr : "", wanted) != 0) {
        screen_paste(what, got->ptr ? got->ptr : "");
        _fail(file, line);
    }
}

static inline void expect_dump(struct canvas *canvas, void (*dump)(struct canvas *, struct buf *),
                               const char *what, const char *wanted, const char *file, int line)
{
    struct buf got;
    buf_init(&got, canvas->env);
    dump(canvas, &got);
    expect_text(what, &got, wanted, file, line);
    buf_release(&got);
}

#define EXPECT_SCREEN(canvas, wanted)                                                              \
    expect_dump(canvas, canvas_dump, "screen", wanted, __FILE__, __LINE__)
#define EXPECT_STYLES(canvas, wanted)                                                              \
    expect_dump(canvas, canvas_dump_styles, "styles", wanted, __FILE__, __LINE__)

#endif
