#include <string.h>
#include "engine/call/compile.h"

/* "digit_1", "digit_*", "digit_#" (archy.md section 8); spelled out too. */
static char key_of(struct str dtmf)
{
    if (str_ends(dtmf, STR("star")))
        return '*';
    if (str_ends(dtmf, STR("pound")))
        return '#';
    char key = dtmf.len ? dtmf.ptr[dtmf.len - 1] : 0;
    return (key >= '0' && key <= '9') || key == '*' || key == '#' ? key : 0;
}

static bool flag_at(const struct compiler *c, node_id owner, const char *path, bool otherwise)
{
    node_id node = flow_field_node(c->flow, owner, path);
    if (!node)
        return otherwise;
    struct form_value form = flow_value_of(c->flow, node);
    if (form.form != FORM_LITERAL && form.form != FORM_BARE)
        return otherwise;
    struct str text = doc_text(c->flow->doc, form.node);
    return str_is(text, "true") || (otherwise && !str_is(text, "false"));
}

/* A choice with a task of its own is a container. */
static void choice_task(struct compiler *c, uint32_t op)
{
    struct program_flow *out = c->out;
    node_id node = out->ops[op].node;
    uint32_t outer = c->container, outer_loop = c->loop;
    uint32_t index = compile_container(c, node);
    c->container = index;
    c->loop = NO_OP;
    compile_variables(c, flow_output_node(c->flow, (struct spot){ node, 1 }), true);
    out->containers[index].variables =
        (uint32_t) out->variable_count - out->containers[index].first_variable;
    uint32_t end = (uint32_t) out->op_count;
    compile_op(c, OP_END, node, end);
    uint32_t entry = compile_list(c, flow_list(c->flow, (struct spot){ node, 1 }), end);
    struct container *made = &out->containers[index];
    made->entry = entry;
    made->initial = compile_initial(c, made->first_variable, made->variables, made->hidden);
    out->ops[op].target = index + 1;
    c->container = outer;
    c->loop = outer_loop;
}

static void add_choice(struct compiler *c, node_id node, uint32_t op)
{
    struct program_flow *out = c->out;
    out->choices = mem_grow(c->program->env, out->choices, &out->choice_capacity,
                            out->choice_count + 1, sizeof *out->choices);
    out->choices[out->choice_count++] = (struct menu_choice){
        .node = node, .op = op, .key = key_of(compile_text(c, node, "dtmf")),
        .global = flag_at(c, node, "globalDtmf", false),
    };
}

static int64_t setting(const struct compiler *c, node_id node, const char *path, bool duration,
                       int64_t otherwise)
{
    int64_t (*read)(const struct compiler *, node_id, const char *, int64_t) =
        duration ? compile_duration : compile_integer;
    return read(c, node, path, read(c, c->flow->body, path, otherwise));
}

/* domain.md 3.3: 3 repeats, 10 s, extension dialling unless a menu or the flow says otherwise. */
static void menu_settings(const struct compiler *c, node_id node, struct menu *menu)
{
    int64_t repeat = setting(c, node, "settingsMenu/repeatCount", false, 3);
    menu->repeat = (uint8_t) (repeat < 0 ? 0 : repeat > 100 ? 100 : repeat);
    menu->timeout = setting(c, node, "settingsMenu/menuSelectionTimeout", true, 10000);
    bool flow_listens =
        flag_at(c, c->flow->body, "settingsMenu/listenForExtensionDialing", true);
    menu->extensions =
        flag_at(c, node, "settingsMenu/listenForExtensionDialing", flow_listens);
}

static uint32_t default_choice(const struct compiler *c, node_id node, const struct menu *menu)
{
    node_id target = flow_default_choice(c->flow, node);
    for (uint32_t i = 0; target && i < menu->choices; i++) {
        const struct menu_choice *choice = &c->out->choices[menu->first_choice + i];
        if (choice->node == target)
            return choice->op;
    }
    return NO_OP;
}

void compile_menu(struct compiler *c, uint32_t op)
{
    struct program_flow *out = c->out;
    node_id node = out->ops[op].node;
    uint32_t index = (uint32_t) out->menu_count++;
    out->menus = mem_grow(c->program->env, out->menus, &out->menu_capacity, out->menu_count,
                          sizeof *out->menus);
    out->ops[op].target = index;
    for (size_t i = 0; i < out->container_count; i++) {
        if (out->containers[i].node == node) {
            out->containers[i].entry = op;
            out->containers[i].initial = compile_initial(c, 0, 0, 0);
        }
    }
    struct menu menu = { .op = op, .first_choice = (uint32_t) out->choice_count,
                         .fallback = NO_OP };
    menu.audio = compile_path(c, node, "audio", TYPE_AUDIO, false);
    menu_settings(c, node, &menu);
    uint32_t first = (uint32_t) out->op_count;
    for (node_id choice = flow_choice_first(c->flow, node); choice;
         choice = flow_action_next(c->flow, choice)) {
        add_choice(c, choice, (uint32_t) out->op_count);
        menu.choices++;
        compile_choice_op(c, choice, op);
    }
    menu.fallback = default_choice(c, node, &menu);
    out->menus[index] = menu;
    uint32_t end = first + menu.choices;
    for (uint32_t i = first; i < end; i++) {
        if (out->ops[i].kind == OP_CHOICE_TASK)
            choice_task(c, i);
        else if (out->ops[i].kind == OP_MENU)
            compile_menu(c, i);
        else
            compile_choice_fields(c, i);
    }
}
