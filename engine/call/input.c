/* What the caller presses: menus, Collect Input, dialling by extension (domain.md 4.4, 4.6). Keys
 * that are pressed and not used yet stay as type-ahead for the next action that asks. */
#include "engine/call/machine.h"

struct str keys_pressed(const struct call *call)
{
    uint32_t keys = call->now.state.keys;
    return keys ? pool_get_text(call->pool, keys) : STR_NONE;
}

/* Drops the first `count` keys. */
static void keys_drop(struct call *call, size_t count)
{
    struct str keys = keys_pressed(call);
    struct str rest = str_slice(keys, count < keys.len ? count : keys.len, keys.len);
    call->now.state.keys = rest.len ? pool_text(call->pool, rest) : 0;
}

char key_take(struct call *call)
{
    struct str keys = keys_pressed(call);
    if (!keys.len)
        return 0;
    char key = keys.ptr[0];
    keys_drop(call, 1);
    return key;
}

static void restart_timer(struct call *call, int64_t ms)
{
    call->now.meter.deadline = call->now.meter.clock + ms;
}

/* --- menus */

static const struct menu *menu_of(const struct call *call, const struct op *op)
{
    return &call_program(call)->menus[op->target];
}

static void menu_play(struct call *call, const struct op *op)
{
    const struct menu *menu = menu_of(call, op);
    struct value audio;
    if (!operand_eval_at(call, op, &call_program(call)->operands[menu->audio], &audio))
        return;
    prompt(call, op, audio);
    ask(call, op, ASKING_KEYS, menu->timeout);
    if (call->now.state.keys)
        menu_keys(call, op);
}

void menu_enter(struct call *call, const struct op *op, bool again)
{
    struct call_state *state = &call->now.state;
    uint32_t index = (uint32_t) (op - call_program(call)->ops) + 1;
    if (!again && state->menu != index) {
        state->previous_menu = state->menu;
        state->menu = index;
    }
    state->no_inputs = state->no_matches = 0;
    menu_play(call, op);
}

/* The menu's own choices, then those that are global in the flow. */
static uint32_t choice_of_key(const struct call *call, const struct menu *menu, char key)
{
    const struct program_flow *flow = call_program(call);
    for (uint32_t i = 0; i < menu->choices; i++) {
        if (flow->choices[menu->first_choice + i].key == key)
            return flow->choices[menu->first_choice + i].op;
    }
    for (size_t i = 0; i < flow->choice_count; i++) {
        if (flow->choices[i].global && flow->choices[i].key == key)
            return flow->choices[i].op;
    }
    return NO_OP;
}

static void menu_choose(struct call *call, uint32_t op)
{
    struct call_state *state = &call->now.state;
    state->asking = ASKING_NOTHING;
    state->no_inputs = state->no_matches = 0;
    state->pc = op;
}

void menu_keys(struct call *call, const struct op *op)
{
    const struct menu *menu = menu_of(call, op);
    struct str keys = keys_pressed(call);
    if (keys.len > 1 && menu->extensions) {
        struct str user = settings_user_with_extension(call_settings(call), keys);
        if (user.len) {
            transfer_ring(call, op, user, INT64_MAX);
            return;
        }
    }
    char key = key_take(call);
    uint32_t choice = choice_of_key(call, menu, key);
    if (choice != NO_OP)
        menu_choose(call, choice);
    else
        menu_failed_try(call, op, false);
}

/* First play plus `repeat` repeats; then the default choice, or the call is disconnected. A key
 * that is no choice counts as a try (assumed). */
void menu_failed_try(struct call *call, const struct op *op, bool silence)
{
    struct call_state *state = &call->now.state;
    const struct menu *menu = menu_of(call, op);
    state->keys = 0;
    if (silence)
        state->no_inputs++;
    else
        state->no_matches++;
    if (state->no_inputs + state->no_matches <= menu->repeat)
        menu_play(call, op);
    else if (menu->fallback != NO_OP)
        menu_choose(call, menu->fallback);
    else
        system_disconnect(call, op, ENDING_DISCONNECT);
}

/* Whether the choice's terms in any language, or its name, are these words. */
static bool choice_is_said(const struct flow *flow, node_id choice, struct str words)
{
    const struct doc *doc = flow->doc;
    if (str_eq_nocase(flow_name(flow, choice), words))
        return true;
    node_id languages = flow_field_node(flow, choice, "speechRecTerms");
    if (!languages || doc_kind(doc, languages) != NODE_OBJECT)
        return false;
    for (node_id one = doc_first(doc, languages); one; one = doc_next(doc, one)) {
        node_id terms = doc_kind(doc, one) == NODE_LIST
                            ? one : doc_member_named(doc, one, STR("terms"));
        for (node_id term = terms ? doc_first(doc, terms) : 0; term; term = doc_next(doc, term)) {
            if (str_eq_nocase(doc_text(doc, term), words))
                return true;
        }
    }
    return false;
}

void menu_say(struct call *call, const struct op *op, struct str words)
{
    const struct program_flow *flow = call_program(call);
    const struct menu *menu = menu_of(call, op);
    for (uint32_t i = 0; i < menu->choices; i++) {
        const struct menu_choice *choice = &flow->choices[menu->first_choice + i];
        if (choice_is_said(&flow->flow, choice->node, words)) {
            menu_choose(call, choice->op);
            return;
        }
    }
    menu_failed_try(call, op, false);
}

/* As a menu's choice: the menu before the one it is in. In a task: the menu that was left last
 * (assumed). */
void run_previous_menu(struct call *call, const struct op *op)
{
    struct call_state *state = &call->now.state;
    uint32_t menu = op->is_choice ? state->previous_menu : state->menu;
    if (!menu) {
        error_raise(call, op, STR("There is no previous menu."));
        return;
    }
    registers_set(call, FRAME_TASK, 0);
    state->pc = menu - 1;
}

void run_repeat_menu(struct call *call, const struct op *op)
{
    struct call_state *state = &call->now.state;
    if (state->menu)
        state->pc = state->menu - 1;
    else
        error_raise(call, op, STR("There is no menu to repeat."));
}

/* --- Collect Input */

enum { COLLECT_AUDIO, COLLECT_RESULT, COLLECT_NO_ENTRY, COLLECT_INTER_DIGIT, COLLECT_STAR,
       COLLECT_POUND, COLLECT_VERIFY, COLLECT_MIN, COLLECT_MAX, COLLECT_KEEP,
       COLLECT_NO_ENTRY_DEFAULT, COLLECT_INTER_DIGIT_DEFAULT };
enum { COLLECT_END = '#' }; /* the terminating key; Archy has no field for another */

static bool collect_time(struct call *call, const struct op *op, unsigned field, unsigned otherwise,
                         int64_t *ms)
{
    struct value value;
    if (!operand_eval(call, op, field, &value))
        return false;
    if (!value_is_set(value))
        value = operand_of(call, op, otherwise)->value;
    *ms = value.number;
    return true;
}

void run_collect_input(struct call *call, const struct op *op)
{
    struct value audio;
    int64_t ms;
    if (!operand_eval(call, op, COLLECT_AUDIO, &audio) ||
        !collect_time(call, op, COLLECT_NO_ENTRY, COLLECT_NO_ENTRY_DEFAULT, &ms))
        return;
    prompt(call, op, audio);
    ask(call, op, ASKING_KEYS, ms);
    if (call->now.state.keys)
        collect_keys(call, op);
}

static void collect_success(struct call *call, const struct op *op, struct str digits)
{
    struct value audio;
    if (variable_write(call, op, operand_of(call, op, COLLECT_RESULT),
                       value_string(call->pool, digits)) &&
        operand_eval(call, op, COLLECT_VERIFY, &audio)) {
        prompt(call, op, audio);
        output_named(call, op, "success");
    }
}

static void collect_failure(struct call *call, const struct op *op)
{
    if (variable_write(call, op, operand_of(call, op, COLLECT_RESULT),
                       value_not_set(TYPE_STRING)))
        output_named(call, op, "failure");
}

/* `digits` keys have been entered, `used` are taken from the buffer with them. */
static void collect_end(struct call *call, const struct op *op, size_t digits, size_t used)
{
    struct str keys = keys_pressed(call);
    size_t min = (size_t) operand_of(call, op, COLLECT_MIN)->value.number;
    bool keep = operand_of(call, op, COLLECT_KEEP)->value.number && used > digits;
    struct str entered = str_slice(keys, 0, keep ? used : digits);
    keys_drop(call, used);
    if (digits >= min && digits > 0)
        collect_success(call, op, entered);
    else
        collect_failure(call, op);
}

static bool accepts_alone(struct call *call, const struct op *op, char key, bool *accepts)
{
    struct value value;
    if (!operand_eval(call, op, key == '*' ? COLLECT_STAR : COLLECT_POUND, &value))
        return false;
    *accepts = value_is_set(value) && value.number;
    return true;
}

/* A * or # that is typed first may be an answer of its own; the terminator ends; the other one is a
 * failure. */
static void collect_sign(struct call *call, const struct op *op, size_t at)
{
    struct str keys = keys_pressed(call);
    bool alone = false;
    if (at == 0 && !accepts_alone(call, op, keys.ptr[0], &alone))
        return;
    if (alone) {
        struct str one = str_slice(keys, 0, 1);
        keys_drop(call, 1);
        collect_success(call, op, one);
    } else if (keys.ptr[at] == COLLECT_END) {
        collect_end(call, op, at, at + 1);
    } else {
        keys_drop(call, at + 1);
        collect_failure(call, op);
    }
}

void collect_keys(struct call *call, const struct op *op)
{
    struct str keys = keys_pressed(call);
    size_t max = (size_t) operand_of(call, op, COLLECT_MAX)->value.number;
    for (size_t i = 0; i < keys.len; i++) {
        if (i == max)
            break;
        if (keys.ptr[i] == '*' || keys.ptr[i] == '#') {
            collect_sign(call, op, i);
            return;
        }
    }
    /* A range goes on after its last digit only for a terminator, which may be in the buffer. */
    if (keys.len >= max) {
        bool ranged = operand_of(call, op, COLLECT_MIN)->value.number !=
                      operand_of(call, op, COLLECT_MAX)->value.number;
        bool ended = ranged && keys.len > max && keys.ptr[max] == COLLECT_END;
        collect_end(call, op, max, ended ? max + 1 : max);
        return;
    }
    int64_t ms;
    if (collect_time(call, op, COLLECT_INTER_DIGIT, COLLECT_INTER_DIGIT_DEFAULT, &ms))
        restart_timer(call, ms);
}

void collect_done(struct call *call, const struct op *op)
{
    size_t len = keys_pressed(call).len;
    collect_end(call, op, len, len);
}

/* --- dialling by extension */

enum { EXTENSION_ERROR_TYPE, EXTENSION_ERROR_MESSAGE, EXTENSION_VARIABLE, EXTENSION_TIMEOUT };
enum { EXTENSION_WAIT = 6000 }; /* domain.md appendix B */

static int64_t extension_wait(struct call *call, const struct op *op)
{
    struct value value;
    if (!operand_eval(call, op, EXTENSION_TIMEOUT, &value))
        return -1;
    return value_is_set(value) ? value.number : EXTENSION_WAIT;
}

void run_dial_by_extension(struct call *call, const struct op *op)
{
    int64_t ms = extension_wait(call, op);
    if (ms >= 0) {
        ask(call, op, ASKING_KEYS, ms);
        if (call->now.state.keys)
            input_keys(call);
    }
}

void extension_done(struct call *call, const struct op *op)
{
    struct str digits = keys_pressed(call);
    if (digits.len && digits.ptr[digits.len - 1] == '#')
        digits.len--;
    if (!digits.len) {
        call->now.state.keys = 0;
        if (op->is_choice)
            transfer_result(call, op, false, value_not_set(TYPE_JSON));
        else
            output_named(call, op, "timeout");
        return;
    }
    if (!variable_write(call, op, operand_of(call, op, EXTENSION_VARIABLE),
                        value_string(call->pool, digits)))
        return;
    call->now.state.keys = pool_text(call->pool, digits);
    struct str user = settings_user_with_extension(call_settings(call), digits);
    transfer_ring(call, op, user.len ? user : digits, INT64_MAX);
}

static void extension_keys(struct call *call, const struct op *op)
{
    struct str keys = keys_pressed(call);
    if (str_find_char(keys, '#') >= 0) {
        extension_done(call, op);
        return;
    }
    int64_t ms = extension_wait(call, op);
    if (ms >= 0)
        restart_timer(call, ms);
}

/* --- what any of them does with keys, silence, words */

void input_keys(struct call *call)
{
    const struct op *op = call_op(call);
    switch ((enum op_kind) op->kind) {
    case OP_MENU: menu_keys(call, op); break;
    case OP_COLLECT_INPUT: collect_keys(call, op); break;
    case OP_DIAL_BY_EXTENSION: extension_keys(call, op); break;
    case OP_SURVEY_QUESTION: survey_keys(call, op); break;
    case OP_ASK_BOOLEAN:
    case OP_ASK_SLOT:
    case OP_WAIT_INPUT:
    case OP_LOOP_ELSE: ask_keys(call, op); break;
    default: break;
    }
}

void input_none(struct call *call)
{
    const struct op *op = call_op(call);
    switch ((enum op_kind) op->kind) {
    case OP_MENU: menu_failed_try(call, op, true); break;
    case OP_COLLECT_INPUT: collect_done(call, op); break;
    case OP_DIAL_BY_EXTENSION: extension_done(call, op); break;
    case OP_SURVEY_QUESTION: survey_failed_try(call, op, true); break;
    case OP_ASK_BOOLEAN:
    case OP_ASK_SLOT:
    case OP_WAIT_INPUT:
    case OP_LOOP_ELSE: ask_failed_try(call, op, true); break;
    default: break;
    }
}

void input_no_match(struct call *call)
{
    const struct op *op = call_op(call);
    switch ((enum op_kind) op->kind) {
    case OP_MENU: menu_failed_try(call, op, false); break;
    case OP_COLLECT_INPUT:
        call->now.state.keys = 0;
        collect_failure(call, op);
        break;
    case OP_DIAL_BY_EXTENSION:
        call->now.state.keys = 0;
        transfer_result(call, op, false, value_not_set(TYPE_JSON));
        break;
    case OP_SURVEY_QUESTION: survey_failed_try(call, op, false); break;
    case OP_ASK_BOOLEAN:
    case OP_ASK_SLOT:
    case OP_WAIT_INPUT:
    case OP_LOOP_ELSE: ask_failed_try(call, op, false); break;
    default: break;
    }
}

static bool are_keys(struct str words)
{
    for (size_t i = 0; i < words.len; i++) {
        if (words.ptr[i] < '0' || words.ptr[i] > '9')
            return false;
    }
    return words.len > 0;
}

void input_say(struct call *call, struct str words)
{
    const struct op *op = call_op(call);
    if (op->kind == OP_MENU) {
        menu_say(call, op, words);
    } else if (op->kind == OP_SURVEY_QUESTION) {
        survey_say(call, op, words);
    } else if (op->kind == OP_ASK_BOOLEAN || op->kind == OP_ASK_SLOT ||
               op->kind == OP_WAIT_INPUT || op->kind == OP_LOOP_ELSE) {
        ask_say(call, op, words);
    } else if (are_keys(words)) {
        call->now.state.keys = pool_text(call->pool, words);
        input_keys(call);
        if (call->now.state.asking == ASKING_KEYS && call_op(call) == op)
            input_none(call); /* nothing more is said */
    } else {
        input_no_match(call);
    }
}
