#include "engine/check/check.h"

#include "engine/check/rules.h"
#include "engine/flow/query.h"

/* What a rule looks at. */
enum scope { OF_FLOW, OF_CONTAINER, OF_ACTION, OF_FLOW_LAST };

static const struct rule {
    enum scope scope;
    rule_fn *run;
} rules[] = {
    { OF_FLOW, rule_flow_name },
    { OF_FLOW, rule_start },
    { OF_FLOW, rule_container_names },
    { OF_FLOW, rule_post_flow_names },
    { OF_FLOW, rule_post_flow_paths },
    { OF_FLOW, rule_implied_variables },
    { OF_FLOW, rule_global_keys },
    { OF_FLOW, rule_invocation_read },
    { OF_FLOW, rule_variables },
    { OF_FLOW, rule_languages },
    { OF_FLOW, rule_size },
    { OF_FLOW, rule_queue_task },
    { OF_FLOW, rule_flow_settings },
    { OF_FLOW, rule_menu_delay },
    { OF_CONTAINER, rule_container_ends },
    { OF_CONTAINER, rule_container_reached },
    { OF_CONTAINER, rule_menu_choices },
    { OF_CONTAINER, rule_menu_default },
    { OF_CONTAINER, rule_menu_terms },
    { OF_CONTAINER, rule_menu_delay },
    { OF_CONTAINER, rule_container_settings },
    { OF_ACTION, rule_known },
    { OF_ACTION, rule_allowed },
    { OF_ACTION, rule_name },
    { OF_ACTION, rule_fields },
    { OF_ACTION, rule_unreachable },
    { OF_ACTION, rule_loop },
    { OF_ACTION, rule_target },
    { OF_ACTION, rule_post_flow },
    { OF_ACTION, rule_clear_post_flow },
    { OF_ACTION, rule_cases },
    { OF_ACTION, rule_statements },
    { OF_ACTION, rule_task_paths },
    { OF_ACTION, rule_previous_menu },
    { OF_ACTION, rule_choice_task },
    { OF_ACTION, rule_invocation_sent },
    { OF_FLOW_LAST, rule_unused_variables },
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
    buf_release(&path);
}

static void run_rules(struct checker *checker, enum scope scope, node_id node)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].scope == scope)
            rules[i].run(checker, node);
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
        if (!is_silenced(checker, diag->code, diag->place.file))
            diag_add(checker->out, diag->code, &diag->place, diag->args[0], diag->args[1],
                     diag->args[2], diag->args[3]);
    }
}

static void check_shapes(struct checker *checker)
{
    struct diags shapes;
    diags_init(&shapes, checker->ws->env);
    flow_check_shapes(checker->flow, &shapes);
    add_all(checker, &shapes);
    diags_release(&shapes);
}

bool check_flow_unless(struct workspace *ws, struct flow *flow, const struct check_stop *stop,
                       struct diags *out)
{
    struct checker checker = { .ws = ws, .flow = flow, .out = out, .stop = stop };
    arena_init(&checker.arena, ws->env);
    checker.names = names_new(flow);
    checker.pool = pool_new(ws->env);
    checker.refs = flow_refs_new(flow);
    checker.reach = flow_reach_new(flow, checker.refs);
    check_shapes(&checker);
    run_rules(&checker, OF_FLOW, flow->body);
    if (flow->type != FLOW_OTHER) {
        for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
            run_rules(&checker, OF_CONTAINER, at);
        flow_each_action(flow, visit_action, &checker);
        if (!checker.stopped)
            run_rules(&checker, OF_FLOW_LAST, flow->body);
    }
    invoked_release(&checker);
    path_memo_release(&checker.paths);
    flow_reach_free(checker.reach);
    flow_refs_free(checker.refs);
    pool_free(checker.pool);
    names_free(checker.names);
    arena_release(&checker.arena);
    diags_sort(out);
    return !checker.stopped;
}

void check_flow(struct workspace *ws, struct flow *flow, struct diags *out)
{
    check_flow_unless(ws, flow, NULL, out);
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
