/* Two pages made of tables: expressions and problems. */
#include "tests/manual/pages.h"

#include <string.h>
#include "engine/base/diag.h"
#include "engine/expr/expr.h"

static void begin(struct buf *out, const char *name, const char *title, const char *what)
{
    buf_addf(out, ".Dd November 24, 2026\n.Dt POSTFLOW-%s 7\n.Os\n.Sh NAME\n", title);
    buf_addf(out, ".Nm postflow-%s\n.Nd %s\n.Sh DESCRIPTION\n", name, what);
}

/* --- expressions */

static const char expr_intro[] =
    "Conditions, values, audio and invocation data may be expressions.\n"
    ".Bl -tag -width Ds\n"
    ".It Literals\n"
    ".Ql true , false , NOT_SET ;\n"
    "integers of at most 15 digits; decimals with a point and at most 40 digits,\n"
    "computed exactly; texts in double quotes with the escapes\n"
    ".Ql \\e\\(dq \\e\\e \\en \\er \\et .\n"
    ".It Variables\n"
    ".Ql Scope.name ;\n"
    "letter case does not tell two apart.\n"
    "Flow variables are seen in the whole flow, those of a task or state there.\n"
    ".It Operators\n"
    "From the weakest to the strongest:\n"
    ".Ql \\&? \\&: ,\n"
    ".Ql or ,\n"
    ".Ql and ,\n"
    ".Ql | ,\n"
    ".Ql & ,\n"
    ".Ql == != ,\n"
    ".Ql >= <= > < ,\n"
    ".Ql + \\- ,\n"
    ".Ql * / % ,\n"
    ".Ql ^\n"
    "(from right to left), the prefixes\n"
    ".Ql \\&!\n"
    "and\n"
    ".Ql ~ ,\n"
    "and the minus before a value, so that\n"
    ".Ql \\-2 ^ 2\n"
    "is 4.\n"
    ".It Access\n"
    ".Ql value.property ,\n"
    ".Ql value[\\(dqproperty\\(dq]\n"
    "and\n"
    ".Ql list[index]\n"
    "from 0, also behind a call.\n"
    ".El\n"
    ".Pp\n"
    ".Ql and , or , If\n"
    "and\n"
    ".Ql \\&? \\&:\n"
    "evaluate only what they need; a condition that is not set counts as false.\n"
    "A result of another type is converted where the product does so by itself.\n"
    "What an operator or function does not take, a NOT_SET where none is accepted, a\n"
    "division by zero or an index out of range raises the error event of the flow.\n"
    ".Pp\n"
    "An expression has at most 32,000 characters, 60 nested calls and 200 levels\n"
    "of any nesting; a run takes at most a million steps.\n"
    ".Xr postflow 1\n"
    "evaluates expressions with\n"
    ".Cm eval .\n"
    ".Sh FUNCTIONS\n"
    "A question mark stands behind the type of an argument that may be NOT_SET,\n"
    "three points behind one that may be repeated; T is any type, the same wherever\n"
    "it stands.\n"
    ".Bl -tag -width Ds\n";

static void add_signatures(struct buf *out, const char *signatures)
{
    struct str rest = str_of(signatures);
    buf_add_text(out, ".Bd -literal -compact\n");
    while (rest.len) {
        ptrdiff_t end = str_find_char(rest, '\n');
        struct str line = str_slice(rest, 0, end < 0 ? rest.len : (size_t) end);
        rest = str_slice(rest, line.len + (end >= 0), rest.len);
        page_word(out, line, true);
        buf_add_char(out, '\n');
    }
    buf_add_text(out, ".Ed\n");
}

void page_expr(struct buf *out)
{
    size_t count;
    const struct expr_function *functions = expr_functions(&count);
    begin(out, "expr", "EXPR", "the language of expressions");
    buf_add_text(out, expr_intro);
    for (size_t i = 0; i < count; i++) {
        buf_addf(out, ".It Fn %s\n", functions[i].name);
        add_signatures(out, functions[i].signatures);
        page_text(out, functions[i].help);
        if (!functions[i].example)
            continue;
        buf_add_text(out, ".Bd -literal -compact\n");
        page_word(out, str_of(functions[i].example), true);
        buf_add_text(out, "\n    ");
        page_word(out, str_of(functions[i].result), false);
        buf_add_text(out, "\n.Ed\n");
    }
    buf_add_text(out, ".El\n.Sh SEE ALSO\n.Xr postflow 1 ,\n.Xr postflow-flow 5\n");
}

/* --- problems */

static const char rules_intro[] =
    "What\n"
    ".Xr postflow 1\n"
    "says of files, flows, scenarios and commands has a code that stays the same.\n"
    "E is an error, W a warning, I only information.\n"
    "The sentences have the names they speak of in the places of {1}, {2} ...\n"
    ".Ql postflow explain CODE\n"
    "says the same; codes named under\n"
    ".Ql silence\n"
    "in\n"
    ".Pa postflow.json\n"
    "are not told.\n"
    ".Bl -tag -width Ds\n";

void page_rules(struct buf *out)
{
    begin(out, "rules", "RULES", "the problems that are told, by code");
    buf_add_text(out, rules_intro);
    for (int code = 0; code < DIAG_COUNT; code++) {
        const struct diag_info *info = diag_info((enum diag_code) code);
        if (!info->code || !*info->code)
            continue;
        buf_addf(out, ".It Sy %s\n", info->code);
        page_text(out, info->sentence);
        if (info->help && *info->help) {
            buf_add_text(out, ".Pp\n");
            page_text(out, info->help);
        }
    }
    buf_add_text(out, ".El\n.Sh SEE ALSO\n.Xr postflow 1 ,\n.Xr postflow-flow 5 ,\n"
                      ".Xr postflow-workspace 5\n");
}
