/* Architect expressions (domain.md section 5): text is parsed and type-checked once into an
 * immutable tree, then evaluated as often as needed. Functions, operators, properties are table
 * entries (functions.def): name, overloads, purity, help, worked example. */
#ifndef POSTFLOW_EXPR_EXPR_H
#define POSTFLOW_EXPR_EXPR_H

#include "engine/base/diag.h"
#include "engine/expr/value.h"

/* The type of an expression or field: `any` where a field takes every type. */
struct expr_type {
    uint8_t type; /* enum value_type; TYPE_NONE: any (for fields), untyped NOT_SET (for results) */
    bool list;
};

/* A variable as the owner of the names sees it: frame and index are handed back at run time. */
struct expr_var {
    struct expr_type type;
    uint8_t frame; /* index in expr_run.frames, < EXPR_FRAMES */
    uint32_t index;
};
enum { EXPR_FRAMES = 8 };

/* Resolves "Flow.x": scope "Flow", name "x" (letter case does not matter). False: unknown. */
struct expr_names {
    bool (*find)(void *context, struct str scope, struct str name, struct expr_var *out);
    void *context;
};

struct expr; /* lives in the arena it was compiled into */

/* Parses and checks. `wanted` is the field's type: a result that converts implicitly is wrapped in
 * its ToX cast. NULL and one diagnostic on error: place->file and path are taken over, line is the
 * line inside the text + place->line - 1, column the same on its first line (so that a caller who
 * passes line 1, column 1 gets positions in the text). Literal values are interned in `pool`. */
struct expr *expr_compile(struct arena *arena, struct pool *pool, struct str text,
                          const struct expr_names *names, struct expr_type wanted,
                          const struct place *place, struct diags *diags);
struct expr_type expr_type_of(const struct expr *expr);
/* The conversion that `wanted` put around the whole, "ToString", and the type of what is inside of
 * it; NULL: none, *own is the type of the whole. */
const char *expr_cast_of(const struct expr *expr, struct expr_type *own);

/* Every variable an expression reads (constants are none), and every text that stands alone in a
 * call (FindQueue("Support")), each occurrence once: for "where used" and rename. `at` and `len`
 * are the byte span of "Scope.Name", or of the text with its quotes. Parses only; false on a syntax
 * error. */
struct expr_reference {
    struct str call; /* the function's name; empty: a variable */
    struct str scope, name;
    uint32_t at, len;
};
bool expr_references(struct env *env, struct str text,
                     void (*found)(void *context, const struct expr_reference *reference),
                     void *context);

/* What is stated of the world that a call meets (postflow.json). */
enum expr_answer { EXPR_NOT_STATED, EXPR_NONE, EXPR_FOUND };
struct expr_world {
    const void *context;
    /* The name, as it is written there, of an object by its "name", "id" or "email". */
    enum expr_answer (*find)(const void *context, enum value_type type, const char *by,
                             struct str key, struct str *name);
    /* The "id" or "email" of an object; false: it is not stated. */
    bool (*detail)(const void *context, enum value_type type, struct str name, const char *what,
                   struct str *out);
    /* The tag of the language that a text is in; false: it is not stated. */
    bool (*language)(const void *context, struct str text, struct str *out);
    /* How much of `to` one of `from` is, a number; false: it is not stated. */
    bool (*rate)(const void *context, struct str from, struct str to, struct str *out);
};

/* Appends the canonical text of an expression, which parses to the same tree: one blank around
 * binary operators, no parentheses that precedence makes needless, `and` and `or` in lower case,
 * functions in the catalogue's letters, numbers and texts in one way. Names need not be known and
 * types not fit. The text may become longer than an expression may be (LIMIT_EXPRESSION_LENGTH).
 * False and one diagnostic, as expr_compile gives it, where the text is none. */
bool expr_print(struct pool *pool, struct str text, struct buf *out, const struct place *place,
                struct diags *diags);

struct expr_run {
    struct pool *pool;
    const struct expr_world *world; /* NULL: nothing is stated */
    const struct value *frames[EXPR_FRAMES]; /* variables by expr_var.frame and index */
    int64_t now;                             /* seconds since 1970: GetCurrentDateTimeUtc */
    struct str language;
    /* The budget of calls, where long texts and lists count more: a run-time error when it is used
     * up, and 1 is left then; 0 is a million for each evaluation. */
    uint32_t steps_left;
};
struct expr_error {
    enum diag_code code;
    uint32_t line, column; /* in the expression's text, of the operand */
    struct buf text;       /* the sentence's argument; init before, release after */
};
/* False: a run-time error (raises the flow's error event); `out` is as it was. */
bool expr_eval(const struct expr *expr, struct expr_run *run, struct value *out,
               struct expr_error *error);

/* The n-th property of values of a type, in the order of the table; false: no more. */
bool expr_property(uint8_t type, size_t n, const char **name, uint8_t *result);

/* The reference, for help, completion and the manual. */
struct expr_function {
    const char *name;
    const char *signatures; /* one a line, as in domain.md section 5.6 */
    const char *help;
    const char *example, *result; /* worked example: runs as a test */
};
const struct expr_function *expr_functions(size_t *count);

#endif
