/* The smallest program on tui/term, for the tests on a pty: a list with a cursor bar, a line that
 * tells the last event, a status line.
 *
 *     demo [ROWS]        rows "    12 action of the flow ..."
 *     demo FILE          the lines of a file
 *     DEMO_PANES=1       with a pane beside the list on both sides
 *
 * q quits, ^Z suspends, x crashes, e runs `stty -a`, E runs what does not exist. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/env.h"
#include "engine/base/mem.h"
#include "engine/base/utf8.h"
#include "tui/term/term.h"
#include "tui/view/scroll.h"

struct demo {
    struct env env;
    struct term *term;
    struct canvas canvas;
    struct scroll scroll;
    struct buf text, told;
    size_t *starts;
    size_t count, capacity;
    bool panes;
    int end; /* exit status, -1: go on; above 128 a signal */
};

static void add_line(struct demo *demo, size_t at)
{
    demo->starts = mem_grow(&demo->env, demo->starts, &demo->capacity, demo->count + 1,
                            sizeof(demo->starts[0]));
    demo->starts[demo->count++] = at;
}

static void fill(struct demo *demo, const char *what)
{
    FILE *file = fopen(what, "rb");
    char bytes[4096];
    size_t n;
    while (file && (n = fread(bytes, 1, sizeof(bytes), file)) > 0)
        buf_add(&demo->text, (struct str){ bytes, n });
    if (file)
        fclose(file);
    for (long i = 1; !file && i <= strtol(what, NULL, 10); i++)
        buf_addf(&demo->text, "%*s%ld action of the flow: say %ld and go on\n", (int)(i % 7), "", i,
                 i * 7919 % 1000);
    add_line(demo, 0);
    for (size_t i = 0; i + 1 < demo->text.len; i++)
        if (demo->text.ptr[i] == '\n')
            add_line(demo, i + 1);
}

static struct str line_of(const struct demo *demo, size_t row)
{
    size_t from = demo->starts[row];
    size_t to = row + 1 < demo->count ? demo->starts[row + 1] - 1 : demo->text.len - 1;
    return str_slice(buf_str(&demo->text), from, to);
}

static void draw_side(struct canvas *canvas, int col, int rows)
{
    for (int row = 1; row <= rows; row++)
        canvas_putf(canvas, row, col, 20, STYLE_NORMAL, "side %d | %d", row, row * 31 % 97);
}

static void draw(struct demo *demo)
{
    struct canvas *canvas = &demo->canvas;
    int rows, cols;
    term_size(demo->term, &rows, &cols);
    canvas_resize(canvas, rows, cols);
    canvas_put_padded(canvas, 0, 0, cols, STYLE_TITLE_FOCUS, buf_str(&demo->told));
    int left = demo->panes ? 20 : 0, width = cols - 2 * left;
    scroll_fit(&demo->scroll, demo->count, rows - 2);
    for (int i = 0; i < demo->scroll.page && demo->scroll.top + (size_t)i < demo->count; i++) {
        size_t row = demo->scroll.top + (size_t)i;
        bool here = row == demo->scroll.cursor;
        canvas_put(canvas, i + 1, left, width, here ? STYLE_CURSOR : STYLE_NORMAL,
                   line_of(demo, row));
    }
    canvas_scrolls(canvas, (struct area){ 1, left, rows - 2, width });
    if (demo->panes) {
        draw_side(canvas, 0, rows - 2);
        draw_side(canvas, cols - 20, rows - 2);
    }
    canvas_putf(canvas, rows - 1, 0, cols, STYLE_NORMAL, "row %zu of %zu, %dx%d",
                demo->scroll.cursor + 1, demo->count, cols, rows);
    term_draw(demo->term, canvas);
}

static void run(struct demo *demo, const char *program)
{
    char *argv[] = { (char *)program, (char *)"-a", NULL };
    int status = term_run(demo->term, argv);
    buf_clear(&demo->told);
    buf_addf(&demo->told, "%s: %d %s", program, status, status < 0 ? strerror(errno) : "");
}

static void on_key(struct demo *demo, struct key key)
{
    if (scroll_key(&demo->scroll, key, false))
        return;
    buf_clear(&demo->told);
    buf_add_text(&demo->told, "key ");
    key_show(&demo->told, key);
    if (key_is(key, 'q'))
        demo->end = 0;
    else if (key_is(key, 'x'))
        raise(SIGSEGV);
    else if (key_is(key, 'e'))
        run(demo, "stty");
    else if (key_is(key, 'E'))
        run(demo, "no-such-program");
    else if (key_eq(key, KEY_CTRL_OF('z')))
        term_suspend(demo->term);
}

static void handle(struct demo *demo, const struct term_event *event)
{
    switch (event->type) {
    case TERM_KEY:
        on_key(demo, event->key);
        break;
    case TERM_PASTE:
        buf_clear(&demo->told);
        buf_addf(&demo->told, "paste %zu ", event->paste.len);
        buf_add(&demo->told, str_slice(event->paste, 0, event->paste.len < 60 ? event->paste.len
                                                                              : 60));
        break;
    case TERM_MOUSE:
        buf_clear(&demo->told);
        buf_addf(&demo->told, "mouse %d %d %d,%d", (int)event->mouse.action, event->mouse.button,
                 event->mouse.row, event->mouse.col);
        break;
    case TERM_RESUME:
        buf_add_text(&demo->told, " resumed");
        break;
    case TERM_HANGUP:
        demo->end = 7;
        break;
    case TERM_TERMINATE:
        demo->end = 128 + event->signal;
        break;
    case TERM_RESIZE:
    case TERM_TIMEOUT:
        break;
    }
}

int main(int argc, char **argv)
{
    struct demo demo = { .end = -1 };
    struct term_options options = { .mouse = true };
    const char *why;
    env_init(&demo.env);
    demo.panes = getenv("DEMO_PANES") != NULL;
    buf_init(&demo.text, &demo.env);
    buf_init(&demo.told, &demo.env);
    fill(&demo, argc > 1 ? argv[1] : "1000");
    demo.term = term_start(&demo.env, &options, &why);
    if (!demo.term) {
        fprintf(stderr, "demo: %s\n", why);
        demo.end = 2;
    }
    term_last_words("demo: your work is safe");
    canvas_init(&demo.canvas, &demo.env, demo.term && term_utf8(demo.term));
    while (demo.term && demo.end < 0) {
        struct term_event event;
        if (!term_pending(demo.term))
            draw(&demo);
        term_wait(demo.term, -1, &event);
        handle(&demo, &event);
    }
    term_stop(demo.term);
    canvas_release(&demo.canvas);
    buf_release(&demo.text);
    buf_release(&demo.told);
    mem_free(&demo.env, demo.starts);
    if (demo.end > 128)
        term_die(demo.end - 128);
    return demo.end;
}
