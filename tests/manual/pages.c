/* Pages of the manual that are made of the program's tables: pages NAME prints one. `make manual`
 * writes them to man/, tests/manual/run says when one is out of date. */
#include "tests/manual/pages.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/describe.h"

enum { WIDTH = 74 };

/* --- mdoc --- */

static bool ends_sentence(struct str word)
{
    struct str bare = word;
    while (bare.len && (bare.ptr[bare.len - 1] == ')' || bare.ptr[bare.len - 1] == '"'))
        bare.len--;
    return bare.len > 1 && strchr(".!?", bare.ptr[bare.len - 1]);
}

void page_word(struct buf *out, struct str word, bool first)
{
    if (first && word.len && (word.ptr[0] == '.' || word.ptr[0] == '\''))
        buf_add_text(out, "\\&");
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '\\')
            buf_add_text(out, "\\e");
        else
            buf_add_char(out, word.ptr[i]);
    }
}

void page_text(struct buf *out, const char *text)
{
    struct str rest = str_of(text);
    size_t column = 0;
    while (rest.len) {
        size_t len = 0;
        while (len < rest.len && rest.ptr[len] != ' ' && rest.ptr[len] != '\n')
            len++;
        struct str word = str_slice(rest, 0, len);
        bool paragraph = len < rest.len && rest.ptr[len] == '\n';
        rest = str_slice(rest, len < rest.len ? len + 1 : len, rest.len);
        if (column && column + 1 + len > WIDTH) {
            buf_add_char(out, '\n');
            column = 0;
        }
        if (column)
            buf_add_char(out, ' ');
        page_word(out, word, column == 0);
        column += len + (column > 0);
        if (ends_sentence(word) || paragraph) {
            buf_add_char(out, '\n');
            column = 0;
        }
        if (paragraph)
            buf_add_text(out, ".Pp\n");
    }
    if (column)
        buf_add_char(out, '\n');
}

/* An argument of a macro, in quotes where it has blanks. */
static void add_argument(struct buf *out, const char *text)
{
    const char *quote = strchr(text, ' ') ? "\"" : "";
    buf_addf(out, " %s", quote);
    page_word(out, str_of(text), true);
    buf_add_text(out, quote);
}

static void add_upper(struct buf *out, const char *text)
{
    for (; *text; text++)
        buf_add_char(out, (char) toupper((unsigned char) *text));
}

/* --- the actions --- */

static void add_field(struct buf *out, const struct field *field, const char *of)
{
    struct buf text;
    struct env env;
    env_init(&env);
    buf_init(&text, &env);
    buf_add_text(out, ".It Cm");
    add_argument(out, field->path);
    buf_add_char(out, '\n');
    buf_addf(&text, "%s%s: ", field->label, of);
    field_describe(field, &text);
    buf_add_text(&text, ".");
    page_text(out, text.ptr);
    page_text(out, field->help);
    buf_clear(&text);
    buf_addf(&text, "[%s]", field->source);
    page_text(out, text.ptr);
    for (const struct field *part = field->rows; part && part->path; part++)
        add_field(out, part, " of a row");
    buf_release(&text);
}

/* A choice's own fields are the same in all; those of what it wraps stand with that. */
static bool is_told_elsewhere(const struct action_info *info, const struct field *field)
{
    static const char *const common[] = { "name", "dtmf", "globalDtmf", "globalSpeechRecTerms" };
    bool choice = info->flags & ACTION_CHOICE;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (!strcmp(field->path, common[i]) && (i == 0 || choice))
            return true;
    }
    const struct action_info *wrapped = choice ? catalogue_find(str_of(info->wraps)) : NULL;
    return wrapped && !strcmp(wrapped->key, info->wraps) &&
           catalogue_field(wrapped, str_of(field->path));
}

static void add_fields(struct buf *out, const struct action_info *info)
{
    bool begun = false;
    for (const struct field *field = info->fields; field->path; field++) {
        if (is_told_elsewhere(info, field))
            continue;
        if (!begun)
            buf_add_text(out, ".Bl -tag -width Ds\n");
        begun = true;
        add_field(out, field, "");
    }
    if (begun)
        buf_add_text(out, ".El\n");
}

static void add_outputs(struct buf *out, const struct action_info *info)
{
    const char *between = "Outputs: ";
    struct buf text;
    struct env env;
    env_init(&env);
    buf_init(&text, &env);
    for (const struct output_info *output = info->outputs; output && output->id; output++) {
        buf_addf(&text, "%s%s (%s)", between, output->id, output->label);
        between = ", ";
    }
    if (text.len) {
        buf_add_text(&text, ".");
        page_text(out, text.ptr);
    }
    if (info->flags & ACTION_HAS_CASES)
        page_text(out, "Outputs: its cases by number, from 1, and default.");
    if (info->flags & ACTION_HAS_NAMES)
        page_text(out, "Others have names of their own.");
    if (info->flags & ACTION_HAS_PATHS)
        page_text(out, "The paths that the task names are outputs as well.");
    if (info->flags & ACTION_ENDS)
        page_text(out, "Ends its path: nothing behind it runs.");
    if (info->flags & ACTION_TRANSFER && !(info->flags & ACTION_CHOICE))
        page_text(out, "Success leaves the flow and is no output.");
    buf_release(&text);
}

static void add_action(struct buf *out, const struct action_info *info)
{
    struct buf where;
    struct env env;
    env_init(&env);
    buf_init(&where, &env);
    buf_add_text(out, ".Ss");
    add_argument(out, info->label);
    buf_addf(out, "\n.Cm %s\n.Pp\n", info->key);
    page_text(out, info->help);
    buf_add_text(&where, "In flows of the types ");
    flow_types_print(info->flow_types, &where);
    buf_add_text(&where, ".");
    page_text(out, where.ptr);
    add_outputs(out, info);
    if (info->flags & ACTION_CHOICE && catalogue_find(str_of(info->wraps)) &&
        !strcmp(catalogue_find(str_of(info->wraps))->key, info->wraps)) {
        buf_addf(out, "Its fields are those of\n.Cm %s .\n", info->wraps);
    }
    buf_clear(&where);
    buf_addf(&where, "[%s]", info->source);
    page_text(out, where.ptr);
    add_fields(out, info);
    buf_release(&where);
}

static bool is_first_of_category(size_t index, bool choice)
{
    for (size_t i = 0; i < index; i++) {
        const struct action_info *info = catalogue_action(i);
        if (!strcmp(info->category, catalogue_action(index)->category) &&
            ((info->flags & ACTION_CHOICE) != 0) == choice)
            return false;
    }
    return true;
}

static const char actions_intro[] =
    "Actions stand in lists, menu choices in menus.\n"
    "Each is an object with one member: its kind.\n"
    "The first field of all is\n"
    ".Cm name ,\n"
    "a name of its own of at most 200 characters.\n"
    "Fields are given by their paths; * is the only member of an object.\n"
    "How values are written is in\n"
    ".Xr postflow-flow 5 ,\n"
    "expressions included.\n"
    "In brackets stands what is documented by the product, and what is assumed\n"
    "where it is not.\n"
    "Other kinds are kept, shown as unknown and step on by their outputs.\n"
    ".Pp\n"
    "The same is shown by\n"
    ".Dl postflow actions KIND\n"
    "and for one field by\n"
    ".Dl postflow explain KIND.FIELD\n";
static const char choices_intro[] =
    "Menus hold choices.\n"
    "They have no outputs; a transfer that fails plays the menu again.\n"
    "All of them have these fields:\n"
    ".Bl -tag -width Ds\n";

static void print_actions(struct buf *out)
{
    buf_add_text(out, ".Dd November 24, 2026\n.Dt POSTFLOW-ACTIONS 7\n.Os\n.Sh NAME\n"
                      ".Nm postflow-actions\n.Nd the actions and menu choices of voice flows\n"
                      ".Sh DESCRIPTION\n");
    buf_add_text(out, actions_intro);
    for (size_t i = 0; i < catalogue_count(); i++) {
        const char *category = catalogue_action(i)->category;
        if (catalogue_action(i)->flags & ACTION_CHOICE || !is_first_of_category(i, false))
            continue;
        buf_add_text(out, ".Sh ");
        add_upper(out, category);
        buf_add_char(out, '\n');
        for (size_t k = i; k < catalogue_count(); k++) {
            const struct action_info *info = catalogue_action(k);
            if (!strcmp(info->category, category) && !(info->flags & ACTION_CHOICE))
                add_action(out, info);
        }
    }
    buf_add_text(out, ".Sh MENU CHOICES\n");
    buf_add_text(out, choices_intro);
    const struct action_info *plain = catalogue_find(STR("menuDisconnect"));
    for (const struct field *field = plain->fields + 1; field->path; field++)
        add_field(out, field, "");
    buf_add_text(out, ".El\n");
    for (size_t i = 0; i < catalogue_count(); i++) {
        if (catalogue_action(i)->flags & ACTION_CHOICE)
            add_action(out, catalogue_action(i));
    }
    buf_add_text(out, ".Sh SEE ALSO\n.Xr postflow 1 ,\n.Xr postflow-flow 5 ,\n"
                      ".Xr postflow-workspace 5\n");
}

static const struct {
    const char *name;
    void (*print)(struct buf *out);
} pages[] = {
    { "actions", print_actions },
    { "expr", page_expr },
    { "rules", page_rules },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(argv[1], pages[i].name))
            continue;
        struct env env;
        struct buf out;
        env_init(&env);
        buf_init(&out, &env);
        pages[i].print(&out);
        bool fine = fwrite(out.ptr, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
        buf_release(&out);
        return !fine;
    }
    fputs("usage: pages NAME, of", stderr);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        fprintf(stderr, " %s", pages[i].name);
    fputs("\n", stderr);
    return 2;
}
