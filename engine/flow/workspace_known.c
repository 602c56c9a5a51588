#include "engine/flow/workspace_known.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/limits.h"
#include "engine/flow/workspace.h"

/* The file: a heading, the folder's real path, an entry a line, the hash of all that. An entry is
 * numbers (file, type, the lengths of path and title, how many flows it names), then the path
 * within the folder, the title, and the hashes of what it names. */
#define HEADING "postflow flows 2\n"
enum {
    NUMBERS = 9,
    FILE_MOST = 64 << 20,
    SETTLED_MS = 2000 /* a file younger than that may change again within one tick of its clock */
};

struct entry {
    struct str path, title;
    struct file_stamp stamp;
    enum flow_type type;
    struct str calls; /* numbers with a blank behind each */
    size_t call_count;
};
struct known_flows {
    struct env *env;
    const char *folder; /* as paths begin with it here */
    struct buf text;
    struct entry *entries; /* by path */
    size_t count, capacity;
};

static bool take_number(struct str *rest, char end, int64_t *out)
{
    ptrdiff_t at = str_find_char(*rest, end);
    if (at < 0 || !str_to_int(str_slice(*rest, 0, (size_t) at), out))
        return false;
    *rest = str_slice(*rest, (size_t) at + 1, rest->len);
    return true;
}

static bool take_text(struct str *rest, int64_t len, char end, struct str *out)
{
    if (len < 0 || (uint64_t) len >= rest->len || rest->ptr[len] != end)
        return false;
    *out = str_slice(*rest, 0, (size_t) len);
    *rest = str_slice(*rest, (size_t) len + 1, rest->len);
    return true;
}

static bool take_line(struct str *rest, struct str *out)
{
    ptrdiff_t end = str_find_char(*rest, '\n');
    return end >= 0 && take_text(rest, end, '\n', out);
}

static bool take_entry(struct str *rest, struct entry *out)
{
    int64_t n[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
        if (!take_number(rest, ' ', &n[i]))
            return false;
    }
    out->stamp = (struct file_stamp){ .device = (uint64_t) n[0],
                                      .inode = (uint64_t) n[1],
                                      .size = n[2],
                                      .mtime_ns = n[3],
                                      .ctime_ns = n[4] };
    out->type = (enum flow_type) n[5];
    out->call_count = (size_t) n[8];
    return n[5] >= FLOW_OTHER && n[5] < FLOW_TYPE_COUNT && n[8] >= 0 &&
           take_text(rest, n[6], ' ', &out->path) && take_text(rest, n[7], ' ', &out->title) &&
           take_line(rest, &out->calls) && (uint64_t) n[8] <= out->calls.len;
}

static int64_t hash_of(struct str text)
{
    return (int64_t) (str_hash(text) >> 1);
}

/* The lines between heading and hash; false: this is not such a file, or not whole. */
static bool check_text(struct str text, const char *folder, struct str *lines)
{
    struct str path = str_of(folder);
    int64_t hash;
    size_t end = text.len;
    while (end > 0 && text.ptr[end - 1] != '\n')
        end--;
    struct str body = str_slice(text, 0, end);
    if (!str_starts(body, STR(HEADING)) || !str_to_int(str_slice(text, end, text.len), &hash) ||
        hash != hash_of(body))
        return false;
    *lines = str_slice(body, strlen(HEADING), body.len);
    if (!str_starts(*lines, path) || lines->len <= path.len || lines->ptr[path.len] != '\n')
        return false;
    *lines = str_slice(*lines, path.len + 1, lines->len);
    return true;
}

/* The part of a path below the folder; empty: it is elsewhere. */
static struct str within(struct str path, const char *folder)
{
    struct str above = str_of(folder);
    size_t from = above.len + (above.len > 0 && above.ptr[above.len - 1] != '/');
    return str_starts(path, above) && path.len > from ? str_slice(path, from, path.len) : STR_NONE;
}

char *known_flows_path(struct env *env, const char *state_folder, const char *folder)
{
    char real[PATH_MAX];
    struct buf name;
    if (!realpath(folder, real))
        return NULL;
    buf_init(&name, env);
    buf_addf(&name, "%s/folders/%016llx", state_folder,
             (unsigned long long) str_hash(str_of(real)));
    return buf_steal(&name);
}

struct known_flows *known_flows_read(struct env *env, const char *file, const char *folder)
{
    struct known_flows *known = mem_zalloc(env, sizeof *known);
    struct diags diags;
    struct str rest = STR_NONE;
    char real[PATH_MAX];
    known->env = env;
    known->folder = folder;
    buf_init(&known->text, env);
    diags_init(&diags, env);
    bool fine = file && file_exists(file) && realpath(folder, real) &&
                file_read(env, file, FILE_MOST, &known->text, NULL, &diags) &&
                check_text(buf_str(&known->text), real, &rest);
    while (fine && rest.len > 0) {
        known->entries = mem_grow(env, known->entries, &known->capacity, known->count + 1,
                                  sizeof *known->entries);
        fine = take_entry(&rest, &known->entries[known->count]);
        known->count += fine;
    }
    if (!fine)
        known->count = 0;
    diags_release(&diags);
    return known;
}

void known_flows_free(struct known_flows *known)
{
    buf_release(&known->text);
    mem_free(known->env, known->entries);
    mem_free(known->env, known);
}

static int by_path(const void *a, const void *b)
{
    return str_compare(((const struct entry *) a)->path, ((const struct entry *) b)->path);
}

static void take_calls(const struct known_flows *known, const struct entry *entry,
                       struct flow_calls *out)
{
    struct str rest = entry->calls;
    int64_t hash;
    *out = (struct flow_calls){ .known = true };
    for (size_t i = 0; i < entry->call_count && take_number(&rest, ' ', &hash); i++) {
        out->items = mem_grow(known->env, out->items, &out->capacity, out->count + 1,
                              sizeof *out->items);
        out->items[out->count++] = (uint32_t) hash;
    }
    out->known = out->count == entry->call_count;
}

bool known_flows_find(const struct known_flows *known, const struct file_entry *file,
                      enum flow_type *type, struct str *title, struct flow_calls *calls)
{
    struct entry wanted = { .path = within(str_of(file->path), known->folder) };
    const struct entry *found = known->count ? bsearch(&wanted, known->entries, known->count,
                                                       sizeof *known->entries, by_path)
                                             : NULL;
    if (!found || found->stamp.device != file->stamp.device ||
        found->stamp.inode != file->stamp.inode || found->stamp.size != file->stamp.size ||
        found->stamp.mtime_ns != file->stamp.mtime_ns ||
        found->stamp.ctime_ns != file->stamp.ctime_ns)
        return false;
    *type = found->type;
    *title = found->title;
    take_calls(known, found, calls);
    return true;
}

static void add_entry(struct buf *out, const struct workspace *ws, struct workspace_file *file,
                      int64_t now_ms)
{
    enum flow_type type;
    struct str title, path = within(str_of(file->path), ws->folder);
    const struct file_stamp *stamp = &file->stamp;
    if (path.len == 0 || file->fresh || !workspace_title(file, &type, &title) ||
        stamp->ctime_ns / 1000000 > now_ms - SETTLED_MS)
        return;
    const struct flow_calls *calls = workspace_calls(file);
    buf_addf(out, "%lld %lld %lld %lld %lld %d %zu %zu %zu ", (long long) stamp->device,
             (long long) stamp->inode, (long long) stamp->size, (long long) stamp->mtime_ns,
             (long long) stamp->ctime_ns, (int) type, path.len, title.len, calls->count);
    buf_add(out, path);
    buf_add_char(out, ' ');
    buf_add(out, title);
    buf_add_char(out, ' ');
    for (size_t i = 0; i < calls->count; i++)
        buf_addf(out, "%u ", (unsigned) calls->items[i]);
    buf_add_char(out, '\n');
}

void known_flows_write(const struct workspace *ws)
{
    struct diags diags;
    struct buf text;
    int64_t now = ws->env->now(ws->env);
    char real[PATH_MAX];
    if (!ws->known || !realpath(ws->folder, real))
        return;
    diags_init(&diags, ws->env);
    buf_init(&text, ws->env);
    char *folder = file_folder(ws->env, ws->known);
    bool fine = file_make_folders(ws->env, folder, 0700, &diags);
    mem_free(ws->env, folder);
    buf_addf(&text, HEADING "%s\n", real);
    for (size_t i = 0; i < ws->count; i++)
        add_entry(&text, ws, ws->files[i], now);
    buf_add_int(&text, hash_of(buf_str(&text)));
    if (fine)
        file_save(ws->env, ws->known, buf_str(&text), NULL, true, &diags);
    buf_release(&text);
    diags_release(&diags);
}
