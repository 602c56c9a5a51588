/* Help with an expression while it is typed: what the word at the cursor could become, the
 * signature of the call around it, what is wrong or which type it has, the value right now. */
#ifndef POSTFLOW_SESSION_ASSIST_H
#define POSTFLOW_SESSION_ASSIST_H

#include "engine/expr/expr.h"
#include "engine/session/session.h"

/* Where the expression stands. */
struct assist_place {
    const struct flow *flow;
    node_id node;            /* whose variables are in sight */
    struct expr_type wanted; /* TYPE_NONE: any */
};
struct assist_offer {
    struct str text;   /* takes the place of the word */
    struct str detail; /* "String"; of a function what it takes and gives; may be empty */
};
enum { ASSIST_MOST_OFFERS = 500 };

struct assist {
    struct env *env;
    struct arena arena; /* of the texts below; the next look makes them invalid */
    struct names *names; /* of the flow as it was at the last look */
    const struct doc *named;
    uint64_t revision;
    struct assist_offer *offers; /* names in sight, constants and properties, then functions */
    size_t count, capacity;
    size_t from;          /* byte offset of the word before the cursor, which offers replace */
    struct str signature; /* of the call around the cursor, with its number where there are more:
                             "Left(String, Integer) -> String"; empty: there is none */
    struct str parameter; /* the part of it that the cursor is in; empty: past the last */
    size_t fault;         /* byte offset of what is wrong; SIZE_MAX: nothing */
    struct buf verdict;   /* "1:7: ... [E220]", or "Integer, taken as String by ToString" */
    struct buf value;     /* as the call has it now; empty where the call is in no action of this
                             flow or the expression is wrong */
};

void assist_init(struct assist *assist, struct env *env);
void assist_release(struct assist *assist);
/* To be called when the flow may become another while nothing is typed: the texts stay. */
void assist_forget(struct assist *assist);
/* Looks at all of it; `cursor` is a byte offset in the text. Nothing is done to the call. */
void assist_look(struct assist *assist, struct session *session, const struct assist_place *place,
                 struct str text, size_t cursor);
/* Adds the text with its end completed in the n-th way, for lines: they ask for n from 0 on. False:
 * there are no more. */
bool assist_complete(struct session *session, const struct assist_place *place, struct str text,
                     size_t n, struct buf *out);
void assist_free(struct session *session);
/* What a type is called: "String Collection". */
void assist_type(struct expr_type type, struct buf *out);

/* Where the cursor is, by the shape of what stands before it (assist_scan.c). */
enum { ASSIST_DEPTH = LIMIT_EXPRESSION_DEPTH };
struct assist_open {
    size_t name, name_len; /* of the function; len 0: a bracket that is no call */
    size_t chain;          /* where the chain that it is a part of begins */
    unsigned commas;       /* in it, before the cursor */
};
struct assist_scan {
    struct assist_open open[ASSIST_DEPTH];
    unsigned depth;
    bool lost;     /* too deep, or closed what was not open */
    bool in_text;  /* the cursor is in a text: `word` is behind its quote */
    bool has_dot;  /* a dot is before the word, and before that dot the chain */
    size_t word;   /* the word before the cursor is text[word, cursor) */
    size_t chain;  /* has_dot: what the word belongs to is text[chain, dot) */
    size_t dot;
};
void assist_scan(struct str text, size_t cursor, struct assist_scan *out);

#endif
