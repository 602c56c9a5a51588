/* Flows that are named, and above all Set Post-Flow (the product's page; domain.md section 1). */
#include "engine/check/rules.h"
#include "engine/check/seen.h"
#include "engine/flow/query.h"

static bool is_kind(const struct checker *checker, node_id action, const char *key)
{
    const struct action_info *info = flow_action(checker->flow, action);
    return info && str_is(str_of(info->key), key);
}

static bool is_one_of(struct str word, const char *const *words)
{
    for (; *words; words++) {
        if (str_is(word, *words))
            return true;
    }
    return false;
}

static bool is_literal(struct form_value value)
{
    return value.form == FORM_LITERAL || value.form == FORM_BARE;
}

/* A word that must be one of a few; expressions are checked as such. Returns whether it is. */
static bool check_word(struct checker *checker, node_id action, struct form_value value,
                       const char *const *words, enum diag_code code)
{
    if (is_literal(value) && !is_one_of(value.text, words)) {
        report1(checker, code, action, value.text);
        return false;
    }
    return true;
}

static const char *const targets[] = { "callee", "caller", "any", NULL };
static const char *const types[] = { "inboundCallFlow", "voiceSurveyFlow", NULL };

static struct flow *find_any_type(struct checker *checker, struct str name)
{
    for (size_t i = 0; i < checker->ws->count; i++) {
        struct workspace_file *file = checker->ws->files[i];
        enum flow_type type;
        struct str title;
        if (workspace_title(file, &type, &title) && str_eq(title, name))
            return workspace_flow(file);
    }
    return NULL;
}

static void check_target_flow(struct checker *checker, node_id action,
                              const struct post_flow_fields *post)
{
    struct str name = post->flow.text;
    if (post->flow.form == FORM_ABSENT || post->flow.form == FORM_NO_VALUE || name.len == 0) {
        report0(checker, DIAG_POST_FLOW_NONE, action);
        return;
    }
    if (post->flow_type == FLOW_OTHER)
        return;
    struct str label = str_of(flow_type_info(post->flow_type)->label);
    if (!workspace_find(checker->ws, post->flow_type, name)) {
        struct flow *other = find_any_type(checker, name);
        if (other)
            report3(checker, DIAG_POST_FLOW_WRONG_TYPE, action, name,
                    str_of(flow_type_info(other->type)->label), label);
        else
            report2(checker, DIAG_POST_FLOW_MISSING, action, name, label);
    } else if (settings_unpublished(checker->ws->settings, post->flow_type, name)) {
        report1(checker, DIAG_POST_FLOW_UNPUBLISHED, action, name);
    }
}

void rule_post_flow(struct checker *checker, node_id action)
{
    struct post_flow_fields post;
    if (!is_kind(checker, action, "setPostFlow"))
        return;
    flow_post_flow(checker->flow, action, &post);
    if (post.target.form == FORM_ABSENT || post.target.form == FORM_NO_VALUE)
        report0(checker, DIAG_POST_FLOW_NO_TARGET, action);
    bool target = check_word(checker, action, post.target, targets, DIAG_POST_FLOW_TARGET);
    bool type = check_word(checker, action, post.action_type, types, DIAG_POST_FLOW_TYPE);
    if (target && type)
        check_target_flow(checker, action, &post);
    bool survey = post.flow_type == FLOW_VOICE_SURVEY;
    if (survey && is_literal(post.target) && str_is(post.target.text, "callee"))
        report0(checker, DIAG_POST_FLOW_CALLEE_SURVEY, action);
    if (survey && is_literal(post.target) && str_is(post.target.text, "any"))
        report0(checker, DIAG_POST_FLOW_ANY_SURVEY, action);
    if (survey && settings_licence_allows_survey(checker->ws->settings) < 0)
        report0(checker, DIAG_POST_FLOW_LICENCE, action);
    if (settings_edge_allows_post_flow(checker->ws->settings) < 0)
        report1(checker, DIAG_POST_FLOW_EDGE, action, checker->ws->settings->edge);
}

void rule_clear_post_flow(struct checker *checker, node_id action)
{
    struct post_flow_fields post;
    if (!is_kind(checker, action, "clearPostFlow"))
        return;
    flow_post_flow(checker->flow, action, &post);
    if (post.target.form == FORM_ABSENT || post.target.form == FORM_NO_VALUE)
        report0(checker, DIAG_POST_FLOW_NO_TARGET, action);
    check_word(checker, action, post.target, targets, DIAG_POST_FLOW_TARGET);
    if (settings_edge_allows_post_flow(checker->ws->settings) < 0)
        report1(checker, DIAG_POST_FLOW_EDGE, action, checker->ws->settings->edge);
}

void rule_target(struct checker *checker, node_id action)
{
    enum flow_type type;
    struct str name;
    if (is_kind(checker, action, "setPostFlow") ||
        !flow_target(checker->flow, action, &type, &name) || name.len == 0)
        return;
    struct str label = str_of(flow_type_info(type)->label);
    if (!workspace_find(checker->ws, type, name))
        report2(checker, DIAG_FLOW_MISSING, action, name, label);
    else if (settings_unpublished(checker->ws->settings, type, name))
        report1(checker, DIAG_FLOW_UNPUBLISHED, action, name);
}

/* Names of Set Post-Flow actions seen so far in the flow. */
struct post_flows {
    struct checker *checker;
    struct seen names;
};

static bool visit_post_flow(void *context, node_id action, unsigned depth)
{
    (void) depth;
    struct post_flows *all = context;
    if (!is_kind(all->checker, action, "setPostFlow"))
        return true;
    struct str name = flow_name(all->checker->flow, action);
    if (seen_before(&all->names, all->checker->flow, name, action))
        report1(all->checker, DIAG_POST_FLOW_NAME_TWICE, action, name);
    return true;
}

void rule_post_flow_names(struct checker *checker, node_id body)
{
    struct post_flows all = { .checker = checker };
    (void) body;
    seen_init(&all.names, checker->ws->env);
    if (checker->flow->type != FLOW_OTHER)
        flow_each_action(checker->flow, visit_post_flow, &all);
    seen_release(&all.names);
}
