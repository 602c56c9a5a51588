/* Commands about files, and the end of the session. */
#include <string.h>

#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/import.h"
#include "engine/flow/picture.h"
#include "engine/session/commands.h"

/* --- saving --- */

static bool write_flow(struct session *session, struct str path, enum save_how how)
{
    struct workspace_file *file = session_file(session, session->flow);

    return path.len ? save_file_as(session, file, path, how) : save_file(session, file, how);
}

bool command_write(struct session *session, struct str arguments)
{
    return write_flow(session, arguments, SAVE_ASK);
}

bool command_write_force(struct session *session, struct str arguments)
{
    return write_flow(session, arguments, SAVE_FORCE);
}

bool command_write_all(struct session *session, struct str arguments)
{
    return arguments.len ? command_usage(session, "write-all") : save_all(session);
}

/* Main.flow.json is exported to Main.json beside it, a picture to Main.dot. */
static void export_path(const struct session *session, const char *ending, struct buf *out)
{
    struct str path = str_of(session_file(session, session->flow)->path);

    buf_add(out, path);
    static const char *const endings[] = { ".flow.json", ".flow.yaml", ".flow.yml", ".yaml",
                                           ".yml" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings && out->len == path.len; i++)
        if (str_ends(path, str_of(endings[i])))
            buf_truncate(out, path.len - strlen(endings[i]));
    buf_add_text(out, ending);
}

static bool export_flow(struct session *session, struct str arguments, enum save_how how)
{
    struct str path = arguments, format = command_word(&path);
    struct buf text, name;
    struct diags diags;
    bool ok;

    if (!format.len)
        return command_usage(session, "export");
    const struct picture_syntax *picture = picture_syntax_find(format);
    bool yaml = str_is(format, "yaml");
    if (!picture && !yaml && !str_is(format, "json"))
        return message_fail1(session, DIAG_EXPORT_FORMAT, format);
    buf_init(&text, session->env);
    buf_init(&name, session->env);
    buf_add(&name, path);
    if (!path.len)
        export_path(session, picture ? picture->ending : yaml ? ".yaml" : ".json", &name);
    diags_init(&diags, session->env);
    if (picture)
        picture_write(session->flow, session->ws, picture, &text);
    else if (!doc_export(session->flow->doc, yaml ? SYNTAX_YAML : SYNTAX_JSON, &text, &diags))
        message_diags(session, &diags, true);
    ok = !diags.count && save_text(session, buf_str(&name), buf_str(&text), how);
    diags_release(&diags);
    if (!ok && how == SAVE_ASK && file_exists(name.ptr))
        message_more(session, MESSAGE_ERROR, ":export! writes over it");
    buf_release(&name);
    buf_release(&text);
    return ok;
}

bool command_export(struct session *session, struct str arguments)
{
    return export_flow(session, arguments, SAVE_ASK);
}

bool command_export_force(struct session *session, struct str arguments)
{
    return export_flow(session, arguments, SAVE_FORCE);
}

/* --- reading again --- */

bool session_read_again(struct session *session, struct workspace_file *file,
                        struct open_doc *known, struct diags *diags)
{
    struct file_stamp stamp;
    struct flow indexed;
    struct doc *doc = NULL;
    struct buf text;
    bool ok;

    buf_init(&text, session->env);
    ok = file_read(session->env, file->path, session->ws->limits.file_size, &text, &stamp,
                   diags) &&
         (doc = import_read(session->env, &session->ws->atoms, &session->ws->limits,
                            file->path, &text, &file->imported,
                            diags)) &&
         flow_index(&indexed, doc, diags);
    if (ok && known) {
        log_reloaded(session, known);
        undo_forget(session);
    }
    if (ok) {
        session_swap_doc(session, &file->flow, doc, &indexed);
        if (known)
            known->saved_lost = false;
        file->stamp = stamp;
        file->fresh = false;
        undo_changed(session);
    } else if (doc) {
        doc_free(doc);
    }
    buf_release(&text);
    return ok;
}

static bool reload(struct session *session)
{
    struct workspace_file *file = session_file(session, session->flow);
    struct open_doc *known = undo_doc_find(session, session->flow);
    struct diags diags;

    diags_init(&diags, session->env);
    bool ok = session_read_again(session, file, known, &diags);
    if (ok)
        message_set(session, MESSAGE_INFO, "read %s again%s", file->path,
                    known ? "; the changes before cannot be undone" : "");
    else
        message_diags(session, &diags, true);
    diags_release(&diags);
    return ok;
}

bool command_reload(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "reload");
    if (session_modified(session, session->flow))
        return message_fail(session, DIAG_UNSAVED, flow_title(session->flow), STR(":write"),
                            STR(":reload!"));
    return reload(session);
}

bool command_reload_force(struct session *session, struct str arguments)
{
    return arguments.len ? command_usage(session, "reload!") : reload(session);
}

/* --- another folder --- */

static void unsaved_names(const struct session *session, struct buf *out)
{
    for (size_t i = 0; i < session->ws->count; i++) {
        const struct flow *flow = &session->ws->files[i]->flow;
        if (flow->doc && session_modified(session, flow)) {
            buf_add_text(out, out->len ? ", " : "");
            buf_add(out, flow_title(flow));
        }
    }
    if (session_world_modified(session)) {
        buf_add_text(out, out->len ? ", " : "");
        buf_add_text(out, "postflow.json");
    }
}

static bool copy_file(struct session *session, const char *from, const char *to,
                      struct diags *diags)
{
    struct buf text;
    char *folder = file_folder(session->env, to);

    buf_init(&text, session->env);
    bool ok = file_make_folders(session->env, folder, 0777, diags) &&
              file_read(session->env, from, session->ws->limits.file_size, &text, NULL, diags) &&
              file_save(session->env, to, buf_str(&text), NULL, false, diags) == FILE_SAVED;
    buf_release(&text);
    mem_free(session->env, folder);
    return ok;
}

bool session_copy_folder(struct session *session, const char *from, struct str name)
{
    struct file_list list;
    struct diags diags;
    struct buf to;
    bool ok;

    diags_init(&diags, session->env);
    buf_init(&to, session->env);
    ok = file_list(session->env, from, &list, &diags);
    for (size_t i = 0; ok && i < list.count; i++) {
        buf_clear(&to);
        buf_add(&to, name);
        buf_add_text(&to, list.items[i].path + strlen(from));
        ok = copy_file(session, list.items[i].path, to.ptr, &diags);
    }
    if (!ok)
        message_diags(session, &diags, true);
    file_list_release(&list);
    buf_release(&to);
    diags_release(&diags);
    return ok;
}

bool command_workspace(struct session *session, struct str arguments)
{
    struct diags diags;
    struct buf path;

    if (!arguments.len)
        return command_usage(session, "workspace");
    if (session_any_modified(session)) {
        struct buf names;
        buf_init(&names, session->env);
        unsaved_names(session, &names);
        message_fail(session, DIAG_UNSAVED, buf_str(&names), STR(":write-all"), STR(":quit!"));
        buf_release(&names);
        return false;
    }
    buf_init(&path, session->env);
    buf_add(&path, arguments);
    bool there = str_find_char(arguments, '\0') < 0 && file_exists(path.ptr);
    if (there) {
        mem_free(session->env, session->elsewhere);
        session->elsewhere = buf_steal(&path);
    } else {
        diags_init(&diags, session->env);
        diag_add0(&diags, DIAG_FILE_MISSING, &(struct place){ .file = arguments });
        message_diags(session, &diags, true);
        diags_release(&diags);
    }
    buf_release(&path);
    return there;
}

/* --- the end --- */

bool command_quit(struct session *session, struct str arguments)
{
    struct buf names;

    if (arguments.len)
        return command_usage(session, "quit");
    if (!session_any_modified(session)) {
        session->quit = true;
        return true;
    }
    session->ask_quit = true;
    buf_init(&names, session->env);
    unsaved_names(session, &names);
    message_fail(session, DIAG_UNSAVED, buf_str(&names), STR(":write-all"), STR(":quit!"));
    buf_release(&names);
    return false;
}

bool command_quit_force(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "quit!");
    session->quit = session->discard = true;
    return true;
}

/* --- undo --- */

bool command_undo(struct session *session, struct str arguments)
{
    size_t count;

    return command_count(arguments, 1, &count) ? undo_many(session, count)
                                               : command_usage(session, "undo");
}

bool command_redo(struct session *session, struct str arguments)
{
    size_t count;

    return command_count(arguments, 1, &count) ? redo_many(session, count)
                                               : command_usage(session, "redo");
}

bool command_undo_to(struct session *session, struct str arguments)
{
    int64_t number;

    if (!str_to_int(arguments, &number) || number < 0)
        return command_usage(session, "undo-to");
    return undo_go_to(session, (size_t) number);
}

bool command_history(struct session *session, struct str arguments)
{
    struct buf list;

    if (arguments.len)
        return command_usage(session, "history");
    buf_init(&list, session->env);
    undo_list(session, &list);
    message_set(session, MESSAGE_INFO, "%s", list.len ? list.ptr : "nothing was changed yet");
    buf_release(&list);
    return true;
}
