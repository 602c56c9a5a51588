/* Text to tree: domain.md section 5.4's grammar by precedence climbing. */
#include <string.h>
#include "engine/base/limits.h"
#include "engine/base/utf8.h"
#include "engine/expr/ast.h"

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

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' || c >= 0x80;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blanks(struct parser *p)
{
    while (p->at < p->text.len && strchr(" \t\r\n", p->text.ptr[p->at]) && p->text.ptr[p->at])
        p->at++;
}

static unsigned char peek(const struct parser *p, size_t ahead)
{
    return p->at + ahead < p->text.len ? (unsigned char) p->text.ptr[p->at + ahead] : 0;
}

static void scan_number(struct parser *p)
{
    p->token.kind = INTEGER;
    while (is_digit(peek(p, 0)))
        p->at++;
    if (peek(p, 0) == '.' && !is_letter(peek(p, 1))) {
        p->token.kind = DECIMAL;
        p->at++;
        while (is_digit(peek(p, 0)))
            p->at++;
    }
}

static void scan_text(struct parser *p)
{
    p->at++;
    while (p->at < p->text.len && p->text.ptr[p->at] != '"')
        p->at += p->text.ptr[p->at] == '\\' ? 2 : 1;
    p->token.kind = TEXT;
    if (p->at >= p->text.len)
        expr_fail(p, p->token.start, DIAG_EXPR_TEXT_OPEN, STR_NONE, STR_NONE);
    else
        p->at++;
    if (p->at > p->text.len)
        p->at = p->text.len;
}

static void next(struct parser *p)
{
    skip_blanks(p);
    advance(p->text, p->counted, p->at, &p->line, &p->column);
    p->counted = p->token.start = p->at;
    p->token.line = p->line;
    p->token.column = p->column;
    unsigned char c = peek(p, 0);
    if (p->at >= p->text.len) {
        p->token.kind = END;
    } else if (is_digit(c) || (c == '.' && is_digit(peek(p, 1)))) {
        scan_number(p);
    } else if (is_letter(c)) {
        while (is_letter(peek(p, 0)) || is_digit(peek(p, 0)) || peek(p, 0) == '_')
            p->at++;
        p->token.kind = NAME;
    } else if (c == '"') {
        scan_text(p);
    } else {
        bool two = peek(p, 1) == '=';
        p->token.kind = two && c == '='   ? EQUAL
                        : two && c == '!' ? UNEQUAL
                        : two && c == '>' ? AT_LEAST
                        : two && c == '<' ? AT_MOST
                                          : c;
        p->at += p->token.kind > 255 ? 2 : 1;
    }
    p->token.text = str_slice(p->text, p->token.start, p->at);
}

static struct expr *new_node(struct parser *p, enum node_op op, const struct token *at,
                             unsigned argc)
{
    struct expr *node = arena_zalloc(p->arena, sizeof *node);
    node->op = (uint8_t) op;
    node->argc = (uint16_t) argc;
    node->at = (uint32_t) at->start;
    node->line = at->line;
    node->column = at->column;
    if (argc)
        node->args = arena_zalloc(p->arena, argc * sizeof *node->args);
    return node;
}

static struct expr *operation(struct parser *p, const struct token *sign, struct expr *a,
                              struct expr *b)
{
    struct expr *node = new_node(p, OP_CALL, sign, b ? 2 : 1);
    node->name = sign->text;
    node->args[0] = a;
    if (b)
        node->args[1] = b;
    return node;
}

static struct expr *expression(struct parser *p);

/* One level of nesting more; false where it is one too many. */
static bool deeper(struct parser *p, const struct token *at)
{
    if (++p->depth > LIMIT_EXPRESSION_DEPTH)
        expr_fail(p, at->start, DIAG_EXPR_DEPTH, STR_NONE, STR_NONE);
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
    char *out = arena_alloc(p->arena, raw.len + 1);
    size_t len = 0;
    for (size_t i = 1; i + 1 < raw.len; i++) {
        char c = raw.ptr[i];
        if (c != '\\') {
            out[len++] = c;
            continue;
        }
        c = raw.ptr[++i];
        if (c == 'n' || c == 'r' || c == 't')
            out[len++] = c == 'n' ? '\n' : c == 'r' ? '\r' : '\t';
        else if (c == '"' || c == '\\')
            out[len++] = c;
        else
            expr_fail(p, p->token.start + i - 1, DIAG_EXPR_ESCAPE, STR_NONE, STR_NONE);
    }
    return (struct str){ out, len };
}

static struct expr *literal(struct parser *p, struct value value)
{
    struct expr *node = new_node(p, OP_LITERAL, &p->token, 0);
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

static struct expr *arguments(struct parser *p, const struct token *name)
{
    struct expr *args[MOST_ARGUMENTS];
    unsigned count = 0;
    if (++p->calls > LIMIT_EXPRESSION_CALLS)
        return expr_fail(p, name->start, DIAG_EXPR_CALLS, STR_NONE, STR_NONE);
    if (!deeper(p, name))
        return NULL;
    next(p);
    while (p->token.kind != ')') {
        if (count == MOST_ARGUMENTS)
            return expr_fail(p, p->token.start, DIAG_EXPR_ARGUMENTS, name->text, STR_NONE);
        args[count] = expression(p);
        if (!args[count++])
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
    struct expr *node = new_node(p, OP_CALL, name, count);
    node->name = name->text;
    if (count)
        memcpy(node->args, args, count * sizeof *args);
    return node;
}

static struct expr *name_or_call(struct parser *p)
{
    struct token first = p->token;
    if (str_is(first.text, "true") || str_is(first.text, "false"))
        return literal(p, value_boolean(str_is(first.text, "true")));
    next(p);
    if (str_is(first.text, "NOT_SET"))
        return new_node(p, OP_NOT_SET, &first, 0);
    if (p->token.kind == '(')
        return arguments(p, &first);
    /* Scope.Name: what follows further are properties. */
    size_t end = first.start + first.text.len;
    if (p->token.kind == '.' && p->token.start == end && is_letter(peek(p, 0))) {
        next(p);
        end = p->token.start + p->token.text.len;
        next(p);
    }
    struct expr *node = new_node(p, OP_VARIABLE, &first, 0);
    node->name = str_slice(p->text, first.start, end);
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
        if (!deeper(p, &p->token))
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
        struct token open = p->token;
        struct expr *outer;
        if (!deeper(p, &open))
            return NULL;
        next(p);
        if (open.kind == '.') {
            outer = new_node(p, OP_PROPERTY, &p->token, 1);
            outer->name = p->token.text;
            if (!expect(p, NAME, "a property"))
                return NULL;
        } else {
            outer = new_node(p, OP_INDEX, &p->token, 2);
            outer->args[1] = expression(p);
            if (!outer->args[1] || !expect(p, ']', "\"]\""))
                return NULL;
        }
        outer->args[0] = node;
        node = outer;
    }
    p->depth = depth;
    return node;
}

/* A single minus binds tighter than ^; ! and ~ stack. */
static struct expr *minus(struct parser *p)
{
    struct token sign = p->token;
    if (sign.kind != '-')
        return postfix(p);
    next(p);
    struct expr *inner = postfix(p);
    return inner ? operation(p, &sign, inner, NULL) : NULL;
}

static struct expr *prefix(struct parser *p)
{
    struct token sign = p->token;
    if (sign.kind != '!' && sign.kind != '~')
        return minus(p);
    if (!deeper(p, &sign))
        return NULL;
    next(p);
    struct expr *inner = prefix(p);
    p->depth--;
    return inner ? operation(p, &sign, inner, NULL) : NULL;
}

/* Binary operators by level, lowest first; ^ (level 9) is right-associative. */
static int level_of(const struct token *token)
{
    switch (token->kind) {
    case NAME:
        return str_eq_nocase(token->text, STR("or"))    ? 1
               : str_eq_nocase(token->text, STR("and")) ? 2
                                                        : -1;
    case '|':
        return 3;
    case '&':
        return 4;
    case EQUAL:
    case UNEQUAL:
        return 5;
    case AT_LEAST:
    case AT_MOST:
    case '>':
    case '<':
        return 6;
    case '+':
    case '-':
        return 7;
    case '*':
    case '/':
    case '%':
        return 8;
    case '^':
        return 9;
    default:
        return -1;
    }
}

/* `and` and `or`: a row of them is one node, however long, so that a long list of alternatives is
 * not deep. */
static struct expr *row(struct parser *p, enum node_op op, const struct token *sign,
                        struct expr *left, struct expr *right)
{
    if (left->op != op) {
        struct expr *node = new_node(p, op, sign, 2);
        node->args[0] = left;
        node->args[1] = right;
        return node;
    }
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
        struct token sign = p->token;
        int its = level_of(&sign);
        if (its < level || its < 0)
            break;
        if (!deeper(p, &sign))
            return NULL;
        next(p);
        struct expr *right = binary(p, its == 9 ? 9 : its + 1);
        if (!right)
            return NULL;
        left = its <= 2 ? row(p, its == 1 ? OP_OR : OP_AND, &sign, left, right)
                        : operation(p, &sign, left, right);
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
        struct expr *choice = new_node(p, OP_IF, &p->token, 3);
        if (!deeper(p, &p->token))
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
    if (utf8_check(p->text) != p->text.len)
        return expr_fail(p, utf8_check(p->text), DIAG_EXPR_UTF8, STR_NONE, STR_NONE);
    if (utf8_count(p->text) > LIMIT_EXPRESSION_LENGTH)
        return expr_fail(p, 0, DIAG_EXPR_LONG, STR_NONE, STR_NONE);
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
    if (node->op == OP_VARIABLE)
        tell_variable(node, found, context);
    const struct expr *only = node->op == OP_CALL && node->argc == 1 ? node->args[0] : NULL;
    if (only && only->op == OP_LITERAL && only->source.len > 0) {
        struct expr_reference reference = { .call = node->name, .name = only->name,
                                            .at = only->at, .len = (uint32_t) only->source.len };
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
