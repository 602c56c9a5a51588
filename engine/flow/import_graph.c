/* The graph of a task's actions as nested lists. Actions are linked by nextAction and the
 * nextActionId of their paths; a path that ends goes on where its owner does (archy.md section 10).
 */
#include <stdio.h>
#include "engine/flow/import_parts.h"

/* What an action's own fields may be nested deep: a data action's inputs are. */
enum { DEPTH_OF_FIELDS = 16 };

struct import_spot import_spot_of(struct import *im, node_id task, const struct import_item *item)
{
    struct str start = import_text(im, task, "startAction");
    node_id list = import_member(im, task, "actionList");
    return (struct import_spot){ .list = list,
                                 .start = text_map_find(&im->ids, start),
                                 .item = item };
}

/* {"loopExit": {"name": "Exit Loop"}} and the like. */
static void write_simple(struct import *im, const char *key, struct str ref)
{
    const struct action_info *info = catalogue_find(str_of(key));
    out_open(&im->out, STR_NONE, '{');
    out_open(&im->out, str_of(key), '{');
    out_text(&im->out, STR("name"), str_of(info->label));
    if (ref.len > 0)
        out_text(&im->out, STR("targetTaskRef"), ref);
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

/* The path leads to an action that it came from. */
static void lead_back(struct import *im, node_id node, const struct import_spot *spot)
{
    bool tasks = flow_type_info(im->type)->flags & FLOW_HAS_TASKS;
    bool jump = tasks && node == spot->start && spot->item &&
                str_is(str_of(spot->item->word), "task");
    if (jump) {
        struct str id = import_text(im, spot->item->node, "id");
        write_simple(im, "jumpToTask", import_ref(im, id));
    }
    import_tell(im, DIAG_IMPORT_BACK, im->way[im->way_count - 1],
                import_name(im, im->way[im->way_count - 1]), import_name(im, node),
                jump ? STR("it jumps to the task, whose variables start anew")
                     : STR("the path ends there"));
}

/* Whether an action that stands in the tree already may stand there once more. */
static bool may_copy(struct import *im, node_id node)
{
    if (im->out.text->len > im->most) {
        if (!im->told_most)
            import_tell(im, DIAG_IMPORT_MANY, node, import_name(im, node), STR_NONE, STR_NONE);
        im->told_most = true;
        return false;
    }
    if (!import_marked(im, node, MARK_TOLD))
        import_tell(im, DIAG_IMPORT_COPIED, node, import_name(im, node), STR_NONE, STR_NONE);
    import_mark(im, node, MARK_TOLD);
    return true;
}

bool import_has_room(struct import *im, node_id node)
{
    char most[16];
    if (im->out.depth + DEPTH_OF_FIELDS <= im->doc->limits.depth)
        return true;
    snprintf(most, sizeof most, "%u", (unsigned) im->doc->limits.depth);
    if (!im->failed)
        import_tell(im, DIAG_IMPORT_DEEP, node, str_of(most), STR_NONE, STR_NONE);
    im->failed = true;
    return false;
}

/* The action that the chain goes on with; 0: it ends here, as the spot or the export wants it. */
static node_id next_of_chain(struct import *im, struct str id, const struct import_spot *spot)
{
    if (id.len == 0 || str_eq(id, spot->after) || im->failed)
        return 0;
    if (spot->loop.len > 0 && (str_eq(id, spot->loop) || str_eq(id, spot->leave))) {
        write_simple(im, str_eq(id, spot->loop) ? "loopNext" : "loopExit", STR_NONE);
        return 0;
    }
    node_id node = text_map_find(&im->ids, id);
    if (!node || doc_parent(im->doc, node) != spot->list) {
        node_id from = im->way_count > 0 ? im->way[im->way_count - 1]
                                         : doc_parent(im->doc, spot->list);
        import_tell(im, DIAG_IMPORT_DANGLING, from, import_name(im, from), id, STR_NONE);
        return 0;
    }
    if (import_marked(im, node, MARK_ON_WAY)) {
        lead_back(im, node, spot);
        return 0;
    }
    if (import_marked(im, node, MARK_MADE) && !may_copy(im, node))
        return 0;
    return import_has_room(im, node) ? node : 0;
}

static void push_way(struct import *im, node_id node)
{
    im->way = mem_grow(im->env, im->way, &im->way_capacity, im->way_count + 1, sizeof *im->way);
    im->way[im->way_count++] = node;
    import_mark(im, node, MARK_ON_WAY);
    import_mark(im, node, MARK_MADE);
    import_mark(im, node, MARK_LOOKED);
}

void import_list(struct import *im, const char *key, struct str first,
                 const struct import_spot *spot)
{
    size_t before = im->way_count;
    out_open(&im->out, str_of(key), '[');
    for (struct str id = first;;) {
        node_id node = next_of_chain(im, id, spot);
        if (!node)
            break;
        push_way(im, node);
        id = import_text(im, node, "nextAction");
        struct import_spot inner = *spot;
        inner.action = node;
        if (id.len > 0)
            inner.after = id;
        import_action(im, &inner);
    }
    while (im->way_count > before)
        im->doc->nodes[im->way[--im->way_count]].tag &= (uint16_t) ~MARK_ON_WAY;
    out_close(&im->out, ']');
}
