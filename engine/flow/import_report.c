/* What of an export has no place in the tree: every node that nobody used, told once for each way
 * to it, with how often it is there. */
#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/import_parts.h"
#include "engine/flow/import_table.h"

enum { MOST_GROUPS = 200 };

struct group {
    struct str way;
    node_id first;
    size_t count;
    bool editor;
};
struct report {
    struct group groups[MOST_GROUPS];
    size_t count;
    size_t more;
    struct text_map ways; /* numbers of groups, from 1 */
};

static bool is_editor(struct str key)
{
    for (const char *const *member = import_editor_members; *member; member++) {
        if (str_is(key, *member))
            return true;
    }
    return false;
}

/* A step of the way: the key, and in a list of actions or items which kind of them. */
static void add_step(const struct import *im, struct buf *way, node_id node)
{
    struct str key = doc_key(im->doc, node);
    if (doc_node(im->doc, node)->key) {
        if (way->len > 0)
            buf_add_char(way, '.');
        buf_add(way, key);
        return;
    }
    node_id type = doc_member_named(im->doc, node, STR("__type"));
    buf_add_char(way, '[');
    if (type)
        buf_add(way, doc_text(im->doc, type));
    buf_add_char(way, ']');
}

static void write_way(const struct import *im, node_id node, struct buf *way)
{
    node_id steps[16];
    size_t count = 0;
    for (; node != 1 && count < sizeof steps / sizeof *steps; node = doc_parent(im->doc, node))
        steps[count++] = node;
    while (count > 0)
        add_step(im, way, steps[--count]);
}

static void add_node(struct import *im, struct report *report, node_id node)
{
    bool editor = is_editor(doc_key(im->doc, node));
    struct buf way;
    buf_init(&way, im->env);
    if (editor)
        buf_add(&way, doc_key(im->doc, node));
    else
        write_way(im, node, &way);
    uint32_t number = text_map_find(&report->ways, buf_str(&way));
    if (number == 0 && report->count == MOST_GROUPS) {
        report->more++;
    } else {
        if (number == 0) {
            struct str kept = import_keep(im, &way);
            number = (uint32_t) ++report->count;
            report->groups[number - 1] = (struct group){ kept, node, 0, editor };
            text_map_add(&report->ways, kept, number);
        }
        report->groups[number - 1].count++;
    }
    buf_release(&way);
}

/* An action that no path leads to is told of by its name. */
static bool is_action(const struct import *im, node_id node)
{
    node_id list = doc_parent(im->doc, node);
    return !doc_node(im->doc, node)->key && doc_kind(im->doc, node) == NODE_OBJECT &&
           str_is(doc_key(im->doc, list), "actionList");
}

/* Nothing is lost with it. */
static bool is_empty(const struct import *im, node_id node)
{
    bool nothing = doc_is_container(im->doc, node) ? !doc_first(im->doc, node)
                                                   : doc_text(im->doc, node).len == 0;
    return nothing || doc_kind(im->doc, node) == NODE_NULL;
}

static void collect(struct import *im, struct report *report)
{
    const struct doc *doc = im->doc;
    size_t told = 0;
    for (node_id id = 1;;) {
        bool looked = id == 1 || import_marked(im, id, MARK_LOOKED);
        if (!looked && !import_marked(im, id, MARK_USED) && !is_empty(im, id)) {
            if (is_action(im, id) && told++ < MOST_GROUPS)
                import_tell(im, DIAG_IMPORT_UNREACHED, id, import_name(im, id), STR_NONE, STR_NONE);
            else
                add_node(im, report, id);
        }
        if (looked && !import_marked(im, id, MARK_USED) && doc_first(doc, id)) {
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

void import_report(struct import *im)
{
    struct report *report = mem_zalloc(im->env, sizeof *report);
    char number[24];
    text_map_init(&report->ways, im->env);
    collect(im, report);
    for (int editor = 0; editor < 2; editor++) {
        for (size_t i = 0; i < report->count; i++) {
            const struct group *group = &report->groups[i];
            snprintf(number, sizeof number, "%zu", group->count);
            if (group->editor == editor)
                import_tell(im, editor ? DIAG_IMPORT_EDITOR : DIAG_IMPORT_DROPPED, group->first,
                            group->way, str_of(number), STR_NONE);
        }
    }
    snprintf(number, sizeof number, "%zu", report->more);
    if (report->more > 0)
        import_tell(im, DIAG_IMPORT_MORE, 1, str_of(number), STR_NONE, STR_NONE);
    text_map_release(&report->ways);
    mem_free(im->env, report);
}
