#include "engine/explore/coverage.h"

#include <stdlib.h>
#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/path.h"
#include "engine/flow/query.h"

/* Counts by key. Keys of actions and outputs are the flow's type and name and the path; those of
 * moments are what people read of them. */
struct entry {
    struct str key;
    size_t count;
};
struct coverage {
    struct env *env;
    struct arena arena;
    struct entry *entries; /* in the order in which they came */
    size_t count, capacity;
    uint32_t *table; /* open addressing: index + 1 */
    size_t table_size;
};

enum { KEY_PLACE = 'p', KEY_MOMENT = 'm' };

struct coverage *coverage_new(struct env *env)
{
    struct coverage *coverage = mem_zalloc(env, sizeof *coverage);
    coverage->env = env;
    arena_init(&coverage->arena, env);
    return coverage;
}

void coverage_free(struct coverage *coverage)
{
    if (!coverage)
        return;
    arena_release(&coverage->arena);
    mem_free(coverage->env, coverage->entries);
    mem_free(coverage->env, coverage->table);
    mem_free(coverage->env, coverage);
}

static size_t place_of_key(const struct coverage *coverage, struct str key)
{
    size_t mask = coverage->table_size - 1, at = str_hash(key) & mask;
    while (coverage->table[at] && !str_eq(coverage->entries[coverage->table[at] - 1].key, key))
        at = (at + 1) & mask;
    return at;
}

static void grow(struct coverage *coverage)
{
    mem_free(coverage->env, coverage->table);
    coverage->table_size = coverage->table_size ? coverage->table_size * 2 : 256;
    coverage->table =
        mem_zalloc(coverage->env, coverage->table_size * sizeof *coverage->table);
    for (size_t i = 0; i < coverage->count; i++)
        coverage->table[place_of_key(coverage, coverage->entries[i].key)] = (uint32_t) i + 1;
}

static void add(struct coverage *coverage, struct str key, size_t times)
{
    if (coverage->count * 2 >= coverage->table_size)
        grow(coverage);
    size_t at = place_of_key(coverage, key);
    if (!coverage->table[at]) {
        coverage->entries = mem_grow(coverage->env, coverage->entries, &coverage->capacity,
                                     coverage->count + 1, sizeof *coverage->entries);
        coverage->entries[coverage->count++] =
            (struct entry){ { arena_text(&coverage->arena, key.ptr, key.len), key.len }, 0 };
        coverage->table[at] = (uint32_t) coverage->count;
    }
    coverage->entries[coverage->table[at] - 1].count += times;
}

static size_t times(const struct coverage *coverage, struct str key)
{
    uint32_t at = coverage->table_size ? coverage->table[place_of_key(coverage, key)] : 0;
    return at ? coverage->entries[at - 1].count : 0;
}

/* --- what calls do */

/* `memo`: of this flow alone; NULL: none. */
static void place_key(const struct flow *flow, struct spot spot, struct path_memo *memo,
                      struct buf *out)
{
    buf_clear(out);
    buf_addf(out, "%c%s", KEY_PLACE, flow_type_info(flow->type)->key);
    buf_add_char(out, '\0');
    buf_add(out, flow_title(flow));
    buf_add_char(out, '\0');
    if (memo)
        path_print_next(flow, spot, memo, out);
    else
        path_print(flow, spot, out);
}

/* The last action that began, whoever runs by now. */
static void add_where(struct call *call, struct buf *out)
{
    size_t count;
    const struct event *events = call_events(call, &count);
    while (count > 0 && events[count - 1].kind != EVENT_ACTION)
        count--;
    if (count == 0)
        buf_add_text(out, "the beginning");
    else
        path_print_whole(call_flow(call, events[count - 1].flow),
                         (struct spot){ events[count - 1].node, 0 }, out);
}

static bool has_agent(struct call *call)
{
    unsigned count;
    const struct party *parties = call_parties(call, &count);
    bool found = false;
    for (unsigned i = 0; i < count; i++)
        found |= parties[i].role == PARTY_AS_CALLEE && parties[i].status == PARTY_CONNECTED;
    return found;
}

/* Behind the place: whether two talk, and who hangs up. */
static void add_hangup(bool connected, enum who who, struct buf *out)
{
    static const char *const words[] = { [WHO_AGENT] = "the agent hangs up",
                                         [WHO_CALLER] = "the caller hangs up",
                                         [WHO_EXTERNAL] = "the other side hangs up",
                                         [WHO_SYSTEM] = "the system ends it" };
    buf_addf(out, "%s: %s", connected ? ", connected" : "", words[who]);
}

static void moment_key(struct call *call, enum who who, struct buf *out)
{
    buf_clear(out);
    buf_add_char(out, KEY_MOMENT);
    add_where(call, out);
    add_hangup(has_agent(call), who, out);
}

void coverage_moment(struct coverage *coverage, struct call *call)
{
    struct choices choices = { .count = 0 };
    struct buf key;
    if (call_phase(call) == PHASE_ENDED)
        return;
    arena_init(&choices.arena, coverage->env);
    buf_init(&key, coverage->env);
    call_choices(call, &choices);
    for (size_t i = 0; i < choices.count; i++) {
        const struct stimulus *stimulus = &choices.items[i].stimulus;
        if (stimulus->kind != STIMULUS_HANGUP || stimulus->who == WHO_SYSTEM)
            continue;
        moment_key(call, stimulus->who, &key);
        add(coverage, buf_str(&key), 0);
    }
    buf_release(&key);
    arena_release(&choices.arena);
}

void coverage_hangup(struct coverage *coverage, struct call *call, const struct stimulus *stimulus)
{
    struct buf key;
    if (stimulus->kind != STIMULUS_HANGUP || stimulus->who == WHO_SYSTEM)
        return;
    buf_init(&key, coverage->env);
    moment_key(call, stimulus->who, &key);
    add(coverage, buf_str(&key), 1);
    buf_release(&key);
}

void coverage_call(struct coverage *coverage, struct call *call)
{
    struct buf key;
    size_t count;
    const struct event *events = call_events(call, &count);
    buf_init(&key, coverage->env);
    for (size_t i = 0; i < count; i++) {
        bool output = events[i].kind == EVENT_OUTPUT;
        if (!output && events[i].kind != EVENT_ACTION)
            continue;
        struct spot spot = { events[i].node, output ? events[i].output : 0 };
        place_key(call_flow(call, events[i].flow), spot, NULL, &key);
        add(coverage, buf_str(&key), 1);
    }
    buf_release(&key);
}

/* --- what is known of a place */

static struct str path_in_key(const struct buf *key)
{
    size_t from = key->len;
    while (from > 0 && key->ptr[from - 1] != '\0')
        from--;
    return str_slice(buf_str(key), from, key->len);
}

/* Where several moments are at one action, one that nobody tried counts. */
static enum covered_hangup hangup_at(const struct coverage *coverage, enum who who,
                                     struct buf *moment)
{
    enum covered_hangup found = HANGUP_NOT_MET;
    size_t place = moment->len;
    for (int connected = 0; connected <= 1 && coverage->table_size; connected++) {
        add_hangup(connected, who, moment);
        uint32_t at = coverage->table[place_of_key(coverage, buf_str(moment))];
        buf_truncate(moment, place);
        if (at && coverage->entries[at - 1].count == 0)
            return HANGUP_NOT_TRIED;
        found = at ? HANGUP_TRIED : found;
    }
    return found;
}

void coverage_at(const struct coverage *coverage, const struct flow *flow, struct spot spot,
                 struct path_memo *memo, struct covered *out)
{
    struct buf key, moment;
    buf_init(&key, coverage->env);
    buf_init(&moment, coverage->env);
    place_key(flow, spot, memo, &key);
    *out = (struct covered){ .times = times(coverage, buf_str(&key)) };
    if (spot.output == 0) {
        buf_addf(&moment, "%c%.*s::", KEY_MOMENT, STR_ARG(flow_title(flow)));
        buf_add(&moment, path_in_key(&key));
        out->caller = hangup_at(coverage, WHO_CALLER, &moment);
        out->other = hangup_at(coverage, WHO_AGENT, &moment);
        if (out->other != HANGUP_NOT_TRIED) {
            enum covered_hangup external = hangup_at(coverage, WHO_EXTERNAL, &moment);
            out->other = external == HANGUP_NOT_MET ? out->other : external;
        }
    }
    buf_release(&moment);
    buf_release(&key);
}

/* --- as text: "LENGTH COUNT KEY" a line */

void coverage_write(const struct coverage *coverage, struct buf *out)
{
    for (size_t i = 0; i < coverage->count; i++) {
        const struct entry *entry = &coverage->entries[i];
        buf_addf(out, "%zu %zu ", entry->key.len, entry->count);
        buf_add(out, entry->key);
        buf_add_char(out, '\n');
    }
}

static bool take_number(struct str *text, int64_t *out)
{
    ptrdiff_t at = str_find_char(*text, ' ');
    if (at < 0 || !str_to_int(str_slice(*text, 0, (size_t) at), out) || *out < 0)
        return false;
    *text = str_slice(*text, (size_t) at + 1, text->len);
    return true;
}

bool coverage_read(struct coverage *coverage, struct str text)
{
    while (text.len > 0) {
        int64_t len, count;
        if (!take_number(&text, &len) || !take_number(&text, &count) ||
            (uint64_t) len >= text.len || text.ptr[len] != '\n')
            return false;
        add(coverage, str_slice(text, 0, (size_t) len), (size_t) count);
        text = str_slice(text, (size_t) len + 1, text.len);
    }
    return true;
}

/* --- the report */

struct tally {
    size_t reached, total;
};
struct report {
    const struct coverage *coverage;
    enum coverage_format format;
    struct flow *flow;
    struct path_memo memo;
    struct buf key;
    struct tally actions, outputs; /* of this flow */
    struct buf unreached, untaken; /* lines, items or records */
};

static void add_missed(struct report *report, struct buf *list, const char *why, node_id action)
{
    struct str path = path_in_key(&report->key);
    if (report->format == COVERAGE_JSON) {
        buf_add_text(list, list->len ? "," : "");
        json_add_text(list, path, true);
    } else if (report->format == COVERAGE_TEXT) {
        buf_addf(list, "  %s %.*s", why, STR_ARG(path));
        buf_addf(list, "  %.*s\n", STR_ARG(flow_name(report->flow, action)));
    }
}

static unsigned line_of(const struct flow *flow, node_id node)
{
    struct place place = { .line = 0 };
    doc_place(flow->doc, node, &place);
    return place.line;
}

static size_t count_spot(struct report *report, struct spot spot, struct tally *tally)
{
    place_key(report->flow, spot, &report->memo, &report->key);
    size_t count = times(report->coverage, buf_str(&report->key));
    tally->total++;
    tally->reached += count > 0;
    return count;
}

static bool visit(void *context, node_id action, unsigned depth)
{
    struct report *report = context;
    unsigned line = line_of(report->flow, action);
    size_t count = count_spot(report, (struct spot){ action, 0 }, &report->actions);
    (void) depth;
    if (report->format == COVERAGE_LCOV)
        buf_addf(&report->unreached, "DA:%u,%zu\n", line, count);
    else if (count == 0)
        add_missed(report, &report->unreached, "not reached", action);
    unsigned outputs = flow_output_count(report->flow, action);
    for (unsigned i = 1; i <= outputs; i++) {
        size_t taken = count_spot(report, (struct spot){ action, (uint16_t) i }, &report->outputs);
        if (report->format == COVERAGE_LCOV && count == 0)
            buf_addf(&report->untaken, "BRDA:%u,0,%u,-\n", line, i);
        else if (report->format == COVERAGE_LCOV)
            buf_addf(&report->untaken, "BRDA:%u,0,%u,%zu\n", line, i, taken);
        else if (taken == 0 && count > 0)
            add_missed(report, &report->untaken, "not taken  ", action);
    }
    return true;
}

static void add_flow(struct report *report, const char *path, bool first, struct buf *out)
{
    const struct tally *actions = &report->actions, *outputs = &report->outputs;
    switch (report->format) {
    case COVERAGE_TEXT:
        buf_addf(out, "%s: %.*s: actions %zu of %zu, outputs %zu of %zu\n", path,
                 STR_ARG(flow_title(report->flow)), actions->reached, actions->total,
                 outputs->reached, outputs->total);
        buf_add(out, buf_str(&report->unreached));
        buf_add(out, buf_str(&report->untaken));
        break;
    case COVERAGE_JSON:
        buf_add_text(out, first ? "{\"file\":" : ",{\"file\":");
        json_add_text(out, str_of(path), true);
        buf_add_text(out, ",\"flow\":");
        json_add_text(out, flow_title(report->flow), true);
        buf_addf(out, ",\"actions\":%zu,\"reached\":%zu,\"outputs\":%zu,\"taken\":%zu",
                 actions->total, actions->reached, outputs->total, outputs->reached);
        buf_addf(out, ",\"unreached\":[%.*s]", STR_ARG(buf_str(&report->unreached)));
        buf_addf(out, ",\"untaken\":[%.*s]}", STR_ARG(buf_str(&report->untaken)));
        break;
    case COVERAGE_LCOV:
        buf_addf(out, "SF:%s\n", path);
        buf_add(out, buf_str(&report->unreached));
        buf_addf(out, "LF:%zu\nLH:%zu\n", actions->total, actions->reached);
        buf_add(out, buf_str(&report->untaken));
        buf_addf(out, "BRF:%zu\nBRH:%zu\nend_of_record\n", outputs->total, outputs->reached);
        break;
    }
}

static unsigned percent(struct tally tally)
{
    return tally.total ? (unsigned) (tally.reached * 100 / tally.total) : 100;
}

static int by_key(const void *a, const void *b)
{
    return str_compare(((const struct entry *) a)->key, ((const struct entry *) b)->key);
}

/* In an order that does not depend on who came across them first. */
static struct entry *sorted_moments(const struct coverage *coverage, size_t *count)
{
    struct entry *moments =
        mem_zalloc(coverage->env, (coverage->count + 1) * sizeof *moments);
    *count = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        if (coverage->entries[i].key.ptr[0] == KEY_MOMENT)
            moments[(*count)++] = coverage->entries[i];
    }
    qsort(moments, *count, sizeof *moments, by_key);
    return moments;
}

static struct tally add_moments(const struct report *report, struct buf *out)
{
    struct tally tally = { 0, 0 };
    size_t count;
    struct entry *moments = sorted_moments(report->coverage, &count);
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = &moments[i];
        struct str words = str_slice(entry->key, 1, entry->key.len);
        tally.total++;
        tally.reached += entry->count > 0;
        if (entry->count > 0)
            continue;
        if (report->format == COVERAGE_TEXT)
            buf_addf(out, "  not tried   %.*s\n", STR_ARG(words));
        if (report->format == COVERAGE_JSON) {
            buf_add_text(out, out->len ? "," : "");
            json_add_text(out, words, true);
        }
    }
    mem_free(report->coverage->env, moments);
    return tally;
}

static void add_whole(const struct report *report, struct tally actions, struct tally outputs,
                      struct str flows, struct buf *out)
{
    struct buf moments;
    buf_init(&moments, report->coverage->env);
    struct tally hangups = add_moments(report, &moments);
    if (report->format == COVERAGE_JSON) {
        buf_addf(out, "{\"actions\":%zu,\"reached\":%zu,\"outputs\":%zu,\"taken\":%zu",
                 actions.total, actions.reached, outputs.total, outputs.reached);
        buf_addf(out, ",\"hangups\":%zu,\"tried\":%zu,\"flows\":[%.*s]", hangups.total,
                 hangups.reached, STR_ARG(flows));
        buf_addf(out, ",\"untried\":[%.*s]}\n", STR_ARG(buf_str(&moments)));
    } else {
        buf_add(out, flows);
    }
    if (report->format == COVERAGE_TEXT) {
        buf_addf(out, "hang-ups: %zu of %zu\n", hangups.reached, hangups.total);
        buf_add(out, buf_str(&moments));
        buf_addf(out, "actions %u %%, outputs %u %%, hang-ups %u %%\n", percent(actions),
                 percent(outputs), percent(hangups));
    }
    buf_release(&moments);
}

void coverage_report(const struct coverage *coverage, struct workspace *ws,
                     enum coverage_format format, struct buf *out)
{
    struct report report = { .coverage = coverage, .format = format };
    struct tally actions = { 0, 0 }, outputs = { 0, 0 };
    struct buf flows;
    buf_init(&report.key, coverage->env);
    buf_init(&report.unreached, coverage->env);
    buf_init(&report.untaken, coverage->env);
    buf_init(&flows, coverage->env);
    for (size_t i = 0; i < ws->count; i++) {
        report.flow = workspace_flow(ws->files[i]);
        if (!report.flow || report.flow->type == FLOW_OTHER)
            continue;
        report.actions = report.outputs = (struct tally){ 0, 0 };
        buf_clear(&report.unreached);
        buf_clear(&report.untaken);
        flow_each_action(report.flow, visit, &report);
        add_flow(&report, ws->files[i]->path, flows.len == 0, &flows);
        actions.reached += report.actions.reached;
        actions.total += report.actions.total;
        outputs.reached += report.outputs.reached;
        outputs.total += report.outputs.total;
        path_memo_release(&report.memo);
        report.memo = (struct path_memo){ .env = NULL };
    }
    add_whole(&report, actions, outputs, buf_str(&flows), out);
    buf_release(&report.key);
    buf_release(&report.unreached);
    buf_release(&report.untaken);
    buf_release(&flows);
}
