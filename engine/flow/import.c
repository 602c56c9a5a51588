#include "engine/flow/import.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/envelope.h"
#include "engine/doc/write.h"
#include "engine/flow/import_parts.h"

/* --- reading and telling */

void import_mark(struct import *im, node_id node, enum import_mark mark)
{
    im->doc->nodes[node].tag |= (uint16_t) mark;
}

bool import_marked(const struct import *im, node_id node, enum import_mark mark)
{
    return doc_node(im->doc, node)->tag & mark;
}

node_id import_member(struct import *im, node_id object, const char *key)
{
    node_id node = doc_member_named(im->doc, object, str_of(key));
    if (node && doc_is_container(im->doc, node))
        import_mark(im, node, MARK_LOOKED);
    return node;
}

struct str import_text(struct import *im, node_id object, const char *key)
{
    node_id node = doc_member_named(im->doc, object, str_of(key));
    if (!node || doc_is_container(im->doc, node))
        return STR_NONE;
    import_mark(im, node, MARK_USED);
    return doc_kind(im->doc, node) == NODE_NULL ? STR_NONE : doc_text(im->doc, node);
}

bool import_is_true(struct import *im, node_id object, const char *key)
{
    return str_is(import_text(im, object, key), "true");
}

node_id import_first(struct import *im, node_id object, const char *key)
{
    node_id list = import_member(im, object, key);
    return list && doc_kind(im->doc, list) == NODE_LIST ? doc_first(im->doc, list) : 0;
}

void import_tell(struct import *im, enum diag_code code, node_id node, struct str a, struct str b,
                 struct str c)
{
    struct place place = { 0 };
    doc_place(im->doc, node, &place);
    place.node = 0; /* of the export, not of the flow */
    diag_add(im->diags, code, &place, a, b, c, STR_NONE);
}

struct str import_name(const struct import *im, node_id node)
{
    node_id name = doc_member_named(im->doc, node, STR("name"));
    node_id type = doc_member_named(im->doc, node, STR("__type"));
    struct str text = name ? doc_text(im->doc, name) : STR_NONE;
    return text.len > 0 ? text : type ? doc_text(im->doc, type) : STR("");
}

struct str import_keep(struct import *im, const struct buf *text)
{
    return (struct str){ arena_text(&im->arena, text->ptr ? text->ptr : "", text->len), text->len };
}

static char lower_of(char c)
{
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
}

static char upper_of(char c)
{
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
}

struct str import_lower(struct import *im, struct str text)
{
    char *kept = arena_text(&im->arena, text.len ? text.ptr : "", text.len);
    for (size_t i = 0; i < text.len; i++)
        kept[i] = lower_of(kept[i]);
    return (struct str){ kept, text.len };
}

struct str import_stem(struct import *im, struct str type, struct str ending)
{
    if (str_ends(type, ending))
        type = str_slice(type, 0, type.len - ending.len);
    char *kept = arena_text(&im->arena, type.len ? type.ptr : "", type.len);
    kept[0] = lower_of(kept[0]);
    return (struct str){ kept, type.len };
}

struct str import_camel(struct import *im, struct str id)
{
    char *kept = arena_text(&im->arena, id.len ? id.ptr : "", id.len);
    size_t len = 0;
    bool upper = false;
    for (size_t i = 0; i < id.len; i++) {
        if (id.ptr[i] == '_') {
            upper = len > 0;
            continue;
        }
        kept[len++] = upper ? upper_of(id.ptr[i]) : lower_of(id.ptr[i]);
        upper = false;
    }
    return (struct str){ kept, len };
}

/* --- the flow */

/* Types of which postflow knows no more than how their root key is spelled. */
static const struct {
    const char *value, *key;
} other_types[] = {
    { "workflow", "workflow" },
    { "inboundemail", "inboundEmail" },
    { "inboundshortmessage", "inboundShortMessage" },
    { "inboundchat", "inboundChat" },
    { "inqueueemail", "inqueueEmail" },
    { "inqueueshortmessage", "inqueueShortMessage" },
    { "bot", "botFlow" },
    { "digitalbot", "digitalBot" },
    { "surveyinvite", "surveyInvite" },
    { "emailsend", "emailSend" },
};

static void find_type(struct import *im)
{
    struct str type = import_lower(im, import_text(im, 1, "type"));
    im->root = type;
    for (int i = 1; i < FLOW_TYPE_COUNT; i++) {
        const struct flow_type_info *info = flow_type_info((enum flow_type) i);
        if (!str_is(type, info->type_value))
            continue;
        im->type = (enum flow_type) i;
        im->root = str_of(info->key);
    }
    for (size_t i = 0; i < sizeof other_types / sizeof *other_types; i++) {
        if (str_is(type, other_types[i].value))
            im->root = str_of(other_types[i].key);
    }
}

static void write_engine(struct import *im, node_id speech)
{
    node_id engine = import_member(im, speech, "engine"),
            voice = import_member(im, speech, "voice");
    if (!engine || !voice)
        return;
    struct str name = import_text(im, engine, "name");
    if (str_is(import_text(im, engine, "selection"), "default") || name.len == 0)
        name = STR("defaultEngine");
    out_open(&im->out, STR("textToSpeech"), '{');
    out_open(&im->out, name, '{');
    struct str voice_name = import_text(im, voice, "name");
    if (str_is(import_text(im, voice, "selection"), "default") || voice_name.len == 0)
        out_json(&im->out, STR("defaultVoice"), STR("true"));
    else
        out_text(&im->out, STR("voice"), voice_name);
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

static void write_language(struct import *im, node_id options)
{
    node_id skill = doc_member_named(im->doc, options, STR("languageSkill"));
    node_id speech = import_member(im, options, "textToSpeech");
    bool has_skill = skill && import_is_value(im, skill);
    out_open(&im->out, import_lower(im, import_text(im, options, "language")), '{');
    if (has_skill)
        import_value(im, STR("defaultLanguageSkill"), skill);
    if (speech && doc_kind(im->doc, speech) == NODE_OBJECT)
        write_engine(im, speech);
    else if (!has_skill)
        out_json(&im->out, STR("none"), STR("true"));
    out_close(&im->out, '}');
}

/* With options where there are any, else by their tags alone. */
static void write_languages(struct import *im)
{
    struct text_map seen;
    node_id options = import_first(im, 1, "supportedLanguageOptions");
    node_id tags = import_first(im, 1, "supportedLanguages");
    if (!options && !tags)
        return;
    text_map_init(&seen, im->env);
    out_open(&im->out, STR("supportedLanguages"), '{');
    for (node_id at = options; at; at = doc_next(im->doc, at)) {
        node_id language = doc_member_named(im->doc, at, STR("language"));
        struct str tag = language ? import_lower(im, doc_text(im->doc, language)) : STR_NONE;
        if (tag.len == 0 || text_map_add(&seen, tag, 1))
            continue;
        import_mark(im, at, MARK_LOOKED);
        write_language(im, at);
    }
    for (node_id at = tags; at; at = doc_next(im->doc, at)) {
        struct str tag = import_lower(im, doc_text(im->doc, at));
        import_mark(im, at, MARK_USED);
        if (tag.len > 0 && !text_map_add(&seen, tag, 1))
            import_true(im, tag, "none");
    }
    out_close(&im->out, '}');
    text_map_release(&seen);
}

/* In the order that exports of Archy have (archy.md section 2). */
static void write_flow(struct import *im)
{
    static const char *const texts[] = { "description", "division" };
    node_id greeting = doc_member_named(im->doc, 1, STR("initialPrompts"));
    struct str start = import_ref(im, import_text(im, 1, "initialSequence"));
    out_open(&im->out, STR_NONE, '{');
    out_open(&im->out, im->root, '{');
    out_text(&im->out, STR("name"), import_text(im, 1, "name"));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct str text = import_text(im, 1, texts[i]);
        if (text.ptr)
            out_text(&im->out, str_of(texts[i]), text);
    }
    if (start.len > 0 && !(flow_type_info(im->type)->flags & FLOW_HAS_ONE_TASK))
        out_text(&im->out, STR("startUpRef"), start);
    if (im->type != FLOW_COMMON_MODULE && im->language.len > 0)
        out_text(&im->out, STR("defaultLanguage"), im->language);
    write_languages(im);
    if (greeting && import_is_audio(im, greeting))
        import_audio(im, STR("initialGreeting"), greeting);
    import_variables(im, "variables", 1);
    import_settings(im);
    import_items(im);
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

static bool refuse(const struct doc *doc, const char *what, struct diags *diags)
{
    struct place place = { 0 };
    doc_place(doc, 1, &place);
    return diag_add1(diags, DIAG_IMPORT_NO_FLOW, &place, str_of(what));
}

static bool check_root(const struct doc *doc, struct diags *diags)
{
    node_id type = doc_member_named(doc, 1, STR("type"));
    node_id list = doc_member_named(doc, 1, STR("flowSequenceItemList"));
    if (doc_kind(doc, 1) != NODE_OBJECT)
        return refuse(doc, "it is no object", diags);
    if (!list || doc_kind(doc, list) != NODE_LIST)
        return refuse(doc, "it has no list flowSequenceItemList", diags);
    if (!type || doc_kind(doc, type) != NODE_TEXT || doc_text(doc, type).len == 0)
        return refuse(doc, "it does not say its type", diags);
    return true;
}

bool import_is_configuration(const struct doc *doc)
{
    return doc_kind(doc, 1) == NODE_OBJECT &&
           doc_member_named(doc, 1, STR("flowSequenceItemList")) != 0;
}

/* The text that was made, in its canonical layout. */
static bool print_canonical(const struct import *im, struct str text, struct buf *out)
{
    struct doc *flow = doc_read(im->env, im->doc->atoms, &im->doc->limits, im->doc->file, text,
                                im->diags);
    if (!flow)
        return false;
    doc_write_canonical(flow, 1, out);
    doc_free(flow);
    return true;
}

bool import_flow(struct doc *doc, struct buf *out, struct diags *diags)
{
    enum { TIMES = 8, ROOM = 1 << 16 };
    struct import im = { .env = doc->env, .doc = doc, .diags = diags };
    struct buf text;
    if (!check_root(doc, diags))
        return false;
    buf_init(&text, doc->env);
    arena_init(&im.arena, doc->env);
    text_map_init(&im.ids, doc->env);
    text_map_init(&im.item_ids, doc->env);
    im.out.text = &text;
    im.most = doc->source_len * TIMES + ROOM;
    find_type(&im);
    im.language = import_lower(&im, import_text(&im, 1, "defaultLanguage"));
    import_items_find(&im);
    write_flow(&im);
    bool made = !im.failed && print_canonical(&im, buf_str(&text), out);
    if (made)
        import_report(&im);
    text_map_release(&im.ids);
    text_map_release(&im.item_ids);
    mem_free(im.env, im.items);
    mem_free(im.env, im.way);
    arena_release(&im.arena);
    buf_release(&text);
    return made;
}

static struct doc *read_flow_of(struct doc *configuration, struct diags *diags)
{
    struct doc *flow = NULL;
    struct buf text;
    buf_init(&text, configuration->env);
    if (import_flow(configuration, &text, diags))
        flow = doc_read_steal(configuration->env, configuration->atoms, &configuration->limits,
                              configuration->file, &text, diags);
    buf_release(&text);
    return flow;
}

struct doc *import_read(struct env *env, struct atoms *atoms, const struct limits *limits,
                        const char *name, struct buf *text, bool *imported, struct diags *diags)
{
    bool envelope = envelope_is(buf_str(text));
    if (imported)
        *imported = envelope;
    if (envelope) {
        struct buf inside;
        buf_init(&inside, env);
        bool opened = envelope_open(limits, name, buf_str(text), &inside, diags);
        buf_release(text);
        *text = inside;
        if (!opened)
            return NULL;
    }
    struct doc *doc = doc_read_steal(env, atoms, limits, name, text, diags);
    if (!doc || !(envelope || import_is_configuration(doc)))
        return doc;
    if (imported)
        *imported = true;
    struct doc *flow = read_flow_of(doc, diags);
    doc_free(doc);
    return flow;
}
