/* Where something is used, and what is missing: every kind of thing, every way to mention it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/flow/path.h"
#include "engine/flow/uses.h"

struct uses_state {
    struct env env;
    struct limits limits;
    struct diags diags;
    struct workspace *ws;
    char folder[64];
    struct buf out;
};

static const char *const files[][2] = {
    { "main.flow.json",
      "{'inboundCall':{'name':'Main','startUpRef':'./tasks/task[T_1]','settingsErrorHandling':{"
      "'errorHandling':{'queue':{'targetQueue':{'lit':{'name':'Errors'}}}}},'variables':[{"
      "'queueVariable':{'name':'Flow.q','initialValue':{'lit':{'name':'First'}}}}],\n"
      "'menus':[{'menu':{'name':'M','refId':'M_1','choices':[{'menuJumpToTask':{'name':'J','refId':"
      "'J_1','targetTaskRef':'./tasks/task[T_1]'}},{'menuTask':{'name':'Own','task':{'variables':"
      "[{'stringVariable':{'name':'Task.x'}}],'actions':[{'playAudio':{'audio':{'exp':"
      "'ToAudioTTS(Task.x)'}}}]}}}],'defaultChildMenuRef':'./choices/menuJumpToTask[J_1]'}}],\n"
      "'tasks':[{'task':{'name':'T','refId':'T_1','variables':[{'stringVariable':{'name':'Task.x',"
      "'isInput':true}}],'actions':[\n"
      "{'transferToAcd':{'targetQueue':{'lit':{'name':'Sales'}},'acdSkills':[{'acdSkill':{'lit':{"
      "'name':'French'}}}],'languageSkill':{'lit':{'name':'German'}}}},\n"
      "{'transferToUser':{'targetUser':{'lit':{'name':'Ada'}}}},\n"
      "{'transferToGroup':{'targetGroup':{'lit':{'name':'Desk'}}}},\n"
      "{'playAudio':{'audio':{'prompt':'Prompt.Hello'}}},\n"
      "{'holdMusic':{'prompt':{'lit':{'name':'PromptSystem.on_hold_music'}}}},\n"
      "{'playAudio':{'audio':{'exp':'ToAudio(Prompt.Hello)'}}},\n"
      "{'evaluateSchedule':{'schedule':{'lit':{'name':'Hours'}},'emergencyGroup':{'lit':{'name':"
      "'Fire'}}}},\n"
      "{'evaluateScheduleGroup':{'scheduleGroup':{'lit':{'name':'Group'}}}},\n"
      "{'callData':{'category':{'CRM':{'dataAction':{'Store':{'inputs':{'Task.x':{'lit':'x'}}}}}}}"
      "},\n"
      "{'dataTableLookup':{'dataTable':{'Table':{'foundOutputs':{'c':{'var':'flow.Q'}}}}}},\n"
      "{'callCommonModule':{'commonModule':{'Mod':{'v':{'inputs':{'in':{'exp':'Task.x'}}}}}}},\n"
      "{'callTask':{'targetTaskRef':'./tasks/task[T_1]','inputs':{'x':{'lit':'Task.x'}}}},\n"
      "{'updateData':{'statements':[{'queue':{'variable':'Flow.q','value':{'lit':{'name':'Sales'}}}"
      "},{'queue':{'variable':'Flow.q','value':{'exp':'FindQueue(\\'Sales\\')'}}},{'json':{"
      "'variable':'Flow.j','value':{'lit':{'exp':'Flow.q'}}}}]}},\n"
      "{'jumpToMenu':{'targetMenuRef':'./menus/menu[M_1]'}},{'decision':{'condition':{'exp':"
      "'Flow.q == Flow.gone and Call.Ani == Format.x'}}},{'jumpToTask':{'targetTaskRef':"
      "'./tasks/task[No]'}},{'holoDeck':{'mood':{'exp':'Flow.q'}}}]}}]}}" },
    { "module.flow.json",
      "{'commonModule':{'name':'Mod','variables':[{'stringVariable':{'name':'Common.in','isInput':"
      "true}}],'startUpTaskActions':[{'decision':{'condition':{'exp':'Common.in == Common.out'}}}]"
      "}}" },
    { "survey.flow.json",
      "{'voiceSurvey':{'name':'Survey','startUpRef':'./states/state[S_1]','settingsVoiceSurvey':{"
      "'surveyForm':{'name':'Form'}},'states':[{'state':{'name':'S','refId':'S_1','actions':[{"
      "'changeState':{'targetStateRef':'./states/state[S_1]'}}]}}]}}" },
    { "postflow.json",
      "{'queues':{'Sales':{'inQueueFlow':'Mod'}},'defaultInQueueFlow':'Waiting','unpublished':[{"
      "'type':'commonModule','name':'Mod'}],'users':{'Ada':{'queues':['Sales','Nothing']}},"
      "'scheduleGroups':{'Group':{'open':['Hours'],'holiday':['Feast']}},'skills':['French']}" },
};

static const char *path_in(const struct uses_state *s, const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", s->folder, name);
    return path;
}

static int setup(void **state)
{
    static struct uses_state s;
    s = (struct uses_state){ .limits = LIMITS_DEFAULT };
    env_init(&s.env);
    diags_init(&s.diags, &s.env);
    buf_init(&s.out, &s.env);
    snprintf(s.folder, sizeof s.folder, "/tmp/postflow-uses-XXXXXX");
    if (!mkdtemp(s.folder))
        return -1;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *file = fopen(path_in(&s, files[i][0]), "w");
        assert_non_null(file);
        for (const char *at = files[i][1]; *at; at++)
            fputc(*at == '\'' ? '"' : *at, file);
        assert_int_equal(fclose(file), 0);
    }
    s.ws = workspace_open(&s.env, &s.limits, s.folder, &s.diags);
    assert_non_null(s.ws);
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    struct uses_state *s = *state;
    workspace_free(s->ws);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(path_in(s, files[i][0]));
    rmdir(s->folder);
    buf_release(&s->out);
    diags_release(&s->diags);
    return 0;
}

/* "KIND NAME: FIELD, PATH" a line. */
static const char *lines_of(struct uses_state *s, const struct usages *uses)
{
    buf_clear(&s->out);
    for (size_t i = 0; i < uses->count; i++) {
        usage_print(&uses->items[i], &s->out);
        buf_add_char(&s->out, '\n');
    }
    return s->out.ptr ? s->out.ptr : "";
}

static const char *uses_of(struct uses_state *s, const struct subject *subject)
{
    struct usages uses;
    usages_init(&uses, &s->env);
    uses_find(s->ws, subject, NULL, &uses);
    const char *lines = lines_of(s, &uses);
    usages_release(&uses);
    return lines;
}

static void by_name(void **state)
{
    static const struct {
        const char *name, *lines;
    } cases[] = {
        { "Mod", "flow Mod: Module of Call Common Module, Main::T/11\n"
                 "flow Mod: inQueueFlow, queues/Sales\n"
                 "flow Mod: name, unpublished\n" },
        { "Waiting", "flow Waiting: defaultInQueueFlow, defaultInQueueFlow\n" },
        { "T", "task T: startUpRef, Main\n"
               "task T: Task of Jump to Reusable Task, Main::M/1\n"
               "task T: Task of Call Task, Main::T/12\n" },
        { "M", "menu M: Menu of Jump to Menu, Main::T/14\n" },
        { "J", "choice J: Default choice, Main::M\n" },
        { "S", "state S: startUpRef, Survey\nstate S: State of Change State, Survey::S/1\n" },
        { "First", "queue First: Initial value, Main\n" },
        { "Errors", "queue Errors: Error queue, Main\n" },
        { "Sales", "queue Sales: Queue of Transfer to ACD, Main::T/1\n"
                   "queue Sales: Statements of Update Data, Main::T/13\n"
                   "queue Sales: Statements of Update Data, Main::T/13\n"
                   "queue Sales: queues, users/Ada\n" },
        { "French", "skill French: Skills of Transfer to ACD, Main::T/1\n" },
        { "German", "language skill German: Language skill of Transfer to ACD, Main::T/1\n" },
        { "Ada", "user Ada: User of Transfer to User, Main::T/2\n" },
        { "Desk", "group Desk: Group of Transfer to Group, Main::T/3\n" },
        { "Hello", "prompt Hello: Audio of Play Audio, Main::T/4\n"
                   "prompt Hello: Audio of Play Audio, Main::T/6\n" },
        { "Prompt.Hello", "prompt Hello: Audio of Play Audio, Main::T/4\n"
                          "prompt Hello: Audio of Play Audio, Main::T/6\n" },
        { "PromptSystem.on_hold_music",
          "prompt PromptSystem.on_hold_music: Prompt of Hold Music, Main::T/5\n" },
        { "Hours", "schedule Hours: Schedule of Evaluate Schedule, Main::T/7\n"
                   "schedule Hours: open, scheduleGroups/Group\n" },
        { "Feast", "schedule Feast: holiday, scheduleGroups/Group\n" },
        { "Fire", "emergency group Fire: Emergency group of Evaluate Schedule, Main::T/7\n" },
        { "Group", "schedule group Group: Schedule group of Evaluate Schedule Group, Main::T/8\n" },
        { "Store", "data action CRM / Store: Data action of Call Data Action, Main::T/9\n" },
        { "CRM / Store", "data action CRM / Store: Data action of Call Data Action, Main::T/9\n" },
        { "Table", "data table Table: Data table of Data Table Lookup, Main::T/10\n" },
        { "Form", "survey form Form: Survey form, Survey\n" },
        { "Common.in", "variable in: Inputs of Call Common Module, Main::T/11\n"
                       "variable Common.in: Condition of Decision, Mod::start/1\n" },
        { "Flow.Q", "variable flow.Q: Found outputs of Data Table Lookup, Main::T/10\n"
                    "variable Flow.q: Statements of Update Data, Main::T/13\n"
                    "variable Flow.q: Statements of Update Data, Main::T/13\n"
                    "variable Flow.q: Condition of Decision, Main::T/15\n"
                    "variable Flow.q: mood, Main::T/17\n" },
        { "RM / Store", "" },
        { "low.q", "" },
        { "x", "variable x: Inputs of Call Task, Main::T/12\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct subject subject = { .name = str_of(cases[i].name) };
        assert_string_equal(cases[i].lines, uses_of(*state, &subject));
    }
}

/* What the cursor is on decides which of those with one name is meant. */
static void by_place(void **state)
{
    static const struct {
        const char *path, *lines;
    } cases[] = {
        { "T", "task T: startUpRef, Main\n"
               "task T: Task of Jump to Reusable Task, Main::M/1\n"
               "task T: Task of Call Task, Main::T/12\n" },
        { "T/1", "queue Sales: Queue of Transfer to ACD, Main::T/1\n"
                 "queue Sales: Statements of Update Data, Main::T/13\n"
                 "queue Sales: Statements of Update Data, Main::T/13\n"
                 "queue Sales: queues, users/Ada\n" },
        { "T/11", "flow Mod: Module of Call Common Module, Main::T/11\n"
                  "flow Mod: name, unpublished\n" },
        { "M/1", "task T: startUpRef, Main\n"
                 "task T: Task of Jump to Reusable Task, Main::M/1\n"
                 "task T: Task of Call Task, Main::T/12\n" },
        /* The choice's own variable, not the task's. */
        { "M/2/1", "variable Task.x: Audio of Play Audio, Main::M/2/1\n" },
    };
    struct uses_state *s = *state;
    struct flow *flow = workspace_find(s->ws, FLOW_INBOUND_CALL, STR("Main"));
    struct arena arena;
    arena_init(&arena, &s->env);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct subject subject;
        struct spot spot;
        assert_true(path_find(flow, str_of(cases[i].path), &spot, &s->diags));
        assert_true(subject_at(flow, spot, &arena, &subject));
        assert_string_equal(cases[i].lines, uses_of(s, &subject));
    }
    struct variable_info info;
    struct spot task;
    assert_true(path_find(flow, STR("T"), &task, &s->diags));
    struct spot variable = { .node = flow_variable_next(flow, task.node, 0) };
    struct subject subject;
    assert_true(flow_variable(flow, variable.node, &info));
    assert_true(subject_at(flow, variable, &arena, &subject));
    assert_string_equal("variable Task.x: Inputs of Call Common Module, Main::T/11\n"
                        "variable x: Inputs of Call Task, Main::T/12\n",
                        uses_of(s, &subject));
    arena_release(&arena);
}

static void what_is_missing(void **state)
{
    struct uses_state *s = *state;
    struct usages uses;
    usages_init(&uses, &s->env);
    uses_missing(s->ws, NULL, &uses);
    assert_string_equal("queue Errors: Error queue, Main\n"
                        "queue First: Initial value, Main\n"
                        "group Desk: Group of Transfer to Group, Main::T/3\n"
                        "prompt Hello: Audio of Play Audio, Main::T/4\n"
                        "prompt Hello: Audio of Play Audio, Main::T/6\n"
                        "schedule Hours: Schedule of Evaluate Schedule, Main::T/7\n"
                        "emergency group Fire: Emergency group of Evaluate Schedule, Main::T/7\n"
                        "data action CRM / Store: Data action of Call Data Action, Main::T/9\n"
                        "data table Table: Data table of Data Table Lookup, Main::T/10\n"
                        "variable Flow.j: Statements of Update Data, Main::T/13\n"
                        "variable Flow.gone: Condition of Decision, Main::T/15\n"
                        "task No: Task of Jump to Reusable Task, Main::T/16\n"
                        "variable Common.out: Condition of Decision, Mod::start/1\n"
                        "flow Mod: inQueueFlow, queues/Sales\n"
                        "flow Waiting: defaultInQueueFlow, defaultInQueueFlow\n"
                        "queue Nothing: queues, users/Ada\n"
                        "schedule Hours: open, scheduleGroups/Group\n"
                        "schedule Feast: holiday, scheduleGroups/Group\n"
                        "survey form Form: Survey form, Survey\n",
                        lines_of(s, &uses));
    /* Places are where the name stands, in expressions too. */
    assert_int_equal(uses.items[0].line, 1);
    struct usage *gone = &uses.items[10];
    assert_true(str_is(gone->name, "Flow.gone"));
    assert_int_equal(gone->line, 17);
    assert_int_equal(gone->column, 97);
    usages_release(&uses);
    usages_init(&uses, &s->env);
    uses_missing(s->ws, workspace_file_of(s->ws, workspace_find(s->ws, FLOW_VOICE_SURVEY,
                                                                STR("Survey"))),
                 &uses);
    assert_string_equal("survey form Form: Survey form, Survey\n", lines_of(s, &uses));
    usages_release(&uses);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = { TEST(by_name), TEST(by_place), TEST(what_is_missing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
