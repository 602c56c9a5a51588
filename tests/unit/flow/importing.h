/* What the tests of the import share: configurations written short. */
#ifndef POSTFLOW_TESTS_UNIT_FLOW_IMPORTING_H
#define POSTFLOW_TESTS_UNIT_FLOW_IMPORTING_H

#include "tests/unit/flow/reading.h"

/* In literals of this file's users: values as they are in exports. */
#define V(type, mode, text)                                                                        \
    "{'config':{},'text':'" text "','type':'" type "','uiMetaData':{'mode':" mode "},'version':2}"
#define AUDIO(text) "{'defaultAudio':{'text':'" text "','type':'aud'},'cases':[]}"
#define PATH(id, next) "{'label':'L','outputId':'" id "','nextActionId':'" next "'}"

/* The flow that a configuration becomes, on one line with ' for ", until the next call; fails the test
 * when it is refused. What was told, without what is of use to the editor alone, is in
 * reading_told(). */
const char *import_line(struct reading *r, const char *configuration);
/* The same of an inbound call flow of one task `T` (number 10) that begins with the action `a`. */
const char *import_actions(struct reading *r, const char *actions);
/* Fails unless `line` has `part`. */
void import_expect(const char *line, const char *part);

#endif
