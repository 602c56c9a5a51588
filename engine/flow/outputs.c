/* Outputs: those of the catalogue; of a switch its cases and default; others that are written; last
 * the named paths. */
#include <stdio.h>
#include "engine/flow/flow.h"
#include "engine/flow/tags.h"

/* How many outputs an action has of each sort, in their order. */
struct counts {
    unsigned fixed, cases, other, paths; /* cases count their default */
};

static bool is_task_choice(const struct flow *flow, node_id action)
{
    return flow_role(flow, action) == ROLE_CHOICE &&
           str_is(doc_key(flow->doc, action), "menuTask");
}

static bool has_cases(const struct action_info *info)
{
    return info && info->flags & ACTION_HAS_CASES;
}

node_id switch_body(const struct flow *flow, node_id action)
{
    const struct doc *doc = flow->doc;
    node_id at = doc_member(doc, action, ATOM_evaluate);
    while (at && place_of(flow, at) != PLACE_SWITCH) {
        node_id child = doc_first(doc, at);
        while (child && place_of(flow, child) == PLACE_NONE)
            child = doc_next(doc, child);
        at = child;
    }
    return at;
}

static node_id outputs_object(const struct flow *flow, node_id action)
{
    node_id outputs = doc_member(flow->doc, action, ATOM_outputs);
    return outputs && place_of(flow, outputs) == PLACE_OUTPUTS ? outputs : 0;
}

static node_id branches(const struct flow *flow, node_id object, atom_id key)
{
    node_id list = object ? doc_member(flow->doc, object, key) : 0;
    return list && place_of(flow, list) == PLACE_BRANCHES ? list : 0;
}

static node_id case_list(const struct flow *flow, node_id action)
{
    return branches(flow, switch_body(flow, action), ATOM_cases);
}

/* Only so many members are looked at, so that a file with a million of them is not slow. */
static node_id path_list(const struct flow *flow, node_id action)
{
    node_id outputs = outputs_object(flow, action);
    unsigned seen = 0;
    for (node_id at = outputs ? doc_first(flow->doc, outputs) : 0;
         at && seen <= FLOW_MOST_OUTPUTS; at = doc_next(flow->doc, at), seen++) {
        if (place_of(flow, at) == PLACE_BRANCHES)
            return at;
    }
    return 0;
}

/* The branch of an item {"case": OUTPUT}; 0: a wrong shape. */
static node_id branch_of(const struct flow *flow, node_id item)
{
    node_id body = item_body(flow->doc, item);
    return body && place_of(flow, body) == PLACE_OUTPUT ? body : 0;
}

/* The n-th branch of a list, from 0. */
static node_id branch_at(const struct flow *flow, node_id list, unsigned n)
{
    for (node_id item = list ? doc_first(flow->doc, list) : 0; item;
         item = doc_next(flow->doc, item)) {
        node_id body = branch_of(flow, item);
        if (body && n-- == 0)
            return body;
    }
    return 0;
}

static unsigned branch_count(const struct flow *flow, node_id list)
{
    unsigned count = 0;
    for (node_id item = list ? doc_first(flow->doc, list) : 0; item && count < FLOW_MOST_OUTPUTS;
         item = doc_next(flow->doc, item))
        count += branch_of(flow, item) != 0;
    return count;
}

/* The number of the catalogue's output with this id, from 0; how many there are when none has. */
static unsigned fixed_index(const struct action_info *info, struct str id)
{
    unsigned n = 0;
    while (info && info->outputs && info->outputs[n].id && !str_is(id, info->outputs[n].id))
        n++;
    return n;
}

static unsigned fixed_count(const struct action_info *info)
{
    unsigned n = 0;
    while (info && info->outputs && info->outputs[n].id)
        n++;
    return n;
}

static bool is_other(const struct flow *flow, const struct action_info *info, node_id output)
{
    return place_of(flow, output) == PLACE_OUTPUT &&
           fixed_index(info, doc_key(flow->doc, output)) == fixed_count(info);
}

/* The n-th output (from 0) that is written and that the catalogue does not know. */
static node_id other_at(const struct flow *flow, node_id action, unsigned n)
{
    const struct action_info *info = flow_action(flow, action);
    node_id outputs = outputs_object(flow, action);
    for (node_id at = outputs ? doc_first(flow->doc, outputs) : 0; at;
         at = doc_next(flow->doc, at)) {
        if (is_other(flow, info, at) && n-- == 0)
            return at;
    }
    return 0;
}

static unsigned other_count(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    node_id outputs = outputs_object(flow, action);
    unsigned count = 0;
    for (node_id at = outputs ? doc_first(flow->doc, outputs) : 0;
         at && count < FLOW_MOST_OUTPUTS; at = doc_next(flow->doc, at))
        count += is_other(flow, info, at);
    return count;
}

static struct counts counts_of(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    struct counts counts = { .fixed = fixed_count(info) };
    if (has_cases(info))
        counts.cases = branch_count(flow, case_list(flow, action)) + 1;
    if (outputs_object(flow, action)) {
        counts.other = other_count(flow, action);
        counts.paths = branch_count(flow, path_list(flow, action));
    }
    return counts;
}

unsigned flow_output_count(const struct flow *flow, node_id action)
{
    if (is_task_choice(flow, action))
        return 1;
    if (flow_role(flow, action) != ROLE_ACTION)
        return 0;
    struct counts counts = counts_of(flow, action);
    unsigned sum = counts.fixed + counts.cases + counts.other + counts.paths;
    return sum < FLOW_MOST_OUTPUTS ? sum : FLOW_MOST_OUTPUTS;
}

/* Which sort an output is of; *n becomes its number in it, from 0. */
enum sort {
    SORT_FIXED,
    SORT_CASE,
    SORT_DEFAULT,
    SORT_OTHER,
    SORT_PATH,
    SORT_TASK, /* of a choice: the only one */
    SORT_NONE,
};

static enum sort sort_of(const struct flow *flow, struct spot output, unsigned *n)
{
    struct counts counts = counts_of(flow, output.node);
    *n = output.output - 1u;
    if (*n < counts.fixed)
        return SORT_FIXED;
    *n -= counts.fixed;
    if (*n < counts.cases)
        return *n + 1 < counts.cases ? SORT_CASE : SORT_DEFAULT;
    *n -= counts.cases;
    if (*n < counts.other)
        return SORT_OTHER;
    *n -= counts.other;
    return SORT_PATH;
}

node_id flow_output_node(const struct flow *flow, struct spot output)
{
    const struct doc *doc = flow->doc;
    unsigned n;
    node_id node = 0;
    if (is_task_choice(flow, output.node)) {
        node = doc_member(doc, output.node, ATOM_task);
        return node && place_of(flow, node) == PLACE_OUTPUT ? node : 0;
    }
    if (flow_role(flow, output.node) != ROLE_ACTION)
        return 0;
    switch (sort_of(flow, output, &n)) {
    case SORT_CASE:
        return branch_at(flow, case_list(flow, output.node), n);
    case SORT_OTHER:
        return other_at(flow, output.node, n);
    case SORT_PATH:
        return branch_at(flow, path_list(flow, output.node), n);
    case SORT_DEFAULT:
        node = switch_body(flow, output.node);
        node = node ? doc_member(doc, node, ATOM_default) : 0;
        break;
    case SORT_FIXED:
        node = outputs_object(flow, output.node);
        if (node)
            node = doc_member_named(doc, node,
                                    str_of(flow_action(flow, output.node)->outputs[n].id));
        break;
    case SORT_TASK:
    case SORT_NONE:
        break;
    }
    return node && place_of(flow, node) == PLACE_OUTPUT ? node : 0;
}

/* How many branches stand before this one in its list. */
static unsigned branches_before(const struct flow *flow, node_id branch)
{
    unsigned count = 0;
    node_id item = doc_parent(flow->doc, branch);
    while ((item = doc_prev(flow->doc, item)) != 0)
        count += branch_of(flow, item) != 0;
    return count;
}

unsigned output_number(const struct flow *flow, node_id action, node_id branch)
{
    const struct doc *doc = flow->doc;
    const struct action_info *info = flow_action(flow, action);
    node_id parent = doc_parent(doc, branch);
    if (is_task_choice(flow, action))
        return 1;
    struct counts counts = counts_of(flow, action);
    unsigned number = 0;
    switch (place_of(flow, parent)) {
    case PLACE_BRANCH_ITEM:
        number = counts.fixed + 1 + branches_before(flow, branch);
        if (place_of(flow, doc_parent(doc, doc_parent(doc, parent))) == PLACE_OUTPUTS)
            number += counts.cases + counts.other;
        break;
    case PLACE_SWITCH:
        number = counts.fixed + counts.cases;
        break;
    case PLACE_OUTPUTS:
        number = fixed_index(info, doc_key(doc, branch)) + 1;
        if (number <= counts.fixed)
            break;
        number += counts.cases;
        for (node_id at = branch; (at = doc_prev(doc, at)) != 0;)
            number += is_other(flow, info, at);
        break;
    default:
        break;
    }
    return number <= FLOW_MOST_OUTPUTS ? number : 0;
}

static struct str numbered(unsigned n, char number[static 12])
{
    int len = snprintf(number, 12, "%u", n);
    return (struct str){ number, (size_t) len };
}

static struct str path_name(const struct flow *flow, node_id branch)
{
    node_id name = doc_member(flow->doc, branch, ATOM_name);
    return name ? doc_text(flow->doc, name) : STR("path");
}

static struct str id_of(const struct flow *flow, const struct action_info *info, enum sort sort,
                        unsigned n, node_id node, char number[static 12])
{
    switch (sort) {
    case SORT_FIXED:
        return str_of(info->outputs[n].id);
    case SORT_CASE:
        return numbered(n + 1, number);
    case SORT_DEFAULT:
        return STR("default");
    case SORT_OTHER:
        return doc_key(flow->doc, node);
    case SORT_PATH:
        return path_name(flow, node);
    case SORT_TASK:
        return STR("task");
    case SORT_NONE:
        break;
    }
    return STR_NONE;
}

struct str flow_output_id(const struct flow *flow, struct spot output, char number[static 12])
{
    unsigned n;
    if (flow_role(flow, output.node) != ROLE_ACTION)
        return STR("task");
    enum sort sort = sort_of(flow, output, &n);
    bool written = sort == SORT_OTHER || sort == SORT_PATH;
    return id_of(flow, flow_action(flow, output.node), sort, n,
                 written ? flow_output_node(flow, output) : 0, number);
}

/* --- one after the other --- */

struct output_at flow_outputs(const struct flow *flow, node_id action)
{
    struct output_at at = { .flow = flow, .action = action, .sort = SORT_NONE };
    if (flow_role(flow, action) == ROLE_ACTION) {
        at.sort = SORT_FIXED;
        at.info = flow_action(flow, action);
        at.object = outputs_object(flow, action);
    } else if (is_task_choice(flow, action)) {
        at.sort = SORT_TASK;
    }
    return at;
}

/* The next branch behind at->item in a list; 0: no more. */
static node_id next_branch(struct output_at *at, node_id list)
{
    const struct doc *doc = at->flow->doc;
    node_id item = at->item ? doc_next(doc, at->item) : list ? doc_first(doc, list) : 0;
    node_id body = 0;
    while (item && (body = branch_of(at->flow, item)) == 0)
        item = doc_next(doc, item);
    at->item = item;
    return body;
}

static node_id next_other(struct output_at *at)
{
    const struct doc *doc = at->flow->doc;
    node_id item = at->item ? doc_next(doc, at->item) : at->object ? doc_first(doc, at->object) : 0;
    while (item && !is_other(at->flow, at->info, item))
        item = doc_next(doc, item);
    at->item = item;
    return item;
}

/* The next one of the sort; false: no more. */
static bool next_of_sort(struct output_at *at)
{
    const struct flow *flow = at->flow;
    const struct action_info *info = at->info;
    node_id node = 0;
    switch ((enum sort) at->sort) {
    case SORT_TASK:
        node = doc_member(flow->doc, at->action, ATOM_task);
        break;
    case SORT_FIXED:
        if (!info || !info->outputs || !info->outputs[at->n].id)
            return false;
        if (at->object)
            node = doc_member_named(flow->doc, at->object, str_of(info->outputs[at->n].id));
        break;
    case SORT_CASE:
        at->node = has_cases(info) ? next_branch(at, case_list(flow, at->action)) : 0;
        return at->node != 0;
    case SORT_DEFAULT:
        if (!has_cases(info) || at->n > 0)
            return false;
        node = switch_body(flow, at->action);
        node = node ? doc_member(flow->doc, node, ATOM_default) : 0;
        break;
    case SORT_OTHER:
        at->node = next_other(at);
        return at->node != 0;
    case SORT_PATH:
        at->node = at->object ? next_branch(at, at->item ? 0 : path_list(flow, at->action)) : 0;
        return at->node != 0;
    case SORT_NONE:
        return false;
    }
    at->node = node && place_of(flow, node) == PLACE_OUTPUT ? node : 0;
    return true;
}

bool flow_output_next(struct output_at *at)
{
    if (at->number == FLOW_MOST_OUTPUTS || at->sort == SORT_NONE ||
        (at->sort == SORT_TASK && at->number == 1))
        return false;
    at->n += at->number > 0;
    while (!next_of_sort(at)) {
        at->item = 0;
        at->n = 0;
        if (++at->sort >= SORT_TASK)
            return false;
    }
    at->number++;
    return true;
}

struct str flow_output_at_id(const struct output_at *at, char number[static 12])
{
    return id_of(at->flow, at->info, (enum sort) at->sort, at->n, at->node, number);
}

struct str flow_output_label(const struct flow *flow, struct spot output, char number[static 12])
{
    unsigned n;
    enum sort sort = flow_role(flow, output.node) == ROLE_ACTION ? sort_of(flow, output, &n)
                                                                 : SORT_OTHER;
    if (sort == SORT_FIXED)
        return str_of(flow_action(flow, output.node)->outputs[n].label);
    if (sort == SORT_CASE) {
        node_id value = doc_member(flow->doc, flow_output_node(flow, output), ATOM_value);
        struct form_value form = flow_value_of(flow, value);
        if (form.text.len > 0)
            return form.text;
    }
    return flow_output_id(flow, output, number);
}

static unsigned find_case(struct str id, unsigned cases)
{
    char number[12];
    int64_t n;
    bool is_case = str_to_int(id, &n) && n >= 1 && n < cases &&
                   str_eq(numbered((unsigned) n, number), id);
    return is_case ? (unsigned) n : str_is(id, "default") ? cases : 0;
}

/* Among others and paths: the number from 1, 0: none has the id. */
static unsigned find_written(const struct flow *flow, node_id action, struct str id,
                             struct counts counts)
{
    const struct doc *doc = flow->doc;
    const struct action_info *info = flow_action(flow, action);
    node_id outputs = outputs_object(flow, action);
    unsigned n = 0;
    for (node_id at = outputs ? doc_first(doc, outputs) : 0; at && n < counts.other;
         at = doc_next(doc, at)) {
        n += is_other(flow, info, at);
        if (is_other(flow, info, at) && str_eq(doc_key(doc, at), id))
            return n;
    }
    node_id list = path_list(flow, action);
    for (node_id item = list ? doc_first(doc, list) : 0; item && n < counts.other + counts.paths;
         item = doc_next(doc, item)) {
        node_id body = branch_of(flow, item);
        n += body != 0;
        if (body && str_eq(path_name(flow, body), id))
            return n;
    }
    return 0;
}

unsigned flow_output_find(const struct flow *flow, node_id action, struct str id)
{
    if (is_task_choice(flow, action))
        return str_is(id, "task");
    if (flow_role(flow, action) != ROLE_ACTION)
        return 0;
    struct counts counts = counts_of(flow, action);
    unsigned n = fixed_index(flow_action(flow, action), id);
    if (n < counts.fixed)
        return n + 1;
    n = find_case(id, counts.cases);
    if (n == 0) {
        n = find_written(flow, action, id, counts);
        n += n > 0 ? counts.cases : 0;
    }
    n += n > 0 ? counts.fixed : 0;
    return n <= FLOW_MOST_OUTPUTS ? n : 0;
}
