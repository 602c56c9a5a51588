/* Reading Archy YAML beside libyaml's own event loop over the same text, in turn: the median of the
 * ratios of CPU time, and the resident memory that reading adds, the text included. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "tests/bench/gen.h"
#include "tests/bench/measure.h"

enum { ROUNDS = 9 };

struct bench {
    struct env env;
    struct atoms atoms;
    struct diags diags;
    struct limits limits;
    struct buf text;
};

/* About so many bytes of canonical YAML. */
static void make_text(struct bench *b, size_t bytes)
{
    size_t len;
    char *json = gen_flow(bytes / 560 + 1, 1, &len);
    if (!json)
        fail("no flow");
    struct doc *doc = doc_read(&b->env, &b->atoms, &b->limits, "flow.json",
                               (struct str){ json, len }, &b->diags);
    if (!doc)
        fail("the flow was not read");
    if (!doc_export(doc, SYNTAX_YAML, &b->text, &b->diags))
        fail("the flow was not written");
    doc_free(doc);
    free(json);
}

static void read_theirs(const struct bench *b)
{
    yaml_parser_t parser;
    yaml_event_t event;
    bool end = false;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *) b->text.ptr, b->text.len);
    while (!end) {
        if (!yaml_parser_parse(&parser, &event))
            fail("libyaml did not read the text");
        end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static struct doc *read_ours(struct bench *b, struct buf *copy)
{
    struct doc *doc = doc_read_steal(&b->env, &b->atoms, &b->limits, "flow.yaml", copy, &b->diags);
    if (!doc)
        fail("the text was not read");
    return doc;
}

static struct buf copy_text(struct bench *b)
{
    struct buf copy;
    buf_init(&copy, &b->env);
    buf_add(&copy, buf_str(&b->text));
    return copy;
}

static void nothing(void *context)
{
    (void) context;
}

static void read_and_keep(void *context)
{
    struct bench *b = context;
    struct buf copy = copy_text(b);
    read_ours(b, &copy);
}

int main(int argc, char **argv)
{
    static struct bench b = { .limits = LIMITS_DEFAULT };
    double ours[ROUNDS], theirs[ROUNDS];
    env_init(&b.env);
    atoms_init(&b.atoms, &b.env, NULL, 0);
    diags_init(&b.diags, &b.env);
    buf_init(&b.text, &b.env);
    make_text(&b, argc > 1 ? strtoul(argv[1], NULL, 10) : 20000000);
    double bytes = memory(nothing, read_and_keep, &b);
    for (int round = 0; round < ROUNDS; round++) {
        struct buf copy = copy_text(&b);
        double at = cpu_time();
        struct doc *doc = read_ours(&b, &copy);
        ours[round] = cpu_time() - at;
        doc_free(doc);
        at = cpu_time();
        read_theirs(&b);
        theirs[round] = cpu_time() - at;
    }
    double ratios[ROUNDS];
    for (int round = 0; round < ROUNDS; round++)
        ratios[round] = ours[round] / theirs[round];
    printf("%.2f MB of YAML: read in %.0f ms, libyaml's events alone %.0f ms: %.2f x\n",
           (double) b.text.len * 1e-6, median(ours, ROUNDS) * 1e3, median(theirs, ROUNDS) * 1e3,
           median(ratios, ROUNDS));
    printf("resident memory of the document, text included: %.2f x its bytes\n",
           bytes / (double) b.text.len);
    buf_release(&b.text);
    diags_release(&b.diags);
    atoms_release(&b.atoms);
    return 0;
}
