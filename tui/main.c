/* Picks a front end and hands its result back as the exit status. */
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "engine/base/file.h"
#include "tui/cli/front.h"

#ifndef VERSION
#define VERSION "0.1.0"
#endif

/* A first word that is no command and no existing path, and has neither '/' nor '.', is a typo. */
static bool is_path(const char *word)
{
    return file_exists(word) || strchr(word, '/') || strchr(word, '.') || !strcmp(word, "-");
}

static enum status run_designer(struct cli *cli, const char *path)
{
    if (path && !strcmp(path, "-")) {
        cli_complain("the designer saves where it reads; give it a file or a folder, not -");
        return STATUS_FAILED;
    }
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        return front_designer(cli, path);
    cli_complain("the designer needs a terminal; postflow sim steps through a call in lines, "
                 "postflow --script plays keys without one");
    return STATUS_FAILED;
}

static enum status run(struct cli *cli, int count, char **words)
{
    const char *first = count > 1 ? words[1] : NULL;
    const struct cli_command *command = first ? cli_find(first) : NULL;
    if (command)
        return cli_run(cli, command, count - 2, words + 2);
    if (!first)
        return run_designer(cli, NULL);
    if (!strcmp(first, "--help") || !strcmp(first, "-h")) {
        cli_help(stdout);
        return STATUS_FINE;
    }
    if (!strcmp(first, "--version")) {
        puts("postflow " VERSION);
        return STATUS_FINE;
    }
    if (!strcmp(first, "--script") && (count == 3 || count == 4))
        return front_script(cli, words[2], count == 4 ? words[3] : NULL);
    if (first[0] == '-' && first[1]) {
        cli_complain("there is no option %s; see postflow --help", first);
        return STATUS_FAILED;
    }
    if (count > 2 || !is_path(first)) {
        cli_complain("%s is no command and no file; see postflow --help", first);
        return STATUS_FAILED;
    }
    return run_designer(cli, first);
}

int main(int count, char **words)
{
    struct cli cli = { .limits = LIMITS_DEFAULT };
    env_init(&cli.env);
    signal(SIGXFSZ, SIG_IGN); /* a write beyond the limit fails, and is told */
    enum status status = run(&cli, count, words);
    /* A full disk shows at the latest here, and is told here alone. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        cli_complain("cannot write to standard output");
        status = STATUS_FAILED;
    }
    return status;
}
