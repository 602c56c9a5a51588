#include "engine/check/check.h"

#include <string.h>
#include "engine/check/rules.h"
#include "engine/flow/query.h"
#include "engine/flow/shapes.h"

/* What a rule looks at. */
enum scope { OF_FLOW, OF_CONTAINER, OF_ACTION, OF_FLOW_LAST };

static const struct rule {
    enum scope scope;
    rule_fn *run;
    bool local; /* what stands in the action decides, with declarations and references */
} rules[] = {
    { OF_FLOW, rule_flow_name, false },
    { OF_FLOW, rule_start, false },
    { OF_FLOW, rule_container_names, false },
    { OF_FLOW, rule_post_flow_names, false },
    { OF_FLOW, rule_post_flow_paths, false },
    { OF_FLOW, rule_implied_variables, false },
    { OF_FLOW, rule_global_keys, false },
    { OF_FLOW, rule_invocation_read, false },
    { OF_FLOW, rule_variables, false },
    { OF_FLOW, rule_languages, false },
    { OF_FLOW, rule_size, false },
    { OF_FLOW, rule_queue_task, false },
    { OF_FLOW, rule_flow_settings, false },
    { OF_FLOW, rule_menu_delay, false },
    { OF_CONTAINER, rule_container_ends, false },
    { OF_CONTAINER, rule_container_reached, false },
    { OF_CONTAINER, rule_menu_choices, false },
    { OF_CONTAINER, rule_menu_default, false },
    { OF_CONTAINER, rule_menu_terms, false },
    { OF_CONTAINER, rule_menu_delay, false },
    { OF_CONTAINER, rule_container_settings, false },
    { OF_ACTION, rule_known, true },
    { OF_ACTION, rule_allowed, true },
    { OF_ACTION, rule_name, true },
    { OF_ACTION, rule_fields, true },
    { OF_ACTION, rule_unreachable, false },
    { OF_ACTION, rule_loop, true },
    { OF_ACTION, rule_target, true },
    { OF_ACTION, rule_post_flow, true },
    { OF_ACTION, rule_clear_post_flow, true },
    { OF_ACTION, rule_cases, true },
    { OF_ACTION, rule_statements, true },
    { OF_ACTION, rule_task_paths, true },
    { OF_ACTION, rule_previous_menu, false },
    { OF_ACTION, rule_choice_task, true },
    { OF_ACTION, rule_invocation_sent, false },
    { OF_FLOW_LAST, rule_unused_variables, false },
};

/* "W160" is so everywhere, "W160 old/line.flow.json" in one file of the workspace's folder. */
static bool is_silenced(const struct checker *checker, enum diag_code code, struct str file)
{
    const struct settings *settings = checker->ws->settings;
    struct str text = str_of(diag_info(code)->code), any, folder = str_of(checker->ws->folder);
    struct buf entry;
    if (!settings_name(settings, "silence", 0, &any))
        return false;
    if (settings_entry(settings, "silence", text))
        return true;
    if (str_starts(file, folder) && file.len > folder.len && file.ptr[folder.len] == '/')
        file = str_slice(file, folder.len + 1, file.len);
    buf_init(&entry, checker->ws->env);
    buf_addf(&entry, "%.*s %.*s", STR_ARG(text), STR_ARG(file));
    bool silenced = settings_entry(settings, "silence", buf_str(&entry)) != 0;
    buf_release(&entry);
    return silenced;
}

void report(struct checker *checker, enum diag_code code, node_id node, struct str a, struct str b,
            struct str c, struct str d)
{
    struct place place = { 0 };
    struct buf path;
    if (is_silenced(checker, code, str_of(checker->flow->doc->file)))
        return;
    buf_init(&path, checker->ws->env);
    doc_place(checker->flow->doc, node, &place);
    path_print_next(checker->flow, (struct spot){ node, 0 }, &checker->paths, &path);
    place.path = buf_str(&path);
    place.node = node;
    diag_add(checker->out, code, &place, a, b, c, d);
    checker->out->items[checker->out->count - 1].owner = checker->alone;
    buf_release(&path);
}

static void run_rules(struct checker *checker, enum scope scope, node_id node)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].scope == scope) {
            checker->alone = rules[i].local ? node : 0;
            rules[i].run(checker, node);
        }
    }
}

/* Asking may cost a system call. */
enum { ASK_EVERY = 256 };

static bool gives_up(struct checker *checker)
{
    if (checker->stop && checker->visited++ % ASK_EVERY == 0)
        checker->stopped |= checker->stop->now(checker->stop->context);
    return checker->stopped;
}

static bool visit_action(void *context, node_id action, unsigned depth)
{
    (void) depth;
    struct checker *checker = context;
    if (gives_up(checker))
        return false;
    run_rules(checker, OF_ACTION, action);
    const struct action_info *info = flow_action(checker->flow, action);
    if (info && flow_role(checker->flow, action) == ROLE_CHOICE && info->wraps &&
        str_is(str_of(info->wraps), "menu"))
        run_rules(checker, OF_CONTAINER, action);
    return true;
}

/* What reading said of a file, or of its shapes; without what is silenced. */
static void add_all(struct checker *checker, const struct diags *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct diag *diag = &from->items[i];
        if (is_silenced(checker, diag->code, diag->place.file))
            continue;
        diag_add(checker->out, diag->code, &diag->place, diag->args[0], diag->args[1],
                 diag->args[2], diag->args[3]);
        checker->out->items[checker->out->count - 1].owner = diag->owner;
    }
}

/* The action or choice that a node is in; 0: none. */
static node_id action_around(const struct flow *flow, node_id node)
{
    enum role role = flow_role(flow, node);
    while (node && role != ROLE_ACTION && role != ROLE_CHOICE) {
        node = node == flow->body ? 0 : doc_parent(flow->doc, node);
        role = node ? flow_role(flow, node) : ROLE_NONE;
    }
    return node;
}

/* Of one action alone, or of the whole flow (action 0). */
static void check_shapes(struct checker *checker, node_id action)
{
    struct diags shapes;
    diags_init(&shapes, checker->ws->env);
    if (action)
        shapes_check_action(checker->flow, action, &shapes);
    else
        shapes_check(checker->flow, &shapes);
    for (size_t i = 0; i < shapes.count; i++)
        shapes.items[i].owner = action_around(checker->flow, shapes.items[i].place.node);
    add_all(checker, &shapes);
    diags_release(&shapes);
}

/* --- what is remembered --- */

struct check_memory {
    struct env *env;
    const struct flow *flow; /* NULL: nothing is remembered */
    const struct doc *doc;
    struct names *names;
    struct flow_refs *refs;
    struct pool *pool;
};

struct check_memory *check_memory_new(struct env *env)
{
    struct check_memory *memory = mem_zalloc(env, sizeof *memory);
    memory->env = env;
    return memory;
}

void check_memory_forget(struct check_memory *memory)
{
    if (!memory->flow)
        return;
    names_free(memory->names);
    flow_refs_free(memory->refs);
    pool_free(memory->pool);
    *memory = (struct check_memory){ .env = memory->env };
}

void check_memory_free(struct check_memory *memory)
{
    check_memory_forget(memory);
    mem_free(memory->env, memory);
}

/* Takes from the checker what it has worked out of the flow. */
static void remember(struct check_memory *memory, const struct checker *checker)
{
    check_memory_forget(memory);
    memory->flow = checker->flow;
    memory->doc = checker->flow->doc;
    memory->names = checker->names;
    memory->refs = checker->refs;
    memory->pool = checker->pool;
}

static void run_all(struct checker *checker)
{
    struct flow *flow = checker->flow;
    checker->reach = flow_reach_new(flow, checker->refs);
    check_shapes(checker, 0);
    run_rules(checker, OF_FLOW, flow->body);
    if (flow->type != FLOW_OTHER) {
        for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
            run_rules(checker, OF_CONTAINER, at);
        flow_each_action(flow, visit_action, checker);
        if (!checker->stopped)
            run_rules(checker, OF_FLOW_LAST, flow->body);
    }
    flow_reach_free(checker->reach);
}

/* What belongs to one run alone. */
static void release_run(struct checker *checker)
{
    invoked_release(checker);
    path_memo_release(&checker->paths);
    arena_release(&checker->arena);
}

bool check_flow_unless(struct workspace *ws, struct flow *flow, const struct check_stop *stop,
                       struct check_memory *memory, struct diags *out)
{
    struct checker checker = { .ws = ws, .flow = flow, .out = out, .stop = stop };
    arena_init(&checker.arena, ws->env);
    checker.names = names_new(flow);
    checker.pool = pool_new(ws->env);
    checker.refs = flow_refs_new(flow);
    run_all(&checker);
    release_run(&checker);
    if (memory && !checker.stopped) {
        remember(memory, &checker);
    } else {
        flow_refs_free(checker.refs);
        pool_free(checker.pool);
        names_free(checker.names);
    }
    diags_sort(out);
    return !checker.stopped;
}

/* Kinds of fields whose values no other place of the flow depends on, unless they are expressions.
 */
static bool is_plain_kind(const struct field *field)
{
    switch (field->kind) {
    case FIELD_AUDIO:
    case FIELD_FLAG:
    case FIELD_NUMBER:
    case FIELD_OPTION:
    case FIELD_VALUE:
    case FIELD_WORD:
        return strcmp(field->path, "invocationData") != 0;
    default:
        return false;
    }
}

/* Whether an expression, or a variable, is in what stands below a node. */
static bool mentions_any(const struct doc *doc, node_id root)
{
    for (node_id at = root;;) {
        atom_id key = doc_node(doc, at)->key;
        if (key == ATOM_exp || key == ATOM_var || key == ATOM_variable)
            return true;
        if (doc_first(doc, at)) {
            at = doc_first(doc, at);
            continue;
        }
        while (at != root && !doc_next(doc, at))
            at = doc_parent(doc, at);
        if (at == root)
            return false;
        at = doc_next(doc, at);
    }
}

/* The chain from one node to another, which are siblings, in the document or taken out of it. */
static bool chain_mentions(const struct doc *doc, node_id first, node_id last)
{
    for (node_id at = first; at; at = at == last ? 0 : doc_next(doc, at)) {
        if (mentions_any(doc, at))
            return true;
    }
    return false;
}

/* The part of the action in which it happened; 0: members of the action itself came or went. (What
 * would undo a splice takes out what it has put in.) */
static node_id edited_part(const struct doc *doc, node_id action, const struct edit *edit)
{
    if (edit->node != action)
        return edit->node;
    node_id now = edit->remove_first, before = edit->insert_first;
    bool one = now && now == edit->remove_last && before == edit->insert_last;
    bool same = one && (!before || doc_node(doc, before)->key == doc_node(doc, now)->key);
    return same ? now : 0;
}

bool check_is_told_alone(const struct flow *flow, node_id action, const struct edit *edit)
{
    const struct action_info *info = flow_action(flow, action);
    const struct doc *doc = flow->doc;
    bool post = info && (!strcmp(info->key, "setPostFlow") || !strcmp(info->key, "clearPostFlow"));
    node_id part = edit->op == EDIT_MOVE ? 0 : edited_part(doc, action, edit);
    if (!info || post || flow_role(flow, action) != ROLE_ACTION || !part)
        return false;
    const struct field *field = info->fields;
    while (field->path) {
        node_id node = flow_field_node(flow, action, field->path);
        if (node && node != action && doc_is_inside(doc, part, node))
            break;
        field++;
    }
    if (!field->path || !is_plain_kind(field))
        return false;
    if (edit->op == EDIT_SET)
        return !mentions_any(doc, edit->node);
    return !chain_mentions(doc, edit->remove_first, edit->remove_last) &&
           !chain_mentions(doc, edit->insert_first, edit->insert_last);
}

bool check_action_again(struct workspace *ws, struct flow *flow, struct check_memory *memory,
                        node_id action, struct diags *problems)
{
    struct diags now;
    enum role role = flow_role(flow, action);
    if (memory->flow != flow || memory->doc != flow->doc || flow->type == FLOW_OTHER ||
        (role != ROLE_ACTION && role != ROLE_CHOICE))
        return false;
    struct checker checker = { .ws = ws, .flow = flow, .names = memory->names,
                               .refs = memory->refs, .pool = memory->pool, .out = &now };
    uint32_t mark = pool_mark(memory->pool);
    diags_init(&now, ws->env);
    arena_init(&checker.arena, ws->env);
    check_shapes(&checker, action);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        checker.alone = action;
        if (rules[i].scope == OF_ACTION && rules[i].local)
            rules[i].run(&checker, action);
    }
    release_run(&checker);
    pool_rewind(memory->pool, mark);
    diags_replace_owned(problems, action, &now);
    diags_release(&now);
    return true;
}

void check_flow(struct workspace *ws, struct flow *flow, struct diags *out)
{
    check_flow_unless(ws, flow, NULL, NULL, out);
}

/* Flows refer to each other by type and name: both of two that share them are told. */
static void check_twin(struct workspace *ws, struct flow *flow, struct diags *out)
{
    struct str name = flow_title(flow);
    const struct workspace_file *twin = flow->type != FLOW_OTHER && name.len > 0
                                            ? workspace_twin(ws, flow)
                                            : NULL;
    struct checker checker = { .ws = ws, .flow = flow, .out = out };
    if (!twin)
        return;
    report3(&checker, DIAG_FLOW_TWICE, doc_member(flow->doc, flow->body, ATOM_name), name,
            str_of(flow_type_info(flow->type)->label), str_of(twin->path));
    path_memo_release(&checker.paths);
}

void check_workspace(struct workspace *ws, struct diags *out)
{
    for (size_t i = 0; i < ws->count; i++) {
        struct workspace_file *file = ws->files[i];
        if (workspace_flow(file)) {
            check_flow(ws, &file->flow, out);
            check_twin(ws, &file->flow, out);
        } else {
            struct checker checker = { .ws = ws, .out = out };
            add_all(&checker, &file->diags);
        }
    }
    diags_sort(out);
}
