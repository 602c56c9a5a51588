/* Reading scenarios and finding them. */
#include "engine/explore/scenario.h"

#include "engine/base/file.h"
#include "engine/explore/scenario_parts.h"

static const char *const keys[] = { "scenario", "flow",     "type",  "call",    "world", "steps",
                                    "expect",   "in-order", "never", "finally", NULL };
static const char *const call_keys[] = { "ani", "called", "language", "data", NULL };

static bool is_one_of(struct str word, const char *const *words)
{
    for (; *words; words++) {
        if (str_is(word, *words))
            return true;
    }
    return false;
}

static bool fail(const struct scenario *scenario, enum diag_code code, node_id node, struct str a,
                 struct diags *diags)
{
    struct place place = { 0 };
    doc_place(scenario->doc, node, &place);
    return diag_add1(diags, code, &place, a);
}

static bool known_keys(const struct scenario *scenario, node_id object, const char *const *words,
                       struct diags *diags)
{
    bool fine = true;
    for (node_id at = doc_first(scenario->doc, object); at; at = doc_next(scenario->doc, at)) {
        if (!is_one_of(doc_key(scenario->doc, at), words))
            fine = fail(scenario, DIAG_SCENARIO_KEY, at, doc_key(scenario->doc, at), diags);
    }
    return fine;
}

static struct str text_of(const struct scenario *scenario, node_id object, const char *key)
{
    node_id node = object ? doc_member_named(scenario->doc, object, str_of(key)) : 0;
    return node ? doc_text(scenario->doc, node) : STR_NONE;
}

static bool read_type(struct scenario *scenario, struct diags *diags)
{
    node_id node = doc_member_named(scenario->doc, 1, STR("type"));
    scenario->setup.type = FLOW_INBOUND_CALL;
    if (!node)
        return true;
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (str_is(doc_text(scenario->doc, node), flow_type_info((enum flow_type) type)->key)) {
            scenario->setup.type = (enum flow_type) type;
            return true;
        }
    }
    return fail(scenario, DIAG_SCENARIO_TYPE, node, doc_text(scenario->doc, node), diags);
}

static bool read_call(struct scenario *scenario, struct diags *diags)
{
    node_id call = doc_member_named(scenario->doc, 1, STR("call"));
    struct call_setup *setup = &scenario->setup;
    setup->flow = text_of(scenario, 1, "flow");
    setup->ani = text_of(scenario, call, "ani");
    setup->called = text_of(scenario, call, "called");
    setup->language = text_of(scenario, call, "language");
    setup->data_doc = scenario->doc;
    setup->data = call ? doc_member_named(scenario->doc, call, STR("data")) : 0;
    if (setup->data && doc_kind(scenario->doc, setup->data) != NODE_OBJECT)
        return fail(scenario, DIAG_SCENARIO_SHAPE, setup->data, STR("an object"), diags);
    return !call || known_keys(scenario, call, call_keys, diags);
}

/* A member that must be a list; 0 where it is missing. */
static bool read_list(struct scenario *scenario, const char *key, node_id *out, struct diags *diags)
{
    *out = doc_member_named(scenario->doc, 1, str_of(key));
    if (*out && doc_kind(scenario->doc, *out) != NODE_LIST)
        return fail(scenario, DIAG_SCENARIO_SHAPE, *out, STR("a list"), diags);
    return true;
}

static bool read_expectations(struct scenario *scenario, struct diags *diags)
{
    node_id lists[] = { scenario->expect, scenario->never, scenario->in_order };
    bool fine = true;
    for (size_t i = 0; i < 3; i++) {
        for (node_id at = lists[i] ? doc_first(scenario->doc, lists[i]) : 0; at;
             at = doc_next(scenario->doc, at))
            fine &= expectation_read(scenario, at, diags);
    }
    for (node_id at = scenario->finally ? doc_first(scenario->doc, scenario->finally) : 0; at;
         at = doc_next(scenario->doc, at))
        fine &= final_read(scenario, at, diags);
    return fine;
}

static bool read_steps(struct scenario *scenario, struct diags *diags)
{
    struct pool *pool = pool_new(scenario->env);
    bool fine = true;
    for (node_id at = doc_first(scenario->doc, scenario->steps); at;
         at = doc_next(scenario->doc, at)) {
        struct stimulus stimulus;
        bool until = doc_kind(scenario->doc, at) == NODE_OBJECT &&
                     doc_member_named(scenario->doc, at, STR("until"));
        if (!until)
            fine &= stimulus_read(pool, scenario->doc, at, &stimulus, diags);
    }
    pool_free(pool);
    return fine;
}

static bool read_all(struct scenario *scenario, struct workspace *ws, struct diags *diags)
{
    const struct doc *doc = scenario->doc;
    if (doc_kind(doc, 1) != NODE_OBJECT)
        return fail(scenario, DIAG_SCENARIO_SHAPE, 1, STR("an object"), diags);
    bool fine = known_keys(scenario, 1, keys, diags);
    fine &= read_type(scenario, diags);
    fine &= read_call(scenario, diags);
    fine &= read_list(scenario, "steps", &scenario->steps, diags);
    fine &= read_list(scenario, "expect", &scenario->expect, diags);
    fine &= read_list(scenario, "never", &scenario->never, diags);
    fine &= read_list(scenario, "in-order", &scenario->in_order, diags);
    fine &= read_list(scenario, "finally", &scenario->finally, diags);
    if (scenario->setup.flow.len == 0)
        fine = fail(scenario, DIAG_SCENARIO_MISSING, 1, STR("flow"), diags);
    if (!scenario->steps)
        fine = fail(scenario, DIAG_SCENARIO_MISSING, 1, STR("steps"), diags);
    if (!fine)
        return false;
    size_t errors = diags->errors;
    if (ws->settings_doc)
        settings_read(&scenario->settings, ws->settings_doc, 1, diags);
    node_id world = doc_member_named(doc, 1, STR("world"));
    if (world)
        settings_read(&scenario->settings, scenario->doc, world, diags);
    scenario->setup.settings = &scenario->settings;
    bool steps = read_steps(scenario, diags);
    return read_expectations(scenario, diags) && steps && diags->errors == errors;
}

struct scenario *scenario_read(struct env *env, struct workspace *ws, const char *path,
                               struct diags *diags)
{
    struct buf text;
    struct scenario *scenario = mem_zalloc(env, sizeof *scenario);
    scenario->env = env;
    atoms_init(&scenario->atoms, env, NULL, 0);
    settings_init(&scenario->settings, env);
    buf_init(&text, env);
    bool fine = file_read(env, path, ws->limits.file_size, &text, &scenario->stamp, diags);
    if (fine)
        scenario->doc = doc_read_steal(env, &scenario->atoms, &ws->limits, path, &text, diags);
    buf_release(&text);
    if (!scenario->doc || !read_all(scenario, ws, diags)) {
        scenario_free(scenario);
        return NULL;
    }
    return scenario;
}

void scenario_free(struct scenario *scenario)
{
    struct env *env = scenario->env;
    settings_release(&scenario->settings);
    if (scenario->doc)
        doc_free(scenario->doc);
    atoms_release(&scenario->atoms);
    mem_free(env, scenario);
}

struct str scenario_title(const struct scenario *scenario)
{
    struct str title = text_of(scenario, 1, "scenario");
    return title.len > 0 ? title : file_name(scenario->doc->file);
}

const struct call_setup *scenario_setup(const struct scenario *scenario)
{
    return &scenario->setup;
}

bool scenario_has_name(struct str name)
{
    return str_ends(name, STR(".scenario.json")) || str_ends(name, STR(".scenario.yaml")) ||
           str_ends(name, STR(".scenario.yml"));
}

static void add_file(struct file_list *out, const char *path)
{
    out->items = mem_grow(out->env, out->items, &out->capacity, out->count + 1, sizeof *out->items);
    size_t len = str_of(path).len;
    out->items[out->count++] = (struct file_entry){ .path = mem_clone(out->env, path, len + 1) };
}

struct file_stamp *scenario_stamp(struct scenario *scenario)
{
    return &scenario->stamp;
}

bool scenario_find(struct env *env, const char *const *paths, size_t count, struct file_list *out,
                   struct diags *diags)
{
    *out = (struct file_list){ .env = env };
    for (size_t i = 0; i < count; i++) {
        struct file_list found;
        if (!file_is_folder(paths[i])) {
            add_file(out, paths[i]);
            continue;
        }
        if (!file_list(env, paths[i], &found, diags)) {
            file_list_release(out);
            return false;
        }
        for (size_t k = 0; k < found.count; k++) {
            if (scenario_has_name(str_of(found.items[k].path)))
                add_file(out, found.items[k].path);
        }
        file_list_release(&found);
    }
    return true;
}
