#include "engine/flow/query.h"

/* The types that a module says it works in; so many entries can only repeat each other. */
enum { MOST_TYPES = 100 };

static unsigned compatible_types(const struct flow *flow)
{
    unsigned types = 0, seen = 0;
    node_id list = flow_field_node(flow, flow->body, "settingsCommonModule/compatibleFlowTypes");
    for (node_id at = list ? doc_first(flow->doc, list) : 0; at && seen++ < MOST_TYPES;
         at = doc_next(flow->doc, at)) {
        node_id value = doc_member_named(flow->doc, at, STR("flowType"));
        struct str word = doc_text(flow->doc, value ? value : at);
        for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
            if (str_eq_nocase(word, str_of(flow_type_info((enum flow_type) type)->type_value)))
                types |= 1u << type;
        }
    }
    return types;
}

bool flow_type_allows(const struct flow *flow, const struct action_info *info)
{
    unsigned needed = 1u << flow->type;
    if (flow->type == FLOW_COMMON_MODULE)
        needed |= compatible_types(flow);
    return flow->type == FLOW_OTHER || (info->flow_types & needed) == needed;
}

/* Whether every output, written or not, ends (domain.md section 6). */
static bool outputs_end(const struct flow *flow, node_id action)
{
    struct output_at output = flow_outputs(flow, action);
    while (flow_output_next(&output)) {
        node_id list = flow_output_list(flow, output.node);
        if (!list || !flow_list_ends(flow, list))
            return false;
    }
    return output.number > 0;
}

bool flow_ends(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    if (!info)
        return false;
    if (info->flags & ACTION_ENDS)
        return true;
    if (info->flags & ACTION_LOOP)
        return false;
    /* A transfer's implicit Success leaves the flow, so only its Failure matters. */
    return outputs_end(flow, action);
}

bool flow_list_ends(const struct flow *flow, node_id list)
{
    for (node_id at = flow_list_first(flow, list); at; at = flow_action_next(flow, at)) {
        if (flow_ends(flow, at))
            return true;
    }
    return false;
}

/* All actions below a list or a menu, in tree order; false: stopped. */
static bool each_below(const struct flow *flow, node_id first, flow_visit visit, void *context,
                       unsigned depth)
{
    for (node_id at = first; at; at = flow_action_next(flow, at)) {
        if (!visit(context, at, depth))
            return false;
        for (struct output_at output = flow_outputs(flow, at); flow_output_next(&output);) {
            node_id list = flow_output_list(flow, output.node);
            if (list && !each_below(flow, flow_list_first(flow, list), visit, context, depth + 1))
                return false;
        }
        if (flow_role(flow, at) == ROLE_CHOICE &&
            !each_below(flow, flow_choice_first(flow, at), visit, context, depth + 1))
            return false;
    }
    return true;
}

void flow_each_action(const struct flow *flow, flow_visit visit, void *context)
{
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        node_id list = flow_list(flow, (struct spot){ at, 0 });
        node_id first = flow_role(flow, at) == ROLE_MENU ? flow_choice_first(flow, at)
                        : list                           ? flow_list_first(flow, list)
                                                         : 0;
        if (!each_below(flow, first, visit, context, 0))
            return;
    }
}
