/* Between the walk that makes a picture and the writers: what is drawn, in the order of the flow,
 * and the arrows. */
#ifndef POSTFLOW_FLOW_PICTURE_PARTS_H
#define POSTFLOW_FLOW_PICTURE_PARTS_H

#include "engine/flow/hangup.h"
#include "engine/flow/picture.h"

enum picture_kind {
    PICTURE_START,      /* where the flow begins */
    PICTURE_ERROR,      /* where errors go on, if they do */
    PICTURE_OPEN,       /* a task, menu, sub-menu or state; what follows is in it */
    PICTURE_CLOSE,
    PICTURE_MENU,       /* the menu itself: where it is entered, and its choices are chosen */
    PICTURE_ACTION,     /* also a choice */
    PICTURE_OUTPUT,     /* of the action before; what follows is in it */
    PICTURE_OUTPUT_END,
    PICTURE_END,        /* where paths run out of actions */
    PICTURE_TARGET,     /* outside: a flow, queue, user ... These come last. */
};

struct picture_item {
    enum picture_kind kind;
    node_id node;      /* of the flow; 0: PICTURE_START, PICTURE_ERROR, PICTURE_TARGET */
    uint32_t owner;    /* item: of an output its action, of what is closed its beginning */
    uint32_t end;      /* item that closes what is opened; of a choice with a task its output's */
    uint32_t position; /* of an action in its list, of a choice in its menu, from 1 */
    uint32_t number;   /* of a Set Post-Flow among all of the flow, from 1 */
    uint16_t output;   /* of PICTURE_OUTPUT, from 1 */
    bool reached;      /* some path from the start leads here; of what is no node: true */
    bool targeted;     /* jumps, calls or transfers begin here: arrows say where they go */
    const char *word;  /* of a target: "queue" */
    enum flow_type type; /* of a target that is a flow */
    bool missing;        /* a flow that the workspace has not */
    struct str name;     /* of a target */
};

enum picture_link {
    LINK_NEXT,      /* the next action of a path */
    LINK_KEY,       /* a choice of a menu */
    LINK_BACK,      /* to what was entered before: a loop's next pass, a menu once more */
    LINK_JUMP,      /* to another task, menu or state */
    LINK_CALL,      /* a task or module that comes back */
    LINK_TRANSFER,  /* out of the flow */
    LINK_POST_FLOW, /* who is sent when somebody hangs up */
    LINK_CLEAR,     /* from Clear Post-Flow to the Set Post-Flow that it takes away */
    LINK_ERROR,
    LINK_COUNT
};
struct picture_edge {
    uint32_t from, to; /* items */
    enum picture_link link;
    struct str label; /* as it is in the flow: not escaped yet; may be empty */
};

struct picture {
    struct env *env;
    const struct flow *flow;
    const struct workspace *ws; /* NULL: none */
    struct hangups *hangups;    /* asked already: hangups_slots_again answers */
    struct picture_item *items;
    size_t item_count, item_capacity;
    struct picture_edge *edges; /* by their origin, in the flow's order */
    size_t edge_count, edge_capacity;
    uint32_t *first_edges; /* of item i: from first_edges[i] to first_edges[i + 1] */
    uint32_t *entries;     /* by node: the item where it is entered; 0: it is not drawn */
    struct arena arena;    /* labels */
    uint32_t sets;         /* Set Post-Flow actions */
};

/* The walk. */
void picture_init(struct picture *picture, const struct flow *flow, const struct workspace *ws);
void picture_release(struct picture *picture);
/* Whether an item is drawn as a node. */
bool picture_is_node(const struct picture_item *item);

/* What a node is drawn as. */
enum picture_look {
    LOOK_START,
    LOOK_ACTION,
    LOOK_BRANCH, /* several ways go on */
    LOOK_MENU,
    LOOK_SET,
    LOOK_CLEAR,
    LOOK_TRANSFER,
    LOOK_AWAY, /* jumps, ends of tasks */
    LOOK_HANG_UP,
    LOOK_FLOW, /* outside */
    LOOK_QUEUE,
    LOOK_PARTY,
    LOOK_COUNT
};
enum picture_look picture_look(const struct picture *picture, const struct picture_item *item);

/* Texts of an item, one line each, safe to be shown but not escaped: what it is called; its kind
 * ("play audio"); what it does, cut to `columns`; empty where there is nothing to say. */
void picture_add_name(const struct picture *picture, const struct picture_item *item,
                      struct buf *out);
void picture_add_kind(const struct picture *picture, const struct picture_item *item,
                      struct buf *out);
void picture_add_detail(const struct picture *picture, const struct picture_item *item,
                        int columns, struct buf *out);
/* Text of a file in one line: white space is one blank, controls are marks. */
void picture_add_text(struct buf *out, struct str text);
/* The same in at most so many columns; the rest is "...". */
void picture_add_cut(struct buf *out, struct str text, int columns);
/* The next line of a text that is wrapped at blanks; false: there is no more. */
bool picture_next_line(struct str *rest, int width, struct str *line);
/* "1", "9 in every menu"; empty: no key. */
void picture_add_key(const struct flow *flow, node_id choice, struct buf *out);
/* "voice survey", "flow" where the type is not known. */
const char *picture_flow_word(enum flow_type type);
/* Whether the action is of this kind; a choice that wraps it, too. */
bool picture_is(const struct flow *flow, node_id action, const char *key);

void picture_write_dot(const struct picture *picture, struct buf *out);
void picture_write_mermaid(const struct picture *picture, struct buf *out);
void picture_write_markdown(const struct picture *picture, struct buf *out);

#endif
