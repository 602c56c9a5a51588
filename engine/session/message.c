#include "engine/session/parts.h"

#include <stdio.h>

void message_clear(struct session *session)
{
    buf_clear(&session->message);
    session->message_kind = MESSAGE_NONE;
}

__attribute__((format(printf, 2, 0))) static void
add_formatted(struct buf *out, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    BUG_ON(len < 0);
    buf_reserve(out, (size_t) len + 1);
    vsnprintf(out->ptr + out->len, (size_t) len + 1, format, arguments);
    out->len += (size_t) len;
}

void message_set(struct session *session, enum message_kind kind, const char *format, ...)
{
    va_list arguments;

    message_clear(session);
    session->message_kind = kind;
    va_start(arguments, format);
    add_formatted(&session->message, format, arguments);
    va_end(arguments);
}

void message_more(struct session *session, enum message_kind kind, const char *format, ...)
{
    va_list arguments;

    if (session->message.len)
        buf_add_text(&session->message,
                     session->message.ptr[session->message.len - 1] == '.' ? " " : "; ");
    if (kind > session->message_kind)
        session->message_kind = kind;
    va_start(arguments, format);
    add_formatted(&session->message, format, arguments);
    va_end(arguments);
}

bool message_fail(struct session *session, enum diag_code code, struct str a, struct str b,
                  struct str c)
{
    struct diag diag = { .code = code, .args = { a, b, c } };

    message_clear(session);
    session->message_kind = MESSAGE_ERROR;
    diag_render(&session->message, &diag, NULL);
    return false;
}

static const struct diag *gravest(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diag_severity(diags->items[i].code) == SEVERITY_ERROR)
            return &diags->items[i];
    return diags->count ? &diags->items[0] : NULL;
}

bool message_diags(struct session *session, const struct diags *diags, bool with_place)
{
    const struct diag *diag = gravest(diags);

    message_clear(session);
    session->message_kind = MESSAGE_ERROR;
    if (!diag)
        return false;
    if (diag_severity(diag->code) != SEVERITY_ERROR)
        session->message_kind = MESSAGE_WARNING;
    if (with_place && diag->place.file.len) {
        buf_add(&session->message, diag->place.file);
        if (diag->place.line)
            buf_addf(&session->message, ":%u:%u", diag->place.line, diag->place.column);
        buf_add_text(&session->message, ": ");
    }
    diag_render(&session->message, diag, NULL);
    /* A place without a file is one in what was typed. */
    if (!diag->place.file.len && diag->place.line)
        buf_addf(&session->message, " (line %u, column %u)", diag->place.line,
                 diag->place.column);
    return false;
}
