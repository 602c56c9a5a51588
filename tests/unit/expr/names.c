#include "tests/unit/expr/names.h"

static bool find(void *context, struct str scope, struct str name, struct expr_var *out)
{
    (void) context;
    bool flow = str_eq_nocase(scope, STR("Flow"));
    *out = (struct expr_var){ .type = { TYPE_INTEGER, false }, .frame = 1 };
    if (flow && str_eq_nocase(name, STR("count"))) {
        out->index = NAME_COUNT;
        return true;
    }
    if (flow && str_eq_nocase(name, STR("unset"))) {
        out->index = NAME_UNSET;
        return true;
    }
    out->index = NAME_ANI;
    out->type.type = TYPE_STRING;
    return str_eq_nocase(scope, STR("Call")) && str_eq_nocase(name, STR("Ani"));
}

struct expr_names test_names(void)
{
    return (struct expr_names){ find, NULL };
}

void test_values(struct pool *pool, struct value values[static NAMES])
{
    values[NAME_COUNT] = value_integer(7);
    values[NAME_ANI] = value_string(pool, STR("tel:+15550100"));
    values[NAME_UNSET] = value_not_set(TYPE_INTEGER);
}
