#include "tui/cli/cli.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>
#include "engine/base/file.h"
#include "engine/base/utf8.h"
#include "tui/line/print.h"

static const struct cli_command commands[] = {
    { "check",
      "FILE or FOLDER...",
      "problems of flows, a line each",
      { { "--format", OPTION_VALUE, "text|json", "text (file:line:col) or one JSON object a line" },
        { "--severity", OPTION_VALUE, "error|warning|info", "nothing that weighs less is told" },
        { "--strict", OPTION_FLAG, NULL, "warnings count as problems" },
        { "--set", OPTION_REPEATED, NULL, "name=VALUE: what a {{name}} of a flow stands for" },
        { "--options", OPTION_VALUE, NULL, "a file of such names and values, YAML or JSON" } },
      1,
      SIZE_MAX,
      cli_check },
    { "test",
      "FILE or FOLDER...",
      "run scenarios",
      { { "--format", OPTION_VALUE, "tap|text|json|junit",
          "TAP, failures alone, one JSON object a scenario, JUnit XML" },
        { "--trace", OPTION_FLAG, NULL, "print each call's events, one JSON object a line" },
        { "--filter", OPTION_VALUE, NULL, "only those with this in their title or path" },
        { "--shard", OPTION_VALUE, NULL, "I/N: the I-th of N parts" },
        { "--jobs", OPTION_VALUE, NULL, "so many processes; as many as there are cores" },
        { "--fail-fast", OPTION_FLAG, NULL, "stop at the first that fails" },
        { "--record", OPTION_FLAG, NULL, "write what is seen into scenarios that expect nothing" },
        { "--update", OPTION_FLAG, NULL, "and into those that expect something else" },
        { "--coverage", OPTION_VALUE, "text|json|lcov",
          "what was reached, taken and tried, behind the results" },
        { "--set", OPTION_REPEATED, NULL, "name=VALUE: what a {{name}} of a flow stands for" },
        { "--options", OPTION_VALUE, NULL, "a file of such names and values, YAML or JSON" } },
      1,
      SIZE_MAX,
      cli_test },
    { "sim",
      "FILE",
      "step through a call of a flow, or of a scenario, by commands",
      { { 0 } },
      1,
      1,
      cli_sim },
    { "export",
      "FILE",
      "write a flow elsewhere",
      { { "--to", OPTION_VALUE, "json|yaml|dot|mermaid|markdown",
          "the syntax to write; all but json are pictures of the flow" },
        { "--bundle", OPTION_FLAG, NULL, "with everything that the flow reaches" },
        { "--output", OPTION_VALUE, NULL, "the file to write; it must not exist" },
        { "-o", OPTION_VALUE, NULL, "the same" } },
      1,
      1,
      cli_export },
    { "import",
      "FILE",
      "a flow from Archy YAML or an export of Architect (.i3*); the files of a bundle",
      { { "-o", OPTION_VALUE, NULL, "the file to write; it must not exist; a bundle's folder" } },
      1,
      1,
      cli_import },
    { "fmt",
      "FILE...",
      "canonical text to standard output",
      { { "-w", OPTION_FLAG, NULL, "rewrite the files" },
        { "--check", OPTION_FLAG, NULL, "only tell which are not canonical" } },
      1,
      SIZE_MAX,
      cli_fmt },
    { "new", "TYPE NAME", "a new flow file from a template", { { 0 } }, 2, 2, cli_new },
    { "actions",
      "[KIND]",
      "the catalogue of actions, or all about one",
      { { "--in", OPTION_VALUE, NULL, "only those allowed in this type of flow" } },
      0,
      1,
      cli_actions },
    { "uses",
      "NAME [FILE or FOLDER]...",
      "where a flow, task, variable, queue ... is used",
      { { "--missing", OPTION_FLAG, NULL, "no NAME: what is mentioned and is not there" },
        { "--format", OPTION_VALUE, "text|json", "text (file:line:col), or JSON, a line each" } },
      0,
      SIZE_MAX,
      cli_uses },
    { "eval",
      "[EXPRESSION]",
      "evaluate an expression",
      { { "--set", OPTION_REPEATED, NULL, "Scope.name=VALUE: a variable that it may use" },
        { "--type", OPTION_FLAG, NULL, "the type of its result alone" },
        { "--canonical", OPTION_FLAG, NULL, "its canonical text, without evaluating" },
        { "--format", OPTION_VALUE, "text|json", "text, or an object with type and value" },
        { "-f", OPTION_VALUE, NULL, "a file with an expression a line; !error for a wrong one" } },
      0,
      1,
      cli_eval },
    { "explain", "CODE", "what a diagnostic, action or field means", { { 0 } }, 1, 1, cli_explain },
};

const struct cli_command *cli_commands(size_t *count)
{
    *count = sizeof commands / sizeof *commands;
    return commands;
}

const struct cli_command *cli_find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    }
    return NULL;
}

void cli_print(FILE *stream, struct str text)
{
    print_shown(stream, text);
}

bool cli_write(struct str text)
{
    size_t written = text.len > 0 ? fwrite(text.ptr, 1, text.len, stdout) : 0;
    return written == text.len && fflush(stdout) == 0;
}

bool cli_save(struct cli *cli, const char *path, struct str text, struct file_stamp *stamp)
{
    struct diags diags;
    diags_init(&diags, &cli->env);
    enum file_save saved = file_save(&cli->env, path, text, stamp, false, &diags);
    cli_print_diags(stderr, &diags);
    if (saved == FILE_CHANGED && diags.count == 0)
        cli_complain("%s was changed by somebody else meanwhile; try again", path);
    diags_release(&diags);
    return saved == FILE_SAVED;
}

void cli_complain(const char *format, ...)
{
    struct env env;
    struct buf text;
    char line[2048];
    va_list list;
    va_start(list, format);
    vsnprintf(line, sizeof line, format, list);
    va_end(list);
    env_init(&env);
    buf_init(&text, &env);
    buf_addf(&text, "postflow: %s\n", line);
    cli_print(stderr, buf_str(&text));
    buf_release(&text);
}

static const char *severity_word(enum severity severity)
{
    static const char *const words[] = { "error", "warning", "info" };
    return words[severity];
}

void cli_print_diag(FILE *stream, const struct diag *diag)
{
    struct env env;
    struct buf line;
    env_init(&env);
    buf_init(&line, &env);
    if (diag->place.file.len > 0) {
        buf_add(&line, diag->place.file);
        if (diag->place.line > 0)
            buf_addf(&line, ":%u:%u", (unsigned) diag->place.line, (unsigned) diag->place.column);
        buf_add_text(&line, ": ");
    }
    buf_addf(&line, "%s: ", severity_word(diag_severity(diag->code)));
    diag_render(&line, diag, NULL);
    buf_addf(&line, " [%s]", diag_info(diag->code)->code);
    struct buf shown;
    buf_init(&shown, &env);
    buf_add_shown(&shown, buf_str(&line), false);
    buf_add_char(&shown, '\n');
    fwrite(shown.ptr, 1, shown.len, stream);
    buf_release(&shown);
    buf_release(&line);
}

void cli_print_diags(FILE *stream, const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        cli_print_diag(stream, &diags->items[i]);
}

void cli_help(FILE *stream)
{
    fputs("usage: postflow [FILE or FOLDER]         the designer\n"
          "       postflow --script FILE [PATH]     play keys and commands, print screens\n"
          "       postflow COMMAND ...\n\n",
          stream);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const struct cli_command *command = &commands[i];
        fprintf(stream, "  %-8s %-20s %s\n", command->name, command->arguments, command->note);
        for (const struct cli_option *option = command->options; option->name; option++)
            fprintf(stream, "           %-10s %-9s %s\n", option->name,
                    option->choices                ? option->choices
                    : option->kind != OPTION_FLAG ? "TEXT"
                                                  : "",
                    option->note);
    }
    fputs("\n  --help, --version; - is standard input. Exit status: 0 fine, 1 something read is\n"
          "  wrong, 2 bad usage, unreadable input or a failed write.\n",
          stream);
}

const char *cli_option(const struct cli *cli, const char *name)
{
    const struct cli_option *options = cli->command->options;
    for (size_t i = 0; options[i].name; i++) {
        if (!strcmp(options[i].name, name))
            return cli->values[i];
    }
    return NULL;
}

const char *cli_repeated(const struct cli *cli, const char *name, size_t *at)
{
    for (; *at < cli->repeated_count; ++*at) {
        if (!strcmp(cli->repeated[*at].name, name))
            return cli->repeated[(*at)++].value;
    }
    return NULL;
}

/* Whether `value` is one of "a|b|c". */
static bool is_choice(const char *choices, const char *value)
{
    size_t len = strlen(value);
    for (const char *at = choices; at;) {
        const char *end = strchr(at, '|');
        size_t size = end ? (size_t) (end - at) : strlen(at);
        if (size == len && !memcmp(at, value, len))
            return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

/* Takes the option at words[*at] (and its value); false: bad usage, said. */
static bool take_option(struct cli *cli, int count, char **words, int *at)
{
    const char *word = words[*at];
    const char *equals = strchr(word, '=');
    size_t len = equals ? (size_t) (equals - word) : strlen(word);
    const struct cli_option *options = cli->command->options;
    for (size_t i = 0; options[i].name; i++) {
        if (strlen(options[i].name) != len || memcmp(options[i].name, word, len))
            continue;
        if (options[i].kind == OPTION_FLAG && !equals) {
            cli->values[i] = "";
            return true;
        }
        if (options[i].kind == OPTION_FLAG || (!equals && *at + 1 >= count)) {
            cli_complain("%s: %s %s", cli->command->name, options[i].name,
                         equals ? "takes no value" : "needs a value");
            return false;
        }
        cli->values[i] = equals ? equals + 1 : words[++*at];
        if (options[i].kind == OPTION_REPEATED && cli->repeated_count == CLI_REPEATED) {
            cli_complain("%s: more than %d times %s", cli->command->name, CLI_REPEATED,
                         options[i].name);
            return false;
        }
        if (options[i].kind == OPTION_REPEATED) {
            cli->repeated[cli->repeated_count].name = options[i].name;
            cli->repeated[cli->repeated_count++].value = cli->values[i];
        }
        if (!options[i].choices || is_choice(options[i].choices, cli->values[i]))
            return true;
        cli_complain("%s: %s is one of %s", cli->command->name, options[i].name,
                     options[i].choices);
        return false;
    }
    cli_complain("%s: there is no option %s; see postflow --help", cli->command->name, word);
    return false;
}

enum status cli_run(struct cli *cli, const struct cli_command *command, int count, char **words)
{
    cli->command = command;
    cli->count = 0;
    cli->arguments = (const char **) words;
    bool options = true;
    for (int i = 0; i < count; i++) {
        if (options && !strcmp(words[i], "--")) {
            options = false;
        } else if (options && !strcmp(words[i], "--help")) {
            cli_help(stdout);
            return STATUS_FINE;
        } else if (options && words[i][0] == '-' && words[i][1]) {
            if (!take_option(cli, count, words, &i))
                return STATUS_FAILED;
        } else {
            cli->arguments[cli->count++] = words[i];
        }
    }
    if (cli->count < command->least || cli->count > command->most) {
        cli_complain("usage: postflow %s %s", command->name, command->arguments);
        return STATUS_FAILED;
    }
    return command->run(cli);
}
