#include "tests/unit/view/desk.h"

#include <stdlib.h>
#include <unistd.h>

int desk_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    struct diags diags;

    env_init(&desk->env);
    snprintf(desk->folder, sizeof desk->folder, "/tmp/postflow-view-XXXXXX");
    if (!mkdtemp(desk->folder))
        return -1;
    diags_init(&diags, &desk->env);
    desk->session = session_open(&desk->env, desk->folder, NULL, &diags);
    diags_release(&diags);
    if (!desk->session)
        return -1;
    desk_say(desk, "new inboundCall Desk");
    canvas_init(&desk->canvas, &desk->env, true);
    canvas_resize(&desk->canvas, 10, 44);
    *state = desk;
    return 0;
}

int desk_teardown(void **state)
{
    struct desk *desk = *state;

    session_close(desk->session);
    canvas_release(&desk->canvas);
    int status = rmdir(desk->folder);
    free(desk);
    return status;
}

void desk_say(struct desk *desk, const char *lines)
{
    while (*lines) {
        size_t len = strcspn(lines, "\n");
        if (!session_command(desk->session, (struct str){ lines, len })) {
            print_error("%.*s: %s\n", (int) len, lines, desk->session->message.ptr);
            fail();
        }
        lines += len + (lines[len] == '\n');
    }
}

struct spot desk_at(struct desk *desk, const char *path)
{
    char line[200];

    snprintf(line, sizeof line, "goto %s", path);
    desk_say(desk, line);
    return desk->session->cursor;
}

struct key desk_key(const char *name)
{
    struct key key;

    assert_true(key_parse(str_of(name), &key));
    return key;
}
