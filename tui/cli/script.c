#include <string.h>
#include "engine/base/file.h"
#include "engine/base/utf8.h"
#include "tui/cli/front.h"
#include "tui/view/designer.h"

struct script {
    struct cli *cli;
    const char *name;
    size_t line;
    struct desk desk;
    struct canvas canvas;
    bool failed;
};

static void complain(struct script *script, const char *what, struct str text)
{
    cli_complain("%s:%zu: %s%.*s", script->name, script->line, what, STR_ARG(text));
    script->failed = true;
}

static void draw(struct script *script)
{
    while (designer_is_behind(script->desk.designer))
        designer_rest(script->desk.designer, NULL);
    designer_draw(script->desk.designer, &script->canvas, REDRAW_ALL);
}

static void run_size(struct script *script, struct str rest)
{
    ptrdiff_t cross = str_find_char(rest, 'x');
    int64_t cols, rows;
    if (cross < 0 || !str_to_int(str_slice(rest, 0, (size_t) cross), &cols) ||
        !str_to_int(str_slice(rest, (size_t) cross + 1, rest.len), &rows) || cols < 1 || rows < 1 ||
        cols > 1000 || rows > 1000) {
        complain(script, "a size is COLUMNSxROWS, not ", rest);
        return;
    }
    canvas_resize(&script->canvas, (int) rows, (int) cols);
    designer_resize(script->desk.designer, (int) rows, (int) cols);
}

static void run_keys(struct script *script, struct str rest)
{
    while ((rest = str_trim(rest)).len > 0) {
        ptrdiff_t space = str_find_char(rest, ' ');
        size_t end = space < 0 ? rest.len : (size_t) space;
        struct key key;
        if (key_parse(str_slice(rest, 0, end), &key)) {
            draw(script); /* as on a terminal: what is shown decides what a page is */
            designer_key(script->desk.designer, key);
        } else {
            complain(script, "there is no key ", str_slice(rest, 0, end));
        }
        rest = str_slice(rest, end, rest.len);
    }
}

static void run_text(struct script *script, struct str rest)
{
    for (size_t at = 0; at < rest.len;) {
        uint32_t code = utf8_next(rest, &at);
        if (code != UTF8_BAD)
            designer_key(script->desk.designer, KEY_OF(code));
    }
}

static void print(struct script *script, void (*dump)(struct canvas *, struct buf *))
{
    struct buf text;
    buf_init(&text, &script->cli->env);
    draw(script);
    dump(&script->canvas, &text);
    cli_print(stdout, buf_str(&text));
    buf_release(&text);
}

static void run_message(struct script *script)
{
    struct session *session = script->desk.designer->session;
    if (session->message_kind != MESSAGE_NONE)
        cli_print(stdout, buf_str(&session->message));
    putchar('\n');
}

static bool shows(struct script *script, struct str wanted)
{
    struct buf text;
    buf_init(&text, &script->cli->env);
    draw(script);
    canvas_dump(&script->canvas, &text);
    bool found = memmem(text.ptr, text.len, wanted.ptr, wanted.len) != NULL;
    buf_release(&text);
    return found;
}

static void run_line(struct script *script, struct str line)
{
    ptrdiff_t space = str_find_char(line, ' ');
    struct str word = space < 0 ? line : str_slice(line, 0, (size_t) space);
    struct str rest = space < 0 ? STR_NONE : str_slice(line, (size_t) space + 1, line.len);
    if (line.len == 0 || line.ptr[0] == '#')
        return;
    if (line.ptr[0] == ':') {
        if (!designer_command(script->desk.designer, line))
            complain(script, "", buf_str(&script->desk.designer->session->message));
    } else if (str_is(word, "size")) {
        run_size(script, rest);
    } else if (str_is(word, "ascii")) {
        script->canvas.utf8 = false;
    } else if (str_is(word, "key")) {
        run_keys(script, rest);
    } else if (str_is(word, "text")) {
        run_text(script, rest);
    } else if (str_is(word, "paste")) {
        designer_paste(script->desk.designer, rest);
    } else if (str_is(word, "screen")) {
        print(script, canvas_dump);
    } else if (str_is(word, "styles")) {
        print(script, canvas_dump_styles);
    } else if (str_is(word, "message")) {
        run_message(script);
    } else if (str_is(word, "expect")) {
        if (!shows(script, rest))
            complain(script, "the screen does not show ", rest);
    } else {
        complain(script, "a script has no line like ", line);
    }
}

static void play(struct script *script, struct str text)
{
    while (text.len > 0 && !script->desk.designer->session->quit) {
        ptrdiff_t end = str_find_char(text, '\n');
        size_t len = end < 0 ? text.len : (size_t) end;
        script->line++;
        run_line(script, str_slice(text, 0, len));
        desk_follow(&script->desk, NULL);
        text = str_slice(text, end < 0 ? len : len + 1, text.len);
    }
}

enum status front_script(struct cli *cli, const char *name, const char *path)
{
    struct diags diags;
    struct buf text;
    enum status status = STATUS_FAILED;
    diags_init(&diags, &cli->env);
    buf_init(&text, &cli->env);
    struct script script = { .cli = cli, .name = name };
    bool fine = file_read(&cli->env, name, cli->limits.file_size, &text, NULL, &diags) &&
                desk_open(&script.desk, &cli->env, path, NULL, &diags);
    cli_print_diags(stderr, &diags);
    if (fine) {
        canvas_init(&script.canvas, &cli->env, true);
        canvas_resize(&script.canvas, 24, 80);
        play(&script, buf_str(&text));
        status = script.failed ? STATUS_WRONG : STATUS_FINE;
        canvas_release(&script.canvas);
        desk_close(&script.desk);
    }
    buf_release(&text);
    diags_release(&diags);
    return status;
}
