/* Types and overloads: what a tree means before it runs. */
#include <string.h>
#include "engine/expr/ast.h"
#include "engine/expr/constants.h"

static bool same_type(struct expr_type a, struct expr_type b)
{
    return a.type == b.type && a.list == b.list;
}

static bool is_untyped(const struct expr *expr)
{
    return expr->op == OP_NOT_SET && expr->type.type == TYPE_NONE;
}

/* What is taken for another type without being asked for. */
static bool widens(uint8_t from, uint8_t to)
{
    return (from == TYPE_INTEGER && to == TYPE_DECIMAL) ||
           (from == TYPE_PROMPT && to == TYPE_AUDIO);
}

/* How well an argument fits: 0 not, 1 by conversion, 2 exactly. */
static int fits(const struct expr *arg, const struct parameter *parameter,
                struct expr_type *generic)
{
    struct expr_type want = parameter->type;
    if (is_untyped(arg))
        return parameter->not_set ? 1 : 0;
    if (parameter->letter == '#')
        return 2;
    if (parameter->letter == '*')
        return arg->type.list == want.list ? 2 : 0;
    if (parameter->letter == 'T') {
        if (arg->type.list != want.list)
            return 0;
        if (generic->type == TYPE_NONE)
            generic->type = arg->type.type;
        bool numbers = (generic->type == TYPE_INTEGER && arg->type.type == TYPE_DECIMAL) ||
                       (generic->type == TYPE_DECIMAL && arg->type.type == TYPE_INTEGER);
        if (numbers)
            generic->type = TYPE_DECIMAL;
        return numbers ? 1 : generic->type == arg->type.type ? 2 : 0;
    }
    if (same_type(arg->type, want))
        return 2;
    return !want.list && !arg->type.list && widens(arg->type.type, want.type) ? 1 : 0;
}

struct match {
    const struct overload *overload;
    int score;
    struct expr_type generic;
};

/* How the arguments fit an overload: the score counts how well, 0 is not at all. */
static struct match try_overload(const struct expr *call, const struct overload *overload)
{
    const struct match none = { NULL, 0, { TYPE_NONE, false } };
    const struct parameter *parameter = overload->parameters, *end = parameter + overload->count;
    struct match match = { overload, 1, { TYPE_NONE, false } };
    if (call->argc < overload->count || (call->argc > overload->count && !overload->repeats))
        return none;
    for (unsigned i = 0; i < call->argc; i++) {
        int fit = fits(call->args[i], parameter, &match.generic);
        if (!fit)
            return none;
        match.score += fit;
        parameter += parameter + 1 < end;
    }
    /* Nothing says what type a list of NOT_SET alone is (domain.md section 5.4). */
    if (match.generic.type == TYPE_NONE && overload->result.letter == 'T')
        return none;
    return match;
}

static struct expr *wrap(struct parser *p, struct expr *inner, const char *name)
{
    struct expr *node = arena_zalloc(p->arena, sizeof *node + sizeof *node->args);
    node->op = OP_CALL;
    node->name = str_of(name);
    node->line = inner->line;
    node->column = inner->column;
    node->at = inner->at;
    node->argc = 1;
    node->args = (struct expr **) (void *) (node + 1);
    node->args[0] = inner;
    return node;
}

static bool resolve_call(struct parser *p, struct expr *call);

struct expr *expr_convert(struct parser *p, struct expr *expr, struct expr_type wanted)
{
    static const struct {
        uint8_t to;
        const char *function;
    } conversions[] = { { TYPE_DECIMAL, "ToDecimal" },
                        { TYPE_JSON, "ToJson" },
                        { TYPE_STRING, "ToString" },
                        { TYPE_AUDIO, "ToAudioTTS" },
                        { TYPE_AUDIO, "ToAudio" },
                        { TYPE_PHONE, "ToPhoneNumber" },
                        { TYPE_QUEUE, "ToQueue" },
                        { TYPE_USER, "ToUser" },
                        { TYPE_GROUP, "ToGroup" },
                        { TYPE_SKILL, "ToSkill" },
                        { TYPE_SCHEDULE, "ToSchedule" },
                        { TYPE_SCHEDULE_GROUP, "ToScheduleGroup" },
                        { TYPE_EMERGENCY_GROUP, "ToEmergencyGroup" },
                        { TYPE_INTEGER, "ToInt" },
                        { TYPE_BOOLEAN, "ToBool" },
                        { TYPE_DURATION, "ToDuration" },
                        { TYPE_DATETIME, "ToDateTime" },
                        { TYPE_CURRENCY, "ToCurrency" },
                        { TYPE_LANGUAGE_SKILL, "ToLanguageSkill" },
                        { TYPE_WRAPUP_CODE, "ToWrapupCode" },
                        { TYPE_COMMUNICATION, "ToCommunication" },
                        { TYPE_DATE, "ToDate" },
                        { TYPE_TIME, "ToTime" },
                        { TYPE_EMAIL, "ToEmailAddress" },
                        { TYPE_PROMPT, "ToPrompt" },
                        { TYPE_AGENT_SCORE_PAIR, "ToAgentScorePair" },
                        { TYPE_EXTERNAL_CONTACT, "ToExternalContact" },
                        { TYPE_EXTERNAL_ORGANIZATION, "ToExternalOrganization" },
                        { TYPE_GRAMMAR, "ToGrammar" },
                        { TYPE_JOURNEY_OUTCOME, "ToJourneyOutcome" },
                        { TYPE_JOURNEY_OUTCOME_SCORE, "ToJourneyOutcomeScore" },
                        { TYPE_JOURNEY_SEGMENT, "ToJourneySegment" },
                        { TYPE_JOURNEY_SESSION, "ToJourneySession" },
                        { TYPE_KNOWLEDGE_DOCUMENT, "ToKnowledgeBaseDocument" },
                        { TYPE_UTILIZATION_LABEL, "ToUtilizationLabel" },
                        { TYPE_SURVEY_FORM, "ToSurveyForm" },
                        { TYPE_SURVEY_QUESTION_GROUP, "ToSurveyQuestionGroup" },
                        { TYPE_SURVEY_ANSWER_OPTION, "ToSurveyAnswerOption" },
                        { TYPE_SURVEY_QUESTION, "ToSurveyQuestion" } };
    if (is_untyped(expr)) {
        expr->type = wanted;
        return expr;
    }
    if ((wanted.type == TYPE_NONE && !wanted.list) || same_type(expr->type, wanted))
        return expr;
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions && !wanted.list; i++) {
        struct expr *node;
        if (conversions[i].to != wanted.type)
            continue;
        node = wrap(p, expr, conversions[i].function);
        struct diags *diags = p->diags;
        p->diags = NULL; /* a conversion that does not exist is told as the wrong type */
        bool fine = resolve_call(p, node) && same_type(node->type, wanted);
        p->diags = diags;
        p->failed = false;
        if (fine)
            return node;
    }
    return NULL;
}

/* An argument of the type that its parameter wants. */
static struct expr *fitted(struct parser *p, struct expr *arg, const struct parameter *parameter,
                           struct expr_type generic)
{
    struct expr_type want = parameter->type;
    if (parameter->letter == '*') {
        if (is_untyped(arg))
            arg->type = (struct expr_type){ TYPE_STRING, want.list };
        return arg;
    }
    if (parameter->letter == 'T')
        want.type = generic.type;
    struct expr *converted = same_type(arg->type, want) ? arg : expr_convert(p, arg, want);
    return converted ? converted : arg;
}

static void set_types(struct parser *p, struct expr *call, const struct match *match)
{
    const struct overload *overload = match->overload;
    const struct parameter *parameter = overload->parameters, *end = parameter + overload->count;
    call->function = overload->function;
    call->type = overload->result.type;
    if (overload->result.letter == 'T')
        call->type.type = match->generic.type;
    if (!overload->function->run)
        call->op = OP_INTEGER;
    for (unsigned i = 0; i < call->argc; i++) {
        call->args[i] = fitted(p, call->args[i], parameter, match->generic);
        call->args[i]->accepts_not_set = parameter->not_set;
        parameter += parameter + 1 < end;
    }
}

/* The first overload that fits best. */
static bool resolve_call(struct parser *p, struct expr *call)
{
    struct match best = { NULL, 0, { TYPE_NONE, false } };
    const struct overload *first = overload_next(p->pool, call->name, NULL);
    int exactly = 1 + 2 * call->argc;
    for (const struct overload *at = first; at && best.score < exactly;
         at = overload_next(p->pool, call->name, at)) {
        struct match match = try_overload(call, at);
        if (match.score > best.score)
            best = match;
    }
    if (!best.overload) {
        expr_fail(p, call->at, first ? DIAG_EXPR_OVERLOAD : DIAG_EXPR_FUNCTION, call->name,
                  STR_NONE);
        return false;
    }
    set_types(p, call, &best);
    return true;
}

static bool need_boolean(struct parser *p, struct expr **arg)
{
    struct expr *converted = is_untyped(*arg) || (*arg)->type.type == TYPE_BOOLEAN ||
                                     (*arg)->type.type == TYPE_JSON
                                 ? expr_convert(p, *arg, (struct expr_type){ TYPE_BOOLEAN, false })
                                 : NULL;
    if (!converted) {
        expr_fail(p, (*arg)->at, DIAG_EXPR_TYPE, STR("Boolean"),
                  str_of(value_type_name((enum value_type)(*arg)->type.type)));
        return false;
    }
    *arg = converted;
    return true;
}

static bool resolve_if(struct parser *p, struct expr *node)
{
    if (!need_boolean(p, &node->args[0]))
        return false;
    struct expr **yes = &node->args[1], **no = &node->args[2];
    if (is_untyped(*yes) && is_untyped(*no)) {
        expr_fail(p, node->at, DIAG_EXPR_BRANCHES, STR_NONE, STR_NONE);
        return false;
    }
    struct expr_type want = is_untyped(*yes) ? (*no)->type : (*yes)->type;
    bool numbers = !want.list && !(*no)->type.list &&
                   ((want.type == TYPE_INTEGER && (*no)->type.type == TYPE_DECIMAL) ||
                    (want.type == TYPE_DECIMAL && (*no)->type.type == TYPE_INTEGER));
    if (numbers)
        want.type = TYPE_DECIMAL;
    bool same = is_untyped(*yes) || is_untyped(*no) || numbers ||
                same_type((*yes)->type, (*no)->type);
    if (!same) {
        expr_fail(p, (*no)->at, DIAG_EXPR_BRANCHES, STR_NONE, STR_NONE);
        return false;
    }
    *yes = expr_convert(p, *yes, want);
    *no = expr_convert(p, *no, want);
    node->type = want;
    return *yes && *no;
}

static bool resolve_variable(struct parser *p, struct expr *node, const struct expr_names *names)
{
    ptrdiff_t dot = str_find_char(node->name, '.');
    struct str scope = dot < 0 ? STR_NONE : str_slice(node->name, 0, (size_t) dot);
    struct str name = dot < 0 ? node->name
                              : str_slice(node->name, (size_t) dot + 1, node->name.len);
    if (names && names->find && names->find(names->context, scope, name, &node->var)) {
        node->type = node->var.type;
        return true;
    }
    if (str_eq_nocase(scope, STR("Prompt")) || str_eq_nocase(scope, STR("PromptSystem"))) {
        node->op = OP_LITERAL;
        node->type = (struct expr_type){ TYPE_PROMPT, false };
        node->literal = value_named(p->pool, TYPE_PROMPT, node->name);
        return true;
    }
    expr_fail(p, node->at, DIAG_EXPR_VARIABLE, node->name, STR_NONE);
    return false;
}

static bool resolve_property(struct parser *p, struct expr *node)
{
    struct expr_type of = node->args[0]->type;
    node->type = (struct expr_type){ TYPE_JSON, false };
    if (of.type == TYPE_JSON && !of.list)
        return true;
    node->property = of.list ? NULL : property_find(of.type, node->name, &node->type.type);
    if (!node->property)
        expr_fail(p, node->at, DIAG_EXPR_PROPERTY, node->name,
                  str_of(value_type_name((enum value_type) of.type)));
    return node->property != NULL;
}

static bool resolve_constant(struct parser *p, struct expr *node)
{
    struct value value;
    if (!constant_find(p->pool, node, &value))
        return false;
    node->op = OP_LITERAL;
    node->argc = 0;
    node->type = (struct expr_type){ value.type, false };
    node->literal = value;
    return true;
}

static bool resolve_index(struct parser *p, struct expr *node)
{
    struct expr_type of = node->args[0]->type, by = node->args[1]->type;
    bool whole = by.type == TYPE_INTEGER && !by.list;
    bool name = node->args[1]->op == OP_LITERAL && by.type == TYPE_STRING;
    if (of.list && whole) {
        node->type = (struct expr_type){ of.type, false };
        return true;
    }
    if (of.type == TYPE_JSON && !of.list && (whole || name)) {
        node->type = of;
        return true;
    }
    if (!of.list && name) {
        node->op = OP_PROPERTY;
        node->name = value_text(p->pool, node->args[1]->literal);
        node->argc = 1;
        return resolve_property(p, node);
    }
    expr_fail(p, node->args[1]->at, DIAG_EXPR_INDEX_TYPE, STR_NONE, STR_NONE);
    return false;
}

static bool resolve(struct parser *p, struct expr *node, const struct expr_names *names)
{
    if (node->op == OP_PROPERTY && resolve_constant(p, node))
        return true;
    for (unsigned i = 0; i < node->argc; i++) {
        if (node->args[i]->op != OP_LITERAL && !resolve(p, node->args[i], names))
            return false;
    }
    switch ((enum node_op) node->op) {
    case OP_VARIABLE:
        return resolve_variable(p, node, names);
    case OP_AND:
    case OP_OR:
        node->type = (struct expr_type){ TYPE_BOOLEAN, false };
        for (unsigned i = 0; i < node->argc; i++) {
            if (!need_boolean(p, &node->args[i]))
                return false;
        }
        return true;
    case OP_IF:
        return resolve_if(p, node);
    case OP_PROPERTY:
        return resolve_property(p, node);
    case OP_INDEX:
        return resolve_index(p, node);
    case OP_CALL:
        if (str_eq_nocase(node->name, STR("If")) && node->argc == 3) {
            node->op = OP_IF;
            return resolve_if(p, node);
        }
        return resolve_call(p, node);
    default:
        return true;
    }
}

struct expr *expr_compile(struct arena *arena, struct pool *pool, struct str text,
                          const struct expr_names *names, struct expr_type wanted,
                          const struct place *place, struct diags *diags)
{
    struct parser parser = {
        .arena = arena, .pool = pool, .text = text, .diags = diags, .place = place
    };
    struct expr *expr = expr_parse(&parser);
    if (!expr || !resolve(&parser, expr, names))
        return NULL;
    struct expr *converted = expr_convert(&parser, expr, wanted);
    if (converted)
        converted->cast = converted != expr;
    else
        return expr_fail(&parser, expr->at, DIAG_EXPR_TYPE,
                         str_of(value_type_name((enum value_type) wanted.type)),
                         str_of(value_type_name((enum value_type) expr->type.type)));
    return converted;
}

struct expr_type expr_type_of(const struct expr *expr)
{
    return expr->type;
}

const char *expr_cast_of(const struct expr *expr, struct expr_type *own)
{
    *own = expr->cast ? expr->args[0]->type : expr->type;
    return expr->cast ? expr->function->name : NULL;
}
