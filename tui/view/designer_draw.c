/* The designer's screen: title, three panes, the line under the tree, the status line. */
#include <stdio.h>
#include "engine/flow/arrivals.h"
#include "tui/view/bindings.h"
#include "tui/view/callview.h"
#include "tui/view/designer.h"
#include "tui/view/popup.h"
#include "tui/view/wrap.h"

enum { CHOICE_ROWS = 7 };

static void draw_title(struct designer *designer, struct canvas *canvas, struct area area)
{
    struct session *session = designer->session;
    struct flow *flow = designer->tree.flow;
    struct buf text;
    buf_init(&text, designer->env);
    buf_add_text(&text, "postflow");
    if (flow) {
        buf_add_text(&text, "  ");
        buf_add(&text, flow_title(flow));
        buf_addf(&text, " %.*s %s", STR_ARG(canvas_glyph_text(canvas, GLYPH_MIDDOT)),
                 flow_type_info(flow->type)->label);
        if (session_modified(session, flow))
            buf_addf(&text, " %.*s*", STR_ARG(canvas_glyph_text(canvas, GLYPH_MIDDOT)));
    }
    int used = canvas_put(canvas, area.row, area.col, area.cols, STYLE_TITLE, buf_str(&text));
    buf_clear(&text);
    if (designer_simulating(designer))
        callview_phase(designer, &text);
    else
        buf_add_text(&text, flow ? "edit" : "");
    canvas_put_right(canvas, area.row, area.col + used + 2, area.cols - used - 2,
                     designer_simulating(designer) ? STYLE_CALL : STYLE_DIM, buf_str(&text));
    buf_release(&text);
}

static void add_answer(const struct flow *flow, struct buf *out, struct slot_answer answer,
                       bool caller)
{
    buf_addf(out, "%s hangs up -> ", caller ? "agent" : "caller");
    hangup_say(flow, answer, caller, out);
}

/* What each hang-up would lead to behind the row under the cursor, on the flow who comes to it; its
 * first problem goes before, unless that is only a note. */
void designer_write_hangups(struct designer *designer)
{
    struct session *session = designer->session;
    struct flow *flow = designer->tree.flow;
    struct buf *text = &designer->hangups;
    struct hangup_answer answer;
    buf_clear(text);
    for (size_t i = 0; i < session->problems.count; i++) {
        const struct diag *diag = &session->problems.items[i];
        if (diag->place.node != session->cursor.node || session->cursor.output > 0 ||
            diag_severity(diag->code) == SEVERITY_INFO)
            continue;
        diag_render(text, diag, NULL);
        buf_addf(text, " [%s]", diag_info(diag->code)->code);
        break;
    }
    designer->hangups_style = text->len > 0 ? STYLE_WARNING : STYLE_INFO;
    if (flow) /* the tree asks at a glance */
        hangups_at(designer->answers, flow, session->ws, session->cursor, &answer);
    bool root = flow && session->cursor.node == flow->body && !session->cursor.output;
    if (text->len == 0 && root && !(flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK)) {
        buf_add_text(text, "comes here: ");
        arrivals_print(session->ws, flow, text);
    }
    if (text->len == 0 && flow) {
        buf_add_text(text, "with an agent: ");
        add_answer(flow, text, answer.caller, true);
        buf_add_text(text, " - ");
        add_answer(flow, text, answer.callee, false);
    }
}

static void draw_hangups(struct designer *designer, struct canvas *canvas, struct area area)
{
    const struct diags *problems = &designer->session->problems;
    char counts[64] = "";
    bool narrow = area.cols < LAYOUT_TWO_PANES;
    size_t at = 0;
    /* Where room is dear only what there is. */
    if (problems->errors > 0 || !narrow)
        at = (size_t) snprintf(counts, sizeof counts, "%zu error%s%s", problems->errors,
                               problems->errors == 1 ? "" : "s", narrow ? "" : " ");
    if (!narrow || (problems->warnings > 0 && at == 0))
        snprintf(counts + at, sizeof counts - at, "%zu warning%s", problems->warnings,
                 problems->warnings == 1 ? "" : "s");
    int right = (int) str_of(counts).len;
    if (designer->fields.editing && designer->fields.suggest.active) {
        suggest_draw_verdict(&designer->fields.suggest, canvas, area);
        return;
    }
    canvas_put(canvas, area.row, area.col, area.cols - right - 2, designer->hangups_style,
               buf_str(&designer->hangups));
    canvas_put_right(canvas, area.row, area.col, area.cols,
                     problems->errors ? STYLE_ERROR : STYLE_DIM, str_of(counts));
}

static void draw_hints(struct designer *designer, struct canvas *canvas, struct area area)
{
    size_t count;
    struct buf text;
    const struct binding *table = bindings(&count);
    unsigned mode = designer_mode(designer);
    buf_init(&text, designer->env);
    if ((mode & IN_CALL) && call_phase(designer->session->call) == PHASE_KEYS)
        buf_add_text(&text, "0-9 * # keypad  ");
    if (mode == IN_TOOLBOX)
        buf_add_text(&text, "type to filter  Enter add  ");
    for (size_t i = 0; i < count; i++) {
        if ((table[i].modes & mode) && table[i].hint)
            buf_addf(&text, "%s  ", table[i].hint);
    }
    canvas_put(canvas, area.row, area.col, area.cols, STYLE_KEY, buf_str(&text));
    buf_release(&text);
}

/* A message too long for its row takes rows above it, at most half of the screen. */
static void draw_message(struct canvas *canvas, struct area area, enum style style, struct str text)
{
    int rows = wrap_count(text, area.cols), most = canvas->rows / 2;
    struct str line;
    if (rows > most)
        rows = most;
    if (rows > 1)
        canvas_fill(canvas, (struct area){ area.row - rows + 1, area.col, rows, area.cols },
                    STYLE_NORMAL);
    for (int left = rows - 1; left > 0 && wrap_next(&text, area.cols, &line); left--)
        canvas_put(canvas, area.row - left, area.col, area.cols, style, line);
    canvas_put(canvas, area.row, area.col, area.cols, style, text);
}

static void draw_status(struct designer *designer, struct canvas *canvas, struct area area)
{
    static const enum style styles[] = { STYLE_NORMAL, STYLE_INFO, STYLE_WARNING, STYLE_ERROR };
    struct session *session = designer->session;
    bool page = designer_message_is_page(session);
    if (designer->command_open) {
        canvas_put(canvas, area.row, area.col, 1, STYLE_KEY, STR(":"));
        textedit_draw(&designer->command, canvas,
                      (struct area){ area.row, area.col + 1, 1, area.cols - 1 }, STYLE_NORMAL,
                      true);
    } else if (session->message_kind != MESSAGE_NONE && session->message.len > 0 && !page) {
        draw_message(canvas, area, styles[session->message_kind], buf_str(&session->message));
    } else if (designer->fields.editing && designer->fields.suggest.active) {
        suggest_draw_signature(&designer->fields.suggest, canvas, area);
    } else if (!designer_simulating(designer)) {
        draw_hints(designer, canvas, area);
    }
}

static void draw_start(struct canvas *canvas, struct area area)
{
    static const struct {
        const char *key, *text;
    } lines[] = { { "n", "a new flow" },
                  { "o", "open a file or a folder" },
                  { "f", "the flows in this folder" },
                  { "r", "what was opened lately" },
                  { "c", "copy the samples here and open them" },
                  { ":", "type a command" },
                  { "?", "all keys" },
                  { "q", "quit" } };
    int row = area.row + 1;
    canvas_put(canvas, row++, area.col + 1, area.cols - 1, STYLE_HEADING,
               STR("Draw a flow, arm a post-flow, hang up."));
    row++;
    for (size_t i = 0; i < sizeof lines / sizeof *lines && row < area.row + area.rows; i++, row++) {
        canvas_put(canvas, row, area.col + 2, 2, STYLE_KEY, str_of(lines[i].key));
        canvas_put(canvas, row, area.col + 6, area.cols - 6, STYLE_NORMAL, str_of(lines[i].text));
    }
}

static void draw_tree(struct designer *designer, struct canvas *canvas,
                      const struct layout *layout, bool again)
{
    bool call = designer_simulating(designer), here;
    struct tree_marks marks = { .marks = designer->marks, .count = designer->mark_count,
                                .answers = designer->answers, .session = designer->session };
    struct spot cursor = tree_settle(&designer->tree, designer_cursor(designer));
    if (call) {
        struct call_position place = callview_place(designer->session->call, &here);
        if (here && place.flow == designer->tree.flow)
            marks.here = tree_settle(&designer->tree, place.spot);
        if (designer->tree.flow != designer->session->flow)
            marks.count = 0;
    }
    tree_draw(&designer->tree, canvas, layout->pane[PANE_MIDDLE], cursor,
              call ? designer->in_flow : designer->focus == PANE_MIDDLE, &marks, again);
}

static void draw_panes(struct designer *designer, struct canvas *canvas,
                       const struct layout *layout)
{
    draw_tree(designer, canvas, layout, false);
    if (designer_simulating(designer)) {
        callview_draw_parties(designer, canvas, layout->pane[PANE_LEFT]);
        callview_draw_trace(designer, canvas, layout->pane[PANE_RIGHT]);
        callview_draw_choices(designer, canvas, layout->bottom);
    } else {
        toolbox_draw(&designer->toolbox, canvas, layout->pane[PANE_LEFT],
                     designer->focus == PANE_LEFT);
        fields_draw(&designer->fields, canvas, layout->pane[PANE_RIGHT],
                    designer->focus == PANE_RIGHT);
    }
}

static struct str fields_title(const struct designer *designer)
{
    struct flow *flow = designer->tree.flow;
    struct spot spot = designer->fields.spot;
    if (!flow || !spot.node || flow != designer->fields.flow)
        return STR("Fields");
    const struct action_info *info = flow_action(flow, spot.node);
    return info ? str_of(info->label) : STR("Fields");
}

static void draw_frame(struct designer *designer, struct canvas *canvas,
                       const struct layout *layout)
{
    struct str titles[PANE_COUNT] = { STR("Toolbox"), STR("Flow"), fields_title(designer) };
    bool call = designer_simulating(designer);
    if (call) {
        titles[PANE_LEFT] = STR("Parties");
        titles[PANE_RIGHT] = STR("Variables and trace");
    }
    enum pane focus = !call ? designer->focus : designer->in_flow ? PANE_MIDDLE : PANE_COUNT;
    layout_draw_frame(canvas, layout, titles, focus);
}

static void draw_all(struct designer *designer, struct canvas *canvas, const struct layout *layout)
{
    canvas_clear(canvas);
    if (layout->too_small) {
        canvas_putf(canvas, 0, 0, canvas->cols, STYLE_WARNING, "%dx%d is too small: 40x12 needed",
                    canvas->cols, canvas->rows);
        return;
    }
    draw_title(designer, canvas, layout->title);
    draw_frame(designer, canvas, layout);
    if (designer->tree.flow) {
        draw_panes(designer, canvas, layout);
        if (!designer_simulating(designer))
            draw_hangups(designer, canvas, layout->problem);
        else
            draw_hints(designer, canvas, layout->problem);
    } else {
        draw_start(canvas, layout->pane[PANE_MIDDLE]);
    }
    draw_status(designer, canvas, layout->status);
    if (designer->fields.editing)
        suggest_draw_list(&designer->fields.suggest, canvas);
    if (designer->overlay)
        overlay_draw(designer->overlay, canvas);
}

static void draw_details(struct designer *designer, struct canvas *canvas,
                         const struct layout *layout)
{
    draw_frame(designer, canvas, layout);
    canvas_fill(canvas, layout->pane[PANE_RIGHT], STYLE_NORMAL);
    fields_draw(&designer->fields, canvas, layout->pane[PANE_RIGHT], designer->focus == PANE_RIGHT);
    canvas_fill(canvas, layout->problem, STYLE_NORMAL);
    draw_hangups(designer, canvas, layout->problem);
    draw_status(designer, canvas, layout->status);
}

void designer_draw(struct designer *designer, struct canvas *canvas, enum redraw what)
{
    struct layout layout;
    bool call = designer_simulating(designer);
    layout_compute(&layout, canvas->rows, canvas->cols, designer->focus, call ? CHOICE_ROWS : 0);
    bool all = what == REDRAW_ALL || layout.too_small || !designer->tree.flow;
    if (all)
        draw_all(designer, canvas, &layout);
    if (!all && (what & REDRAW_TREE))
        draw_tree(designer, canvas, &layout, true);
    if (!all && (what & REDRAW_DETAILS))
        draw_details(designer, canvas, &layout);
    designer_note_shown(designer);
}
