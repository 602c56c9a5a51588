/* Values of an export: text, type and mode become lit, exp, noValue, var, tts (archy.md sections 3
 * and 10). The text is the whole value; `config` is the same, parsed. */
#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/import_parts.h"

/* How a literal of a type is written. */
enum literal {
    LITERAL_TEXT,
    LITERAL_TOKEN,
    LITERAL_DURATION,
    LITERAL_NAME,
    LITERAL_PROMPT,
    LITERAL_JSON
};

/* The codes of types. Those seen: bln int dec str dur aud pmt que skl lac usr phn wrc cnl tim and
 * jsn; the others are assumed (archy.md section 6). */
static const struct type_code {
    const char *code, *stem;
    enum literal literal;
} type_codes[] = {
    { "str", "string", LITERAL_TEXT },        { "bln", "boolean", LITERAL_TOKEN },
    { "int", "integer", LITERAL_TOKEN },      { "dec", "decimal", LITERAL_TOKEN },
    { "dur", "duration", LITERAL_DURATION },  { "que", "queue", LITERAL_NAME },
    { "skl", "skill", LITERAL_NAME },         { "lac", "languageSkill", LITERAL_NAME },
    { "usr", "user", LITERAL_NAME },          { "grp", "group", LITERAL_NAME },
    { "wrc", "wrapupCode", LITERAL_NAME },    { "cnl", "contactList", LITERAL_NAME },
    { "pmt", "prompt", LITERAL_PROMPT },      { "aud", "audio", LITERAL_TEXT },
    { "phn", "phoneNumber", LITERAL_TEXT },   { "tim", "time", LITERAL_TEXT },
    { "dat", "date", LITERAL_TEXT },          { "dtt", "dateTime", LITERAL_TEXT },
    { "eml", "emailAddress", LITERAL_TEXT },  { "sch", "schedule", LITERAL_NAME },
    { "scg", "scheduleGroup", LITERAL_NAME }, { "emg", "emergencyGroup", LITERAL_NAME },
    { "jsn", "json", LITERAL_JSON },
};

static const struct type_code *find_code(struct str code)
{
    if (str_starts(code, STR("jsn")))
        code = STR("jsn"); /* jsn__NAMESPACE::NAME */
    for (size_t i = 0; i < sizeof type_codes / sizeof *type_codes; i++) {
        if (str_is(code, type_codes[i].code))
            return &type_codes[i];
    }
    return NULL;
}

static struct str text_of(const struct import *im, node_id object, const char *key)
{
    node_id member = doc_member_named(im->doc, object, str_of(key));
    return member ? doc_text(im->doc, member) : STR_NONE;
}

bool import_is_value(const struct import *im, node_id node)
{
    return doc_kind(im->doc, node) == NODE_OBJECT && doc_member_named(im->doc, node, STR("text")) &&
           doc_member_named(im->doc, node, STR("type"));
}

bool import_is_audio(const struct import *im, node_id node)
{
    return doc_kind(im->doc, node) == NODE_OBJECT &&
           doc_member_named(im->doc, node, STR("defaultAudio"));
}

void import_true(struct import *im, struct str key, const char *member)
{
    out_open(&im->out, key, '{');
    out_json(&im->out, str_of(member), STR("true"));
    out_close(&im->out, '}');
}

static void one_text(struct import *im, struct str key, const char *member, struct str text)
{
    out_open(&im->out, key, '{');
    out_text(&im->out, str_of(member), text);
    out_close(&im->out, '}');
}

static void lit_name(struct import *im, struct str key, const char *prefix, struct str name)
{
    struct buf whole;
    buf_init(&whole, im->env);
    buf_addf(&whole, "%s", prefix);
    buf_add(&whole, name);
    out_open(&im->out, key, '{');
    one_text(im, STR("lit"), "name", buf_str(&whole));
    out_close(&im->out, '}');
    buf_release(&whole);
}

/* P0D0H5M0S0F: days, hours, minutes, seconds, milliseconds. */
static bool read_duration(struct str text, int64_t parts[static 5])
{
    static const char units[] = "DHMSF";
    size_t at = 1;
    if (text.len == 0 || text.ptr[0] != 'P')
        return false;
    for (int i = 0; i < 5; i++) {
        size_t from = at;
        while (at < text.len && text.ptr[at] != units[i])
            at++;
        if (at == text.len || !str_to_int(str_slice(text, from, at), &parts[i]) || parts[i] < 0)
            return false;
        at++;
    }
    return at == text.len;
}

static void lit_duration(struct import *im, struct str key, const int64_t parts[static 5])
{
    static const char *const names[] = { "days", "hours", "minutes", "seconds", "ms" };
    bool zero = !parts[0] && !parts[1] && !parts[2] && !parts[3] && !parts[4];
    out_open(&im->out, key, '{');
    out_open(&im->out, STR("lit"), '{');
    for (int i = 0; i < 5; i++) {
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long) parts[i]);
        if (parts[i] || (zero && i == 3))
            out_json(&im->out, str_of(names[i]), str_of(number));
    }
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

/* Text that is JSON by itself stands as JSON. */
static bool lit_json(struct import *im, struct str key, struct str text)
{
    struct diags ignored;
    struct buf json;
    diags_init(&ignored, im->env);
    struct doc *doc = doc_read(im->env, im->doc->atoms, &im->doc->limits, "", text, &ignored);
    diags_release(&ignored);
    if (!doc)
        return false;
    buf_init(&json, im->env);
    doc_write_compact(doc, 1, &json);
    doc_free(doc);
    out_open(&im->out, key, '{');
    out_json(&im->out, STR("lit"), buf_str(&json));
    out_close(&im->out, '}');
    buf_release(&json);
    return true;
}

static void lit_token(struct import *im, struct str key, struct str text)
{
    out_open(&im->out, key, '{');
    out_json(&im->out, STR("lit"), text);
    out_close(&im->out, '}');
}

/* The id of what a literal names, as far as it was parsed: "__processing__" is a system prompt. */
static struct str literal_id(const struct import *im, node_id node)
{
    node_id config = doc_member_named(im->doc, node, STR("config"));
    node_id literal = config ? doc_member_named(im->doc, config, STR("lit")) : 0;
    return literal ? text_of(im, literal, "val") : STR_NONE;
}

static void lit_prompt(struct import *im, struct str key, node_id node, struct str text)
{
    bool whole = str_starts(text, STR("Prompt"));
    bool system = str_starts(literal_id(im, node), STR("__"));
    lit_name(im, key, whole ? "" : system ? "PromptSystem." : "Prompt.", text);
}

/* False: the text is no literal of its type after all. */
static bool write_literal(struct import *im, struct str key, node_id node, struct str text)
{
    const struct type_code *code = find_code(text_of(im, node, "type"));
    int64_t parts[5];
    bool token = flow_is_number(text) || str_is(text, "true") || str_is(text, "false");
    switch (code ? code->literal : literal_id(im, node).len > 0 ? LITERAL_NAME : LITERAL_TOKEN) {
    case LITERAL_TEXT:
        one_text(im, key, "lit", text);
        return true;
    case LITERAL_TOKEN:
        if (token)
            lit_token(im, key, text);
        return token;
    case LITERAL_DURATION:
        if (!read_duration(text, parts))
            return false;
        lit_duration(im, key, parts);
        return true;
    case LITERAL_NAME:
        lit_name(im, key, "", text);
        return true;
    case LITERAL_PROMPT:
        lit_prompt(im, key, node, text);
        return true;
    case LITERAL_JSON:
        return lit_json(im, key, text);
    }
    return false;
}

/* uiMetaData.mode: 1 a literal, 2 a variable, 3 not set, 0 an expression. */
static int mode_of(const struct import *im, node_id node)
{
    node_id meta = doc_member_named(im->doc, node, STR("uiMetaData"));
    int64_t mode;
    return meta && str_to_int(text_of(im, meta, "mode"), &mode) && mode >= 0 && mode <= 3
               ? (int) mode
               : 0;
}

void import_value(struct import *im, struct str key, node_id node)
{
    struct str text = text_of(im, node, "text");
    int mode = mode_of(im, node);
    import_mark(im, node, MARK_USED);
    bool literal_text = str_is(text_of(im, node, "type"), "str");
    if (mode == 3 || (text.len == 0 && !(mode == 1 && literal_text)))
        import_true(im, key, "noValue");
    else if (mode != 1 || !write_literal(im, key, node, text))
        one_text(im, key, "exp", text);
}

void import_result(struct import *im, struct str key, node_id node)
{
    struct str text = text_of(im, node, "text");
    import_mark(im, node, MARK_USED);
    if (text.len == 0 || mode_of(im, node) == 3)
        import_true(im, key, "noValue");
    else
        one_text(im, key, "var", text);
}

void import_flag(struct import *im, struct str key, node_id node)
{
    struct str text = import_is_value(im, node) ? text_of(im, node, "text")
                                                : doc_text(im->doc, node);
    import_mark(im, node, MARK_USED);
    out_json(&im->out, key, str_is(text, "true") ? STR("true") : STR("false"));
}

/* What stands between the parentheses of FUNCTION(...); false: it is no such call. Whether the last
 * parenthesis is that of the first one the caller finds out. */
static bool call_inside(struct str text, struct str function, struct str *inside)
{
    text = str_trim(text);
    if (text.len < function.len + 2 || !str_eq_nocase(str_slice(text, 0, function.len), function) ||
        text.ptr[function.len] != '(' || text.ptr[text.len - 1] != ')')
        return false;
    *inside = str_trim(str_slice(text, function.len + 1, text.len - 1));
    return true;
}

/* One text in quotes and nothing else: what it says. */
static bool read_quoted(struct str text, struct buf *out)
{
    if (text.len < 2 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"')
        return false;
    for (size_t at = 1; at < text.len - 1; at++) {
        char c = text.ptr[at];
        if (c == '"')
            return false;
        if (c == '\\') {
            static const char from[] = "\"\\nrt", to[] = "\"\\\n\r\t";
            const char *escape = ++at < text.len - 1 ? strchr(from, text.ptr[at]) : NULL;
            if (!escape || !*escape)
                return false;
            c = to[escape - from];
        }
        buf_add_char(out, c);
    }
    return true;
}

static bool is_prompt_name(struct str text)
{
    if (!str_starts(text, STR("Prompt.")) && !str_starts(text, STR("PromptSystem.")))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!strchr("._", c) && !(c >= '0' && c <= '9') &&
            !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            return false;
    }
    return true;
}

/* AudioPlaybackOptions(ToAudioTTS("T"), true) is tts: T (archy.md section 3), and with
 * ToAudio(Prompt.P) prompt: Prompt.P by analogy; all else stays an expression. */
static void write_audio_text(struct import *im, struct str key, struct str text)
{
    struct str inside, argument = text;
    struct buf said;
    buf_init(&said, im->env);
    if (call_inside(text, STR("AudioPlaybackOptions"), &inside) && str_ends(inside, STR("true"))) {
        inside = str_trim(str_slice(inside, 0, inside.len - 4));
        if (str_ends(inside, STR(",")))
            argument = str_trim(str_slice(inside, 0, inside.len - 1));
    }
    if (call_inside(argument, STR("ToAudioTTS"), &inside) && read_quoted(inside, &said))
        one_text(im, key, "tts", buf_str(&said));
    else if (call_inside(argument, STR("ToAudio"), &inside) && is_prompt_name(inside))
        one_text(im, key, "prompt", inside);
    else
        one_text(im, key, "exp", text);
    buf_release(&said);
}

/* A value that says what is so without it, too. */
static void use_if(struct import *im, node_id object, const char *key, const char *usual)
{
    node_id value = doc_member_named(im->doc, object, str_of(key));
    if (value && import_is_value(im, value) && str_is(text_of(im, value, "text"), usual))
        import_mark(im, value, MARK_USED);
}

void import_audio(struct import *im, struct str key, node_id node)
{
    node_id value = node;
    if (import_is_audio(im, node)) {
        import_mark(im, node, MARK_LOOKED);
        use_if(im, node, "bargeInExpression", "true");
        use_if(im, node, "flushExpression", "false");
        value = doc_member_named(im->doc, node, STR("defaultAudio"));
    }
    struct str text = text_of(im, value, "text");
    import_mark(im, value, MARK_USED);
    if (text.len == 0)
        import_true(im, key, "noValue");
    else
        write_audio_text(im, key, text);
}

void import_pairs(struct import *im, struct str key, node_id list, bool results)
{
    struct text_map names;
    text_map_init(&names, im->env);
    import_mark(im, list, MARK_LOOKED);
    out_open(&im->out, key, '{');
    for (node_id at = doc_first(im->doc, list); at; at = doc_next(im->doc, at)) {
        struct str name = text_of(im, at, "name");
        node_id value = doc_member_named(im->doc, at, STR("value"));
        if (!name.ptr || !value || !import_is_value(im, value) || text_map_add(&names, name, 1))
            continue;
        import_mark(im, at, MARK_LOOKED);
        import_text(im, at, "name");
        if (results)
            import_result(im, name, value);
        else
            import_value(im, name, value);
    }
    out_close(&im->out, '}');
    text_map_release(&names);
}

struct str import_type(struct import *im, node_id value)
{
    struct str code = text_of(im, value, "type");
    bool list = str_ends(code, STR("_coll"));
    if (list)
        code = str_slice(code, 0, code.len - 5);
    const struct type_code *type = find_code(code);
    struct buf stem;
    if (!type)
        return STR_NONE;
    buf_init(&stem, im->env);
    buf_addf(&stem, "%s%s", type->stem, list ? "Collection" : "");
    struct str kept = import_keep(im, &stem);
    buf_release(&stem);
    return kept;
}

/* "BoolVariable" is booleanVariable; the others are the same with a small first letter. */
static struct str variable_key(struct import *im, node_id variable)
{
    struct str stem = import_stem(im, import_text(im, variable, "__type"), STR("Variable"));
    struct buf key;
    if (str_is(stem, "bool"))
        stem = STR("boolean");
    buf_init(&key, im->env);
    buf_add(&key, stem);
    if (import_is_true(im, variable, "isCollection"))
        buf_add_text(&key, "Collection");
    buf_add_text(&key, "Variable");
    struct str kept = import_keep(im, &key);
    buf_release(&key);
    return kept;
}

static void write_variable(struct import *im, node_id variable)
{
    static const char *const flags[] = { "isInput", "isOutput", "isSecure" }; /* the last if true */
    struct str name = text_of(im, variable, "name");
    import_mark(im, variable, MARK_LOOKED);
    import_text(im, variable, "name");
    out_open(&im->out, STR_NONE, '{');
    out_open(&im->out, variable_key(im, variable), '{');
    out_text(&im->out, STR("name"), name);
    node_id description = doc_member_named(im->doc, variable, STR("description"));
    if (description && import_text(im, variable, "description").len > 0)
        out_text(&im->out, STR("description"), doc_text(im->doc, description));
    node_id initial = doc_member_named(im->doc, variable, STR("initialValue"));
    if (initial && import_is_value(im, initial))
        import_value(im, STR("initialValue"), initial);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        bool set = import_is_true(im, variable, flags[i]);
        if (doc_member_named(im->doc, variable, str_of(flags[i])) && (set || i < 2))
            out_json(&im->out, str_of(flags[i]), set ? STR("true") : STR("false"));
    }
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

void import_variables(struct import *im, const char *key, node_id owner)
{
    node_id first = import_first(im, owner, "variables");
    if (!first && !doc_member_named(im->doc, owner, STR("variables")))
        return;
    out_open(&im->out, str_of(key), '[');
    for (node_id at = first; at; at = doc_next(im->doc, at)) {
        if (doc_kind(im->doc, at) == NODE_OBJECT && text_of(im, at, "name").len > 0)
            write_variable(im, at);
    }
    out_close(&im->out, ']');
}
