/* Actions that do nothing of their own in a call: what they are given is evaluated, and what the
 * world answers is stored. Their operands come from the catalogue's fields. */
#include <string.h>
#include "engine/call/compile.h"

static struct str last_step(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

/* Whether it is, or stands in, failureOutputs. */
static bool is_of_failure(const struct field *field)
{
    return strstr(field->path, "failureOutputs") != NULL;
}

static struct operand *operand_at(struct compiler *c, uint32_t index)
{
    return &c->out->operands[index];
}

static enum operand_bind bind_of(const struct field *field)
{
    static const struct {
        const char *path;
        enum operand_bind bind;
    } known[] = {
        { "startAudio", BIND_BEFORE },  { "voiceProcessingPrompt", BIND_BEFORE },
        { "audio", BIND_AFTER },        { "timeout", BIND_TIMEOUT },
        { "findName", BIND_FIND },      { "findId", BIND_FIND },
        { "externalId", BIND_FIND },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strcmp(field->path, known[i].path))
            return known[i].bind;
    }
    return BIND_NOTHING;
}

/* A time that is none takes the flow's setting for that action, else the product's (domain.md
 * appendix B). */
static uint32_t default_time(struct compiler *c, const struct action_info *info,
                             const struct field *field)
{
    enum { SILENCE_TIMEOUT = 40000, SILENCE = 1000 };
    struct buf path;
    buf_init(&path, c->program->env);
    buf_addf(&path, "settingsActionDefaults/%s/%s", info->key, field->path);
    int64_t ms = compile_duration(c, c->flow->body, path.ptr,
                                  bind_of(field) == BIND_TIMEOUT ? SILENCE_TIMEOUT : SILENCE);
    buf_release(&path);
    return compile_constant(c, value_duration(ms));
}

static void value_field(struct compiler *c, node_id action, const struct action_info *info,
                        const struct field *field)
{
    struct form_value value = flow_value(c->flow, action, field);
    bool none = value.form == FORM_ABSENT || value.form == FORM_NO_VALUE;
    uint32_t index;
    if (none && field->flags & FIELD_SETTING && field->type == TYPE_DURATION)
        index = default_time(c, info, field);
    else
        index = compile_path(c, action, field->path, field->type,
                             field->flags & FIELD_COLLECTION);
    operand_at(c, index)->bind = (uint8_t) bind_of(field);
}

static void result_field(struct compiler *c, node_id action, const struct field *field)
{
    uint32_t index = compile_result(c, flow_field_node(c->flow, action, field->path));
    struct operand *operand = operand_at(c, index);
    operand->name = pool_text(c->program->pool, last_step(field->path));
    operand->bind = is_of_failure(field) ? BIND_FAILURE : BIND_RESULT;
}

/* Names with values are evaluated; names with variables get the result of that name, which is known
 * where the name is a literal. */
static void row_fields(struct compiler *c, const struct field *list, node_id row)
{
    struct str name = STR_NONE;
    for (const struct field *part = list->rows; part && part->path; part++) {
        struct form_value value = flow_value(c->flow, row, part);
        if (part->kind == FIELD_VALUE)
            compile_path(c, row, part->path, part->type, false);
        if (!strcmp(part->path, "name") && value.form != FORM_EXPRESSION)
            name = value.text;
        if (part->kind != FIELD_VARIABLE)
            continue;
        uint32_t index = compile_result(c, flow_field_node(c->flow, row, part->path));
        operand_at(c, index)->name = pool_text(c->program->pool, name);
        operand_at(c, index)->bind = BIND_RESULT;
    }
}

static void rows_field(struct compiler *c, node_id action, const struct field *field)
{
    const struct doc *doc = c->flow->doc;
    node_id list = flow_field_node(c->flow, action, field->path);
    bool is_list = list && doc_kind(doc, list) == NODE_LIST;
    for (node_id item = is_list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item)) {
        node_id row = item;
        if (field->row_key)
            row = doc_kind(doc, item) == NODE_OBJECT ? doc_first(doc, item) : 0;
        if (row && doc_kind(doc, row) == NODE_OBJECT)
            row_fields(c, field, row);
    }
}

void compile_other(struct compiler *c, struct op *op)
{
    const struct action_info *info = flow_action(c->flow, op->node);
    node_id node = op->node;
    op->name = pool_text(c->program->pool, flow_name(c->flow, node));
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        switch (field->kind) {
        case FIELD_VALUE:
        case FIELD_OPTION:
        case FIELD_AUDIO:
            value_field(c, node, info, field);
            break;
        case FIELD_RESULT:
            result_field(c, node, field);
            break;
        case FIELD_INPUTS:
            compile_named(c, flow_field_node(c->flow, node, field->path), BIND_NOTHING);
            break;
        case FIELD_RESULTS:
            compile_named(c, flow_field_node(c->flow, node, field->path),
                          is_of_failure(field) ? BIND_FAILURE : BIND_RESULT);
            break;
        case FIELD_ROWS:
            rows_field(c, node, field);
            break;
        default:
            break;
        }
    }
}
