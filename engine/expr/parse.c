/* Text to tree: domain.md section 5.4's grammar by precedence climbing. */
#include <string.h>
#include "engine/base/limits.h"
#include "engine/base/utf8.h"
#include "engine/expr/ast.h"
#include "engine/expr/constants.h"

enum { MOST_ARGUMENTS = 256 };
enum token_kind { END = 256, NAME, INTEGER, DECIMAL, TEXT, EQUAL, UNEQUAL, AT_LEAST, AT_MOST };

/* Moves a position from one offset of the text to a later one. */
static void advance(struct str text, size_t from, size_t to, uint32_t *line, uint32_t *column)
{
    for (size_t i = from; i < to && i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char) text.ptr[i] & 0xc0) != 0x80) {
            ++*column;
        }
    }
}

void *expr_fail(struct parser *p, size_t offset, enum diag_code code, struct str a, struct str b)
{
    struct place place = p->place ? *p->place : (struct place){ .line = 1, .column = 1 };
    uint32_t line = 1, column = 1;
    if (p->failed)
        return NULL;
    p->failed = true;
    if (!p->diags)
        return NULL;
    advance(p->text, 0, offset, &line, &column);
    if (line == 1)
        column += place.column ? place.column - 1 : 0;
    place.line = line + (place.line ? place.line - 1 : 0);
    place.column = column;
    diag_add2(p->diags, code, &place, a, b);
    return NULL;
}

enum {
    LETTER = 1,
    DIGIT = 2,
    BLANK = 4,
    INSIDE = 8, /* of a name, behind its first character */
    BEGINS = 16, /* what may have more characters than one */
};

static unsigned kind_of(unsigned char c)
{
    static const unsigned char kinds[256] = {
        ['\t'] = BLANK,
        ['\n'] = BLANK,
        ['\r'] = BLANK,
        [' '] = BLANK,
        ['0' ... '9'] = DIGIT | INSIDE,
        ['A' ... 'Z'] = LETTER | INSIDE,
        ['a' ... 'z'] = LETTER | INSIDE,
        ['$'] = LETTER | INSIDE,
        [0x80 ... 0xff] = LETTER | INSIDE,
        ['_'] = INSIDE,
        ['.'] = BEGINS,
        ['"'] = BEGINS,
        ['='] = BEGINS,
        ['!'] = BEGINS,
        ['<'] = BEGINS,
        ['>'] = BEGINS,
    };
    return kinds[c];
}

/* Behind the last of the characters of these kinds. */
static inline const char *behind(struct parser *p, const char *at, unsigned kinds)
{
    while (at < p->end && kind_of((unsigned char) *at) & kinds)
        at++;
    return at;
}

static const char *number_end(struct parser *p, const char *at)
{
    p->token.kind = INTEGER;
    at = behind(p, at, DIGIT);
    if (at == p->end || *at != '.' || (at + 1 < p->end && kind_of((unsigned char) at[1]) & LETTER))
        return at;
    p->token.kind = DECIMAL;
    return behind(p, at + 1, DIGIT);
}

static const char *text_end(struct parser *p, const char *at)
{
    p->token.kind = TEXT;
    p->escaped = false;
    for (at++; at < p->end && *at != '"'; at++) {
        if (*at == '\\') {
            p->escaped = true;
            if (++at == p->end)
                break;
        }
    }
    if (at < p->end)
        return at + 1;
    expr_fail(p, p->token.start, DIAG_EXPR_TEXT_OPEN, STR_NONE, STR_NONE);
    return p->end;
}

/* A comparison of one or two characters, or one character. */
static const char *sign_end(struct parser *p, const char *at)
{
    unsigned char c = (unsigned char) *at;
    p->token.kind = c;
    if (at + 1 == p->end || at[1] != '=' || c == '.')
        return at + 1;
    p->token.kind = c == '=' ? EQUAL : c == '!' ? UNEQUAL : c == '>' ? AT_LEAST : AT_MOST;
    return at + 2;
}

/* Behind a text, a fraction without a whole part, or a sign. */
static const char *longer_end(struct parser *p, const char *at)
{
    if (*at == '"')
        return text_end(p, at);
    if (*at == '.' && at + 1 < p->end && kind_of((unsigned char) at[1]) & DIGIT)
        return number_end(p, at);
    return sign_end(p, at);
}

static void next(struct parser *p)
{
    const char *at = p->text.ptr + p->at, *end;
    if (at < p->end)
        at += *at == ' '; /* one blank or none cannot be foretold, more of them seldom come */
    at = behind(p, at, BLANK);
    size_t start = (size_t) (at - p->text.ptr);
    p->token.start = start;
    unsigned kind = at < p->end ? kind_of((unsigned char) *at) : 0;
    if (kind & LETTER) {
        p->token.kind = NAME;
        end = behind(p, at + 1, INSIDE);
    } else if (kind & DIGIT) {
        end = number_end(p, at);
    } else if (kind & BEGINS) {
        end = longer_end(p, at);
    } else {
        p->token.kind = at < p->end ? (unsigned char) *at : END;
        end = at + (at < p->end);
    }
    p->token.text = (struct str){ at, (size_t) (end - at) };
    p->at = start + p->token.text.len;
}

/* A node of the token that is read; its arguments stand behind it. */
static struct expr *new_node(struct parser *p, enum node_op op, unsigned argc)
{
    struct expr *node = arena_alloc(p->arena, sizeof *node + argc * sizeof *node->args);
    if (!p->plain) {
        advance(p->text, p->counted, p->token.start, &p->line, &p->column);
        p->counted = p->token.start;
    }
    *node = (struct expr){ .op = (uint8_t) op,
                           .argc = (uint16_t) argc,
                           .line = (uint16_t) p->line,
                           .column = (uint16_t) (p->plain ? p->token.start + 1 : p->column),
                           .at = (uint32_t) p->token.start,
                           .name = p->token.text,
                           .args = argc ? (struct expr **) (void *) (node + 1) : NULL };
    return node;
}

static struct expr *expression(struct parser *p);

/* One level of nesting more; false where it is one too many. */
static bool deeper(struct parser *p)
{
    if (++p->depth > LIMIT_EXPRESSION_DEPTH)
        expr_fail(p, p->token.start, DIAG_EXPR_DEPTH, STR_NONE, STR_NONE);
    return !p->failed;
}

static bool expect(struct parser *p, int kind, const char *what)
{
    if (p->token.kind != kind) {
        expr_fail(p, p->token.start, p->token.kind == END ? DIAG_EXPR_END : DIAG_EXPR_EXPECTED,
                  str_of(what), p->token.text);
        return false;
    }
    next(p);
    return true;
}

/* The text of a literal with its escapes taken away. */
static struct str unescape(struct parser *p, struct str raw)
{
    struct str inner = { raw.ptr + 1, raw.len - 2 };
    if (!p->escaped)
        return inner;
    char *out = arena_alloc(p->arena, inner.len);
    size_t len = 0;
    for (size_t i = 0; i < inner.len; i++) {
        char c = inner.ptr[i];
        if (c != '\\') {
            out[len++] = c;
            continue;
        }
        c = inner.ptr[++i];
        if (c == 'n' || c == 'r' || c == 't')
            out[len++] = c == 'n' ? '\n' : c == 'r' ? '\r' : '\t';
        else if (c == '"' || c == '\\')
            out[len++] = c;
        else
            expr_fail(p, p->token.start + i, DIAG_EXPR_ESCAPE, STR_NONE, STR_NONE);
    }
    return (struct str){ out, len };
}

/* The same word; `fold`: whatever its letter case, `word` is lower case then. */
static inline bool is_word(struct str text, const char *word, size_t len, bool fold)
{
    if (text.len != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text.ptr[i] != word[i] && !(fold && (text.ptr[i] | 0x20) == word[i]))
            return false;
    }
    return true;
}
#define IS(text, word, fold) is_word((text), (word), sizeof(word) - 1, (fold))

static struct expr *literal(struct parser *p, struct value value)
{
    struct expr *node = new_node(p, OP_LITERAL, 0);
    node->literal = value;
    node->type = (struct expr_type){ value.type, false };
    next(p);
    return node;
}

static struct expr *number(struct parser *p)
{
    struct str text = p->token.text;
    int64_t whole;
    struct value value = value_not_set(TYPE_DECIMAL);
    if (p->token.kind == INTEGER && str_to_int(text, &whole) && whole <= 999999999999999)
        return literal(p, value_integer(whole));
    if (p->token.kind == INTEGER)
        return expr_fail(p, p->token.start, DIAG_EXPR_NUMBER, text, STR_NONE);
    if (p->pool && !value_decimal(p->pool, text, &value))
        return expr_fail(p, p->token.start, DIAG_EXPR_NUMBER, text, STR_NONE);
    return literal(p, value);
}

static struct expr *text_literal(struct parser *p)
{
    struct str source = p->token.text, text = unescape(p, source);
    if (p->failed)
        return NULL;
    if (p->pool)
        return literal(p, value_string(p->pool, text));
    struct expr *node = literal(p, value_not_set(TYPE_STRING));
    node->name = text;
    node->source = source;
    return node;
}

/* An argument more of the innermost call; false where it is none. */
static bool add_argument(struct parser *p, const struct expr *call, size_t from)
{
    if (p->pending_count - from == MOST_ARGUMENTS)
        return expr_fail(p, p->token.start, DIAG_EXPR_ARGUMENTS, call->name, STR_NONE);
    struct expr *arg = expression(p);
    if (p->pending_count == p->pending_capacity) {
        size_t room = p->pending_capacity ? 2 * p->pending_capacity : 16;
        struct expr **more = arena_alloc(p->arena, room * sizeof *more);
        if (p->pending_count)
            memcpy(more, p->pending, p->pending_count * sizeof *more);
        p->pending = more;
        p->pending_capacity = room;
    }
    p->pending[p->pending_count++] = arg;
    return arg;
}

static struct expr *arguments(struct parser *p, struct expr *call)
{
    size_t from = p->pending_count;
    if (++p->calls > LIMIT_EXPRESSION_CALLS)
        return expr_fail(p, call->at, DIAG_EXPR_CALLS, STR_NONE, STR_NONE);
    if (!deeper(p))
        return NULL;
    next(p);
    while (p->token.kind != ')') {
        if (!add_argument(p, call, from))
            return NULL;
        if (p->token.kind != ',')
            break;
        next(p);
        if (p->token.kind == ')')
            return expr_fail(p, p->token.start, DIAG_EXPR_EXPECTED, STR("a value"), STR(")"));
    }
    if (!expect(p, ')', "\")\""))
        return NULL;
    p->calls--;
    p->depth--;
    call->op = OP_CALL;
    call->argc = (uint16_t) (p->pending_count - from);
    call->args = arena_alloc(p->arena, call->argc * sizeof *call->args);
    for (unsigned i = 0; i < call->argc; i++)
        call->args[i] = p->pending[from + i];
    p->pending_count = from;
    return call;
}

static struct expr *name_or_call(struct parser *p)
{
    bool yes = IS(p->token.text, "true", false);
    if (yes || IS(p->token.text, "false", false))
        return literal(p, value_boolean(yes));
    bool nothing = IS(p->token.text, "NOT_SET", false);
    struct expr *node = new_node(p, nothing ? OP_NOT_SET : OP_VARIABLE, 0);
    next(p);
    if (nothing)
        return node;
    if (p->token.kind == '(')
        return arguments(p, node);
    /* Scope.Name: what follows further are properties. */
    if (p->token.kind == '.' && p->token.start == node->at + node->name.len &&
        p->at < p->text.len && kind_of((unsigned char) p->text.ptr[p->at]) & LETTER) {
        next(p);
        node->name.len += 1 + p->token.text.len;
        next(p);
    }
    return node;
}

static struct expr *primary(struct parser *p)
{
    struct expr *node;
    switch (p->token.kind) {
    case INTEGER:
    case DECIMAL:
        return number(p);
    case TEXT:
        return text_literal(p);
    case NAME:
        return name_or_call(p);
    case '(':
        if (!deeper(p))
            return NULL;
        next(p);
        node = expression(p);
        p->depth--;
        return node && expect(p, ')', "\")\"") ? node : NULL;
    case END:
        return expr_fail(p, p->token.start, DIAG_EXPR_END, STR("a value"), STR_NONE);
    default:
        return expr_fail(p, p->token.start, DIAG_EXPR_EXPECTED, STR("a value"), p->token.text);
    }
}

static struct expr *postfix(struct parser *p)
{
    struct expr *node = primary(p);
    unsigned depth = p->depth;
    while (node && (p->token.kind == '.' || p->token.kind == '[')) {
        bool named = p->token.kind == '.';
        if (!deeper(p))
            return NULL;
        next(p);
        struct expr *outer = new_node(p, named ? OP_PROPERTY : OP_INDEX, named ? 1 : 2);
        outer->args[0] = node;
        if (named) {
            if (!expect(p, NAME, "a property"))
                return NULL;
        } else {
            outer->args[1] = expression(p);
            if (!outer->args[1] || !expect(p, ']', "\"]\""))
                return NULL;
        }
        node = outer;
    }
    p->depth = depth;
    return node;
}

/* A single minus binds tighter than ^; ! and ~ stack. */
static struct expr *prefix(struct parser *p)
{
    int kind = p->token.kind;
    if (kind != '!' && kind != '~' && kind != '-')
        return postfix(p);
    if (kind != '-' && !deeper(p))
        return NULL;
    struct expr *node = new_node(p, OP_CALL, 1);
    next(p);
    node->args[0] = kind == '-' ? postfix(p) : prefix(p);
    p->depth -= kind != '-';
    return node->args[0] ? node : NULL;
}

/* Binary operators by level, lowest first; ^ (level 9) is right-associative. */
static int level_of(const struct token *token)
{
    static const signed char levels[] = {
        ['|'] = 3, ['&'] = 4, [EQUAL] = 5, [UNEQUAL] = 5, [AT_LEAST] = 6, [AT_MOST] = 6, ['>'] = 6,
        ['<'] = 6, ['+'] = 7, ['-'] = 7,   ['*'] = 8,     ['/'] = 8,      ['%'] = 8,     ['^'] = 9
    };
    if (token->kind == NAME)
        return IS(token->text, "or", true) ? 1 : IS(token->text, "and", true) ? 2 : 0;
    return levels[token->kind];
}

/* `and` and `or`: a row of them is one node, however long, so that a long list of alternatives is
 * not deep. */
static struct expr *row(struct parser *p, struct expr *node)
{
    struct expr *left = node->args[0], *right = node->args[1];
    if (left->op != node->op)
        return node;
    p->depth--;
    if ((left->argc & (left->argc - 1)) == 0) {
        struct expr **more = arena_alloc(p->arena, 2 * left->argc * sizeof *more);
        memcpy(more, left->args, left->argc * sizeof *more);
        left->args = more;
    }
    left->args[left->argc++] = right;
    return left;
}

static struct expr *binary(struct parser *p, int level)
{
    struct expr *left = prefix(p);
    unsigned depth = p->depth;
    while (left) {
        int its = level_of(&p->token);
        if (its < level || its == 0)
            break;
        if (!deeper(p))
            return NULL;
        struct expr *node = new_node(p, its == 1 ? OP_OR : its == 2 ? OP_AND : OP_CALL, 2);
        next(p);
        node->args[0] = left;
        node->args[1] = binary(p, its == 9 ? 9 : its + 1);
        if (!node->args[1])
            return NULL;
        left = its <= 2 ? row(p, node) : node;
    }
    p->depth = depth;
    return left;
}

/* The branches of ?: hold operators down from `and`. */
static struct expr *expression(struct parser *p)
{
    struct expr *node = binary(p, 1);
    unsigned depth = p->depth;
    while (node && p->token.kind == '?') {
        struct expr *choice = new_node(p, OP_IF, 3);
        if (!deeper(p))
            return NULL;
        next(p);
        choice->args[0] = node;
        choice->args[1] = binary(p, 2);
        if (!choice->args[1] || !expect(p, ':', "\":\""))
            return NULL;
        choice->args[2] = binary(p, 2);
        node = choice->args[2] ? choice : NULL;
    }
    p->depth = depth;
    return node;
}

struct expr *expr_parse(struct parser *p)
{
    bool ascii = utf8_is_ascii(p->text);
    if (!ascii && utf8_check(p->text) != p->text.len)
        return expr_fail(p, utf8_check(p->text), DIAG_EXPR_UTF8, STR_NONE, STR_NONE);
    if (p->text.len > LIMIT_EXPRESSION_LENGTH && utf8_count(p->text) > LIMIT_EXPRESSION_LENGTH)
        return expr_fail(p, 0, DIAG_EXPR_LONG, STR_NONE, STR_NONE);
    if (p->text.len == 0)
        return expr_fail(p, 0, DIAG_EXPR_EMPTY, STR_NONE, STR_NONE);
    p->end = p->text.ptr + p->text.len;
    p->plain = ascii && !memchr(p->text.ptr, '\n', p->text.len);
    p->line = p->column = 1;
    next(p);
    if (p->token.kind == END)
        return expr_fail(p, 0, DIAG_EXPR_EMPTY, STR_NONE, STR_NONE);
    struct expr *node = expression(p);
    if (node && !p->failed && p->token.kind != END)
        return expr_fail(p, p->token.start, DIAG_EXPR_EXPECTED, STR("an operator or the end"),
                         p->token.text);
    return p->failed ? NULL : node;
}

static void tell_variable(const struct expr *node,
                          void (*found)(void *context, const struct expr_reference *reference),
                          void *context)
{
    ptrdiff_t dot = str_find_char(node->name, '.');
    struct expr_reference reference = {
        .scope = dot < 0 ? STR_NONE : str_slice(node->name, 0, (size_t) dot),
        .name = dot < 0 ? node->name : str_slice(node->name, (size_t) dot + 1, node->name.len),
        .at = node->at,
        .len = (uint32_t) node->name.len
    };
    found(context, &reference);
}

static void each_reference(const struct expr *node,
                           void (*found)(void *context, const struct expr_reference *reference),
                           void *context)
{
    if (node->op == OP_VARIABLE && !constant_begins(node->name))
        tell_variable(node, found, context);
    const struct expr *only = node->op == OP_CALL && node->argc == 1 ? node->args[0] : NULL;
    if (only && only->op == OP_LITERAL && only->type.type == TYPE_STRING) {
        struct expr_reference reference = { .call = node->name,
                                            .name = only->name,
                                            .at = only->at,
                                            .len = (uint32_t) only->source.len };
        found(context, &reference);
    }
    for (unsigned i = 0; i < node->argc; i++)
        each_reference(node->args[i], found, context);
}

bool expr_references(struct env *env, struct str text,
                     void (*found)(void *context, const struct expr_reference *reference),
                     void *context)
{
    struct arena arena;
    arena_init(&arena, env);
    struct parser parser = { .arena = &arena, .text = text };
    struct expr *node = expr_parse(&parser);
    if (node)
        each_reference(node, found, context);
    arena_release(&arena);
    return node != NULL;
}
