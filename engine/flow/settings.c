/* Reading postflow.json and laying a scenario's world over it; what is stated of the product. */
#include "engine/flow/settings_parts.h"

#include "engine/doc/write.h"
#include "engine/expr/value.h"

static const int64_t default_now = 1767225600; /* 2026-01-01T00:00:00Z; simulation.md section 4 */

const char *const licence_words[] = { "cx1", "cx1-wem2", "cx2", "cx2-wem1", "cx3", NULL };
const char *const system_disconnect_words[] = { "off", "any", "on", NULL };
const char *const secure_clears_words[] = { "success", "always", "never", NULL };
const char *const conference_rule_words[] = { "last-agent", "first-agent", NULL };
const char *const target_unpublished_words[] = { "disconnect", "run", NULL };

void settings_init(struct settings *settings, struct env *env)
{
    *settings = (struct settings){ .env = env, .now = default_now };
    settings->options.external_number_is_callee = true;
}

void settings_release(struct settings *settings)
{
    if (settings->merged)
        doc_free(settings->merged);
    settings->merged = settings->doc = NULL;
}

bool settings_fail(const struct doc *doc, node_id node, enum diag_code code, struct str a,
                   struct str b, struct str c, struct diags *diags)
{
    struct place place = { 0 };
    doc_place(doc, node, &place);
    return diag_add(diags, code, &place, a, b, c, STR_NONE);
}

int settings_word(const struct doc *doc, node_id node, const char *const *words)
{
    for (int i = 0; words[i]; i++) {
        if (doc_is_text(doc, node) && str_is(doc_text(doc, node), words[i]))
            return i;
    }
    return -1;
}

bool settings_version(struct str text, int64_t parts[static 4])
{
    for (int i = 0; i < 4; i++) {
        ptrdiff_t dot = str_find_char(text, '.');
        struct str part = dot < 0 ? text : str_slice(text, 0, (size_t) dot);
        if (!str_to_int(part, &parts[i]) || parts[i] < 0 || (dot < 0) != (i == 3))
            return false;
        text = dot < 0 ? STR_NONE : str_slice(text, (size_t) dot + 1, text.len);
    }
    return true;
}

/* --- options and texts: what is wrong is not taken, settings_check has said so */

static void take_word(const struct doc *doc, node_id object, const char *key,
                      const char *const *words, int *out)
{
    node_id node = doc_member_named(doc, object, str_of(key));
    int index = node ? settings_word(doc, node, words) : -1;
    if (index >= 0)
        *out = index;
}

static void take_flag(const struct doc *doc, node_id object, const char *key, bool *out)
{
    node_id node = doc_member_named(doc, object, str_of(key));
    enum node_kind kind = node ? doc_core_kind(doc, node) : NODE_NULL;
    if (kind == NODE_TRUE || kind == NODE_FALSE)
        *out = kind == NODE_TRUE;
}

static void take_options(struct options *options, const struct doc *doc, node_id object)
{
    int system = (int) options->system_disconnect, clears = (int) options->secure_transfer_clears;
    int conference = (int) options->conference_rule;
    int unpublished = (int) options->target_unpublished;
    take_word(doc, object, "systemDisconnect", system_disconnect_words, &system);
    take_word(doc, object, "secureTransferClears", secure_clears_words, &clears);
    take_word(doc, object, "conferenceRule", conference_rule_words, &conference);
    take_word(doc, object, "targetUnpublished", target_unpublished_words, &unpublished);
    options->system_disconnect = (enum system_disconnect) system;
    options->secure_transfer_clears = (enum secure_clears) clears;
    options->conference_rule = (enum conference_rule) conference;
    options->target_unpublished = (enum target_unpublished) unpublished;
    take_flag(doc, object, "oneShot", &options->one_shot);
    take_flag(doc, object, "outboundPostFlow", &options->outbound_post_flow);
    take_flag(doc, object, "externalNumberIsCallee", &options->external_number_is_callee);
}

static void take_scalars(struct settings *settings, const struct doc *doc, node_id root, bool world)
{
    node_id now = world ? doc_member_named(doc, root, STR("now")) : 0;
    int licence = (int) settings->licence - 1;
    int64_t seconds;
    take_word(doc, root, "licence", licence_words, &licence);
    settings->licence = (enum licence)(licence + 1);
    if (now && datetime_parse(doc_text(doc, now), &seconds))
        settings->now = seconds;
    node_id options = doc_member_named(doc, root, STR("options"));
    if (options)
        take_options(&settings->options, doc, options);
}

/* --- one over the other */

static void add_member(const struct doc *doc, node_id node, struct buf *out)
{
    if (out->ptr[out->len - 1] != '{')
        buf_add_char(out, ',');
    json_add_text(out, doc_key(doc, node), false);
    buf_add_char(out, ':');
}

/* `over` wins over `base`, object by object, `deep` levels down. */
static void merge(const struct doc *base, node_id a, const struct doc *over, node_id b, int deep,
                  struct buf *out)
{
    buf_add_char(out, '{');
    for (node_id at = doc_first(base, a); at; at = doc_next(base, at)) {
        node_id other = doc_member_named(over, b, doc_key(base, at));
        bool both = other && deep > 0 && doc_kind(base, at) == NODE_OBJECT &&
                    doc_kind(over, other) == NODE_OBJECT;
        add_member(base, at, out);
        if (both)
            merge(base, at, over, other, deep - 1, out);
        else if (other)
            doc_write_compact(over, other, out);
        else
            doc_write_compact(base, at, out);
    }
    for (node_id at = doc_first(over, b); at; at = doc_next(over, at)) {
        if (doc_member_named(base, a, doc_key(over, at)))
            continue;
        add_member(over, at, out);
        doc_write_compact(over, at, out);
    }
    buf_add_char(out, '}');
}

/* Lays an object over what is there; the result is a document of its own. */
static void lay_over(struct settings *settings, struct doc *doc, node_id root,
                     struct diags *diags)
{
    struct buf text;
    buf_init(&text, settings->env);
    if (settings->doc)
        merge(settings->doc, SETTINGS_NODE, doc, root, 1, &text);
    else
        doc_write_compact(doc, root, &text);
    struct doc *merged =
        doc_read(settings->env, doc->atoms, &doc->limits, doc->file, buf_str(&text), diags);
    buf_release(&text);
    if (!merged)
        return;
    if (settings->merged)
        doc_free(settings->merged);
    settings->doc = settings->merged = merged;
}

void settings_read(struct settings *settings, struct doc *doc, node_id root, struct diags *diags)
{
    bool world = root != SETTINGS_NODE;
    if (doc_kind(doc, root) != NODE_OBJECT) {
        settings_fail(doc, root, DIAG_SETTINGS_SHAPE, world ? STR("world") : STR("postflow.json"),
                      STR("an object"), STR_NONE, diags);
        return;
    }
    settings_check(doc, root, world, diags);
    take_scalars(settings, doc, root, world);
    if (world || settings->doc)
        lay_over(settings, doc, root, diags);
    else
        settings->doc = doc;
    if (!settings->doc)
        return;
    settings_check_names(settings, doc, root, diags);
    node_id edge = doc_member_named(settings->doc, SETTINGS_NODE, STR("edge"));
    bool stated = edge && doc_is_text(settings->doc, edge);
    settings->edge = stated ? doc_text(settings->doc, edge) : STR_NONE;
}

/* --- what is stated of the product */

int settings_edge_allows_post_flow(const struct settings *settings)
{
    static const int64_t least[] = { 1, 0, 0, 15220 };
    int64_t parts[4];
    if (!settings_version(settings->edge, parts))
        return 0;
    for (int i = 0; i < 4; i++) {
        if (parts[i] != least[i])
            return parts[i] < least[i] ? -1 : 1;
    }
    return 1;
}

int settings_licence_allows_survey(const struct settings *settings)
{
    switch (settings->licence) {
    case LICENCE_NOT_STATED:
        return 0;
    case LICENCE_CX1:
    case LICENCE_CX2:
        return -1;
    case LICENCE_CX1_WEM2:
    case LICENCE_CX2_WEM1:
    case LICENCE_CX3:
        break;
    }
    return 1;
}

bool settings_unpublished(const struct settings *settings, enum flow_type type, struct str name)
{
    const struct doc *doc = settings->doc;
    node_id list = doc ? doc_member_named(doc, SETTINGS_NODE, STR("unpublished")) : 0;
    for (node_id at = list ? doc_first(doc, list) : 0; at; at = doc_next(doc, at)) {
        node_id its_type = doc_member_named(doc, at, STR("type"));
        node_id its_name = doc_member_named(doc, at, STR("name"));
        if (its_type && its_name && str_eq(doc_text(doc, its_name), name) &&
            str_is(doc_text(doc, its_type), flow_type_info(type)->key))
            return true;
    }
    return false;
}

/* --- names */

static node_id section_node(const struct settings *settings, const char *section)
{
    const struct doc *doc = settings->doc;
    node_id node = doc ? doc_member_named(doc, SETTINGS_NODE, str_of(section)) : 0;
    return node && doc_is_container(doc, node) ? node : 0;
}

node_id settings_entry(const struct settings *settings, const char *section, struct str name)
{
    const struct doc *doc = settings->doc;
    node_id node = section_node(settings, section);
    if (!node)
        return 0;
    if (doc_kind(doc, node) == NODE_OBJECT)
        return doc_member_named(doc, node, name);
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at)) {
        if (doc_is_text(doc, at) && str_eq(doc_text(doc, at), name))
            return at;
    }
    return 0;
}

bool settings_name(const struct settings *settings, const char *section, size_t n,
                   struct str *name)
{
    const struct doc *doc = settings->doc;
    node_id node = section_node(settings, section);
    node_id at = node ? doc_first(doc, node) : 0;
    while (at && n-- > 0)
        at = doc_next(doc, at);
    if (!at)
        return false;
    *name = doc_kind(doc, node) == NODE_OBJECT ? doc_key(doc, at) : doc_text(doc, at);
    return true;
}
