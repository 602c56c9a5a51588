/* Outputs: those of the catalogue, then cases and default of a switch, then named paths; whatever
 * is written in an action nobody knows. */
#include <stdio.h>
#include "engine/flow/flow.h"
#include "engine/flow/tags.h"

/* The n-th tagged branch of a list of {"case": {...}} items, from 0. */
static node_id branch_at(const struct doc *doc, node_id list, unsigned n)
{
    for (node_id item = list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item)) {
        node_id body = item_body(doc, item);
        if (body && n-- == 0)
            return body;
    }
    return 0;
}

static unsigned branch_count(const struct doc *doc, node_id list)
{
    unsigned count = 0;
    for (node_id item = list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item))
        count += item_body(doc, item) != 0;
    return count;
}

static unsigned fixed_count(const struct action_info *info)
{
    unsigned count = 0;
    while (info && info->outputs && info->outputs[count].id)
        count++;
    return count;
}

static node_id outputs_object(const struct flow *flow, node_id action)
{
    node_id outputs = doc_member(flow->doc, action, ATOM_outputs);
    return outputs && doc_kind(flow->doc, outputs) == NODE_OBJECT ? outputs : 0;
}

static node_id case_list(const struct flow *flow, node_id action)
{
    node_id body = switch_body(flow->doc, action);
    return body ? doc_member(flow->doc, body, ATOM_cases) : 0;
}

static node_id path_list(const struct flow *flow, node_id action)
{
    node_id outputs = outputs_object(flow, action);
    return outputs ? doc_member(flow->doc, outputs, ATOM_paths) : 0;
}

/* The n-th member of `outputs` that is a branch, of an action nobody knows. */
static node_id written_at(const struct flow *flow, node_id action, unsigned n)
{
    node_id outputs = outputs_object(flow, action);
    for (node_id at = outputs ? doc_first(flow->doc, outputs) : 0; at;
         at = doc_next(flow->doc, at)) {
        if (flow_role(flow, at) == ROLE_OUTPUT && n-- == 0)
            return at;
    }
    return 0;
}

static bool is_task_choice(const struct flow *flow, node_id action)
{
    return flow_role(flow, action) == ROLE_CHOICE &&
           str_is(doc_key(flow->doc, action), "menuTask");
}

static bool has_cases(const struct action_info *info)
{
    return info && info->flags & ACTION_HAS_CASES;
}

unsigned flow_output_count(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    if (is_task_choice(flow, action))
        return 1;
    if (flow_role(flow, action) == ROLE_CHOICE)
        return 0;
    if (!info) {
        unsigned count = 0;
        while (written_at(flow, action, count))
            count++;
        return count;
    }
    if (has_cases(info))
        return branch_count(flow->doc, case_list(flow, action)) + 1;
    unsigned count = fixed_count(info);
    if (info->flags & ACTION_HAS_PATHS)
        count += branch_count(flow->doc, path_list(flow, action));
    return count;
}

node_id flow_output_node(const struct flow *flow, struct spot output)
{
    const struct doc *doc = flow->doc;
    const struct action_info *info = flow_action(flow, output.node);
    unsigned n = output.output - 1u;
    if (is_task_choice(flow, output.node))
        return doc_member(doc, output.node, ATOM_task);
    if (!info)
        return written_at(flow, output.node, n);
    if (has_cases(info)) {
        node_id list = case_list(flow, output.node);
        unsigned cases = branch_count(doc, list);
        node_id body = switch_body(doc, output.node);
        if (n < cases)
            return branch_at(doc, list, n);
        return body && n == cases ? doc_member(doc, body, ATOM_default) : 0;
    }
    unsigned fixed = fixed_count(info);
    if (n >= fixed)
        return branch_at(doc, path_list(flow, output.node), n - fixed);
    node_id outputs = outputs_object(flow, output.node);
    return outputs ? doc_member_named(doc, outputs, str_of(info->outputs[n].id)) : 0;
}

static struct str numbered(unsigned n, char number[static 12])
{
    int len = snprintf(number, 12, "%u", n);
    return (struct str){ number, (size_t) len };
}

struct str flow_output_id(const struct flow *flow, struct spot output, char number[static 12])
{
    const struct action_info *info = flow_action(flow, output.node);
    unsigned n = output.output - 1u;
    if (is_task_choice(flow, output.node))
        return STR("task");
    if (!info)
        return doc_key(flow->doc, written_at(flow, output.node, n));
    if (has_cases(info)) {
        unsigned cases = branch_count(flow->doc, case_list(flow, output.node));
        return n < cases ? numbered(n + 1, number) : STR("default");
    }
    if (n < fixed_count(info))
        return str_of(info->outputs[n].id);
    node_id name = doc_member(flow->doc, flow_output_node(flow, output), ATOM_name);
    return name ? doc_text(flow->doc, name) : STR("path");
}

struct str flow_output_label(const struct flow *flow, struct spot output, char number[static 12])
{
    const struct action_info *info = flow_action(flow, output.node);
    unsigned n = output.output - 1u;
    if (info && !has_cases(info) && n < fixed_count(info) && flow_role(flow, output.node) == ROLE_ACTION)
        return str_of(info->outputs[n].label);
    if (has_cases(info)) {
        node_id value = doc_member(flow->doc, flow_output_node(flow, output), ATOM_value);
        struct form_value form = value ? flow_value_of(flow, value) : (struct form_value){ 0 };
        if (value && form.text.len > 0)
            return form.text;
    }
    return flow_output_id(flow, output, number);
}

unsigned flow_output_find(const struct flow *flow, node_id action, struct str id)
{
    char number[12];
    unsigned count = flow_output_count(flow, action);
    for (unsigned k = 1; k <= count; k++) {
        if (str_eq(flow_output_id(flow, (struct spot){ action, (uint16_t) k }, number), id))
            return k;
    }
    return 0;
}
