/* Names, references, what ends and what is never reached (domain.md section 6). */
#include "engine/base/utf8.h"
#include "engine/check/rules.h"
#include "engine/check/seen.h"
#include "engine/flow/query.h"

static const char *role_word(const struct flow *flow, node_id node)
{
    switch (flow_role(flow, node)) {
    case ROLE_TASK:
        return "task";
    case ROLE_MENU:
        return "menu";
    case ROLE_STATE:
        return "state";
    case ROLE_CHOICE:
        return "menu choice";
    default:
        return "flow";
    }
}

static void check_name(struct checker *checker, node_id node, struct str name, bool required)
{
    if (required && str_trim(name).len == 0)
        report1(checker, DIAG_NAME_EMPTY, node, str_of(role_word(checker->flow, node)));
    if (utf8_count(name) > checker->ws->limits.name_length)
        report0(checker, DIAG_NAME_LONG, node);
}

void rule_flow_name(struct checker *checker, node_id body)
{
    struct str name = flow_title(checker->flow);
    check_name(checker, body, name, true);
    if (str_find_char(name, '/') >= 0)
        report1(checker, DIAG_FLOW_NAME_SLASH, body, name);
    struct str debug = STR("-debug");
    if (name.len >= debug.len &&
        str_eq_nocase(str_slice(name, name.len - debug.len, name.len), debug))
        report1(checker, DIAG_FLOW_NAME_DEBUG, body, name);
}

void rule_start(struct checker *checker, node_id body)
{
    const struct flow *flow = checker->flow;
    unsigned flags = flow_type_info(flow->type)->flags;
    if (flow->type != FLOW_OTHER && !(flags & FLOW_HAS_ONE_TASK) && !flow_start(flow))
        report0(checker, DIAG_START_MISSING, body);
}

void rule_container_names(struct checker *checker, node_id body)
{
    const struct flow *flow = checker->flow;
    struct seen seen;
    (void) body;
    seen_init(&seen, checker->ws->env);
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        struct str name = flow_name(flow, at);
        if (flow_role(flow, at) == ROLE_FLOW)
            continue;
        check_name(checker, at, doc_text(flow->doc, doc_member(flow->doc, at, ATOM_name)), true);
        if (seen_before(&seen, flow, name, at))
            report2(checker, DIAG_CONTAINER_TWICE, at, str_of(role_word(flow, at)), name);
    }
    seen_release(&seen);
}

void rule_size(struct checker *checker, node_id body)
{
    const struct flow *flow = checker->flow;
    struct buf size, most;
    if (flow->type == FLOW_OTHER || flow->doc->source_len <= checker->ws->limits.flow_size)
        return;
    buf_init(&size, checker->ws->env);
    buf_init(&most, checker->ws->env);
    buf_add_int(&size, (int64_t) flow->doc->source_len);
    buf_add_int(&most, (int64_t) checker->ws->limits.flow_size);
    report2(checker, DIAG_FLOW_BIG, body, buf_str(&size), buf_str(&most));
    buf_release(&size);
    buf_release(&most);
}

void rule_queue_task(struct checker *checker, node_id body)
{
    const struct flow *flow = checker->flow;
    node_id list = flow_list(flow, (struct spot){ body, 0 });
    if (flow->type == FLOW_INQUEUE_CALL && (!list || !flow_list_first(flow, list)))
        report0(checker, DIAG_QUEUE_TASK_EMPTY, body);
}

static bool declares_path(const struct flow *flow, node_id task, struct str name)
{
    const struct doc *doc = flow->doc;
    node_id list = doc_member(doc, task, ATOM_outputPaths);
    for (node_id item = list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item)) {
        node_id path = doc_member(doc, item, ATOM_outputPath);
        if (path && str_eq(doc_text(doc, doc_member(doc, path, ATOM_name)), name))
            return true;
    }
    return str_eq_nocase(name, STR("default"));
}

/* End Task with a path that its task does not have; Call Task with outputs for such. */
void rule_task_paths(struct checker *checker, node_id action)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, action);
    char number[12];
    if (info && str_is(str_of(info->key), "endTask")) {
        node_id task = flow_scope_of(flow, action);
        node_id path = flow_field_node(flow, action, "outputPath/name");
        struct str name = path ? doc_text(flow->doc, path) : STR_NONE;
        if (name.len > 0 && task && task != flow->body && !declares_path(flow, task, name))
            report2(checker, DIAG_PATH_UNDECLARED, action, name, flow_name(flow, task));
    }
    if (!info || !(info->flags & ACTION_HAS_PATHS))
        return;
    node_id ref = flow_field_node(flow, action, "targetTaskRef");
    node_id task = ref ? flow_refs_find(checker->refs, doc_text(flow->doc, ref)) : 0;
    for (struct output_at output = flow_outputs(flow, action); task && flow_output_next(&output);) {
        struct str id = flow_output_at_id(&output, number);
        if (!declares_path(flow, task, id))
            report2(checker, DIAG_PATH_UNDECLARED, action, id, flow_name(flow, task));
    }
}

void rule_container_ends(struct checker *checker, node_id container)
{
    const struct flow *flow = checker->flow;
    enum role role = flow_role(flow, container);
    bool returns = flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK;
    if (returns || (role != ROLE_TASK && role != ROLE_STATE))
        return;
    node_id list = flow_list(flow, (struct spot){ container, 0 });
    if (!list || !flow_list_ends(flow, list))
        report2(checker, DIAG_TASK_NOT_ENDING, container, str_of(role_word(flow, container)),
                flow_name(flow, container));
}

void rule_container_reached(struct checker *checker, node_id container)
{
    const struct flow *flow = checker->flow;
    if (flow_role(flow, container) == ROLE_CHOICE ||
        flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK || !flow_start(flow))
        return;
    if (!flow_reached(checker->reach, container))
        report2(checker, DIAG_CONTAINER_UNREACHED, container, str_of(role_word(flow, container)),
                flow_name(flow, container));
}

static struct str dtmf_of(const struct flow *flow, node_id choice)
{
    return doc_text(flow->doc, doc_member(flow->doc, choice, ATOM_dtmf));
}

static bool has_speech(const struct flow *flow, node_id choice)
{
    return doc_member_named(flow->doc, choice, STR("speechRecTerms")) != 0;
}

void rule_menu_choices(struct checker *checker, node_id menu)
{
    const struct flow *flow = checker->flow;
    enum role role = flow_role(flow, menu);
    if (role != ROLE_MENU && role != ROLE_CHOICE)
        return;
    node_id first = flow_choice_first(flow, menu);
    node_id speech = flow_field_node(flow, flow->body, "settingsSpeechRec/asrEnabledOnFlow");
    bool deaf = speech && str_is(doc_text(flow->doc, speech), "false");
    struct seen seen;
    if (!first)
        report1(checker, DIAG_MENU_EMPTY, menu, flow_name(flow, menu));
    seen_init(&seen, checker->ws->env);
    for (node_id at = first; at; at = flow_action_next(flow, at)) {
        struct str key = dtmf_of(flow, at);
        if (key.len == 0 && (deaf || !has_speech(flow, at)))
            report1(checker, DIAG_CHOICE_WITHOUT_KEY, at, flow_name(flow, at));
        node_id other = key.len > 0 ? seen_before(&seen, flow, key, at) : 0;
        if (other)
            report2(checker, DIAG_KEY_TWICE, at, key, flow_name(flow, other));
    }
    seen_release(&seen);
}

void rule_menu_default(struct checker *checker, node_id menu)
{
    const struct flow *flow = checker->flow;
    enum role role = flow_role(flow, menu);
    node_id ref = doc_member(flow->doc, menu, ATOM_defaultChildMenuRef);
    if ((role != ROLE_MENU && role != ROLE_CHOICE) || !ref)
        return;
    if (doc_text(flow->doc, ref).len > 0 && !flow_default_choice(flow, menu))
        report1(checker, DIAG_DEFAULT_CHOICE_MISSING, menu, doc_text(flow->doc, ref));
}

/* A list of the choices with a global key, to find the second of a kind. */
struct globals {
    struct checker *checker;
    struct str keys[16];
    size_t count;
};

static bool visit_global(void *context, node_id choice, unsigned depth)
{
    (void) depth;
    struct globals *globals = context;
    const struct flow *flow = globals->checker->flow;
    if (flow_role(flow, choice) != ROLE_CHOICE)
        return true;
    node_id flag = doc_member(flow->doc, choice, ATOM_globalDtmf);
    struct str key = dtmf_of(flow, choice);
    if (!flag || !str_is(doc_text(flow->doc, flag), "true") || key.len == 0)
        return true;
    for (size_t i = 0; i < globals->count; i++) {
        if (str_eq(globals->keys[i], key)) {
            report1(globals->checker, DIAG_GLOBAL_KEY_TWICE, choice, key);
            return true;
        }
    }
    if (globals->count < sizeof globals->keys / sizeof *globals->keys)
        globals->keys[globals->count++] = key;
    return true;
}

void rule_global_keys(struct checker *checker, node_id body)
{
    (void) body;
    struct globals globals = { .checker = checker };
    if (checker->flow->type != FLOW_OTHER)
        flow_each_action(checker->flow, visit_global, &globals);
}

void rule_known(struct checker *checker, node_id action)
{
    if (!flow_action(checker->flow, action))
        report1(checker, DIAG_ACTION_NOT_KNOWN, action, doc_key(checker->flow->doc, action));
}

void rule_allowed(struct checker *checker, node_id action)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, action);
    struct buf types;
    if (!info || flow_type_allows(flow, info))
        return;
    buf_init(&types, checker->ws->env);
    flow_types_print(info->flow_types, &types);
    report3(checker, DIAG_ACTION_NOT_ALLOWED, action, str_of(info->label),
            str_of(flow_type_info(flow->type)->label), buf_str(&types));
    buf_release(&types);
}

void rule_name(struct checker *checker, node_id action)
{
    const struct doc *doc = checker->flow->doc;
    node_id name = doc_member(doc, action, ATOM_name);
    if (name)
        check_name(checker, action, doc_text(doc, name), true);
}

void rule_unreachable(struct checker *checker, node_id action)
{
    const struct flow *flow = checker->flow;
    if (flow_role(flow, action) != ROLE_ACTION)
        return;
    node_id before = flow_action_prev(flow, action);
    if (before && flow_ends(flow, before))
        report1(checker, DIAG_ACTION_UNREACHED, action, flow_name(flow, before));
}

static bool inside_loop(const struct flow *flow, node_id action)
{
    struct spot at = { action, 0 };
    while ((at = flow_owner(flow, at)).node && flow_role(flow, at.node) == ROLE_ACTION) {
        const struct action_info *info = flow_action(flow, at.node);
        if (info && info->flags & ACTION_LOOP && at.output == 1) /* others end the loop */
            return true;
        at.output = 0;
    }
    return false;
}

static bool ends_task(const struct flow *flow, node_id list);

static bool action_ends_task(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    struct output_at output = flow_outputs(flow, action);
    if (!info || info->flags & (ACTION_ENDS | ACTION_LOOP))
        return info && info->flags & ACTION_ENDS && !(info->flags & ACTION_ENDS_LOOP);
    while (flow_output_next(&output)) {
        node_id list = flow_output_list(flow, output.node);
        if (!list || !ends_task(flow, list))
            return false;
    }
    return output.number > 0;
}

/* Whether a list ends the task (not only the loop) on every path. */
static bool ends_task(const struct flow *flow, node_id list)
{
    for (node_id at = flow_list_first(flow, list); at; at = flow_action_next(flow, at)) {
        if (action_ends_task(flow, at))
            return true;
    }
    return false;
}

void rule_loop(struct checker *checker, node_id action)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, action);
    if (!info)
        return;
    if (info->flags & ACTION_ENDS_LOOP && !inside_loop(flow, action))
        report1(checker, DIAG_LOOP_MISSING, action, str_of(info->label));
    if (info->flags & ACTION_LOOP) {
        node_id list = flow_list(flow, (struct spot){ action, 1 });
        if (list && ends_task(flow, list))
            report0(checker, DIAG_LOOP_ENDS, action);
    }
}

void rule_cases(struct checker *checker, node_id action)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, action);
    if (!info || !(info->flags & ACTION_HAS_CASES))
        return;
    unsigned cases = 0;
    for (struct output_at output = flow_outputs(flow, action); flow_output_next(&output);)
        cases += output.node && doc_member(flow->doc, output.node, ATOM_value);
    if (cases < 1 || cases > 64)
        report0(checker, DIAG_CASE_COUNT, action);
}

void rule_statements(struct checker *checker, node_id action)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, action);
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->kind != FIELD_ROWS || !(field->flags & FIELD_REQUIRED))
            continue;
        node_id list = flow_field_node(flow, action, field->path);
        if (!list || !doc_first(flow->doc, list))
            report1(checker, DIAG_ROWS_EMPTY, action, str_of(field->label));
    }
}
