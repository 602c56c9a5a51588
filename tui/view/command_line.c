/* The `:` line: its keys, completion and what was typed before. */
#include <string.h>
#include "engine/base/mem.h"
#include "tui/view/designer.h"
#include "tui/view/view_commands.h"

void designer_open_command(struct designer *designer, struct str text)
{
    designer->command_open = true;
    designer->completion = SIZE_MAX;
    designer->history_at = designer->history_count;
    textedit_set(&designer->command, text);
}

static void remember(struct designer *designer, struct str line)
{
    if (line.len == 0)
        return;
    designer->history = mem_grow(designer->env, designer->history, &designer->history_capacity,
                                 designer->history_count + 1, sizeof *designer->history);
    char *copy = mem_alloc(designer->env, line.len + 1);
    memcpy(copy, line.ptr, line.len);
    copy[line.len] = 0;
    designer->history[designer->history_count++] = copy;
}

static void recall(struct designer *designer, bool older)
{
    if (older && designer->history_at > 0)
        designer->history_at--;
    else if (!older && designer->history_at < designer->history_count)
        designer->history_at++;
    bool newest = designer->history_at == designer->history_count;
    textedit_set(&designer->command,
                 newest ? STR_NONE : str_of(designer->history[designer->history_at]));
}

/* The n-th completion of a line: a command of the screen, then the session's. */
static bool complete_line(struct designer *designer, struct str line, size_t n, struct buf *out,
                          size_t *from)
{
    size_t count, seen = 0;
    const struct view_command *commands = view_commands(&count);
    if (str_find_char(line, ' ') < 0) {
        for (size_t i = 0; i < count; i++) {
            if (!str_starts(str_of(commands[i].name), line))
                continue;
            if (seen++ == n) {
                buf_clear(out);
                buf_add_text(out, commands[i].name);
                *from = 0;
                return true;
            }
        }
    }
    return session_complete(designer->session, line, n - seen, out, from);
}

/* Tab goes through the completions of what stood there. */
static void complete(struct designer *designer)
{
    struct buf word;
    size_t from = 0;
    buf_init(&word, designer->env);
    if (designer->completion == SIZE_MAX) {
        buf_clear(&designer->completed_from);
        buf_add(&designer->completed_from, buf_str(&designer->command.text));
        designer->completion = 0;
    }
    struct str line = buf_str(&designer->completed_from);
    bool found = complete_line(designer, line, designer->completion, &word, &from);
    if (!found && designer->completion > 0) {
        designer->completion = 0;
        found = complete_line(designer, line, 0, &word, &from);
    }
    if (found) {
        designer->completion++;
        textedit_set(&designer->command, str_slice(line, 0, from));
        textedit_insert(&designer->command, buf_str(&word));
    }
    buf_release(&word);
}

void designer_command_key(struct designer *designer, struct key key)
{
    enum edit_result result = EDIT_MOVED;
    if (key_is(key, SPECIAL_TAB))
        complete(designer);
    else if (key_is(key, SPECIAL_UP) || key_is(key, SPECIAL_DOWN))
        recall(designer, key_is(key, SPECIAL_UP));
    else
        result = textedit_key(&designer->command, key);
    if (result == EDIT_CHANGED)
        designer->completion = SIZE_MAX;
    if (result == EDIT_DONE || result == EDIT_CANCELLED)
        designer->command_open = false;
    session_draft(designer->session, "command",
                  designer->command_open ? buf_str(&designer->command.text) : STR_NONE);
    if (result != EDIT_DONE)
        return;
    struct buf line;
    buf_init(&line, designer->env);
    buf_add(&line, buf_str(&designer->command.text));
    remember(designer, buf_str(&line));
    designer_command(designer, buf_str(&line));
    buf_release(&line);
}
