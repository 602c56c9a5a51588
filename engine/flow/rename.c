#include "engine/flow/rename.h"

#include "engine/base/env.h"
#include "engine/flow/builtins.h"
#include "engine/flow/edit_parts.h"
#include "engine/flow/field_text.h"
#include "engine/flow/uses.h"

/* --- the references, before anything changes --- */

struct found_place {
    struct flow *flow;
    struct mention mention; /* its texts are not used any more */
    bool bare;              /* a variable that is named without its scope */
};
struct places {
    struct renaming *renaming;
    const struct subject *subject;
    struct flow *flow; /* that is gone through */
    struct found_place *items;
    size_t count, capacity;
};

static void collect(void *context, const struct mention *mention)
{
    struct places *places = context;
    if (mention->declares || !subject_is(places->renaming->ws, places->subject, mention))
        return;
    places->items = mem_grow(places->renaming->change->env, places->items, &places->capacity,
                             places->count + 1, sizeof *places->items);
    places->items[places->count++] =
        (struct found_place){ places->flow, *mention, str_find_char(mention->name, '.') < 0 };
}

static void leave(struct renaming *renaming, const char *file, const char *why)
{
    buf_addf(&renaming->left, "%s%s %s", renaming->left.len > 0 ? "; " : "", file, why);
}

struct leaving {
    struct renaming *renaming;
    size_t count;
};

static void count_unread(void *context, const struct flow *flow, node_id node)
{
    struct leaving *leaving = context;
    (void) flow, (void) node;
    leaving->count++;
}

/* What an expression that cannot be read mentions is not known. */
static void leave_unread(struct renaming *renaming, const struct flow *flow)
{
    struct leaving leaving = { renaming, 0 };
    flow_unread_expressions(flow, count_unread, &leaving);
    if (leaving.count > 0)
        leave(renaming, flow->doc->file, "has an expression that cannot be read");
}

static void collect_flow(struct places *places, struct flow *flow)
{
    places->flow = flow;
    flow_mentions(flow, collect, places);
}

static void collect_workspace(struct places *places)
{
    const struct workspace *ws = places->renaming->ws;
    for (size_t i = 0; i < ws->count; i++) {
        struct flow *flow = workspace_flow(ws->files[i]);
        if (flow)
            collect_flow(places, flow);
        else
            leave(places->renaming, ws->files[i]->path, "cannot be read");
    }
}

static void collect_settings(struct places *places)
{
    places->flow = places->renaming->settings;
    if (places->flow && places->flow->doc)
        settings_mentions(places->flow->doc, collect, places);
}

/* --- and then --- */

/* All spans of one expression at once, from its end on, so that none moves another. */
static bool set_expression(struct renaming *renaming, const struct places *places, size_t first,
                           struct str name, struct diags *diags)
{
    const struct found_place *place = &places->items[first];
    node_id node = place->mention.node;
    struct buf text;
    buf_init(&text, renaming->change->env);
    buf_add(&text, doc_text(place->flow->doc, node));
    size_t before = SIZE_MAX;
    for (;;) {
        const struct mention *last = NULL;
        for (size_t i = first; i < places->count && places->items[i].mention.node == node &&
                               places->items[i].flow == place->flow; i++) {
            const struct mention *mention = &places->items[i].mention;
            if (mention->at < before && (!last || mention->at > last->at))
                last = mention;
        }
        if (!last)
            break;
        before = last->at;
        buf_splice(&text, last->at, last->at + last->len, name);
    }
    bool fine = change_set(renaming->change, place->flow, node, NODE_TEXT, buf_str(&text), diags);
    buf_release(&text);
    return fine;
}

static bool set_key(struct renaming *renaming, const struct found_place *place, struct str name,
                    struct diags *diags)
{
    const struct doc *doc = place->flow->doc;
    node_id node = place->mention.node;
    node_id other = doc_member_named(doc, doc_parent(doc, node), name);
    if (other && other != node)
        return diag_add1(diags, DIAG_RENAME_ENGAGED, NULL, name);
    return str_eq(doc_key(doc, node), name) ||
           change_key(renaming->change, place->flow, node, name, diags);
}

static bool set_place(struct renaming *renaming, const struct places *places, size_t i,
                      struct str name, struct diags *diags)
{
    const struct found_place *place = &places->items[i];
    const struct mention *mention = &place->mention;
    struct buf ref;
    bool fine = true;
    switch (mention->form) {
    case MENTION_TEXT:
        return change_set(renaming->change, place->flow, mention->node, NODE_TEXT, name, diags);
    case MENTION_EXPRESSION:
        if (i > 0 && places->items[i - 1].mention.node == mention->node &&
            places->items[i - 1].flow == place->flow)
            return true; /* with the first of this expression */
        return set_expression(renaming, places, i, name, diags);
    case MENTION_REF:
        buf_init(&ref, renaming->change->env);
        flow_ref_text(place->flow, mention->target, &ref);
        if (mention->by_name)
            fine = change_set(renaming->change, place->flow, mention->node, NODE_TEXT,
                              buf_str(&ref), diags);
        buf_release(&ref);
        return fine;
    case MENTION_KEY:
        break;
    }
    return set_key(renaming, place, name, diags);
}

/* Keys come last: another key makes what is under it anew, expressions in it included. `name` in
 * full; `bare` where references may have no scope. */
static bool set_places(struct renaming *renaming, const struct places *places, struct str name,
                       struct str bare, struct diags *diags)
{
    for (int keys = 0; keys < 2; keys++) {
        for (size_t i = 0; i < places->count; i++) {
            const struct found_place *place = &places->items[i];
            bool key = place->mention.form == MENTION_KEY;
            if (key == keys && !set_place(renaming, places, i, place->bare ? bare : name, diags))
                return false;
            renaming->places += key == keys && (place->mention.form != MENTION_REF ||
                                                place->mention.by_name);
        }
    }
    return true;
}

static bool set_name(struct renaming *renaming, struct flow *flow, node_id node, struct str name,
                     struct diags *diags)
{
    return flow_rename(renaming->change, flow, node, name, diags);
}

/* --- flows --- */

/* A Set Post-Flow whose Action Type is an expression may mean a flow of either type. */
static void leave_doubtful(struct places *places, enum flow_type type, struct str name)
{
    const struct workspace *ws = places->renaming->ws;
    size_t kept = 0;
    for (size_t i = 0; i < places->count; i++) {
        unsigned others = places->items[i].mention.flow_types & ~(1u << type);
        bool doubtful = false;
        for (int other = 1; other < FLOW_TYPE_COUNT; other++)
            doubtful |= others & (1u << other) && workspace_find(ws, (enum flow_type) other, name);
        if (doubtful)
            leave(places->renaming, places->items[i].flow->doc->file,
                  "has an Action Type that is an expression, and two flows have the name");
        else
            places->items[kept++] = places->items[i];
    }
    places->count = kept;
}

bool rename_flow(struct renaming *renaming, struct flow *flow, struct str name,
                 struct diags *diags)
{
    struct env *env = renaming->change->env;
    struct flow *taken = workspace_find(renaming->ws, flow->type, name);
    struct buf old;
    if (!flow_name_fits(flow, name, diags))
        return false;
    if (taken && taken != flow)
        return diag_add1(diags, DIAG_FLOW_EXISTS, NULL, name);
    buf_init(&old, env);
    buf_add(&old, flow_title(flow));
    struct subject subject = { .thing = THING_FLOW, .name = buf_str(&old),
                               .flow_types = 1u << flow->type };
    struct places places = { .renaming = renaming, .subject = &subject };
    if (old.len > 0 && workspace_twin(renaming->ws, flow)) {
        leave(renaming, "what names it", "stays, as another flow has the old name");
    } else if (old.len > 0) {
        collect_workspace(&places);
        collect_settings(&places);
        leave_doubtful(&places, flow->type, buf_str(&old));
    }
    bool fine = set_name(renaming, flow, flow->body, name, diags) &&
                set_places(renaming, &places, name, name, diags);
    mem_free(env, places.items);
    buf_release(&old);
    return fine;
}

/* --- tasks, menus, states, choices --- */

static enum thing thing_of_role(enum role role)
{
    switch (role) {
    case ROLE_TASK:
        return THING_TASK;
    case ROLE_MENU:
        return THING_MENU;
    case ROLE_STATE:
        return THING_STATE;
    case ROLE_CHOICE:
        return THING_CHOICE;
    default:
        return THING_NONE;
    }
}

/* Another one that is told apart from it by its name. */
static bool is_taken(const struct flow *flow, node_id node, struct str name)
{
    bool choice = flow_role(flow, node) == ROLE_CHOICE;
    node_id menu = choice ? flow_owner(flow, (struct spot){ node, 0 }).node : 0;
    node_id at = choice ? flow_choice_first(flow, menu) : flow_container_next(flow, 0);
    for (; at; at = choice ? flow_action_next(flow, at) : flow_container_next(flow, at)) {
        if (at != node && flow_role(flow, at) == flow_role(flow, node) &&
            str_eq_nocase(flow_name(flow, at), name))
            return true;
    }
    return false;
}

bool rename_node(struct renaming *renaming, struct flow *flow, node_id node, struct str name,
                 struct diags *diags)
{
    enum thing thing = thing_of_role(flow_role(flow, node));
    struct subject subject = { thing, flow_name(flow, node), 0, flow, node };
    struct places places = { .renaming = renaming, .subject = &subject };
    if (thing == THING_NONE)
        return set_name(renaming, flow, node, name, diags);
    if (is_taken(flow, node, str_trim(name)))
        return diag_add2(diags, DIAG_RENAME_TAKEN, NULL, str_of(thing_info(thing)->word), name);
    collect_flow(&places, flow);
    bool fine = set_name(renaming, flow, node, name, diags) &&
                set_places(renaming, &places, name, name, diags);
    mem_free(renaming->change->env, places.items);
    return fine;
}

/* --- variables --- */

/* What declares it: the flow, a task or a state. */
static node_id declarer(const struct flow *flow, node_id variable)
{
    node_id list = doc_parent(flow->doc, doc_parent(flow->doc, variable));
    return doc_parent(flow->doc, list);
}

static bool variable_name_fits(const struct flow *flow, node_id variable, struct str scope,
                               struct str name, struct diags *diags)
{
    struct str given = str_slice(name, 0, (size_t) str_find_char(name, '.'));
    node_id owner = declarer(flow, variable);
    if (!str_eq_nocase(given, scope))
        return diag_add2(diags, DIAG_RENAME_SCOPE, NULL, name, scope);
    if (!is_variable_name(name))
        return diag_add1(diags, DIAG_VARIABLE_NAME, NULL, name);
    if (builtin_find(name))
        return diag_add1(diags, DIAG_RENAME_BUILT_IN, NULL, name);
    for (node_id at = 0; (at = flow_variable_next(flow, owner, at)) != 0;) {
        struct variable_info info;
        if (at != variable && flow_variable(flow, at, &info) &&
            str_eq_nocase(info.full_name, name))
            return diag_add1(diags, DIAG_VARIABLE_TWICE, NULL, name);
    }
    return true;
}

static bool apply_variable(struct renaming *renaming, struct flow *flow, node_id variable,
                           struct str name, struct diags *diags)
{
    struct variable_info info;
    flow_variable(flow, variable, &info);
    struct subject subject = { THING_VARIABLE, info.full_name, 0, flow, variable };
    struct places places = { .renaming = renaming, .subject = &subject };
    size_t dot = (size_t) str_find_char(name, '.');
    if (flow->type == FLOW_COMMON_MODULE && declarer(flow, variable) == flow->body)
        collect_workspace(&places);
    else
        collect_flow(&places, flow);
    leave_unread(renaming, flow);
    node_id text = doc_member(flow->doc, variable, ATOM_name);
    bool fine = change_set(renaming->change, flow, text, NODE_TEXT, name, diags) &&
                set_places(renaming, &places, name, str_slice(name, dot + 1, name.len), diags);
    mem_free(renaming->change->env, places.items);
    return fine;
}

bool rename_variable(struct renaming *renaming, struct flow *flow, node_id variable,
                     struct str name, struct diags *diags)
{
    struct variable_info info;
    struct buf full;
    if (!flow_variable(flow, variable, &info))
        return diag_add1(diags, DIAG_RENAME_UNKNOWN, NULL, name);
    ptrdiff_t dot = str_find_char(info.full_name, '.');
    struct str scope = str_slice(info.full_name, 0, dot < 0 ? 0 : (size_t) dot);
    buf_init(&full, renaming->change->env);
    if (str_find_char(name, '.') < 0)
        buf_addf(&full, "%.*s.", STR_ARG(scope));
    buf_add(&full, name);
    bool fine = variable_name_fits(flow, variable, scope, buf_str(&full), diags) &&
                (str_eq(info.full_name, buf_str(&full)) ||
                 apply_variable(renaming, flow, variable, buf_str(&full), diags));
    buf_release(&full);
    return fine;
}
