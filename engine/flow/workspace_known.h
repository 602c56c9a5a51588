/* What the flows of a folder are called and which flows they name, kept between sessions: a
 * workspace of thousands of files opens without reading them. An entry counts only while the file
 * is the very one it was made from (inode, size, times); losing the file that holds them costs time
 * and nothing else. */
#ifndef POSTFLOW_FLOW_WORKSPACE_KNOWN_H
#define POSTFLOW_FLOW_WORKSPACE_KNOWN_H

#include "engine/base/file.h"
#include "engine/flow/catalogue.h"

struct flow_calls;
struct workspace;
struct known_flows;

/* Where that of a folder is in the folder of state; owned by the caller, NULL: nowhere. */
char *known_flows_path(struct env *env, const char *state_folder, const char *folder);
/* Of `file` (NULL: none); empty where it is missing, damaged or of another folder. Never NULL. */
struct known_flows *known_flows_read(struct env *env, const char *file, const char *folder);
void known_flows_free(struct known_flows *known);
/* False: unknown, or it has changed since. *title lives as long as `known`; `calls` is the
 * caller's. */
bool known_flows_find(const struct known_flows *known, const struct file_entry *entry,
                      enum flow_type *type, struct str *title, struct flow_calls *calls);
/* Writes what is known of the workspace's files to ws->known. */
void known_flows_write(const struct workspace *ws);

#endif
