/* From the name of a function to its overloads. */
#include "engine/base/mem.h"
#include "engine/expr/ast.h"

/* Rows are those of the function table, counted from 1; 0 is none. Kept with the pool: made once
 * for all that is compiled into it, a signature when it is first looked at. */
enum { SLOTS = 1024 };
struct overloads {
    struct slot {
        struct str name;
        uint16_t first; /* row of the name */
    } slots[SLOTS];
    struct overload rows[];
};

static const uint8_t letter_types[128] = {
    ['b'] = TYPE_BOOLEAN,           ['i'] = TYPE_INTEGER,
    ['d'] = TYPE_DECIMAL,           ['s'] = TYPE_STRING,
    ['t'] = TYPE_DATETIME,          ['D'] = TYPE_DATE,
    ['h'] = TYPE_TIME,              ['u'] = TYPE_DURATION,
    ['C'] = TYPE_CURRENCY,          ['j'] = TYPE_JSON,
    ['p'] = TYPE_PHONE,             ['m'] = TYPE_EMAIL,
    ['a'] = TYPE_AUDIO,             ['P'] = TYPE_PROMPT,
    ['c'] = TYPE_COMMUNICATION,     ['Q'] = TYPE_QUEUE,
    ['U'] = TYPE_USER,              ['G'] = TYPE_GROUP,
    ['S'] = TYPE_SKILL,             ['k'] = TYPE_LANGUAGE_SKILL,
    ['H'] = TYPE_SCHEDULE,          ['R'] = TYPE_SCHEDULE_GROUP,
    ['E'] = TYPE_EMERGENCY_GROUP,   ['w'] = TYPE_WRAPUP_CODE,
    ['A'] = TYPE_AGENT_SCORE_PAIR,  ['x'] = TYPE_EXTERNAL_CONTACT,
    ['X'] = TYPE_EXTERNAL_ORGANIZATION,
    ['g'] = TYPE_GRAMMAR,           ['J'] = TYPE_JOURNEY_OUTCOME,
    ['o'] = TYPE_JOURNEY_OUTCOME_SCORE,
    ['n'] = TYPE_JOURNEY_SEGMENT,   ['N'] = TYPE_JOURNEY_SESSION,
    ['K'] = TYPE_KNOWLEDGE_DOCUMENT,
    ['L'] = TYPE_UTILIZATION_LABEL, ['F'] = TYPE_SURVEY_FORM,
    ['y'] = TYPE_SURVEY_QUESTION_GROUP,
    ['Y'] = TYPE_SURVEY_ANSWER_OPTION,
    ['q'] = TYPE_SURVEY_QUESTION,   ['1'] = TYPE_FORMAT_BOOLEAN,
    ['2'] = TYPE_FORMAT_CURRENCY,   ['3'] = TYPE_FORMAT_DATE,
    ['4'] = TYPE_FORMAT_NUMBER,     ['5'] = TYPE_FORMAT_PHONE,
    ['6'] = TYPE_FORMAT_STRING,     ['7'] = TYPE_FORMAT_TIME,
    ['8'] = TYPE_TIME_PART,         ['9'] = TYPE_LANGUAGE_CONTEXT,
};

struct parameter signature_parameter(const char **at)
{
    struct parameter parameter = { .type.list = **at == '[' };
    *at += parameter.type.list;
    parameter.letter = **at;
    parameter.type.type = letter_types[*(*at)++ & 127];
    parameter.not_set = **at == '?';
    *at += parameter.not_set;
    return parameter;
}

/* Both are seldom needed. */
static __attribute__((noinline)) void read_signature(struct overload *row,
                                                     const struct function *function)
{
    const char *at = function->signature;
    row->function = function;
    row->result = signature_parameter(&at);
    for (at++; *at && *at != '+'; row->count++) {
        BUG_ON(row->count == MOST_PARAMETERS);
        row->parameters[row->count] = signature_parameter(&at);
    }
    row->repeats = *at == '+';
}

/* Letter case does not matter. */
static struct slot *slot_find(struct overloads *index, struct str name)
{
    const unsigned char *at = (const unsigned char *) name.ptr;
    size_t len = name.len; /* at least 1 */
    size_t hash = len + (at[0] | 0x20) * 7u + (at[len / 4] | 0x20) * 61u +
                  (at[len / 2] | 0x20) * 211u + (at[len - 1] | 0x20) * 937u;
    struct slot *slot = &index->slots[hash % SLOTS];
    while (slot->first && !str_eq_nocase(slot->name, name))
        slot = slot + 1 < index->slots + SLOTS ? slot + 1 : index->slots;
    return slot;
}

static __attribute__((noinline)) struct overloads *build(struct pool *pool)
{
    size_t size = sizeof(struct overloads) + (expr_function_count + 1) * sizeof(struct overload);
    struct overloads *index = mem_zalloc(pool_env(pool), size);
    BUG_ON(expr_function_count >= SLOTS / 2);
    for (unsigned row = (unsigned) expr_function_count; row > 0; row--) {
        struct str name = str_of(expr_function_table[row - 1].name);
        struct slot *slot = slot_find(index, name);
        slot->name = name;
        index->rows[row].next = slot->first;
        slot->first = (uint16_t) row;
    }
    return index;
}

const struct overload *overload_next(struct pool *pool, struct str name,
                                     const struct overload *after)
{
    struct overloads **index = (struct overloads **) pool_companion(pool);
    if (!*index)
        *index = build(pool);
    unsigned number = after ? after->next : slot_find(*index, name)->first;
    if (!number)
        return NULL;
    struct overload *row = &(*index)->rows[number];
    if (!row->function)
        read_signature(row, &expr_function_table[number - 1]);
    return row;
}
