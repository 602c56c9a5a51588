/* What the tests of the import share: configurations written short. */
#ifndef POSTFLOW_TESTS_UNIT_FLOW_IMPORTING_H
#define POSTFLOW_TESTS_UNIT_FLOW_IMPORTING_H

#include "tests/unit/flow/reading.h"

/* In literals of this file's users: values as they are in exports. */
#define V(type, mode, text)                                                                        \
    "{'config':{},'text':'" text "','type':'" type "','uiMetaData':{'mode':" mode "},'version':2}"
#define AUDIO(text) "{'defaultAudio':{'text':'" text "','type':'aud'},'cases':[]}"
#define PATH(id, next) "{'label':'L','outputId':'" id "','nextActionId':'" next "'}"

#define STR_V(text) V("str", "1", text)
#define OUT_V(name) "{'name':'" name "','value':" V("str", "2", "Task.o") "}"
#define ACTION(type, members) "{'__type':'" type "','id':'a','name':'N'," members "}"
#define STEP(id, more) "{'__type':'PauseHereAction','id':'" id "','name':'" id "'" more "}"
#define NEXT(id) ",'nextAction':'" id "'"
#define CHECK(id, yes, no, more)                                                                   \
    "{'__type':'DecisionAction','id':'" id "','name':'" id "','paths':[" PATH("__YES__", yes) ","  \
    PATH("__NO__", no) "]" more "}"
#define S(name) "{'pauseHere':{'name':'" name "'}}"
#define NOT_KNOWN "W127 1; " /* pauseHere is an action that postflow does not know */
#define FLOW(type, more) "{'name':'F','type':'" type "','flowSequenceItemList':[" more "]}"

/* The flow that a configuration becomes, on one line with ' for ", until the next call; fails the
 * test when it is refused. What was told, without what is of use to the editor alone, is in
 * reading_told(). */
const char *import_line(struct reading *r, const char *configuration);
/* The same of an inbound call flow of one task `T` (number 10) that begins with the action `a`. */
const char *import_actions(struct reading *r, const char *actions);
/* Fails unless `line` has `part`. */
void import_expect(const char *line, const char *part);

#endif
