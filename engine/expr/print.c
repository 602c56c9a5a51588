/* Tree to text: expr_print. How deep it goes is bounded by what the parser lets through. */
#include "engine/expr/ast.h"

/* As in the grammar (domain.md section 5.4), what binds loosest first. */
enum level {
    LEVEL_CHOICE,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_BIT_OR,
    LEVEL_BIT_AND,
    LEVEL_EQUAL,
    LEVEL_ORDER,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_POWER,
    LEVEL_PREFIX,
    LEVEL_MINUS,
    LEVEL_POSTFIX
};

static bool is_operator(const struct expr *node)
{
    unsigned char first = (unsigned char) node->name.ptr[0], lower = first | 0x20;
    bool name = first >= 0x80 || first == '$' || (lower >= 'a' && lower <= 'z');
    return node->op == OP_CALL && !name;
}

static enum level level_of(const struct expr *node)
{
    static const struct {
        char sign[3];
        uint8_t level;
    } levels[] = { { "|", LEVEL_BIT_OR },  { "&", LEVEL_BIT_AND }, { "==", LEVEL_EQUAL },
                   { "!=", LEVEL_EQUAL },  { "<", LEVEL_ORDER },   { "<=", LEVEL_ORDER },
                   { ">", LEVEL_ORDER },   { ">=", LEVEL_ORDER },  { "+", LEVEL_SUM },
                   { "-", LEVEL_SUM },     { "*", LEVEL_PRODUCT }, { "/", LEVEL_PRODUCT },
                   { "%", LEVEL_PRODUCT }, { "^", LEVEL_POWER } };
    if (node->op == OP_IF || node->op == OP_OR || node->op == OP_AND)
        return node->op == OP_IF ? LEVEL_CHOICE : node->op == OP_OR ? LEVEL_OR : LEVEL_AND;
    if (!is_operator(node))
        return LEVEL_POSTFIX;
    if (node->argc == 1)
        return str_is(node->name, "-") ? LEVEL_MINUS : LEVEL_PREFIX;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (str_is(node->name, levels[i].sign))
            return (enum level) levels[i].level;
    }
    return LEVEL_POSTFIX;
}

static void print(struct pool *pool, const struct expr *node, enum level least, struct buf *out);

static void print_text(struct str text, struct buf *out)
{
    static const char plain[] = "\"\\\n\r\t", escaped[] = "\"\\nrt";
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        ptrdiff_t which = str_find_char(STR(plain), text.ptr[i]);
        if (which >= 0)
            buf_add_char(out, '\\');
        buf_add_char(out, which >= 0 ? escaped[which] : text.ptr[i]);
    }
    buf_add_char(out, '"');
}

/* In the catalogue's letters, where it has the function. */
static void print_call(struct pool *pool, const struct expr *node, struct buf *out)
{
    const struct overload *overload = overload_next(pool, node->name, NULL);
    bool choice = str_eq_nocase(node->name, STR("If"));
    buf_add(out, choice     ? STR("If")
                 : overload ? str_of(overload->function->name)
                            : node->name);
    buf_add_char(out, '(');
    for (unsigned i = 0; i < node->argc; i++) {
        buf_add_text(out, i > 0 ? ", " : "");
        print(pool, node->args[i], LEVEL_CHOICE, out);
    }
    buf_add_char(out, ')');
}

/* An operator's argument stands without parentheses where its own operator binds tighter, and on
 * the side it associates to as tightly. */
static void print_operator(struct pool *pool, const struct expr *node, struct buf *out)
{
    enum level level = level_of(node);
    bool row = node->op != OP_CALL;
    struct str sign = node->op == OP_AND ? STR("and") : node->op == OP_OR ? STR("or") : node->name;
    if (!row && node->argc == 1) {
        buf_add(out, sign);
        print(pool, node->args[0], level == LEVEL_MINUS ? LEVEL_POSTFIX : level, out);
        return;
    }
    for (unsigned i = 0; i < node->argc; i++) {
        bool inner = level == LEVEL_POWER ? i > 0 : i == 0;
        if (i > 0)
            buf_addf(out, " %.*s ", STR_ARG(sign));
        print(pool, node->args[i], inner ? level : (enum level)(level + 1), out);
    }
}

static void print_choice(struct pool *pool, const struct expr *node, struct buf *out)
{
    print(pool, node->args[0], LEVEL_CHOICE, out);
    buf_add_text(out, " ? ");
    print(pool, node->args[1], LEVEL_AND, out);
    buf_add_text(out, " : ");
    print(pool, node->args[2], LEVEL_AND, out);
}

static void print_property(struct pool *pool, const struct expr *node, struct buf *out)
{
    const struct expr *of = node->args[0];
    /* a.b would be the name of a variable. */
    bool bare = of->op == OP_VARIABLE && str_find_char(of->name, '.') < 0;
    buf_add_text(out, bare ? "(" : "");
    print(pool, of, LEVEL_POSTFIX, out);
    buf_add_text(out, bare ? ")." : ".");
    buf_add(out, node->name);
}

static void print(struct pool *pool, const struct expr *node, enum level least, struct buf *out)
{
    bool parentheses = level_of(node) < least;
    buf_add_text(out, parentheses ? "(" : "");
    switch ((enum node_op) node->op) {
    case OP_LITERAL:
        if (node->literal.type == TYPE_STRING)
            print_text(value_text(pool, node->literal), out);
        else
            value_show(pool, node->literal, out);
        break;
    case OP_NOT_SET:
        buf_add_text(out, "NOT_SET");
        break;
    case OP_VARIABLE:
        buf_add(out, node->name);
        break;
    case OP_CALL:
    case OP_INTEGER:
        if (is_operator(node))
            print_operator(pool, node, out);
        else
            print_call(pool, node, out);
        break;
    case OP_AND:
    case OP_OR:
        print_operator(pool, node, out);
        break;
    case OP_IF:
        print_choice(pool, node, out);
        break;
    case OP_PROPERTY:
        print_property(pool, node, out);
        break;
    case OP_INDEX:
        print(pool, node->args[0], LEVEL_POSTFIX, out);
        buf_add_char(out, '[');
        print(pool, node->args[1], LEVEL_CHOICE, out);
        buf_add_char(out, ']');
        break;
    }
    buf_add_text(out, parentheses ? ")" : "");
}

bool expr_print(struct pool *pool, struct str text, struct buf *out, const struct place *place,
                struct diags *diags)
{
    struct arena arena;
    arena_init(&arena, pool_env(pool));
    struct parser parser = {
        .arena = &arena, .pool = pool, .text = text, .diags = diags, .place = place
    };
    const struct expr *tree = expr_parse(&parser);
    if (tree)
        print(pool, tree, LEVEL_CHOICE, out);
    arena_release(&arena);
    return tree != NULL;
}
