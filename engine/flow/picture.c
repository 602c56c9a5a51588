/* Pictures: the syntaxes, and the texts that all of them show. */
#include "engine/flow/picture_parts.h"

#include <string.h>
#include "engine/base/utf8.h"
#include "engine/flow/edit_flow.h"

static const struct picture_syntax syntaxes[] = {
    { "dot", ".dot", picture_write_dot },
    { "mermaid", ".mmd", picture_write_mermaid },
    { "markdown", ".md", picture_write_markdown },
};

const struct picture_syntax *picture_syntaxes(size_t *count)
{
    *count = sizeof syntaxes / sizeof *syntaxes;
    return syntaxes;
}

const struct picture_syntax *picture_syntax_find(struct str name)
{
    for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; i++) {
        if (str_is(name, syntaxes[i].name))
            return &syntaxes[i];
    }
    return NULL;
}

void picture_write(const struct flow *flow, const struct workspace *ws,
                   const struct picture_syntax *syntax, struct buf *out)
{
    struct picture picture;
    picture_init(&picture, flow, ws);
    syntax->write(&picture, out);
    picture_release(&picture);
}

/* --- looks */

bool picture_is(const struct flow *flow, node_id action, const char *key)
{
    const struct action_info *info = flow_action(flow, action);
    return info && !strcmp(info->wraps ? info->wraps : info->key, key);
}

static enum picture_look look_of_action(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    unsigned flags = info ? info->flags : 0;
    if (picture_is(flow, action, "setPostFlow"))
        return LOOK_SET;
    if (picture_is(flow, action, "clearPostFlow"))
        return LOOK_CLEAR;
    if (picture_is(flow, action, "disconnect") || picture_is(flow, action, "endState"))
        return LOOK_HANG_UP;
    if (flags & ACTION_TRANSFER)
        return LOOK_TRANSFER;
    if (flags & ACTION_ENDS)
        return LOOK_AWAY;
    return flow_output_count(flow, action) > 1 ? LOOK_BRANCH : LOOK_ACTION;
}

enum picture_look picture_look(const struct picture *picture, const struct picture_item *item)
{
    switch (item->kind) {
    case PICTURE_MENU:
        return LOOK_MENU;
    case PICTURE_ACTION:
        return look_of_action(picture->flow, item->node);
    case PICTURE_END:
        return LOOK_AWAY;
    case PICTURE_TARGET:
        return !strcmp(item->word, "queue") ? LOOK_QUEUE
               : str_ends(str_of(item->word), STR("flow")) ||
                         item->type != FLOW_OTHER
                   ? LOOK_FLOW
                   : LOOK_PARTY;
    default:
        return LOOK_START;
    }
}

/* --- texts */

void picture_add_text(struct buf *out, struct str text)
{
    bool blank = false;
    text = str_trim(text);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        while (at < text.len && !strchr(" \t\r\n", text.ptr[at] ? text.ptr[at] : 'x'))
            at++;
        if (blank)
            buf_add_char(out, ' ');
        buf_add_shown(out, str_slice(text, from, at), false);
        blank = at < text.len;
        while (at < text.len && strchr(" \t\r\n", text.ptr[at] ? text.ptr[at] : 'x'))
            at++;
    }
}

void picture_add_cut(struct buf *out, struct str text, int columns)
{
    size_t from = out->len, cut = 0;
    int used = 0;
    picture_add_text(out, text);
    struct str shown = { out->ptr + from, out->len - from };
    for (size_t at = 0; at < shown.len && used <= columns;) {
        used += utf8_width(utf8_next(shown, &at));
        if (used <= columns - 3)
            cut = at;
    }
    if (used <= columns)
        return;
    buf_truncate(out, from + cut);
    buf_add_text(out, "...");
}

bool picture_next_line(struct str *rest, int width, struct str *line)
{
    size_t at = 0, cut = 0, blank = 0;
    int used = 0;
    if (rest->len == 0)
        return false;
    while (at < rest->len && used <= width) {
        size_t before = at;
        uint32_t code = utf8_next(*rest, &at);
        if (code == ' ' && before > 0)
            blank = before;
        used += utf8_width(code);
        if (used <= width || cut == 0)
            cut = at;
    }
    bool whole = used <= width;
    size_t end = whole ? rest->len : blank > 0 ? blank : cut;
    *line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, !whole && blank > 0 ? end + 1 : end, rest->len);
    return true;
}

const char *picture_flow_word(enum flow_type type)
{
    return type == FLOW_OTHER ? "flow" : flow_type_info(type)->label;
}

static const char *word_of_start(enum flow_type type)
{
    static const char *const words[FLOW_TYPE_COUNT] = {
        [FLOW_OTHER] = "start",
        [FLOW_INBOUND_CALL] = "a call comes in",
        [FLOW_OUTBOUND_CALL] = "a call is made",
        [FLOW_INQUEUE_CALL] = "a caller waits",
        [FLOW_COMMON_MODULE] = "a flow calls the module",
        [FLOW_VOICE_SURVEY] = "a post-flow leads here",
        [FLOW_SECURE_CALL] = "a transfer leads here",
    };
    return words[type];
}

void picture_add_name(const struct picture *picture, const struct picture_item *item,
                      struct buf *out)
{
    size_t before = out->len;
    switch (item->kind) {
    case PICTURE_START:
        buf_add_text(out, word_of_start(picture->flow->type));
        break;
    case PICTURE_ERROR:
        buf_add_text(out, "an error");
        break;
    case PICTURE_END:
        buf_add_text(out, flow_role(picture->flow, item->node) == ROLE_STATE ? "end of the state"
                                                                            : "end of the task");
        break;
    case PICTURE_TARGET:
        picture_add_text(out, item->name);
        break;
    default:
        picture_add_text(out, flow_name(picture->flow, item->node));
        break;
    }
    if (out->len == before)
        buf_add_text(out, "(no name)");
}

static const char *word_of_role(const struct flow *flow, node_id node)
{
    switch (flow_role(flow, node)) {
    case ROLE_MENU:
        return "menu";
    case ROLE_STATE:
        return "state";
    case ROLE_CHOICE:
        return "sub-menu";
    default:
        return "task";
    }
}

void picture_add_kind(const struct picture *picture, const struct picture_item *item,
                      struct buf *out)
{
    const struct flow *flow = picture->flow;
    const struct action_info *info;
    switch (item->kind) {
    case PICTURE_OPEN:
    case PICTURE_MENU:
        buf_add_text(out, word_of_role(flow, item->node));
        break;
    case PICTURE_ACTION:
        info = flow_action(flow, item->node);
        if (info && str_eq_nocase(flow_name(flow, item->node), str_of(info->short_label)))
            break; /* it is called so */
        if (info)
            buf_add_text(out, info->short_label);
        else
            picture_add_text(out, doc_key(flow->doc, item->node));
        break;
    case PICTURE_TARGET:
        buf_add_text(out, item->word);
        break;
    default:
        break;
    }
}

/* The reference of an action to a task, menu or state that is not there; false: it has none. */
static bool lost_ref(const struct flow *flow, node_id action, struct str *ref)
{
    const struct action_info *info = flow_action(flow, action);
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->kind != FIELD_TASK && field->kind != FIELD_MENU && field->kind != FIELD_STATE)
            continue;
        *ref = flow_value(flow, action, field).text;
        return true;
    }
    return false;
}

void picture_add_detail(const struct picture *picture, const struct picture_item *item,
                        int columns, struct buf *out)
{
    const struct flow *flow = picture->flow;
    struct buf text;
    struct str ref;
    buf_init(&text, picture->env);
    if (item->kind == PICTURE_MENU) {
        static const struct field audio = { .path = "audio", .kind = FIELD_AUDIO,
                                            .type = TYPE_AUDIO };
        flow_get(flow, item->node, &audio, &text);
    } else if (item->kind == PICTURE_TARGET && item->missing) {
        buf_add_text(&text, "(not here)");
    } else if (item->kind == PICTURE_ACTION && !item->targeted) {
        if (lost_ref(flow, item->node, &ref))
            buf_add(&text, ref);
        else
            flow_summary(flow, item->node, &text);
    }
    picture_add_cut(out, buf_str(&text), columns);
    buf_release(&text);
}

void picture_add_key(const struct flow *flow, node_id choice, struct buf *out)
{
    node_id dtmf = doc_member(flow->doc, choice, ATOM_dtmf);
    node_id global = doc_member(flow->doc, choice, ATOM_globalDtmf);
    struct str key = dtmf ? doc_text(flow->doc, dtmf) : STR_NONE;
    if (str_starts(key, STR("digit_")))
        key = str_slice(key, strlen("digit_"), key.len);
    picture_add_text(out, key);
    if (key.len > 0 && global && str_is(doc_text(flow->doc, global), "true"))
        buf_add_text(out, " in every menu");
}
