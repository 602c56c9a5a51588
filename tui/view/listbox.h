/* A list to choose from, with a filter while typing. Rows are asked for when they are drawn, so a
 * list of 100,000 costs what is visible; only a filter looks at all. */
#ifndef POSTFLOW_VIEW_LISTBOX_H
#define POSTFLOW_VIEW_LISTBOX_H

#include "tui/view/scroll.h"
#include "tui/view/textedit.h"

struct list_row {
    struct str text;
    struct str detail; /* dimmed, right of the text or right aligned; may be empty */
    enum style style;
    int indent;        /* columns */
    bool heading;      /* cannot be chosen, the cursor goes past it; hidden by a filter */
};

/* Texts are borrowed until the next call. */
typedef void list_row_fn(void *context, size_t index, struct list_row *out);

enum list_result {
    LIST_UNUSED,
    LIST_MOVED,
    LIST_FILTERED, /* the filter changed */
    LIST_CHOSEN,   /* Enter on a row: listbox_current */
    LIST_CANCELLED, /* Esc with no filter (with one, Esc empties it) */
};

struct listbox {
    struct env *env;
    list_row_fn *row;
    void *context;
    size_t count;          /* all rows */
    struct scroll scroll;  /* over the rows shown */
    bool filterable;       /* typed characters go to the filter; else vi keys move */
    struct textedit filter;
    bool filtered;
    uint32_t *shown; /* with a filter: the rows that match */
    size_t shown_count, shown_capacity;
};

void listbox_init(struct listbox *list, struct env *env, bool filterable, list_row_fn *row,
                  void *context);
void listbox_release(struct listbox *list);
/* The rows are others now; the filter stays, the cursor stays on its row number where it can. */
void listbox_set_count(struct listbox *list, size_t count);
void listbox_clear_filter(struct listbox *list);
/* Puts the cursor on row `index` (as the callback counts), if it is shown. */
void listbox_select(struct listbox *list, size_t index);
/* The row under the cursor as the callback counts, SIZE_MAX when there is none. */
size_t listbox_current(struct listbox *list);
enum list_result listbox_key(struct listbox *list, struct key key);
/* Puts a text into the filter. */
void listbox_paste(struct listbox *list, struct str text);
/* A click chooses the row it is on (LIST_MOVED), on the cursor row LIST_CHOSEN. */
enum list_result listbox_click(struct listbox *list, struct area area, int row);
/* With a filter (or filterable and focused) the first row of the area is the filter line. */
void listbox_draw(struct listbox *list, struct canvas *canvas, struct area area, bool focused);

#endif
