#include "engine/flow/mentions.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/expr/expr.h"
#include "engine/flow/containers.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/refs.h"
#include "engine/flow/tags.h"

static const struct thing_info things[THING_COUNT] = {
    [THING_NONE] = { "", NULL, TYPE_NONE },
    [THING_FLOW] = { "flow", NULL, TYPE_NONE },
    [THING_TASK] = { "task", NULL, TYPE_NONE },
    [THING_MENU] = { "menu", NULL, TYPE_NONE },
    [THING_STATE] = { "state", NULL, TYPE_NONE },
    [THING_CHOICE] = { "choice", NULL, TYPE_NONE },
    [THING_VARIABLE] = { "variable", NULL, TYPE_NONE },
    [THING_QUEUE] = { "queue", "queues", TYPE_QUEUE },
    [THING_USER] = { "user", "users", TYPE_USER },
    [THING_GROUP] = { "group", "groups", TYPE_GROUP },
    [THING_SKILL] = { "skill", "skills", TYPE_SKILL },
    [THING_LANGUAGE_SKILL] = { "language skill", NULL, TYPE_LANGUAGE_SKILL },
    [THING_PROMPT] = { "prompt", "prompts", TYPE_PROMPT },
    [THING_SCHEDULE] = { "schedule", "schedules", TYPE_SCHEDULE },
    [THING_SCHEDULE_GROUP] = { "schedule group", "scheduleGroups", TYPE_SCHEDULE_GROUP },
    [THING_EMERGENCY_GROUP] = { "emergency group", "emergencyGroups", TYPE_EMERGENCY_GROUP },
    [THING_WRAPUP_CODE] = { "wrap-up code", NULL, TYPE_WRAPUP_CODE },
    [THING_DATA_ACTION] = { "data action", "dataActions", TYPE_NONE },
    [THING_DATA_TABLE] = { "data table", "dataTables", TYPE_NONE },
    [THING_SURVEY_FORM] = { "survey form", "surveyForms", TYPE_NONE },
};

const struct thing_info *thing_info(enum thing thing)
{
    return &things[thing];
}

enum thing thing_of_type(enum value_type type)
{
    for (int i = 0; type != TYPE_NONE && i < THING_COUNT; i++) {
        if (things[i].type == type)
            return (enum thing) i;
    }
    return THING_NONE;
}

const char *thing_section(enum value_type type)
{
    return things[thing_of_type(type)].section;
}

/* --- the walk --- */

struct walk {
    const struct flow *flow;
    struct flow_refs *refs;
    mention_fn *found; /* NULL: only what cannot be read is wanted */
    unread_fn *unread;
    void *context;
    node_id node; /* whose expression is read */
};

/* The row of the tree that a node belongs to. */
static node_id owner_of(const struct flow *flow, node_id node)
{
    for (; node; node = doc_parent(flow->doc, node)) {
        enum role role = flow_role(flow, node);
        if (role != ROLE_NONE && role != ROLE_LIST && role != ROLE_OUTPUT)
            return node;
    }
    return flow->body;
}

static struct mention mention_of(const struct walk *walk, enum thing thing, node_id node,
                                 struct str name)
{
    return (struct mention){ .thing = thing, .name = name, .doc = walk->flow->doc,
                             .flow = walk->flow, .owner = owner_of(walk->flow, node),
                             .node = node };
}

static void tell(const struct walk *walk, const struct mention *mention)
{
    if (walk->found && mention->name.len > 0)
        walk->found(walk->context, mention);
}

static struct str prompt_name(struct str name)
{
    struct str scope = STR("Prompt.");
    return str_starts(name, scope) ? str_slice(name, scope.len, name.len) : name;
}

/* --- names in fields --- */

/* The text below a value that names something: of {"name": X} the X. */
static node_id text_node(const struct flow *flow, node_id value)
{
    node_id name = doc_is_container(flow->doc, value) ? doc_member(flow->doc, value, ATOM_name) : 0;
    return name ? name : value;
}

static void tell_named(const struct walk *walk, enum thing thing, struct form_value value)
{
    bool literal = value.form == FORM_LITERAL || value.form == FORM_BARE;
    if (!literal || !value.node || value.text.len == 0)
        return;
    struct mention mention = mention_of(walk, thing, text_node(walk->flow, value.node), value.text);
    if (thing == THING_PROMPT)
        mention.name = prompt_name(value.text);
    tell(walk, &mention);
}

/* A literal of a type that names things, or a list of such. */
static void tell_value(const struct walk *walk, enum value_type type, struct form_value value)
{
    const struct doc *doc = walk->flow->doc;
    enum thing thing = thing_of_type(type);
    if (thing == THING_NONE || !value.node)
        return;
    tell_named(walk, thing, value);
    if (value.form != FORM_LITERAL || doc_kind(doc, value.node) != NODE_LIST)
        return;
    for (node_id at = doc_first(doc, value.node); at; at = doc_next(doc, at))
        tell_named(walk, thing, flow_value_of(walk->flow, at));
}

static unsigned post_flow_types(enum flow_type type)
{
    return type == FLOW_OTHER ? IN(INBOUND_CALL) | IN(VOICE_SURVEY) : 1u << type;
}

static bool is_post_flow(const struct flow *flow, node_id owner, const struct field *field)
{
    const struct action_info *info =
        flow_role(flow, owner) == ROLE_ACTION ? flow_action(flow, owner) : NULL;
    return info && !strcmp(info->key, "setPostFlow") && !strcmp(field->path, "targetFlow");
}

static void tell_flow(const struct walk *walk, node_id owner, const struct field *field)
{
    const struct flow *flow = walk->flow;
    struct form_value value = flow_value(flow, owner, field);
    unsigned types = field->flow_types;
    if (is_post_flow(flow, owner, field)) {
        struct post_flow_fields post;
        flow_post_flow(flow, owner, &post);
        value = post.flow;
        types = post_flow_types(post.flow_type);
    }
    if (!value.node || (value.form != FORM_BARE && value.form != FORM_LITERAL))
        return;
    node_id node = text_node(flow, value.node);
    struct mention mention = mention_of(walk, THING_FLOW, node, value.text);
    mention.form = doc_is_container(flow->doc, node) ? MENTION_KEY : MENTION_TEXT;
    mention.flow_types = types;
    tell(walk, &mention);
}

/* Inputs and outputs of a task or module are named like its variables. */
static void tell_parameters(const struct walk *walk, node_id owner, const struct field *field)
{
    const struct flow *flow = walk->flow;
    const struct action_info *info = flow_action(flow, owner);
    node_id list = flow_field_node(flow, owner, field->path);
    node_id ref = flow_field_node(flow, owner, "targetTaskRef");
    node_id module = flow_field_node(flow, owner, "commonModule/*");
    bool is_module = info && !strcmp(info->key, "callCommonModule") && module;
    node_id task = ref ? flow_refs_find(walk->refs, doc_text(flow->doc, ref)) : 0;
    if (!list || doc_kind(flow->doc, list) != NODE_OBJECT || (!is_module && !task))
        return;
    for (node_id at = doc_first(flow->doc, list); at; at = doc_next(flow->doc, at)) {
        struct mention mention = mention_of(walk, THING_VARIABLE, at, doc_key(flow->doc, at));
        mention.form = MENTION_KEY;
        mention.scope_at = is_module ? 0 : task;
        mention.module = is_module ? doc_key(flow->doc, module) : STR_NONE;
        tell(walk, &mention);
    }
}

/* Of a data action the integration stands above it. */
static void tell_key(const struct walk *walk, node_id owner, const struct field *field)
{
    const struct flow *flow = walk->flow;
    struct form_value value = flow_value(flow, owner, field);
    bool action = !strcmp(field->path, "category/*/dataAction");
    if (!value.node || (!action && strcmp(field->path, "dataTable")))
        return;
    struct buf full;
    buf_init(&full, flow->doc->env);
    if (action) {
        buf_add(&full, doc_key(flow->doc, flow_field_node(flow, owner, "category/*")));
        buf_add_text(&full, " / ");
    }
    buf_add(&full, value.text);
    struct mention mention =
        mention_of(walk, action ? THING_DATA_ACTION : THING_DATA_TABLE, value.node, buf_str(&full));
    mention.form = MENTION_KEY;
    tell(walk, &mention);
    buf_release(&full);
}

static void tell_fields(const struct walk *walk, node_id owner, const struct field *table);

static void tell_rows(const struct walk *walk, node_id owner, const struct field *field)
{
    struct flow_rows at = { 0, 0 };
    while (flow_row_next(walk->flow, owner, field, &at)) {
        if (at.row && field->rows)
            tell_fields(walk, at.row, field->rows);
        else if (at.row)
            tell_value(walk, field->type, flow_value_of(walk->flow, at.row));
    }
}

static void tell_fields(const struct walk *walk, node_id owner, const struct field *table)
{
    bool list;
    for (const struct field *field = table; field->path; field++) {
        if (field_names_flow(field))
            tell_flow(walk, owner, field);
        else if (field->kind == FIELD_KEY)
            tell_key(walk, owner, field);
        else if (field->kind == FIELD_VALUE)
            tell_value(walk, flow_field_type(walk->flow, owner, field, &list),
                       flow_value(walk->flow, owner, field));
        else if (field->kind == FIELD_INPUTS || field->kind == FIELD_RESULTS)
            tell_parameters(walk, owner, field);
        else if (field->kind == FIELD_ROWS)
            tell_rows(walk, owner, field);
        else if (!strcmp(field->path, "settingsVoiceSurvey/surveyForm/name"))
            tell_named(walk, THING_SURVEY_FORM, flow_value(walk->flow, owner, field));
    }
}

/* --- what is mentioned wherever it stands: expressions, variables, prompts, references --- */

/* Functions that look a thing up by its name. */
static const struct {
    const char *name;
    enum thing thing;
} look_ups[] = {
    { "FindQueue", THING_QUEUE },
    { "FindUser", THING_USER },
    { "FindSkill", THING_SKILL },
    { "FindLanguageSkill", THING_LANGUAGE_SKILL },
    { "FindUserPrompt", THING_PROMPT },
};

static void found_reference(void *context, const struct expr_reference *reference)
{
    const struct walk *walk = context;
    struct str text = doc_text(walk->flow->doc, walk->node);
    struct str whole = str_slice(text, reference->at, reference->at + reference->len);
    struct mention mention = mention_of(walk, THING_VARIABLE, walk->node, whole);
    mention.form = MENTION_EXPRESSION;
    mention.at = reference->at;
    mention.len = reference->len;
    mention.scope_at = walk->node;
    if (reference->call.len > 0) {
        mention.thing = THING_NONE;
        mention.name = reference->name;
        for (size_t i = 0; i < sizeof look_ups / sizeof *look_ups; i++) {
            if (str_eq_nocase(reference->call, str_of(look_ups[i].name)))
                mention.thing = look_ups[i].thing;
        }
    } else if (str_eq_nocase(reference->scope, STR("Prompt")) ||
               str_eq_nocase(reference->scope, STR("PromptSystem"))) {
        mention.thing = THING_PROMPT;
        mention.name = prompt_name(whole);
    }
    bool variable = reference->scope.len > 0;
    if (mention.thing != THING_NONE && (reference->call.len > 0 || variable))
        tell(walk, &mention);
}

static void tell_expression(struct walk *walk, node_id node)
{
    const struct doc *doc = walk->flow->doc;
    walk->node = node;
    if (!expr_references(doc->env, doc_text(doc, node), found_reference, walk) && walk->unread)
        walk->unread(walk->context, walk->flow, node);
}

static void tell_variable(const struct walk *walk, node_id node, bool declares)
{
    const struct flow *flow = walk->flow;
    struct str text = doc_text(flow->doc, node);
    if (str_find_char(text, '.') < 0)
        return;
    struct mention mention = mention_of(walk, THING_VARIABLE, node, text);
    mention.scope_at = node;
    mention.declares = declares;
    tell(walk, &mention);
}

/* The kind of thing that the word before the brackets names. */
static enum thing thing_of_ref(struct str text)
{
    static const struct {
        const char *word;
        enum thing thing;
    } words[] = { { "/task[", THING_TASK }, { "/menu[", THING_MENU }, { "/state[", THING_STATE } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (memmem(text.ptr, text.len, words[i].word, strlen(words[i].word)))
            return words[i].thing;
    }
    return memmem(text.ptr, text.len, "/choices/", 9) ? THING_CHOICE : THING_TASK;
}

static enum thing thing_of_node(const struct flow *flow, node_id node)
{
    switch (flow_role(flow, node)) {
    case ROLE_MENU:
        return THING_MENU;
    case ROLE_STATE:
        return THING_STATE;
    case ROLE_CHOICE:
        return THING_CHOICE;
    default:
        return THING_TASK;
    }
}

/* What was written by hand may be named by its name, as it has no refId. */
static node_id find_by_name(const struct flow *flow, node_id owner, enum thing thing,
                            struct str name)
{
    if (thing == THING_CHOICE)
        return flow_default_choice(flow, owner);
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        if (thing_of_node(flow, at) == thing && !doc_member(flow->doc, at, ATOM_refId) &&
            str_eq(flow_name(flow, at), name))
            return at;
    }
    return 0;
}

static void tell_ref(const struct walk *walk, node_id node)
{
    const struct flow *flow = walk->flow;
    struct str text = doc_text(flow->doc, node);
    struct mention mention = mention_of(walk, thing_of_ref(text), node, ref_id(text));
    mention.form = MENTION_REF;
    mention.target = flow_refs_find(walk->refs, text);
    mention.by_name = !mention.target;
    if (mention.by_name)
        mention.target = find_by_name(flow, mention.owner, mention.thing, mention.name);
    if (mention.target)
        mention.thing = thing_of_node(flow, mention.target);
    tell(walk, &mention);
}

static void tell_prompt(const struct walk *walk, node_id node)
{
    struct str text = doc_text(walk->flow->doc, node);
    struct mention mention = mention_of(walk, THING_PROMPT, node, prompt_name(text));
    tell(walk, &mention);
}

static void visit_scalar(struct walk *walk, node_id node)
{
    const struct flow *flow = walk->flow;
    const struct doc *doc = flow->doc;
    enum node_kind kind = doc_kind(doc, node);
    atom_id key = doc_node(doc, node)->key;
    enum role above = flow_role(flow, doc_parent(doc, node));
    bool in_action = above == ROLE_ACTION || above == ROLE_CHOICE;
    if (kind != NODE_TEXT && kind != NODE_PLAIN)
        return;
    if (key == ATOM_exp)
        tell_expression(walk, node);
    else if (key == ATOM_var || key == ATOM_variable)
        tell_variable(walk, node, false);
    else if (key == ATOM_name && above == ROLE_VARIABLE)
        tell_variable(walk, node, true);
    else if (key == ATOM_prompt && !in_action)
        tell_prompt(walk, node);
    else if (str_ends(doc_key(doc, node), STR("Ref")) && ref_id(doc_text(doc, node)).len > 0)
        tell_ref(walk, node);
}

/* Literals hold data, which mentions nothing. */
static bool enters(const struct doc *doc, node_id node)
{
    return doc_first(doc, node) && doc_node(doc, node)->key != ATOM_lit;
}

static void visit(struct walk *walk, node_id node)
{
    const struct flow *flow = walk->flow;
    enum role role = flow_role(flow, node);
    node_id base;
    if (!doc_is_container(flow->doc, node))
        visit_scalar(walk, node);
    else if (role != ROLE_NONE && role != ROLE_LIST && walk->found)
        tell_fields(walk, node, spot_fields(flow, (struct spot){ node, 0 }, &base));
}

static void walk_flow(struct walk *walk)
{
    const struct doc *doc = walk->flow->doc;
    node_id root = walk->flow->body;
    walk->refs = flow_refs_new(walk->flow);
    for (node_id at = root;;) {
        visit(walk, at);
        if (enters(doc, at)) {
            at = doc_first(doc, at);
            continue;
        }
        while (at != root && !doc_next(doc, at))
            at = doc_parent(doc, at);
        if (at == root)
            break;
        at = doc_next(doc, at);
    }
    flow_refs_free(walk->refs);
}

void flow_mentions(const struct flow *flow, mention_fn *found, void *context)
{
    struct walk walk = { .flow = flow, .found = found, .context = context };
    walk_flow(&walk);
}

void flow_unread_expressions(const struct flow *flow, unread_fn *found, void *context)
{
    struct walk walk = { .flow = flow, .unread = found, .context = context };
    walk_flow(&walk);
}

/* --- variables --- */

/* In full; where it has no scope also behind one, in the order in which calls look for it. */
static bool is_named(struct str full, struct str name, struct str scope)
{
    if (scope.len == 0 || str_find_char(name, '.') >= 0)
        return str_eq_nocase(full, name);
    return full.len == scope.len + name.len &&
           str_eq_nocase(str_slice(full, 0, scope.len), scope) &&
           str_eq_nocase(str_slice(full, scope.len, full.len), name);
}

static node_id find_declared(const struct flow *flow, node_id owner, struct str name,
                             struct str scope)
{
    for (node_id at = 0; owner && (at = flow_variable_next(flow, owner, at)) != 0;) {
        struct variable_info info;
        if (flow_variable(flow, at, &info) && is_named(info.full_name, name, scope))
            return at;
    }
    return 0;
}

node_id flow_find_variable(const struct flow *flow, node_id scope_at, struct str name)
{
    static const char *const scopes[] = { "", "Common.", "Task.", "Flow." };
    node_id owners[] = { flow_scope_of(flow, scope_at), flow->body };
    size_t tries = str_find_char(name, '.') >= 0 ? 1 : sizeof scopes / sizeof *scopes;
    for (size_t i = 0; i < tries; i++) {
        for (size_t k = 0; k < 2; k++) {
            node_id found = find_declared(flow, owners[k], name, str_of(scopes[i]));
            if (found)
                return found;
        }
    }
    return 0;
}

node_id flow_find_own_variable(const struct flow *flow, struct str name)
{
    return flow_find_variable(flow, flow->body, name);
}

/* --- where it stands --- */

/* The key that leads to a value, passing over the words for how it is written. */
static struct str key_above(const struct doc *doc, node_id node)
{
    for (node_id at = node; at; at = doc_parent(doc, at)) {
        atom_id key = doc_node(doc, at)->key;
        if (key && key != ATOM_exp && key != ATOM_lit && key != ATOM_var && key != ATOM_name &&
            key != ATOM_prompt)
            return doc_key(doc, at);
    }
    return STR_NONE;
}

struct str mention_label(const struct mention *mention)
{
    const struct flow *flow = mention->flow;
    node_id base;
    if (mention->declares)
        return STR("Variables");
    if (!flow) {
        struct str key = doc_key(mention->doc, mention->node);
        return key.len > 0 ? key : key_above(mention->doc, mention->node);
    }
    const struct field *table = spot_fields(flow, (struct spot){ mention->owner, 0 }, &base);
    for (node_id at = mention->node; at && at != mention->owner; at = doc_parent(flow->doc, at)) {
        for (const struct field *field = table; field->path; field++) {
            if (flow_field_node(flow, mention->owner, field->path) == at)
                return str_of(field->label);
        }
    }
    return key_above(flow->doc, mention->node);
}

/* --- postflow.json --- */

struct settings_walk {
    const struct doc *doc;
    mention_fn *found;
    void *context;
};

static void tell_text(const struct settings_walk *walk, enum thing thing, node_id entry,
                      node_id node, unsigned types)
{
    struct mention mention = { .thing = thing, .doc = walk->doc, .owner = entry, .node = node,
                               .flow_types = types };
    if (!node || doc_is_container(walk->doc, node) || doc_text(walk->doc, node).len == 0)
        return;
    mention.name = doc_text(walk->doc, node);
    walk->found(walk->context, &mention);
}

static void tell_texts(const struct settings_walk *walk, enum thing thing, node_id entry,
                       const char *key)
{
    const struct doc *doc = walk->doc;
    node_id list = doc_member_named(doc, entry, str_of(key));
    if (!list || doc_kind(doc, list) != NODE_LIST)
        return;
    for (node_id at = doc_first(doc, list); at; at = doc_next(doc, at))
        tell_text(walk, thing, entry, at, 0);
}

static unsigned type_of_key(struct str key)
{
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (str_is(key, flow_type_info((enum flow_type) type)->key))
            return 1u << type;
    }
    return 0;
}

static node_id first_of(const struct doc *doc, const char *section)
{
    node_id node = doc_member_named(doc, 1, str_of(section));
    return node && doc_is_container(doc, node) ? doc_first(doc, node) : 0;
}

void settings_mentions(const struct doc *doc, mention_fn *found, void *context)
{
    static const char *const lists[] = { "open", "closed", "holiday" };
    struct settings_walk walk = { doc, found, context };
    if (doc_kind(doc, 1) != NODE_OBJECT)
        return;
    node_id waiting = doc_member_named(doc, 1, STR("defaultInQueueFlow"));
    if (waiting)
        tell_text(&walk, THING_FLOW, waiting, waiting, IN(INQUEUE_CALL));
    for (node_id at = first_of(doc, "unpublished"); at; at = doc_next(doc, at)) {
        node_id type = doc_member_named(doc, at, STR("type"));
        node_id name = doc_member(doc, at, ATOM_name);
        if (type && name)
            tell_text(&walk, THING_FLOW, doc_parent(doc, at), name,
                      type_of_key(doc_text(doc, type)));
    }
    for (node_id at = first_of(doc, "queues"); at; at = doc_next(doc, at)) {
        node_id name = doc_member_named(doc, at, STR("inQueueFlow"));
        if (name)
            tell_text(&walk, THING_FLOW, at, name, IN(INQUEUE_CALL));
    }
    for (node_id at = first_of(doc, "users"); at; at = doc_next(doc, at))
        tell_texts(&walk, THING_QUEUE, at, "queues");
    for (node_id at = first_of(doc, "scheduleGroups"); at; at = doc_next(doc, at)) {
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
            tell_texts(&walk, THING_SCHEDULE, at, lists[i]);
    }
}
