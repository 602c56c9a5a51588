/* Writes a generated flow to standard output. Usage: bench_gen ACTIONS */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include "tests/bench/gen.h"

int main(int count, char **words)
{
    size_t len;
    char *text = gen_flow(count > 1 ? strtoul(words[1], NULL, 10) : 1000, 1, &len);
    if (!text)
        return 2;
    bool written = fwrite(text, 1, len, stdout) == len && fflush(stdout) == 0;
    free(text);
    return written ? 0 : 2;
}
