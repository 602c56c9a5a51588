/* Stimuli as words, as scenario steps, as JSON. */
#include "engine/call/stimulus.h"

#include <string.h>
#include "engine/base/diag.h"
#include "engine/doc/doc.h"
#include "engine/doc/write.h"

static const struct {
    const char *key, *words;
} table[STIMULUS_COUNT] = {
#define X(name, key, words) { key, words },
    STIMULI(X)
#undef X
};
static const char *const who_words[] = { "agent", "caller", "external", "system" };
static const char *const to_words[] = { "queue", "user", "number", "flow" };

static bool is_agents(enum stimulus_kind kind)
{
    return kind >= STIMULUS_ANSWERS && kind <= STIMULUS_SECURE;
}

static bool fail(struct diags *diags, const struct place *place, enum diag_code code, struct str a,
                 struct str b)
{
    return diag_add2(diags, code, place, a, b);
}

static bool fail_unknown(struct diags *diags, const struct place *place, struct str words)
{
    struct buf list;
    buf_init(&list, diags->arena.env);
    for (int i = 0; i < STIMULUS_COUNT; i++)
        buf_addf(&list, "%s%s", i ? "; " : "", table[i].words);
    fail(diags, place, DIAG_STIMULUS_UNKNOWN, words, buf_str(&list));
    buf_release(&list);
    return false;
}

static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    ptrdiff_t space = str_find_char(*rest, ' ');
    struct str word = space < 0 ? *rest : str_slice(*rest, 0, (size_t) space);
    *rest = str_trim(str_slice(*rest, word.len, rest->len));
    return word;
}

/* "30s", "2m", "1h", "500ms", "1m30s", or ISO 8601. */
static bool read_duration(struct str text, int64_t *ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = { { "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 },
                  { "d", 86400000 } };
    if (duration_parse(text, ms))
        return *ms >= 0;
    *ms = 0;
    if (!text.len)
        return false;
    while (text.len) {
        size_t digits = 0, letters;
        int64_t number, part;
        while (digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
            digits++;
        letters = digits;
        while (letters < text.len && text.ptr[letters] >= 'a' && text.ptr[letters] <= 'z')
            letters++;
        struct str unit = str_slice(text, digits, letters);
        size_t i = 0;
        while (i < sizeof units / sizeof *units && !str_is(unit, units[i].unit))
            i++;
        if (i == sizeof units / sizeof *units ||
            !str_to_int(str_slice(text, 0, digits), &number) ||
            __builtin_mul_overflow(number, units[i].ms, &part) ||
            __builtin_add_overflow(*ms, part, ms))
            return false;
        text = str_slice(text, letters, text.len);
    }
    return true;
}

/* "agent", "agent 2", "caller", "external", "system". */
static bool read_who(struct str text, struct stimulus *out)
{
    struct str who = next_word(&text);
    int64_t number;
    for (unsigned i = 0; i < 4; i++) {
        if (!str_is(who, who_words[i]))
            continue;
        out->who = (uint8_t) i;
        if (!text.len)
            return true;
        if (i != WHO_AGENT || !str_to_int(text, &number) || number < 1 || number > UINT8_MAX)
            return false;
        out->agent = (uint8_t) number;
        return true;
    }
    return false;
}

static bool read_to(struct str word, struct stimulus *out)
{
    for (unsigned i = 0; i < 4; i++) {
        if (str_is(word, to_words[i])) {
            out->to = (enum transfer_to) i;
            return true;
        }
    }
    return false;
}

static int kind_of_key(struct str key)
{
    for (int i = 0; i < STIMULUS_COUNT; i++) {
        if (str_is(key, table[i].key))
            return i;
    }
    return -1;
}

static struct str unquoted(struct str text)
{
    if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
        return str_slice(text, 1, text.len - 1);
    return text;
}

static bool parse_outcome(struct pool *pool, struct str rest, struct stimulus *out,
                          struct diags *diags)
{
    struct place place = { 0 };
    struct str id = next_word(&rest);
    if (!id.len)
        return fail_unknown(diags, &place, STR("outcome"));
    out->text = pool_text(pool, id);
    out->data = value_not_set(TYPE_JSON);
    if (!rest.len)
        return true;
    if (!value_json_parse(pool, rest, &out->data, diags))
        return false;
    if (out->data.json != VALUE_JSON_OBJECT)
        return fail(diags, &place, DIAG_STIMULUS_DATA, STR_NONE, STR_NONE);
    return true;
}

/* An intervention: VARIABLE EXPRESSION, also with a `=` between them. */
static bool parse_set(struct pool *pool, struct str words, struct str rest, struct stimulus *out,
                      struct diags *diags)
{
    struct place place = { 0 };
    struct str name = next_word(&rest), after = rest;
    if (str_is(next_word(&after), "="))
        rest = after;
    if (!name.len || !rest.len)
        return fail_unknown(diags, &place, words);
    out->text = pool_text(pool, name);
    out->data = value_string(pool, rest);
    return true;
}

/* What stands behind the word that names the stimulus. */
static bool parse_rest(struct pool *pool, struct str words, struct str rest, struct stimulus *out,
                       struct diags *diags)
{
    struct place place = { 0 };
    switch (out->kind) {
    case STIMULUS_ADVANCE:
        out->number = 1;
        if (rest.len && (!str_to_int(rest, &out->number) || out->number < 1))
            return fail_unknown(diags, &place, words);
        return true;
    case STIMULUS_PRESS:
    case STIMULUS_SAY:
        if (!rest.len)
            return fail_unknown(diags, &place, words);
        out->text = pool_text(pool, unquoted(rest));
        return true;
    case STIMULUS_OUTCOME: return parse_outcome(pool, rest, out, diags);
    case STIMULUS_WAIT:
        if (!read_duration(rest, &out->number))
            return fail(diags, &place, DIAG_STIMULUS_DURATION, rest, STR_NONE);
        return true;
    case STIMULUS_TRANSFERS:
    case STIMULUS_CONSULTS:
        if (!read_to(next_word(&rest), out) || !rest.len ||
            (out->kind == STIMULUS_CONSULTS && out->to == TO_FLOW))
            return fail_unknown(diags, &place, words);
        out->text = pool_text(pool, unquoted(rest));
        return true;
    case STIMULUS_SECURE:
        if (!rest.len)
            return fail_unknown(diags, &place, words);
        out->text = pool_text(pool, unquoted(rest));
        return true;
    case STIMULUS_HANGUP:
    case STIMULUS_LOST:
        if (!read_who(rest, out) || (out->kind == STIMULUS_LOST && out->who > WHO_CALLER))
            return fail_unknown(diags, &place, words);
        return true;
    case STIMULUS_SET: return parse_set(pool, words, rest, out, diags);
    default: return !rest.len || fail_unknown(diags, &place, words);
    }
}

bool stimulus_parse(struct pool *pool, struct str words, struct stimulus *out, struct diags *diags)
{
    struct place place = { 0 };
    struct str rest = words, word = next_word(&rest);
    int64_t number;
    *out = (struct stimulus){ .data = value_not_set(TYPE_JSON) };
    bool agent = str_is(word, "agent");
    if (agent) {
        struct str peek = rest;
        if (str_to_int(next_word(&peek), &number) && number > 0 && number <= UINT8_MAX) {
            out->agent = (uint8_t) number;
            rest = peek;
        }
        word = next_word(&rest);
    }
    int kind = kind_of_key(word);
    if (kind < 0 || is_agents((enum stimulus_kind) kind) != agent)
        return fail_unknown(diags, &place, words);
    out->kind = (enum stimulus_kind) kind;
    return parse_rest(pool, words, rest, out, diags);
}

/* --- words again */

static void show_who(const struct stimulus *stimulus, struct buf *out)
{
    buf_add_text(out, who_words[stimulus->who]);
    if (stimulus->who == WHO_AGENT && stimulus->agent)
        buf_addf(out, " %u", (unsigned) stimulus->agent);
}

static struct str text_of(const struct pool *pool, const struct stimulus *stimulus)
{
    return stimulus->text ? pool_get_text(pool, stimulus->text) : STR_NONE;
}

void stimulus_show(const struct pool *pool, const struct stimulus *stimulus, struct buf *out)
{
    if (is_agents(stimulus->kind)) {
        show_who(stimulus, out);
        buf_add_char(out, ' ');
    }
    buf_add_text(out, table[stimulus->kind].key);
    switch (stimulus->kind) {
    case STIMULUS_ADVANCE:
        if (stimulus->number != 1 && stimulus->number != INT64_MAX)
            buf_addf(out, " %lld", (long long) stimulus->number);
        break;
    case STIMULUS_WAIT:
        buf_add_char(out, ' ');
        duration_show(stimulus->number, out);
        break;
    case STIMULUS_TRANSFERS:
    case STIMULUS_CONSULTS:
        buf_addf(out, " %s", to_words[stimulus->to]);
        break;
    case STIMULUS_HANGUP:
    case STIMULUS_LOST:
        buf_add_char(out, ' ');
        show_who(stimulus, out);
        break;
    default: break;
    }
    struct str text = text_of(pool, stimulus);
    if (text.len && stimulus->kind != STIMULUS_ANSWERS && stimulus->kind != STIMULUS_NO_ANSWER) {
        buf_add_char(out, ' ');
        buf_add(out, text);
    }
    if (stimulus->kind == STIMULUS_OUTCOME && value_is_set(stimulus->data)) {
        buf_add_char(out, ' ');
        value_to_json(pool, stimulus->data, out);
    } else if (stimulus->kind == STIMULUS_SET) {
        buf_add_char(out, ' ');
        buf_add(out, value_text(pool, stimulus->data));
    }
}

/* --- scenarios */

static void add_json(struct buf *out, struct str text)
{
    json_add_text(out, text, false);
}

/* What an agent does: a word, or {"transfers": {"queue": "X"}}. */
static void agent_to_json(const struct pool *pool, const struct stimulus *stimulus,
                          struct buf *out)
{
    struct str key = str_of(table[stimulus->kind].key);
    if (stimulus->agent)
        buf_addf(out, "{\"who\":%u,\"does\":", (unsigned) stimulus->agent);
    bool object = stimulus->kind == STIMULUS_TRANSFERS || stimulus->kind == STIMULUS_CONSULTS ||
                  stimulus->kind == STIMULUS_SECURE;
    if (object)
        buf_add_char(out, '{');
    add_json(out, key);
    if (object) {
        buf_add_char(out, ':');
        bool to = stimulus->kind != STIMULUS_SECURE;
        if (to)
            buf_addf(out, "{\"%s\":", to_words[stimulus->to]);
        add_json(out, text_of(pool, stimulus));
        buf_add_text(out, to ? "}}" : "}");
    }
    if (stimulus->agent)
        buf_add_char(out, '}');
}

void stimulus_to_json(const struct pool *pool, const struct stimulus *stimulus, struct buf *out)
{
    struct buf who;
    if (is_agents(stimulus->kind)) {
        buf_add_text(out, "{\"agent\":");
        agent_to_json(pool, stimulus, out);
        buf_add_char(out, '}');
        return;
    }
    buf_addf(out, "{\"%s\":", table[stimulus->kind].key);
    switch (stimulus->kind) {
    case STIMULUS_ADVANCE: buf_add_int(out, stimulus->number); break;
    case STIMULUS_NO_INPUT:
    case STIMULUS_NO_MATCH: buf_add_text(out, "true"); break;
    case STIMULUS_WAIT:
        buf_add_char(out, '"');
        duration_show(stimulus->number, out);
        buf_add_char(out, '"');
        break;
    case STIMULUS_OUTCOME:
        if (value_is_set(stimulus->data)) {
            buf_add_char(out, '{');
            add_json(out, text_of(pool, stimulus));
            buf_add_char(out, ':');
            value_to_json(pool, stimulus->data, out);
            buf_add_char(out, '}');
        } else {
            add_json(out, text_of(pool, stimulus));
        }
        break;
    case STIMULUS_HANGUP:
    case STIMULUS_LOST:
        buf_init(&who, out->env);
        show_who(stimulus, &who);
        add_json(out, buf_str(&who));
        buf_release(&who);
        break;
    case STIMULUS_SET:
        buf_add_text(out, "{\"name\":");
        add_json(out, text_of(pool, stimulus));
        buf_add_text(out, ",\"exp\":");
        add_json(out, value_text(pool, stimulus->data));
        buf_add_char(out, '}');
        break;
    default: add_json(out, text_of(pool, stimulus)); break;
    }
    buf_add_char(out, '}');
}

struct reader {
    struct pool *pool;
    const struct doc *doc;
    struct diags *diags;
};

static bool fail_shape(struct reader *r, node_id node)
{
    struct place place = { 0 };
    doc_place(r->doc, node, &place);
    struct str key = doc_key(r->doc, node);
    return fail(r->diags, &place, DIAG_STIMULUS_SHAPE, key.len ? key : STR("step"), STR_NONE);
}

static bool is_text(const struct doc *doc, node_id node)
{
    return doc_is_text(doc, node);
}

static node_id only_member(const struct doc *doc, node_id node)
{
    node_id member = doc_kind(doc, node) == NODE_OBJECT ? doc_first(doc, node) : 0;
    return member && !doc_next(doc, member) ? member : 0;
}

static bool read_agent(struct reader *r, node_id node, struct stimulus *out)
{
    const struct doc *doc = r->doc;
    node_id who = doc_member_named(doc, node, STR("who"));
    int64_t number;
    if (who) {
        if (!str_to_int(doc_text(doc, who), &number) || number < 1 || number > UINT8_MAX)
            return fail_shape(r, who);
        out->agent = (uint8_t) number;
        node_id does = doc_member_named(doc, node, STR("does"));
        if (!does)
            return fail_shape(r, node);
        node = does;
    }
    node_id inner = only_member(doc, node);
    struct str key = inner ? doc_key(doc, inner) : doc_text(doc, node);
    int kind = kind_of_key(key);
    if (kind < 0 || !is_agents((enum stimulus_kind) kind))
        return fail_shape(r, node);
    out->kind = (enum stimulus_kind) kind;
    bool wants = kind == STIMULUS_TRANSFERS || kind == STIMULUS_CONSULTS ||
                 kind == STIMULUS_SECURE;
    if (wants != (inner != 0))
        return fail_shape(r, node);
    if (inner && kind != STIMULUS_SECURE) {
        node_id to = only_member(doc, inner);
        if (!to || !read_to(doc_key(doc, to), out) ||
            (kind == STIMULUS_CONSULTS && out->to == TO_FLOW))
            return fail_shape(r, inner);
        inner = to;
    }
    if (inner && (!is_text(doc, inner) || !doc_text(doc, inner).len))
        return fail_shape(r, inner);
    if (inner)
        out->text = pool_text(r->pool, doc_text(doc, inner));
    return true;
}

static bool read_outcome(struct reader *r, node_id node, struct stimulus *out)
{
    node_id inner = only_member(r->doc, node);
    if (!inner) {
        out->text = pool_text(r->pool, doc_text(r->doc, node));
        return is_text(r->doc, node) || fail_shape(r, node);
    }
    out->text = pool_text(r->pool, doc_key(r->doc, inner));
    if (doc_kind(r->doc, inner) != NODE_OBJECT)
        return fail_shape(r, inner);
    struct buf text;
    buf_init(&text, r->diags->arena.env);
    doc_write_compact(r->doc, inner, &text);
    bool fine = value_json_parse(r->pool, buf_str(&text), &out->data, r->diags);
    buf_release(&text);
    return fine;
}

static bool read_set(struct reader *r, node_id node, struct stimulus *out)
{
    const struct doc *doc = r->doc;
    bool object = doc_kind(doc, node) == NODE_OBJECT;
    node_id name = object ? doc_member_named(doc, node, STR("name")) : 0;
    node_id exp = object ? doc_member_named(doc, node, STR("exp")) : 0;
    if (!name || !exp || doc_count_children(doc, node) != 2 || !doc_text(doc, name).len ||
        !is_text(doc, exp) || !doc_text(doc, exp).len)
        return fail_shape(r, node);
    out->text = pool_text(r->pool, doc_text(doc, name));
    out->data = value_string(r->pool, doc_text(doc, exp));
    return true;
}

static bool read_value(struct reader *r, node_id node, struct stimulus *out)
{
    const struct doc *doc = r->doc;
    struct str text = doc_text(doc, node);
    struct place place = { 0 };
    switch (out->kind) {
    case STIMULUS_ADVANCE:
        return (str_to_int(text, &out->number) && out->number >= 0) || fail_shape(r, node);
    case STIMULUS_NO_INPUT:
    case STIMULUS_NO_MATCH: return doc_core_kind(doc, node) == NODE_TRUE || fail_shape(r, node);
    case STIMULUS_PRESS:
    case STIMULUS_SAY:
        if (doc_is_container(doc, node) || !text.len)
            return fail_shape(r, node);
        out->text = pool_text(r->pool, text);
        return true;
    case STIMULUS_OUTCOME: return read_outcome(r, node, out);
    case STIMULUS_SET: return read_set(r, node, out);
    case STIMULUS_WAIT:
        if (read_duration(text, &out->number))
            return true;
        doc_place(doc, node, &place);
        return fail(r->diags, &place, DIAG_STIMULUS_DURATION, text, STR_NONE);
    case STIMULUS_HANGUP:
    case STIMULUS_LOST:
        return (read_who(text, out) && (out->kind == STIMULUS_HANGUP || out->who <= WHO_CALLER)) ||
               fail_shape(r, node);
    default: return fail_shape(r, node);
    }
}

bool stimulus_read(struct pool *pool, const struct doc *doc, uint32_t node, struct stimulus *out,
                   struct diags *diags)
{
    struct reader r = { pool, doc, diags };
    *out = (struct stimulus){ .data = value_not_set(TYPE_JSON) };
    node_id member = only_member(doc, node);
    if (!member)
        return fail_shape(&r, node);
    struct str key = doc_key(doc, member);
    if (str_is(key, "agent"))
        return read_agent(&r, member, out);
    int kind = kind_of_key(key);
    if (kind < 0 || is_agents((enum stimulus_kind) kind)) {
        struct place place = { 0 };
        doc_place(doc, member, &place);
        return fail_unknown(diags, &place, key);
    }
    out->kind = (enum stimulus_kind) kind;
    return read_value(&r, member, out);
}
