#include "tests/unit/session/support.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "engine/base/file.h"
#include "engine/doc/write.h"

static int64_t tick(struct env *env)
{
    struct world *world = env->context;

    return world->clock++;
}

int world_setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    const char *tmp = getenv("TMPDIR");

    env_init(&world->env);
    world->env.now = tick;
    world->env.context = world;
    world->clock = 1767225600000;
    diags_init(&world->diags, &world->env);
    snprintf(world->folder, sizeof world->folder, "%s/postflow-session-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(world->folder))
        return -1;
    mkdir(world_path(world, "flows"), 0777);
    *state = world;
    return 0;
}

static void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char below[512];

    while (folder && (entry = readdir(folder))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (unlink(below) != 0)
            remove_tree(below);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

int world_teardown(void **state)
{
    struct world *world = *state;

    if (world->session)
        session_close(world->session);
    diags_release(&world->diags);
    remove_tree(world->folder);
    free(world);
    return 0;
}

const char *world_path(const struct world *world, const char *name)
{
    static char paths[8][512];
    static int at;

    at = (at + 1) % 8;
    snprintf(paths[at], sizeof paths[at], "%s/%s", world->folder, name);
    return paths[at];
}

void world_put(const struct world *world, const char *name, const char *content)
{
    FILE *file = fopen(world_path(world, name), "w");

    assert_non_null(file);
    fputs(content, file);
    assert_int_equal(fclose(file), 0);
}

void world_put_main(const struct world *world)
{
    world_put(world, "flows/main.flow.json",
#include "tests/unit/session/main.inc"
    );
}

struct str world_get(const struct world *world, const char *name)
{
    static char text[1 << 20];
    FILE *file = fopen(world_path(world, name), "r");

    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    return (struct str){ text, len };
}

/* --- sessions --- */

static void show_diags(const struct diags *diags)
{
    struct env env;
    struct buf text;

    env_init(&env);
    buf_init(&text, &env);
    for (size_t i = 0; i < diags->count; i++) {
        diag_render(&text, &diags->items[i], NULL);
        print_message("%s\n", text.ptr);
        buf_clear(&text);
    }
    buf_release(&text);
}

struct session *world_open(struct world *world, const char *name)
{
    char path[512], state[512];

    assert_null(world->session);
    snprintf(path, sizeof path, "%s/flows%s%s", world->folder, *name ? "/" : "", name);
    snprintf(state, sizeof state, "%s/state", world->folder);
    diags_clear(&world->diags);
    world->session = session_open(&world->env, path, state, &world->diags);
    show_diags(&world->diags);
    assert_non_null(world->session);
    return world->session;
}

void world_close(struct world *world)
{
    session_close(world->session);
    world->session = NULL;
}

/* A copy of the log outlives the session that tidies up. */
void world_die(struct world *world)
{
    char log[512], kept[600];

    snprintf(log, sizeof log, "%s", world_log(world));
    snprintf(kept, sizeof kept, "%s.kept", log);
    assert_int_equal(link(log, kept), 0);
    world_close(world);
    unlink(log);
    assert_int_equal(rename(kept, log), 0);
}

void world_say(struct world *world, const char *lines)
{
    while (*lines) {
        size_t len = strcspn(lines, "\n");
        struct str line = { lines, len };
        if (!session_command(world->session, line))
            fail_msg("%.*s: %s", (int) len, lines, world->session->message.ptr);
        lines += len + (lines[len] == '\n');
    }
}

void world_expect_message(struct world *world, const char *words)
{
    const char *message = world->session->message.len ? world->session->message.ptr : "";

    if (!strstr(message, words))
        fail_msg("no \"%s\" in: %s", words, message);
}

/* What stands between the holes of the sentence is in the message, in this order. */
static bool is_sentence(const char *sentence, const char *message)
{
    while (*sentence) {
        char piece[256];
        size_t len = strcspn(sentence, "{");
        snprintf(piece, sizeof piece, "%.*s", (int) len, sentence);
        message = strstr(message, piece);
        if (!message)
            return false;
        message += len;
        sentence += len;
        sentence += *sentence ? strlen("{1}") : 0;
    }
    return true;
}

void world_refused(struct world *world, const char *line, enum diag_code code,
                   const char *words)
{
    if (session_command(world->session, str_of(line)))
        fail_msg("%s was not refused: %s", line, world->session->message.ptr);
    assert_int_equal(world->session->message_kind, MESSAGE_ERROR);
    if (!is_sentence(diag_info(code)->sentence, world->session->message.ptr))
        fail_msg("not %s: %s", diag_info(code)->code, world->session->message.ptr);
    world_expect_message(world, words);
}

void world_put_samples(struct world *world)
{
    struct file_list list;
    struct diags diags;
    struct buf text;

    diags_init(&diags, &world->env);
    assert_true(file_list(&world->env, "samples", &list, &diags));
    for (size_t i = 0; i < list.count; i++) {
        struct str name = file_name(list.items[i].path);
        char path[300];
        if (!str_ends(name, STR(".flow.json")) && !str_is(name, "postflow.json"))
            continue;
        buf_init(&text, &world->env);
        assert_true(file_read(&world->env, list.items[i].path, 1 << 20, &text, NULL, &diags));
        snprintf(path, sizeof path, "flows/%.*s", STR_ARG(name));
        world_put(world, path, text.ptr);
        buf_release(&text);
    }
    file_list_release(&list);
    diags_release(&diags);
}

/* What was made and has nothing in it yet comes into being a record before what it was made for. */
static bool is_untouched(const struct doc *doc, bool fresh)
{
    struct buf text;
    bool same;

    buf_init(&text, doc->env);
    doc_write(doc, &text);
    same = fresh && str_eq(buf_str(&text), (struct str){ doc->source, doc->source_len });
    buf_release(&text);
    return same;
}

/* In the order of paths, which is not that of making. */
static const struct workspace_file *file_behind(const struct workspace *ws,
                                                const struct workspace_file *last)
{
    const struct workspace_file *next = NULL;

    for (size_t i = 0; i < ws->count; i++)
        if ((!last || strcmp(ws->files[i]->path, last->path) > 0) &&
            (!next || strcmp(ws->files[i]->path, next->path) < 0))
            next = ws->files[i];
    return next;
}

void world_state(struct world *world, struct buf *out)
{
    const struct workspace *ws = world->session->ws;

    const struct workspace_file *last = NULL, *file;

    buf_clear(out);
    while ((file = file_behind(ws, last))) {
        last = file;
        if (file->flow.doc && is_untouched(file->flow.doc, file->fresh))
            continue;
        buf_addf(out, "=== %s\n", file->path);
        if (file->flow.doc)
            doc_write(file->flow.doc, out);
    }
    if (ws->settings_doc && !is_untouched(ws->settings_doc, !ws->settings_stamp.exists))
        doc_write(ws->settings_doc, out);
}

struct str world_flow(struct world *world)
{
    static char text[1 << 20];
    struct buf out;

    buf_init(&out, &world->env);
    doc_write(world->session->flow->doc, &out);
    assert_true(out.len < sizeof text);
    memcpy(text, out.ptr, out.len);
    text[out.len] = '\0';
    struct str result = { text, out.len };
    buf_release(&out);
    return result;
}

const char *world_log(struct world *world)
{
    static char path[600];
    DIR *folder = opendir(world_path(world, "state/recover"));
    struct dirent *entry;

    path[0] = '\0';
    while (folder && (entry = readdir(folder)))
        if (strstr(entry->d_name, ".log") && !strstr(entry->d_name, ".damaged"))
            snprintf(path, sizeof path, "%s/state/recover/%s", world->folder, entry->d_name);
    if (folder)
        closedir(folder);
    return path;
}
