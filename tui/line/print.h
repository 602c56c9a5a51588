/* Text for people to a stream: the filter for terminals in front of it. */
#ifndef POSTFLOW_LINE_PRINT_H
#define POSTFLOW_LINE_PRINT_H

#include <stdio.h>
#include "engine/base/str.h"

/* Lines are kept, everything else that a terminal could take for a command is made visible. */
void print_shown(FILE *stream, struct str text);

#endif
