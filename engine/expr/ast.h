/* The tree of an expression, and what its files share. */
#ifndef POSTFLOW_EXPR_AST_H
#define POSTFLOW_EXPR_AST_H

#include "engine/expr/expr.h"

enum node_op {
    OP_LITERAL,
    OP_NOT_SET, /* untyped until something around it gives it a type */
    OP_VARIABLE,
    OP_CALL, /* `function` */
    OP_IF,   /* If and ?: */
    OP_AND,  /* two arguments or more */
    OP_OR,
    OP_PROPERTY, /* name: of `name` */
    OP_INDEX,
};

struct function;
struct property;
struct expr {
    uint8_t op;           /* enum node_op */
    bool accepts_not_set; /* as an argument of the call around it */
    struct expr_type type;
    uint16_t argc;
    uint32_t line, column;
    struct expr **args;
    struct str name; /* variables ("Flow.x"), calls and properties before they are resolved; texts
                        where there is no pool */
    struct str source; /* of such a text, with its quotes */
    uint32_t at;     /* byte offset of the name */
    struct value literal;
    struct expr_var var;
    const struct function *function;
    const struct property *property; /* NULL: of a JSON value */
};

struct parser {
    struct arena *arena;
    struct pool *pool; /* NULL: only the shape is wanted (references) */
    struct str text;
    size_t at;
    unsigned depth, calls;
    size_t counted; /* line and column are those of this offset */
    uint32_t line, column;
    struct diags *diags;
    const struct place *place;
    bool failed;
    struct token {
        int kind; /* a character, or enum token_kind */
        struct str text;
        size_t start;
        uint32_t line, column;
    } token;
};

/* The tree of the whole text; NULL and one diagnostic. */
struct expr *expr_parse(struct parser *parser);
/* A diagnostic at a byte offset of the text; NULL. */
void *expr_fail(struct parser *parser, size_t offset, enum diag_code code, struct str a,
                struct str b);

/* Wraps a result in the conversion to `wanted`; NULL where there is none. */
struct expr *expr_convert(struct parser *parser, struct expr *expr, struct expr_type wanted);

struct eval {
    struct expr_run *run;
    struct expr_error *error;
    uint32_t steps;
};
/* A run-time error at a node; false. */
bool eval_fail(struct eval *eval, const struct expr *at, enum diag_code code, struct str argument);
typedef bool function_run(struct eval *eval, const struct expr *at, const struct value *args,
                          unsigned count, struct value *out);

/* One overload. Types of a signature: b Boolean, i Integer, d Decimal, s String, t DateTime,
 * u Duration, j JSON, a Audio, p Phone, P Prompt, Q Queue, U User, G Group, S Skill, H Schedule,
 * R ScheduleGroup, E EmergencyGroup, c Communication, C Currency, m EmailAddress, k LanguageSkill,
 * w WrapupCode, O a constant (Format.String.playChars), * any scalar, T one type throughout;
 * [ before a letter: a list of it, ? behind: NOT_SET is accepted, + behind the last: repeats.
 * "s:ss?" is a String from a String and a String or NOT_SET. */
struct function {
    const char *name;
    const char *signature;
    function_run *run;
    int64_t variant; /* tells the functions that share `run` apart */
};
extern const struct function expr_function_table[];
extern const size_t expr_function_count;

/* The property of a type and the type it has; NULL: there is none. */
const struct property *property_find(uint8_t type, struct str name, uint8_t *result);
bool property_get(struct eval *eval, const struct property *property, struct value of,
                  struct value *out);

struct expr_type signature_type(const char **at, bool *not_set);

#endif
