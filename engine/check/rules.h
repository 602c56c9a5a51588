/* How rules are written: a rule looks at one thing (an action, a container, the flow) and reports.
 * The table in check.c says what is looked at and which codes come of it. */
#ifndef POSTFLOW_CHECK_RULES_H
#define POSTFLOW_CHECK_RULES_H

#include "engine/check/check.h"
#include "engine/check/names.h"
#include "engine/flow/path.h"
#include "engine/flow/refs.h"

struct checker {
    struct workspace *ws;
    struct flow *flow;
    struct names *names;
    struct flow_refs *refs;
    struct flow_reach *reach;
    struct path_memo paths;
    struct pool *pool;
    struct arena arena;
    struct diags *out;
    const struct check_stop *stop; /* NULL: none */
    size_t visited;                /* actions so far */
    bool stopped;
    node_id alone; /* what the rule that runs looks at, if at nothing else; 0: at more */
    struct invoked *invoked; /* of rules_invocation.c */
    size_t invoked_count, invoked_capacity;
};

/* Adds a diagnostic at a node (its line, column and path), unless its code is silenced. */
void report(struct checker *checker, enum diag_code code, node_id node, struct str a, struct str b,
            struct str c, struct str d);
#define report0(k, code, node) report(k, code, node, STR_NONE, STR_NONE, STR_NONE, STR_NONE)
#define report1(k, code, node, a) report(k, code, node, a, STR_NONE, STR_NONE, STR_NONE)
#define report2(k, code, node, a, b) report(k, code, node, a, b, STR_NONE, STR_NONE)
#define report3(k, code, node, a, b, c) report(k, code, node, a, b, c, STR_NONE)

typedef void rule_fn(struct checker *checker, node_id node);
/* Of the flow (node: its body). */
rule_fn rule_flow_name, rule_start, rule_container_names, rule_post_flow_names, rule_global_keys,
    rule_post_flow_paths, rule_implied_variables, rule_invocation_read, rule_variables,
    rule_unused_variables, rule_languages, rule_size, rule_queue_task, rule_flow_settings;
/* Of a task, menu, state or a menuSubMenu. */
rule_fn rule_container_ends, rule_container_reached, rule_menu_choices, rule_menu_default,
    rule_menu_delay, rule_menu_terms, rule_container_settings;
/* Of an action or choice. */
rule_fn rule_known, rule_allowed, rule_name, rule_fields, rule_unreachable, rule_loop, rule_target,
    rule_post_flow, rule_clear_post_flow, rule_cases, rule_statements, rule_invocation_sent,
    rule_task_paths, rule_previous_menu, rule_choice_task;
/* What rule_invocation_sent has put into the checker. */
void invoked_release(struct checker *checker);

/* The fields of a table below `owner`: required, choices, ranges, expressions, names. */
void check_fields(struct checker *checker, node_id owner, const struct field *table);

#endif
