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
 * line. What is wrong is left out, the rest is read. A second call reads a scenario's `world` (a
 * node that is no root) over what is there: a key given wins, in a map an entry given wins. `now`
 * (a date and time) is known there as well. */
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

/* --- the world that a call meets (settings_world.c) */

struct settings_queue {
    struct str in_queue_flow; /* empty: not stated */
    int64_t estimated_wait;   /* milliseconds, -1: not stated */
    int64_t position;         /* -1: not stated */
};
/* False: there is no such queue; `out` then states nothing. */
bool settings_queue(const struct settings *settings, struct str name, struct settings_queue *out);
/* The in-queue flow of queues that have none; empty: not stated. */
struct str settings_default_in_queue_flow(const struct settings *settings);
/* The user who has an extension; empty: nobody. */
struct str settings_user_with_extension(const struct settings *settings, struct str extension);

/* What an action answers at its n-th time (from 0): the output's id and the object of its results,
 * a node of settings->doc. They are used up in order, the last one repeats. 0: nothing is stated.
 * `section` is "dataActions", by "INTEGRATION / ACTION", or "results", by an action's name or its
 * kind. */
node_id settings_result(const struct settings *settings, const char *section, struct str name,
                        size_t n, struct str *output);

enum row_state { ROW_NOT_STATED, ROW_MISSING, ROW_FOUND };
/* The row of a data table with a key; `row` is an object of columns. ROW_NOT_STATED: the table is
 * not stated, so it is not known whether it has one. */
enum row_state settings_table_row(const struct settings *settings, struct str table,
                                  struct str key, node_id *row);

enum survey_kind { SURVEY_FREE_TEXT, SURVEY_RANGE, SURVEY_NPS, SURVEY_YES_NO, SURVEY_CHOICE,
                   SURVEY_READ_ONLY };
struct settings_question {
    struct str text;
    enum survey_kind kind;
    int64_t min, max; /* of RANGE, NPS; of CHOICE 1 and the number of options; of YES_NO 1 and 2 */
    node_id options;  /* of CHOICE: a list of texts in settings->doc */
};
/* The question of a survey form with this text; false: none. */
bool settings_question(const struct settings *settings, struct str form, struct str text,
                       struct settings_question *out);

/* --- schedules (settings_schedule.c)
 *
 *   "schedules": {
 *     "Always": true,                                          or { "active": true }
 *     "Business hours": { "days": "Mon-Fri", "from": "09:00", "to": "17:00" },
 *     "Christmas": { "from": "2026-12-24", "to": "2026-12-26" },
 *     "Maintenance": { "from": "2026-03-01T22:00:00Z", "to": "2026-03-02T02:00:00Z" },
 *     "Weekend shift": [ { "days": "Sat", "from": "22:00", "to": "04:00" }, { "days": "Sun" } ]
 *   },
 *   "scheduleGroups": { "Main": { "open": [ "Business hours" ], "holiday": [ "Christmas" ] } },
 *   "emergencyGroups": { "Evacuation": false }
 *
 * All times are UTC; a day is Mon to Sun, alone, in a range or in a list of these. A time of day
 * that is not given is the day's begin or end; an end before the begin is on the next day. A date
 * as end belongs to the schedule. Of a list one must hold. A group may also be one word:
 * "closed". */
enum schedule_state { SCHEDULE_NOT_STATED, SCHEDULE_INACTIVE, SCHEDULE_ACTIVE };
/* At a second since 1970. */
enum schedule_state settings_schedule(const struct settings *settings, struct str name, int64_t at);
enum schedule_state settings_emergency(const struct settings *settings, struct str name);

enum group_state { GROUP_NOT_STATED, GROUP_EMERGENCY, GROUP_HOLIDAY, GROUP_CLOSED, GROUP_OPEN };
/* The first of emergency, holiday, closed, open that holds, and closed when none does (domain.md
 * section 4.7). `emergency` may be empty; a group that is not stated is GROUP_NOT_STATED unless the
 * emergency group is on. */
enum group_state settings_schedule_group(const struct settings *settings, struct str group,
                                         struct str emergency, int64_t at);
/* The output's id: "open". */
const char *group_state_id(enum group_state state);
/* The n-th active schedule of a group, holidays first; false: no more. */
bool settings_in_service(const struct settings *settings, struct str group, int64_t at, size_t n,
                         struct str *name);

#endif
