/* What is looked at while the call moves: watches, and what an expression is now. */
#include "engine/base/env.h"
#include "engine/session/commands.h"
#include "engine/session/debug.h"

struct watches {
    struct watch *items;
    size_t count, capacity;
    unsigned last; /* number given */
};

static struct watches *watches_of(struct session *session)
{
    if (!session->watches)
        session->watches = mem_zalloc(session->env, sizeof *session->watches);
    return session->watches;
}

static void release_watch(struct env *env, struct watch *watch)
{
    mem_free(env, watch->expression);
    buf_release(&watch->value);
    buf_release(&watch->before);
}

void watches_free(struct session *session)
{
    struct watches *watches = session->watches;

    if (!watches)
        return;
    for (size_t i = 0; i < watches->count; i++)
        release_watch(session->env, &watches->items[i]);
    mem_free(session->env, watches->items);
    mem_free(session->env, watches);
    session->watches = NULL;
}

const struct watch *session_watch(const struct session *session, size_t n)
{
    const struct watches *watches = session->watches;

    return watches && n < watches->count ? &watches->items[n] : NULL;
}

static void show_value(struct session *session, struct str expression, struct buf *out)
{
    struct value value;
    struct diags diags;

    diags_init(&diags, session->env);
    if (!session->call) {
        buf_add_text(out, "(no call)");
    } else if (call_eval(session->call, expression, &value, &diags)) {
        value_show(call_pool(session->call), value, out);
    } else {
        buf_add_char(out, '(');
        if (diags.count)
            diag_render(out, &diags.items[0], NULL);
        buf_add_char(out, ')');
    }
    diags_release(&diags);
}

void watches_moved(struct session *session)
{
    struct watches *watches = watches_of(session);

    for (size_t i = 0; i < watches->count; i++) {
        struct watch *watch = &watches->items[i];
        struct buf before = watch->before;
        watch->before = watch->value;
        watch->value = before;
        buf_clear(&watch->value);
        show_value(session, str_of(watch->expression), &watch->value);
        watch->changed = !str_eq(buf_str(&watch->value), buf_str(&watch->before));
    }
}

static void add_watch(struct watch *watch, struct buf *out)
{
    buf_addf(out, "%u  %s = %.*s", watch->number, watch->expression,
             STR_ARG(buf_str(&watch->value)));
}

bool command_watch(struct session *session, struct str arguments)
{
    struct watches *watches = watches_of(session);
    struct watch made = { .expression = NULL };
    struct buf text;

    if (arguments.len && !debug_readable(session, arguments))
        return false;
    buf_init(&text, session->env);
    if (arguments.len) {
        made.number = ++watches->last;
        made.expression = debug_text(session, arguments);
        buf_init(&made.value, session->env);
        buf_init(&made.before, session->env);
        show_value(session, arguments, &made.value);
        watches->items = mem_grow(session->env, watches->items, &watches->capacity,
                                  watches->count + 1, sizeof made);
        watches->items[watches->count++] = made;
        add_watch(&made, &text);
    }
    for (size_t i = 0; !arguments.len && i < watches->count; i++) {
        buf_add_text(&text, i ? "\n" : "");
        add_watch(&watches->items[i], &text);
    }
    message_set(session, MESSAGE_INFO, "%s", text.len ? text.ptr : "nothing is watched");
    buf_release(&text);
    return true;
}

bool command_unwatch(struct session *session, struct str arguments)
{
    struct watches *watches = watches_of(session);
    size_t kept = 0, count;
    unsigned number;

    if (!debug_read_number(session, arguments, "unwatch", &number))
        return false;
    for (size_t i = 0; i < watches->count; i++) {
        struct watch *at = &watches->items[i];
        if (!number || at->number == number)
            release_watch(session->env, at);
        else
            watches->items[kept++] = *at;
    }
    count = watches->count - kept;
    watches->count = kept;
    return debug_removed(session, count, "watch", "watch", arguments);
}

bool command_print(struct session *session, struct str arguments)
{
    struct value value;
    struct diags diags;
    struct buf text;
    bool ok;

    if (!arguments.len)
        return command_usage(session, "print");
    diags_init(&diags, session->env);
    buf_init(&text, session->env);
    ok = call_eval(session->call, arguments, &value, &diags);
    if (ok) {
        value_show(call_pool(session->call), value, &text);
        message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(buf_str(&text)));
    } else {
        message_diags(session, &diags, false);
    }
    buf_release(&text);
    diags_release(&diags);
    return ok;
}
