/* JSON before the flow runs: what an expression reads of a JSON variable, and what is known of the
 * JSON that one makes. Whatever cannot be told is unknown, never guessed. */
#ifndef POSTFLOW_EXPR_JSON_SHAPE_H
#define POSTFLOW_EXPR_JSON_SHAPE_H

#include "engine/expr/expr.h"

enum json_kind {
    JSON_UNKNOWN,
    JSON_NOTHING, /* null, NOT_SET */
    JSON_BOOLEAN,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_LIST,
    JSON_OBJECT
};
struct json_shape {
    enum json_kind kind;
    bool open;       /* an object that may have other members */
    bool literal;    /* a text that is known */
    struct str text; /* then this */
    struct json_member *members;
};
struct json_member {
    struct str key;
    struct json_shape shape;
    struct json_member *next;
};
/* Lives in the arena; texts also in the pool. Nothing is known below JSON_SHAPE_DEPTH, and of no
 * more than JSON_SHAPE_MEMBERS of an object. */
enum { JSON_SHAPE_DEPTH = 8, JSON_SHAPE_MEMBERS = 256 };
struct json_shape json_shape_of_value(struct arena *arena, const struct pool *pool,
                                      struct value value);
/* Of a compiled expression. */
struct json_shape json_shape_of(struct arena *arena, struct pool *pool, const struct expr *expr);
/* The same without names, so that nothing is known of variables; false on a syntax error. */
bool json_shape_of_text(struct arena *arena, struct pool *pool, struct str text,
                        struct json_shape *out);
/* NULL: it has none of this name. */
const struct json_shape *json_shape_member(const struct json_shape *shape, struct str key);

/* One place where an expression reads the variable. */
enum { JSON_READ_STEPS = 4 };
struct json_read {
    struct str steps[JSON_READ_STEPS]; /* names of properties, from the outermost */
    unsigned count;                    /* 0: the whole value */
    enum json_kind wanted;             /* what it must be there; JSON_UNKNOWN: anything will do */
    bool asked;                        /* only whether it is there */
    uint32_t at, len;                  /* the variable's bytes in the text */
};
/* `variable`: "Call.InvocationData", in any letter case. The texts live until the call-back
 * returns. False on a syntax error. */
bool expr_json_reads(struct env *env, struct str text, struct str variable,
                     void (*found)(void *context, const struct json_read *read), void *context);

#endif
