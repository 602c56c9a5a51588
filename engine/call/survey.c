/* Ask Survey Question: the question's kind comes from the survey form that the flow names
 * (surveyForms of postflow.json); one that is not stated takes any answer. A single key is enough
 * as soon as no longer number is possible; * and # end the others. Silence and answers that fit
 * nothing are tried again three times, then the recognition failure ends the survey (domain.md
 * section 2.4; the number is assumed). */
#include "engine/call/machine.h"

enum { ASK_QUESTION, ASK_FORM_QUESTION, ASK_CONDITION, ASK_NOT_APPLICABLE, ASK_RESULT, ASK_ANSWER,
       ASK_FOLLOW_UP };
enum { SURVEY_TIMEOUT = 7000, SURVEY_INTER_DIGIT = 3000 };

/* The form's question with one of the two texts; one that is not stated takes any answer. */
static void question_find(struct call *call, struct str name, struct str text,
                          struct settings_question *out)
{
    const struct settings *settings = call_settings(call);
    uint32_t id = call_program(call)->survey_form;
    struct str form = id ? pool_get_text(call->pool, id) : STR_NONE;
    if (!settings_question(settings, form, name, out) &&
        !settings_question(settings, form, text, out))
        *out = (struct settings_question){ .kind = SURVEY_FREE_TEXT };
}

/* False: the error event has been raised. */
static bool question_of(struct call *call, const struct op *op, struct settings_question *out,
                        struct value *name)
{
    struct value text, form;
    if (!operand_eval(call, op, ASK_QUESTION, &text) ||
        !operand_eval(call, op, ASK_FORM_QUESTION, &form))
        return false;
    *name = value_is_set(form) ? form : text;
    question_find(call, value_is_set(form) ? value_text(call->pool, form) : STR_NONE,
                  value_is_set(text) ? value_text(call->pool, text) : STR_NONE, out);
    return true;
}

static bool question_play(struct call *call, const struct op *op)
{
    struct value text, answer;
    if (!operand_eval(call, op, ASK_QUESTION, &text) ||
        !operand_eval(call, op, ASK_ANSWER, &answer))
        return false;
    prompt(call, op, text);
    prompt(call, op, answer);
    return true;
}

static void question_ask(struct call *call, const struct op *op)
{
    if (!question_play(call, op))
        return;
    ask(call, op, ASKING_KEYS, SURVEY_TIMEOUT);
    if (call->now.state.keys)
        survey_keys(call, op);
}

void run_survey_question(struct call *call, const struct op *op)
{
    struct settings_question question;
    struct value condition, name;
    if (!operand_eval(call, op, ASK_CONDITION, &condition))
        return;
    if (value_is_set(condition) && !condition.number)
        return; /* not visible; NOT_SET is always asked */
    if (!question_of(call, op, &question, &name))
        return;
    call->now.state.no_inputs = call->now.state.no_matches = 0;
    if (question.kind == SURVEY_READ_ONLY)
        question_play(call, op);
    else
        question_ask(call, op);
}

static void answered(struct call *call, const struct op *op, struct str answer, bool applicable)
{
    struct call_state *state = &call->now.state;
    struct settings_question question;
    struct value name, follow_up;
    struct value given = value_string(call->pool, answer);
    state->keys = 0;
    state->asking = ASKING_NOTHING;
    state->no_inputs = state->no_matches = 0;
    state->pc = op->next;
    if (!question_of(call, op, &question, &name))
        return;
    struct event *event = event_at_op(call, EVENT_SURVEY_ANSWER, op);
    event->party = state->in_flow;
    event->text = value_is_set(name) ? name.id : 0;
    event->value = applicable ? given : value_not_set(TYPE_STRING);
    event->detail = !applicable;
    struct value result = value_not_set(TYPE_SURVEY_QUESTION);
    if (applicable) {
        result = given;
        result.type = TYPE_SURVEY_QUESTION;
    }
    if (variable_write(call, op, operand_of(call, op, ASK_RESULT), result) &&
        operand_eval(call, op, ASK_FOLLOW_UP, &follow_up))
        prompt(call, op, follow_up);
}

static bool is_not_applicable(struct call *call, const struct op *op, struct str keys, bool *is)
{
    struct value key;
    if (!operand_eval(call, op, ASK_NOT_APPLICABLE, &key))
        return false;
    struct str text = value_is_set(key) ? value_text(call->pool, key) : STR_NONE;
    *is = text.len && str_eq(text, keys);
    return true;
}

static struct str option_text(const struct call *call, const struct settings_question *question,
                              int64_t number)
{
    const struct doc *doc = call_settings(call)->doc;
    return doc_text(doc, doc_item(doc, question->options, (size_t) number - 1));
}

/* The answer that a number stands for; false where it is out of range. */
static bool answer_of_number(struct call *call, const struct op *op,
                             const struct settings_question *question, int64_t number)
{
    struct buf text;
    if (number < question->min || number > question->max)
        return false;
    buf_init(&text, call->env);
    if (question->kind == SURVEY_YES_NO)
        buf_add_text(&text, number == 1 ? "yes" : "no");
    else if (question->kind == SURVEY_CHOICE)
        buf_add(&text, option_text(call, question, number));
    else
        buf_add_int(&text, number);
    answered(call, op, buf_str(&text), true);
    buf_release(&text);
    return true;
}

/* What has been pressed is all there is. */
static void keys_end(struct call *call, const struct op *op,
                     const struct settings_question *question, struct str keys)
{
    int64_t number;
    if (question->kind == SURVEY_FREE_TEXT && keys.len) {
        struct buf text;
        buf_init(&text, call->env);
        buf_add(&text, keys);
        answered(call, op, buf_str(&text), true);
        buf_release(&text);
    } else if (!str_to_int(keys, &number) || !answer_of_number(call, op, question, number)) {
        survey_failed_try(call, op, false);
    }
}

void survey_keys(struct call *call, const struct op *op)
{
    struct settings_question question;
    struct value name;
    struct str keys = keys_pressed(call);
    bool not_applicable;
    int64_t number;
    if (!is_not_applicable(call, op, keys, &not_applicable) ||
        !question_of(call, op, &question, &name))
        return;
    if (not_applicable) {
        answered(call, op, STR_NONE, false);
        return;
    }
    char last = keys.ptr[keys.len - 1];
    if (last == '#' || last == '*')
        keys_end(call, op, &question, str_slice(keys, 0, keys.len - 1));
    else if (question.kind != SURVEY_FREE_TEXT &&
             (!str_to_int(keys, &number) || number == 0 || number > question.max / 10))
        keys_end(call, op, &question, keys);
    else
        call->now.meter.deadline = call->now.meter.clock + SURVEY_INTER_DIGIT;
}

/* Silence behind keys means that they were all. */
void survey_failed_try(struct call *call, const struct op *op, bool silence)
{
    struct call_state *state = &call->now.state;
    struct settings_question question;
    struct value name;
    if (silence && state->keys) {
        if (question_of(call, op, &question, &name))
            keys_end(call, op, &question, keys_pressed(call));
        return;
    }
    enum try tried = try_count(call, op, silence);
    if (tried == TRY_ERROR)
        return;
    if (tried == TRY_NO_MORE) {
        struct event *event = event_at_op(call, EVENT_ERROR, op);
        event->text = pool_text(call->pool, STR("The answer was not recognized."));
        system_disconnect(call, op, ENDING_DISCONNECT);
        return;
    }
    question_ask(call, op);
}

void survey_say(struct call *call, const struct op *op, struct str words)
{
    struct settings_question question;
    struct value name;
    int64_t number;
    if (!question_of(call, op, &question, &name))
        return;
    if (question.kind == SURVEY_FREE_TEXT) {
        answered(call, op, words, true);
        return;
    }
    bool fits = false;
    if (question.kind == SURVEY_YES_NO && str_eq_nocase(words, STR("yes")))
        fits = answer_of_number(call, op, &question, 1);
    else if (question.kind == SURVEY_YES_NO && str_eq_nocase(words, STR("no")))
        fits = answer_of_number(call, op, &question, 2);
    else if ((question.kind == SURVEY_RANGE || question.kind == SURVEY_NPS) &&
             str_to_int(words, &number))
        fits = answer_of_number(call, op, &question, number);
    for (int64_t i = 1; !fits && question.kind == SURVEY_CHOICE && i <= question.max; i++) {
        if (str_eq_nocase(option_text(call, &question, i), words))
            fits = answer_of_number(call, op, &question, i);
    }
    if (!fits)
        survey_failed_try(call, op, false);
}
