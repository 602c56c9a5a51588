#include "tests/bench/gen.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { DEEPEST = 12, ACTIONS_A_TASK = 40 };

struct gen {
    FILE *out;
    uint64_t state;
    size_t left, made;
};

static const char *const things[] = { "queue",   "greeting", "menu",     "caller",
                                      "account", "survey",   "callback", "holiday",
                                      "balance", "language", "billing",  "priority" };
static const char *const verbs[] = { "Check",  "Play",    "Route",   "Set",      "Collect",
                                     "Update", "Confirm", "Look up", "Announce", "Retry" };

static unsigned pick(struct gen *g, unsigned below)
{
    g->state ^= g->state << 13;
    g->state ^= g->state >> 7;
    g->state ^= g->state << 17;
    return (unsigned) (g->state >> 32) % below;
}

static const char *thing(struct gen *g)
{
    return things[pick(g, sizeof(things) / sizeof(*things))];
}

static void list(struct gen *g, unsigned depth, size_t count);

static void output(struct gen *g, const char *id, unsigned depth, bool last)
{
    fprintf(g->out, "\"%s\":{\"actions\":", id);
    list(g, depth + 1, depth < 2 ? 1 + pick(g, 4) : pick(g, 3));
    fputs(last ? "}" : "},", g->out);
}

/* The start every action has: its type and name. */
static void start(struct gen *g, const char *type)
{
    fprintf(g->out, "{\"%s\":{\"name\":\"%s %s %zu\",\"refId\":\"a%07zu\"", type,
            verbs[pick(g, sizeof(verbs) / sizeof(*verbs))], thing(g), g->made, g->made);
}

static void update_data(struct gen *g)
{
    start(g, "updateData");
    fprintf(g->out,
            ",\"description\":\"Assign the value used by the next decision\",\"statements\":["
            "{\"string\":{\"variable\":\"Flow.%s%u\",\"value\":"
            "{\"exp\":\"Append(\\\"%s\\\", ToString(Flow.count + %u))\"}}}]}}",
            thing(g), pick(g, 9), thing(g), pick(g, 99));
}

static void play_audio(struct gen *g)
{
    start(g, "playAudio");
    fprintf(g->out,
            ",\"audio\":{\"alternateSequences\":{\"en-us\":{\"prompt\":\"Prompt.%s_%u\"},"
            "\"de-de\":{\"tts\":\"Thank you for calling. Please stay on the line.\"}}},"
            "\"bargeIn\":{\"lit\":%s}}}",
            thing(g), pick(g, 1000), pick(g, 2) ? "true" : "false");
}

static void transfer(struct gen *g)
{
    start(g, "transferToAcd");
    fprintf(g->out,
            ",\"targetQueue\":{\"lit\":{\"name\":\"%s support %u\"}},\"preTransferAudio\":"
            "{\"tts\":\"Please hold\"},\"priority\":{\"lit\":%u},\"languageSkill\":"
            "{\"noValue\":true},\"outputs\":{\"failure\":{\"actions\":[]}}}}",
            thing(g), pick(g, 50), pick(g, 1000));
}

static void set_post_flow(struct gen *g)
{
    start(g, "setPostFlow");
    fprintf(g->out,
            ",\"target\":{\"lit\":\"caller\"},\"actionType\":{\"lit\":\"inboundCallFlow\"},"
            "\"targetFlow\":{\"name\":\"After call %s\"},\"invocationData\":{\"lit\":"
            "{\"line\":\"main\",\"priority\":%u.%u}}}}",
            thing(g), pick(g, 100), pick(g, 10));
}

static void disconnect(struct gen *g)
{
    start(g, "disconnect");
    fputs(",\"description\":\"Ends the call after the final announcement\"}}", g->out);
}

static void decision(struct gen *g, unsigned depth)
{
    start(g, "decision");
    fprintf(g->out,
            ",\"condition\":{\"exp\":\"Length(Call.Ani) > %u and Flow.count + 1 >= %u and Flow.%s "
            "!= \\\"\\\"\"},\"outputs\":{",
            pick(g, 12), pick(g, 5), thing(g));
    output(g, "yes", depth, false);
    output(g, "no", depth, true);
    fputs("}}}", g->out);
}

static void collect_input(struct gen *g, unsigned depth)
{
    start(g, "collectInput");
    fprintf(g->out,
            ",\"inputData\":{\"var\":\"Task.digits\"},\"digits\":{\"exact\":%u},"
            "\"interDigitTimeout\":{\"lit\":{\"seconds\":%u}},\"noEntryTimeout\":{\"lit\":"
            "{\"seconds\":%u}},\"inputAudio\":{\"tts\":\"Enter your number\"},\"outputs\":{",
            1 + pick(g, 10), 1 + pick(g, 9), 1 + pick(g, 20));
    output(g, "success", depth, false);
    output(g, "failure", depth, true);
    fputs("}}}", g->out);
}

static void loop(struct gen *g, unsigned depth)
{
    start(g, "loop");
    fprintf(g->out,
            ",\"currentIndex\":{\"var\":\"Task.i\"},\"loopCount\":{\"lit\":%u},\"outputs\":{",
            1 + pick(g, 9));
    output(g, "loop", depth, true);
    fputs("}}}", g->out);
}

static void action(struct gen *g, unsigned depth)
{
    unsigned kind = pick(g, 100);
    g->left--;
    g->made++;
    if (depth < DEEPEST && kind < 16)
        decision(g, depth);
    else if (depth < DEEPEST && kind < 24)
        collect_input(g, depth);
    else if (depth < DEEPEST && kind < 30)
        loop(g, depth);
    else if (kind < 55)
        update_data(g);
    else if (kind < 78)
        play_audio(g);
    else if (kind < 90)
        transfer(g);
    else if (kind < 96)
        set_post_flow(g);
    else
        disconnect(g);
}

static void list(struct gen *g, unsigned depth, size_t count)
{
    fputc('[', g->out);
    for (size_t i = 0; i < count && g->left; i++) {
        if (i)
            fputc(',', g->out);
        action(g, depth);
    }
    fputc(']', g->out);
}

static void tasks(struct gen *g)
{
    for (unsigned number = 1; g->left; number++) {
        fprintf(g->out, "%s{\"task\":{\"name\":\"Task %u\",\"refId\":\"Task %u_10\",\"actions\":",
                number > 1 ? "," : "", number, number);
        list(g, 0, ACTIONS_A_TASK);
        fputs("}}", g->out);
    }
}

char *gen_flow(size_t actions, unsigned seed, size_t *len)
{
    char *text = NULL;
    struct gen g = { .out = open_memstream(&text, len),
                     .left = actions,
                     .state = 88172645463325252u ^ seed * (uint64_t) 0x9E3779B97F4A7C15u };
    if (!g.out)
        return NULL;
    fputs("{\"inboundCall\":{\"name\":\"Generated\",\"division\":\"Home\",\"startUpRef\":"
          "\"/inboundCall/tasks/task[Task 1_10]\",\"defaultLanguage\":\"en-us\",\"tasks\":[",
          g.out);
    tasks(&g);
    fputs("]}}\n", g.out);
    if (fclose(g.out)) /* releases nothing that `text` needs */
        return NULL;
    return text;
}
