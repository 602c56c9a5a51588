#include "tui/line/editor.h"

#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "tui/line/show.h"

enum { HISTORY_LINES = 1000, OFFERS = 100 };

struct editor {
    struct line *line;
    const char *file;
    EditLine *edit;
    History *history;
    struct buf prompt;
    struct sigaction before; /* what Ctrl-C did */
};

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void) number;
    interrupted = 1;
}

static char *prompt(EditLine *edit)
{
    struct editor *editor;
    struct buf text;
    el_get(edit, EL_CLIENTDATA, &editor);
    buf_init(&text, editor->line->session->env);
    line_prompt(editor->line, &text);
    buf_clear(&editor->prompt);
    buf_add_shown(&editor->prompt, buf_str(&text), false);
    buf_release(&text);
    return editor->prompt.ptr;
}

/* --- completion --- */

static size_t common(struct str a, struct str b)
{
    size_t len = 0;
    while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len])
        len++;
    while (len > 0 && len < a.len && ((unsigned char) a.ptr[len] & 0xC0) == 0x80)
        len--; /* not in the middle of a character */
    return len;
}

/* What all completions begin with; returns how many there are. */
static size_t common_beginning(struct line *line, struct str text, struct buf *out, size_t *from)
{
    struct buf offer;
    size_t count = 0, at;
    buf_init(&offer, out->env);
    for (; count < OFFERS && line_complete(line, text, count, &offer, &at); count++) {
        *from = at;
        if (count == 0)
            buf_add(out, buf_str(&offer));
        else
            buf_truncate(out, common(buf_str(out), buf_str(&offer)));
    }
    buf_release(&offer);
    return count;
}

static void list_offers(struct line *line, struct str text)
{
    struct buf offer;
    size_t from, n = 0;
    buf_init(&offer, line->session->env);
    putchar('\n');
    for (; n < OFFERS && line_complete(line, text, n, &offer, &from); n++)
        show_text(buf_str(&offer));
    if (n == OFFERS)
        puts("...");
    fflush(stdout);
    buf_release(&offer);
}

/* Tab: what all have in common is put in; where that is nothing new they are listed. */
static unsigned char complete(EditLine *edit, int key)
{
    struct editor *editor;
    struct buf begin;
    size_t from = 0;
    (void) key;
    el_get(edit, EL_CLIENTDATA, &editor);
    const LineInfo *info = el_line(edit);
    struct buf text;
    buf_init(&text, editor->line->session->env);
    buf_init(&begin, editor->line->session->env);
    buf_add(&text, (struct str){ info->buffer, (size_t) (info->cursor - info->buffer) });
    size_t count = common_beginning(editor->line, buf_str(&text), &begin, &from);
    unsigned char result = CC_REFRESH;
    if (count == 1 && begin.len && begin.ptr[begin.len - 1] != ' ')
        buf_add_char(&begin, ' ');
    if (count == 0) {
        result = CC_REFRESH_BEEP;
    } else if (begin.len > text.len - from) {
        el_deletestr(edit, (int) utf8_count(str_slice(buf_str(&text), from, text.len)));
        if (el_insertstr(edit, begin.ptr) != 0)
            result = CC_REFRESH_BEEP;
    } else {
        list_offers(editor->line, buf_str(&text));
        result = CC_REDISPLAY;
    }
    buf_release(&begin);
    buf_release(&text);
    return result;
}

/* --- the editor --- */

struct editor *editor_open(struct line *line, const char *file)
{
    struct env *env = line->session->env;
    struct editor *editor = mem_zalloc(env, sizeof *editor);
    struct sigaction action = { .sa_handler = on_interrupt };
    HistEvent event;
    editor->line = line;
    editor->file = file;
    buf_init(&editor->prompt, env);
    setlocale(LC_CTYPE, "");
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &editor->before);
    editor->history = history_init();
    editor->edit = el_init("postflow", stdin, stdout, stderr);
    if (!editor->history || !editor->edit)
        env->out_of_memory(env, 0);
    history(editor->history, &event, H_SETSIZE, HISTORY_LINES);
    history(editor->history, &event, H_SETUNIQUE, 1);
    if (file)
        history(editor->history, &event, H_LOAD, file);
    el_set(editor->edit, EL_CLIENTDATA, editor);
    el_set(editor->edit, EL_EDITOR, "emacs");
    el_set(editor->edit, EL_SIGNAL, 1);
    el_set(editor->edit, EL_PROMPT, prompt);
    el_set(editor->edit, EL_HIST, history, editor->history);
    el_set(editor->edit, EL_ADDFN, "postflow-complete", "completes the word", complete);
    el_set(editor->edit, EL_BIND, "^I", "postflow-complete", NULL);
    el_source(editor->edit, NULL); /* what ~/.editrc says goes over it */
    return editor;
}

bool editor_read(struct editor *editor, struct buf *out)
{
    HistEvent event;
    const char *text;
    int len;
    fflush(stdout);
    do {
        interrupted = 0;
        text = el_gets(editor->edit, &len);
        if (!text || len <= 0)
            putchar('\n');
    } while ((!text || len <= 0) && interrupted);
    if (!text || len <= 0)
        return false;
    buf_clear(out);
    buf_add(out, str_trim((struct str){ text, (size_t) len }));
    if (out->len)
        history(editor->history, &event, H_ENTER, out->ptr);
    return true;
}

void editor_close(struct editor *editor)
{
    struct env *env = editor->line->session->env;
    HistEvent event;
    if (editor->file)
        history(editor->history, &event, H_SAVE, editor->file);
    el_end(editor->edit);
    history_end(editor->history);
    sigaction(SIGINT, &editor->before, NULL);
    buf_release(&editor->prompt);
    mem_free(env, editor);
}
