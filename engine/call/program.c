#include "engine/call/program.h"

#include <string.h>
#include "engine/call/compile.h"
#include "engine/flow/builtins.h"

void program_init(struct program *program, struct env *env, struct workspace *ws,
                  struct pool *pool)
{
    *program = (struct program){ .env = env, .ws = ws, .pool = pool };
}

static void flow_free(struct env *env, struct program_flow *flow)
{
    arena_release(&flow->arena);
    mem_free(env, flow->ops);
    mem_free(env, flow->outputs);
    mem_free(env, flow->operands);
    mem_free(env, flow->variables);
    mem_free(env, flow->containers);
    mem_free(env, flow->menus);
    mem_free(env, flow->choices);
    mem_free(env, flow);
}

void program_release(struct program *program)
{
    for (size_t i = 0; i < program->count; i++) {
        if (program->flows[i])
            flow_free(program->env, program->flows[i]);
    }
    mem_free(program->env, program->flows);
    *program = (struct program){ 0 };
}

static bool is_current(const struct program *program, const struct program_flow *flow)
{
    const struct workspace *ws = program->ws;
    for (size_t i = 0; i < ws->count; i++) {
        const struct flow *there = &ws->files[i]->flow;
        if (there == flow->source)
            return there->doc == flow->flow.doc && there->body == flow->flow.body &&
                   there->type == flow->flow.type && there->doc->revision == flow->revision;
    }
    return false;
}

void program_refresh(struct program *program)
{
    for (size_t i = 0; i < program->count; i++) {
        if (program->flows[i] && !is_current(program, program->flows[i])) {
            flow_free(program->env, program->flows[i]);
            program->flows[i] = NULL;
        }
    }
}

struct program_flow *program_of(struct program *program, struct flow *flow)
{
    size_t at = program->count;
    for (size_t i = 0; i < program->count; i++) {
        if (!program->flows[i])
            at = i;
        else if (program->flows[i]->source == flow)
            return program->flows[i];
    }
    if (at == program->count) {
        if (program->count == NO_FLOW)
            return NULL;
        program->flows = mem_grow(program->env, program->flows, &program->capacity,
                                  program->count + 1, sizeof *program->flows);
        program->count++;
    }
    struct program_flow *made = mem_zalloc(program->env, sizeof *made);
    program->flows[at] = made;
    made->flow = *flow;
    made->source = flow;
    made->revision = flow->doc->revision;
    made->index = (uint16_t) at;
    made->name = pool_text(program->pool, flow_title(flow));
    arena_init(&made->arena, program->env);
    compile_flow(program, made);
    return made;
}

struct program_flow *program_find(struct program *program, enum flow_type type, struct str name)
{
    struct flow *flow = workspace_find(program->ws, type, name);
    return flow ? program_of(program, flow) : NULL;
}

uint32_t program_op_of(const struct program_flow *flow, node_id node)
{
    for (size_t i = 0; i < flow->op_count; i++) {
        const struct op *op = &flow->ops[i];
        if (op->node == node && op->kind != OP_END && op->kind != OP_PASS)
            return (uint32_t) i;
    }
    return NO_OP;
}

static bool find_in(const struct program *program, const struct program_flow *flow, uint32_t first,
                    uint32_t count, struct str name, uint32_t *index)
{
    for (uint32_t i = 0; i < count; i++) {
        if (str_eq_nocase(pool_get_text(program->pool, flow->variables[first + i].name), name)) {
            *index = i;
            return true;
        }
    }
    return false;
}

bool program_variable(const struct program *program, const struct program_flow *flow,
                      uint32_t container, struct str name, uint8_t *frame, uint32_t *index,
                      const struct variable **out)
{
    if (container < flow->container_count) {
        const struct container *in = &flow->containers[container];
        if (find_in(program, flow, in->first_variable, in->variables, name, index)) {
            *frame = FRAME_TASK;
            *out = &flow->variables[in->first_variable + *index];
            return true;
        }
    }
    if (find_in(program, flow, 0, flow->flow_variables, name, index)) {
        *frame = FRAME_FLOW;
        *out = &flow->variables[*index];
        return true;
    }
    return false;
}

static bool builtin_name(struct str full, struct expr_var *out)
{
    size_t count;
    const struct builtin *table = builtins(&count);
    const struct builtin *builtin = builtin_find(full);
    if (!builtin)
        return false;
    out->frame = FRAME_BUILTIN;
    out->index = (uint32_t) (builtin - table);
    out->type = (struct expr_type){ .type = (uint8_t) builtin->type };
    return true;
}

bool program_name(const struct program *program, const struct program_flow *flow,
                  uint32_t container, struct str scope, struct str name, struct expr_var *out)
{
    struct buf full;
    const struct variable *variable;
    buf_init(&full, program->env);
    buf_add(&full, scope);
    buf_add_char(&full, '.');
    buf_add(&full, name);
    bool declared = flow && program_variable(program, flow, container, buf_str(&full), &out->frame,
                                             &out->index, &variable);
    if (declared)
        out->type = (struct expr_type){ .type = variable->type, .list = variable->list };
    bool found = declared || builtin_name(buf_str(&full), out);
    buf_release(&full);
    return found;
}

/* supportedLanguages is an object by tag, or a list of tags or of objects with one member. */
bool program_language(const struct program_flow *flow, struct str language)
{
    const struct doc *doc = flow->flow.doc;
    node_id languages = flow_field_node(&flow->flow, flow->flow.body, "supportedLanguages");
    if (!languages || !doc_first(doc, languages))
        return true;
    for (node_id item = doc_first(doc, languages); item; item = doc_next(doc, item)) {
        struct str tag = doc_key(doc, item);
        if (!tag.len)
            tag = doc_kind(doc, item) == NODE_OBJECT ? doc_key(doc, doc_first(doc, item))
                                                     : doc_text(doc, item);
        if (str_eq_nocase(tag, language))
            return true;
    }
    return false;
}
