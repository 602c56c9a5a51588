#include "tui/view/toolbox.h"

#include <string.h>
#include "engine/base/mem.h"

static void tool_row(void *context, size_t index, struct list_row *out)
{
    const struct toolbox *toolbox = context;
    const struct tool *tool = &toolbox->tools[index];
    *out = (struct list_row){ .text = str_of(tool->heading ? tool->heading : tool->info->label),
                              .style = tool->heading ? STYLE_HEADING : STYLE_NORMAL,
                              .indent = tool->heading ? 0 : 1,
                              .heading = tool->heading != NULL };
}

void toolbox_init(struct toolbox *toolbox, struct env *env)
{
    *toolbox = (struct toolbox){ .env = env };
    listbox_init(&toolbox->list, env, true, tool_row, toolbox);
}

void toolbox_release(struct toolbox *toolbox)
{
    listbox_release(&toolbox->list);
    mem_free(toolbox->env, toolbox->tools);
}

static bool is_offered(const struct action_info *info, enum flow_type type, bool menu)
{
    if (type != FLOW_OTHER && !(info->flow_types & (1u << type)))
        return false;
    return menu == ((info->flags & ACTION_CHOICE) != 0);
}

static void add_tool(struct toolbox *toolbox, struct tool tool)
{
    toolbox->tools = mem_grow(toolbox->env, toolbox->tools, &toolbox->capacity, toolbox->count + 1,
                              sizeof *toolbox->tools);
    toolbox->tools[toolbox->count++] = tool;
}

/* The category's actions under its heading; a category that offers nothing is left out. */
static void add_category(struct toolbox *toolbox, const char *category)
{
    bool headed = false;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        if (strcmp(info->category, category) || !is_offered(info, toolbox->type, toolbox->menu))
            continue;
        if (!headed)
            add_tool(toolbox, (struct tool){ .heading = category });
        headed = true;
        add_tool(toolbox, (struct tool){ .info = info });
    }
}

static bool is_first_of_category(size_t index)
{
    const char *category = catalogue_action(index)->category;
    for (size_t i = 0; i < index; i++) {
        if (!strcmp(catalogue_action(i)->category, category))
            return false;
    }
    return true;
}

void toolbox_update(struct toolbox *toolbox, const struct flow *flow, struct spot cursor)
{
    enum role role = flow ? flow_role(flow, cursor.node) : ROLE_NONE;
    bool menu = cursor.output == 0 && (role == ROLE_MENU || role == ROLE_CHOICE);
    enum flow_type type = flow ? flow->type : FLOW_OTHER;
    if (toolbox->count > 0 && toolbox->type == type && toolbox->menu == menu)
        return;
    toolbox->type = type;
    toolbox->menu = menu;
    toolbox->count = 0;
    /* Flow comes first: Set Post-Flow is what people open this program for. */
    add_category(toolbox, "Flow");
    for (size_t i = 0; i < catalogue_count(); i++) {
        const char *category = catalogue_action(i)->category;
        if (is_first_of_category(i) && strcmp(category, "Flow"))
            add_category(toolbox, category);
    }
    listbox_set_count(&toolbox->list, toolbox->count);
}

enum list_result toolbox_key(struct toolbox *toolbox, struct key key)
{
    return listbox_key(&toolbox->list, key);
}

const struct action_info *toolbox_current(struct toolbox *toolbox)
{
    size_t at = listbox_current(&toolbox->list);
    return at == SIZE_MAX ? NULL : toolbox->tools[at].info;
}

void toolbox_draw(struct toolbox *toolbox, struct canvas *canvas, struct area area, bool focused)
{
    listbox_draw(&toolbox->list, canvas, area, focused);
}
