/* Breaking text into rows of a width. */
#ifndef POSTFLOW_VIEW_WRAP_H
#define POSTFLOW_VIEW_WRAP_H

#include <stdbool.h>
#include "engine/base/str.h"

/* Takes the next row of at most `width` columns (at least one character) off *rest: at a newline,
 * else behind the last blank that fits, else in the word. Blanks at the break are dropped. False
 * when *rest was empty. Newlines are not in *line. */
bool wrap_next(struct str *rest, int width, struct str *line);
/* How many rows the text takes. */
int wrap_count(struct str text, int width);

#endif
