/* Menus: timeouts, words that are said, Previous Menu; and the flow's languages (domain.md section
 * 6). */
#include <string.h>
#include "engine/check/rules.h"
#include "engine/check/seen.h"

/* A literal duration below `owner`, else what it inherits. */
static int64_t duration_of(const struct flow *flow, node_id owner, const char *path,
                           int64_t inherited)
{
    node_id node = flow_field_node(flow, owner, path);
    struct form_value value = node ? flow_value_of(flow, node)
                                   : (struct form_value){ .form = FORM_ABSENT };
    int64_t ms;
    return value.form == FORM_LITERAL && flow_duration(flow, value.node, &ms) ? ms : inherited;
}

static void check_delay(struct checker *checker, node_id node, int64_t delay, int64_t timeout)
{
    struct buf texts[2];
    buf_init(&texts[0], checker->ws->env);
    buf_init(&texts[1], checker->ws->env);
    buf_addf(&texts[0], "%lld ms", (long long) delay);
    buf_addf(&texts[1], "%lld ms", (long long) timeout);
    report2(checker, DIAG_MENU_DELAY, node, buf_str(&texts[0]), buf_str(&texts[1]));
    buf_release(&texts[0]);
    buf_release(&texts[1]);
}

/* Of the flow's settings, and of each menu's over them. */
void rule_menu_delay(struct checker *checker, node_id node)
{
    enum { TIMEOUT = 10000, DELAY = 1000 }; /* documented defaults */
    const struct flow *flow = checker->flow;
    bool menu = flow_role(flow, node) == ROLE_MENU;
    if (!menu && !(node == flow->body && flow_type_info(flow->type)->flags & FLOW_HAS_MENUS))
        return;
    const char *timeout_path = "settingsMenu/menuSelectionTimeout";
    const char *delay_path = "settingsMenu/extensionDialingMaxDelay";
    int64_t timeout = duration_of(flow, flow->body, timeout_path, TIMEOUT);
    int64_t delay = duration_of(flow, flow->body, delay_path, DELAY);
    if (menu) {
        int64_t own_timeout = duration_of(flow, node, timeout_path, timeout);
        int64_t own_delay = duration_of(flow, node, delay_path, delay);
        if (own_timeout == timeout && own_delay == delay)
            return; /* told of the flow */
        timeout = own_timeout;
        delay = own_delay;
    }
    if (delay >= timeout)
        check_delay(checker, node, delay, timeout);
}

/* --- words --- */

static node_id terms_in(const struct flow *flow, node_id choice, struct str language)
{
    const struct doc *doc = flow->doc;
    node_id words = doc_member_named(doc, choice, STR("speechRecTerms"));
    node_id inside = words ? doc_member_named(doc, words, language) : 0;
    node_id terms = inside ? doc_member_named(doc, inside, STR("terms")) : 0;
    return terms ? doc_first(doc, terms) : 0;
}

static void check_terms(struct checker *checker, struct seen *seen, node_id choice,
                        struct str language)
{
    const struct flow *flow = checker->flow;
    const struct doc *doc = flow->doc;
    for (node_id at = terms_in(flow, choice, language); at; at = doc_next(doc, at)) {
        struct str term = doc_text(doc, at);
        char *kept = arena_alloc(&checker->arena, language.len + term.len + 2);
        memcpy(kept, language.ptr, language.len);
        kept[language.len] = ' ';
        memcpy(kept + language.len + 1, term.ptr, term.len);
        struct str key = { kept, language.len + term.len + 1 };
        node_id other = seen_before(seen, flow, key, choice);
        if (other && other != choice)
            report3(checker, DIAG_TERM_TWICE, choice, term, flow_name(flow, other),
                    flow_name(flow, choice));
    }
}

static void check_language(struct checker *checker, node_id choice, struct str language)
{
    const struct flow *flow = checker->flow;
    bool key = doc_text(flow->doc, doc_member(flow->doc, choice, ATOM_dtmf)).len > 0;
    if (!terms_in(flow, choice, language))
        report2(checker, key ? DIAG_TERMS_MISSING : DIAG_TERMS_MISSING_AT_ALL, choice,
                flow_name(flow, choice), language);
}

void rule_menu_terms(struct checker *checker, node_id menu)
{
    const struct flow *flow = checker->flow;
    const struct doc *doc = flow->doc;
    node_id languages = doc_member(doc, flow->body, ATOM_supportedLanguages);
    struct seen seen;
    if (flow_role(flow, menu) != ROLE_MENU && flow_role(flow, menu) != ROLE_CHOICE)
        return;
    seen_init(&seen, checker->ws->env);
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        node_id words = doc_member_named(doc, at, STR("speechRecTerms"));
        for (node_id in = words ? doc_first(doc, words) : 0; in; in = doc_next(doc, in))
            check_terms(checker, &seen, at, doc_key(doc, in));
        for (node_id in = words && languages ? doc_first(doc, languages) : 0; in;
             in = doc_next(doc, in))
            check_language(checker, at, doc_key(doc, in));
    }
    seen_release(&seen);
}

/* --- what leads back, and what leads nowhere --- */

void rule_previous_menu(struct checker *checker, node_id action)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, action);
    bool any = false;
    if (!info || strcmp(info->wraps ? info->wraps : info->key, "previousMenu") != 0)
        return;
    for (node_id at = flow_container_next(flow, 0); at && !any; at = flow_container_next(flow, at))
        any = flow_role(flow, at) == ROLE_MENU;
    node_id around = flow_container_of(flow, action);
    if (!any || (around == flow_start(flow) && flow_role(flow, around) == ROLE_TASK))
        report1(checker, DIAG_PREVIOUS_MENU_NONE, action, flow_name(flow, action));
}

/* A choice with a task of its own. */
void rule_choice_task(struct checker *checker, node_id choice)
{
    const struct flow *flow = checker->flow;
    const struct action_info *info = flow_action(flow, choice);
    if (!info || flow_role(flow, choice) != ROLE_CHOICE || strcmp(info->key, "menuTask") != 0)
        return;
    node_id list = flow_list(flow, (struct spot){ choice, 1 });
    node_id ref = flow_field_node(flow, choice, "targetTaskRef");
    bool jumps = ref && doc_text(flow->doc, ref).len > 0;
    if (!jumps && (!list || !flow_list_first(flow, list)))
        report1(checker, DIAG_CHOICE_EMPTY, choice, flow_name(flow, choice));
}

/* --- the flow's languages --- */

static bool has_region(struct str language)
{
    return str_find_char(language, '-') > 0 || str_find_char(language, '_') > 0;
}

void rule_languages(struct checker *checker, node_id body)
{
    const struct flow *flow = checker->flow;
    const struct doc *doc = flow->doc;
    node_id languages = doc_member(doc, body, ATOM_supportedLanguages);
    struct str chosen = doc_text(doc, doc_member(doc, body, ATOM_defaultLanguage));
    bool found = false;
    if (!languages || doc_kind(doc, languages) != NODE_OBJECT || flow->type == FLOW_OTHER)
        return;
    if (!doc_first(doc, languages))
        report0(checker, DIAG_LANGUAGE_NONE, body);
    for (node_id at = doc_first(doc, languages); at; at = doc_next(doc, at)) {
        found |= str_eq_nocase(doc_key(doc, at), chosen);
        if (!has_region(doc_key(doc, at)))
            report1(checker, DIAG_LANGUAGE_REGION, body, doc_key(doc, at));
    }
    if (flow->type == FLOW_COMMON_MODULE || !doc_first(doc, languages))
        return;
    if (chosen.len == 0)
        report0(checker, DIAG_LANGUAGE_NO_DEFAULT, body);
    else if (!found)
        report1(checker, DIAG_LANGUAGE_NOT_SUPPORTED, body, chosen);
}
