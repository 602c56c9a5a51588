/* What is looked up by a name, an id or a text; what the world says of it comes in with the run. */
#include "engine/expr/functions.h"

enum expr_answer world_find(const struct expr_run *run, enum value_type type, const char *by,
                            struct str key, struct str *name)
{
    const struct expr_world *world = run->world;
    *name = key;
    return world ? world->find(world->context, type, by, key, name) : EXPR_NOT_STATED;
}

struct str world_detail(const struct expr_run *run, enum value_type type, struct str name,
                        const char *what)
{
    const struct expr_world *world = run->world;
    struct str detail = STR("");
    return world && world->detail(world->context, type, name, what, &detail) ? detail : STR("");
}

/* An object of any type: its name as the world writes it, else as it is given. */
RUN(to_named)
{
    enum value_type type = (enum value_type) at->type.type;
    struct str text = value_text(e->run->pool, args[0]), name;
    (void) count;
    *out = value_not_set(type);
    if (args[0].type == type) {
        *out = args[0];
        return true;
    }
    if (!value_is_set(args[0]) || (text.len == 0 && type != TYPE_COMMUNICATION))
        return true;
    bool found = world_find(e->run, type, "name", text, &name) == EXPR_FOUND;
    *out = value_named(e->run->pool, type, found ? name : text);
    return true;
}

/* variant: 'u', 's' of a user's or the system's prompts, 't': as it is written */
RUN(to_prompt)
{
    struct str name = value_text(e->run->pool, args[0]);
    char whose = (char) at->function->variant;
    struct buf text;
    (void) count;
    *out = value_not_set(TYPE_PROMPT);
    if (name.len == 0)
        return true;
    buf_init(&text, pool_env(e->run->pool));
    if (whose != 't')
        buf_add_text(&text, whose == 'u' ? "Prompt." : "PromptSystem.");
    else if (!str_starts(name, STR("Prompt.")) && !str_starts(name, STR("PromptSystem.")))
        buf_add_text(&text, "Prompt.");
    buf_add(&text, name);
    bool fits = put_text(e, at, TYPE_PROMPT, buf_str(&text), out);
    buf_release(&text);
    return fits;
}

/* An id that .id has made up of a type and a name. */
static bool is_made_up(enum value_type type, struct str id, struct str *name)
{
    struct str kind = str_of(value_type_name(type));
    if (id.len <= kind.len || !str_starts(id, kind) || id.ptr[kind.len] != ':')
        return false;
    *name = str_slice(id, kind.len + 1, id.len);
    return true;
}

/* variant: 'n' by name, 'i' by id, 'e' by email address; NOT_SET where the world knows better */
RUN(find_named)
{
    enum value_type type = (enum value_type) at->type.type;
    struct str key = value_text(e->run->pool, args[0]), name;
    char by = (char) at->function->variant;
    (void) count;
    *out = value_not_set(type);
    if (key.len == 0)
        return true;
    bool made_up = by == 'i' && is_made_up(type, key, &key);
    const char *word = by == 'n' || made_up ? "name" : by == 'i' ? "id" : "email";
    if (world_find(e->run, type, word, key, &name) != EXPR_NONE)
        *out = value_named(e->run->pool, type, name);
    return true;
}

RUN(languages)
{
    (void) args, (void) count;
    struct value language = value_string(e->run->pool, e->run->language);
    *out = at->type.list ? value_list(e->run->pool, TYPE_STRING, &language, 1) : language;
    return true;
}

/* The language of a text, where postflow.json says it, else the second argument. */
RUN(detect_language)
{
    const struct expr_world *world = e->run->world;
    struct str language = STR("");
    (void) at, (void) count;
    *out = args[1];
    if (value_is_set(args[0]) && world &&
        world->language(world->context, value_text(e->run->pool, args[0]), &language))
        *out = value_string(e->run->pool, language);
    return true;
}
