#include "engine/flow/path.h"

#include <stdio.h>

/* A name as a step: / is ~1, ~ is ~0, and a name that is a number is quoted. */
static void add_name(struct buf *out, struct str name)
{
    int64_t number;
    bool quoted = str_to_int(name, &number) || (name.len > 0 && name.ptr[0] == '"');
    if (quoted)
        buf_add_char(out, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '/')
            buf_add_text(out, "~1");
        else if (name.ptr[i] == '~')
            buf_add_text(out, "~0");
        else
            buf_add_char(out, name.ptr[i]);
    }
    if (quoted)
        buf_add_char(out, '"');
}

/* Undoes add_name; quotes come off. */
static void read_name(struct str step, struct buf *out)
{
    if (step.len >= 2 && step.ptr[0] == '"' && step.ptr[step.len - 1] == '"')
        step = str_slice(step, 1, step.len - 1);
    for (size_t i = 0; i < step.len; i++) {
        bool escape = step.ptr[i] == '~' && i + 1 < step.len;
        if (escape && step.ptr[i + 1] == '1')
            buf_add_char(out, '/');
        else if (escape && step.ptr[i + 1] == '0')
            buf_add_char(out, '~');
        else {
            buf_add_char(out, step.ptr[i]);
            continue;
        }
        i++;
    }
}

static unsigned position(const struct flow *flow, node_id action)
{
    unsigned n = 1;
    while ((action = flow_action_prev(flow, action)) != 0)
        n++;
    return n;
}

void path_print(const struct flow *flow, struct spot spot, struct buf *out)
{
    enum role role = flow_role(flow, spot.node);
    char number[12];
    if (spot.node == 0)
        return;
    if (spot.output > 0) {
        path_print(flow, (struct spot){ spot.node, 0 }, out);
        /* A menu's inline task has no step of its own. */
        if (role == ROLE_CHOICE)
            return;
        const struct action_info *info = flow_action(flow, spot.node);
        struct str id = flow_output_id(flow, spot, number);
        buf_add_char(out, '/');
        if (info && info->flags & ACTION_HAS_CASES)
            buf_add(out, id);
        else
            add_name(out, id);
        return;
    }
    if (role == ROLE_ACTION || role == ROLE_CHOICE) {
        path_print(flow, flow_owner(flow, spot), out);
        buf_addf(out, "/%u", position(flow, spot.node));
        return;
    }
    if (role == ROLE_TASK || role == ROLE_MENU || role == ROLE_STATE)
        add_name(out, flow_name(flow, spot.node));
    else if (role == ROLE_FLOW && flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK)
        buf_add_text(out, "start");
    else if (role == ROLE_NONE || role == ROLE_VARIABLE || role == ROLE_OUTPUT || role == ROLE_LIST)
        path_print(flow, flow_owner(flow, spot), out);
}

static bool find_container(const struct flow *flow, struct str name, struct spot *out)
{
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        if (str_eq(flow_role(flow, at) == ROLE_FLOW ? STR("start") : flow_name(flow, at), name)) {
            *out = (struct spot){ at, 0 };
            return true;
        }
    }
    return false;
}

/* The n-th (from 1) action behind `first`. */
static node_id nth(const struct flow *flow, node_id first, int64_t n)
{
    while (first && --n > 0)
        first = flow_action_next(flow, first);
    return n == 0 ? first : 0;
}

/* By name where it is unique; 0 otherwise. */
static node_id named(const struct flow *flow, node_id first, struct str name)
{
    node_id found = 0;
    for (node_id at = first; at; at = flow_action_next(flow, at)) {
        if (!str_eq(flow_name(flow, at), name))
            continue;
        if (found)
            return 0;
        found = at;
    }
    return found;
}

static node_id with_key(const struct flow *flow, node_id first, struct str key)
{
    for (node_id at = first; at; at = flow_action_next(flow, at)) {
        struct str dtmf = doc_text(flow->doc, doc_member(flow->doc, at, ATOM_dtmf));
        if (dtmf.len == key.len + 6 && str_ends(dtmf, key))
            return at;
    }
    return 0;
}

/* What the step is looked for among: the actions of a list or the choices of a menu. */
static node_id first_below(const struct flow *flow, struct spot at)
{
    enum role role = flow_role(flow, at.node);
    if (at.output == 0 && (role == ROLE_MENU || role == ROLE_CHOICE)) {
        node_id choice = flow_choice_first(flow, at.node);
        if (choice || role == ROLE_MENU)
            return choice;
        at.output = 1;
    }
    node_id list = flow_list(flow, at);
    return list ? flow_list_first(flow, list) : 0;
}

static bool find_step(const struct flow *flow, struct str step, struct spot *at)
{
    int64_t number;
    struct buf name;
    bool quoted = step.len > 0 && step.ptr[0] == '"';
    bool is_output = at->output == 0 && flow_role(flow, at->node) == ROLE_ACTION;
    buf_init(&name, flow->doc->env);
    read_name(step, &name);
    struct spot to = { 0, 0 };
    if (is_output) {
        unsigned output = flow_output_find(flow, at->node, buf_str(&name));
        if (output)
            to = (struct spot){ at->node, (uint16_t) output };
    } else {
        node_id first = first_below(flow, *at);
        if (str_starts(step, STR("dtmf:")))
            to.node = with_key(flow, first, str_slice(step, 5, step.len));
        else if (!quoted && str_to_int(step, &number) && number > 0)
            to.node = nth(flow, first, number);
        else
            to.node = named(flow, first, buf_str(&name));
    }
    buf_release(&name);
    if (to.node)
        *at = to;
    return to.node != 0;
}

/* Takes the next step off *rest; a slash inside quotes does not end it. */
static struct str next_step(struct str *rest)
{
    bool quoted = false;
    size_t end = 0;
    while (end < rest->len && (quoted || rest->ptr[end] != '/')) {
        if (rest->ptr[end] == '"')
            quoted = !quoted;
        end++;
    }
    struct str step = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
    return step;
}

bool path_find(const struct flow *flow, struct str path, struct spot *out, struct diags *diags)
{
    struct str rest = path;
    struct buf name;
    struct str step = next_step(&rest);
    buf_init(&name, flow->doc->env);
    read_name(step, &name);
    bool found = find_container(flow, buf_str(&name), out);
    buf_release(&name);
    while (found && rest.len > 0) {
        step = next_step(&rest);
        found = find_step(flow, step, out);
    }
    return found || diag_add2(diags, DIAG_PATH_STEP, NULL, step, path);
}

void path_split(struct str path, struct str *flow, struct str *rest)
{
    *flow = STR_NONE;
    *rest = path;
    for (size_t i = 0; i + 1 < path.len; i++) {
        if (path.ptr[i] == ':' && path.ptr[i + 1] == ':') {
            *flow = str_slice(path, 0, i);
            *rest = str_slice(path, i + 2, path.len);
            return;
        }
    }
}
