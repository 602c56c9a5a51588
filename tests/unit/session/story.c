#include "tests/unit/session/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static size_t size_of(const char *path)
{
    struct stat status;

    return *path && stat(path, &status) == 0 ? (size_t) status.st_size : 0;
}

static void note(struct world *world, struct story *story)
{
    struct moment *moment = &story->moments[story->count++];

    assert_true(story->count < 64);
    buf_init(&moment->state, &world->env);
    moment->log_size = size_of(world_log(world));
    world_state(world, &moment->state);
}

/* As no command does it: what stands in the tree is set, not replaced. */
static void set_name(struct world *world, const char *name)
{
    struct flow *flow = world->session->flow;
    struct change *change = session_begin(world->session, "Set name");
    node_id node = doc_member_named(flow->doc, flow->body, STR("name"));
    bool ok = change_set(change, flow, node, NODE_TEXT, str_of(name), &world->diags);

    assert_true(session_end(world->session, change, ok, &world->diags));
}

void story_tell(struct world *world, struct story *story, const char *const *lines)
{
    memset(story, 0, sizeof *story);
    note(world, story);
    for (; *lines; lines++) {
        if (!strncmp(*lines, "!set ", 5))
            set_name(world, *lines + 5);
        else
            world_say(world, *lines);
        note(world, story);
    }
    buf_init(&story->log, &world->env);
    snprintf(story->log_name, sizeof story->log_name, "%s", world_log(world));
    FILE *file = fopen(story->log_name, "r");
    char text[4096];
    assert_non_null(file);
    for (size_t len; (len = fread(text, 1, sizeof text, file)) > 0;)
        buf_add(&story->log, (struct str){ text, len });
    fclose(file);
}

void story_release(struct story *story)
{
    for (size_t i = 0; i < story->count; i++)
        buf_release(&story->moments[i].state);
    buf_release(&story->log);
}

const char *story_state(const struct story *story, size_t size)
{
    size_t at = 0;

    for (size_t i = 0; i < story->count; i++)
        if (story->moments[i].log_size <= size)
            at = i;
    return story->moments[at].state.ptr;
}

void story_put_log(const char *path, struct str text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    chmod(path, 0600);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

size_t story_line(struct str log, size_t at)
{
    while (at > 0 && log.ptr[at - 1] != '\n')
        at--;
    return at;
}

const char *story_end(const struct story *story)
{
    return story->moments[story->count - 1].state.ptr;
}

const char *const story_editing[] = {
    "goto Welcome/1",
    "add decision",
    "into yes",
    "add setPostFlow",
    "set target caller",
    "set actionType voiceSurveyFlow",
    "create CSAT",
    "set invocationData {\"a\": [1, \"\\u00e9\"]}",
    "undo",
    "redo",
    "!set Main \u00e9 line",
    "undo",
    "goto Welcome/2",
    "rename Consent?",
    "move down",
    "undo",
    "cut",
    "goto Welcome/1",
    "paste before",
    "var Flow.consent boolean",
    "world queues Support",
    "undo",
    "undo",
    "task Second",
    "add disconnect",
    "open CSAT",
    "rename Satisfaction",
    NULL,
};

void story_expect(struct world *world, const struct story *story, struct str text,
                  const char *expected)
{
    struct buf state;
    const char *log = story->log_name;
    char kept[700];

    story_put_log(log, text);
    world_open(world, "");
    buf_init(&state, &world->env);
    diags_clear(&world->diags);
    session_recover(world->session, log, &world->diags);
    world_state(world, &state);
    if (strcmp(state.ptr, expected))
        fail_msg("after %zu bytes of log\n%s\n--- instead of\n%s", text.len, state.ptr, expected);
    buf_release(&state);
    world_close(world);
    unlink(log);
    snprintf(kept, sizeof kept, "%s.damaged", log);
    unlink(kept);
}
