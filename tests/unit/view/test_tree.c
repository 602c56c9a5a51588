#include "tests/unit/view/desk.h"

#include "tui/view/tree.h"

struct fixture {
    struct desk *desk;
    struct tree tree;
};

static int setup(void **state)
{
    static struct fixture fixture;
    void *desk;
    if (desk_setup(&desk))
        return -1;
    fixture.desk = desk;
    desk_say(desk, "goto Start/1\ninsert playAudio\nrename Hello\nadd decision\n"
                   "set condition =true\ninto yes\nadd setPostFlow\nrename Arm\n"
                   "add playAudio\nrename Thanks\n"
                   "menu Main menu\nadd menuDisconnect\nrename Bye\ntask Other");
    tree_init(&fixture.tree, &fixture.desk->env);
    tree_set_flow(&fixture.tree, fixture.desk->session->flow);
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    void *desk = f->desk;
    tree_release(&f->tree);
    return desk_teardown(&desk);
}

static void draw(struct fixture *f, struct spot cursor)
{
    struct tree_marks marks = { .marks = NULL };
    canvas_clear(&f->desk->canvas);
    tree_draw(&f->tree, &f->desk->canvas, canvas_area(&f->desk->canvas), cursor, true, &marks,
              false);
}

static size_t count_rows(struct fixture *f)
{
    size_t count = 0;
    for (struct spot at = tree_root(&f->tree); at.node; at = tree_next(&f->tree, at))
        count++;
    return count;
}

/* Down from the root and up from the last row are the same rows. */
static void expect_both_ways(struct fixture *f, size_t rows)
{
    struct spot seen[64];
    size_t count = 0;
    for (struct spot at = tree_root(&f->tree); at.node; at = tree_next(&f->tree, at)) {
        assert_true(count < 64);
        seen[count++] = at;
    }
    assert_int_equal(count, rows);
    struct spot at = tree_last(&f->tree);
    while (count-- > 0) {
        assert_true(spot_same(at, seen[count]));
        at = tree_prev(&f->tree, at);
    }
    assert_int_equal(at.node, 0);
}

static void rows_are_walked_both_ways(void **state)
{
    struct fixture *f = *state;
    canvas_resize(&f->desk->canvas, 14, 44);
    draw(f, tree_root(&f->tree));
    EXPECT_SCREEN(&f->desk->canvas, " ▾ Flow Desk  inbound call\n"
                                    "   ▾ Task Start  (start)\n"
                                    "       1 Hello  play audio\n"
                                    "     ▾ 2 Decision  decision  =true\n"
                                    "       ▾ Yes\n"
                                    "           1 Arm  set post-flow  any -> (no…\n"
                                    "           2 Thanks  play audio\n"
                                    "         No\n"
                                    "       3 Disconnect  disconnect\n"
                                    "   ▾ Task Other\n"
                                    "       1 Disconnect  disconnect\n"
                                    "   ▾ Menu Main menu\n"
                                    "       9 Disconnect  disconnect\n"
                                    "       1 Bye  disconnect\n");
    expect_both_ways(f, 14);
}

static void what_is_folded_is_passed(void **state)
{
    struct fixture *f = *state;
    struct spot yes = desk_at(f->desk, "Start/2/yes"), decision = desk_at(f->desk, "Start/2");
    struct spot start = desk_at(f->desk, "Start");
    tree_fold(&f->tree, yes, true);
    assert_true(tree_folded(&f->tree, yes));
    expect_both_ways(f, 12);
    tree_fold(&f->tree, decision, true);
    expect_both_ways(f, 10);
    tree_fold(&f->tree, start, true);
    expect_both_ways(f, 7);
    /* The folds inside are kept. */
    tree_fold(&f->tree, start, false);
    expect_both_ways(f, 10);
    tree_fold(&f->tree, tree_root(&f->tree), true);
    expect_both_ways(f, 1);
    assert_true(spot_same(tree_last(&f->tree), tree_root(&f->tree)));
    /* Going to a row opens what is around it, and nothing else. */
    tree_reveal(&f->tree, desk_at(f->desk, "Start/2/yes/1"));
    assert_false(tree_folded(&f->tree, yes));
    expect_both_ways(f, 14);
    tree_fold(&f->tree, yes, true);
    tree_reveal(&f->tree, yes);
    assert_true(tree_folded(&f->tree, yes));
    tree_set_flow(&f->tree, f->desk->session->flow);
    assert_int_equal(count_rows(f), 14);
}

static void parents_and_children(void **state)
{
    struct fixture *f = *state;
    struct spot arm = desk_at(f->desk, "Start/2/yes/1"), yes = desk_at(f->desk, "Start/2/yes");
    struct spot decision = desk_at(f->desk, "Start/2"), bye = desk_at(f->desk, "Main menu/Bye");
    assert_true(spot_same(tree_parent(&f->tree, arm), yes));
    assert_true(spot_same(tree_parent(&f->tree, yes), decision));
    assert_true(spot_same(tree_parent(&f->tree, decision), desk_at(f->desk, "Start")));
    assert_true(spot_same(tree_parent(&f->tree, bye), desk_at(f->desk, "Main menu")));
    assert_int_equal(tree_parent(&f->tree, tree_root(&f->tree)).node, 0);
    assert_true(spot_same(tree_first_child(&f->tree, yes), arm));
    assert_int_equal(tree_first_child(&f->tree, arm).node, 0);
    /* Folded or not. */
    tree_fold(&f->tree, yes, true);
    assert_true(spot_same(tree_first_child(&f->tree, yes), arm));
}

static void paging_stops_at_the_ends(void **state)
{
    struct fixture *f = *state;
    struct spot root = tree_root(&f->tree), last = tree_last(&f->tree);
    assert_true(spot_same(tree_move(&f->tree, root, 1000), last));
    assert_true(spot_same(tree_move(&f->tree, last, -1000), root));
    assert_true(spot_same(tree_move(&f->tree, root, 3), desk_at(f->desk, "Start/2")));
    assert_true(spot_same(tree_move(&f->tree, last, -13), root));
    assert_true(spot_same(tree_move(&f->tree, root, 0), root));
    canvas_resize(&f->desk->canvas, 4, 30);
    draw(f, last);
    EXPECT_SCREEN(&f->desk->canvas, "       1 Disconnect  disconne…\n"
                                    "   ▾ Menu Main menu\n"
                                    "       9 Disconnect  disconne…\n"
                                    "       1 Bye  disconnect\n");
    assert_int_equal(f->tree.rows, 4);
    assert_true(spot_same(tree_at(&f->tree, 3), last));
    assert_int_equal(tree_at(&f->tree, 4).node, 0);
    /* One row up inside the pane scrolls nothing, out of it by one row. */
    draw(f, tree_move(&f->tree, last, -3));
    assert_true(spot_same(tree_at(&f->tree, 3), last));
    draw(f, tree_move(&f->tree, last, -4));
    assert_true(spot_same(tree_at(&f->tree, 3), tree_move(&f->tree, last, -1)));
    draw(f, tree_move(&f->tree, root, 0));
    assert_true(spot_same(tree_at(&f->tree, 0), root));
    draw(f, tree_move(&f->tree, root, 4));
    assert_true(spot_same(tree_at(&f->tree, 3), tree_move(&f->tree, root, 4)));
    canvas_resize(&f->desk->canvas, 0, 0); /* nothing to draw in */
    draw(f, root);
}

static void an_edit_takes_rows_away(void **state)
{
    struct fixture *f = *state;
    struct spot root = tree_root(&f->tree);
    struct spot arm = desk_at(f->desk, "Start/2/yes/1"), decision = desk_at(f->desk, "Start/2");
    struct spot no = desk_at(f->desk, "Start/2/no");
    tree_fold(&f->tree, desk_at(f->desk, "Start/2/yes"), true);
    assert_true(spot_same(tree_settle(&f->tree, arm), arm));
    canvas_resize(&f->desk->canvas, 4, 30);
    draw(f, no);
    desk_say(f->desk, "goto Start/2\ndelete");
    /* Where the cursor went is the session's; what the pane held on to is let go. */
    assert_true(spot_same(tree_settle(&f->tree, arm), root));
    assert_true(spot_same(tree_settle(&f->tree, no), root));
    assert_true(spot_same(tree_settle(&f->tree, (struct spot){ 0, 0 }), root));
    assert_true(spot_same(f->desk->session->cursor, desk_at(f->desk, "Start/2")));
    draw(f, f->desk->session->cursor);
    EXPECT_SCREEN(&f->desk->canvas, " ▾ Flow Desk  inbound call\n"
                                    "   ▾ Task Start  (start)\n"
                                    "       1 Hello  play audio\n"
                                    "       2 Disconnect  disconne…\n");
    expect_both_ways(f, 9);
    /* It comes back as it was folded. */
    desk_say(f->desk, "undo");
    assert_true(spot_same(tree_settle(&f->tree, decision), decision));
    expect_both_ways(f, 12);
    /* An output that is not there any more: the last one of its action. */
    struct spot beyond = { no.node, 9 };
    assert_true(spot_same(tree_settle(&f->tree, beyond), no));
}

static void an_in_queue_flow_has_no_row_for_its_task(void **state)
{
    struct fixture *f = *state;
    desk_say(f->desk, "new inqueueCall Waiting");
    tree_set_flow(&f->tree, f->desk->session->flow);
    draw(f, tree_root(&f->tree));
    EXPECT_SCREEN(&f->desk->canvas, " ▾ Flow Waiting  in-queue call\n"
                                    "     1 Hold Music  hold music  =Flow.HoldPr…\n"
                                    "\n\n\n\n\n\n\n\n");
    EXPECT_STYLES(&f->desk->canvas, "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCC\n"
                                    "...................ddddddddddddddddddddddddd\n"
                                    "\n\n\n\n\n\n\n\n");
}

static void marks_stand_in_the_gutter(void **state)
{
    struct fixture *f = *state;
    struct spot hello = desk_at(f->desk, "Start/1"), arm = desk_at(f->desk, "Start/2/yes/1");
    struct spot decision = desk_at(f->desk, "Start/2");
    struct mark list[] = { { hello.node, false }, { decision.node, true } };
    if (list[0].node > list[1].node) {
        struct mark first = list[0];
        list[0] = list[1];
        list[1] = first;
    }
    struct tree_marks marks = { .here = arm, .marks = list, .count = 2 };
    canvas_resize(&f->desk->canvas, 8, 20);
    canvas_clear(&f->desk->canvas);
    tree_draw(&f->tree, &f->desk->canvas, canvas_area(&f->desk->canvas), tree_root(&f->tree), false,
              &marks, false);
    EXPECT_SCREEN(&f->desk->canvas, " ▾ Flow Desk  inbou…\n"
                                    "   ▾ Task Start  (s…\n"
                                    "•      1 Hello  pla…\n"
                                    "✗    ▾ 2 Decision  …\n"
                                    "       ▾ Yes\n"
                                    "▶          1 Arm  s…\n"
                                    "           2 Thanks\n"
                                    "         No\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(rows_are_walked_both_ways), TEST(what_is_folded_is_passed),
        TEST(parents_and_children),      TEST(paging_stops_at_the_ends),
        TEST(an_edit_takes_rows_away),   TEST(an_in_queue_flow_has_no_row_for_its_task),
        TEST(marks_stand_in_the_gutter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
