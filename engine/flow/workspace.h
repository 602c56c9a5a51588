/* A workspace: the folder of the nearest postflow.json upwards, else the file's own folder; every
 * flow under it, found by (type, name); and what postflow.json says of the world (simulation.md
 * section 5). It owns documents and flows. */
#ifndef POSTFLOW_FLOW_WORKSPACE_H
#define POSTFLOW_FLOW_WORKSPACE_H

#include "engine/base/file.h"
#include "engine/flow/flow.h"
#include "engine/flow/workspace_calls.h"

struct settings;
struct flow_names;

struct workspace_file {
    struct workspace *ws;
    char *path;
    struct file_stamp stamp;
    struct flow flow;   /* flow.doc NULL: could not be read, or nobody needed it yet */
    bool read;          /* it was tried: doc and diags are what came of it */
    struct diags diags; /* of reading it */
    bool fresh;         /* made here, not on disk yet */
    struct file_stamp seen; /* how it was met on the disk last, if `looked` */
    bool looked;
    bool imported;      /* the file is an export of Architect: its flow is saved elsewhere */
    /* What it was called when it was read last, of use until it is read here. */
    enum flow_type known_type;
    char *known_title; /* NULL: not known */
    size_t known_length;
    struct flow_calls calls; /* what its actions name; ask workspace_calls */
};
struct workspace {
    struct env *env;
    struct limits limits;
    struct atoms atoms;
    char *folder;
    struct workspace_file **files; /* sorted by path */
    size_t count, capacity;
    char **nested; /* folders below with a postflow.json of their own: other workspaces */
    size_t nested_count, nested_capacity;
    struct flow_names *names; /* of the flows, for looking them up; renewed when it is old */
    struct doc *settings_doc; /* postflow.json, NULL: none */
    struct file_stamp settings_stamp, settings_seen;
    struct settings *settings; /* never NULL */
    const struct token_values *tokens; /* NULL: they stay */
    char *known;               /* where the names of its flows are put down; NULL: nowhere */
};

/* `path`: a flow or scenario file, or a folder. All *.flow.json and *.flow.yaml are read, and other
 * *.yaml whose first key is a type of flow (flow_files.h). Files that cannot be read keep their
 * diagnostics and are reported by check. NULL only when the folder cannot be read or postflow.json
 * is broken. */
struct workspace *workspace_open(struct env *env, const struct limits *limits, const char *path,
                                 struct diags *diags);
/* The same, but what a file's flow is called is put down in the folder of state, and a file that is
 * still the same is read only when somebody needs its flow. */
struct workspace *workspace_open_known(struct env *env, const struct limits *limits,
                                       const char *path, const char *state_folder,
                                       struct diags *diags);
/* The same, but tokens that have a value are filled in: nothing of it is to be saved. `tokens`
 * lives as long as the workspace. */
struct token_values;
struct workspace *workspace_open_filled(struct env *env, const struct limits *limits,
                                        const char *path, const struct token_values *tokens,
                                        struct diags *diags);
void workspace_free(struct workspace *ws);
/* The folder that it would be of; owned by the caller. */
char *workspace_folder(struct env *env, const char *path);
/* Reads the file if nobody did; NULL: it cannot be read, file->diags say why. */
struct flow *workspace_flow(struct workspace_file *file);
/* Its flow's type and name, where possible without reading it; false: it cannot be read. */
bool workspace_title(const struct workspace_file *file, enum flow_type *type, struct str *title);
/* A flow file that was not there before; false: it is none, or known. */
bool workspace_take(struct workspace *ws, const char *path);
/* Reads a file without a tree again, as it has changed on the disk. */
void workspace_renew(struct workspace_file *file);
/* Puts the files in the order of their paths again, after one was renamed. */
void workspace_sort(struct workspace *ws);
/* The file with this path (opened when it is not one found by itself), NULL and
 * diagnostics when it cannot be read. */
struct workspace_file *workspace_file(struct workspace *ws, const char *path, struct diags *diags);
/* NULL: none. Of several with one type and name the first. What it remembers is renewed after a
 * change, so that no two threads may ask for the first time at once. */
struct flow *workspace_find(const struct workspace *ws, enum flow_type type, struct str name);
/* Another flow of the same type and name; NULL: there is none. */
const struct workspace_file *workspace_twin(const struct workspace *ws, const struct flow *flow);
struct workspace_file *workspace_file_of(const struct workspace *ws, const struct flow *flow);
/* A new flow from the type's template, not saved yet; the path is NAME.flow.json, made unique and
 * without characters that are trouble in file names. */
struct workspace_file *workspace_new_flow(struct workspace *ws, enum flow_type type,
                                          struct str name, struct diags *diags);
/* Appends what a flow's name is in the name of its file: lower case, a dash for what is trouble
 * there; never empty. */
void workspace_file_name(struct str name, struct buf *out);
/* Takes out a flow that nobody uses. */
void workspace_drop(struct workspace *ws, struct workspace_file *file);
/* Reads postflow.json's tree again after it was edited. */
void workspace_update_settings(struct workspace *ws, struct diags *diags);

/* Where a flow is used: every action of the workspace that names it literally. */
struct use {
    struct flow *flow;
    node_id action;
    node_id node; /* the text that is the name, or the member whose key is */
};
typedef bool (*use_fn)(void *context, const struct use *use); /* false: stop */
void workspace_uses_of_flow(const struct workspace *ws, enum flow_type type, struct str name,
                            use_fn found, void *context);

#endif
