/* What may stand in postflow.json (simulation.md section 5): one table, gone through beside the
 * document. */
#include <string.h>
#include "engine/expr/value.h"
#include "engine/flow/settings_parts.h"

enum shape_kind {
    SHAPE_ANY,
    SHAPE_TEXT,
    SHAPE_FLAG,
    SHAPE_NUMBER,
    SHAPE_WORD,     /* one of `words` */
    SHAPE_DURATION,
    SHAPE_MOMENT,
    SHAPE_VERSION,
    SHAPE_CODE,     /* of a diagnostic */
    SHAPE_LIST,     /* of `item` */
    SHAPE_MAP,      /* from names to `item` */
    SHAPE_OBJECT,   /* with `parts` */
    SHAPE_ONE_OF,   /* an object with one of `words` as its only key, and an `item` */
    SHAPE_PERIODS,  /* a schedule */
    SHAPE_SWITCH,   /* true, false, {"active": true} */
    SHAPE_OUTCOME,  /* a schedule group: an object with `parts`, or one of `words` */
};

struct part;
struct shape {
    enum shape_kind kind;
    const char *const *words;
    const struct shape *item;
    const struct part *parts;
};
struct part {
    const char *key; /* NULL ends the list */
    struct shape shape;
    bool required;
};

static const struct shape any = { .kind = SHAPE_ANY };
static const struct shape text = { .kind = SHAPE_TEXT };
static const struct shape code = { .kind = SHAPE_CODE };
static const struct shape periods = { .kind = SHAPE_PERIODS };
static const struct shape switched = { .kind = SHAPE_SWITCH };
static const struct shape free_map = { .kind = SHAPE_MAP, .item = &any };

#define WORDS(words_) { .kind = SHAPE_WORD, .words = words_ }
#define LIST(item_) { .kind = SHAPE_LIST, .item = item_ }
#define MAP(item_) { .kind = SHAPE_MAP, .item = item_ }
#define OBJECT(parts_) { .kind = SHAPE_OBJECT, .parts = parts_ }
#define OF(kind_) { .kind = SHAPE_##kind_ }
#define LAST { .key = NULL }

static const struct part option_parts[] = {
    { "systemDisconnect", WORDS(system_disconnect_words), false },
    { "oneShot", OF(FLAG), false },
    { "secureTransferClears", WORDS(secure_clears_words), false },
    { "outboundPostFlow", OF(FLAG), false },
    { "externalNumberIsCallee", OF(FLAG), false },
    { "conferenceRule", WORDS(conference_rule_words), false },
    { "targetUnpublished", WORDS(target_unpublished_words), false },
    LAST,
};

static const char *const flow_words[] = { "inboundCall", "inqueueCall",  "commonModule",
                                          "voiceSurvey", "secureCall",   "outboundCall",
                                          NULL };
static const struct part unpublished_parts[] = { { "type", WORDS(flow_words), true },
                                                 { "name", OF(TEXT), true },
                                                 LAST };
static const struct shape unpublished = OBJECT(unpublished_parts);

static const struct part queue_parts[] = { { "inQueueFlow", OF(TEXT), false },
                                           { "estimatedWait", OF(DURATION), false },
                                           { "position", OF(NUMBER), false },
                                           LAST };
static const struct shape queue = OBJECT(queue_parts);

static const struct part user_parts[] = { { "queues", LIST(&text), false },
                                          { "extension", OF(TEXT), false },
                                          LAST };
static const struct shape user = OBJECT(user_parts);

static const struct part nothing[] = { LAST };
static const struct shape group = OBJECT(nothing);

static const struct part group_parts[] = { { "open", LIST(&text), false },
                                           { "closed", LIST(&text), false },
                                           { "holiday", LIST(&text), false },
                                           LAST };
const char *const group_words[] = { "emergency", "holiday", "closed", "open", NULL };
static const struct shape schedule_group = { .kind = SHAPE_OUTCOME, .words = group_words,
                                             .parts = group_parts };

static const char *const result_words[] = { "success", "failure", "timeout", NULL };
static const struct shape result = { .kind = SHAPE_ONE_OF, .words = result_words,
                                     .item = &free_map };
static const struct shape results = LIST(&result);
/* Of other actions: the ids of their outputs, intents of bots too. */
static const struct shape any_result = { .kind = SHAPE_ONE_OF, .item = &free_map };
static const struct shape any_results = LIST(&any_result);

static const struct shape table = MAP(&free_map);

const char *const survey_words[] = { "freeText",       "range",    "nps", "yesNo",
                                     "multipleChoice", "readOnly", NULL };
static const struct part question_parts[] = { { "text", OF(TEXT), true },
                                              { "type", WORDS(survey_words), false },
                                              { "min", OF(NUMBER), false },
                                              { "max", OF(NUMBER), false },
                                              { "options", LIST(&text), false },
                                              LAST };
static const struct shape question = OBJECT(question_parts);
static const struct part form_parts[] = { { "questions", LIST(&question), true }, LAST };
static const struct shape form = OBJECT(form_parts);

static const struct part root_parts[] = {
    { "edge", OF(VERSION), false },
    { "licence", WORDS(licence_words), false },
    { "options", OBJECT(option_parts), false },
    { "unpublished", LIST(&unpublished), false },
    { "queues", MAP(&queue), false },
    { "defaultInQueueFlow", OF(TEXT), false },
    { "users", MAP(&user), false },
    { "groups", MAP(&group), false },
    { "skills", LIST(&text), false },
    { "prompts", MAP(&any), false },
    { "schedules", MAP(&periods), false },
    { "scheduleGroups", MAP(&schedule_group), false },
    { "emergencyGroups", MAP(&switched), false },
    { "dataActions", MAP(&results), false },
    { "dataTables", MAP(&table), false },
    { "results", MAP(&any_results), false },
    { "surveyForms", MAP(&form), false },
    { "silence", LIST(&code), false },
    { "rules", LIST(&any), false },
    { "now", OF(MOMENT), false }, /* last: a scenario's world has it, postflow.json has not */
    LAST,
};

/* --- going through */

struct checking {
    const struct doc *doc;
    struct diags *diags;
};

/* The node's key, or for an item that of the list around it. */
static struct str name_of(const struct checking *c, node_id node)
{
    while (node && !doc_key(c->doc, node).len)
        node = doc_parent(c->doc, node);
    return node ? doc_key(c->doc, node) : STR("postflow.json");
}

static bool wrong(const struct checking *c, node_id node, const char *wanted)
{
    return settings_fail(c->doc, node, DIAG_SETTINGS_SHAPE, name_of(c, node), str_of(wanted),
                         STR_NONE, c->diags);
}

static bool wrong_word(const struct checking *c, node_id node, struct str word,
                       const char *const *words)
{
    struct buf list;
    buf_init(&list, c->doc->env);
    for (int i = 0; words[i]; i++)
        buf_addf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
    settings_fail(c->doc, node, DIAG_SETTINGS_WORD, name_of(c, node), word, buf_str(&list),
                  c->diags);
    buf_release(&list);
    return false;
}

static void check(const struct checking *c, node_id node, const struct shape *shape);

static const struct part *find_part(const struct part *parts, struct str key)
{
    while (parts->key && !str_is(key, parts->key))
        parts++;
    return parts->key ? parts : NULL;
}

static void check_parts(const struct checking *c, node_id node, const struct part *parts)
{
    if (doc_kind(c->doc, node) != NODE_OBJECT) {
        wrong(c, node, "an object");
        return;
    }
    for (node_id at = doc_first(c->doc, node); at; at = doc_next(c->doc, at)) {
        const struct part *part = find_part(parts, doc_key(c->doc, at));
        if (part)
            check(c, at, &part->shape);
        else
            settings_fail(c->doc, at, DIAG_SETTINGS_KEY, doc_key(c->doc, at), STR_NONE, STR_NONE,
                          c->diags);
    }
    for (const struct part *part = parts; part->key; part++) {
        if (part->required && !doc_member_named(c->doc, node, str_of(part->key)))
            settings_fail(c->doc, node, DIAG_SETTINGS_MISSING, name_of(c, node), str_of(part->key),
                          STR_NONE, c->diags);
    }
}

static void check_items(const struct checking *c, node_id node, const struct shape *shape)
{
    bool map = shape->kind == SHAPE_MAP;
    if (doc_kind(c->doc, node) != (map ? NODE_OBJECT : NODE_LIST)) {
        wrong(c, node, map ? "an object" : "a list");
        return;
    }
    for (node_id at = doc_first(c->doc, node); at; at = doc_next(c->doc, at))
        check(c, at, shape->item);
}

static void check_one_of(const struct checking *c, node_id node, const struct shape *shape)
{
    node_id only = doc_kind(c->doc, node) == NODE_OBJECT ? doc_first(c->doc, node) : 0;
    if (!only || doc_next(c->doc, only)) {
        wrong(c, node, "an object with one output and its results");
        return;
    }
    if (!shape->words) {
        check(c, only, shape->item);
        return;
    }
    for (int i = 0; shape->words[i]; i++) {
        if (str_is(doc_key(c->doc, only), shape->words[i])) {
            check(c, only, shape->item);
            return;
        }
    }
    wrong_word(c, node, doc_key(c->doc, only), shape->words);
}

static void check_period(const struct checking *c, node_id node)
{
    static const char *const keys[] = { "active", "days", "from", "to", NULL };
    struct period ignored;
    struct period_fault fault;
    if (!period_read(c->doc, node, &ignored, &fault)) {
        struct str written = doc_is_container(c->doc, fault.wrong) ? STR("This")
                                                                   : doc_text(c->doc, fault.wrong);
        settings_fail(c->doc, fault.wrong, DIAG_SETTINGS_SCHEDULE, written, str_of(fault.part),
                      str_of(fault.wanted), c->diags);
    }
    bool object = doc_kind(c->doc, node) == NODE_OBJECT;
    for (node_id at = object ? doc_first(c->doc, node) : 0; at; at = doc_next(c->doc, at)) {
        bool known = false;
        for (int i = 0; keys[i]; i++)
            known |= str_is(doc_key(c->doc, at), keys[i]);
        if (!known)
            settings_fail(c->doc, at, DIAG_SETTINGS_KEY, doc_key(c->doc, at), STR_NONE, STR_NONE,
                          c->diags);
    }
}

static void check_periods(const struct checking *c, node_id node)
{
    if (doc_kind(c->doc, node) != NODE_LIST) {
        check_period(c, node);
        return;
    }
    for (node_id at = doc_first(c->doc, node); at; at = doc_next(c->doc, at))
        check_period(c, at);
}

static bool is_flag(const struct doc *doc, node_id node)
{
    return doc_is_boolean(doc, node);
}

static void check_switch(const struct checking *c, node_id node)
{
    node_id active = doc_member_named(c->doc, node, STR("active"));
    if (!is_flag(c->doc, active ? active : node))
        wrong(c, node, "true or false");
}

/* Texts of a kind, numbers and flags. */
static void check_scalar(const struct checking *c, node_id node, const struct shape *shape)
{
    bool is_text = doc_is_text(c->doc, node);
    struct str word = doc_text(c->doc, node);
    int64_t number, parts[4];
    enum diag_code found;
    switch (shape->kind) {
    case SHAPE_FLAG:
        if (!is_flag(c->doc, node))
            wrong(c, node, "true or false");
        break;
    case SHAPE_NUMBER:
        if (doc_core_kind(c->doc, node) != NODE_NUMBER || !str_to_int(word, &number) || number < 0)
            wrong(c, node, "a whole number from 0");
        break;
    case SHAPE_WORD:
        if (settings_word(c->doc, node, shape->words) < 0)
            wrong_word(c, node, word, shape->words);
        break;
    case SHAPE_DURATION:
        if (!is_text || !duration_parse(word, &number) || number < 0)
            wrong(c, node, "a duration: PT2M30S");
        break;
    case SHAPE_MOMENT:
        if (!is_text || !datetime_parse(word, &number))
            settings_fail(c->doc, node, DIAG_SETTINGS_TIME, word, STR_NONE, STR_NONE, c->diags);
        break;
    case SHAPE_VERSION:
        if (!is_text || !settings_version(word, parts))
            settings_fail(c->doc, node, DIAG_SETTINGS_EDGE, word, STR_NONE, STR_NONE, c->diags);
        break;
    case SHAPE_CODE:
        if (str_find_char(word, ' ') > 0) /* only in the file behind it */
            word = str_slice(word, 0, (size_t) str_find_char(word, ' '));
        if (!is_text || !diag_find(word, &found))
            settings_fail(c->doc, node, DIAG_SETTINGS_CODE, word, STR_NONE, STR_NONE, c->diags);
        break;
    default:
        if (!is_text)
            wrong(c, node, "a text");
        break;
    }
}

/* As deep as the table, not as the document. */
static void check(const struct checking *c, node_id node, const struct shape *shape)
{
    switch (shape->kind) {
    case SHAPE_ANY:
        break;
    case SHAPE_LIST:
    case SHAPE_MAP:
        check_items(c, node, shape);
        break;
    case SHAPE_OBJECT:
        check_parts(c, node, shape->parts);
        break;
    case SHAPE_ONE_OF:
        check_one_of(c, node, shape);
        break;
    case SHAPE_PERIODS:
        check_periods(c, node);
        break;
    case SHAPE_SWITCH:
        check_switch(c, node);
        break;
    case SHAPE_OUTCOME:
        if (doc_kind(c->doc, node) == NODE_OBJECT)
            check_parts(c, node, shape->parts);
        else if (settings_word(c->doc, node, shape->words) < 0)
            wrong_word(c, node, doc_text(c->doc, node), shape->words);
        break;
    default:
        check_scalar(c, node, shape);
        break;
    }
}

void settings_check(const struct doc *doc, node_id root, bool world, struct diags *diags)
{
    struct checking c = { doc, diags };
    for (node_id at = doc_first(doc, root); at; at = doc_next(doc, at)) {
        const struct part *part = find_part(root_parts, doc_key(doc, at));
        if (part && (world || part->shape.kind != SHAPE_MOMENT))
            check(&c, at, &part->shape);
        else
            settings_fail(doc, at, DIAG_SETTINGS_KEY, doc_key(doc, at), STR_NONE, STR_NONE, diags);
    }
}

void settings_check_names(const struct settings *settings, const struct doc *doc, node_id root,
                          struct diags *diags)
{
    node_id groups = doc_member_named(doc, root, STR("scheduleGroups"));
    for (node_id at = groups ? doc_first(doc, groups) : 0; at; at = doc_next(doc, at)) {
        for (node_id list = doc_first(doc, at); list; list = doc_next(doc, list)) {
            for (node_id item = doc_first(doc, list); item; item = doc_next(doc, item)) {
                if (doc_is_text(doc, item) &&
                    !settings_entry(settings, "schedules", doc_text(doc, item)))
                    settings_fail(doc, item, DIAG_SETTINGS_SCHEDULE_MISSING, doc_text(doc, item),
                                  STR_NONE, STR_NONE, diags);
            }
        }
    }
}
