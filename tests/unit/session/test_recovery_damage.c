/* Logs that were cut, damaged or forged: what stands before the damage comes back, the rest does no
 * harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "engine/session/log.h"
#include "tests/unit/session/story.h"

#define TWICE "twice"

/* Whatever was written last, and however much of it: the state before or behind it. */
static void every_prefix_is_a_state_that_was(void **state)
{
    struct world *world = *state;
    struct story story;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, story_editing);
    session_command(world->session, STR("quit!"));
    world_close(world);
    for (size_t size = 0; size <= story.log.len; size += size + 40 < story.log.len ? 7 : 1)
        story_expect(world, &story, str_slice(buf_str(&story.log), 0, size),
                         story_state(&story, size));
    story_release(&story);
}

static void damage_ends_the_reading(void **state)
{
    struct world *world = *state;
    struct story story;
    uint64_t seed = 20261123;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, story_editing);
    session_command(world->session, STR("quit!"));
    world_close(world);
    for (int i = 0; i < 150; i++) {
        struct buf log;
        buf_init(&log, &world->env);
        buf_add(&log, buf_str(&story.log));
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        size_t at = (size_t) (seed >> 33) % log.len;
        char was = log.ptr[at];
        log.ptr[at] = (char) (was ^ (1 << ((seed >> 20) % 8)));
        /* The last line's end is not damage but a line that was not finished. */
        story_expect(world, &story, buf_str(&log),
                         story_state(&story, story_line(buf_str(&story.log), at)));
        buf_release(&log);
    }
    story_release(&story);
}

/* A line with the checksum that it should have. */
static void add_line(struct buf *log, struct str record)
{
    buf_addf(log, LOG_CHECK_FORMAT, str_hash(record));
    buf_add(log, record);
    buf_add_char(log, '\n');
}

/* The first such words; with TWICE those that a number follows, which then stands there twice. */
static const char *find(const char *record, const char *words, const char *instead,
                        struct buf *put)
{
    const char *found = record;

    buf_clear(put);
    while ((found = strstr(found, words))) {
        const char *number = found + strlen(words);
        size_t digits = strspn(number, "0123456789");
        if (strcmp(instead, TWICE)) {
            buf_add_text(put, instead);
            return found;
        }
        if (digits) {
            buf_addf(put, "%s%.*s,", words, (int) digits, number);
            return found;
        }
        found = number;
    }
    return NULL;
}

/* In each the first such words of the log are other ones; what stands before that line counts. */
static void forged_records_end_the_reading(void **state)
{
    static const struct {
        const char *words, *instead;
    } cases[] = {
        { "\"after\":", "\"after\":9" },      { "\"after\":", "\"behind\":" },
        { "\"put\":[", "\"put\":[1," },       { "\"put\":[", "\"put\":[2," },
        { "\"put\":[", "\"put\":[\"x\"," },   { "\"put\":[", "\"put\":[99999," },
        { "\"out\":[]", "\"out\":[4]" },      { "\"out\":[]", "\"out\":[4,5]" },
        { "\"put\":[", TWICE },               { "\"out\":[", TWICE },
        { "\"out\":[]", "\"out\":{}" },       { "\"splice\":", "\"splice\":9" },
        { "\"splice\":", "\"splice\":-" },    { "\"d\":1", "\"d\":0" },
        { "\"d\":1", "\"d\":7" },             { "\"graft\":", "\"graft\":0" },
        { "\"graft\":", "\"graft\":4294967295,\"x\":" },
        { "\"json\":\"{", "\"json\":\"[" },   { "\"key\":", "\"kex\":" },
        { "\"kind\":", "\"kind\":9" },        { "\"undo\":", "\"undo\":9" },
        { "\"redo\":", "\"redo\":9" },        { "\"doc\":1", "\"doc\":2" },
        { "\"steps\":[", "\"steps\":7,\"x\":[" }, { "\"log\":1", "\"log\":2" },
    };
    struct world *world = *state;
    struct story story;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, story_editing);
    session_command(world->session, STR("quit!"));
    world_close(world);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str rest = buf_str(&story.log);
        const char *expected = NULL;
        struct buf log, put;
        buf_init(&log, &world->env);
        buf_init(&put, &world->env);
        for (size_t at = 0; rest.len;) {
            struct str line = str_slice(rest, LOG_CHECK_LENGTH,
                                        (size_t) str_find_char(rest, '\n'));
            struct buf record;
            buf_init(&record, &world->env);
            buf_add(&record, line);
            const char *found =
                expected ? NULL : find(record.ptr, cases[i].words, cases[i].instead, &put);
            if (found) {
                size_t where = (size_t) (found - record.ptr);
                buf_splice(&record, where, where + strlen(cases[i].words), buf_str(&put));
                expected = story_state(&story, at);
            }
            add_line(&log, buf_str(&record));
            buf_release(&record);
            at += LOG_CHECK_LENGTH + line.len + 1;
            rest = str_slice(rest, LOG_CHECK_LENGTH + line.len + 1, rest.len);
        }
        if (!expected)
            fail_msg("no %s in the log", cases[i].words);
        story_expect(world, &story, buf_str(&log), expected);
        buf_release(&log);
        buf_release(&put);
    }
    story_release(&story);
}

static void a_missing_line_ends_the_reading(void **state)
{
    static const char *const lines[] = {
        "goto Welcome/1", "add disconnect", "rename A", "task Second", NULL,
    };
    struct world *world = *state;
    struct story story;
    struct buf log;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, lines);
    session_command(world->session, STR("quit!"));
    world_close(world);
    /* What follows would do without it. */
    const char *rename = strstr(story.log.ptr, "Rename to A");
    size_t start = story_line(buf_str(&story.log), (size_t) (rename - story.log.ptr));
    size_t end = start + strcspn(story.log.ptr + start, "\n") + 1;
    buf_init(&log, &world->env);
    buf_add(&log, buf_str(&story.log));
    buf_splice(&log, start, end, STR(""));
    story_expect(world, &story, buf_str(&log), story_state(&story, start));
    buf_release(&log);
    story_release(&story);
}

/* Logs with good checksums that say anything at all: no crash, and a tree that can be saved. */
static void planted_logs_do_no_harm(void **state)
{
    static const char *const parts[] = {
        "0", "1", "2", "3", "5", "17", "99", "4294967295", "4294967296", "-1", "1e9", "null",
        "[]", "[1]", "[2,2]", "[30,31]", "{}", "\"\"", "\"x\"", "\"[]\"", "true",
    };
    struct world *world = *state;
    struct story story;
    uint64_t seed = 4711;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, story_editing);
    session_command(world->session, STR("quit!"));
    world_close(world);
    for (int i = 0; i < 400; i++) {
        struct str rest = buf_str(&story.log);
        struct buf log;
        buf_init(&log, &world->env);
        while (rest.len) {
            size_t end = (size_t) str_find_char(rest, '\n');
            struct buf line;
            buf_init(&line, &world->env);
            buf_add(&line, str_slice(rest, LOG_CHECK_LENGTH, end));
            rest = str_slice(rest, end + 1, rest.len);
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            if ((seed >> 40) % 8 == 0) {
                /* Another value in the place of a number. */
                size_t at = (size_t) (seed >> 33) % line.len, to;
                while (at < line.len && (line.ptr[at] < '0' || line.ptr[at] > '9'))
                    at++;
                for (to = at; to < line.len && line.ptr[to] >= '0' && line.ptr[to] <= '9';)
                    to++;
                if (at < line.len)
                    buf_splice(&line, at, to, str_of(parts[(seed >> 13) % 21]));
            }
            add_line(&log, buf_str(&line));
            buf_release(&line);
        }
        story_put_log(story.log_name, buf_str(&log));
        world_open(world, "");
        diags_clear(&world->diags);
        session_recover(world->session, story.log_name, &world->diags);
        while (session_undo(world->session)) {
        }
        while (session_redo(world->session)) {
        }
        if (session_any_modified(world->session) && i % 20 == 0) {
            struct buf text;
            buf_init(&text, &world->env);
            world_state(world, &text);
            buf_release(&text);
        }
        session_command(world->session, STR("quit!"));
        world_close(world);
        buf_release(&log);
    }
    story_release(&story);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_prefix_is_a_state_that_was),
        TEST(damage_ends_the_reading),
        TEST(forged_records_end_the_reading),
        TEST(a_missing_line_ends_the_reading),
        TEST(planted_logs_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
