/* The document reader and writer beside cJSON, in one process, in turn: medians of the ratios of
 * CPU time, and resident memory of forked children. tests/bench/README.md says how to read it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "tests/bench/gen.h"
#include "tests/bench/measure.h"

struct bench {
    struct env env;
    struct atoms atoms;
    struct diags diags;
    struct limits limits;
    const char *text;
    size_t len;
    bool canonical; /* the text is canonical: doc_write_canonical must give it back */
};

struct times {
    double read[MOST_ROUNDS], parse[MOST_ROUNDS];
    double write[MOST_ROUNDS], pieces[MOST_ROUNDS], print[MOST_ROUNDS];
    double close[MOST_ROUNDS], delete[MOST_ROUNDS];
};

/* As a file comes from the disk: a buffer that the document takes over. */
static struct buf copy_text(struct bench *b)
{
    struct buf copy;
    buf_init(&copy, &b->env);
    buf_add(&copy, (struct str){ b->text, b->len });
    return copy;
}

static struct doc *read_doc(struct bench *b, struct buf *copy)
{
    struct doc *doc = doc_read_steal(&b->env, &b->atoms, &b->limits, "flow", copy, &b->diags);
    if (!doc)
        fail("the text was not read");
    return doc;
}

static bool count_piece(void *context, struct str piece)
{
    *(size_t *) context += piece.len;
    return true;
}

static void round_ours(struct bench *b, struct times *t, int round)
{
    struct buf copy = copy_text(b), out;
    buf_init(&out, &b->env);
    double at = cpu_time();
    struct doc *doc = read_doc(b, &copy);
    t->read[round] = cpu_time() - at;
    at = cpu_time();
    doc_write_canonical(doc, 1, &out);
    t->write[round] = cpu_time() - at;
    if (b->canonical && (out.len != b->len || memcmp(out.ptr, b->text, b->len) != 0))
        fail("the canonical text is not canonical");
    size_t written = 0;
    at = cpu_time();
    doc_export_canonical(doc, 1, count_piece, &written);
    t->pieces[round] = cpu_time() - at;
    if (written != out.len)
        fail("the pieces are not the text");
    buf_release(&out);
    at = cpu_time();
    doc_free(doc);
    t->close[round] = cpu_time() - at;
}

static void round_cjson(struct bench *b, struct times *t, int round)
{
    double at = cpu_time();
    cJSON *tree = cJSON_Parse(b->text);
    t->parse[round] = cpu_time() - at;
    if (!tree)
        fail("cJSON did not read the text");
    at = cpu_time();
    char *printed = cJSON_Print(tree);
    t->print[round] = cpu_time() - at;
    free(printed);
    at = cpu_time();
    cJSON_Delete(tree);
    t->delete[round] = cpu_time() - at;
}

struct reading {
    struct bench *bench;
    struct buf copy;
};

static void before_ours(void *context)
{
    struct reading *reading = context;
    reading->copy = copy_text(reading->bench);
}

static void read_ours(void *context)
{
    struct reading *reading = context;
    read_doc(reading->bench, &reading->copy);
}

static void read_theirs(void *context)
{
    struct reading *reading = context;
    if (!cJSON_Parse(reading->bench->text))
        fail("cJSON did not read the text");
}

static void run(struct bench *b, const char *layout, size_t actions, int rounds)
{
    static struct times t;
    printf("%zu actions, %s, %.2f MB\n", actions, layout, (double) b->len * 1e-6);
    struct reading reading = { .bench = b };
    double ours = memory(before_ours, read_ours, &reading);
    double theirs = memory(before_ours, read_theirs, &reading);
    for (int i = -1; i < rounds; i++) { /* the first round warms up */
        round_ours(b, &t, i < 0 ? 0 : i);
        round_cjson(b, &t, i < 0 ? 0 : i);
    }
    report_pair("doc_read / cJSON_Parse", t.read, t.parse, rounds);
    report_pair("canonical, fresh text / _Print", t.write, t.print, rounds);
    report_pair("canonical, pieces / _Print", t.pieces, t.print, rounds);
    report_pair("doc_free / cJSON_Delete", t.close, t.delete, rounds);
    printf("  %-30s %9.0f B  %9.0f B    %6.2f x\n", "memory an action beside the text",
           ours / (double) actions, theirs / (double) actions, theirs / ours);
}

static void run_size(struct bench *b, size_t actions, int rounds)
{
    size_t len;
    char *compact = gen_flow(actions, 1, &len);
    if (!compact)
        fail("no flow");
    *b = (struct bench){ .env = b->env,
                         .atoms = b->atoms,
                         .diags = b->diags,
                         .limits = b->limits,
                         .text = compact,
                         .len = len };
    struct buf copy = copy_text(b), pretty;
    buf_init(&pretty, &b->env);
    struct doc *doc = read_doc(b, &copy);
    printf("%.1f values and %.0f bytes an action\n", (double) doc->count / (double) actions,
           (double) len / (double) actions);
    doc_write_canonical(doc, 1, &pretty);
    doc_free(doc);
    run(b, "compact", actions, rounds);
    free(compact);
    b->text = pretty.ptr;
    b->len = pretty.len;
    b->canonical = true;
    run(b, "two spaces", actions, rounds);
    buf_release(&pretty);
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
    atoms_init(&b.atoms, &b.env, NULL, 0);
    diags_init(&b.diags, &b.env);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
        if (sizes[i].actions <= most)
            run_size(&b, sizes[i].actions, sizes[i].rounds);
    diags_release(&b.diags);
    atoms_release(&b.atoms);
    return 0;
}
