/* Inside the settings: what reading, checking and asking share. */
#ifndef POSTFLOW_FLOW_SETTINGS_PARTS_H
#define POSTFLOW_FLOW_SETTINGS_PARTS_H

#include "engine/flow/settings.h"

enum { SETTINGS_NODE = 1 }; /* the root of settings->doc */

/* Checks an object of the shape of postflow.json, or of a scenario's world, against the table of
 * what may stand there. */
void settings_check(const struct doc *doc, node_id root, bool world, struct diags *diags);
/* After it was laid over what was there: groups name schedules that exist. */
void settings_check_names(const struct settings *settings, const struct doc *doc, node_id root,
                          struct diags *diags);

/* One diagnostic at a node; false. */
bool settings_fail(const struct doc *doc, node_id node, enum diag_code code, struct str a,
                   struct str b, struct str c, struct diags *diags);
/* The index of a text among words; -1: it is none of them. */
int settings_word(const struct doc *doc, node_id node, const char *const *words);
/* Four numbers with dots between them; false: it is none. */
bool settings_version(struct str text, int64_t parts[static 4]);

/* The names of licences, from LICENCE_CX1 on, and of the options' values, each in the order of its
 * enum; the end is NULL. */
extern const char *const licence_words[];
extern const char *const system_disconnect_words[];
extern const char *const secure_clears_words[];
extern const char *const conference_rule_words[];
extern const char *const target_unpublished_words[];
extern const char *const survey_words[]; /* from SURVEY_FREE_TEXT on */
extern const char *const group_words[]; /* from GROUP_EMERGENCY on */

/* One period of a schedule. */
struct period {
    bool fixed, active; /* {"active": ...}, true, false */
    bool daily;         /* from and to are seconds of the day, else moments */
    unsigned days;      /* bit 0: Monday */
    int64_t from, to;
};
/* What a period's part must be is said in `wanted` when it is none: `wrong` is its node. */
struct period_fault {
    node_id wrong;
    const char *part, *wanted;
};
bool period_read(const struct doc *doc, node_id node, struct period *out,
                 struct period_fault *fault);

#endif
