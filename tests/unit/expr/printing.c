#include "tests/unit/expr/printing.h"

#include "engine/base/limits.h"
#include "engine/base/utf8.h"
#include "engine/expr/ast.h"

static const struct expr *parse(struct arena *arena, struct pool *pool, struct str text)
{
    struct parser parser = { .arena = arena, .pool = pool, .text = text };
    return expr_parse(&parser);
}

static bool same_tree(const struct expr *a, const struct expr *b)
{
    bool named = a->op == OP_VARIABLE || a->op == OP_CALL || a->op == OP_PROPERTY;
    if (a->op != b->op || a->argc != b->argc)
        return false;
    if (named && !(a->op == OP_CALL ? str_eq_nocase(a->name, b->name) : str_eq(a->name, b->name)))
        return false;
    if (a->op == OP_LITERAL && !value_same(a->literal, b->literal))
        return false;
    for (unsigned i = 0; i < a->argc; i++) {
        if (!same_tree(a->args[i], b->args[i]))
            return false;
    }
    return true;
}

/* No pair of parentheses can be left out: one that is there stands around what would be another
 * tree without it. Those of calls are no such pair. */
static bool is_minimal(struct arena *arena, struct pool *pool, const struct expr *tree,
                       struct str text)
{
    bool minimal = true;
    struct buf without;
    buf_init(&without, pool_env(pool));
    for (size_t i = 0; i < text.len && minimal; i++) {
        unsigned depth = 0;
        size_t end = i;
        if (text.ptr[i] == '"') {
            for (i++; i < text.len && text.ptr[i] != '"'; i++)
                i += text.ptr[i] == '\\';
        }
        if (text.ptr[i] != '(')
            continue;
        for (bool quoted = false; end < text.len; end++) {
            char c = text.ptr[end];
            end += quoted && c == '\\';
            quoted = c == '"' ? !quoted : quoted;
            depth += !quoted && c == '(';
            depth -= !quoted && c == ')';
            if (depth == 0)
                break;
        }
        buf_clear(&without);
        buf_add(&without, str_slice(text, 0, i));
        buf_add(&without, str_slice(text, i + 1, end));
        buf_add(&without, str_slice(text, end + 1, text.len));
        const struct expr *other = parse(arena, pool, buf_str(&without));
        minimal = !other || !same_tree(tree, other);
    }
    buf_release(&without);
    return minimal;
}

static const char *fault(struct arena *arena, struct pool *pool, struct str text,
                         struct buf *once, struct buf *twice)
{
    struct diags diags;
    struct place place = { .line = 1, .column = 1 };
    const struct expr *tree = parse(arena, pool, text), *again;
    diags_init(&diags, pool_env(pool));
    bool printed = expr_print(pool, text, once, &place, &diags);
    size_t told = diags.count;
    diags_release(&diags);
    if (printed != (tree != NULL) || told != (tree ? 0 : 1))
        return "is printed where it does not parse, or the other way round";
    if (!tree || utf8_count(buf_str(once)) > LIMIT_EXPRESSION_LENGTH)
        return NULL;
    again = parse(arena, pool, buf_str(once));
    if (!again || !same_tree(tree, again))
        return "what is printed is another tree";
    if (!expr_print(pool, buf_str(once), twice, &place, &diags) ||
        !str_eq(buf_str(once), buf_str(twice)))
        return "printing again gives another text";
    if (once->len < 300 && !is_minimal(arena, pool, tree, buf_str(once)))
        return "parentheses are needless";
    return NULL;
}

const char *printing_fault(struct env *env, struct str text)
{
    struct arena arena;
    struct buf once, twice;
    struct pool *pool = pool_new(env);
    arena_init(&arena, env);
    buf_init(&once, env);
    buf_init(&twice, env);
    const char *wrong = fault(&arena, pool, text, &once, &twice);
    buf_release(&once);
    buf_release(&twice);
    arena_release(&arena);
    pool_free(pool);
    return wrong;
}
