/* Inside the import: what its files share. Reading goes through the functions here, so that each
 * member of the export is known to have been used; what was not is told at the end
 * (import_report.c).
 */
#ifndef POSTFLOW_FLOW_IMPORT_PARTS_H
#define POSTFLOW_FLOW_IMPORT_PARTS_H

#include "engine/flow/flow.h"
#include "engine/flow/import_out.h"

/* In the tags of the export's nodes. */
enum import_mark {
    MARK_LOOKED = 1, /* an object or a list: each of its members is judged by itself */
    MARK_USED = 2,   /* with all that is in it */
    MARK_MADE = 4,   /* an action that stands in the tree */
    MARK_ON_WAY = 8, /* an action on the way to the one that is being made */
    MARK_TOLD = 16,  /* an action that was told of to be reached in several ways */
};

/* A task, menu or state of the export. */
struct import_item {
    node_id node;
    const char *list, *word; /* "tasks", "task" */
    struct str ref_id;
    uint32_t uses;  /* texts elsewhere in the export that are its id */
    bool in_choice; /* one of them is a menu choice that holds it */
    bool made;      /* it stands in the tree already */
};

struct import {
    struct env *env;
    struct doc *doc;
    struct diags *diags;
    struct arena arena; /* texts that are made */
    struct import_out out;
    enum flow_type type;
    struct str root; /* the flow's root key */
    struct str language;
    struct text_map ids;      /* of actions: their nodes */
    struct text_map item_ids; /* numbers in items, from 1 */
    struct import_item *items;
    size_t item_count, item_capacity;
    node_id *way; /* actions from the task's beginning to the one that is being made */
    size_t way_count, way_capacity;
    size_t most; /* bytes of text up to which actions are copied */
    bool told_most;
    bool failed;
};

/* Where an action stands while it is made. */
struct import_spot {
    node_id action;
    node_id list;     /* the actions of its task */
    struct str after; /* the id of what its paths go on with when they end; empty: nothing */
    struct str loop;  /* the id of the loop around it; empty: none */
    struct str leave; /* the id of what comes behind that loop; empty: nothing */
    node_id start;    /* the first action of the task */
    const struct import_item *item; /* the task or state, NULL: none of its own */
};

/* --- import.c: reading and telling */

/* A member, marked as looked at; 0: none. */
node_id import_member(struct import *im, node_id object, const char *key);
/* A member that is a text, number or boolean, marked as used; empty: none. */
struct str import_text(struct import *im, node_id object, const char *key);
bool import_is_true(struct import *im, node_id object, const char *key);
/* The first item of a list member, the list being looked at; 0: none. Next ones by doc_next. */
node_id import_first(struct import *im, node_id object, const char *key);
void import_mark(struct import *im, node_id node, enum import_mark mark);
bool import_marked(const struct import *im, node_id node, enum import_mark mark);
void import_tell(struct import *im, enum diag_code code, node_id node, struct str a, struct str b,
                 struct str c);
/* Of an action or item for messages: its name, else its type. */
struct str import_name(const struct import *im, node_id node);
/* "__NOT_FOUND__" -> "notFound"; "PlayAudioAction" -> "playAudio" with the ending "Action". */
struct str import_camel(struct import *im, struct str id);
struct str import_stem(struct import *im, struct str type, struct str ending);
/* A copy that lives as long as the import. */
struct str import_keep(struct import *im, const struct buf *text);
struct str import_lower(struct import *im, struct str text);

/* --- import_values.c */

bool import_is_value(const struct import *im, node_id node);
bool import_is_audio(const struct import *im, node_id node);
void import_value(struct import *im, struct str key, node_id node);  /* lit | exp | noValue */
void import_result(struct import *im, struct str key, node_id node); /* var | noValue */
void import_audio(struct import *im, struct str key, node_id node);  /* tts | prompt | exp ... */
void import_flag(struct import *im, struct str key, node_id node);   /* true | false */
/* List of {name, value}: an object of values, or of results. */
void import_pairs(struct import *im, struct str key, node_id list, bool results);
/* {"noValue": true}, {"none": true} and others of one member that is true. */
void import_true(struct import *im, struct str key, const char *member);
/* The type of a value as variables are declared ("string", "stringCollection"); empty: not known.
 */
struct str import_type(struct import *im, node_id value);
void import_variables(struct import *im, const char *key, node_id owner);

/* --- import_actions.c, import_graph.c, import_items.c */

/* {"key": {...}}: an action, with the actions on its paths. */
void import_action(struct import *im, const struct import_spot *spot);
/* The fields of an action, or of the choice that wraps it, without the name. */
void import_fields(struct import *im, const struct action_info *info,
                   const struct import_spot *spot);
/* What the catalogue calls an action of this kind; NULL: nothing. */
const struct action_info *import_kind(struct import *im, node_id action);
/* A list of actions under `key`: the chain that begins with the id `first`. */
void import_list(struct import *im, const char *key, struct str first,
                 const struct import_spot *spot);
/* Of the first list of a task or state: what its spot is. */
struct import_spot import_spot_of(struct import *im, node_id task, const struct import_item *item);
/* Whether the tree may be nested as deep as an action needs it here; else it is told, and the
 * import fails. */
bool import_has_room(struct import *im, node_id node);
/* The text that refers to an item by its id; empty: there is none. */
struct str import_ref(struct import *im, struct str id);
struct import_item *import_item_of(struct import *im, struct str id);
void import_items_find(struct import *im);
/* startUpTaskActions, menus, tasks, states. */
void import_items(struct import *im);
void import_menu_settings(struct import *im, node_id owner);

/* --- import_settings.c, import_report.c */
void import_settings(struct import *im);
void import_report(struct import *im);

#endif
