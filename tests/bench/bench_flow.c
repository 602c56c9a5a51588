/* Flows beside cJSON: reading a file into the model (document, index, structure and types of fields
 * checked), closing it, memory; and what pasting 10,000 actions costs, undone and done again.
 * tests/bench/README.md says how to read it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/edit_flow.h"
#include "tests/bench/gen.h"
#include "tests/bench/measure.h"

struct bench {
    struct env env;
    struct atoms atoms;
    struct diags diags;
    struct limits limits;
    char *text;
    size_t len;
    struct buf copy;
    struct flow flow;
};

static void copy_text(void *context)
{
    struct bench *b = context;
    buf_init(&b->copy, &b->env);
    buf_add(&b->copy, (struct str){ b->text, b->len });
}

/* Text to model, everything checked; what is wrong would cost time and must not be there. */
static void read_flow(void *context)
{
    struct bench *b = context;
    struct doc *doc =
        doc_read_steal(&b->env, &b->atoms, &b->limits, "flow", &b->copy, &b->diags);
    if (!doc || !flow_index(&b->flow, doc, &b->diags))
        fail("the flow was not read");
    if (b->diags.count > 0)
        fail("the generated flow has problems");
}

static void read_theirs(void *context)
{
    struct bench *b = context;
    if (!cJSON_Parse(b->text))
        fail("cJSON did not read the text");
}

static void bench_reading(struct bench *b, size_t actions, int rounds)
{
    static double read[MOST_ROUNDS], parse[MOST_ROUNDS], close[MOST_ROUNDS], delete[MOST_ROUNDS];
    double ours = memory(copy_text, read_flow, b), theirs = memory(copy_text, read_theirs, b);
    for (int i = -1; i < rounds; i++) { /* the first round warms up */
        int round = i < 0 ? 0 : i;
        copy_text(b);
        double at = cpu_time();
        read_flow(b);
        read[round] = cpu_time() - at;
        at = cpu_time();
        doc_free(b->flow.doc);
        close[round] = cpu_time() - at;
        at = cpu_time();
        cJSON *tree = cJSON_Parse(b->text);
        parse[round] = cpu_time() - at;
        at = cpu_time();
        cJSON_Delete(tree);
        delete[round] = cpu_time() - at;
    }
    printf("%zu actions, %.2f MB: %.3f us an action\n", actions, (double) b->len * 1e-6,
           median(read, rounds) * 1e6 / (double) actions);
    report_pair("read and check / cJSON_Parse", read, parse, rounds);
    report_pair("close / cJSON_Delete", close, delete, rounds);
    printf("  %-30s %9.0f B  %9.0f B    %6.2f x\n", "memory an action beside the text",
           ours / (double) actions, theirs / (double) actions, theirs / ours);
}

static void bench_paste(struct bench *b)
{
    enum { PASTED = 10000 };
    struct buf json;
    copy_text(b);
    read_flow(b);
    buf_init(&json, &b->env);
    buf_add_char(&json, '[');
    for (int i = 0; i < PASTED; i++)
        buf_addf(&json, "%s{\"playAudio\":{\"name\":\"Pasted %d\",\"audio\":{\"tts\":\"Hello\"}}}",
                 i ? "," : "", i);
    buf_add_char(&json, ']');
    node_id start = flow_start(&b->flow);
    struct slot slot = { { start, 0 }, 0 };
    struct change *change = change_begin(&b->env, STR("Paste"));
    double at = cpu_time();
    if (!flow_add_json(change, &b->flow, slot, buf_str(&json), &b->diags))
        fail("nothing was pasted");
    double pasted = cpu_time();
    change_undo(change);
    double undone = cpu_time();
    change_redo(change);
    double redone = cpu_time();
    printf("  paste of %d actions %.3f ms, undo %.3f ms, redo %.3f ms\n", PASTED,
           (pasted - at) * 1e3, (undone - pasted) * 1e3, (redone - undone) * 1e3);
    change_free(change);
    doc_free(b->flow.doc);
    buf_release(&json);
}

int main(int argc, char **argv)
{
    static const struct {
        size_t actions;
        int rounds;
    } sizes[] = { { 1000, 61 }, { 10000, 31 }, { 100000, 9 }, { 300000, 5 } };
    static struct bench b = { .limits = LIMITS_DEFAULT };
    size_t most = argc > 1 ? strtoul(argv[1], NULL, 10) : 300000;
    env_init(&b.env);
    catalogue_atoms_init(&b.atoms, &b.env);
    diags_init(&b.diags, &b.env);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes) && sizes[i].actions <= most; i++) {
        b.text = gen_flow(sizes[i].actions, 1, &b.len);
        if (!b.text)
            fail("no flow");
        bench_reading(&b, sizes[i].actions, sizes[i].rounds);
        bench_paste(&b);
        free(b.text);
    }
    diags_release(&b.diags);
    atoms_release(&b.atoms);
    return 0;
}
