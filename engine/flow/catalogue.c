#include "engine/flow/catalogue.h"

#include <string.h>
#include "engine/flow/actions.h"

size_t catalogue_count(void)
{
    return action_table_count;
}

const struct action_info *catalogue_action(size_t index)
{
    return index < action_table_count ? &action_table[index] : NULL;
}

const struct action_info *catalogue_find(struct str text)
{
    for (size_t i = 0; i < action_table_count; i++) {
        if (str_is(text, action_table[i].key))
            return &action_table[i];
    }
    for (size_t i = 0; i < action_table_count; i++) {
        if (str_eq_nocase(text, str_of(action_table[i].label)))
            return &action_table[i];
    }
    return NULL;
}

size_t catalogue_index(const struct action_info *info)
{
    return (size_t) (info - action_table);
}

void flow_types_print(unsigned types, struct buf *out)
{
    const char *between = "";
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (!(types & (1u << type)))
            continue;
        buf_addf(out, "%s%s", between, flow_type_info((enum flow_type) type)->label);
        between = ", ";
    }
}

static struct str last_step(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

const struct field *catalogue_field(const struct action_info *info, struct str name)
{
    const struct field *by_step = NULL, *by_label = NULL;
    for (const struct field *field = info->fields; field->path; field++) {
        if (str_is(name, field->path))
            return field;
        if (!by_step && str_eq(name, last_step(field->path)))
            by_step = field;
        if (!by_label && str_eq_nocase(name, str_of(field->label)))
            by_label = field;
    }
    return by_step ? by_step : by_label;
}

static const char *const known_keys[] = {
#define X(name) #name,
    WELL_KNOWN_KEYS(X)
#undef X
    "case",
    "default",
};

/* Keys of actions that are well-known keys as well (none today) would break the numbering: a test
 * looks for that. */
void catalogue_atoms_init(struct atoms *atoms, struct env *env)
{
    atoms_init(atoms, env, known_keys, sizeof known_keys / sizeof *known_keys);
    for (size_t i = 0; i < action_table_count; i++)
        atoms_add(atoms, str_of(action_table[i].key));
}

const struct action_info *catalogue_of_atom(atom_id key)
{
    return key >= ATOM_KNOWN_COUNT ? catalogue_action(key - ATOM_KNOWN_COUNT) : NULL;
}
