/* Files and folders that were opened lately, a line each, the last one first. */
#include "engine/session/parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { RECENT_MOST = 10, LIST_MOST = RECENT_MOST * (PATH_MAX + 1) };

static struct str next_line(struct str *rest)
{
    ptrdiff_t end = str_find_char(*rest, '\n');
    struct str line = str_slice(*rest, 0, end < 0 ? rest->len : (size_t) end);
    *rest = str_slice(*rest, line.len + (end >= 0), rest->len);
    return line;
}

static void read_list(const struct session *session, const char *path, struct buf *out)
{
    struct diags diags;
    diags_init(&diags, session->env);
    if (file_exists(path))
        file_read(session->env, path, LIST_MOST, out, NULL, &diags);
    diags_release(&diags);
}

void recent_add(struct session *session, const char *opened)
{
    char *path = session->state_folder ? session_state_path(session, "recent", "list") : NULL;
    char real[PATH_MAX];
    struct buf before, list;
    struct diags diags;

    if (!path || !realpath(opened, real) || strchr(real, '\n')) {
        mem_free(session->env, path);
        return;
    }
    buf_init(&before, session->env);
    buf_init(&list, session->env);
    diags_init(&diags, session->env);
    read_list(session, path, &before);
    buf_addf(&list, "%s\n", real);
    struct str rest = buf_str(&before);
    for (size_t count = 1; rest.len > 0 && count < RECENT_MOST;) {
        struct str line = next_line(&rest);
        if (line.len > 0 && !str_is(line, real)) {
            buf_addf(&list, "%.*s\n", STR_ARG(line));
            count++;
        }
    }
    file_save(session->env, path, buf_str(&list), NULL, true, &diags);
    diags_release(&diags);
    buf_release(&before);
    buf_release(&list);
    mem_free(session->env, path);
}

bool session_recent(struct session *session, size_t n, struct buf *out)
{
    char *path = session->state_folder ? session_state_path(session, "recent", "list") : NULL;
    struct buf list;
    bool found = false;

    buf_init(&list, session->env);
    if (path)
        read_list(session, path, &list);
    struct str rest = buf_str(&list), line = STR_NONE;
    for (size_t i = 0; i <= n && rest.len > 0; i++) {
        line = next_line(&rest);
        found = i == n && line.len > 0;
    }
    if (found)
        buf_add(out, line);
    buf_release(&list);
    mem_free(session->env, path);
    return found;
}
