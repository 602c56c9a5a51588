#include "engine/flow/workspace.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "engine/base/utf8.h"
#include "engine/doc/tokens.h"
#include "engine/doc/write.h"
#include "engine/flow/flow_files.h"
#include "engine/flow/import.h"
#include "engine/flow/settings.h"
#include "engine/flow/workspace_known.h"
#include "engine/flow/workspace_names.h"

enum { KNOWN_FROM = 8 }; /* so many flows read anew are worth putting down */

/* Files are in the order of their paths; what is outside the folder, too. */
static size_t place_of_path(const struct workspace *ws, const char *path)
{
    size_t from = 0, to = ws->count;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (strcmp(ws->files[mid]->path, path) < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static bool has_path(const struct workspace *ws, const char *path)
{
    size_t at = place_of_path(ws, path);
    return at < ws->count && !strcmp(ws->files[at]->path, path);
}

static void add_file(struct workspace *ws, struct workspace_file *file)
{
    size_t at = place_of_path(ws, file->path);
    ws->files = mem_grow(ws->env, ws->files, &ws->capacity, ws->count + 1, sizeof *ws->files);
    memmove(&ws->files[at + 1], &ws->files[at], (ws->count - at) * sizeof *ws->files);
    ws->files[at] = file;
    ws->count++;
    flow_names_forget(ws->names);
}

static int by_path(const void *a, const void *b)
{
    const struct workspace_file *const *x = a, *const *y = b;
    return strcmp((*x)->path, (*y)->path);
}

void workspace_sort(struct workspace *ws)
{
    qsort(ws->files, ws->count, sizeof *ws->files, by_path);
    flow_names_forget(ws->names);
}

static char *clone_text(struct env *env, const char *text)
{
    return mem_clone(env, text, strlen(text) + 1);
}

static struct workspace_file *new_file(struct workspace *ws, const char *path)
{
    struct workspace_file *file = mem_zalloc(ws->env, sizeof *file);
    file->ws = ws;
    file->path = clone_text(ws->env, path);
    diags_init(&file->diags, ws->env);
    return file;
}

/* Reads and indexes; what is wrong stands in file->diags, flow.doc stays NULL without a tree. False
 * for YAML that is no flow and does not look like one. */
static bool load(struct workspace_file *file)
{
    struct workspace *ws = file->ws;
    struct buf text;
    file->read = true;
    buf_init(&text, ws->env);
    struct doc *doc = NULL;
    bool meant = flow_file_of(file->path) != FLOW_FILE_MAYBE;
    bool read = file_read(ws->env, file->path, ws->limits.file_size, &text, &file->stamp,
                          &file->diags);
    meant = meant || (read && flow_file_begins(buf_str(&text)));
    if (read)
        doc = import_read(ws->env, &ws->atoms, &ws->limits, file->path, &text, &file->imported,
                          &file->diags);
    buf_release(&text);
    if (doc && ws->tokens && !doc_fill_tokens(doc, ws->tokens, &file->diags)) {
        doc_free(doc);
        doc = NULL;
    }
    if (doc && !flow_index(&file->flow, doc, &file->diags)) {
        doc_free(doc);
        file->flow = (struct flow){ 0 };
    }
    return meant || file->flow.doc;
}

static bool is_named(const struct workspace_file *file, enum flow_type type, struct str title)
{
    struct str known = { file->known_title, file->known_length };
    return file->known_title && file->known_type == type && str_eq(known, title);
}

struct flow *workspace_flow(struct workspace_file *file)
{
    if (!file->read) {
        load(file);
        if (!file->flow.doc || !is_named(file, file->flow.type, flow_title(&file->flow)))
            flow_names_forget(file->ws->names);
    }
    return file->flow.doc ? &file->flow : NULL;
}

bool workspace_title(const struct workspace_file *file, enum flow_type *type, struct str *title)
{
    bool known = !file->read && file->known_title;
    if (!known && !file->flow.doc)
        return false;
    *type = known ? file->known_type : file->flow.type;
    *title = known ? (struct str){ file->known_title, file->known_length }
                   : flow_title(&file->flow);
    return true;
}

static void free_file(struct workspace *ws, struct workspace_file *file)
{
    if (file->flow.doc)
        doc_free(file->flow.doc);
    diags_release(&file->diags);
    mem_free(ws->env, file->known_title);
    flow_calls_release(&file->calls, ws->env);
    mem_free(ws->env, file->path);
    mem_free(ws->env, file);
}

static bool holds_settings(struct env *env, const char *folder)
{
    char *path = file_join(env, folder, "postflow.json");
    bool found = file_exists(path);
    mem_free(env, path);
    return found;
}

/* As people write it where it is below the folder they are in. */
static char *from_here(struct env *env, char *path)
{
    char here[PATH_MAX];
    size_t len = getcwd(here, sizeof here) ? strlen(here) : 0;
    bool below = len > 1 && !strncmp(path, here, len) && (path[len] == '/' || !path[len]);
    if (!below)
        return path;
    char *shorter = clone_text(env, path[len] ? path + len + 1 : ".");
    mem_free(env, path);
    return shorter;
}

/* The folder of the nearest postflow.json upwards, else the folder itself. */
char *workspace_folder(struct env *env, const char *path)
{
    char *start = file_is_folder(path) ? clone_text(env, path) : file_folder(env, path);
    if (holds_settings(env, start))
        return start;
    char real[PATH_MAX];
    char *found = NULL;
    for (size_t len = realpath(start, real) ? strlen(real) : 0; len > 1 && !found;) {
        while (len > 1 && real[len - 1] != '/')
            len--;
        if (len > 1)
            len--;
        real[len] = 0;
        if (holds_settings(env, real))
            found = clone_text(env, real);
    }
    if (!found)
        return start;
    mem_free(env, start);
    return from_here(env, found);
}

static bool read_settings(struct workspace *ws, struct diags *diags)
{
    struct buf text;
    char *path = file_join(ws->env, ws->folder, "postflow.json");
    ws->settings = mem_zalloc(ws->env, sizeof *ws->settings);
    settings_init(ws->settings, ws->env);
    bool fine = true;
    if (file_exists(path)) {
        buf_init(&text, ws->env);
        fine = file_read(ws->env, path, ws->limits.file_size, &text, &ws->settings_stamp, diags);
        if (fine)
            ws->settings_doc = doc_read_steal(ws->env, &ws->atoms, &ws->limits, path, &text, diags);
        fine = ws->settings_doc != NULL;
        buf_release(&text);
        if (fine)
            settings_read(ws->settings, ws->settings_doc, 1, diags);
    }
    mem_free(ws->env, path);
    return fine;
}

/* Remembers the folders of other workspaces below this one, with a slash at their ends. */
static void find_nested(struct workspace *ws, const struct file_list *list)
{
    size_t own = strlen(ws->folder) + (ws->folder[strlen(ws->folder) - 1] != '/');
    for (size_t i = 0; i < list->count; i++) {
        struct str path = str_of(list->items[i].path), name = file_name(path.ptr);
        if (!str_is(name, "postflow.json") || path.len - name.len <= own)
            continue;
        char *folder = mem_clone(ws->env, path.ptr, path.len - name.len + 1);
        folder[path.len - name.len] = '\0';
        ws->nested = mem_grow(ws->env, ws->nested, &ws->nested_capacity, ws->nested_count + 1,
                              sizeof *ws->nested);
        ws->nested[ws->nested_count++] = folder;
    }
}

static bool is_flow_of(const struct workspace *ws, const char *path)
{
    bool nested = false;
    if (flow_file_of(path) == FLOW_FILE_NONE)
        return false;
    for (size_t i = 0; !nested && i < ws->nested_count; i++)
        nested = str_starts(str_of(path), str_of(ws->nested[i]));
    return !nested;
}

bool workspace_take(struct workspace *ws, const char *path)
{
    if (!is_flow_of(ws, path) || has_path(ws, path))
        return false;
    struct workspace_file *file = new_file(ws, path);
    if (load(file)) {
        add_file(ws, file);
        return true;
    }
    free_file(ws, file);
    return false;
}

void workspace_renew(struct workspace_file *file)
{
    mem_free(file->ws->env, file->known_title);
    file->known_title = NULL;
    flow_calls_release(&file->calls, file->ws->env);
    diags_clear(&file->diags);
    load(file);
    flow_names_forget(file->ws->names);
}

/* True: the file has to be read to know its name. */
static bool add_listed(struct workspace *ws, const struct known_flows *flows,
                       const struct file_entry *entry)
{
    struct workspace_file *file = new_file(ws, entry->path);
    struct str title;
    bool known = known_flows_find(flows, entry, &file->known_type, &title, &file->calls);
    if (known) {
        file->stamp = entry->stamp;
        file->known_title = mem_clone(ws->env, title.len ? title.ptr : "", title.len + 1);
        file->known_length = title.len;
    } else if (!load(file)) {
        free_file(ws, file);
        return false;
    }
    add_file(ws, file);
    return !known;
}

static bool read_files(struct workspace *ws, struct diags *diags)
{
    struct file_list list;
    size_t read = 0;
    if (!file_list(ws->env, ws->folder, &list, diags))
        return false;
    struct known_flows *flows = known_flows_read(ws->env, ws->known, ws->folder);
    find_nested(ws, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (is_flow_of(ws, list.items[i].path))
            read += add_listed(ws, flows, &list.items[i]);
    }
    known_flows_free(flows);
    if (read > KNOWN_FROM)
        known_flows_write(ws);
    file_list_release(&list);
    return true;
}

static struct workspace *open_folder(struct env *env, const struct limits *limits,
                                     const char *path, const char *state_folder,
                                     const struct token_values *tokens, struct diags *diags)
{
    struct workspace *ws = mem_zalloc(env, sizeof *ws);
    ws->env = env;
    ws->tokens = tokens;
    ws->limits = *limits;
    ws->names = flow_names_new(env);
    catalogue_atoms_init(&ws->atoms, env);
    ws->folder = workspace_folder(env, path);
    ws->known = state_folder ? known_flows_path(env, state_folder, ws->folder) : NULL;
    if (!read_settings(ws, diags) || !read_files(ws, diags)) {
        workspace_free(ws);
        return NULL;
    }
    return ws;
}

struct workspace *workspace_open(struct env *env, const struct limits *limits, const char *path,
                                 struct diags *diags)
{
    return open_folder(env, limits, path, NULL, NULL, diags);
}

struct workspace *workspace_open_known(struct env *env, const struct limits *limits,
                                       const char *path, const char *state_folder,
                                       struct diags *diags)
{
    return open_folder(env, limits, path, state_folder, NULL, diags);
}

struct workspace *workspace_open_filled(struct env *env, const struct limits *limits,
                                        const char *path, const struct token_values *tokens,
                                        struct diags *diags)
{
    return open_folder(env, limits, path, NULL, tokens, diags);
}

void workspace_free(struct workspace *ws)
{
    for (size_t i = 0; i < ws->count; i++)
        free_file(ws, ws->files[i]);
    mem_free(ws->env, ws->files);
    for (size_t i = 0; i < ws->nested_count; i++)
        mem_free(ws->env, ws->nested[i]);
    mem_free(ws->env, ws->nested);
    settings_release(ws->settings);
    mem_free(ws->env, ws->settings);
    if (ws->settings_doc)
        doc_free(ws->settings_doc);
    atoms_release(&ws->atoms);
    flow_names_free(ws->names);
    mem_free(ws->env, ws->known);
    mem_free(ws->env, ws->folder);
    mem_free(ws->env, ws);
}

static bool same_path(const char *a, const char *real)
{
    char real_a[PATH_MAX];
    return real && realpath(a, real_a) && !strcmp(real_a, real);
}

/* Paths are compared as they stand first: most are what the folder gave. */
static struct workspace_file *file_at(const struct workspace *ws, const char *path)
{
    char space[PATH_MAX];
    if (has_path(ws, path))
        return ws->files[place_of_path(ws, path)];
    const char *real = realpath(path, space);
    for (size_t i = 0; i < ws->count; i++) {
        if (same_path(ws->files[i]->path, real))
            return ws->files[i];
    }
    return NULL;
}

struct workspace_file *workspace_file(struct workspace *ws, const char *path, struct diags *diags)
{
    struct workspace_file *file = file_at(ws, path);
    bool known = file != NULL;
    if (!known) {
        file = new_file(ws, path);
        if (workspace_flow(file))
            add_file(ws, file);
    }
    workspace_flow(file);
    for (size_t i = 0; i < file->diags.count; i++) {
        const struct diag *diag = &file->diags.items[i];
        if (!file->flow.doc)
            diag_add(diags, diag->code, &diag->place, diag->args[0], diag->args[1], diag->args[2],
                     diag->args[3]);
    }
    if (file->flow.doc)
        return file;
    if (!known)
        free_file(ws, file);
    return NULL;
}

/* The template with the name in place of {name}. */
static void fill_template(const char *template, struct str name, struct buf *out)
{
    const char *at = template, *hole;
    struct buf quoted;
    buf_init(&quoted, out->env);
    json_add_text(&quoted, name, false);
    while ((hole = strstr(at, "{name}")) != NULL) {
        buf_add(out, (struct str){ at, (size_t) (hole - at) });
        buf_add(out, str_slice(buf_str(&quoted), 1, quoted.len - 1));
        at = hole + strlen("{name}");
    }
    buf_add_text(out, at);
    buf_release(&quoted);
}

void workspace_file_name(struct str name, struct buf *out)
{
    for (size_t i = 0; i < name.len && out->len < 100;) {
        uint32_t c = utf8_next(name, &i);
        if (c >= 'A' && c <= 'Z')
            buf_add_char(out, (char) (c + 32));
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                 (c >= 0x80 && !utf8_needs_mark(c)))
            buf_add_code(out, c);
        else if (out->len > 0 && out->ptr[out->len - 1] != '-')
            buf_add_char(out, '-');
    }
    while (out->len > 0 && out->ptr[out->len - 1] == '-')
        buf_truncate(out, out->len - 1);
    if (out->len == 0)
        buf_add_text(out, "flow");
}

static bool is_taken(const struct workspace *ws, const char *path)
{
    return has_path(ws, path) || file_exists(path);
}

static char *free_path(struct workspace *ws, struct str name)
{
    struct buf base, file;
    buf_init(&base, ws->env);
    buf_init(&file, ws->env);
    workspace_file_name(name, &base);
    char *path = NULL;
    for (int n = 1; !path; n++) {
        buf_clear(&file);
        buf_add(&file, buf_str(&base));
        if (n > 1)
            buf_addf(&file, "-%d", n);
        buf_add_text(&file, ".flow.json");
        path = file_join(ws->env, ws->folder, file.ptr);
        if (is_taken(ws, path)) {
            mem_free(ws->env, path);
            path = NULL;
        }
    }
    buf_release(&base);
    buf_release(&file);
    return path;
}

struct workspace_file *workspace_new_flow(struct workspace *ws, enum flow_type type,
                                          struct str name, struct diags *diags)
{
    if (str_trim(name).len == 0) {
        diag_add0(diags, DIAG_NEW_FLOW_NAME, NULL);
        return NULL;
    }
    if (workspace_find(ws, type, name)) {
        diag_add1(diags, DIAG_NEW_FLOW_TAKEN, NULL, name);
        return NULL;
    }
    struct buf raw, text;
    buf_init(&raw, ws->env);
    buf_init(&text, ws->env);
    fill_template(flow_type_info(type)->template, name, &raw);
    char *path = free_path(ws, name);
    struct workspace_file *file = new_file(ws, path);
    file->fresh = file->read = true;
    struct doc *doc = doc_read(ws->env, &ws->atoms, &ws->limits, path, buf_str(&raw), diags);
    if (doc) {
        doc_write_canonical(doc, 1, &text);
        doc_free(doc);
        doc = doc_read_steal(ws->env, &ws->atoms, &ws->limits, path, &text, diags);
    }
    mem_free(ws->env, path);
    buf_release(&raw);
    buf_release(&text);
    if (!doc || !flow_index(&file->flow, doc, diags)) {
        free_file(ws, file);
        return NULL;
    }
    add_file(ws, file);
    return file;
}

void workspace_drop(struct workspace *ws, struct workspace_file *file)
{
    for (size_t i = 0; i < ws->count; i++) {
        if (ws->files[i] != file)
            continue;
        memmove(&ws->files[i], &ws->files[i + 1], (ws->count - i - 1) * sizeof *ws->files);
        ws->count--;
        flow_names_forget(ws->names);
        free_file(ws, file);
        return;
    }
}

void workspace_update_settings(struct workspace *ws, struct diags *diags)
{
    settings_release(ws->settings);
    settings_init(ws->settings, ws->env);
    if (ws->settings_doc)
        settings_read(ws->settings, ws->settings_doc, 1, diags);
}
