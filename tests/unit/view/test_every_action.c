/* Every action of the catalogue by keys: created from the toolbox, each of its fields opened and
 * filled in, saved, read again, checked, stepped through every output in a simulated call; then
 * each field as an expression. What is saved is what the engine makes of the same fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/file.h"
#include "engine/flow/query.h"
#include "engine/session/session.h"
#include "tests/unit/call/every.h"
#include "tui/view/callview.h"
#include "tui/view/designer.h"

/* Who is not at work: the engine while keys are pressed, and the other way round. */
struct other {
    const struct bench_hands *hands;
    struct flow *flow;
    node_id action;
};
/* The designer on a file of the bench, and the person at its keys. */
struct desk {
    struct session *session;
    struct designer *designer;
    struct canvas canvas;
    struct other other;
    char file[TEXT]; /* in the bench's folder */
};

static struct desk *desk_of(const struct bench *b)
{
    return b->desk;
}

static void press(const struct bench *b, const char *names)
{
    struct str rest = str_of(names);
    while (rest.len) {
        ptrdiff_t space = str_find_char(rest, ' ');
        size_t end = space < 0 ? rest.len : (size_t) space;
        struct key key;
        assert_true(key_parse(str_slice(rest, 0, end), &key));
        designer_key(desk_of(b)->designer, key);
        rest = str_trim(str_slice(rest, end, rest.len));
    }
}

static void type(const struct bench *b, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        designer_key(desk_of(b)->designer, KEY_OF((unsigned char) text.ptr[i]));
}

/* Whatever it holds is rubbed out first. */
static void type_over(const struct bench *b, struct textedit *edit, const char *text)
{
    press(b, "C-End");
    while (edit->text.len)
        press(b, "Backspace");
    type(b, str_of(text));
}

static void no_error(const struct bench *b, const char *what)
{
    const struct session *session = desk_of(b)->session;
    if (session->message_kind == MESSAGE_ERROR)
        fail_msg("%s: %s: %s", b->info->key, what, session->message.ptr);
}

/* On the `:` line. */
static void say(const struct bench *b, const char *words, struct str rest)
{
    struct buf line;
    buf_init(&line, desk_of(b)->designer->env);
    buf_addf(&line, ":%s%.*s", words, STR_ARG(rest));
    type(b, buf_str(&line));
    assert_true(desk_of(b)->designer->command_open);
    press(b, "Enter");
    no_error(b, line.ptr);
    buf_release(&line);
}

/* In the tree. */
static void go_to(const struct bench *b, struct spot at)
{
    struct desk *desk = desk_of(b);
    struct buf path;
    if (desk->designer->focus != PANE_MIDDLE)
        press(b, "Esc");
    if (spot_same(desk->session->cursor, at))
        return;
    buf_init(&path, desk_of(b)->designer->env);
    path_print(b->flow, at, &path);
    say(b, "goto ", buf_str(&path));
    buf_release(&path);
    assert_true(spot_same(desk->session->cursor, at));
}

/* --- hands --- */

static node_id put(struct bench *b, struct spot at, const struct action_info *info)
{
    struct desk *desk = desk_of(b);
    go_to(b, at);
    press(b, "a");
    type(b, str_of(info->label));
    for (int i = 0; i < 9 && toolbox_current(&desk->designer->toolbox) != info; i++)
        press(b, "Down");
    if (toolbox_current(&desk->designer->toolbox) != info)
        fail_msg("%s is not in the toolbox", info->key);
    press(b, "Enter");
    no_error(b, "add");
    if (flow_action(b->flow, desk->session->cursor.node) != info)
        fail_msg("%s is not what was added", info->key);
    return desk->session->cursor.node;
}

static bool is_entry(const struct field_entry *entry, node_id owner, const struct field *field)
{
    return entry->owner == owner && entry->field && !strcmp(entry->field->path, field->path);
}

/* The cursor of the pane goes there. */
static void go_to_field(struct bench *b, struct spot at, node_id owner, const struct field *field)
{
    struct fields *fields = &desk_of(b)->designer->fields;
    size_t i = 0;
    if (!spot_same(desk_of(b)->session->cursor, at))
        go_to(b, at);
    if (desk_of(b)->designer->focus != PANE_RIGHT)
        press(b, "Enter");
    press(b, "j k"); /* it has been read by then */
    while (i < fields->count && !is_entry(&fields->entries[i], owner, field))
        i++;
    if (i == fields->count)
        fail_msg("%s has no %s in the form", b->info->key, field->path);
    while (fields->scroll.cursor != i)
        press(b, fields->scroll.cursor < i ? "Down" : "Up");
}

/* What the field says, in `now`. */
static bool says(struct bench *b, node_id owner, const struct field *field, struct buf *now,
                 const char *text)
{
    buf_clear(now);
    flow_get(b->flow, owner, field, now);
    return str_is(buf_str(now), text);
}

/* On and off, and as it shall be. */
static void toggle(struct bench *b, node_id owner, const struct field *field, const char *text)
{
    struct buf now;
    buf_init(&now, &b->world.env);
    bool on = says(b, owner, field, &now, "true");
    for (int i = 0; i < 2 || !says(b, owner, field, &now, text); i++) {
        press(b, "Enter");
        if (says(b, owner, field, &now, "true") == on)
            fail_msg("%s.%s does not change", b->info->key, field->path);
        on = !on;
    }
    buf_release(&now);
}

/* Whether what it gets is there to be picked. Of things that nobody declared any name is taken. */
static bool is_known(struct bench *b, const struct field *field, const char *text)
{
    const struct workspace *ws = desk_of(b)->session->ws;
    for (int type = FLOW_OTHER; type < FLOW_TYPE_COUNT && field_names_flow(field); type++) {
        if (field->flow_types & (1u << type) &&
            workspace_find(ws, (enum flow_type) type, str_of(text)))
            return true;
    }
    return !field_names_flow(field) && field->kind != FIELD_VALUE && field->kind != FIELD_KEY;
}

static bool is_offered(struct overlay *overlay, const char *text)
{
    size_t at = listbox_current(&overlay->list);
    return at != SIZE_MAX && str_is(overlay->picks[at].text, text);
}

static void fill_in(struct bench *b, const struct field *field, const char *text)
{
    struct designer *designer = desk_of(b)->designer;
    press(b, text[0] == '=' ? "=" : "Enter");
    designer_draw(designer, &desk_of(b)->canvas, REDRAW_ALL);
    if (designer->fields.editing) {
        type_over(b, &designer->fields.edit, text);
        press(b, "Enter");
    } else if (designer->overlay && designer->overlay->kind == OVERLAY_PICK) {
        type(b, str_of(text));
        if (is_known(b, field, text) && !is_offered(designer->overlay, text))
            fail_msg("%s.%s does not offer %s", b->info->key, field->path, text);
        press(b, "Enter");
    } else if (designer->overlay && designer->overlay->kind == OVERLAY_TEXT) {
        type_over(b, &designer->overlay->edit, text);
        press(b, "M-Enter");
    } else {
        fail_msg("%s.%s does not open", b->info->key, field->path);
    }
    no_error(b, field->path);
    if (designer->overlay || designer->fields.editing)
        fail_msg("%s.%s does not take %s", b->info->key, field->path, text);
}

static void set(struct bench *b, struct spot at, node_id owner, const struct field *field,
                const char *text)
{
    struct buf now;
    const char *last = field->choices ? strrchr(field->choices, '|') : NULL;
    go_to_field(b, at, owner, field);
    buf_init(&now, &b->world.env);
    if (field->kind == FIELD_FLAG) {
        toggle(b, owner, field, text);
    } else if (last && says(b, owner, field, &now, text)) {
        /* That it can be picked is seen with another, which is taken back. */
        fill_in(b, field, last + 1);
        assert_true(says(b, owner, field, &now, last + 1));
        press(b, "u");
        assert_true(says(b, owner, field, &now, text));
        go_to_field(b, at, owner, field);
        fill_in(b, field, text);
    } else {
        fill_in(b, field, text);
    }
    buf_release(&now);
}

static void add_row(struct bench *b, const struct field *list)
{
    go_to_field(b, (struct spot){ b->action, 0 }, b->action, list);
    press(b, "Enter");
    no_error(b, list->path);
    assert_int_equal(flow_row_count(b->flow, b->action, list), 1);
}

static void add_output(struct bench *b, const char *name)
{
    go_to(b, (struct spot){ b->action, 0 });
    say(b, "output add ", str_of(name));
    go_to(b, (struct spot){ b->action, 0 });
}

static const struct bench_hands hands = { put, set, add_row, add_output };

/* --- the document --- */

static void turn(struct bench *b)
{
    struct other *other = &desk_of(b)->other;
    struct other now = { b->hands, b->flow, b->action };
    b->hands = other->hands;
    b->flow = other->flow;
    b->action = other->action;
    *other = now;
}

/* The keys are pressed in what the file says. */
static void sit_down(struct bench *b)
{
    struct desk *desk = desk_of(b);
    struct env *env = &b->world.env;
    char path[2 * TEXT];
    snprintf(path, sizeof path, "%s/%s", b->world.folder, desk->file);
    desk->session = session_open(env, path, NULL, &b->world.diags);
    assert_non_null(desk->session);
    desk->designer = designer_new(env, desk->session);
    designer_resize(desk->designer, desk->canvas.rows, desk->canvas.cols);
    desk->other = (struct other){ &hands, desk->session->flow, 0 };
    turn(b);
}

static void stand_up(struct bench *b)
{
    turn(b);
    designer_free(desk_of(b)->designer);
    session_close(desk_of(b)->session);
}

static void make(struct bench *b)
{
    b->action = bench_put(b, b->info);
    bench_set_all(b, false);
    bench_go_to_menu(b);
    bench_add_named_output(b);
}

/* What is on the disk is what the engine has. */
static void save(struct bench *b)
{
    char path[2 * TEXT];
    struct buf wanted, got;
    buf_init(&wanted, &b->world.env);
    buf_init(&got, &b->world.env);
    go_to(b, (struct spot){ b->action, 0 });
    press(b, "w");
    no_error(b, "save");
    snprintf(path, sizeof path, "%s/%s", b->world.folder, desk_of(b)->file);
    assert_true(file_read(&b->world.env, path, 1 << 20, &got, NULL, &b->world.diags));
    turn(b);
    bench_text(b, &wanted);
    turn(b);
    if (!str_eq(buf_str(&wanted), buf_str(&got)))
        print_error("%s by keys\n", b->info->key);
    assert_string_equal(got.ptr, wanted.ptr);
    buf_release(&wanted);
    buf_release(&got);
}

static void find_again(struct bench *b)
{
    struct buf path;
    struct spot spot;
    buf_init(&path, &b->world.env);
    path_print(desk_of(b)->other.flow, (struct spot){ desk_of(b)->other.action, 0 }, &path);
    assert_true(path_find(b->flow, buf_str(&path), &spot, &b->world.diags));
    assert_ptr_equal(flow_action(b->flow, spot.node), b->info);
    b->action = spot.node;
    buf_release(&path);
}

static void check(struct bench *b)
{
    struct desk *desk = desk_of(b);
    press(b, "e");
    no_error(b, "problems");
    assert_int_equal(desk->session->problems.count > 0, desk->designer->overlay != NULL);
    if (desk->designer->overlay)
        press(b, "Esc");
    for (size_t i = 0; i < desk->session->problems.count; i++) {
        const struct diag *diag = &desk->session->problems.items[i];
        if (!bench_expects(b, diag))
            fail_msg("%s: %s", b->info->key, diag_info(diag->code)->code);
    }
}

/* --- in a call --- */

/* Panels tell of transfers and endings. */
static void close_panels(struct bench *b)
{
    while (desk_of(b)->designer->overlay)
        press(b, "Esc");
}

/* On the keypad, else the possibility that says so; where that asks for more, it is typed. */
static bool is_done(struct bench *b, struct str words)
{
    struct designer *designer = desk_of(b)->designer;
    struct str rest = words;
    size_t history = call_history(desk_of(b)->session->call);
    bool found = false;
    if (str_starts(words, STR("press "))) {
        type(b, str_slice(words, 6, words.len));
        close_panels(b);
        return call_history(desk_of(b)->session->call) > history;
    }
    while (designer->choices.cursor > 0)
        press(b, "Up");
    for (size_t n = callview_choice_count(designer), i = 0; i < n && !found; i++) {
        bool ask;
        struct buf line;
        buf_init(&line, &b->world.env);
        found = callview_choice_command(designer, &line, &ask);
struct str offered = str_slice(buf_str(&line), 3, line.len);
        found = found && (ask ? str_starts(words, offered) : str_eq(words, offered));
        rest = found && ask ? str_slice(words, offered.len, words.len) : STR_NONE;
        buf_release(&line);
        press(b, found ? "Enter" : "Down");
    }
    if (found && designer->command_open) {
        type(b, str_trim(rest));
        press(b, "Enter");
    }
    close_panels(b);
    return found && call_history(desk_of(b)->session->call) > history;
}

static void leave(struct bench *b)
{
    close_panels(b);
    if (designer_simulating(desk_of(b)->designer))
        press(b, "Esc");
    assert_false(designer_simulating(desk_of(b)->designer));
}

static bool happened(struct bench *b, enum event_kind kind, struct str text)
{
    return bench_happened(b, desk_of(b)->session->call, kind, text);
}

static void start(struct bench *b)
{
    leave(b);
    go_to(b, (struct spot){ b->action, 0 });
    press(b, "s");
    no_error(b, "simulate");
    assert_true(designer_simulating(desk_of(b)->designer));
    press(b, "r");
    close_panels(b);
    for (int i = 0; i < 20 && !happened(b, EVENT_ACTION, STR_NONE); i++) {
        if (b->info->flags & ACTION_CHOICE)
            press(b, "1");
        else
            say(b, "do ", STR("advance 1"));
        press(b, "r");
        close_panels(b);
    }
    if (!happened(b, EVENT_ACTION, STR_NONE))
        fail_msg("%s is not reached", b->info->key);
    designer_draw(desk_of(b)->designer, &desk_of(b)->canvas, REDRAW_ALL);
}

static void take_output(struct bench *b, unsigned number)
{
    char digits[12], result[TEXT];
    struct str id = flow_output_id(b->flow, (struct spot){ b->action, (uint16_t) number }, digits);
    const struct lead *lead = bench_lead(b->info, id);
    snprintf(result, sizeof result, "outcome %.*s", STR_ARG(id));
    if (lead && lead->field) {
        leave(b);
        bench_set(b, b->action, catalogue_field(b->info, str_of(lead->field)), lead->value);
    }
    start(b);
    struct str rest = str_of(lead ? lead->words : result), words = STR_NONE;
    for (int i = 0; i < 10 && !happened(b, EVENT_OUTPUT, id); i++) {
        ptrdiff_t end = str_find_char(rest, ';');
        if (rest.len)
            words = end < 0 ? rest : str_slice(rest, 0, (size_t) end);
        rest = end < 0 ? STR_NONE : str_slice(rest, (size_t) end + 1, rest.len);
        if (!is_done(b, words))
            break;
        if (designer_simulating(desk_of(b)->designer))
            press(b, "r");
        close_panels(b);
    }
    if (!happened(b, EVENT_OUTPUT, id))
        fail_msg("%s does not take %.*s", b->info->key, STR_ARG(id));
}

/* Each result that it can have is offered; a success that is no output goes on or leaves. */
static unsigned take_results(struct bench *b)
{
    char words[TEXT];
    struct str name;
    unsigned n = 0;
    for (start(b); (name = call_result_output(desk_of(b)->session->call, n)).len; n++) {
        snprintf(words, sizeof words, "outcome %.*s", STR_ARG(name));
        if (!is_done(b, str_of(words)))
            fail_msg("%s is not offered %s", b->info->key, words);
        start(b);
    }
    leave(b);
    return n;
}

static unsigned take_outputs(struct bench *b)
{
    unsigned count = b->info->flags & ACTION_CHOICE ? 0 : flow_output_count(b->flow, b->action);
    for (unsigned k = 1; k <= count; k++)
        take_output(b, k);
    leave(b);
    return count;
}

/* --- all of it --- */

static void test_by_keys(void **state)
{
    struct desk desk = { .session = NULL };
    struct bench b;
    struct buf before;
    unsigned results = 0, outputs = 0;
    (void) state;
    bench_open(&b);
    b.desk = &desk;
    buf_init(&before, &b.world.env);
    canvas_init(&desk.canvas, &b.world.env, true);
    canvas_resize(&desk.canvas, 24, 80);
    for (size_t i = 0; i < catalogue_count(); i++) {
        b.info = catalogue_action(i);
        enum flow_type type = bench_steps_in(b.info);
        b.flow = workspace_find(b.world.ws, type, STR("Every"));
        snprintf(desk.file, sizeof desk.file, "every-%s.flow.json", flow_type_info(type)->key);
        bench_text(&b, &before);
        make(&b);
        sit_down(&b);
        make(&b);
        save(&b);
        stand_up(&b);

        sit_down(&b);
        find_again(&b);
        check(&b);
        results += take_results(&b);
        outputs += take_outputs(&b);
        say(&b, "reload!", STR_NONE);
        find_again(&b);
        bench_set_all(&b, true);
        turn(&b);
        bench_set_all(&b, true);
        turn(&b);
        save(&b);
        check(&b);
        stand_up(&b);
        bench_take_back(&b, before.ptr);
        world_add(&b.world, desk.file, before.ptr);
    }
    print_message("%zu actions, %u results, %u outputs\n", catalogue_count(), results, outputs);
    assert_true(results > 100);
    assert_true(outputs > 150);
    canvas_release(&desk.canvas);
    buf_release(&before);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
