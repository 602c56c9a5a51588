#include "engine/session/assist.h"

#include <string.h>

#include "engine/base/mem.h"
#include "engine/check/names.h"
#include "engine/expr/constants.h"
#include "engine/flow/arrivals.h"
#include "engine/flow/mentions.h"

void assist_init(struct assist *assist, struct env *env)
{
    *assist = (struct assist){ .env = env, .fault = SIZE_MAX };
    arena_init(&assist->arena, env);
    buf_init(&assist->verdict, env);
    buf_init(&assist->value, env);
}

void assist_forget(struct assist *assist)
{
    if (assist->names)
        names_free(assist->names);
    assist->names = NULL;
}

void assist_release(struct assist *assist)
{
    assist_forget(assist);
    arena_release(&assist->arena);
    mem_free(assist->env, assist->offers);
    buf_release(&assist->verdict);
    buf_release(&assist->value);
}

void assist_type(struct expr_type type, struct buf *out)
{
    buf_add_text(out, value_type_name((enum value_type) type.type));
    buf_add_text(out, type.list ? " Collection" : "");
}

/* One look: what it has in its hands. */
struct look {
    struct assist *assist;
    struct session *session;
    const struct assist_place *place;
    struct str text;
    size_t cursor;
    struct assist_scan scan;
    struct str word, chain; /* of the scan */
};

static struct str keep(struct look *look, struct str text)
{
    return (struct str){ arena_text(&look->assist->arena, text.ptr ? text.ptr : "", text.len),
                         text.len };
}

/* The names of a document that was edited are others. */
static struct names *names_of(struct look *look)
{
    struct assist *assist = look->assist;
    const struct doc *doc = look->place->flow->doc;
    if (assist->names && assist->named == doc && assist->revision == doc->revision)
        return assist->names;
    assist_forget(assist);
    assist->names = names_new(look->place->flow);
    assist->named = doc;
    assist->revision = doc->revision;
    return assist->names;
}

/* --- what the word could become --- */

static bool begins(struct str text, struct str typed)
{
    return text.len >= typed.len && str_eq_nocase(str_slice(text, 0, typed.len), typed);
}

static void add_offer(struct look *look, struct str text, struct str detail)
{
    struct assist *assist = look->assist;
    if (assist->count == ASSIST_MOST_OFFERS)
        return;
    for (size_t i = 0; i < assist->count; i++) {
        if (str_eq(assist->offers[i].text, text))
            return;
    }
    assist->offers = mem_grow(assist->env, assist->offers, &assist->capacity, assist->count + 1,
                              sizeof *assist->offers);
    assist->offers[assist->count++] =
        (struct assist_offer){ keep(look, text), keep(look, detail) };
}

static struct str type_text(struct look *look, struct expr_type type)
{
    struct buf text;
    buf_init(&text, look->assist->env);
    assist_type(type, &text);
    struct str kept = keep(look, buf_str(&text));
    buf_release(&text);
    return kept;
}

/* A name with dots: what comes behind the chain, up to its next dot. Without a chain the part
 * before the first dot, and the whole name where its last part is what is typed. */
static void offer_dotted(struct look *look, struct str name, struct expr_type type)
{
    struct str rest = name;
    if (look->scan.has_dot) {
        if (name.len <= look->chain.len || !begins(name, look->chain) ||
            name.ptr[look->chain.len] != '.')
            return;
        rest = str_slice(name, look->chain.len + 1, name.len);
    }
    ptrdiff_t dot = str_find_char(rest, '.');
    if (begins(rest, look->word)) {
        if (dot < 0)
            add_offer(look, rest, type_text(look, type));
        else
            add_offer(look, str_slice(rest, 0, (size_t) dot + 1), STR_NONE);
    }
    if (dot >= 0 && !look->scan.has_dot && look->word.len > 0 &&
        begins(str_slice(rest, (size_t) dot + 1, rest.len), look->word))
        add_offer(look, rest, type_text(look, type));
}

static void offer_names(struct look *look)
{
    struct names *names = names_of(look);
    struct expr_type type;
    struct str name;
    for (size_t at = 0; names_next(names, look->place->node, &at, &name, &type);)
        offer_dotted(look, name, type);
}

/* Participant data, which only a call has. */
static void offer_call_data(struct look *look)
{
    struct call_variable variable;
    struct call *call = look->session->call;
    for (size_t n = 0; call && call_variable(call, n, &variable); n++) {
        if (str_starts(variable.name, STR("data.")))
            offer_dotted(look, variable.name, (struct expr_type){ TYPE_STRING, false });
    }
}

static void offer_constants(struct look *look)
{
    size_t count;
    const struct constant_group *groups = constant_groups(&count);
    struct buf name;
    buf_init(&name, look->assist->env);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < groups[i].count; j++) {
            buf_clear(&name);
            buf_addf(&name, "%s.%s", groups[i].name, groups[i].items[j].name);
            if (look->scan.has_dot || begins(buf_str(&name), look->word))
                offer_dotted(look, buf_str(&name), (struct expr_type){ groups[i].type, false });
        }
    }
    buf_release(&name);
}

static void offer_words(struct look *look)
{
    static const char *const words[] = { "true", "false", "NOT_SET", "and", "or" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (look->word.len > 0 && begins(str_of(words[i]), look->word))
            add_offer(look, str_of(words[i]), STR_NONE);
    }
}

/* "String, Integer -> String" of the first of its signatures. */
static struct str function_detail(const struct expr_function *function)
{
    struct str lines = str_of(function->signatures);
    ptrdiff_t end = str_find_char(lines, '\n');
    return str_slice(lines, strlen(function->name), end < 0 ? lines.len : (size_t) end);
}

static void offer_functions(struct look *look)
{
    size_t count;
    const struct expr_function *functions = expr_functions(&count);
    struct str behind = str_slice(look->text, look->cursor, look->text.len);
    bool opened = str_starts(behind, STR("("));
    struct buf text;
    buf_init(&text, look->assist->env);
    for (size_t i = 0; i < count; i++) {
        if (!begins(str_of(functions[i].name), look->word))
            continue;
        struct str detail = function_detail(&functions[i]);
        bool nothing = str_starts(detail, STR("()")) && str_find_char(detail, '\n') < 0;
        buf_clear(&text);
        buf_addf(&text, "%s%s", functions[i].name, opened ? "" : nothing ? "()" : "(");
        add_offer(look, buf_str(&text), detail);
    }
    buf_release(&text);
}

/* A part of the text as the place sees it; what it is compiled into goes with compiled_release. */
struct compiled {
    const struct expr *expr; /* NULL: see the diagnostic, if there is one */
    struct pool *pool;
    struct arena arena;
    struct diags diags;
    bool untyped; /* it names a variable whose type nobody knows */
};

static void compile(struct look *look, struct str text, struct expr_type wanted,
                    struct compiled *out)
{
    struct env *env = look->assist->env;
    struct names *known = names_of(look);
    struct expr_names names = names_at(known, look->place->node);
    struct place place = { .line = 1, .column = 1 };
    out->pool = pool_new(env);
    arena_init(&out->arena, env);
    diags_init(&out->diags, env);
    out->expr = expr_compile(&out->arena, out->pool, text, &names, wanted, &place, &out->diags);
    out->untyped = names_untyped(known);
}

static void compiled_release(struct compiled *compiled)
{
    diags_release(&compiled->diags);
    arena_release(&compiled->arena);
    pool_free(compiled->pool);
}

static void offer_property(struct look *look, const char *name, uint8_t type)
{
    if (begins(str_of(name), look->word))
        add_offer(look, str_of(name), type_text(look, (struct expr_type){ type, false }));
}

static void offer_properties(struct look *look)
{
    const char *name, *keys[ARRIVAL_KEYS];
    uint8_t result;
    struct compiled chain;
    compile(look, look->chain, (struct expr_type){ TYPE_NONE, false }, &chain);
    struct expr_type type = { TYPE_NONE, false };
    if (chain.expr)
        type = expr_type_of(chain.expr);
    compiled_release(&chain);
    if (type.list)
        return;
    for (size_t n = 0; expr_property(type.type, n, &name, &result); n++)
        offer_property(look, name, result);
    if (type.type != TYPE_JSON || !str_eq_nocase(look->chain, STR("Call.InvocationData")))
        return;
    size_t count = arrivals_keys(look->session->ws, look->place->flow, &look->assist->arena, keys);
    for (size_t i = 0; i < count; i++)
        offer_property(look, keys[i], TYPE_JSON);
}

/* Find...("name"): the things of that type that postflow.json names. */
static void offer_things(struct look *look)
{
    static const struct {
        const char *call;
        enum value_type type;
    } finders[] = { { "FindQueue", TYPE_QUEUE },       { "FindUser", TYPE_USER },
                    { "FindUserPrompt", TYPE_PROMPT }, { "FindGroup", TYPE_GROUP },
                    { "FindSkill", TYPE_SKILL },       { "FindSchedule", TYPE_SCHEDULE },
                    { "FindScheduleGroup", TYPE_SCHEDULE_GROUP },
                    { "FindEmergencyGroup", TYPE_EMERGENCY_GROUP },
                    { "FindLanguageSkill", TYPE_LANGUAGE_SKILL } };
    bool closed = str_starts(str_slice(look->text, look->cursor, look->text.len), STR("\""));
    struct str name;
    struct buf text;
    if (look->scan.depth == 0 || look->scan.open[look->scan.depth - 1].commas > 0)
        return;
    const struct assist_open *call = &look->scan.open[look->scan.depth - 1];
    struct str function = str_slice(look->text, call->name, call->name + call->name_len);
    buf_init(&text, look->assist->env);
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++) {
        const char *section = thing_section(finders[i].type);
        if (!section || !str_eq_nocase(function, str_of(finders[i].call)))
            continue;
        for (size_t n = 0; settings_name(look->session->ws->settings, section, n, &name); n++) {
            if (!begins(name, look->word))
                continue;
            buf_clear(&text);
            buf_addf(&text, "%.*s%s", STR_ARG(name), closed ? "" : "\"");
            add_offer(look, buf_str(&text), str_of(value_type_name(finders[i].type)));
        }
    }
    buf_release(&text);
}

static bool is_number(struct str word)
{
    return word.len > 0 && word.ptr[0] >= '0' && word.ptr[0] <= '9';
}

static void find_offers(struct look *look)
{
    if (look->scan.lost || is_number(look->word))
        return;
    if (look->scan.in_text) {
        offer_things(look);
        return;
    }
    offer_names(look);
    offer_call_data(look);
    offer_constants(look);
    if (look->scan.has_dot) {
        offer_properties(look);
        return;
    }
    offer_words(look);
    offer_functions(look);
}

/* --- the call around the cursor --- */

static const struct expr_function *function_named(struct str name)
{
    size_t count;
    const struct expr_function *functions = expr_functions(&count);
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(name, str_of(functions[i].name)))
            return &functions[i];
    }
    return NULL;
}

/* The n-th parameter of a signature; the last one that is named where "..." stands for the rest.
 * False: it takes fewer. */
static bool parameter_of(struct str signature, unsigned n, struct str *out)
{
    ptrdiff_t open = str_find_char(signature, '('), close = str_find_char(signature, ')');
    struct str last = STR_NONE;
    if (open < 0 || close < open)
        return false;
    struct str rest = str_slice(signature, (size_t) open + 1, (size_t) close);
    while (rest.len > 0) {
        ptrdiff_t comma = str_find_char(rest, ',');
        struct str one = str_trim(comma < 0 ? rest : str_slice(rest, 0, (size_t) comma));
        bool repeats = str_is(one, "...");
        if (n == 0 || repeats) {
            *out = repeats ? last : one;
            return true;
        }
        last = one;
        n--;
        rest = comma < 0 ? STR_NONE : str_slice(rest, (size_t) comma + 1, rest.len);
    }
    return false;
}

/* The first signature that takes as many arguments; the last where none does. */
static void show_signature(struct look *look, const struct expr_function *function, unsigned n)
{
    struct assist *assist = look->assist;
    struct str rest = str_of(function->signatures), chosen = STR_NONE, parameter = STR_NONE;
    unsigned number = 0, count = 0;
    while (rest.len > 0) {
        ptrdiff_t end = str_find_char(rest, '\n');
        struct str line = end < 0 ? rest : str_slice(rest, 0, (size_t) end);
        count++;
        if (parameter.len == 0) {
            chosen = line;
            number = count;
            parameter_of(line, n, &parameter);
        }
        rest = end < 0 ? STR_NONE : str_slice(rest, (size_t) end + 1, rest.len);
    }
    struct buf text;
    buf_init(&text, assist->env);
    buf_add(&text, chosen);
    if (count > 1)
        buf_addf(&text, "  (%u of %u)", number, count);
    assist->signature = keep(look, buf_str(&text));
    buf_release(&text);
    if (parameter.len > 0)
        assist->parameter = str_slice(assist->signature, (size_t) (parameter.ptr - chosen.ptr),
                                      (size_t) (parameter.ptr - chosen.ptr) + parameter.len);
}

static void find_signature(struct look *look)
{
    for (unsigned i = look->scan.depth; i > 0 && !look->scan.lost; i--) {
        const struct assist_open *open = &look->scan.open[i - 1];
        if (open->name_len == 0)
            continue;
        const struct expr_function *function =
            function_named(str_slice(look->text, open->name, open->name + open->name_len));
        if (function)
            show_signature(look, function, open->commas);
        return;
    }
}

/* --- right or wrong --- */

static void say_fault(struct look *look, const struct diag *diag)
{
    struct buf *out = &look->assist->verdict;
    buf_addf(out, "%u:%u: ", (unsigned) diag->place.line, (unsigned) diag->place.column);
    diag_render(out, diag, NULL);
    buf_addf(out, " [%s]", diag_info(diag->code)->code);
    look->assist->fault = str_offset(look->text, diag->place.line, diag->place.column);
}

/* Its type, and what that becomes where the field takes another. */
static void say_type(struct look *look, const struct expr *expr)
{
    struct buf *out = &look->assist->verdict;
    struct expr_type own;
    const char *cast = expr_cast_of(expr, &own);
    if (own.type == TYPE_NONE)
        return;
    assist_type(own, out);
    if (!cast)
        return;
    buf_add_text(out, ", taken as ");
    assist_type(expr_type_of(expr), out);
    buf_addf(out, " by %s", cast);
}

static bool judge(struct look *look)
{
    struct compiled compiled;
    compile(look, look->text, look->place->wanted, &compiled);
    bool fine = compiled.expr != NULL;
    if (fine)
        say_type(look, compiled.expr);
    else if (!compiled.untyped && compiled.diags.count > 0)
        say_fault(look, &compiled.diags.items[0]);
    compiled_release(&compiled);
    return fine;
}

static void evaluate(struct look *look)
{
    struct call *call = look->session->call;
    struct value value;
    struct diags diags;
    if (!call || call_where(call).flow != look->place->flow)
        return;
    diags_init(&diags, look->assist->env);
    if (call_eval(call, look->text, &value, &diags)) {
        value_show(call_pool(call), value, &look->assist->value);
    } else if (diags.count > 0) {
        buf_add_char(&look->assist->value, '(');
        diag_render(&look->assist->value, &diags.items[0], NULL);
        buf_add_char(&look->assist->value, ')');
    }
    diags_release(&diags);
}

static void look_around(struct look *look)
{
    struct assist *assist = look->assist;
    arena_clear(&assist->arena);
    buf_clear(&assist->verdict);
    buf_clear(&assist->value);
    assist->count = 0;
    assist->fault = SIZE_MAX;
    assist->signature = assist->parameter = STR_NONE;
    assist_scan(look->text, look->cursor, &look->scan);
    assist->from = look->scan.word;
    look->word = str_slice(look->text, look->scan.word, look->cursor);
    if (look->scan.has_dot)
        look->chain = str_trim(str_slice(look->text, look->scan.chain, look->scan.dot));
    find_offers(look);
}

void assist_look(struct assist *assist, struct session *session, const struct assist_place *place,
                 struct str text, size_t cursor)
{
    struct look look = { .assist = assist, .session = session, .place = place, .text = text,
                         .cursor = cursor };
    look_around(&look);
    find_signature(&look);
    if (str_trim(text).len > 0 && judge(&look))
        evaluate(&look);
}

bool assist_complete(struct session *session, const struct assist_place *place, struct str text,
                     size_t n, struct buf *out)
{
    struct look look = { .session = session, .place = place, .text = text, .cursor = text.len };
    if (!session->assist) {
        session->assist = mem_alloc(session->env, sizeof *session->assist);
        assist_init(session->assist, session->env);
    }
    look.assist = session->assist;
    if (n == 0) {
        look_around(&look);
        assist_forget(session->assist);
    }
    if (n >= session->assist->count)
        return false;
    buf_add(out, str_slice(text, 0, session->assist->from));
    buf_add(out, session->assist->offers[n].text);
    return true;
}

void assist_free(struct session *session)
{
    if (!session->assist)
        return;
    assist_release(session->assist);
    mem_free(session->env, session->assist);
}
