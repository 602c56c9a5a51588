#include "engine/flow/settings.h"

#include <string.h>
#include "engine/doc/write.h"
#include "engine/expr/value.h"

enum { SETTINGS_NODE = 1 };

static const int64_t default_now = 1767225600; /* 2026-01-01T00:00:00Z; simulation.md section 4 */

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

/* What a key holds. */
enum shape { TEXT, MAP, LIST, OBJECT };
static const struct section {
    const char *key;
    enum shape shape;
} sections[] = { { "edge", TEXT },           { "licence", TEXT },
                 { "options", OBJECT },      { "unpublished", LIST },
                 { "queues", MAP },          { "defaultInQueueFlow", TEXT },
                 { "users", MAP },           { "groups", MAP },
                 { "skills", LIST },         { "prompts", MAP },
                 { "schedules", MAP },       { "scheduleGroups", MAP },
                 { "emergencyGroups", MAP }, { "dataActions", MAP },
                 { "dataTables", MAP },      { "surveyForms", MAP },
                 { "silence", LIST },        { "rules", LIST },
                 { "now", TEXT } };
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

static const struct section *find_section(struct str key)
{
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (str_is(key, sections[i].key))
            return &sections[i];
    }
    return NULL;
}

static bool fail(const struct doc *doc, node_id node, enum diag_code code, struct str a,
                 struct str b, struct str c, struct diags *diags)
{
    struct place place = { 0 };
    doc_place(doc, node, &place);
    return diag_add(diags, code, &place, a, b, c, STR_NONE);
}

static bool has_shape(const struct doc *doc, node_id node, enum shape shape)
{
    enum node_kind kind = doc_kind(doc, node);
    return shape == TEXT ? kind == NODE_TEXT : shape == LIST ? kind == NODE_LIST
                                                             : kind == NODE_OBJECT;
}

static bool check_sections(const struct doc *doc, node_id root, bool world, struct diags *diags)
{
    static const char *const names[] = { "a text", "an object", "a list", "an object" };
    bool fine = true;
    for (node_id at = doc_first(doc, root); at; at = doc_next(doc, at)) {
        const struct section *section = find_section(doc_key(doc, at));
        if (!section || (!world && !strcmp(section->key, "now")))
            fail(doc, at, DIAG_SETTINGS_KEY, doc_key(doc, at), STR_NONE, STR_NONE, diags);
        else if (!has_shape(doc, at, section->shape))
            fine = fail(doc, at, DIAG_SETTINGS_SHAPE, doc_key(doc, at),
                        str_of(names[section->shape]), STR_NONE, diags);
    }
    return fine;
}

/* The index of a text among words; -1 and a diagnostic that lists them. */
static int word_index(const struct doc *doc, node_id node, const char *const *words,
                      struct diags *diags)
{
    struct str text = doc_text(doc, node);
    for (int i = 0; words[i]; i++) {
        if (doc_kind(doc, node) == NODE_TEXT && str_is(text, words[i]))
            return i;
    }
    struct buf list;
    buf_init(&list, doc->env);
    for (int i = 0; words[i]; i++)
        buf_addf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
    fail(doc, node, DIAG_SETTINGS_WORD, doc_key(doc, node), text, buf_str(&list), diags);
    buf_release(&list);
    return -1;
}

static void read_word(const struct doc *doc, node_id object, const char *key,
                      const char *const *words, int *out, struct diags *diags)
{
    node_id node = doc_member_named(doc, object, str_of(key));
    int index = node ? word_index(doc, node, words, diags) : -1;
    if (index >= 0)
        *out = index;
}

static void read_flag(const struct doc *doc, node_id object, const char *key, bool *out,
                      struct diags *diags)
{
    node_id node = doc_member_named(doc, object, str_of(key));
    enum node_kind kind = node ? doc_kind(doc, node) : NODE_NULL;
    if (kind == NODE_TRUE || kind == NODE_FALSE)
        *out = kind == NODE_TRUE;
    else if (node)
        fail(doc, node, DIAG_SETTINGS_SHAPE, str_of(key), STR("true or false"), STR_NONE, diags);
}

static const char *const option_keys[] = { "systemDisconnect",   "oneShot",
                                           "secureTransferClears", "outboundPostFlow",
                                           "externalNumberIsCallee", "conferenceRule",
                                           "targetUnpublished",  NULL };
static const char *const system_words[] = { "off", "any", "on", NULL };
static const char *const clears_words[] = { "success", "always", "never", NULL };
static const char *const conference_words[] = { "last-agent", "first-agent", NULL };
static const char *const unpublished_words[] = { "disconnect", "run", NULL };

static void read_options(struct settings *settings, const struct doc *doc, node_id object,
                         struct diags *diags)
{
    struct options *options = &settings->options;
    for (node_id at = doc_first(doc, object); at; at = doc_next(doc, at)) {
        bool known = false;
        for (int i = 0; option_keys[i]; i++)
            known |= str_is(doc_key(doc, at), option_keys[i]);
        if (!known)
            fail(doc, at, DIAG_SETTINGS_KEY, doc_key(doc, at), STR_NONE, STR_NONE, diags);
    }
    int system = (int) options->system_disconnect, clears = (int) options->secure_transfer_clears;
    int conference = (int) options->conference_rule;
    int unpublished = (int) options->target_unpublished;
    read_word(doc, object, "systemDisconnect", system_words, &system, diags);
    read_word(doc, object, "secureTransferClears", clears_words, &clears, diags);
    read_word(doc, object, "conferenceRule", conference_words, &conference, diags);
    read_word(doc, object, "targetUnpublished", unpublished_words, &unpublished, diags);
    options->system_disconnect = (enum system_disconnect) system;
    options->secure_transfer_clears = (enum secure_clears) clears;
    options->conference_rule = (enum conference_rule) conference;
    options->target_unpublished = (enum target_unpublished) unpublished;
    read_flag(doc, object, "oneShot", &options->one_shot, diags);
    read_flag(doc, object, "outboundPostFlow", &options->outbound_post_flow, diags);
    read_flag(doc, object, "externalNumberIsCallee", &options->external_number_is_callee, diags);
}

/* Four numbers with dots between them; false: it is none. */
static bool read_version(struct str text, int64_t parts[static 4])
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

static void read_scalars(struct settings *settings, const struct doc *doc, node_id root,
                         struct diags *diags)
{
    static const char *const licences[] = { "cx1", "cx1-wem2", "cx2", "cx2-wem1", "cx3", NULL };
    int64_t parts[4];
    node_id edge = doc_member_named(doc, root, STR("edge"));
    node_id licence = doc_member_named(doc, root, STR("licence"));
    node_id now = doc_member_named(doc, root, STR("now"));
    if (edge && doc_kind(doc, edge) == NODE_TEXT && !read_version(doc_text(doc, edge), parts))
        fail(doc, edge, DIAG_SETTINGS_EDGE, doc_text(doc, edge), STR_NONE, STR_NONE, diags);
    int index = licence ? word_index(doc, licence, licences, diags) : -1;
    if (index >= 0)
        settings->licence = (enum licence)(index + 1);
    if (now && !datetime_parse(doc_text(doc, now), &settings->now))
        fail(doc, now, DIAG_SETTINGS_TIME, doc_text(doc, now), STR_NONE, STR_NONE, diags);
}

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
    if (doc_kind(doc, root) != NODE_OBJECT) {
        fail(doc, root, DIAG_SETTINGS_SHAPE, STR("postflow.json"), STR("an object"), STR_NONE,
             diags);
        return;
    }
    bool world = root != SETTINGS_NODE;
    if (!check_sections(doc, root, world, diags))
        return;
    read_scalars(settings, doc, root, diags);
    node_id options = doc_member_named(doc, root, STR("options"));
    if (options)
        read_options(settings, doc, options, diags);
    if (world || settings->doc)
        lay_over(settings, doc, root, diags);
    else
        settings->doc = doc;
    if (!settings->doc)
        return;
    node_id edge = doc_member_named(settings->doc, SETTINGS_NODE, STR("edge"));
    settings->edge = edge ? doc_text(settings->doc, edge) : STR_NONE;
}

int settings_edge_allows_post_flow(const struct settings *settings)
{
    static const int64_t least[] = { 1, 0, 0, 15220 };
    int64_t parts[4];
    if (!read_version(settings->edge, parts))
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

node_id settings_entry(const struct settings *settings, const char *section, struct str name)
{
    const struct doc *doc = settings->doc;
    node_id node = doc ? doc_member_named(doc, SETTINGS_NODE, str_of(section)) : 0;
    if (!node)
        return 0;
    if (doc_kind(doc, node) == NODE_OBJECT)
        return doc_member_named(doc, node, name);
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at)) {
        if (str_eq(doc_text(doc, at), name))
            return at;
    }
    return 0;
}

bool settings_name(const struct settings *settings, const char *section, size_t n,
                   struct str *name)
{
    const struct doc *doc = settings->doc;
    node_id node = doc ? doc_member_named(doc, SETTINGS_NODE, str_of(section)) : 0;
    node_id at = node ? doc_first(doc, node) : 0;
    while (at && n-- > 0)
        at = doc_next(doc, at);
    if (!at)
        return false;
    *name = doc_kind(doc, node) == NODE_OBJECT ? doc_key(doc, at) : doc_text(doc, at);
    return true;
}
