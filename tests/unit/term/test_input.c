#include "tests/unit/term/screen.h"

#include "engine/base/utf8.h"
#include "tui/term/input.h"

/* Everything the bytes give, as names in a row: "a Up C-x paste(text)". */
static void tell(struct buf *out, const struct term_event *event)
{
    if (out->len)
        buf_add_char(out, ' ');
    if (event->type == TERM_KEY) {
        key_show(out, event->key);
    } else if (event->type == TERM_PASTE) {
        buf_add_text(out, event->paste_cut ? "cut(" : "paste(");
        buf_add_shown(out, event->paste, false);
        buf_add_char(out, ')');
    } else {
        buf_addf(out, "mouse%d/%d@%d,%d", (int)event->mouse.action, event->mouse.button,
                 event->mouse.row, event->mouse.col);
        buf_add_text(out, event->mouse.mods & MOD_CTRL ? "C" : "");
    }
}

static void drain(struct input *input, bool quiet, struct buf *out)
{
    struct term_event event;
    while (input_next(input, quiet, &event) == INPUT_EVENT)
        tell(out, &event);
}

struct fixture {
    struct env env;
    struct input input;
    struct buf out;
};

static int setup(void **state)
{
    static struct fixture fixture;
    env_init(&fixture.env);
    input_init(&fixture.input, &fixture.env);
    buf_init(&fixture.out, &fixture.env);
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    input_release(&fixture->input);
    buf_release(&fixture->out);
    return 0;
}

static void expect(struct fixture *f, struct str bytes, const char *wanted)
{
    /* All at once, then byte by byte: the same events. */
    for (size_t step = bytes.len; step > 0; step = step > 1 ? 1 : 0) {
        buf_clear(&f->out);
        for (size_t at = 0; at < bytes.len; at += step) {
            input_feed(&f->input, str_slice(bytes, at, at + step));
            drain(&f->input, false, &f->out);
        }
        drain(&f->input, true, &f->out);
        assert_string_equal(f->out.ptr ? f->out.ptr : "", wanted);
        assert_true(input_empty(&f->input));
    }
}

#define EXPECT(bytes, wanted) expect(*state, STR(bytes), wanted)

static void characters_and_controls(void **state)
{
    EXPECT("aZ \xc3\xa9\xf0\x9f\x98\x80", "a Z Space \xc3\xa9 \xf0\x9f\x98\x80");
    EXPECT("\001\032\r\n\t\b\177", "C-a C-z Enter Enter Tab Backspace Backspace");
    expect(*state, (struct str){ "\0\034\037", 3 }, "C-Space C-\\ C-_");
}

static void invalid_bytes_are_dropped(void **state)
{
    EXPECT("a\xff\xc3(b\xe2\x82", "a ( b");
    EXPECT("\xc2\x9b" "1", "1"); /* U+009B would be CSI to a terminal */
    EXPECT("\xed\xa0\x80", "");
}

static void escape_alone_and_as_alt(void **state)
{
    EXPECT("\033", "Esc");
    EXPECT("\033\033", "Esc Esc");
    EXPECT("\033x", "M-x");
    EXPECT("\033\r", "M-Enter");
    EXPECT("\033\177", "M-Backspace");
    EXPECT("\033\001", "C-M-a");
    EXPECT("\033\xc3\xa9", "M-\xc3\xa9");
    EXPECT("\033[", "M-[");
    EXPECT("\033O", "M-O");
    EXPECT("\033]", "M-]");
}

static void an_escape_waits_for_the_rest(void **state)
{
    struct fixture *f = *state;
    struct term_event event;
    input_feed(&f->input, STR("\033"));
    assert_int_equal(input_next(&f->input, false, &event), INPUT_MORE);
    input_feed(&f->input, STR("[A"));
    assert_int_equal(input_next(&f->input, false, &event), INPUT_EVENT);
    assert_int_equal(event.key.code, SPECIAL_UP);
}

static void xterm_keys(void **state)
{
    EXPECT("\033[A\033OB\033[1;5C\033[1;2D\033[1;3H", "Up Down C-Right S-Left M-Home");
    EXPECT("\033[5~\033[6;5~\033[3~\033[2~\033[1~\033[4~",
           "PageUp C-PageDown Delete Insert Home End");
    EXPECT("\033OP\033[15~\033[24~\033[1;2Q", "F1 F5 F12 S-F2");
    EXPECT("\033[Z\033OM\033Oq", "S-Tab Enter 1");
    EXPECT("\033[[A\033[[E", "F1 F5");
    EXPECT("\033[97;5u\033[27;5;13~\033[97;2u", "C-a C-Enter A");
}

static void described_keys_come_first(void **state)
{
    struct fixture *f = *state;
    input_define(&f->input, "\033[11~x", KEY_OF(SPECIAL_F12));
    input_define(&f->input, "\033[A", KEY_OF(SPECIAL_HOME));
    input_define(&f->input, "x", KEY_OF(SPECIAL_END));     /* characters are no sequences */
    input_define(&f->input, "\033", KEY_OF(SPECIAL_END)); /* Esc stays Esc */
    EXPECT("\033[11~x\033[A\033[11~", "F12 Home F1");
    EXPECT("x\033", "x Esc");
}

static void foreign_sequences_are_swallowed(void **state)
{
    EXPECT("\033[?62;22c\033[>41;354;0c\033[1;1R" "a", "F3 a"); /* F3 and a report look alike */
    EXPECT("\033]11;rgb:0000/0000/0000\033\\b\033]0;t\007c", "b c");
    EXPECT("\033P1$r0m\033\\d", "d");
    EXPECT("\033[I\033[O" "e", "e");
    EXPECT("\033[999999999999999999;9~f", "f");
    EXPECT("\033[12\033[A", "Up"); /* cut off by another */
}

static void margins_are_learnt(void **state)
{
    struct fixture *f = *state;
    EXPECT("\033[?69;0$y", "");
    assert_false(f->input.margins);
    EXPECT("\033[?69;2$y", "");
    assert_true(f->input.margins);
}

static void mouse(void **state)
{
    EXPECT("\033[<0;10;5M\033[<0;10;5m\033[<64;1;1M\033[<65;1;1M\033[<34;3;2M\033[<16;1;1M",
           "mouse0/1@4,9 mouse1/1@4,9 mouse3/0@0,0 mouse4/0@0,0 mouse2/3@1,2 mouse0/1@0,0C");
    EXPECT("\033[M !!\033[M#!!", "mouse0/1@0,0 mouse1/0@0,0");
    EXPECT("\033[<0;0;0M", "");
}

static void pastes(void **state)
{
    EXPECT("\033[200~two words\r\033[201~", "paste(two words^M)");
    EXPECT("x\033[200~\033[201~y", "x paste() y");
    EXPECT("\033[200~\033]0;t\007\001\033[201~", "paste(^[]0;t^G^A)");
}

/* Whoever hides an end mark in the text gets no key out of it. */
static void a_mark_inside_does_not_end_a_paste(void **state)
{
    EXPECT("\033[200~a\033[201~:quit!\r\033[201~", "paste(a^[[201~:quit!^M)");
}

static void a_paste_without_end_waits(void **state)
{
    struct fixture *f = *state;
    struct term_event event;
    input_feed(&f->input, STR("\033[200~abc\033[20"));
    assert_int_equal(input_next(&f->input, true, &event), INPUT_NONE);
    input_feed(&f->input, STR("1~"));
    assert_int_equal(input_next(&f->input, false, &event), INPUT_MORE);
    assert_int_equal(input_next(&f->input, true, &event), INPUT_EVENT);
    assert_memory_equal(event.paste.ptr, "abc", 3);
    assert_int_equal(event.paste.len, 3);
}

static void a_huge_paste_is_cut(void **state)
{
    struct fixture *f = *state;
    struct term_event event;
    static char block[1 << 20];
    memset(block, 'x', sizeof(block));
    input_feed(&f->input, STR("\033[200~"));
    for (int i = 0; i < 17; i++) {
        input_feed(&f->input, (struct str){ block, sizeof(block) });
        assert_int_equal(input_next(&f->input, false, &event), INPUT_NONE);
    }
    input_feed(&f->input, STR("\033[201~rm"));
    assert_int_equal(input_next(&f->input, true, &event), INPUT_EVENT);
    assert_true(event.paste_cut);
    assert_int_equal(event.paste.len, INPUT_PASTE_LIMIT);
    assert_int_equal(input_next(&f->input, true, &event), INPUT_NONE); /* "rm" is lost, not typed */
}

/* Any bytes: it ends, and leaves nothing behind after a pause. */
static void noise(void **state)
{
    struct fixture *f = *state;
    static const char pieces[] = "\033[\033]OP<>?;:0123456789~MmuAxyz\007\\\xff\xc3\xa9";
    uint32_t seed = 99;
    struct term_event event;
    for (int round = 0; round < 20000; round++) {
        char bytes[16];
        for (size_t i = 0; i < sizeof(bytes); i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = pieces[(seed >> 16) % (sizeof(pieces) - 1)];
        }
        input_feed(&f->input, (struct str){ bytes, 1 + (seed >> 8) % sizeof(bytes) });
        while (input_next(&f->input, round % 3 == 0, &event) == INPUT_EVENT)
            assert_true(event.type == TERM_KEY || event.type == TERM_MOUSE);
    }
    while (input_next(&f->input, true, &event) == INPUT_EVENT)
        ;
    assert_true(input_empty(&f->input));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(characters_and_controls), TEST(invalid_bytes_are_dropped),
        TEST(escape_alone_and_as_alt), TEST(an_escape_waits_for_the_rest), TEST(xterm_keys),
        TEST(described_keys_come_first), TEST(foreign_sequences_are_swallowed),
        TEST(margins_are_learnt), TEST(mouse), TEST(pastes),
        TEST(a_mark_inside_does_not_end_a_paste), TEST(a_paste_without_end_waits),
        TEST(a_huge_paste_is_cut), TEST(noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
