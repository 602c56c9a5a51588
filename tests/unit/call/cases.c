#include "tests/unit/call/cases.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/flow/path.h"

void world_init(struct world *world)
{
    char folder[] = "/tmp/postflow-call-XXXXXX";
    memset(world, 0, sizeof *world);
    env_init(&world->env);
    diags_init(&world->diags, &world->env);
    assert_non_null(mkdtemp(folder));
    world->folder = mem_clone(&world->env, folder, sizeof folder);
}

void world_add(struct world *world, const char *file, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", world->folder, file);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

void world_add_flow(struct world *world, const char *kind, const char *name, const char *actions)
{
    struct buf text;
    char file[300];
    buf_init(&text, &world->env);
    buf_addf(&text, "{\"%s\":{\"name\":\"%s\",", kind, name);
    if (!strcmp(kind, "inqueueCall") || !strcmp(kind, "commonModule"))
        buf_addf(&text, "\"startUpTaskActions\":%s}}", actions);
    else if (!strcmp(kind, "voiceSurvey"))
        buf_addf(&text, "\"settingsVoiceSurvey\":{\"surveyForm\":{\"name\":\"Form\"}},"
                        "\"startUpRef\":\"/voiceSurvey/states/state[S]\",\"states\":[{\"state\":"
                        "{\"name\":\"S\",\"refId\":\"S\",\"actions\":%s}}]}}", actions);
    else
        buf_addf(&text, "\"startUpRef\":\"/%s/tasks/task[T]\",\"tasks\":[{\"task\":{\"name\":\"T\","
                        "\"refId\":\"T\",\"actions\":%s}}]}}", kind, actions);
    snprintf(file, sizeof file, "%s.%s.flow.json", name, kind);
    world_add(world, file, text.ptr);
    buf_release(&text);
}

static void report(const struct world *world, const char *title)
{
    struct buf text;
    buf_init(&text, (struct env *) &world->env);
    for (size_t i = 0; i < world->diags.count; i++) {
        const struct diag *diag = &world->diags.items[i];
        buf_clear(&text);
        diag_render(&text, diag, NULL);
        print_error("%s: %.*s:%u:%u: %s\n", title, STR_ARG(diag->place.file), diag->place.line,
                    diag->place.column, text.ptr);
    }
    buf_release(&text);
}

void world_open(struct world *world)
{
    struct limits limits = LIMITS_DEFAULT;
    world->ws = workspace_open(&world->env, &limits, world->folder, &world->diags);
    if (!world->ws)
        report(world, world->folder);
    assert_non_null(world->ws);
    for (size_t i = 0; i < world->ws->count; i++) {
        if (!world->ws->files[i]->flow.doc)
            print_error("%s cannot be read\n", world->ws->files[i]->path);
        assert_non_null(world->ws->files[i]->flow.doc);
    }
    diags_clear(&world->diags);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void) status, (void) kind, (void) at;
    return remove(path);
}

void world_release(struct world *world)
{
    if (world->ws)
        workspace_free(world->ws);
    diags_release(&world->diags);
    nftw(world->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    mem_free(&world->env, world->folder);
}

/* --- files of cases */

static char *slurp(struct env *env, const char *path)
{
    FILE *in = fopen(path, "r");
    struct buf text;
    char part[4096];
    if (!in)
        print_error("%s is missing (run from the root of the sources)\n", path);
    assert_non_null(in);
    buf_init(&text, env);
    for (size_t len; (len = fread(part, 1, sizeof part, in)) > 0;)
        buf_add(&text, (struct str){ part, len });
    fclose(in);
    return buf_steal(&text);
}

/* "KIND NAME: JSON", possibly over several lines that begin with a blank. */
static void define(struct world *world, char *line)
{
    static const char *const kinds[][2] = {
        { "inbound", "inboundCall" }, { "inqueue", "inqueueCall" }, { "module", "commonModule" },
        { "survey", "voiceSurvey" },  { "secure", "secureCall" },   { "outbound", "outboundCall" },
    };
    char *colon = strchr(line, ':'), *space = strchr(line, ' ');
    assert_non_null(colon);
    *colon = 0;
    if (!strcmp(line, "postflow")) {
        world_add(world, "postflow.json", colon + 1);
        return;
    }
    assert_true(space && space < colon);
    *space = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!strcmp(line, kinds[i][0])) {
            world_add_flow(world, kinds[i][1], space + 1, colon + 1);
            return;
        }
    }
    assert_string_equal(line, "raw");
    world_add(world, space + 1, colon + 1);
}

void case_file_read(struct case_file *file, const char *path)
{
    memset(file, 0, sizeof *file);
    world_init(&file->world);
    file->text = slurp(&file->world.env, path);
    file->cases = calloc(500, sizeof *file->cases);
    char *at = file->text, *define_at = NULL;
    while (*at) {
        char *end = strchr(at, '\n');
        size_t len = end ? (size_t) (end - at) : strlen(at);
        char *next = at + len + (end != NULL);
        if (!strncmp(at, "== ", 3)) {
            if (define_at) {
                at[-1] = 0;
                define(&file->world, define_at);
                define_at = NULL;
            }
            if (at > file->text)
                at[-1] = 0;
            at[len] = 0;
            assert_true(file->count < 500);
            file->cases[file->count++] = (struct case_text){ at + 3, next };
        } else if (!file->count && *at != ' ' && *at != '#' && len) {
            if (define_at) {
                at[-1] = 0;
                define(&file->world, define_at);
            }
            define_at = at;
        }
        at = next;
    }
    world_open(&file->world);
}

void case_file_release(struct case_file *file)
{
    mem_free(&file->world.env, file->text);
    free(file->cases);
    world_release(&file->world);
}

/* --- one case */

static int64_t number_of(const char *text)
{
    return strtoll(text, NULL, 10);
}

struct player {
    struct case_file *file;
    const char *title;
    struct call *call;
    struct settings settings;
    struct doc *world_doc;
    bool has_settings;
    struct call_setup setup;
    size_t seen; /* behind the event that `then` counts from */
};

static bool has_field(const char *json, const char *key, size_t key_len, const char *value,
                      size_t len)
{
    char wanted[400];
    snprintf(wanted, sizeof wanted, "\"%.*s\":\"%.*s\"", (int) key_len, key, (int) len, value);
    if (strstr(json, wanted))
        return true;
    snprintf(wanted, sizeof wanted, "\"%.*s\":%.*s", (int) key_len, key, (int) len, value);
    const char *found = strstr(json, wanted);
    return found && (found[strlen(wanted)] == ',' || found[strlen(wanted)] == '}');
}

/* "WORD key=value key=value" */
static bool event_matches(const struct player *p, size_t i, const char *pattern)
{
    struct buf json;
    buf_init(&json, &p->file->world.env);
    call_event_to_json(p->call, i, &json);
    size_t word = strcspn(pattern, " ");
    bool matches = has_field(json.ptr, "event", 5, pattern, word);
    const char *at = pattern + word;
    while (matches && *at) {
        at += strspn(at, " ");
        size_t len = strcspn(at, " "), key = strcspn(at, "=");
        if (!len)
            break;
        matches = key < len && has_field(json.ptr, at, key, at + key + 1, len - key - 1);
        at += len;
    }
    buf_release(&json);
    return matches;
}

static size_t count_events(const struct player *p, const char *pattern, size_t from, size_t *first)
{
    size_t count, found = 0;
    call_events(p->call, &count);
    for (size_t i = from; i < count; i++) {
        if (event_matches(p, i, pattern) && !found++)
            *first = i;
    }
    return found;
}

static void fail_case(const struct player *p, const char *line)
{
    struct buf json;
    size_t count;
    buf_init(&json, &p->file->world.env);
    call_events(p->call, &count);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&json);
        call_event_to_json(p->call, i, &json);
        print_error("# %s\n", json.ptr);
    }
    print_error("# phase %d, ended %s\n", call_phase(p->call), ending_name(call_ending(p->call)));
    report(&p->file->world, p->title);
    buf_release(&json);
    fail_msg("%s: %s", p->title, line);
}

static void start(struct player *p)
{
    if (!call_start(p->call, &p->setup, &p->file->world.diags))
        fail_case(p, "start");
}

static void read_world(struct player *p, const char *json)
{
    struct world *world = &p->file->world;
    struct limits limits = LIMITS_DEFAULT;
    char wrapped[4000]; /* a scenario's world is a member of its document */
    snprintf(wrapped, sizeof wrapped, "{\"world\":%s}", json);
    p->world_doc = doc_read(&world->env, &world->ws->atoms, &limits, "world", str_of(wrapped),
                            &world->diags);
    assert_non_null(p->world_doc);
    settings_init(&p->settings, &world->env);
    p->has_settings = true;
    if (world->ws->settings_doc)
        settings_read(&p->settings, world->ws->settings_doc, 1, &world->diags);
    settings_read(&p->settings, p->world_doc,
                  doc_member_named(p->world_doc, 1, STR("world")), &world->diags);
    if (world->diags.count)
        fail_case(p, json);
    p->setup.settings = &p->settings;
}

static bool do_words(struct player *p, const char *words)
{
    struct stimulus stimulus;
    struct diags *diags = &p->file->world.diags;
    return stimulus_parse(call_pool(p->call), str_of(words), &stimulus, diags) &&
           call_do(p->call, &stimulus, diags);
}

static bool until(struct player *p, const char *path)
{
    struct flow *flow = call_where(p->call).flow;
    struct spot spot;
    struct str name, rest;
    struct diags *diags = &p->file->world.diags;
    path_split(str_of(path), &name, &rest);
    if (name.len)
        flow = workspace_find(p->file->world.ws, FLOW_INQUEUE_CALL, name);
    return flow && path_find(flow, rest, &spot, diags) && call_until(p->call, flow, spot, diags);
}

static bool slot_is(const struct player *p, const char *text)
{
    bool caller = !strncmp(text, "caller ", 7);
    const struct post_slot *slot = call_slot(p->call, caller ? PARTY_AS_CALLER : PARTY_AS_CALLEE);
    const char *flow = text + 7;
    if (!strcmp(flow, "none"))
        return slot->phase != SLOT_ARMED && !slot->flow_name;
    return slot->phase == SLOT_ARMED &&
           str_is(pool_get_text(call_pool(p->call), slot->flow_name), flow);
}

static bool var_is(const struct player *p, const char *text)
{
    size_t len = strcspn(text, " ");
    struct value value;
    struct buf json;
    buf_init(&json, &p->file->world.env);
    bool same = call_variable_named(p->call, (struct str){ text, len }, &value);
    if (same)
        value_to_json(call_pool(p->call), value, &json);
    same = same && str_is(buf_str(&json), text + len + 1);
    if (!same)
        print_error("# it is %s\n", json.ptr ? json.ptr : "unknown");
    buf_release(&json);
    return same;
}

static bool is_possible(const struct player *p, const char *words)
{
    struct choices choices = { 0 };
    bool found = false;
    arena_init(&choices.arena, &p->file->world.env);
    call_choices(p->call, &choices);
    for (size_t i = 0; i < choices.count; i++) {
        char line[400];
        snprintf(line, sizeof line, "%s => %s", choices.items[i].words,
                 choices.items[i].consequence);
        found |= !strncmp(line, words, strlen(words));
    }
    arena_release(&choices.arena);
    return found;
}

static bool why_has(const struct player *p, const char *text,
                    void (*why)(const struct call *call, struct causes *out))
{
    struct causes causes = { 0 };
    struct buf all;
    arena_init(&causes.arena, &p->file->world.env);
    buf_init(&all, &p->file->world.env);
    why(p->call, &causes);
    for (size_t i = 0; i < causes.count; i++) {
        cause_show(&causes.items[i], &all);
        buf_add_char(&all, '\n');
    }
    bool found = all.len && strstr(all.ptr, text);
    if (!found)
        print_error("# why: %s\n", all.len ? all.ptr : "nothing");
    buf_release(&all);
    arena_release(&causes.arena);
    return found;
}

static bool is_at(const struct player *p, const char *path)
{
    struct call_position at = call_where(p->call);
    struct buf text;
    buf_init(&text, &p->file->world.env);
    if (at.flow)
        path_print(at.flow, at.spot, &text);
    bool same = str_is(buf_str(&text), path);
    if (!same)
        print_error("# at %s\n", text.ptr ? text.ptr : "nowhere");
    buf_release(&text);
    return same;
}

static bool diag_says(struct player *p, const char *text)
{
    struct buf sentence;
    bool found = false;
    buf_init(&sentence, &p->file->world.env);
    for (size_t i = 0; i < p->file->world.diags.count; i++) {
        const struct diag *diag = &p->file->world.diags.items[i];
        buf_clear(&sentence);
        buf_addf(&sentence, "%s ", diag_info(diag->code)->code);
        diag_render(&sentence, diag, NULL);
        found |= strstr(sentence.ptr, text) != NULL;
    }
    if (found)
        diags_clear(&p->file->world.diags);
    buf_release(&sentence);
    return found;
}

static const char *const phases[] = { "ready", "keys", "result", "queued", "talking", "ended" };

/* One line; false where it does not hold. */
static bool play(struct player *p, const char *verb, const char *rest)
{
    size_t first = 0;
    if (!strcmp(verb, "do")) {
        call_run(p->call);
        bool done = do_words(p, rest);
        call_run(p->call);
        return done;
    }
    if (!strcmp(verb, "step"))
        return do_words(p, rest);
    if (!strcmp(verb, "run")) {
        call_run(p->call);
        return true;
    }
    if (!strcmp(verb, "cannot"))
        return !do_words(p, rest);
    if (!strcmp(verb, "says"))
        return diag_says(p, rest);
    if (!strcmp(verb, "until"))
        return until(p, rest);
    if (!strcmp(verb, "back"))
        return call_back(p->call, (size_t) number_of(rest)) == (size_t) number_of(rest);
    if (!strcmp(verb, "replay"))
        return call_replay(p->call) == call_history(p->call);
    if (!strcmp(verb, "expect"))
        return count_events(p, rest, 0, &first) > 0;
    if (!strcmp(verb, "then")) {
        bool found = count_events(p, rest, p->seen, &first) > 0;
        p->seen = found ? first + 1 : p->seen;
        return found;
    }
    if (!strcmp(verb, "never"))
        return count_events(p, rest, 0, &first) == 0;
    if (!strcmp(verb, "count"))
        return count_events(p, strchr(rest, ' ') + 1, 0, &first) == (size_t) number_of(rest);
    if (!strcmp(verb, "ended"))
        return !strcmp(ending_name(call_ending(p->call)), rest) &&
               (call_phase(p->call) == PHASE_ENDED) == (strcmp(rest, "no") != 0);
    if (!strcmp(verb, "phase"))
        return !strcmp(phases[call_phase(p->call)], rest);
    if (!strcmp(verb, "slot"))
        return slot_is(p, rest);
    if (!strcmp(verb, "var"))
        return var_is(p, rest);
    if (!strcmp(verb, "possible"))
        return is_possible(p, rest);
    if (!strcmp(verb, "impossible"))
        return !is_possible(p, rest);
    if (!strcmp(verb, "why"))
        return why_has(p, rest, call_why);
    if (!strcmp(verb, "why-not"))
        return why_has(p, rest, call_why_not);
    if (!strcmp(verb, "at"))
        return is_at(p, rest);
    if (!strcmp(verb, "clock"))
        return call_clock(p->call) == number_of(rest);
    return false;
}

static bool set_up(struct player *p, const char *verb, char *rest)
{
    if (!strcmp(verb, "flow")) {
        p->setup.flow = str_of(rest);
    } else if (!strcmp(verb, "type")) {
        for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
            if (!strcmp(rest, flow_type_info((enum flow_type) type)->key))
                p->setup.type = (enum flow_type) type;
        }
    } else if (!strcmp(verb, "language")) {
        p->setup.language = str_of(rest);
    } else if (!strcmp(verb, "ani")) {
        p->setup.ani = str_of(rest);
    } else if (!strcmp(verb, "world")) {
        read_world(p, rest);
    } else {
        return false;
    }
    return true;
}

void case_run(struct case_file *file, const struct case_text *one)
{
    struct player p = { .file = file, .title = one->title };
    char *text = strdup(one->body), *rest = text, *line;
    bool started = false;
    diags_clear(&file->world.diags);
    p.call = call_new(&file->world.env, file->world.ws);
    while ((line = strsep(&rest, "\n"))) {
        if (!*line || *line == '#')
            continue;
        char *space = strchr(line, ' ');
        if (space)
            *space = 0;
        char *argument = space ? space + 1 : line + strlen(line);
        if (!started && set_up(&p, line, argument))
            continue;
        if (!started)
            start(&p);
        started = true;
        if (!play(&p, line, argument)) {
            if (space)
                *space = ' ';
            fail_case(&p, line);
        }
    }
    call_free(p.call);
    if (p.has_settings)
        settings_release(&p.settings);
    if (p.world_doc)
        doc_free(p.world_doc);
    free(text);
}
