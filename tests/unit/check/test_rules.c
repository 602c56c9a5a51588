/* Each rule with flows that break it and flows that do not (tests/data/rules/README.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/check/check.h"
#include "engine/flow/query.h"

static struct env env;
static struct workspace *ws;

/* --- the flow of a case --- */

#define ONE_TASK(type)                                                                             \
    type ":\n  name: F\n  startUpRef: /" type "/tasks/task[S_1]\n  tasks:\n    - task:\n"          \
         "        name: S\n        refId: S_1\n        actions:\n"
#define OWN_LIST(type) type ":\n  name: F\n  startUpTaskActions:\n"

static const struct frame {
    const char *name, *before;
    const char *behind; /* a last line, NULL: none */
    int indent;         /* of the lines between */
} frames[] = {
    { "flow", "", NULL, 0 },
    { "task",
      "inboundCall:\n  name: F\n  startUpRef: /inboundCall/tasks/task[S_1]\n  variables:\n"
      "    - stringVariable: { name: Flow.s }\n    - integerVariable: { name: Flow.i }\n"
      "    - stringCollectionVariable: { name: Flow.list }\n  tasks:\n    - task:\n"
      "        name: S\n        refId: S_1\n        actions:\n",
      "- disconnect: { name: Bye }\n", 10 },
    { "only", ONE_TASK("inboundCall"), NULL, 10 },
    { "secure", ONE_TASK("secureCall"), "- disconnect: { name: Bye }\n", 10 },
    { "outbound", ONE_TASK("outboundCall"), "- disconnect: { name: Bye }\n", 10 },
    { "menu",
      "inboundCall:\n  name: F\n  startUpRef: /inboundCall/menus/menu[M_1]\n  menus:\n    - menu:\n"
      "        name: M\n        refId: M_1\n        audio: { tts: x }\n        choices:\n",
      NULL, 10 },
    { "inqueue", OWN_LIST("inqueueCall"), NULL, 4 },
    { "module", OWN_LIST("commonModule"), NULL, 4 },
    { "survey",
      "voiceSurvey:\n  name: F\n  startUpRef: /voiceSurvey/states/state[S_1]\n  states:\n"
      "    - state:\n        name: S\n        refId: S_1\n        actions:\n",
      "- disconnect: { name: Bye }\n", 10 },
};

static void add_line(struct buf *out, int indent, struct str line)
{
    for (int i = 0; i < indent; i++)
        buf_add_char(out, ' ');
    buf_add(out, line);
    buf_add_char(out, '\n');
}

/* Reads it into the workspace; taken out with end_flow. */
static struct workspace_file *begin_flow(const struct frame *frame, struct str lines)
{
    struct diags diags;
    struct buf text;
    diags_init(&diags, &env);
    buf_init(&text, &env);
    buf_add_text(&text, frame->before);
    for (size_t at = 0; at < lines.len;) {
        struct str rest = str_slice(lines, at, lines.len);
        ptrdiff_t end = str_find_char(rest, '\n');
        size_t len = end < 0 ? rest.len : (size_t) end;
        add_line(&text, frame->indent, str_slice(rest, 0, len));
        at += len + 1;
    }
    if (frame->behind)
        add_line(&text, frame->indent,
                 str_slice(str_of(frame->behind), 0, strlen(frame->behind) - 1));
    struct workspace_file *file = workspace_new_flow(ws, FLOW_INBOUND_CALL, STR("The case"),
                                                     &diags);
    struct doc *doc = doc_read(&env, &ws->atoms, &ws->limits, "tests/data/check/case.yaml",
                               buf_str(&text), &diags);
    if (!doc)
        fail_msg("line %u is no YAML in:\n%s", diags.items[0].place.line, text.ptr);
    doc_free(file->flow.doc);
    assert_true(flow_index(&file->flow, doc, &diags));
    buf_release(&text);
    diags_release(&diags);
    return file;
}

static void list_diags(const struct diags *diags, struct buf *out)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        buf_addf(out, "%u:%u %s %.*s ", diag->place.line, diag->place.column,
                 diag_info(diag->code)->code, STR_ARG(diag->place.path));
        diag_render(out, diag, NULL);
        buf_add_char(out, '\n');
    }
}

struct again {
    struct workspace_file *file;
    struct check_memory *memory;
    struct diags *diags;
};

static bool check_again(void *context, node_id action, unsigned depth)
{
    struct again *again = context;
    (void) depth;
    bool known = again->file->flow.type != FLOW_OTHER;
    assert_int_equal(
        check_action_again(ws, &again->file->flow, again->memory, action, again->diags), known);
    return true;
}

/* Checked one by one again, the actions have the problems that they have in the whole flow. */
static void check_actions_again(struct workspace_file *file, struct check_memory *memory,
                                struct diags *diags)
{
    struct again again = { file, memory, diags };
    size_t errors = diags->errors, warnings = diags->warnings;
    struct buf before, behind;
    buf_init(&before, &env);
    buf_init(&behind, &env);
    list_diags(diags, &before);
    flow_each_action(&file->flow, check_again, &again);
    list_diags(diags, &behind);
    assert_string_equal(behind.len ? behind.ptr : "", before.len ? before.ptr : "");
    assert_int_equal(diags->errors, errors);
    assert_int_equal(diags->warnings, warnings);
    buf_release(&before);
    buf_release(&behind);
}

/* How many diagnostics of the code the flow gives; of others in *others. */
static size_t count_both(struct workspace_file *file, enum diag_code code, size_t *others)
{
    struct diags diags;
    size_t found = 0;
    struct check_memory *memory = check_memory_new(&env);
    diags_init(&diags, &env);
    assert_true(check_flow_unless(ws, &file->flow, NULL, memory, &diags));
    check_actions_again(file, memory, &diags);
    check_memory_free(memory);
    for (size_t i = 0; i < diags.count; i++) {
        found += diags.items[i].code == code;
        assert_true(diags.items[i].place.line > 0);
    }
    *others = diags.count - found;
    diags_release(&diags);
    return found;
}

static size_t count_in(struct workspace_file *file, enum diag_code code)
{
    size_t others;
    return count_both(file, code, &others);
}

/* Silenced in postflow.json it is told no more, and all else as before. */
static void silence(struct workspace_file *file, enum diag_code code, size_t others)
{
    struct settings silent, *own = ws->settings;
    struct diags diags;
    struct atoms atoms;
    char json[40];
    size_t left;
    diags_init(&diags, &env);
    atoms_init(&atoms, &env, NULL, 0);
    settings_init(&silent, &env);
    snprintf(json, sizeof json, "{\"silence\": [\"%s\"]}", diag_info(code)->code);
    struct doc *doc = doc_read(&env, &atoms, &ws->limits, "world", str_of(json), &diags);
    if (own->doc)
        settings_read(&silent, own->doc, 1, &diags);
    settings_read(&silent, doc, 1, &diags);
    assert_int_equal(diags.count, 0);
    ws->settings = &silent;
    if (count_both(file, code, &left) != 0 || left != others)
        fail_msg("%s is silenced, and %zu of others are told, not %zu", diag_info(code)->code, left,
                 others);
    ws->settings = own;
    settings_release(&silent);
    doc_free(doc);
    atoms_release(&atoms);
    diags_release(&diags);
}

/* --- the files of cases --- */

struct reader {
    const char *file;
    struct str text;
    size_t at;
    int line;
    const char *code; /* of the case that is read */
    enum diag_code number;
    bool breaks[DIAG_COUNT], mends[DIAG_COUNT]; /* what there were cases for */
};

static struct str next_line(struct reader *reader)
{
    struct str rest = str_slice(reader->text, reader->at, reader->text.len);
    size_t len = (size_t) str_find_char(rest, '\n');
    reader->at += len + 1;
    reader->line++;
    return str_slice(rest, 0, len);
}

static enum diag_code code_of(struct str word)
{
    for (int code = 0; code < DIAG_COUNT; code++) {
        if (str_is(word, diag_info((enum diag_code) code)->code))
            return (enum diag_code) code;
    }
    fail_msg("no code %.*s", STR_ARG(word));
    return DIAG_COUNT;
}

static bool is_code(struct str line)
{
    return line.len > 4 && strchr("EWI", line.ptr[0]) && line.ptr[1] >= '0' && line.ptr[1] <= '9' &&
           line.ptr[4] == ' ';
}

static bool is_head(struct str line)
{
    return line.len == 0 || line.ptr[0] == '#' || is_code(line) ||
           str_starts(line, STR("breaks ")) || str_starts(line, STR("mends ")) ||
           str_starts(line, STR("world ")) || str_starts(line, STR("size "));
}

static const struct frame *frame_of(struct str name)
{
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        if (str_is(name, frames[i].name))
            return &frames[i];
    }
    fail_msg("no frame %.*s", STR_ARG(name));
    return NULL;
}

/* "task", "task 2": what is in the frame stands on the lines behind it. */
static void run_flow(struct reader *reader, struct str words, size_t wanted)
{
    ptrdiff_t blank = str_find_char(words, ' ');
    struct str name = blank < 0 ? words : str_slice(words, 0, (size_t) blank);
    int64_t times;
    int line = reader->line;
    if (blank >= 0) {
        assert_true(str_to_int(str_slice(words, (size_t) blank + 1, words.len), &times));
        wanted = (size_t) times;
    }
    size_t begin = reader->at, end = begin;
    while (reader->at < reader->text.len) {
        end = reader->at;
        if (is_head(next_line(reader))) {
            reader->at = end;
            reader->line--;
            break;
        }
        end = reader->at;
    }
    struct workspace_file *file = begin_flow(frame_of(name), str_slice(reader->text, begin, end));
    size_t others, found = count_both(file, reader->number, &others);
    if (found > 0)
        silence(file, reader->number, others);
    if (found != wanted)
        fail_msg("%s:%d: %s is told %zu times, not %zu", reader->file, line, reader->code, found,
                 wanted);
    workspace_drop(ws, file);
}

/* What lies over the workspace's settings until the next case. */
struct world {
    struct settings *own, laid;
    struct doc *doc;
    struct atoms atoms;
};

static void end_world(struct world *world)
{
    if (!world->doc)
        return;
    ws->settings = world->own;
    settings_release(&world->laid);
    doc_free(world->doc);
    atoms_release(&world->atoms);
    world->doc = NULL;
}

static void begin_world(struct world *world, struct str json)
{
    struct diags diags;
    diags_init(&diags, &env);
    atoms_init(&world->atoms, &env, NULL, 0);
    world->doc = doc_read(&env, &world->atoms, &ws->limits, "world", json, &diags);
    assert_non_null(world->doc);
    settings_init(&world->laid, &env);
    settings_read(&world->laid, world->doc, 1, &diags);
    assert_int_equal(diags.count, 0);
    world->own = ws->settings;
    ws->settings = &world->laid;
    diags_release(&diags);
}

static void limit_size(struct str words)
{
    int64_t size;
    assert_true(str_to_int(words, &size));
    ws->limits.flow_size = (uint64_t) size;
}

static void run_line(struct reader *reader, struct world *world, struct str line)
{
    if (is_code(line)) {
        end_world(world);
        ws->limits.flow_size = UINT64_MAX;
        reader->number = code_of(str_slice(line, 0, 4));
        reader->code = diag_info(reader->number)->code;
    } else if (str_starts(line, STR("world "))) {
        begin_world(world, str_slice(line, 6, line.len));
    } else if (str_starts(line, STR("size "))) {
        limit_size(str_slice(line, 5, line.len));
    } else if (str_starts(line, STR("breaks "))) {
        reader->breaks[reader->number] = true;
        run_flow(reader, str_slice(line, 7, line.len), 1);
    } else if (str_starts(line, STR("mends "))) {
        reader->mends[reader->number] = true;
        run_flow(reader, str_slice(line, 6, line.len), 0);
    } else if (line.len > 0 && line.ptr[0] != '#') {
        fail_msg("%s:%d: what is this?", reader->file, reader->line);
    }
}

static void run_file(struct reader *reader, const char *path)
{
    struct world world = { .doc = NULL };
    struct diags diags;
    struct buf text;
    diags_init(&diags, &env);
    buf_init(&text, &env);
    assert_true(file_read(&env, path, 1 << 20, &text, NULL, &diags));
    reader->file = path;
    reader->text = buf_str(&text);
    reader->at = 0;
    reader->line = 0;
    while (reader->at < reader->text.len)
        run_line(reader, &world, next_line(reader));
    end_world(&world);
    buf_release(&text);
    diags_release(&diags);
}

/* Codes of engine/check are all told of something: of expressions the tests of engine/expr say
 * what. */
static bool needs_a_case(const char *code)
{
    int64_t number;
    return str_to_int(str_of(code + 1), &number) && number < 450 &&
           ((number >= 150 && number < 200) || number >= 350);
}

static void each_rule_finds_what_breaks_it(void **state)
{
    static struct reader reader;
    struct file_list list;
    struct diags diags;
    (void) state;
    diags_init(&diags, &env);
    assert_true(file_list(&env, "tests/data/rules", &list, &diags));
    for (size_t i = 0; i < list.count; i++) {
        if (str_ends(str_of(list.items[i].path), STR(".rules")))
            run_file(&reader, list.items[i].path);
    }
    file_list_release(&list);
    diags_release(&diags);
    for (int code = 0; code < DIAG_COUNT; code++) {
        const char *name = diag_info((enum diag_code) code)->code;
        if (needs_a_case(name) && !(reader.breaks[code] && reader.mends[code]))
            fail_msg("%s has no flow that %s it", name, reader.breaks[code] ? "mends" : "breaks");
    }
}

/* --- what a flow alone cannot say --- */

#define BYE "{\"disconnect\":{\"name\":\"Bye\"}}"
#define TASK(actions)                                                                              \
    "{\"inboundCall\":{\"name\":\"F\",\"startUpRef\":\"/inboundCall/tasks/task[S_1]\","            \
    "\"variables\":[{\"stringVariable\":{\"name\":\"Flow.s\"}},{\"integerVariable\":{\"name\":"    \
    "\"Flow.i\"}}],\"tasks\":[{\"task\":{\"name\":\"S\",\"refId\":\"S_1\",\"actions\":[" actions   \
    "]}}]}}"

static size_t count_of(const char *json, enum diag_code code)
{
    struct workspace_file *file = begin_flow(&frames[0], str_of(json));
    size_t found = count_in(file, code);
    workspace_drop(ws, file);
    return found;
}

/* What is written makes the variable: its type where the action says it; where only the world could
 * tell, no expression with it is wrong. */
static void a_variable_may_be_implied(void **state)
{
#define WRITE                                                                                      \
    "{\"updateData\":{\"name\":\"u\",\"statements\":[{\"integer\":{\"variable\":\"Task.n\","       \
    "\"value\":{\"lit\":1}}}]}},"
#define READ(expression)                                                                           \
    "{\"decision\":{\"name\":\"d\",\"condition\":{\"exp\":\"" expression "\"}}},"
#define FETCH                                                                                      \
    "{\"callData\":{\"name\":\"c\",\"category\":{\"I\":{\"dataAction\":{\"A\":"                    \
    "{\"successOutputs\":{\"x\":{\"var\":\"Task.n\"}}}}}}}},"
    static const struct {
        const char *flow;
        size_t implied, expressions;
    } flows[] = {
        { TASK(WRITE WRITE READ("Task.n > 0") BYE), 1, 0 },
        { TASK(WRITE READ("Contains(Task.n, \\\"x\\\")") BYE), 1, 1 },
        { TASK(READ("Task.n > 0") BYE), 0, 1 },
        { TASK(FETCH READ("Task.n > 0") READ("Contains(Task.n, \\\"x\\\")") BYE), 1, 0 },
        { TASK(FETCH READ("Task.m > 0") BYE), 1, 1 },
        { TASK("{\"updateData\":{\"name\":\"u\",\"statements\":[{\"integer\":{\"variable\":\"F\"}},"
               "{\"integer\":{\"variable\":\"\"}},{\"integer\":{\"variable\":\"Flow.\"}}]}}," BYE),
          0, 0 },
    };
    (void) state;
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        assert_int_equal(count_of(flows[i].flow, DIAG_VARIABLE_IMPLIED), flows[i].implied);
        assert_int_equal(count_of(flows[i].flow, DIAG_EXPR_VARIABLE) +
                             count_of(flows[i].flow, DIAG_EXPR_OVERLOAD),
                         flows[i].expressions);
    }
}

static void an_error_in_an_expression_stands_at_its_column(void **state)
{
    struct diags diags;
    struct flow flow;
    (void) state;
    diags_init(&diags, &env);
    struct doc *doc = doc_read(
        &env, &ws->atoms, &ws->limits, "case",
        STR("{\"inboundCall\":{\"name\":\"F\",\"tasks\":[{\"task\":{\"name\":\"S\",\"refId\":\"S\","
            "\"actions\":[{\"decision\":{\"name\":\"d\",\"condition\":{\n\"exp\":\"\\\"a\\\" == "
            "Flow.x\"}}}"
            "]}}]}}"),
        &diags);
    assert_true(flow_index(&flow, doc, &diags));
    check_flow(ws, &flow, &diags);
    bool found = false;
    for (size_t i = 0; i < diags.count; i++) {
        if (diags.items[i].code != DIAG_EXPR_VARIABLE)
            continue;
        found = true;
        assert_int_equal(diags.items[i].place.line, 2);
        /* "exp":" is seven columns, \"a\" five, and == with its blanks four */
        assert_int_equal(diags.items[i].place.column, 17);
    }
    assert_true(found);
    doc_free(doc);
    diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_finds_what_breaks_it),
        cmocka_unit_test(a_variable_may_be_implied),
        cmocka_unit_test(an_error_in_an_expression_stands_at_its_column),
    };
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    env_init(&env);
    diags_init(&diags, &env);
    ws = workspace_open(&env, &limits, "tests/data/check", &diags);
    if (!ws)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    workspace_free(ws);
    diags_release(&diags);
    return failed;
}
