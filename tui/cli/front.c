/* What the designer's two ways to run share: sessions begin, end and give way to another. */
#include "tui/cli/front.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>
#include "engine/base/file.h"

/* The samples beside the program, as it was built or installed; NULL: they are not there. */
static const char *find_samples(struct env *env, char found[static PATH_MAX])
{
    static const char *const places[] = { "../share/postflow/samples", "../samples" };
    char program[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len <= 0)
        return NULL;
    program[len] = '\0';
    char *folder = file_folder(env, program);
    bool there = false;
    for (size_t i = 0; !there && i < sizeof places / sizeof *places; i++) {
        char *path = file_join(env, folder, places[i]);
        char *settings = file_join(env, path, "postflow.json");
        there = file_exists(settings) && realpath(path, found);
        mem_free(env, settings);
        mem_free(env, path);
    }
    mem_free(env, folder);
    return there ? found : NULL;
}

char *front_state_folder(struct env *env)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state && *state == '/')
        return file_join(env, state, "postflow");
    if (!home || !*home)
        return NULL;
    return file_join(env, home, ".local/state/postflow");
}

bool desk_open(struct desk *desk, struct env *env, const char *path, const char *state,
               struct diags *diags)
{
    desk->session = session_open(env, path ? path : ".", state, diags);
    if (!desk->session)
        return false;
    desk->designer = designer_new(env, desk->session);
    desk->designer->samples = find_samples(env, desk->samples);
    return true;
}

void desk_close(struct desk *desk)
{
    designer_free(desk->designer);
    session_close(desk->session);
}

bool desk_follow(struct desk *desk, const char *state)
{
    struct env *env = desk->session->env;
    struct diags diags;
    struct desk other;
    char *path = desk->session->elsewhere;
    if (!path)
        return false;
    desk->session->elsewhere = NULL;
    diags_init(&diags, env);
    bool fine = desk_open(&other, env, path, state, &diags);
    if (fine) {
        designer_resize(other.designer, desk->designer->rows, desk->designer->cols);
        desk_close(desk);
        *desk = other;
        desk->designer->samples = find_samples(env, desk->samples);
    } else {
        struct buf why;
        buf_init(&why, env);
        diag_render(&why, &diags.items[0], NULL);
        designer_say(desk->designer, MESSAGE_ERROR, buf_str(&why));
        buf_release(&why);
    }
    mem_free(env, path);
    diags_release(&diags);
    return fine;
}
