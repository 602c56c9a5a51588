/* What the files of commands share: one function a command, and the words of a line. */
#ifndef POSTFLOW_SESSION_COMMANDS_H
#define POSTFLOW_SESSION_COMMANDS_H

#include "engine/session/parts.h"

#define COMMAND(function, name, syntax, note, flags, words, completer)                             \
    bool command_##function(struct session *session, struct str arguments);
#include "engine/session/commands.def"
#undef COMMAND

/* Takes the first word off: up to a space, or what is between double quotes. */
struct str command_word(struct str *rest);
/* "This command is written ..."; false. */
bool command_usage(struct session *session, const char *name);
/* A count from 1, `otherwise` when there is none; false when it is no such number. */
bool command_count(struct str text, size_t otherwise, size_t *out);

/* By key or label; false and the message. */
bool command_flow_type(struct session *session, struct str text, enum flow_type *out);
/* "[TYPE::]NAME"; NULL: none. */
struct flow *command_find_flow(const struct session *session, struct str text);
/* Where an action under the cursor sends the call; false: nowhere, or not by a name. */
bool command_target(const struct session *session, enum flow_type *type, struct str *name);

/* --- fields.c --- */
struct field_at {
    node_id owner; /* the action, or the row */
    const struct field *field;
    struct field row; /* what `field` is where a row has no fields of its own: never copied */
};
/* The fields of what the cursor is on, and the node they count from; never NULL. */
const struct field *field_list(const struct session *session, node_id *owner);
/* FIELD, or FIELD/ROW/PART of a list field; FIELD/ROW where a row is one value. */
bool field_find(struct session *session, struct str name, struct field_at *out);
/* The same without a message. */
bool field_find_quiet(const struct session *session, struct str name, struct field_at *out);
const struct field *field_named(const struct field *fields, struct str name);
/* The field by which the action names a flow, and the type that flow has now; NULL: none. */
const struct field *field_of_flow(const struct flow *flow, node_id action, enum flow_type *type);

/* --- commands_uses.c --- */
/* The name of what a node is, with every reference to it. */
bool session_rename(struct session *session, node_id node, struct str name);

/* --- complete.c --- */
#define COMPLETERS(X)                                                                              \
    X(path) X(output) X(action) X(field) X(row) X(case) X(variable) X(paste) X(move) X(world)      \
    X(variables) X(thing) X(use) X(new) X(flow) X(open) X(file) X(export) X(problem) X(stimulus)   \
    X(topic) X(explain) X(expression) X(break) X(branch)
#define X(name)                                                                                    \
    bool complete_##name(struct session *session, struct str arguments, size_t n, struct buf *out);
COMPLETERS(X)
#undef X

/* --- commands_world.c --- */
/* The n-th section of postflow.json; NULL: no more. */
const char *session_world_section(size_t n);

#endif
