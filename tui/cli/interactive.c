/* The designer on a terminal: events in, screens out, the wishes a terminal has to fulfil. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "engine/base/file.h"
#include "tui/cli/front.h"
#include "tui/term/term.h"
#include "tui/view/designer.h"

enum {
    REST_MS = 60,   /* a pause of the keys this long lets details follow */
    LOOK_MS = 2000, /* so often the folder is looked at while nothing happens */
};

struct interactive {
    struct cli *cli;
    struct term *term;
    struct desk desk;
    char *state; /* folder of state, NULL: none */
    struct canvas canvas;
    bool going;
    int signal; /* that ends it, 0: none */
};

static bool write_all(int descriptor, struct str text)
{
    while (text.len > 0) {
        ssize_t written = write(descriptor, text.ptr, text.len);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            text = str_slice(text, (size_t) written, text.len);
    }
    return true;
}

/* Runs $VISUAL, $EDITOR or vi on a private file; false: it did not end well. */
static bool edit_file(struct interactive *ui, char *path)
{
    const char *editor = getenv("VISUAL");
    if (!editor || !*editor)
        editor = getenv("EDITOR");
    if (!editor || !*editor)
        editor = "vi";
    /* The variable may hold options; the shell splits it, the path is handed over unparsed. */
    struct buf line;
    buf_init(&line, &ui->cli->env);
    buf_addf(&line, "%s \"$1\"", editor);
    char *const argv[] = { "sh", "-c", line.ptr, "sh", path, NULL };
    int status = term_run(ui->term, argv);
    buf_release(&line);
    return status == 0;
}

static void run_editor(struct interactive *ui)
{
    struct env *env = &ui->cli->env;
    const char *folder = getenv("TMPDIR");
    char *path = file_join(env, folder && *folder ? folder : "/tmp", "postflow-XXXXXX");
    struct diags diags;
    struct buf text;
    diags_init(&diags, env);
    buf_init(&text, env);
    int descriptor = mkostemp(path, O_CLOEXEC);
    bool fine = descriptor >= 0 && write_all(descriptor, buf_str(&ui->desk.designer->editor_text));
    if (descriptor >= 0)
        fine &= close(descriptor) == 0;
    fine = fine && edit_file(ui, path) &&
           file_read(env, path, ui->cli->limits.file_size, &text, NULL, &diags);
    designer_edited(ui->desk.designer, fine, buf_str(&text));
    if (descriptor >= 0)
        unlink(path);
    mem_free(env, path);
    buf_release(&text);
    diags_release(&diags);
}

static void fulfil(struct interactive *ui)
{
    switch (designer_take_wish(ui->desk.designer)) {
    case WISH_NONE:
        break;
    case WISH_QUIT:
        ui->going = false;
        break;
    case WISH_SUSPEND:
        term_suspend(ui->term);
        break;
    case WISH_REDRAW:
        term_redraw(ui->term);
        break;
    case WISH_EDITOR:
        run_editor(ui);
        break;
    }
}

static void fit(struct interactive *ui)
{
    int rows, cols;
    term_size(ui->term, &rows, &cols);
    if (rows != ui->canvas.rows || cols != ui->canvas.cols) {
        canvas_resize(&ui->canvas, rows, cols);
        designer_resize(ui->desk.designer, rows, cols);
    }
}

static void handle(struct interactive *ui, struct term_event *event)
{
    switch (event->type) {
    case TERM_KEY:
        designer_key(ui->desk.designer, event->key);
        break;
    case TERM_PASTE:
        designer_paste(ui->desk.designer, event->paste);
        if (event->paste_cut)
            designer_say(ui->desk.designer, MESSAGE_WARNING,
                         STR("the paste was longer than 16 MiB and was cut"));
        break;
    case TERM_MOUSE:
        designer_mouse(ui->desk.designer, &event->mouse);
        break;
    case TERM_RESIZE:
    case TERM_RESUME:
        fit(ui);
        term_redraw(ui->term);
        break;
    case TERM_HANGUP:
        ui->signal = SIGHUP;
        ui->going = false;
        break;
    case TERM_TERMINATE:
        ui->signal = event->signal;
        ui->going = false;
        break;
    case TERM_TIMEOUT:
        break;
    }
}

/* How long to wait for the next event: not long while the screen is behind the keys. */
static int patience(struct interactive *ui)
{
    int64_t idle = session_idle(ui->desk.session, ui->cli->env.now(&ui->cli->env));
    if (designer_is_behind(ui->desk.designer) && (idle < 0 || idle > REST_MS))
        return REST_MS;
    return idle < 0 || idle > LOOK_MS ? LOOK_MS : (int) idle;
}

static enum redraw rest(struct interactive *ui, const struct check_stop *stop)
{
    return designer_is_behind(ui->desk.designer) ? designer_rest(ui->desk.designer, stop)
                                            : designer_look_outside(ui->desk.designer);
}

static bool key_waits(void *context)
{
    struct interactive *ui = context;
    return term_pending(ui->term);
}

/* What is said and asked when a folder is opened. */
static void greet(struct interactive *ui, bool is_folder)
{
    if (is_folder)
        designer_command(ui->desk.designer, STR("flows"));
    designer_offer_recovery(ui->desk.designer);
}

/* True: it is another designer now. */
static bool follow(struct interactive *ui)
{
    const char *elsewhere = ui->desk.session->elsewhere;
    bool is_folder = elsewhere && file_is_folder(elsewhere);
    if (!desk_follow(&ui->desk, ui->state))
        return false;
    greet(ui, is_folder);
    return true;
}

static void loop(struct interactive *ui)
{
    const struct check_stop stop = { key_waits, ui };
    struct term_event event;
    enum redraw what = REDRAW_ALL;
    ui->going = true;
    fit(ui);
    while (ui->going) {
        if (what != REDRAW_NOTHING && !term_pending(ui->term)) {
            designer_draw(ui->desk.designer, &ui->canvas, what);
            term_draw(ui->term, &ui->canvas);
            what = REDRAW_NOTHING;
        }
        if (term_wait(ui->term, patience(ui), &event)) {
            handle(ui, &event);
            what |= designer_changed(ui->desk.designer);
        } else if (what == REDRAW_NOTHING) {
            what = rest(ui, &stop);
        }
        fulfil(ui);
        if (follow(ui))
            what = REDRAW_ALL;
    }
}

static void run_out_of_memory(struct env *env, size_t size)
{
    (void) env, (void) size;
    static const char line[] = "postflow: out of memory; the recovery log has your work\n";
    term_emergency();
    ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
    (void) written;
    _exit(STATUS_FAILED);
}

enum status front_designer(struct cli *cli, const char *path)
{
    struct interactive ui = { .cli = cli };
    struct env *env = &cli->env;
    struct diags diags;
    const char *why;
    diags_init(&diags, env);
    ui.state = front_state_folder(env);
    if (!desk_open(&ui.desk, env, path, ui.state, &diags)) {
        cli_print_diags(stderr, &diags);
        diags_release(&diags);
        mem_free(env, ui.state);
        return STATUS_FAILED;
    }
    struct term_options options = { .mouse = true };
    ui.term = term_start(env, &options, &why);
    enum status status = STATUS_FAILED;
    if (ui.term) {
        env->out_of_memory = run_out_of_memory;
        canvas_init(&ui.canvas, env, term_utf8(ui.term));
        greet(&ui, !path || file_is_folder(path));
        loop(&ui);
        canvas_release(&ui.canvas);
        term_stop(ui.term);
        status = STATUS_FINE;
    } else {
        cli_complain("%s", why);
    }
    desk_close(&ui.desk);
    mem_free(env, ui.state);
    diags_release(&diags);
    if (ui.signal)
        term_die(ui.signal);
    return status;
}
