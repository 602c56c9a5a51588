/* Which files of a folder are flows. */
#ifndef POSTFLOW_FLOW_FLOW_FILES_H
#define POSTFLOW_FLOW_FLOW_FILES_H

#include <stdbool.h>
#include "engine/base/str.h"

enum flow_file {
    FLOW_FILE_NONE,
    FLOW_FILE_MAYBE, /* other YAML: what is in it says whether it is a flow */
    FLOW_FILE_NAMED, /* *.flow.json, *.flow.yaml, *.flow.yml */
};
enum flow_file flow_file_of(const char *path);
/* Whether the first key of YAML text is that of a type of flow: then it is meant to be one,
 * whatever else is wrong with it. */
bool flow_file_begins(struct str text);

#endif
