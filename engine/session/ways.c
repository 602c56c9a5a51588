/* Ways that the call could go, side by side, and what an edit has changed. */
#include <string.h>

#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/session/commands.h"
#include "engine/session/debug.h"

enum { MOST_WAYS = 6, PAGE_COLUMNS = 76, GAP = 3, LOOK_AHEAD = 64 };

struct trace_lines {
    struct arena arena;
    struct str *lines;
    size_t count;
};

struct trace_lines *trace_lines_new(struct session *session)
{
    struct trace_lines *made = mem_zalloc(session->env, sizeof *made);
    struct buf text;

    arena_init(&made->arena, session->env);
    call_events(session->call, &made->count);
    made->lines = arena_alloc(&made->arena, (made->count + 1) * sizeof *made->lines);
    buf_init(&text, session->env);
    for (size_t i = 0; i < made->count; i++) {
        buf_clear(&text);
        call_event_show(session->call, i, &text);
        made->lines[i] = (struct str){ arena_text(&made->arena, text.ptr, text.len), text.len };
    }
    buf_release(&text);
    return made;
}

void trace_lines_free(struct trace_lines *lines)
{
    struct env *env = lines->arena.env;

    arena_release(&lines->arena);
    mem_free(env, lines);
}

/* How many lines all of them begin with. */
static size_t common(const struct trace_lines *const *ways, size_t count)
{
    for (size_t i = 0; i < ways[0]->count; i++)
        for (size_t k = 1; k < count; k++)
            if (i >= ways[k]->count || !str_eq(ways[0]->lines[i], ways[k]->lines[i]))
                return i;
    return ways[0]->count;
}

static struct str line_at(const struct trace_lines *lines, size_t i)
{
    return i < lines->count ? lines->lines[i] : STR("the end");
}

void ways_tell_difference(struct session *session, const struct trace_lines *before)
{
    struct trace_lines *now = trace_lines_new(session);
    const struct trace_lines *const both[] = { before, now };
    size_t same = common(both, 2);
    struct str was = line_at(before, same), is = line_at(now, same);

    if (same == before->count && same == now->count)
        message_more(session, MESSAGE_INFO, "nothing came out otherwise");
    else
        message_more(session, MESSAGE_WARNING,
                     "event %zu was %.*s and is %.*s; compare shows all", same, STR_ARG(was),
                     STR_ARG(is));
    trace_lines_free(now);
}

/* --- side by side --- */

/* Takes off as much of `rest` as fits into the columns, whole words where there are any. */
static struct str take_columns(struct str *rest, int columns)
{
    size_t at = 0, blank = 0;
    int used = 0;

    while (at < rest->len) {
        size_t next = at;
        uint32_t code = utf8_next(*rest, &next);
        used += code == UTF8_BAD ? 1 : utf8_width(code);
        if (used > columns)
            break;
        if (code == ' ')
            blank = next;
        at = next;
    }
    size_t end = at < rest->len && blank ? blank : at;
    struct str taken = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return str_trim(taken);
}

/* One row: the cells broken into lines as their columns need. */
static void add_row(const struct str *cells, size_t count, struct buf *out)
{
    struct str rest[MOST_WAYS];
    int width = (int) (PAGE_COLUMNS / count) - GAP;
    bool more = true;

    for (size_t k = 0; k < count; k++)
        rest[k] = cells[k];
    while (more) {
        more = false;
        for (size_t k = 0; k < count; k++) {
            struct str cell = take_columns(&rest[k], width);
            buf_add(out, cell);
            if (k + 1 < count) {
                buf_add_repeat(out, ' ', (size_t) (width - utf8_columns(cell)));
                buf_add_text(out, " | ");
            }
            more = more || rest[k].len > 0;
        }
        while (out->len && out->ptr[out->len - 1] == ' ')
            buf_truncate(out, out->len - 1);
        buf_add_char(out, '\n');
    }
}

struct comparison {
    struct str names[MOST_WAYS];
    const struct trace_lines *ways[MOST_WAYS];
    struct trace_lines *own[MOST_WAYS]; /* to be freed */
    size_t count;
};

/* How far line `wanted` is from where way k stands; LOOK_AHEAD: not near. */
static size_t distance(const struct comparison *all, size_t k, const size_t *from,
                       struct str wanted)
{
    const struct trace_lines *way = all->ways[k];

    for (size_t i = 0; i < LOOK_AHEAD && from[k] + i < way->count; i++)
        if (str_eq(way->lines[from[k] + i], wanted))
            return i;
    return LOOK_AHEAD;
}

/* How many lines of each way go before the next one that all have; false: there is none near, or
 * all is said. Of several the one that passes over the fewest. */
static bool next_common(const struct comparison *all, const size_t *from, size_t *gaps)
{
    const struct trace_lines *first = all->ways[0];
    size_t least = SIZE_MAX;

    for (size_t i = 0; i < LOOK_AHEAD && i < least && from[0] + i < first->count; i++) {
        size_t sum = i, found[MOST_WAYS] = { i };
        bool near = true;
        for (size_t k = 1; near && k < all->count; k++) {
            found[k] = distance(all, k, from, first->lines[from[0] + i]);
            near = found[k] < LOOK_AHEAD;
            sum += found[k];
        }
        if (near && sum < least) {
            least = sum;
            memcpy(gaps, found, sizeof found);
        }
    }
    return least != SIZE_MAX;
}

/* What each has up to its end, side by side. */
static void add_rows(const struct comparison *all, size_t *from, const size_t *ends,
                     struct buf *out)
{
    struct str cells[MOST_WAYS];
    bool more = true;

    while (more) {
        more = false;
        for (size_t k = 0; k < all->count; k++) {
            bool has = from[k] < ends[k];
            cells[k] = has ? all->ways[k]->lines[from[k]++] : STR_NONE;
            more = more || has;
        }
        if (more)
            add_row(cells, all->count, out);
    }
}

static void print(const struct comparison *all, struct buf *out)
{
    size_t same = common(all->ways, all->count);
    size_t from[MOST_WAYS], ends[MOST_WAYS], gaps[MOST_WAYS];

    buf_addf(out, "%zu events are the same", same);
    if (same)
        buf_addf(out, ", the last: %.*s", STR_ARG(all->ways[0]->lines[same - 1]));
    buf_add_text(out, "\n\n");
    add_row(all->names, all->count, out);
    for (size_t k = 0; k < all->count; k++)
        from[k] = same;
    while (next_common(all, from, gaps)) {
        for (size_t k = 0; k < all->count; k++)
            ends[k] = from[k] + gaps[k];
        add_rows(all, from, ends, out);
        buf_addf(out, "= %.*s\n", STR_ARG(all->ways[0]->lines[from[0]]));
        for (size_t k = 0; k < all->count; k++)
            from[k]++;
    }
    for (size_t k = 0; k < all->count; k++)
        ends[k] = all->ways[k]->count;
    add_rows(all, from, ends, out);
    buf_truncate(out, out->len - 1);
}

static bool add_way(struct session *session, struct comparison *all, struct str name)
{
    struct trace_lines *lines = branch_lines(session, name);

    if (!lines)
        return message_fail1(session, DIAG_BRANCH_UNKNOWN, name);
    if (all->count == MOST_WAYS) {
        trace_lines_free(lines);
        return message_fail0(session, DIAG_BRANCH_MANY);
    }
    all->names[all->count] = name;
    all->own[all->count] = lines;
    all->ways[all->count++] = lines;
    return true;
}

static bool add_all(struct session *session, struct comparison *all)
{
    struct branch_view at;
    bool ok = true;

    if (simulation_before(session)) {
        all->names[0] = STR("before the edit");
        all->ways[all->count++] = simulation_before(session);
    }
    for (size_t i = 0; ok && session_branch(session, i, &at); i++)
        ok = add_way(session, all, at.name);
    return ok;
}

bool command_compare(struct session *session, struct str arguments)
{
    struct comparison all = { .count = 0 };
    struct buf text;
    bool ok = arguments.len || add_all(session, &all);

    while (ok && arguments.len)
        ok = add_way(session, &all, command_word(&arguments));
    buf_init(&text, session->env);
    if (ok && all.count < 2)
        ok = message_fail0(session, DIAG_BRANCH_ALONE);
    else if (ok)
        print(&all, &text);
    if (ok)
        message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
    for (size_t k = 0; k < all.count; k++)
        if (all.own[k])
            trace_lines_free(all.own[k]);
    return ok;
}
