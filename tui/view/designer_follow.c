/* How the screen follows the session: the flow and row shown, their details, problems, files that
 * others change. */
#include <stdlib.h>
#include <string.h>
#include "tui/view/callview.h"
#include "tui/view/designer.h"

void designer_look_at(struct designer *designer, struct flow *flow, struct spot spot)
{
    struct call *call = designer->session->call;
    designer->look.flow = flow;
    designer->look.spot = spot;
    designer->look.history = call_history(call);
    call_events(call, &designer->look.events);
}

/* While simulating the tree shows where the call is, or what is looked at. */
static struct flow *shown_flow(const struct designer *designer, struct spot *spot)
{
    struct session *session = designer->session;
    struct call_position where;
    size_t events;
    bool here;
    *spot = session->cursor;
    if (!designer_simulating(designer) || !session->call)
        return session->flow;
    call_events(session->call, &events);
    if (designer->look.flow && designer->look.flow->doc && designer->look.events == events &&
        designer->look.history == call_history(session->call)) {
        *spot = designer->look.spot;
        return designer->look.flow;
    }
    where = callview_place(session->call, &here);
    if (!where.flow)
        return session->flow;
    *spot = where.spot;
    return where.flow;
}

struct spot designer_cursor(const struct designer *designer)
{
    struct spot spot;
    shown_flow(designer, &spot);
    return spot;
}

void designer_show_fields(struct designer *designer)
{
    fields_update(&designer->fields, designer->tree.flow,
                  tree_settle(&designer->tree, designer_cursor(designer)));
}

void designer_settle(struct designer *designer)
{
    struct session *session = designer->session;
    struct spot spot;
    struct flow *flow = shown_flow(designer, &spot);
    if (!designer_simulating(designer)) {
        designer->in_flow = false;
        designer->look.flow = NULL;
    }
    if (flow != designer->tree.flow)
        tree_set_flow(&designer->tree, flow);
    if (!flow)
        return;
    if (!designer_simulating(designer))
        session->cursor = tree_settle(&designer->tree, session->cursor);
    toolbox_update(&designer->toolbox, flow, designer_cursor(designer));
    bool changed = designer->fields.flow != flow ||
                   designer->fields.revision != flow->doc->revision;
    if (changed || designer->focus == PANE_RIGHT || designer->fields.editing)
        designer_show_fields(designer);
    designer->behind = changed || designer->behind ||
                       !spot_same(designer->details, designer_cursor(designer));
}

static int by_node(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* One mark a node, an error before a warning. */
static void make_marks(struct designer *designer)
{
    const struct diags *problems = &designer->session->problems;
    if (designer->marks && designer->marked == designer->tree.flow &&
        designer->marks_revision == designer->session->problems_revision)
        return;
    designer->marked = designer->tree.flow;
    designer->marks_revision = designer->session->problems_revision;
    designer->mark_count = 0;
    designer->marks = mem_grow(designer->env, designer->marks, &designer->mark_capacity,
                               problems->count + 1, sizeof *designer->marks);
    for (size_t i = 0; i < problems->count; i++)
        designer->marks[i] = (struct mark){
            problems->items[i].place.node, diag_severity(problems->items[i].code) == SEVERITY_ERROR
        };
    qsort(designer->marks, problems->count, sizeof *designer->marks, by_node);
    for (size_t i = 0; i < problems->count; i++) {
        struct mark *last = designer->mark_count ? &designer->marks[designer->mark_count - 1]
                                                 : NULL;
        if (last && last->node == designer->marks[i].node)
            last->error |= designer->marks[i].error;
        else
            designer->marks[designer->mark_count++] = designer->marks[i];
    }
}

static void look(const struct designer *designer, struct shown *out)
{
    const struct session *session = designer->session;
    const struct flow *flow = designer->tree.flow;
    const struct fields *fields = &designer->fields;
    memset(out, 0, sizeof *out); /* compared by bytes */
    out->flow = flow;
    out->overlay = designer->overlay;
    out->fields_flow = fields->flow;
    out->revision = flow ? flow->doc->revision : 0;
    out->fields_revision = fields->revision;
    out->marks = designer->marks_revision;
    out->answers = hangups_version(designer->answers);
    out->folds = designer->tree.changes;
    out->fields_spot.node = fields->spot.node;
    out->fields_spot.output = fields->spot.output;
    out->toolbox_at = designer->toolbox.list.scroll.cursor;
    out->toolbox_top = designer->toolbox.list.scroll.top;
    out->toolbox_count = designer->toolbox.count;
    out->fields_at = fields->scroll.cursor;
    out->fields_top = fields->scroll.top;
    out->mode = session->mode;
    out->rows = designer->rows;
    out->cols = designer->cols;
    out->plain = designer->focus == PANE_MIDDLE && !designer->overlay && !designer->command_open &&
                 !fields->editing && session->message_kind == MESSAGE_NONE &&
                 !designer_simulating(designer);
}

void designer_note_shown(struct designer *designer)
{
    look(designer, &designer->shown);
}

enum redraw designer_changed(const struct designer *designer)
{
    struct shown now;
    look(designer, &now);
    return now.plain && now.flow && !memcmp(&now, &designer->shown, sizeof now) ? REDRAW_TREE
                                                                                : REDRAW_ALL;
}

bool designer_is_behind(const struct designer *designer)
{
    bool problems = designer->problems_due && !designer_simulating(designer);
    return designer->tree.flow && (designer->behind || problems);
}

static enum redraw show_details(struct designer *designer)
{
    designer->behind = false;
    make_marks(designer);
    designer_show_fields(designer);
    designer->details = designer_cursor(designer);
    if (designer_simulating(designer))
        return REDRAW_ALL;
    uint64_t version = hangups_version(designer->answers);
    designer->problems_due = true;
    designer_write_hangups(designer);
    bool same = hangups_version(designer->answers) == version;
    return designer->overlay || !same ? REDRAW_ALL : REDRAW_DETAILS;
}

static enum redraw show_problems(struct designer *designer, const struct check_stop *stop)
{
    uint64_t marked = designer->marks_revision;
    if (!session_try_problems(designer->session, stop))
        return REDRAW_NOTHING;
    designer->problems_due = false;
    make_marks(designer);
    if (designer->marks_revision == marked)
        return REDRAW_NOTHING;
    designer_write_hangups(designer);
    return REDRAW_ALL;
}

enum redraw designer_rest(struct designer *designer, const struct check_stop *stop)
{
    if (!designer_is_behind(designer))
        return REDRAW_NOTHING;
    return designer->behind ? show_details(designer) : show_problems(designer, stop);
}

enum redraw designer_look_outside(struct designer *designer)
{
    bool busy = designer->overlay || designer->fields.editing || designer_simulating(designer);
    if (busy || !session_look_outside(designer->session))
        return REDRAW_NOTHING;
    designer_settle(designer);
    designer->behind = true;
    return REDRAW_ALL;
}
