/* Values of expressions. A value is 16 bytes: small scalars in place; texts, decimals, currencies,
 * lists and JSON arrays and objects by id in a hash-consed pool, so that two values of one type are
 * equal exactly when their bytes are. Values never change. NOT_SET exists in every type
 * (domain.md section 5.1). */
#ifndef POSTFLOW_EXPR_VALUE_H
#define POSTFLOW_EXPR_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include "engine/base/str.h"

/* name, the type's name in Architect, stem of the Archy YAML key (`<stem>Variable`) */
#define VALUE_TYPES(X)                                                                             \
    X(NONE, "None", "")                                                                            \
    X(BOOLEAN, "Boolean", "boolean")                                                               \
    X(INTEGER, "Integer", "integer")                                                               \
    X(DECIMAL, "Decimal", "decimal")                                                               \
    X(STRING, "String", "string")                                                                  \
    X(DATETIME, "DateTime", "dateTime")                                                            \
    X(DATE, "Date", "date")                                                                        \
    X(TIME, "Time", "time")                                                                        \
    X(DURATION, "Duration", "duration")                                                            \
    X(CURRENCY, "Currency", "currency")                                                            \
    X(JSON, "JSON", "json")                                                                        \
    X(PHONE, "Phone Number", "phoneNumber")                                                        \
    X(EMAIL, "Email Address", "emailAddress")                                                      \
    X(AUDIO, "Audio", "audio")                                                                     \
    X(PROMPT, "Prompt", "prompt")                                                                  \
    X(COMMUNICATION, "Communication", "communication")                                             \
    X(QUEUE, "Queue", "queue")                                                                     \
    X(USER, "User", "user")                                                                        \
    X(GROUP, "Group", "group")                                                                     \
    X(SKILL, "ACD Skill", "skill")                                                                 \
    X(LANGUAGE_SKILL, "Language Skill", "languageSkill")                                           \
    X(SCHEDULE, "Schedule", "schedule")                                                            \
    X(SCHEDULE_GROUP, "Schedule Group", "scheduleGroup")                                           \
    X(EMERGENCY_GROUP, "Emergency Group", "emergencyGroup")                                        \
    X(WRAPUP_CODE, "Wrap-up Code", "wrapupCode")                                                   \
    X(AGENT_SCORE_PAIR, "Agent Score Pair", "agentScorePair")                                      \
    X(EXTERNAL_CONTACT, "External Contact", "externalContact")                                     \
    X(EXTERNAL_ORGANIZATION, "External Organization", "externalOrganization")                      \
    X(GRAMMAR, "Grammar", "grammar")                                                               \
    X(JOURNEY_OUTCOME, "Journey Outcome", "journeyOutcome")                                        \
    X(JOURNEY_OUTCOME_SCORE, "Journey Outcome Score", "journeyOutcomeScore")                       \
    X(JOURNEY_SEGMENT, "Journey Segment", "journeySegment")                                        \
    X(JOURNEY_SESSION, "Journey Session", "journeySession")                                        \
    X(KNOWLEDGE_DOCUMENT, "Knowledge Base Document", "knowledgeBaseDocument")                      \
    X(UTILIZATION_LABEL, "Utilization Label", "utilizationLabel")                                  \
    X(SURVEY_FORM, "Survey Form", "surveyForm")                                                    \
    X(SURVEY_QUESTION_GROUP, "Survey Question Group", "surveyQuestionGroup")                       \
    X(SURVEY_ANSWER_OPTION, "Survey Answer Option", "surveyAnswerOption")                          \
    X(SURVEY_QUESTION, "Survey Question", "surveyQuestion")                                        \
    X(OBJECT, "Object", "")                                                                        \
    X(FORMAT_BOOLEAN, "Boolean Format", "")                                                        \
    X(FORMAT_CURRENCY, "Currency Format", "")                                                      \
    X(FORMAT_DATE, "Date Format", "")                                                              \
    X(FORMAT_NUMBER, "Number Format", "")                                                          \
    X(FORMAT_PHONE, "Phone Number Format", "")                                                     \
    X(FORMAT_STRING, "String Format", "")                                                          \
    X(FORMAT_TIME, "Time Format", "")                                                              \
    X(TIME_PART, "Time Part", "")                                                                  \
    X(LANGUAGE_CONTEXT, "Language Context", "")                                                    \
    X(REGION, "Region", "")

enum value_type {
#define X(name, label, stem) TYPE_##name,
    VALUE_TYPES(X)
#undef X
        TYPE_COUNT
};

enum value_flag { VALUE_SET = 1, VALUE_LIST = 2 };
/* What a JSON value holds; in value.json for TYPE_JSON. */
enum value_json {
    VALUE_JSON_NULL,
    VALUE_JSON_BOOLEAN,
    VALUE_JSON_NUMBER,
    VALUE_JSON_TEXT,
    VALUE_JSON_LIST,
    VALUE_JSON_OBJECT
};

struct value {
    uint8_t type;   /* enum value_type: of the items, where VALUE_LIST is set */
    uint8_t flags;  /* enum value_flag; without VALUE_SET it is NOT_SET */
    uint8_t json;   /* enum value_json for TYPE_JSON, else 0 */
    uint8_t pad;    /* 0 */
    uint32_t id;    /* pool id for what lives there, else 0 */
    int64_t number; /* INTEGER; BOOLEAN 0/1; DATETIME seconds since 1970; DATE days; TIME seconds;
                       DURATION milliseconds; else 0. A JSON boolean too. */
};

static inline bool value_is_set(struct value v)
{
    return v.flags & VALUE_SET;
}
static inline bool value_same(struct value a, struct value b)
{
    return a.type == b.type && a.flags == b.flags && a.json == b.json && a.id == b.id &&
           a.number == b.number;
}
static inline struct value value_not_set(enum value_type type)
{
    return (struct value){ .type = (uint8_t) type };
}
static inline struct value value_boolean(bool b)
{
    return (struct value){ .type = TYPE_BOOLEAN, .flags = VALUE_SET, .number = b };
}
static inline struct value value_integer(int64_t i)
{
    return (struct value){ .type = TYPE_INTEGER, .flags = VALUE_SET, .number = i };
}
static inline struct value value_duration(int64_t ms)
{
    return (struct value){ .type = TYPE_DURATION, .flags = VALUE_SET, .number = ms };
}

/* The pool: append-only, hash-consed; id 0 is never used. Not shared between threads. */
struct pool;
struct env;
struct pool *pool_new(struct env *env);
void pool_free(struct pool *pool);
struct env *pool_env(const struct pool *pool);
/* A mark and the way back to it: everything interned since is forgotten (ids become invalid). */
uint32_t pool_mark(const struct pool *pool);
void pool_rewind(struct pool *pool, uint32_t mark);

uint32_t pool_text(struct pool *pool, struct str text);
struct str pool_get_text(const struct pool *pool, uint32_t id);
/* A vector of values (a list's items, a frame of variables). */
uint32_t pool_list(struct pool *pool, const struct value *items, uint32_t count);
const struct value *pool_get_list(const struct pool *pool, uint32_t id, uint32_t *count);
/* The vector with one item replaced. */
uint32_t pool_list_with(struct pool *pool, uint32_t id, uint32_t index, struct value item);
/* An object: sorted by key, keys unique (the last one given wins). keys[i] are pool texts. */
struct pool_member {
    uint32_t key;
    struct value value;
};
uint32_t pool_object(struct pool *pool, struct pool_member *members, uint32_t count);
const struct pool_member *pool_get_object(const struct pool *pool, uint32_t id, uint32_t *count);
/* A vector of plain numbers (call frames, interned stacks). */
uint32_t pool_words(struct pool *pool, const uint32_t *words, uint32_t count);
const uint32_t *pool_get_words(const struct pool *pool, uint32_t id, uint32_t *count);

struct value value_string(struct pool *pool, struct str text);
/* STRING, PHONE, EMAIL, AUDIO, PROMPT, COMMUNICATION and the named objects: their text or name. */
static inline struct value value_named(struct pool *pool, enum value_type type, struct str name)
{
    return (struct value){ .type = (uint8_t) type,
                           .flags = VALUE_SET,
                           .id = pool_text(pool, name) };
}
static inline struct str value_text(const struct pool *pool, struct value v)
{
    bool structure = v.type == TYPE_JSON && v.json != VALUE_JSON_TEXT &&
                     v.json != VALUE_JSON_NUMBER;
    return pool_get_text(pool, v.flags == VALUE_SET && !structure ? v.id : 0);
}
struct value value_list(struct pool *pool, enum value_type type, const struct value *items,
                        uint32_t count);
struct value value_json_null(void);
/* About how many bytes it takes to show a value (saturates), and how deep lists and objects lie in
 * each other. Known without looking through it: a small pool may hold a value that is huge when it
 * is written out. */
uint32_t pool_weight(const struct pool *pool, uint32_t id);
static inline uint32_t value_weight(const struct pool *pool, struct value v)
{
    return v.id ? pool_weight(pool, v.id) : (uint32_t) sizeof v;
}
uint32_t value_depth(const struct pool *pool, struct value v);
/* JSON of JSON text (strict); false and a reason with line and column of the text. */
struct diags;
bool value_json_parse(struct pool *pool, struct str text, struct value *out, struct diags *diags);
/* The parts of a currency: the text of a decimal, three letters; empty where a part is NOT_SET. */
struct str currency_amount(const struct pool *pool, struct value v);
struct str currency_code(const struct pool *pool, struct value v);
/* A decimal from its text ("-12.50"); false when it is none or out of range. */
bool value_decimal(struct pool *pool, struct str text, struct value *out);

/* As people read it: true, 12, 1.50, "text" in double quotes with escapes, NOT_SET, [a, b], JSON
 * compact, durations and times in ISO 8601, currencies "2.25 USD". */
void value_show(const struct pool *pool, struct value v, struct buf *out);
/* As JSON (traces, scenarios): NOT_SET is null, dates and durations are texts. */
void value_to_json(const struct pool *pool, struct value v, struct buf *out);
/* Exactly what ToString gives; NOT_SET gives the empty text. */
void value_to_string(const struct pool *pool, struct value v, struct buf *out);
const char *value_type_name(enum value_type type);
/* By the stem of the YAML key ("string", "stringCollection"); false when unknown. */
bool value_type_find(struct str stem, enum value_type *type, bool *is_list);
/* ISO 8601: "PT1M30S" -> milliseconds; "2026-03-02T09:00:00Z" -> seconds. */
/* Seconds of a DateTime: 1800 to 2200. */
bool datetime_in_range(int64_t seconds);
bool duration_parse(struct str text, int64_t *ms);
bool datetime_parse(struct str text, int64_t *seconds);
void duration_show(int64_t ms, struct buf *out);
void datetime_show(int64_t seconds, struct buf *out);

#endif
