/* Fields by the names that users give them. */
#include <string.h>

#include "engine/flow/containers.h"
#include "engine/session/commands.h"

const struct field *field_list(const struct session *session, node_id *owner)
{
    static const struct field none[] = { { .path = NULL } };
    const struct field *fields = spot_fields(session->flow, session->cursor, owner);

    return fields && *owner ? fields : none;
}

static struct str last_step(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash ? slash + 1 : path);
}

const struct field *field_named(const struct field *fields, struct str name)
{
    for (const struct field *field = fields; field->path; field++)
        if (str_is(name, field->path))
            return field;
    for (const struct field *field = fields; field->path; field++)
        if (str_eq(name, last_step(field->path)))
            return field;
    for (const struct field *field = fields; field->path; field++)
        if (str_eq_nocase(name, str_of(field->label)))
            return field;
    return NULL;
}

static struct str up_to_char(struct str *rest, char c)
{
    ptrdiff_t at = str_find_char(*rest, c);
    struct str part = at < 0 ? *rest : str_slice(*rest, 0, (size_t) at);

    *rest = at < 0 ? STR_NONE : str_slice(*rest, (size_t) at + 1, rest->len);
    return part;
}

/* FIELD/ROW/PART or FIELD/ROW, where the field's own name may hold slashes. */
static bool row_find(const struct flow *flow, const struct field *fields, node_id owner,
                     struct str name, struct field_at *out)
{
    for (size_t i = 1; i < name.len; i++) {
        struct str rest = str_slice(name, i + 1, name.len);
        if (name.ptr[i] != '/')
            continue;
        const struct field *list = field_named(fields, str_slice(name, 0, i));
        struct str number = up_to_char(&rest, '/');
        int64_t row;
        if (!list || !field_has_rows(list) || !str_to_int(number, &row) || row < 1 ||
            row > flow_row_count(flow, owner, list))
            continue;
        out->owner = flow_row(flow, owner, list, (unsigned) row - 1);
        if (!list->rows) {
            out->row = flow_row_field(list);
            out->field = &out->row;
            return out->owner && rest.len == 0;
        }
        out->field = rest.len ? field_named(list->rows, rest) : list->rows;
        return out->owner && out->field && out->field->path;
    }
    return false;
}

bool field_find_quiet(const struct session *session, struct str name, struct field_at *out)
{
    node_id owner;
    const struct field *fields = field_list(session, &owner);

    out->owner = owner;
    out->field = field_named(fields, name);
    return out->field || row_find(session->flow, fields, owner, name, out);
}

bool field_find(struct session *session, struct str name, struct field_at *out)
{
    node_id owner;
    const struct field *fields = field_list(session, &owner);
    struct buf names;

    if (field_find_quiet(session, name, out))
        return true;
    buf_init(&names, session->env);
    for (const struct field *field = fields; field->path; field++)
        buf_addf(&names, "%s%.*s", field == fields ? "" : ", ",
                 STR_ARG(last_step(field->path)));
    if (!names.len)
        buf_add_text(&names, "none");
    message_fail2(session, DIAG_FIELD_UNKNOWN, name, buf_str(&names));
    buf_release(&names);
    return false;
}

const struct field *field_of_flow(const struct flow *flow, node_id action, enum flow_type *type)
{
    node_id owner;
    const struct field *fields = spot_fields(flow, (struct spot){ .node = action }, &owner);
    const struct action_info *info = flow_action(flow, action);
    struct post_flow_fields post;

    for (const struct field *field = fields; field && field->path; field++) {
        if (!field_names_flow(field) || !field_is_shown(flow, action, fields, field))
            continue;
        *type = FLOW_INBOUND_CALL;
        for (int i = FLOW_TYPE_COUNT - 1; i > FLOW_OTHER; i--)
            if (field->flow_types & (1u << i))
                *type = (enum flow_type) i;
        if (info && !strcmp(info->key, "setPostFlow")) {
            flow_post_flow(flow, action, &post);
            if (post.flow_type != FLOW_OTHER)
                *type = post.flow_type;
        }
        return field;
    }
    return NULL;
}
