/* The subcommands: each is an entry of one table (cli.c) and a function that gives an exit status.
 * Results go to standard output, messages to standard error; whatever comes from a file passes the
 * filter for terminals on its way. */
#ifndef POSTFLOW_TUI_CLI_CLI_H
#define POSTFLOW_TUI_CLI_CLI_H

#include <stdio.h>
#include "engine/base/diag.h"
#include "engine/base/env.h"
#include "engine/base/limits.h"
#include "engine/doc/tokens.h"

/* Exit statuses (design.md section 1). */
enum status {
    STATUS_FINE = 0,
    STATUS_WRONG = 1,  /* something was read and is wrong in it */
    STATUS_FAILED = 2, /* no tree could be built, bad usage, or a write failed */
};

/* OPTION_REPEATED may be given several times, each with a value. */
enum cli_option_kind { OPTION_FLAG, OPTION_VALUE, OPTION_REPEATED };
struct cli_option {
    const char *name; /* "--format" */
    enum cli_option_kind kind;
    const char *choices; /* "tap|json"; NULL: any value */
    const char *note;
};

enum { CLI_OPTIONS = 12, CLI_REPEATED = 64 };
struct cli;
struct workspace;
struct cli_command {
    const char *name;
    const char *arguments; /* "FILE or FOLDER..." */
    const char *note;
    struct cli_option options[CLI_OPTIONS]; /* ends with name NULL */
    size_t least, most;                     /* number of arguments */
    enum status (*run)(struct cli *cli);
};

struct cli {
    struct env env;
    struct limits limits;
    const struct cli_command *command;
    const char *values[CLI_OPTIONS]; /* of the command's options, in its order; "" for a flag */
    struct {
        const char *name, *value;
    } repeated[CLI_REPEATED];
    size_t repeated_count;
    const char **arguments;
    size_t count;
    struct token_values tokens; /* of --set and --options */
};

/* Takes --set and --options; false: said. To be followed by cli_release_tokens. */
bool cli_read_tokens(struct cli *cli);
void cli_release_tokens(struct cli *cli);
/* The workspace of a path, tokens filled in; NULL after a diagnostic. */
struct workspace *cli_workspace(struct cli *cli, const char *path, struct diags *diags);

const struct cli_command *cli_commands(size_t *count);
const struct cli_command *cli_find(const char *name);
/* Runs a subcommand: `words` are its arguments and options, without its name. */
enum status cli_run(struct cli *cli, const struct cli_command *command, int count, char **words);
/* The value of one of the command's options; NULL: not given. */
const char *cli_option(const struct cli *cli, const char *name);
/* The next value of an option that may be repeated; *at begins with 0. NULL: no more. */
const char *cli_repeated(const struct cli *cli, const char *name, size_t *at);

/* Text for people: filtered, lines kept. */
void cli_print(FILE *stream, struct str text);
/* Bytes as they are: a document, machine output. False when the write failed (main tells). */
bool cli_write(struct str text);
/* Writes a file (file.h: file_save); false when that failed or somebody changed it (reported). */
struct file_stamp;
bool cli_save(struct cli *cli, const char *path, struct str text, struct file_stamp *stamp);
/* "postflow: ..." to standard error. */
__attribute__((format(printf, 1, 2))) void cli_complain(const char *format, ...);
/* file:line:col: error: text [code] */
void cli_print_diag(FILE *stream, const struct diag *diag);
void cli_print_diags(FILE *stream, const struct diags *diags);
void cli_help(FILE *stream);

enum status cli_check(struct cli *cli);
enum status cli_test(struct cli *cli);
enum status cli_sim(struct cli *cli);
enum status cli_fmt(struct cli *cli);
enum status cli_import(struct cli *cli);
/* export --bundle: the flow of a file with what it reaches; `output` NULL: standard output. */
enum status cli_bundle(struct cli *cli, const char *path, const char *output);
enum status cli_export(struct cli *cli);
/* What was exported, to standard output or to the file of --output. */
enum status cli_export_text(struct cli *cli, struct str text);
struct picture_syntax;
enum status cli_picture(struct cli *cli, const char *path, const struct picture_syntax *syntax);
enum status cli_new(struct cli *cli);
enum status cli_actions(struct cli *cli);
enum status cli_explain(struct cli *cli);
enum status cli_uses(struct cli *cli);
enum status cli_eval(struct cli *cli);

#endif
