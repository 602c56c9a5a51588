/* The flows of a workspace by type and name; inside the workspace's files only. */
#ifndef POSTFLOW_FLOW_WORKSPACE_NAMES_H
#define POSTFLOW_FLOW_WORKSPACE_NAMES_H

struct env;
struct flow_names;
struct flow_names *flow_names_new(struct env *env);
void flow_names_free(struct flow_names *names);
/* Files were added or taken out. (Changes of documents are noticed.) */
void flow_names_forget(struct flow_names *names);

#endif
