/* The tree is the report's own and ends with the print; cJSON keeps members in order of adding. */
#include "engine/doc/report.h"

#include "engine/base/env.h"
#include "engine/base/mem.h"
#include "engine/doc/tree.h"
#include "engine/doc/write.h"

enum { DEEPEST = 32 };

struct report {
    struct env *env;
    cJSON *open[DEEPEST]; /* the first is the root, the last the innermost */
    size_t depth;
    struct buf token;
};

struct report *report_new(struct env *env)
{
    struct report *report = mem_zalloc(env, sizeof(*report));
    report->env = env;
    buf_init(&report->token, env);
    report->open[report->depth++] = tree_check(env, cJSON_CreateObject());
    return report;
}

void report_free(struct report *report)
{
    if (!report)
        return;
    cJSON_Delete(report->open[0]);
    buf_release(&report->token);
    mem_free(report->env, report);
}

static void add(struct report *report, const char *key, cJSON *item)
{
    cJSON *container = report->open[report->depth - 1];
    BUG_ON(!key != !cJSON_IsObject(container));
    tree_add(report->env, container, key, tree_check(report->env, item));
}

/* What is in report.token. */
static void add_token(struct report *report, const char *key)
{
    add(report, key, cJSON_CreateRaw(report->token.ptr));
    buf_clear(&report->token);
}

void report_text(struct report *report, const char *key, struct str text)
{
    json_add_text(&report->token, text, true);
    add_token(report, key);
}

void report_number(struct report *report, const char *key, struct str token)
{
    report_json(report, key, token);
}

void report_int(struct report *report, const char *key, int64_t number)
{
    buf_add_int(&report->token, number);
    add_token(report, key);
}

void report_bool(struct report *report, const char *key, bool value)
{
    add(report, key, cJSON_CreateBool(value));
}

void report_null(struct report *report, const char *key)
{
    add(report, key, cJSON_CreateNull());
}

void report_json(struct report *report, const char *key, struct str json)
{
    buf_add(&report->token, json);
    add_token(report, key);
}

static void open(struct report *report, const char *key, cJSON *item)
{
    add(report, key, item);
    BUG_ON(report->depth == DEEPEST);
    report->open[report->depth++] = item;
}

void report_open_object(struct report *report, const char *key)
{
    open(report, key, cJSON_CreateObject());
}

void report_open_list(struct report *report, const char *key)
{
    open(report, key, cJSON_CreateArray());
}

void report_close(struct report *report)
{
    BUG_ON(report->depth == 1);
    report->depth--;
}

void report_print(struct report *report, bool formatted, struct buf *out)
{
    BUG_ON(report->depth != 1);
    tree_print(report->env, report->open[0], formatted, out);
    buf_add_char(out, '\n');
    cJSON_Delete(report->open[0]);
    report->open[0] = NULL;
    report->open[0] = tree_check(report->env, cJSON_CreateObject());
}
