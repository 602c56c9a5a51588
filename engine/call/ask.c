/* What a voice survey has from bots: Ask for Yes/No, Ask for Slot, Wait for Input, and the question
 * of an Anything Else? loop; and how often anything is asked again (domain.md section 2.4). Yes is
 * also the key 1 and no the key 2, # ends what is dialled for a slot (assumed). */
#include "engine/call/machine.h"

enum { MOST_TRIES = 3, ASK_TIMEOUT = 7000, ASK_INTER_DIGIT = 3000 }; /* assumed */

static bool eval(struct call *call, const struct op *op, const char *path, struct value *out)
{
    return operand_eval_at(call, op, operand_at_path(call, op, path), out);
}

/* --- trying again --- */

/* Reprompts of its own replace the ones that there are otherwise: each is said once. */
static bool own_reprompts(struct call *call, const struct op *op, bool silence, bool *own,
                          struct value *list)
{
    struct value wanted;
    *own = false;
    if (!eval(call, op, silence ? "customizeNoInput" : "customizeNoMatch", &wanted) ||
        !eval(call, op, silence ? "noInputReprompts" : "noMatchReprompts", list))
        return false;
    *own = value_is_set(wanted) && wanted.number;
    return true;
}

enum try try_count(struct call *call, const struct op *op, bool silence)
{
    struct call_state *state = &call->now.state;
    struct value list, said;
    bool own;
    state->keys = 0;
    uint32_t most = MOST_TRIES - 1, tries = silence ? ++state->no_inputs : ++state->no_matches;
    if (!own_reprompts(call, op, silence, &own, &list))
        return TRY_ERROR;
    const struct value *items = NULL;
    if (own) {
        most = 0;
        if (list.flags & VALUE_LIST && list.id)
            items = pool_get_list(call->pool, list.id, &most);
    }
    if (tries > most)
        return TRY_NO_MORE;
    if (own)
        said = items[tries - 1];
    else if (!eval(call, op, silence ? "noInput" : "noMatch", &said))
        return TRY_ERROR;
    prompt(call, op, said);
    return TRY_AGAIN;
}

/* --- asking --- */

static void question_ask(struct call *call, const struct op *op)
{
    struct value question;
    if (!eval(call, op, "question", &question))
        return;
    prompt(call, op, question);
    ask(call, op, ASKING_KEYS, ASK_TIMEOUT);
    if (call->now.state.keys)
        ask_keys(call, op);
}

static void begin(struct call *call, const struct op *op)
{
    call->now.state.no_inputs = call->now.state.no_matches = 0;
    question_ask(call, op);
}

void run_ask(struct call *call, const struct op *op)
{
    begin(call, op);
}

void loop_else_asks(struct call *call, const struct op *op)
{
    begin(call, op);
}

static void go_on(struct call *call, uint32_t pc)
{
    call->now.state.asking = ASKING_NOTHING;
    call->now.state.keys = 0;
    call->now.state.pc = pc;
}

static void leave_loop(struct call *call, const struct op *op)
{
    struct registers *task = &call->registers[FRAME_TASK];
    task->values[op->slot] = task->values[op->slot + 1] = value_not_set(TYPE_INTEGER);
    task->dirty = true;
    go_on(call, op->next);
}

/* A slot takes what fits its type and is valid then. */
static void fill_slot(struct call *call, const struct op *op, struct value answer)
{
    const struct operand *where = operand_at_path(call, op, "askResult");
    struct value valid;
    if (where->form == OPERAND_VARIABLE &&
        !value_convert(call, answer, (enum value_type) where->type, where->list, &answer)) {
        ask_failed_try(call, op, false);
        return;
    }
    if (!variable_write(call, op, where, answer) || !eval(call, op, "customValidation", &valid))
        return;
    if (value_is_set(valid) && !valid.number)
        ask_failed_try(call, op, false);
    else
        go_on(call, op->next);
}

static bool is_one_of(struct str text, const char *word, const char *other, const char *key)
{
    return str_eq_nocase(text, str_of(word)) || str_eq_nocase(text, str_of(other)) ||
           str_is(text, key);
}

static void answer_yes_or_no(struct call *call, const struct op *op, struct str text)
{
    bool yes = is_one_of(text, "yes", "true", "1");
    if (!yes && !is_one_of(text, "no", "false", "2")) {
        ask_failed_try(call, op, false);
        return;
    }
    call->now.state.keys = 0;
    if (op->kind == OP_ASK_BOOLEAN)
        output_named(call, op, yes ? "yes" : "no");
    else if (yes)
        loop_again(call, op);
    else
        leave_loop(call, op);
}

static void answered(struct call *call, const struct op *op, struct value answer)
{
    if (op->kind == OP_ASK_SLOT)
        fill_slot(call, op, answer);
    else if (op->kind == OP_WAIT_INPUT)
        go_on(call, op->next);
    else
        answer_yes_or_no(call, op, value_text(call->pool, answer));
}

void ask_say(struct call *call, const struct op *op, struct str words)
{
    answered(call, op, value_string(call->pool, words));
}

static bool is_yes_or_no(const struct op *op)
{
    return op->kind == OP_ASK_BOOLEAN || op->kind == OP_LOOP_ELSE;
}

void ask_keys(struct call *call, const struct op *op)
{
    struct str keys = keys_pressed(call);
    bool ended = keys.ptr[keys.len - 1] == '#';
    if (is_yes_or_no(op)) {
        char key = key_take(call);
        answered(call, op, value_string(call->pool, (struct str){ &key, 1 }));
    } else if (ended && keys.len > 1) {
        answered(call, op, value_string(call->pool, str_slice(keys, 0, keys.len - 1)));
    } else if (ended) {
        ask_failed_try(call, op, false);
    } else {
        call->now.meter.deadline = call->now.meter.clock + ASK_INTER_DIGIT;
    }
}

/* Silence behind keys means that they were all. */
void ask_failed_try(struct call *call, const struct op *op, bool silence)
{
    if (silence && call->now.state.keys) {
        answered(call, op, value_string(call->pool, keys_pressed(call)));
        return;
    }
    enum try tried = try_count(call, op, silence);
    if (tried == TRY_AGAIN)
        question_ask(call, op);
    else if (tried == TRY_NO_MORE && op->kind == OP_LOOP_ELSE)
        leave_loop(call, op);
    else if (tried == TRY_NO_MORE)
        output_named(call, op, silence ? "maxNoInputs" : "maxNoMatches");
}
