/* Inside the compiler: what its files share. */
#ifndef POSTFLOW_CALL_COMPILE_H
#define POSTFLOW_CALL_COMPILE_H

#include "engine/call/program.h"
#include "engine/flow/implied.h"

enum { NO_CONTAINER = 0xffffffff };

struct compiler {
    struct program *program;
    struct program_flow *out;
    const struct flow *flow;
    uint32_t container; /* index of the one being compiled */
    uint32_t loop;      /* the pass op of the loop around; NO_OP */
    struct expr_names names;
    struct implied_variables implied; /* of the flow */
    struct diags diags;
};

/* compile_value.c: each appends one operand and returns its index. */
uint32_t compile_value(struct compiler *c, const struct form_value *form, enum value_type type,
                       bool list);
uint32_t compile_path(struct compiler *c, node_id owner, const char *path, enum value_type type,
                      bool list);
/* Where a result goes: {var: X}, bare X, or nothing. */
uint32_t compile_result(struct compiler *c, node_id node);
uint32_t compile_constant(struct compiler *c, struct value value);
uint32_t compile_fault(struct compiler *c, struct str sentence);
/* Where a flow is its only task, both kinds are declared on one node: `task` says which are
 * wanted. */
void compile_variables(struct compiler *c, node_id owner, bool task);
/* The vector of initial values, `hidden` unset slots behind them. */
uint32_t compile_initial(struct compiler *c, uint32_t first, uint32_t count, uint32_t hidden);

/* compile_fields.c: fixed operands by the table, then rows. */
void compile_fields(struct compiler *c, uint32_t op);
/* Members of an object, each a named value (inputs) or, with a `bind`, a named result. */
void compile_named(struct compiler *c, node_id object, enum operand_bind bind);
/* compile_other.c: the operands of an action without an executor, from the catalogue's fields. */
void compile_other(struct compiler *c, struct op *op);
/* How many fixed operands an op of that kind has, and their paths (for the tests). */
struct operand_spec {
    const char *path; /* NULL ends the table */
    uint8_t type, list, result;
};
const struct operand_spec *operand_specs(enum op_kind kind);

/* compile_flow.c */
uint32_t compile_list(struct compiler *c, node_id list, uint32_t after);
void compile_flow(struct program *program, struct program_flow *out);
struct op *compile_op(struct compiler *c, enum op_kind kind, node_id node, uint32_t next);
uint32_t compile_container(struct compiler *c, node_id node);
/* A choice's op goes on at its menu; its fields follow when all choices have their ops. */
void compile_choice_op(struct compiler *c, node_id choice, uint32_t menu);
void compile_choice_fields(struct compiler *c, uint32_t op);

/* compile_menu.c */
void compile_menu(struct compiler *c, uint32_t op);

struct str compile_text(const struct compiler *c, node_id owner, const char *path);
/* A literal duration in ms at `path`, else `otherwise`. */
int64_t compile_duration(const struct compiler *c, node_id owner, const char *path,
                         int64_t otherwise);
/* A literal integer at `path`, else `otherwise`. */
int64_t compile_integer(const struct compiler *c, node_id owner, const char *path,
                        int64_t otherwise);

#endif
