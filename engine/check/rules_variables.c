/* Declarations of variables (domain.md section 5.2). */
#include "engine/check/rules.h"
#include "engine/flow/field_text.h"
#include "engine/flow/mentions.h"

static bool is_scope(struct str name)
{
    static const char *const scopes[] = { "Flow", "Task", "State", "Common" };
    struct str scope = str_slice(name, 0, (size_t) str_find_char(name, '.'));
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (str_eq_nocase(scope, str_of(scopes[i])))
            return true;
    }
    return false;
}

/* Of the flow's own: only modules have callers. */
static void check_role(struct checker *checker, const struct name_declaration *at,
                       const struct variable_info *info)
{
    const struct flow *flow = checker->flow;
    bool own = flow_role(flow, at->owner) == ROLE_FLOW;
    bool called = !own || flow->type == FLOW_COMMON_MODULE;
    bool state = flow_role(flow, at->owner) == ROLE_STATE;
    const char *wrong = info->input && (!called || state)                ? "an input"
                        : info->output && (!called || state)             ? "an output"
                        : info->secure && flow->type != FLOW_SECURE_CALL ? "secure"
                        : info->secure && info->output                   ? "secure and an output"
                                                                         : NULL;
    if (wrong)
        report2(checker, DIAG_VARIABLE_ROLE, at->node, info->full_name, str_of(wrong));
}

void rule_variables(struct checker *checker, node_id body)
{
    struct name_declaration at;
    struct variable_info info;
    (void) body;
    if (checker->flow->type == FLOW_OTHER) /* it may have scopes of its own */
        return;
    for (size_t i = 0; names_declaration(checker->names, i, &at); i++) {
        if (!flow_variable(checker->flow, at.node, &info))
            continue;
        if (!is_variable_name(info.full_name) || !is_scope(info.full_name))
            report1(checker, DIAG_VARIABLE_ILL_NAMED, at.node, info.full_name);
        if (at.again)
            report1(checker, DIAG_VARIABLE_DECLARED_TWICE, at.node, info.full_name);
        check_role(checker, &at, &info);
    }
}

/* --- those that nothing uses --- */

/* Asking for a name marks it as used. A key without a scope may be one of each. */
static void mark(void *context, const struct mention *mention)
{
    static const char *const scopes[] = { "Task.", "Flow.", "State.", "Common." };
    struct checker *checker = context;
    node_id at = mention->scope_at ? mention->scope_at : mention->node;
    struct expr_type type;
    struct buf full;
    if (mention->thing != THING_VARIABLE || mention->declares || mention->module.len > 0)
        return;
    if (str_find_char(mention->name, '.') >= 0) {
        names_find(checker->names, at, mention->name, &type);
        return;
    }
    buf_init(&full, checker->ws->env);
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        buf_clear(&full);
        buf_add_text(&full, scopes[i]);
        buf_add(&full, mention->name);
        names_find(checker->names, at, buf_str(&full), &type);
    }
    buf_release(&full);
}

static void count_unread(void *context, const struct flow *flow, node_id node)
{
    (void) flow, (void) node;
    ++*(size_t *) context;
}

static bool any_unused(const struct checker *checker)
{
    struct name_declaration at;
    for (size_t i = 0; names_declaration(checker->names, i, &at); i++) {
        if (!at.used)
            return true;
    }
    return false;
}

/* Most were asked for when the expressions were checked; to be sure of the others everything that
 * mentions something is gone through. */
void rule_unused_variables(struct checker *checker, node_id body)
{
    struct name_declaration at;
    struct variable_info info;
    size_t unread = 0;
    (void) body;
    if (!any_unused(checker))
        return;
    flow_mentions(checker->flow, mark, checker);
    flow_unread_expressions(checker->flow, count_unread, &unread);
    for (size_t i = 0; !unread && names_declaration(checker->names, i, &at); i++) {
        if (!at.used && flow_variable(checker->flow, at.node, &info) && !info.input && !info.output)
            report1(checker, DIAG_VARIABLE_UNUSED, at.node, info.full_name);
    }
}
