#include <string.h>
#include "engine/call/compile.h"
#include "engine/flow/builtins.h"

static const struct {
    const char *key;
    enum op_kind kind;
} kinds[] = {
#define X(name, key, run) { key, OP_##name },
    EXECUTORS(X)
#undef X
};

/* A choice acts as the action it wraps. */
static enum op_kind kind_of(const struct compiler *c, node_id node)
{
    struct str key = doc_key(c->flow->doc, node);
    if (flow_role(c->flow, node) == ROLE_CHOICE) {
        if (str_is(key, "menuSubMenu"))
            return OP_MENU;
        if (str_is(key, "menuTask"))
            return OP_CHOICE_TASK;
        const struct action_info *info = flow_action(c->flow, node);
        if (info && info->wraps)
            key = str_of(info->wraps);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_is(key, kinds[i].key))
            return kinds[i].kind;
    }
    return OP_OTHER;
}

struct op *compile_op(struct compiler *c, enum op_kind kind, node_id node, uint32_t next)
{
    struct program_flow *out = c->out;
    out->ops = mem_grow(c->program->env, out->ops, &out->op_capacity, out->op_count + 1,
                        sizeof *out->ops);
    struct op *op = &out->ops[out->op_count++];
    *op = (struct op){ .kind = (uint8_t) kind, .node = node, .next = next,
                       .container = c->container, .slot = NO_OP };
    op->is_choice = node && flow_role(c->flow, node) == ROLE_CHOICE;
    return op;
}

static bool is_transfer(enum op_kind kind)
{
    return kind == OP_TRANSFER_ACD || kind == OP_TRANSFER_USER || kind == OP_TRANSFER_NUMBER ||
           kind == OP_TRANSFER_GROUP || kind == OP_TRANSFER_VOICEMAIL ||
           kind == OP_TRANSFER_FLOW || kind == OP_TRANSFER_SECURE || kind == OP_DIAL_BY_EXTENSION;
}

/* An action that the world answers and whose catalogue names no good answer succeeds by going on.
 */
static bool succeeds_silently(const struct compiler *c, const struct op *op)
{
    const struct action_info *info = flow_action(c->flow, op->node);
    if (op->kind != OP_OTHER || !info || info->asks != ASKS_RESULT)
        return false;
    for (const struct output_info *output = info->outputs; output && output->id; output++) {
        if (strcmp(output->id, "failure"))
            return false;
    }
    return true;
}

static bool is_loop(const struct op *op)
{
    return op->kind == OP_LOOP || op->kind == OP_LOOP_UNTIL || op->kind == OP_LOOP_ELSE;
}

static void add_output(struct compiler *c, struct output output)
{
    struct program_flow *out = c->out;
    out->outputs = mem_grow(c->program->env, out->outputs, &out->output_capacity,
                            out->output_count + 1, sizeof *out->outputs);
    out->outputs[out->output_count++] = output;
}

/* Reserves the outputs, so that the index of each is its number; a transfer's implicit success
 * follows them. */
static void reserve_outputs(struct compiler *c, uint32_t index)
{
    struct op *op = &c->out->ops[index];
    op->outputs = (uint32_t) c->out->output_count;
    struct output_at at = flow_outputs(c->flow, op->node);
    bool has_success = false;
    while (op->kind != OP_CHOICE_TASK && flow_output_next(&at) && at.number < UINT16_MAX) {
        char number[12];
        struct str id = flow_output_at_id(&at, number);
        has_success |= str_is(id, "success");
        op->output_count++;
        add_output(c, (struct output){ .id = pool_text(c->program->pool, id),
                                       .target = op->next,
                                       .output = (uint16_t) at.number });
    }
    bool silent = succeeds_silently(c, op);
    if (!is_transfer((enum op_kind) op->kind) && !silent)
        return;
    /* What a transfer can answer is the same in a choice, which has no outputs written. */
    if (!has_success)
        add_output(c, (struct output){ .id = pool_text(c->program->pool, STR("success")),
                                       .target = op->next });
    op->output_count = (uint16_t) (c->out->output_count - op->outputs);
    if (silent)
        return;
    for (uint32_t k = 0; k < op->output_count; k++) {
        if (str_is(pool_get_text(c->program->pool, c->out->outputs[op->outputs + k].id),
                   "failure"))
            return;
    }
    add_output(c, (struct output){ .id = pool_text(c->program->pool, STR("failure")),
                                   .target = op->next });
    op->output_count++;
}

static uint32_t container_of_ref(struct compiler *c, node_id action, const char *path)
{
    struct str ref = compile_text(c, action, path);
    node_id node = ref.len ? flow_ref_target(c->flow, ref) : 0;
    for (size_t i = 0; node && i < c->out->container_count; i++) {
        if (c->out->containers[i].node == node)
            return (uint32_t) i + 1;
    }
    return 0;
}

static void compile_target(struct compiler *c, struct op *op)
{
    switch ((enum op_kind) op->kind) {
    case OP_JUMP_TASK:
    case OP_CALL_TASK: op->target = container_of_ref(c, op->node, "targetTaskRef"); break;
    case OP_JUMP_MENU: op->target = container_of_ref(c, op->node, "targetMenuRef"); break;
    case OP_CHANGE_STATE: op->target = container_of_ref(c, op->node, "targetStateRef"); break;
    case OP_LOOP_NEXT:
    case OP_LOOP_EXIT: op->target = c->loop; break;
    default: break;
    }
}

static void compile_outputs(struct compiler *c, uint32_t index)
{
    uint32_t after = c->out->ops[index].next, outer = c->loop;
    uint16_t count = c->out->ops[index].output_count;
    bool loops = is_loop(&c->out->ops[index]);
    if (loops) {
        uint32_t pass = (uint32_t) c->out->op_count;
        struct op *op = compile_op(c, OP_PASS, c->out->ops[index].node, after);
        op->target = index;
        struct container *in = &c->out->containers[c->container];
        c->out->ops[index].slot = in->variables + in->hidden;
        in->hidden += 2;
        c->out->ops[index].target = pass;
        c->loop = after = pass;
        if (!count)
            return;
    }
    for (uint16_t k = 0; k < count; k++) {
        uint32_t at = c->out->ops[index].outputs + k;
        uint16_t number = c->out->outputs[at].output;
        node_id list = 0;
        if (number)
            list = flow_list(c->flow, (struct spot){ c->out->ops[index].node, number });
        uint32_t entry = compile_list(c, list, after);
        c->out->outputs[at].target = entry;
        if (loops) { /* what is not the body, the first output, goes on behind the loop */
            after = c->out->ops[index].next;
            c->loop = outer;
        }
    }
    c->loop = outer;
}

uint32_t compile_list(struct compiler *c, node_id list, uint32_t after)
{
    uint32_t first = (uint32_t) c->out->op_count;
    node_id node = list ? flow_list_first(c->flow, list) : 0;
    if (!node)
        return after;
    for (; node; node = flow_action_next(c->flow, node)) {
        uint32_t next = (uint32_t) c->out->op_count + 1;
        compile_op(c, kind_of(c, node), node, flow_action_next(c->flow, node) ? next : after);
    }
    uint32_t end = (uint32_t) c->out->op_count;
    for (uint32_t i = first; i < end; i++) {
        reserve_outputs(c, i);
        compile_target(c, &c->out->ops[i]);
        compile_fields(c, i);
        compile_outputs(c, i);
    }
    return first;
}

void compile_choice_op(struct compiler *c, node_id choice, uint32_t menu)
{
    compile_op(c, kind_of(c, choice), choice, menu);
}

void compile_choice_fields(struct compiler *c, uint32_t op)
{
    reserve_outputs(c, op);
    compile_target(c, &c->out->ops[op]);
    compile_fields(c, op);
    compile_outputs(c, op);
}

uint32_t compile_container(struct compiler *c, node_id node)
{
    struct program_flow *out = c->out;
    out->containers = mem_grow(c->program->env, out->containers, &out->container_capacity,
                               out->container_count + 1, sizeof *out->containers);
    out->containers[out->container_count] =
        (struct container){ .node = node, .entry = NO_OP,
                            .first_variable = (uint32_t) out->variable_count };
    return (uint32_t) out->container_count++;
}

/* Sub-menus can be jumped to, so they are known before anything is compiled. */
static void add_submenus(struct compiler *c, node_id menu)
{
    for (node_id choice = flow_choice_first(c->flow, menu); choice;
         choice = flow_action_next(c->flow, choice)) {
        if (kind_of(c, choice) == OP_MENU) {
            compile_container(c, choice);
            add_submenus(c, choice);
        }
    }
}

static void container_body(struct compiler *c, uint32_t index)
{
    node_id node = c->out->containers[index].node;
    c->container = index;
    c->loop = NO_OP;
    if (flow_role(c->flow, node) == ROLE_MENU) {
        uint32_t op = (uint32_t) c->out->op_count;
        compile_op(c, OP_MENU, node, op);
        compile_menu(c, op);
        return;
    }
    if (flow_role(c->flow, node) == ROLE_CHOICE)
        return; /* a sub-menu is compiled with its menu */
    c->out->containers[index].first_variable = (uint32_t) c->out->variable_count;
    compile_variables(c, node, true);
    c->out->containers[index].variables =
        (uint32_t) c->out->variable_count - c->out->containers[index].first_variable;
    uint32_t end = (uint32_t) c->out->op_count;
    compile_op(c, OP_END, node, end);
    uint32_t entry = compile_list(c, flow_list(c->flow, (struct spot){ node, 0 }), end);
    struct container *made = &c->out->containers[index];
    made->entry = entry;
    made->initial = compile_initial(c, made->first_variable, made->variables, made->hidden);
}

static bool find_name(void *context, struct str scope, struct str name, struct expr_var *out)
{
    const struct compiler *c = context;
    return program_name(c->program, c->out, c->container, scope, name, out);
}

static void compile_handling(struct compiler *c)
{
    struct program_flow *out = c->out;
    node_id body = c->flow->body;
    const struct doc *doc = c->flow->doc;
    node_id handling = flow_field_node(c->flow, body, "settingsErrorHandling/errorHandling");
    bool written = handling && doc_kind(doc, handling) == NODE_OBJECT;
    node_id kind = written ? doc_first(doc, handling) : 0;
    struct str key = kind ? doc_key(doc, kind) : STR_NONE;
    out->handling_node = body;
    out->handling_audio =
        compile_path(c, body, "settingsErrorHandling/preHandlingAudio", TYPE_AUDIO, false);
    out->handling_queue = out->operand_none;
    if (str_is(key, "queue")) {
        out->handling = HANDLING_QUEUE;
        out->handling_queue = compile_path(c, kind, "targetQueue", TYPE_QUEUE, false);
    }
    static const char *const jumps[][2] = { { "task", "targetTaskRef" },
                                            { "menu", "targetMenuRef" },
                                            { "state", "targetStateRef" } };
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        if (str_is(key, jumps[i][0])) {
            out->handling = HANDLING_JUMP;
            out->handling_target = container_of_ref(c, kind, jumps[i][1]);
        }
    }
}

static void compile_settings(struct compiler *c)
{
    struct program_flow *out = c->out;
    struct pool *pool = c->program->pool;
    node_id body = c->flow->body;
    out->greeting = compile_path(c, body, "initialGreeting", TYPE_AUDIO, false);
    struct str music = compile_text(c, body, "settingsInQueueCall/holdMusic/lit/name");
    out->hold_prompt = pool_text(pool, music.len ? music : STR("PromptSystem.on_hold_music"));
    struct str language = compile_text(c, body, "defaultLanguage");
    out->default_language = language.len ? pool_text(pool, language) : 0;
    struct str form = compile_text(c, body, "settingsVoiceSurvey/surveyForm/name");
    if (!form.len)
        form = compile_text(c, body, "settingsVoiceSurvey/surveyForm/lit/name");
    out->survey_form = form.len ? pool_text(pool, form) : 0;
    compile_handling(c);
}

void compile_flow(struct program *program, struct program_flow *out)
{
    struct compiler c = { .program = program, .out = out, .flow = &out->flow,
                          .container = NO_CONTAINER, .loop = NO_OP };
    c.names = (struct expr_names){ find_name, &c };
    diags_init(&c.diags, program->env);
    const struct flow *flow = &out->flow;
    implied_find(flow, &c.implied);
    compile_variables(&c, flow->body, false);
    out->flow_variables = (uint32_t) out->variable_count;
    out->initial = compile_initial(&c, 0, out->flow_variables, 0);
    out->operand_none = compile_result(&c, 0);
    for (node_id node = flow_container_next(flow, 0); node;
         node = flow_container_next(flow, node))
        compile_container(&c, node);
    for (node_id node = flow_container_next(flow, 0); node;
         node = flow_container_next(flow, node)) {
        if (flow_role(flow, node) == ROLE_MENU)
            add_submenus(&c, node);
    }
    node_id start = flow_start(flow);
    size_t count = out->container_count; /* choices' own tasks are added meanwhile */
    for (size_t i = 0; i < count; i++) {
        container_body(&c, (uint32_t) i);
        if (out->containers[i].node == start)
            out->start = (uint32_t) i + 1;
    }
    c.container = NO_CONTAINER;
    compile_settings(&c);
    implied_release(&c.implied);
    diags_release(&c.diags);
}
