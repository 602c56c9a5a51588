#include "engine/flow/path.h"

#include "engine/base/env.h"

/* --- names as steps --- */

static bool is_position(struct str step, int64_t *number)
{
    return step.len > 0 && step.ptr[0] >= '0' && step.ptr[0] <= '9' && str_to_int(step, number);
}

void path_add_name(struct buf *out, struct str name)
{
    int64_t number;
    bool quoted = name.len == 0 || name.ptr[0] == '"' || is_position(name, &number);
    if (quoted)
        buf_add_char(out, '"');
    for (size_t i = 0; i < name.len; i++) {
        bool colons = name.ptr[i] == ':' && i + 1 < name.len && name.ptr[i + 1] == ':';
        if (name.ptr[i] == '/')
            buf_add_text(out, "~1");
        else if (name.ptr[i] == '~')
            buf_add_text(out, "~0");
        else if (colons)
            buf_add_text(out, "~2");
        else
            buf_add_char(out, name.ptr[i]);
    }
    if (quoted)
        buf_add_char(out, '"');
}

static bool is_quoted(struct str step)
{
    return step.len >= 2 && step.ptr[0] == '"' && step.ptr[step.len - 1] == '"';
}

void path_read_name(struct str step, struct buf *out)
{
    static const char meant[] = "~/:";
    if (is_quoted(step))
        step = str_slice(step, 1, step.len - 1);
    for (size_t i = 0; i < step.len; i++) {
        char next = i + 1 < step.len ? step.ptr[i + 1] : 0;
        if (step.ptr[i] == '~' && next >= '0' && next <= '2') {
            buf_add_char(out, meant[next - '0']);
            i++;
        } else {
            buf_add_char(out, step.ptr[i]);
        }
    }
}

/* Behind the quote that ends the step which begins with one at `at`; `at` when none does. */
static size_t quoted_end(struct str path, size_t at)
{
    if (at >= path.len || path.ptr[at] != '"')
        return at;
    for (size_t i = at + 1; i < path.len; i++) {
        struct str rest = str_slice(path, i + 1, path.len);
        if (path.ptr[i] == '"' &&
            (rest.len == 0 || rest.ptr[0] == '/' || str_starts(rest, STR("::"))))
            return i + 1;
    }
    return at;
}

/* Takes the next step off *rest. */
static struct str next_step(struct str *rest)
{
    size_t end = quoted_end(*rest, 0);
    while (end < rest->len && rest->ptr[end] != '/')
        end++;
    struct str step = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
    return step;
}

void path_split(struct str path, struct str *flow, struct str *rest)
{
    size_t i = quoted_end(path, 0);
    *flow = STR_NONE;
    *rest = path;
    for (; i + 1 < path.len; i++) {
        if (path.ptr[i] == '/')
            i = quoted_end(path, i + 1) - 1; /* the next round begins behind the quotes */
        if (path.ptr[i] != ':' || path.ptr[i + 1] != ':')
            continue;
        *flow = str_slice(path, 0, i);
        if (is_quoted(*flow))
            *flow = str_slice(*flow, 1, flow->len - 1);
        *rest = str_slice(path, i + 2, path.len);
        return;
    }
}

/* --- containers --- */

static struct str container_name(const struct flow *flow, node_id container)
{
    return flow_role(flow, container) == ROLE_FLOW ? STR("start") : flow_name(flow, container);
}

static node_id first_named(const struct flow *flow, struct str name)
{
    node_id at = flow_container_next(flow, 0);
    while (at && !str_eq(container_name(flow, at), name))
        at = flow_container_next(flow, at);
    return at;
}

static void memo_begin(const struct flow *flow, struct path_memo *memo)
{
    size_t count = 0;
    path_memo_release(memo);
    *memo = (struct path_memo){ .env = flow->doc->env, .revision = flow->doc->revision };
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
        count++;
    memo->slot_count = 16;
    while (memo->slot_count < count * 2)
        memo->slot_count *= 2;
    memo->containers = mem_zalloc(memo->env, memo->slot_count * sizeof *memo->containers);
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        struct str name = container_name(flow, at);
        size_t slot = str_hash(name) & (memo->slot_count - 1);
        while (memo->containers[slot] &&
               !str_eq(container_name(flow, memo->containers[slot]), name))
            slot = (slot + 1) & (memo->slot_count - 1);
        if (!memo->containers[slot])
            memo->containers[slot] = at;
    }
}

static node_id memo_first_named(const struct flow *flow, const struct path_memo *memo,
                                struct str name)
{
    size_t slot = str_hash(name) & (memo->slot_count - 1);
    while (memo->containers[slot] && !str_eq(container_name(flow, memo->containers[slot]), name))
        slot = (slot + 1) & (memo->slot_count - 1);
    return memo->containers[slot];
}

/* Among all containers, from 1. */
static int64_t container_number(const struct flow *flow, node_id container, struct path_memo *memo)
{
    int64_t number = 0;
    node_id at = container;
    while (at && !(memo && memo->container == at)) {
        at = flow_container_prev(flow, at);
        number++;
    }
    if (at)
        number += memo->number;
    if (memo) {
        memo->container = container;
        memo->number = number;
    }
    return number;
}

static void print_container(const struct flow *flow, node_id container, struct path_memo *memo,
                            struct buf *out)
{
    struct str name = container_name(flow, container);
    node_id first = memo ? memo_first_named(flow, memo, name) : first_named(flow, name);
    if (first == container)
        path_add_name(out, name);
    else
        buf_add_int(out, container_number(flow, container, memo));
}

/* --- printing --- */

static unsigned position(const struct flow *flow, node_id action, struct path_memo *memo,
                         unsigned depth)
{
    unsigned n = 0;
    bool known = memo && depth < PATH_MEMO_DEPTH;
    node_id at = action;
    while (at && !(known && memo->steps[depth].node == at)) {
        at = flow_action_prev(flow, at);
        n++;
    }
    if (at)
        n += memo->steps[depth].position;
    if (known) {
        memo->steps[depth].node = action;
        memo->steps[depth].position = n;
    }
    return n;
}

static void print_output(const struct flow *flow, struct spot spot, struct buf *out)
{
    char number[12];
    const struct action_info *info = flow_action(flow, spot.node);
    struct str id = flow_output_id(flow, spot, number);
    buf_add_char(out, '/');
    if (flow_output_find(flow, spot.node, id) != spot.output)
        buf_add_int(out, spot.output);
    else if (info && info->flags & ACTION_HAS_CASES)
        buf_add(out, id); /* a case's number is its output's */
    else
        path_add_name(out, id);
}

/* Returns how many steps were printed. */
static unsigned print(const struct flow *flow, struct spot spot, struct path_memo *memo,
                      struct buf *out)
{
    if (spot.node == 0)
        return 0;
    enum role role = flow_role(flow, spot.node);
    if (spot.output > 0) {
        unsigned depth = print(flow, (struct spot){ spot.node, 0 }, memo, out);
        /* A menu's inline task has no step of its own. */
        if (role == ROLE_CHOICE)
            return depth;
        print_output(flow, spot, out);
        return depth + 1;
    }
    if (role == ROLE_ACTION || role == ROLE_CHOICE) {
        unsigned depth = print(flow, flow_owner(flow, spot), memo, out);
        buf_add_char(out, '/');
        buf_add_int(out, position(flow, spot.node, memo, depth));
        return depth + 1;
    }
    if (role == ROLE_NONE || role == ROLE_VARIABLE || role == ROLE_OUTPUT || role == ROLE_LIST)
        return print(flow, flow_owner(flow, spot), memo, out);
    if (role != ROLE_FLOW || flow_container_next(flow, 0) == spot.node)
        print_container(flow, spot.node, memo, out);
    return 1;
}

void path_print(const struct flow *flow, struct spot spot, struct buf *out)
{
    print(flow, spot, NULL, out);
}

void path_print_whole(const struct flow *flow, struct spot spot, struct buf *out)
{
    buf_addf(out, "%.*s::", STR_ARG(flow_title(flow)));
    path_print(flow, spot, out);
}

void path_print_next(const struct flow *flow, struct spot spot, struct path_memo *memo,
                     struct buf *out)
{
    if (!memo->containers || memo->revision != flow->doc->revision)
        memo_begin(flow, memo);
    print(flow, spot, memo, out);
}

void path_memo_release(struct path_memo *memo)
{
    if (memo->env)
        mem_free(memo->env, memo->containers);
    *memo = (struct path_memo){ .env = NULL };
}

/* --- finding --- */

static node_id find_container(const struct flow *flow, struct str step)
{
    int64_t number;
    struct buf name;
    if (is_position(step, &number)) {
        node_id at = flow_container_next(flow, 0);
        while (at && --number > 0)
            at = flow_container_next(flow, at);
        return number == 0 ? at : 0;
    }
    buf_init(&name, flow->doc->env);
    path_read_name(step, &name);
    node_id found = first_named(flow, buf_str(&name));
    buf_release(&name);
    return found;
}

/* The n-th (from 1) action from `first` on. */
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
    struct str before = STR("digit_");
    for (node_id at = first; at; at = flow_action_next(flow, at)) {
        struct str dtmf = doc_text(flow->doc, doc_member(flow->doc, at, ATOM_dtmf));
        if (str_starts(dtmf, before) && str_eq(str_slice(dtmf, before.len, dtmf.len), key))
            return at;
    }
    return 0;
}

/* What the step is looked for among: the actions of a list or the choices of a menu. */
static node_id first_below(const struct flow *flow, struct spot at)
{
    enum role role = flow_role(flow, at.node);
    if (at.output == 0 && role == ROLE_CHOICE && flow_output_count(flow, at.node) > 0)
        at.output = 1;
    else if (at.output == 0 && (role == ROLE_MENU || role == ROLE_CHOICE))
        return flow_choice_first(flow, at.node);
    node_id list = flow_list(flow, at);
    return list ? flow_list_first(flow, list) : 0;
}

static struct spot find_output(const struct flow *flow, node_id action, struct str step,
                               struct str name)
{
    int64_t number;
    unsigned count = flow_output_count(flow, action);
    unsigned output = flow_output_find(flow, action, name);
    if (is_position(step, &number))
        output = number >= 1 && number <= count ? (unsigned) number : 0;
    return output ? (struct spot){ action, (uint16_t) output } : (struct spot){ 0, 0 };
}

static struct spot find_action(const struct flow *flow, struct spot at, struct str step,
                               struct str name)
{
    int64_t number;
    node_id first = first_below(flow, at);
    struct str key = STR("dtmf:");
    if (is_position(step, &number))
        return (struct spot){ nth(flow, first, number), 0 };
    if (str_starts(step, key))
        return (struct spot){ with_key(flow, first, str_slice(step, key.len, step.len)), 0 };
    return (struct spot){ named(flow, first, name), 0 };
}

static bool find_step(const struct flow *flow, struct str step, struct spot *at)
{
    struct buf name;
    buf_init(&name, flow->doc->env);
    path_read_name(step, &name);
    bool output = at->output == 0 && flow_role(flow, at->node) == ROLE_ACTION;
    struct spot to = output ? find_output(flow, at->node, step, buf_str(&name))
                            : find_action(flow, *at, step, buf_str(&name));
    buf_release(&name);
    if (to.node)
        *at = to;
    return to.node != 0;
}

bool path_find(const struct flow *flow, struct str path, struct spot *out, struct diags *diags)
{
    struct str rest = path;
    struct str step = next_step(&rest);
    *out = (struct spot){ find_container(flow, step), 0 };
    bool found = out->node != 0;
    while (found && rest.len > 0) {
        step = next_step(&rest);
        found = find_step(flow, step, out);
    }
    return found || diag_add2(diags, DIAG_PATH_STEP, NULL, step, path);
}
