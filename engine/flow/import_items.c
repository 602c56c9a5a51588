/* Tasks, menus and states of an export. Menu choices hold their task or sub-menu by reference; in
 * the tree it stands in the choice, unless something else refers to it, too. */
#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/import_parts.h"

static const struct {
    const char *type, *list, *word;
} item_types[] = {
    { "Menu", "menus", "menu" },
    { "Task", "tasks", "task" },
    { "LoopTask", "tasks", "task" },
    { "State", "states", "state" },
};

struct import_item *import_item_of(struct import *im, struct str id)
{
    uint32_t number = text_map_find(&im->item_ids, id);
    return number ? &im->items[number - 1] : NULL;
}

struct str import_ref(struct import *im, struct str id)
{
    const struct import_item *item = import_item_of(im, id);
    struct buf text;
    if (!item)
        return STR_NONE;
    buf_init(&text, im->env);
    buf_addf(&text, "/%.*s/%s/%s[", STR_ARG(im->root), item->list, item->word);
    buf_add(&text, item->ref_id);
    buf_add_char(&text, ']');
    struct str kept = import_keep(im, &text);
    buf_release(&text);
    return kept;
}

/* "Welcome_10", from the name and the number in the editor, or the place where it has none. */
static struct str make_ref_id(struct import *im, node_id node, size_t place, struct text_map *taken)
{
    struct buf text;
    struct str number = import_text(im, node, "trackingId");
    buf_init(&text, im->env);
    buf_add(&text, import_name(im, node));
    buf_add_char(&text, '_');
    if (number.len > 0)
        buf_add(&text, number);
    else
        buf_addf(&text, "at%zu", place);
    while (text_map_find(taken, buf_str(&text)))
        buf_addf(&text, "_%zu", place);
    struct str kept = import_keep(im, &text);
    text_map_add(taken, kept, 1);
    buf_release(&text);
    return kept;
}

static void add_actions(struct import *im, node_id task)
{
    for (node_id at = import_first(im, task, "actionList"); at; at = doc_next(im->doc, at)) {
        struct str id = doc_kind(im->doc, at) == NODE_OBJECT ? import_text(im, at, "id") : STR_NONE;
        if (id.len > 0 && text_map_add(&im->ids, id, at))
            import_tell(im, DIAG_IMPORT_TWICE, at, import_name(im, at), id, STR_NONE);
    }
}

static void add_item(struct import *im, node_id node, struct text_map *taken)
{
    struct str type = import_text(im, node, "__type");
    size_t i = 0;
    while (i < sizeof item_types / sizeof *item_types && !str_is(type, item_types[i].type))
        i++;
    if (i == sizeof item_types / sizeof *item_types)
        return;
    struct str id = import_text(im, node, "id");
    if (text_map_add(&im->item_ids, id, (uint32_t) im->item_count + 1)) {
        import_tell(im, DIAG_IMPORT_TWICE, node, import_name(im, node), id, STR_NONE);
        return;
    }
    im->items = mem_grow(im->env, im->items, &im->item_capacity, im->item_count + 1,
                         sizeof *im->items);
    im->items[im->item_count] = (struct import_item){
        .node = node,
        .list = item_types[i].list,
        .word = item_types[i].word,
        .ref_id = make_ref_id(im, node, im->item_count + 1, taken),
    };
    im->item_count++;
    add_actions(im, node);
}

/* Whether the node is the reference by which a choice holds a task or a menu. */
static bool holds(const struct import *im, node_id reference)
{
    node_id action = doc_parent(im->doc, reference);
    node_id choice = doc_parent(im->doc, action);
    node_id type = doc_member_named(im->doc, action, STR("__type"));
    struct str name = type ? doc_text(im->doc, type) : STR_NONE;
    return (str_is(name, "TaskAction") || str_is(name, "MenuAction")) &&
           str_is(doc_key(im->doc, action), "action") &&
           str_is(doc_key(im->doc, doc_parent(im->doc, choice)), "menuChoiceList");
}

/* Counts what refers to the items, in all of the export but what the editor keeps for itself. */
static void count_uses(struct import *im)
{
    const struct doc *doc = im->doc;
    for (node_id id = 1;;) {
        struct str key = doc_key(doc, id);
        bool editor = str_is(key, "uiMetaData") || str_is(key, "manifest") || str_is(key, "id");
        struct import_item *item = doc_kind(doc, id) == NODE_TEXT && !editor
                                       ? import_item_of(im, doc_text(doc, id))
                                       : NULL;
        if (item) {
            item->uses++;
            item->in_choice |= holds(im, id);
        }
        if (!editor && doc_first(doc, id)) {
            id = doc_first(doc, id);
            continue;
        }
        while (id != 1 && !doc_next(doc, id))
            id = doc_parent(doc, id);
        if (id == 1)
            return;
        id = doc_next(doc, id);
    }
}

void import_items_find(struct import *im)
{
    struct text_map taken;
    text_map_init(&taken, im->env);
    for (node_id at = import_first(im, 1, "flowSequenceItemList"); at; at = doc_next(im->doc, at)) {
        if (doc_kind(im->doc, at) == NODE_OBJECT)
            add_item(im, at, &taken);
    }
    text_map_release(&taken);
    count_uses(im);
}

static bool stands_in_choice(const struct import_item *item)
{
    return item->uses == 1 && item->in_choice;
}

/* --- tasks and states */

/* The ways out that a task declares, beside the default one. */
static void write_output_paths(struct import *im, node_id task)
{
    bool open = false;
    for (node_id at = import_first(im, task, "paths"); at; at = doc_next(im->doc, at)) {
        struct str id = import_text(im, at, "outputId"), label = import_text(im, at, "label");
        import_mark(im, at, MARK_LOOKED);
        if (str_is(id, "__DEFAULT__") || label.len == 0)
            continue;
        if (!open)
            out_open(&im->out, STR("outputPaths"), '[');
        open = true;
        out_open(&im->out, STR_NONE, '{');
        out_open(&im->out, STR("outputPath"), '{');
        out_text(&im->out, STR("name"), label);
        out_close(&im->out, '}');
        out_close(&im->out, '}');
    }
    if (open)
        out_close(&im->out, ']');
}

static void write_body(struct import *im, node_id task, const struct import_item *item)
{
    struct import_spot spot = import_spot_of(im, task, item);
    import_mark(im, task, MARK_LOOKED);
    import_variables(im, "variables", task);
    write_output_paths(im, task);
    import_list(im, "actions", import_text(im, task, "startAction"), &spot);
}

static void write_name(struct import *im, const struct import_item *item)
{
    import_mark(im, item->node, MARK_LOOKED);
    out_text(&im->out, STR("name"), import_text(im, item->node, "name"));
    out_text(&im->out, STR("refId"), item->ref_id);
}

/* --- menus */

static void write_choices(struct import *im, node_id menu);

/* 0 to 9, 10 for * and 11 for #; other tools write the character. */
static void write_key(struct import *im, node_id choice)
{
    struct str digit = import_text(im, choice, "digit");
    struct buf key;
    if (digit.len == 0)
        return;
    buf_init(&key, im->env);
    buf_add_text(&key, "digit_");
    buf_add(&key, str_is(digit, "10") ? STR("*") : str_is(digit, "11") ? STR("#") : digit);
    out_text(&im->out, STR("dtmf"), buf_str(&key));
    buf_release(&key);
}

static bool has_words(const struct import *im, node_id words)
{
    for (node_id at = words ? doc_first(im->doc, words) : 0; at; at = doc_next(im->doc, at)) {
        if (doc_first(im->doc, at))
            return true;
    }
    return false;
}

static void write_words(struct import *im, node_id choice)
{
    node_id words = import_member(im, choice, "speechRecTerms");
    struct text_map languages;
    bool any = has_words(im, words);
    text_map_init(&languages, im->env);
    if (any)
        out_open(&im->out, STR("speechRecTerms"), '{');
    for (node_id at = words ? doc_first(im->doc, words) : 0; at; at = doc_next(im->doc, at)) {
        struct str language = import_lower(im, doc_key(im->doc, at));
        if (doc_kind(im->doc, at) != NODE_LIST || text_map_add(&languages, language, 1))
            continue;
        import_mark(im, at, MARK_USED);
        if (!doc_first(im->doc, at))
            continue;
        out_open(&im->out, language, '{');
        out_open(&im->out, STR("terms"), '[');
        for (node_id word = doc_first(im->doc, at); word; word = doc_next(im->doc, word))
            out_text(&im->out, STR_NONE, doc_text(im->doc, word));
        out_close(&im->out, ']');
        out_close(&im->out, '}');
    }
    if (any)
        out_close(&im->out, '}');
    text_map_release(&languages);
}

static void write_choice_head(struct import *im, node_id choice, struct str ref)
{
    static const char *const flags[] = { "globalDtmf", "globalSpeechRecTerms" };
    import_mark(im, choice, MARK_LOOKED);
    out_text(&im->out, STR("name"), import_text(im, choice, "name"));
    if (ref.len > 0)
        out_text(&im->out, STR("refId"), ref);
    write_key(im, choice);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (doc_member_named(im->doc, choice, str_of(flags[i])))
            out_json(&im->out, str_of(flags[i]),
                     import_is_true(im, choice, flags[i]) ? STR("true") : STR("false"));
    }
    write_words(im, choice);
}

/* The choice that wraps this kind of action; NULL: none does. */
static const struct action_info *choice_of(const char *kind)
{
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        if (info->wraps && !strcmp(info->wraps, kind))
            return info;
    }
    return NULL;
}

/* A choice's own action where no choice wraps its kind: a task of that action alone. */
static void write_single_task(struct import *im, node_id action)
{
    struct import_spot spot = { .action = action };
    out_open(&im->out, STR("task"), '{');
    out_open(&im->out, STR("actions"), '[');
    import_action(im, &spot);
    out_close(&im->out, ']');
    out_close(&im->out, '}');
}

/* What a choice is: its key and how the action in it is written. */
struct choice {
    node_id node, action;
    const char *key;
    struct import_item *held; /* the task or menu that stands in it */
    const struct action_info *info;
};

static struct choice read_choice(struct import *im, node_id node)
{
    struct choice choice = { .node = node, .action = import_member(im, node, "action") };
    struct str type = choice.action ? import_text(im, choice.action, "__type") : STR_NONE;
    bool task = str_is(type, "TaskAction"), menu = str_is(type, "MenuAction");
    choice.key = "menuTask";
    if (task || menu) {
        struct str id = import_text(im, choice.action, task ? "taskReference" : "menuReference");
        struct import_item *item = import_item_of(im, id);
        bool held = item && stands_in_choice(item) && !strcmp(item->word, task ? "task" : "menu");
        choice.held = held && import_has_room(im, node) ? item : NULL;
        choice.key = choice.held ? (task ? "menuTask" : "menuSubMenu")
                                 : (task ? "menuJumpToTask" : "menuJumpToMenu");
    } else if (choice.action) {
        const struct action_info *kind = import_kind(im, choice.action);
        const struct action_info *wrapping = kind ? choice_of(kind->key) : NULL;
        choice.key = wrapping ? wrapping->key : "menuTask";
    }
    choice.info = catalogue_find(str_of(choice.key));
    return choice;
}

static void write_sub_menu(struct import *im, const struct import_item *item)
{
    node_id prompts = doc_member_named(im->doc, item->node, STR("prompts"));
    import_mark(im, item->node, MARK_LOOKED);
    import_text(im, item->node, "name");
    if (prompts && import_is_audio(im, prompts))
        import_audio(im, STR("audio"), prompts);
    import_menu_settings(im, item->node);
    write_choices(im, item->node);
}

static void write_choice(struct import *im, node_id node, struct str ref)
{
    struct choice choice = read_choice(im, node);
    struct import_spot spot = { .action = choice.action };
    out_open(&im->out, STR_NONE, '{');
    out_open(&im->out, str_of(choice.key), '{');
    write_choice_head(im, node, ref);
    if (choice.action) {
        import_mark(im, choice.action, MARK_LOOKED);
        import_text(im, choice.action, "name");
    }
    if (choice.held && !strcmp(choice.held->word, "task")) {
        choice.held->made = true;
        import_text(im, choice.held->node, "name");
        out_open(&im->out, STR("task"), '{');
        write_body(im, choice.held->node, NULL);
        out_close(&im->out, '}');
    } else if (choice.held) {
        choice.held->made = true;
        write_sub_menu(im, choice.held);
    } else if (choice.action && !strcmp(choice.key, "menuTask")) {
        write_single_task(im, choice.action);
    } else if (choice.action) {
        import_fields(im, choice.info, &spot);
    }
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

/* The texts of a menu but its own id: one of them is the id of the choice that is taken by default.
 */
static void find_texts(struct import *im, node_id menu, struct text_map *texts)
{
    text_map_init(texts, im->env);
    for (node_id at = doc_first(im->doc, menu); at; at = doc_next(im->doc, at)) {
        if (doc_kind(im->doc, at) == NODE_TEXT && !str_is(doc_key(im->doc, at), "id"))
            text_map_add(texts, doc_text(im->doc, at), at);
    }
}

static bool is_default(struct import *im, const struct text_map *texts, struct str id)
{
    node_id node = id.len > 0 ? text_map_find(texts, id) : 0;
    if (node)
        import_mark(im, node, MARK_USED);
    return node != 0;
}

/* The refId of the choice that a menu takes by default, as exports write it. */
static struct str default_ref(struct import *im, node_id choice, size_t place)
{
    node_id action = import_member(im, choice, "action");
    struct str number = action ? import_text(im, action, "trackingId") : STR_NONE;
    struct buf text;
    buf_init(&text, im->env);
    buf_add(&text, import_name(im, choice));
    buf_add_char(&text, '_');
    buf_add(&text, number);
    if (number.len == 0)
        buf_addf(&text, "at%zu", place);
    struct str kept = import_keep(im, &text);
    buf_release(&text);
    return kept;
}

static void write_default(struct import *im, const char *key, struct str ref)
{
    struct buf text;
    buf_init(&text, im->env);
    buf_addf(&text, "./choices/%s[", key);
    buf_add(&text, ref);
    buf_add_char(&text, ']');
    out_text(&im->out, STR("defaultChildMenuRef"), buf_str(&text));
    buf_release(&text);
}

static void write_choices(struct import *im, node_id menu)
{
    struct str chosen = STR_NONE;
    const char *key = "";
    size_t place = 0;
    struct text_map texts;
    find_texts(im, menu, &texts);
    out_open(&im->out, STR("choices"), '[');
    for (node_id at = import_first(im, menu, "menuChoiceList"); at; at = doc_next(im->doc, at)) {
        struct str ref = STR_NONE;
        if (doc_kind(im->doc, at) != NODE_OBJECT)
            continue;
        place++;
        if (chosen.len == 0 && is_default(im, &texts, import_text(im, at, "id"))) {
            chosen = ref = default_ref(im, at, place);
            key = read_choice(im, at).key;
        }
        write_choice(im, at, ref);
    }
    out_close(&im->out, ']');
    text_map_release(&texts);
    if (chosen.len > 0)
        write_default(im, key, chosen);
}

static void write_menu(struct import *im, const struct import_item *item)
{
    node_id prompts = doc_member_named(im->doc, item->node, STR("prompts"));
    write_name(im, item);
    if (prompts && import_is_audio(im, prompts))
        import_audio(im, STR("audio"), prompts);
    import_menu_settings(im, item->node);
    write_choices(im, item->node);
}

/* --- all */

static void write_list(struct import *im, const char *list)
{
    bool open = false;
    for (size_t i = 0; i < im->item_count; i++) {
        struct import_item *item = &im->items[i];
        if (strcmp(item->list, list) || item->made || stands_in_choice(item))
            continue;
        if (!open)
            out_open(&im->out, str_of(list), '[');
        open = item->made = true;
        out_open(&im->out, STR_NONE, '{');
        out_open(&im->out, str_of(item->word), '{');
        if (!strcmp(item->word, "menu")) {
            write_menu(im, item);
        } else {
            write_name(im, item);
            write_body(im, item->node, item);
        }
        out_close(&im->out, '}');
        out_close(&im->out, '}');
    }
    if (open)
        out_close(&im->out, ']');
}

/* The flow's own list, of a type that has one task alone. */
static void write_one_task(struct import *im)
{
    struct import_item *item = import_item_of(im, import_text(im, 1, "initialSequence"));
    for (size_t i = 0; i < im->item_count && !item; i++)
        item = strcmp(im->items[i].word, "task") ? NULL : &im->items[i];
    if (!item)
        return;
    struct import_spot spot = import_spot_of(im, item->node, NULL);
    item->made = true;
    import_mark(im, item->node, MARK_LOOKED);
    import_text(im, item->node, "name");
    write_output_paths(im, item->node);
    if (import_first(im, item->node, "variables"))
        import_variables(im, "startUpTaskVariables", item->node);
    import_list(im, "startUpTaskActions", import_text(im, item->node, "startAction"), &spot);
}

void import_items(struct import *im)
{
    if (flow_type_info(im->type)->flags & FLOW_HAS_ONE_TASK) {
        write_one_task(im);
    } else {
        write_list(im, "menus");
        write_list(im, "tasks");
        write_list(im, "states");
    }
}
