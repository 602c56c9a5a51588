#include "engine/check/names.h"

#include "engine/check/seen.h"
#include "engine/flow/builtins.h"
#include "engine/flow/implied.h"

/* A declared variable: where it is in sight and what it is. */
struct name {
    node_id owner; /* the flow's body, a task (also of a choice) or a state */
    node_id node;  /* its declaration; 0: there is none */
    bool used;
    struct str full; /* "Task.Answer" */
    struct expr_type type;
};
struct names {
    struct env *env;
    struct arena arena; /* of the names: a document that is edited may move its texts */
    const struct flow *flow;
    struct name *items; /* by hash of the folded name, then owner */
    uint32_t *slots;    /* index + 1 in items; 0: free */
    size_t count, capacity, slot_count;
    struct implied_variables implied;
    bool untyped;  /* a variable whose type is not known was asked for */
    node_id scope; /* of the resolver handed out last */
};

static struct str keep(struct names *names, struct str text)
{
    return (struct str){ arena_text(&names->arena, text.ptr, text.len), text.len };
}

static void add_declared(struct names *names, node_id owner)
{
    for (node_id at = 0; (at = flow_variable_next(names->flow, owner, at)) != 0;) {
        struct variable_info info;
        if (!flow_variable(names->flow, at, &info))
            continue;
        names->items = mem_grow(names->env, names->items, &names->capacity, names->count + 1,
                                sizeof *names->items);
        names->items[names->count++] = (struct name){ .owner = owner,
                                                      .node = at,
                                                      .full = keep(names, info.full_name),
                                                      .type = { (uint8_t) info.type, info.list } };
    }
}

/* The tasks of a menu's choices, and of the menus in it. */
static void add_choices(struct names *names, node_id menu)
{
    const struct flow *flow = names->flow;
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        node_id scope = flow_scope_of(flow, at);
        if (scope)
            add_declared(names, scope);
        add_choices(names, at);
    }
}

static void add_implied(struct names *names)
{
    implied_find(names->flow, &names->implied);
    for (size_t i = 0; i < names->implied.count; i++) {
        const struct implied_variable *made = &names->implied.items[i];
        names->items = mem_grow(names->env, names->items, &names->capacity, names->count + 1,
                                sizeof *names->items);
        names->items[names->count++] = (struct name){ .owner = made->owner,
                                                      .full = keep(names, made->full_name),
                                                      .type = { (uint8_t) made->type,
                                                                made->list } };
    }
}

static void build_slots(struct names *names)
{
    names->slot_count = 16;
    while (names->slot_count < names->count * 2)
        names->slot_count *= 2;
    names->slots = mem_zalloc(names->env, names->slot_count * sizeof *names->slots);
    for (size_t i = 0; i < names->count; i++) {
        size_t at = fold_hash(names->items[i].full) & (names->slot_count - 1);
        while (names->slots[at])
            at = (at + 1) & (names->slot_count - 1);
        names->slots[at] = (uint32_t) i + 1;
    }
}

struct names *names_new(const struct flow *flow)
{
    struct env *env = flow->doc->env;
    struct names *names = mem_zalloc(env, sizeof *names);
    names->env = env;
    names->flow = flow;
    arena_init(&names->arena, env);
    add_declared(names, flow->body);
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        if (at != flow->body)
            add_declared(names, at);
        if (flow_role(flow, at) == ROLE_MENU)
            add_choices(names, at);
    }
    add_implied(names);
    build_slots(names);
    return names;
}

void names_free(struct names *names)
{
    implied_release(&names->implied);
    arena_release(&names->arena);
    mem_free(names->env, names->items);
    mem_free(names->env, names->slots);
    mem_free(names->env, names);
}

static struct name *find_declared(const struct names *names, node_id scope, struct str full)
{
    size_t at = fold_hash(full) & (names->slot_count - 1);
    for (; names->slots[at]; at = (at + 1) & (names->slot_count - 1)) {
        struct name *name = &names->items[names->slots[at] - 1];
        if ((name->owner == scope || name->owner == names->flow->body) &&
            str_eq_nocase(name->full, full))
            return name;
    }
    return NULL;
}

static struct expr_type known_type(struct expr_type type)
{
    return type.type == TYPE_NONE ? (struct expr_type){ TYPE_JSON, type.list } : type;
}

static bool is_provided(const struct names *names, const struct builtin *builtin)
{
    return names->flow->type == FLOW_OTHER || (builtin->flow_types & (1u << names->flow->type));
}

static bool find_full(const struct names *names, node_id scope, struct str full,
                      struct expr_type *type)
{
    struct name *name = find_declared(names, scope, full);
    if (name) {
        name->used = true;
        *type = known_type(name->type);
        return true;
    }
    const struct builtin *builtin = builtin_find(full);
    if (!builtin || !is_provided(names, builtin))
        return false;
    *type = (struct expr_type){ (uint8_t) builtin->type, false };
    return true;
}

bool names_next(const struct names *names, node_id node, size_t *at, struct str *full_name,
                struct expr_type *type)
{
    node_id scope = flow_scope_of(names->flow, node);
    size_t provided;
    const struct builtin *table = builtins(&provided);
    for (; *at < names->count; ++*at) {
        const struct name *name = &names->items[*at];
        if ((name->owner == scope || name->owner == names->flow->body) &&
            find_declared(names, scope, name->full) == name) {
            *full_name = name->full;
            *type = known_type(name->type);
            ++*at;
            return true;
        }
    }
    for (; *at < names->count + provided; ++*at) {
        const struct builtin *builtin = &table[*at - names->count];
        if (is_provided(names, builtin)) {
            *full_name = str_of(builtin->name);
            *type = (struct expr_type){ (uint8_t) builtin->type, false };
            ++*at;
            return true;
        }
    }
    return false;
}

bool names_declaration(const struct names *names, size_t index, struct name_declaration *out)
{
    if (index >= names->count || !names->items[index].node)
        return false; /* what is only implied stands behind the rest */
    const struct name *name = &names->items[index];
    const struct name *first = find_declared(names, name->owner, name->full);
    *out = (struct name_declaration){ name->owner, name->node, name->used,
                                      first != name && first->owner == name->owner };
    return true;
}

const struct implied_variables *names_implied(const struct names *names)
{
    return &names->implied;
}

bool names_untyped(const struct names *names)
{
    return names->untyped;
}

bool names_is_built_in(const struct names *names, node_id node, struct str full_name)
{
    return !find_declared(names, flow_scope_of(names->flow, node), full_name) &&
           builtin_find(full_name);
}

bool names_find(struct names *names, node_id node, struct str full_name, struct expr_type *type)
{
    const struct name *name = find_declared(names, flow_scope_of(names->flow, node), full_name);
    names->untyped = name && name->type.type == TYPE_NONE;
    return find_full(names, flow_scope_of(names->flow, node), full_name, type);
}

static bool resolve(void *context, struct str scope, struct str name, struct expr_var *out)
{
    struct names *names = context;
    struct buf full;
    buf_init(&full, names->env);
    buf_add(&full, scope);
    if (scope.len > 0)
        buf_add_char(&full, '.');
    buf_add(&full, name);
    *out = (struct expr_var){ 0 };
    const struct name *declared = find_declared(names, names->scope, buf_str(&full));
    bool found = find_full(names, names->scope, buf_str(&full), &out->type);
    names->untyped |= declared && declared->type.type == TYPE_NONE;
    buf_release(&full);
    return found;
}

struct expr_names names_at(struct names *names, node_id node)
{
    names->scope = flow_scope_of(names->flow, node);
    names->untyped = false;
    return (struct expr_names){ resolve, names };
}

bool names_check_expression(const struct flow *flow, node_id node, struct str text,
                            struct expr_type wanted, struct diags *diags)
{
    struct names *names = names_new(flow);
    struct expr_names resolver = names_at(names, node);
    struct pool *pool = pool_new(flow->doc->env);
    struct arena arena;
    struct place place = { .line = 1, .column = 1 };
    arena_init(&arena, flow->doc->env);
    struct diags found;
    diags_init(&found, flow->doc->env);
    bool fine = expr_compile(&arena, pool, text, &resolver, wanted, &place, &found) != NULL ||
                names->untyped;
    if (!fine && found.count > 0) {
        const struct diag *diag = &found.items[0];
        diag_add(diags, diag->code, &diag->place, diag->args[0], diag->args[1], diag->args[2],
                 diag->args[3]);
    }
    diags_release(&found);
    arena_release(&arena);
    pool_free(pool);
    names_free(names);
    return fine;
}
