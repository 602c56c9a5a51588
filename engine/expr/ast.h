/* The tree of an expression, and what its files share. */
#ifndef POSTFLOW_EXPR_AST_H
#define POSTFLOW_EXPR_AST_H

#include "engine/expr/expr.h"

enum node_op {
    OP_LITERAL,
    OP_NOT_SET, /* untyped until something around it gives it a type */
    OP_VARIABLE,
    OP_CALL,    /* `function` */
    OP_INTEGER, /* the same, where it is an operator over integers */
    OP_IF,      /* If and ?: */
    OP_AND,     /* two arguments or more */
    OP_OR,
    OP_PROPERTY, /* name: of `name` */
    OP_INDEX,
};

struct function;
struct property;
/* A node. `args` follow it in memory; `name` is a variable's ("Flow.x"), a call's or a property's,
 * and where there is no pool a text's without its quotes. */
struct expr {
    uint8_t op;           /* enum node_op */
    bool accepts_not_set; /* as an argument of the call around it */
    bool cast;            /* not written: what is wanted needs it */
    struct expr_type type;
    uint16_t argc, line, column;
    uint32_t at; /* byte offset of the name */
    struct str name;
    union {
        struct value literal;
        struct str source; /* of a text where there is no pool, with its quotes */
        struct expr_var var;
        const struct function *function;
        const struct property *property; /* NULL: of a JSON value */
    };
    struct expr **args;
};

struct parser {
    struct arena *arena;
    struct pool *pool; /* NULL: only the shape is wanted (references) */
    struct str text;
    const char *end; /* of the text */
    size_t at;
    unsigned depth, calls;
    bool plain;     /* one line of ASCII: a column is an offset */
    size_t counted; /* else line and column are those of this offset */
    uint32_t line, column;
    bool escaped;          /* the last text has escapes */
    struct expr **pending; /* arguments of the calls that are still open */
    size_t pending_count, pending_capacity;
    struct diags *diags;
    const struct place *place;
    bool failed;
    struct token {
        int kind; /* a character, or enum token_kind */
        struct str text;
        size_t start;
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
 * D Date, h Time, u Duration, C Currency, j JSON, p Phone, m EmailAddress, a Audio, P Prompt,
 * c Communication, Q Queue, U User, G Group, S Skill, k LanguageSkill, H Schedule, R ScheduleGroup,
 * E EmergencyGroup, w WrapupCode, A AgentScorePair, x ExternalContact, X ExternalOrganization,
 * g Grammar, J JourneyOutcome, o JourneyOutcomeScore, n JourneySegment, N JourneySession,
 * K KnowledgeDocument, L UtilizationLabel, F SurveyForm, y SurveyQuestionGroup,
 * Y SurveyAnswerOption, q SurveyQuestion, 1 to 8 Format.Bool, Currency, Date, Number, PhoneNumber,
 * String, Time, TimePart, 9 Language.*, * any scalar, # anything, T one type throughout; [ before a
 * letter: a list of it, ? behind: NOT_SET is accepted, + behind the last: repeats. "s:ss?" is a
 * String from a String and a String or NOT_SET. */
struct function {
    const char *name;
    const char *signature;
    function_run *run; /* NULL: an operator over integers, which `variant` names */
    int64_t variant;   /* tells the functions that share `run` apart */
};
extern const struct function expr_function_table[];
extern const size_t expr_function_count;
/* The same with its signature taken apart. */
struct parameter {
    struct expr_type type; /* TYPE_NONE: any */
    char letter;
    bool not_set;
};
enum { MOST_PARAMETERS = 7 };
struct overload {
    const struct function *function;
    uint16_t next; /* of the same name */
    uint8_t count;
    bool repeats; /* the last */
    struct parameter result, parameters[MOST_PARAMETERS];
};
/* The overloads of a name, whatever its letter case, one by one in the order of the table: first
 * `after` NULL, then the one before. NULL: no more. */
const struct overload *overload_next(struct pool *pool, struct str name,
                                     const struct overload *after);
/* Reads one parameter of a signature. */
struct parameter signature_parameter(const char **at);
/* Where a block of mem_alloc may be kept that dies with the pool; NULL at first. */
void **pool_companion(struct pool *pool);
/* An empty buffer for the text that one function makes; the pool's. */
struct buf *pool_scratch(struct pool *pool);

/* The property of a type and the type it has; NULL: there is none. */
const struct property *property_find(uint8_t type, struct str name, uint8_t *result);
bool property_get(struct eval *eval, const struct property *property, struct value of,
                  struct value *out);

#endif
