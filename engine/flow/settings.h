/* postflow.json, typed (simulation.md section 5). Every key is optional. Texts live as long as the
 * workspace's settings. What is not named answers "not stated". */
#ifndef POSTFLOW_FLOW_SETTINGS_H
#define POSTFLOW_FLOW_SETTINGS_H

#include "engine/doc/doc.h"
#include "engine/flow/catalogue.h"

enum licence { LICENCE_NOT_STATED, LICENCE_CX1, LICENCE_CX1_WEM2, LICENCE_CX2, LICENCE_CX2_WEM1,
               LICENCE_CX3 };
enum system_disconnect { SYSTEM_DISCONNECT_OFF, SYSTEM_DISCONNECT_ANY, SYSTEM_DISCONNECT_ON };
enum secure_clears { SECURE_CLEARS_SUCCESS, SECURE_CLEARS_ALWAYS, SECURE_CLEARS_NEVER };
enum conference_rule { CONFERENCE_LAST_AGENT, CONFERENCE_FIRST_AGENT };
enum target_unpublished { UNPUBLISHED_DISCONNECT, UNPUBLISHED_RUN };

struct options {
    enum system_disconnect system_disconnect;
    bool one_shot;
    enum secure_clears secure_transfer_clears;
    bool outbound_post_flow;
    bool external_number_is_callee;
    enum conference_rule conference_rule;
    enum target_unpublished target_unpublished;
};

struct settings {
    struct env *env;
    struct doc *doc;      /* its root is the whole; NULL: nothing is stated */
    struct doc *merged;   /* doc, where it was made from two; NULL: doc is borrowed */
    struct str edge;      /* "1.0.0.15220", empty: not stated */
    enum licence licence;
    struct options options;
    int64_t now;          /* seconds since 1970; default 2026-01-01T00:00:00Z */
};

void settings_init(struct settings *settings, struct env *env);
void settings_release(struct settings *settings);
/* Reads an object node of a document; unknown keys are warnings, wrong values errors, both with
 * line. A second call reads a scenario's `world` over what is there: a key given wins, in a map an
 * entry given wins. `now` (a date and time) is known there as well. */
void settings_read(struct settings *settings, struct doc *doc, node_id root, struct diags *diags);

/* -1: older than 1.0.0.15220, 0: not stated or not a version, 1: fine. */
int settings_edge_allows_post_flow(const struct settings *settings);
/* -1: this licence cannot invoke a survey, 0: not stated, 1: fine. */
int settings_licence_allows_survey(const struct settings *settings);
bool settings_unpublished(const struct settings *settings, enum flow_type type, struct str name);

/* Look-ups below the tree: the node of queues/NAME, users/NAME, dataTables/NAME ...; 0: none. A
 * `section` is a key of postflow.json; sections that are lists ("skills") match a text item. */
node_id settings_entry(const struct settings *settings, const char *section, struct str name);
/* The n-th name of a section (for pickers); false: no more. */
bool settings_name(const struct settings *settings, const char *section, size_t n,
                   struct str *name);

#endif
