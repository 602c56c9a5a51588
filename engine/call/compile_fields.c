#include <string.h>
#include "engine/call/compile.h"

/* Which fields of an action are operands, in the order of the enums in exec.h. */
#define SPEC(...) (const struct operand_spec[]){ __VA_ARGS__, { NULL, 0, 0, 0 } }
#define VALUE(path, type) { path, TYPE_##type, 0, 0 }
#define RESULT(path) { path, TYPE_NONE, 0, 1 }
#define FAILURE RESULT("failureOutputs/errorType"), RESULT("failureOutputs/errorMessage")
#define TRANSFER_AUDIO VALUE("preTransferAudio", AUDIO), VALUE("failureTransferAudio", AUDIO)
#define TEXTS(path) { path, TYPE_COMMUNICATION, 1, 0 }
#define OWN_NO_INPUT VALUE("customizeNoInput", BOOLEAN), TEXTS("noInputReprompts")
#define OWN_NO_MATCH VALUE("customizeNoMatch", BOOLEAN), TEXTS("noMatchReprompts")
#define ASKED                                                                                      \
    VALUE("question", STRING), VALUE("noInput", STRING), VALUE("noMatch", STRING), OWN_NO_INPUT,   \
        OWN_NO_MATCH
#define WHEN                                                                                       \
    VALUE("evaluate/dateTime", DATETIME)

static const struct operand_spec *const specs[OP_KIND_COUNT] = {
    [OP_PLAY_AUDIO] = SPEC(VALUE("audio", AUDIO)),
    [OP_DECISION] = SPEC(VALUE("condition", BOOLEAN)),
    [OP_LOOP] = SPEC(VALUE("loopCount", INTEGER), RESULT("currentIndex")),
    [OP_LOOP_UNTIL] = SPEC(VALUE("maxLoopCount", INTEGER), RESULT("currentIndex")),
    [OP_LOOP_ELSE] = SPEC(RESULT("currentIndex"), ASKED),
    [OP_ASK_BOOLEAN] = SPEC(ASKED),
    [OP_ASK_SLOT] = SPEC(RESULT("askResult"), ASKED, VALUE("customValidation", BOOLEAN)),
    [OP_WAIT_INPUT] =
        SPEC(VALUE("question", COMMUNICATION), VALUE("noMatch", COMMUNICATION), OWN_NO_MATCH),
    [OP_COMMUNICATE] = SPEC(VALUE("communication", COMMUNICATION)),
    [OP_PLAY_GREETING] = SPEC(VALUE("user", USER)),
    [OP_PLAY_NAME] = SPEC(VALUE("user", USER)),
    [OP_WAIT] = SPEC(VALUE("duration", DURATION)),
    [OP_COLLECT_INPUT] =
        SPEC(VALUE("inputAudio", AUDIO), RESULT("inputData"), VALUE("noEntryTimeout", DURATION),
             VALUE("interDigitTimeout", DURATION), VALUE("acceptJustStar", BOOLEAN),
             VALUE("acceptJustPound", BOOLEAN), VALUE("verificationAudio", AUDIO)),
    [OP_DIAL_BY_EXTENSION] =
        SPEC(FAILURE, RESULT("extensionVariable"), VALUE("interDigitTimeout", DURATION)),
    [OP_TRANSFER_ACD] =
        SPEC(FAILURE, TRANSFER_AUDIO, VALUE("targetQueue", QUEUE), VALUE("priority", INTEGER),
             VALUE("languageSkill", LANGUAGE_SKILL), VALUE("directAgent", USER)),
    [OP_TRANSFER_USER] = SPEC(FAILURE, TRANSFER_AUDIO, VALUE("targetUser", USER),
                              VALUE("connectTimeout", DURATION)),
    [OP_TRANSFER_NUMBER] = SPEC(FAILURE, TRANSFER_AUDIO, VALUE("targetNumber", STRING),
                                VALUE("connectTimeout", DURATION)),
    [OP_TRANSFER_GROUP] = SPEC(FAILURE, TRANSFER_AUDIO, VALUE("targetGroup", GROUP),
                               VALUE("connectTimeout", DURATION)),
    [OP_TRANSFER_VOICEMAIL] =
        SPEC(FAILURE, TRANSFER_AUDIO, VALUE("destination/queue/targetQueue", QUEUE),
             VALUE("destination/user/targetUser", USER),
             VALUE("destination/group/targetGroup", GROUP),
             VALUE("destination/queue/callbackNumber", PHONE),
             VALUE("destination/queue/calleeName", STRING),
             VALUE("destination/queue/voicemailGreeting", AUDIO)),
    [OP_TRANSFER_FLOW] = SPEC(FAILURE, TRANSFER_AUDIO),
    [OP_TRANSFER_SECURE] = SPEC(FAILURE, TRANSFER_AUDIO, VALUE("invocationData", STRING),
                                VALUE("connectTimeout", DURATION)),
    [OP_HOLD_MUSIC] = SPEC(VALUE("prompt", PROMPT), VALUE("bargeInEnabled", BOOLEAN),
                           VALUE("playStyle/duration", DURATION)),
    [OP_CALL_DATA] = SPEC(VALUE("timeout", DURATION), VALUE("processingPrompt", PROMPT)),
    [OP_CALL_DATA_SECURE] = SPEC(VALUE("timeout", DURATION), VALUE("processingPrompt", PROMPT)),
    [OP_TABLE_LOOKUP] = SPEC(VALUE("lookupValue", STRING)),
    [OP_SCHEDULE] =
        SPEC(WHEN, VALUE("schedule", SCHEDULE), VALUE("emergencyGroup", EMERGENCY_GROUP)),
    [OP_SCHEDULE_GROUP] =
        SPEC(WHEN, VALUE("scheduleGroup", SCHEDULE_GROUP),
             VALUE("emergencyGroup", EMERGENCY_GROUP), RESULT("inServiceSchedules")),
    [OP_SET_LANGUAGE] = SPEC(VALUE("languageValue", STRING)),
    [OP_PLAY_WAIT_TIME] = SPEC(VALUE("estimatedWaitTime", DURATION)),
    [OP_PLAY_POSITION] = SPEC(VALUE("positionInQueue", INTEGER)),
    [OP_CREATE_CALLBACK] = SPEC(VALUE("callbackNumber", PHONE), VALUE("calleeName", STRING),
                                VALUE("queue", QUEUE)),
    [OP_SURVEY_QUESTION] =
        SPEC(VALUE("question", STRING), VALUE("surveyQuestion", SURVEY_QUESTION),
             VALUE("questionCondition", BOOLEAN), VALUE("notApplicable", STRING),
             RESULT("surveyQuestionResult"), VALUE("answer", COMMUNICATION),
             VALUE("followUpQuestion", COMMUNICATION), VALUE("noInput", STRING),
             VALUE("noMatch", STRING), OWN_NO_INPUT, OWN_NO_MATCH),
};

const struct operand_spec *operand_specs(enum op_kind kind)
{
    return specs[kind];
}

static struct operand *operand_at(struct compiler *c, uint32_t index)
{
    return &c->out->operands[index];
}

void compile_named(struct compiler *c, node_id object, enum operand_bind bind)
{
    const struct doc *doc = c->flow->doc;
    if (!object || doc_kind(doc, object) != NODE_OBJECT)
        return;
    for (node_id node = doc_first(doc, object); node; node = doc_next(doc, node)) {
        uint32_t index;
        if (bind) {
            index = compile_result(c, node);
        } else {
            struct form_value form = flow_value_of(c->flow, node);
            index = compile_value(c, &form, TYPE_NONE, false);
        }
        operand_at(c, index)->name = pool_text(c->program->pool, doc_key(doc, node));
        operand_at(c, index)->bind = (uint8_t) bind;
    }
}

/* A separator between two groups of rows. */
static void end_rows(struct compiler *c)
{
    compile_result(c, 0);
}

/* updateData: (where to, value) for each statement; the value is wanted in the variable's type. */
static void statement_rows(struct compiler *c, node_id action)
{
    const struct doc *doc = c->flow->doc;
    node_id list = flow_field_node(c->flow, action, "statements");
    for (node_id item = list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item)) {
        node_id row = doc_kind(doc, item) == NODE_OBJECT ? doc_first(doc, item) : 0;
        if (!row || doc_kind(doc, row) != NODE_OBJECT)
            continue;
        uint32_t where = compile_result(c, doc_member(doc, row, ATOM_variable));
        struct operand target = *operand_at(c, where);
        struct form_value form = { .form = FORM_ABSENT };
        node_id value = doc_member(doc, row, ATOM_value);
        if (value)
            form = flow_value_of(c->flow, value);
        enum value_type type = (enum value_type) target.type;
        bool list_wanted = target.list;
        if (target.form != OPERAND_VARIABLE)
            value_type_find(doc_key(doc, row), &type, &list_wanted);
        compile_value(c, &form, type, list_wanted);
    }
}

/* The condition of each case, by the case's name. */
static void until_rows(struct compiler *c, node_id action)
{
    const struct doc *doc = c->flow->doc;
    node_id list = flow_field_node(c->flow, action, "untilCases");
    for (node_id item = list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item)) {
        node_id row = doc_kind(doc, item) == NODE_OBJECT ? doc_first(doc, item) : 0;
        if (!row || doc_kind(doc, row) != NODE_OBJECT)
            continue;
        uint32_t index = compile_path(c, row, "condition", TYPE_BOOLEAN, false);
        operand_at(c, index)->name = pool_text(c->program->pool, compile_text(c, row, "name"));
    }
}

/* (name, value or where to) for each attribute. */
static void attribute_rows(struct compiler *c, node_id action, bool get)
{
    const struct doc *doc = c->flow->doc;
    node_id list = flow_field_node(c->flow, action, "attributes");
    for (node_id item = list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item)) {
        node_id row = doc_kind(doc, item) == NODE_OBJECT ? doc_first(doc, item) : 0;
        if (!row || doc_kind(doc, row) != NODE_OBJECT)
            continue;
        compile_path(c, row, "name", TYPE_STRING, false);
        if (get)
            compile_result(c, doc_member(doc, row, ATOM_variable));
        else
            compile_path(c, row, "value", TYPE_STRING, false);
    }
}

/* A switch: the value that is matched (firstMatch), then one value for each output; the default's
 * is not written. */
static void case_rows(struct compiler *c, struct op *op)
{
    const struct doc *doc = c->flow->doc;
    enum value_type type = TYPE_BOOLEAN;
    bool list = false;
    node_id match = flow_field_node(c->flow, op->node, "evaluate/firstMatch");
    node_id typed = match && doc_kind(doc, match) == NODE_OBJECT ? doc_first(doc, match) : 0;
    if (typed)
        value_type_find(doc_key(doc, typed), &type, &list);
    struct form_value form = { .form = FORM_ABSENT };
    if (typed && doc_member(doc, typed, ATOM_value))
        form = flow_value_of(c->flow, doc_member(doc, typed, ATOM_value));
    compile_value(c, &form, type, list);
    for (uint16_t k = 1; k <= op->output_count; k++) {
        char number[12];
        struct spot spot = { op->node, k };
        node_id node = flow_output_node(c->flow, spot);
        bool is_default = str_is(flow_output_id(c->flow, spot, number), "default");
        if (node && !is_default)
            compile_path(c, node, "value", type, list);
        else
            end_rows(c);
    }
}

static void post_flow_fields(struct compiler *c, node_id action)
{
    struct post_flow_fields fields;
    flow_post_flow(c->flow, action, &fields);
    compile_value(c, &fields.target, TYPE_STRING, false);
    compile_value(c, &fields.action_type, TYPE_STRING, false);
    compile_value(c, &fields.data, TYPE_JSON, false);
    if (fields.flow.form == FORM_EXPRESSION)
        compile_value(c, &fields.flow, TYPE_STRING, false);
    else if (fields.flow.text.len)
        compile_constant(c, value_string(c->program->pool, fields.flow.text));
    else
        end_rows(c);
}

/* The key of the only member at `path`: a data action's, table's, module's name. */
static struct str only_key(const struct compiler *c, node_id owner, const char *path)
{
    node_id node = flow_field_node(c->flow, owner, path);
    if (!node || doc_kind(c->flow->doc, node) != NODE_OBJECT || !doc_first(c->flow->doc, node))
        return STR_NONE;
    return doc_key(c->flow->doc, doc_first(c->flow->doc, node));
}

static void data_rows(struct compiler *c, struct op *op)
{
    struct buf name;
    buf_init(&name, c->program->env);
    buf_add(&name, only_key(c, op->node, "category"));
    buf_add_text(&name, " / ");
    buf_add(&name, only_key(c, op->node, "category/*/dataAction"));
    op->name = pool_text(c->program->pool, buf_str(&name));
    buf_release(&name);
    node_id node = op->node;
    compile_named(c, flow_field_node(c->flow, node, "category/*/dataAction/*/inputs"),
                  BIND_NOTHING);
    compile_named(c, flow_field_node(c->flow, node, "category/*/dataAction/*/successOutputs"),
                  BIND_RESULT);
    compile_named(c, flow_field_node(c->flow, node, "category/*/dataAction/*/failureOutputs"),
                  BIND_FAILURE);
}

static void number_operand(struct compiler *c, int64_t number)
{
    compile_constant(c, value_integer(number));
}

/* min, max, whether the terminator is kept; then the flow's defaults for the two timeouts, else
 * those of the product (domain.md section 4.6). */
static void collect_rows(struct compiler *c, node_id node)
{
    int64_t exact = compile_integer(c, node, "digits/exact", 0);
    int64_t min = exact > 0 ? exact : compile_integer(c, node, "digits/range/min", 1);
    int64_t max = exact > 0 ? exact : compile_integer(c, node, "digits/range/max", 20);
    min = min < 0 ? 0 : min;
    number_operand(c, min);
    number_operand(c, max < 1 ? 1 : max);
    number_operand(c, str_is(compile_text(c, node, "includeTerminatingDtmfInResultData"), "true"));
    node_id body = c->flow->body;
    compile_constant(c, value_duration(compile_duration(
                            c, body, "settingsActionDefaults/collectInput/noEntryTimeout", 5000)));
    compile_constant(c, value_duration(compile_duration(
                            c, body, "settingsActionDefaults/collectInput/interDigitTimeout",
                            3000)));
}

static void target_flow(struct compiler *c, struct op *op)
{
    enum flow_type type;
    struct str name;
    if (flow_target(c->flow, op->node, &type, &name))
        op->name = pool_text(c->program->pool, name);
}

/* What differs from action to action and is no fixed field. */
static void extra_rows(struct compiler *c, struct op *op)
{
    node_id node = op->node;
    struct pool *pool = c->program->pool;
    switch ((enum op_kind) op->kind) {
    case OP_UPDATE_DATA:
    case OP_EXTRACT_SECURE: statement_rows(c, node); break;
    case OP_LOOP_UNTIL: until_rows(c, node); break;
    case OP_OTHER: compile_other(c, op); break;
    case OP_COLLECT_INPUT: collect_rows(c, node); break;
    case OP_SWITCH: case_rows(c, op); break;
    case OP_SET_POST_FLOW:
    case OP_CLEAR_POST_FLOW: post_flow_fields(c, node); break;
    case OP_SET_PARTICIPANT: attribute_rows(c, node, false); break;
    case OP_GET_PARTICIPANT: attribute_rows(c, node, true); break;
    case OP_CALL_DATA:
    case OP_CALL_DATA_SECURE: data_rows(c, op); break;
    case OP_TABLE_LOOKUP:
        op->name = pool_text(pool, only_key(c, node, "dataTable"));
        compile_named(c, flow_field_node(c->flow, node, "dataTable/*/foundOutputs"), BIND_RESULT);
        compile_named(c, flow_field_node(c->flow, node, "dataTable/*/failureOutputs"),
                      BIND_FAILURE);
        break;
    case OP_CALL_MODULE:
        op->name = pool_text(pool, only_key(c, node, "commonModule"));
        compile_named(c, flow_field_node(c->flow, node, "commonModule/*/*/inputs"), BIND_NOTHING);
        end_rows(c);
        compile_named(c, flow_field_node(c->flow, node, "commonModule/*/*/outputs"), BIND_RESULT);
        break;
    case OP_CALL_TASK:
        compile_named(c, flow_field_node(c->flow, node, "inputs"), BIND_NOTHING);
        end_rows(c);
        compile_named(c, flow_field_node(c->flow, node, "taskOutputs"), BIND_RESULT);
        break;
    case OP_CREATE_CALLBACK:
        compile_named(c, flow_field_node(c->flow, node, "script/*/inputs"), BIND_NOTHING);
        break;
    case OP_SET_LANGUAGE:
        op->name = pool_text(pool, compile_text(c, node, "language"));
        break;
    case OP_END_TASK:
        op->name = pool_text(pool, compile_text(c, node, "outputPath/name"));
        break;
    case OP_TRANSFER_ACD:
    case OP_TRANSFER_FLOW:
    case OP_TRANSFER_SECURE: target_flow(c, op); break;
    default: break;
    }
}

void compile_fields(struct compiler *c, uint32_t index)
{
    struct op op = c->out->ops[index];
    op.operands = (uint32_t) c->out->operand_count;
    const struct operand_spec *spec = specs[op.kind];
    for (; spec && spec->path; spec++) {
        if (spec->result)
            compile_result(c, flow_field_node(c->flow, op.node, spec->path));
        else
            compile_path(c, op.node, spec->path, (enum value_type) spec->type, spec->list);
    }
    op.fixed_count = (uint16_t) (c->out->operand_count - op.operands);
    extra_rows(c, &op);
    size_t count = c->out->operand_count - op.operands;
    op.operand_count = (uint16_t) (count > UINT16_MAX ? UINT16_MAX : count);
    c->out->ops[index] = op;
}
