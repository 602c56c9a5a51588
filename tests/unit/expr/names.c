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

static enum expr_answer find_object(const void *context, enum value_type type, const char *by,
                                    struct str key, struct str *name)
{
    static const struct {
        enum value_type type;
        const char *name, *id, *email;
    } known[] = { { TYPE_QUEUE, "Support", "q-1", "" },
                  { TYPE_USER, "Ada", "u-1", "ada@company.com" } };
    (void) context;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].type != type)
            continue;
        bool found = str_eq_nocase(key, str_of(known[i].name));
        if (by[0] != 'n')
            found = str_is(key, by[0] == 'i' ? known[i].id : known[i].email);
        if (found)
            *name = str_of(known[i].name);
        return found ? EXPR_FOUND : EXPR_NONE;
    }
    return EXPR_NOT_STATED;
}

static bool detail_of(const void *context, enum value_type type, struct str name, const char *what,
                      struct str *out)
{
    (void) context;
    bool queue = type == TYPE_QUEUE && str_is(name, "Support");
    bool user = type == TYPE_USER && str_is(name, "Ada");
    *out = str_of(queue ? "q-1" : what[0] == 'i' ? "u-1" : "ada@company.com");
    return user || (queue && what[0] == 'i');
}

static bool language_of(const void *context, struct str text, struct str *out)
{
    (void) context;
    *out = STR("de-de");
    return str_contains_nocase(text, STR("guten"));
}

static bool rate_of(const void *context, struct str from, struct str to, struct str *out)
{
    (void) context;
    *out = STR("1.1");
    return str_is(from, "EUR") && str_is(to, "USD");
}

const struct expr_world *test_world(void)
{
    static const struct expr_world world = { NULL, find_object, detail_of, language_of, rate_of };
    return &world;
}
