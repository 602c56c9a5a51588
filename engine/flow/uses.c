#include "engine/flow/uses.h"

#include <stdlib.h>
#include "engine/base/env.h"
#include "engine/flow/arrivals.h"
#include "engine/flow/builtins.h"
#include "engine/flow/path.h"
#include "engine/flow/settings.h"

/* --- what is looked for --- */

static struct str keep(struct arena *arena, struct str text)
{
    return (struct str){ arena_text(arena, text.ptr ? text.ptr : "", text.len), text.len };
}

/* The declaration of a variable that is mentioned, and its flow; 0: none. */
static node_id declared(const struct workspace *ws, const struct mention *mention,
                        const struct flow **flow)
{
    *flow = mention->flow;
    if (mention->module.len == 0)
        return flow_find_variable(mention->flow, mention->scope_at, mention->name);
    *flow = ws ? workspace_find(ws, FLOW_COMMON_MODULE, mention->module) : NULL;
    return *flow ? flow_find_own_variable(*flow, mention->name) : 0;
}

struct choosing {
    struct arena *arena;
    const struct flow *flow;
    node_id owner, inside; /* inside 0: anything of the owner */
    struct subject *out;
    int rank; /* of what was found so far; -1: nothing */
};

/* Variables are what everything is made of, so they come last. */
static int rank_of(enum thing thing)
{
    return thing == THING_VARIABLE ? THING_COUNT : (int) thing;
}

static void choose(void *context, const struct mention *mention)
{
    struct choosing *choosing = context;
    int rank = rank_of(mention->thing);
    bool fits = mention->owner == choosing->owner && !mention->declares &&
                (!choosing->inside ||
                 doc_is_inside(choosing->flow->doc, mention->node, choosing->inside));
    if (!fits || (choosing->rank >= 0 && choosing->rank <= rank))
        return;
    choosing->rank = rank;
    *choosing->out = (struct subject){ .thing = mention->thing,
                                       .name = keep(choosing->arena, mention->name),
                                       .flow_types = mention->flow_types,
                                       .flow = mention->target ? mention->flow : NULL,
                                       .target = mention->target };
    if (mention->thing != THING_VARIABLE || mention->module.len > 0)
        return;
    const struct flow *flow;
    node_id node = declared(NULL, mention, &flow);
    struct variable_info info;
    if (node && flow_variable(flow, node, &info))
        *choosing->out = (struct subject){ THING_VARIABLE, info.full_name, 0, flow, node };
}

bool subject_in(const struct flow *flow, node_id owner, node_id inside, struct arena *arena,
                struct subject *out)
{
    struct choosing choosing = { arena, flow, owner, inside, out, -1 };
    flow_mentions(flow, choose, &choosing);
    return choosing.rank >= 0;
}

static bool subject_node(const struct flow *flow, enum thing thing, node_id node,
                         struct subject *out)
{
    *out = (struct subject){ thing, flow_name(flow, node), 0, flow, node };
    return true;
}

bool subject_at(const struct flow *flow, struct spot spot, struct arena *arena,
                struct subject *out)
{
    struct variable_info info;
    switch (flow_role(flow, spot.node)) {
    case ROLE_FLOW:
        *out = (struct subject){ .thing = THING_FLOW, .name = flow_title(flow),
                                 .flow_types = 1u << flow->type };
        return true;
    case ROLE_TASK:
        return subject_node(flow, THING_TASK, spot.node, out);
    case ROLE_MENU:
        return subject_node(flow, THING_MENU, spot.node, out);
    case ROLE_STATE:
        return subject_node(flow, THING_STATE, spot.node, out);
    case ROLE_VARIABLE:
        if (!flow_variable(flow, spot.node, &info))
            return false;
        *out = (struct subject){ THING_VARIABLE, info.full_name, 0, flow, spot.node };
        return true;
    case ROLE_CHOICE:
        return subject_in(flow, spot.node, 0, arena, out) ||
               subject_node(flow, THING_CHOICE, spot.node, out);
    default:
        return subject_in(flow, spot.node, 0, arena, out);
    }
}

/* --- is it that? --- */

/* "Store note" names "CRM / Store note" as well. */
static bool is_data_action(struct str full, struct str name)
{
    return str_eq(full, name) ||
           (full.len > name.len + 3 && str_ends(full, name) &&
            str_is(str_slice(full, full.len - name.len - 3, full.len - name.len), " / "));
}

static struct str known_name(const struct mention *mention)
{
    return mention->target ? flow_name(mention->flow, mention->target) : mention->name;
}

static bool has_name(const struct workspace *ws, const struct mention *mention, struct str name)
{
    const struct flow *flow;
    struct variable_info info;
    struct str scope = STR("Prompt.");
    node_id node;
    switch (mention->thing) {
    case THING_VARIABLE:
        if (str_eq_nocase(mention->name, name))
            return true;
        node = mention->form == MENTION_KEY ? declared(ws, mention, &flow) : 0;
        return node && flow_variable(flow, node, &info) && str_eq_nocase(info.full_name, name);
    case THING_DATA_ACTION:
        return is_data_action(mention->name, name);
    case THING_PROMPT:
        return str_eq(mention->name,
                      str_starts(name, scope) ? str_slice(name, scope.len, name.len) : name);
    default:
        return str_eq(known_name(mention), name);
    }
}

/* A variable that is there: found from where it is mentioned. A name that cannot be its is not
 * looked for. */
static bool is_variable(const struct workspace *ws, const struct subject *subject,
                        const struct mention *mention)
{
    const struct flow *flow;
    struct str full = subject->name, name = mention->name;
    bool bare = str_find_char(name, '.') < 0;
    struct str last = str_slice(full, full.len > name.len ? full.len - name.len : 0, full.len);
    if (!str_eq_nocase(bare ? last : full, name))
        return false;
    if (mention->module.len > 0 && subject->flow->type != FLOW_COMMON_MODULE)
        return false;
    if (mention->module.len == 0 && mention->flow != subject->flow)
        return false;
    return declared(ws, mention, &flow) == subject->target && flow == subject->flow;
}

bool subject_is(const struct workspace *ws, const struct subject *subject,
                const struct mention *mention)
{
    if (subject->thing == THING_NONE)
        return has_name(ws, mention, subject->name);
    if (mention->thing != subject->thing)
        return false;
    if (subject->thing == THING_FLOW)
        return mention->flow_types & subject->flow_types && str_eq(mention->name, subject->name);
    if (subject->thing == THING_VARIABLE && subject->target)
        return is_variable(ws, subject, mention);
    if (subject->target)
        return mention->flow == subject->flow && mention->target == subject->target;
    return has_name(ws, mention, subject->name);
}

/* --- lists --- */

void usages_init(struct usages *uses, struct env *env)
{
    *uses = (struct usages){ .items = NULL };
    arena_init(&uses->arena, env);
}

void usages_release(struct usages *uses)
{
    mem_free(uses->arena.env, uses->items);
    arena_release(&uses->arena);
    *uses = (struct usages){ .items = NULL };
}

struct finding {
    const struct workspace *ws;
    const struct subject *subject; /* NULL: what is missing */
    struct flow *flow;             /* that is gone through; NULL: postflow.json */
    struct path_memo memo;         /* of it */
    struct usages *out;
};

static void print_path(struct path_memo *memo, const struct mention *mention, struct buf *out)
{
    if (!mention->flow) {
        node_id above = doc_parent(mention->doc, mention->owner);
        if (above != 1 && above)
            buf_addf(out, "%.*s/", STR_ARG(doc_key(mention->doc, above)));
        buf_add(out, doc_key(mention->doc, mention->owner));
        return;
    }
    path_add_name(out, flow_title(mention->flow));
    if (mention->owner == mention->flow->body)
        return;
    /* Variables are rows of the fields pane of what declares them. */
    node_id owner = mention->owner;
    if (flow_role(mention->flow, owner) == ROLE_VARIABLE)
        owner = doc_parent(mention->doc, doc_parent(mention->doc, doc_parent(mention->doc, owner)));
    if (owner == mention->flow->body)
        return;
    buf_add_text(out, "::");
    path_print_next(mention->flow, (struct spot){ .node = owner }, memo, out);
}

static void print_field(const struct mention *mention, struct buf *out)
{
    const struct action_info *info = mention->flow ? flow_action(mention->flow, mention->owner)
                                                   : NULL;
    buf_add(out, mention_label(mention));
    if (info)
        buf_addf(out, " of %s", info->label);
}

static void add_use(struct finding *finding, const struct mention *mention)
{
    struct usages *uses = finding->out;
    struct place place = { 0 };
    struct buf text;
    buf_init(&text, uses->arena.env);
    if (mention->form == MENTION_KEY)
        doc_place(mention->doc, mention->node, &place);
    else if (mention->form == MENTION_EXPRESSION)
        doc_place_inside(mention->doc, mention->node, mention->at, &place);
    else
        doc_place_value(mention->doc, mention->node, &place);
    struct usage usage = { .thing = mention->thing, .name = keep(&uses->arena, known_name(mention)),
                       .file = place.file, .line = place.line, .column = place.column,
                       .flow = finding->flow, .owner = mention->owner };
    print_path(&finding->memo, mention, &text);
    usage.path = keep(&uses->arena, buf_str(&text));
    buf_clear(&text);
    print_field(mention, &text);
    usage.field = keep(&uses->arena, buf_str(&text));
    buf_clear(&text);
    if (mention->thing == THING_FLOW && mention->flow)
        arrival_print(mention->flow, mention->owner, &text);
    usage.arrival = keep(&uses->arena, buf_str(&text));
    buf_release(&text);
    uses->items = mem_grow(uses->arena.env, uses->items, &uses->capacity, uses->count + 1,
                           sizeof *uses->items);
    uses->items[uses->count++] = usage;
}

static bool is_flow_there(const struct workspace *ws, const struct mention *mention)
{
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (mention->flow_types & (1u << type) &&
            workspace_find(ws, (enum flow_type) type, mention->name))
            return true;
    }
    return false;
}

/* Of other types of flow not all variables are known. */
static bool is_variable_there(const struct workspace *ws, const struct mention *mention)
{
    const struct flow *flow;
    return mention->flow->type == FLOW_OTHER || declared(ws, mention, &flow) || !flow ||
           (mention->form != MENTION_KEY && builtin_find(mention->name));
}

static bool is_missing(const struct workspace *ws, const struct mention *mention)
{
    const char *section = thing_info(mention->thing)->section;
    switch (mention->thing) {
    case THING_FLOW:
        return !is_flow_there(ws, mention);
    case THING_TASK:
    case THING_MENU:
    case THING_STATE:
    case THING_CHOICE:
        return !mention->target;
    case THING_VARIABLE:
        return !mention->declares && !is_variable_there(ws, mention);
    case THING_PROMPT:
        if (str_starts(mention->name, STR("PromptSystem."))) /* comes with the product */
            return false;
        break;
    default:
        break;
    }
    return section && !settings_entry(ws->settings, section, mention->name);
}

static void consider(void *context, const struct mention *mention)
{
    struct finding *finding = context;
    bool wanted = finding->subject ? !mention->declares &&
                                         subject_is(finding->ws, finding->subject, mention)
                                   : is_missing(finding->ws, mention);
    if (wanted)
        add_use(finding, mention);
}

static int by_place(const void *a, const void *b)
{
    const struct usage *x = a, *y = b;
    int file = str_compare(x->file, y->file);
    if (file)
        return file;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static void go_through(struct finding *finding, const struct workspace_file *only)
{
    const struct workspace *ws = finding->ws;
    for (size_t i = 0; i < ws->count; i++) {
        finding->flow = !only || only == ws->files[i] ? workspace_flow(ws->files[i]) : NULL;
        if (finding->flow)
            flow_mentions(finding->flow, consider, finding);
        path_memo_release(&finding->memo);
    }
    finding->flow = NULL;
    if (!only && ws->settings_doc)
        settings_mentions(ws->settings_doc, consider, finding);
    if (finding->out->count > 0)
        qsort(finding->out->items, finding->out->count, sizeof *finding->out->items, by_place);
}

void uses_find(const struct workspace *ws, const struct subject *subject,
               const struct workspace_file *only, struct usages *out)
{
    struct finding finding = { .ws = ws, .subject = subject, .out = out };
    go_through(&finding, only);
}

void uses_missing(const struct workspace *ws, const struct workspace_file *only, struct usages *out)
{
    struct finding finding = { .ws = ws, .out = out };
    go_through(&finding, only);
}

void usage_print(const struct usage *usage, struct buf *out)
{
    buf_addf(out, "%s %.*s: %.*s, %.*s", thing_info(usage->thing)->word, STR_ARG(usage->name),
             STR_ARG(usage->field), STR_ARG(usage->path));
    if (usage->arrival.len > 0)
        buf_addf(out, " (%.*s)", STR_ARG(usage->arrival));
}
