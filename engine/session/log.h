/* The form of the recovery log (log.c writes, log_read.c reads):
 *
 *   {"check":"HASH","n":1,"at":MS,"log":1,"folder":"/...","process":PID}
 *   {...,"doc":1,"file":"/...","size":N,"hash":"...","nodes":N}   ids of doc 1 count in it
 *        "new":1: made in the session, a flow by "type" and "name"; "world":1: postflow.json
 *   {...,"change":"Add Disconnect","steps":[STEP...]}
 *        {"d":1,"graft":ID,"json":"...","key":"..."}          key only for a member
 *        {"d":1,"splice":ID,"after":ID,"out":[ID...],"put":[ID...]}
 *        {"d":1,"set":ID,"kind":KIND,"text":"..."}
 *        {"d":1,"move":ID,"to":ID,"after":ID}
 *   {...,"undo":N} {...,"redo":N}                             by the number of the change
 *   {...,"base":1,"text":"..."}     before a save or reload: what the ids of doc 1 count in
 *   {...,"save":1,"file":"/...","size":N,"hash":"..."}        doc 1 is about to be saved like this
 *   {...,"saved":1}                                           and now it is
 *   {...,"reload":1}                doc 1 was read again: a new doc, the undo tree is empty
 *   {...,"draft":WHERE,"from":N,"to":N,"text":"..."}          over the draft before it
 *
 * HASH is str_hash of the line behind `"check":"...",` up to its last brace. */
#ifndef POSTFLOW_SESSION_LOG_H
#define POSTFLOW_SESSION_LOG_H

#include <inttypes.h>
#include "engine/doc/doc.h"

#define LOG_FOLDER "recover"
#define LOG_CHECK_FORMAT "{\"check\":\"%016" PRIx64 "\","
enum { LOG_VERSION = 1, LOG_CHECK_LENGTH = 28 };

/* Reading: lines one after the other, each as strictly as a file. */
struct log_reader {
    struct env *env;
    struct atoms atoms;
    struct limits limits;
    struct str text; /* the whole log, borrowed */
    size_t at;       /* behind the last good record */
    uint64_t records; /* good ones */
};
enum log_line { LOG_RECORD, LOG_END /* a last line without its end is none */, LOG_DAMAGED };
void log_reader_init(struct log_reader *reader, struct env *env, struct str text);
void log_reader_release(struct log_reader *reader);
/* The next record, owned by the caller. */
enum log_line log_next(struct log_reader *reader, struct doc **record);

/* Members of a record or step; false when it is not there or of another kind. */
bool log_text(const struct doc *record, node_id object, const char *key, struct str *out);
bool log_number_of(const struct doc *record, node_id object, const char *key, uint64_t most,
                   uint64_t *out);
bool log_hash(const struct doc *record, node_id object, const char *key, uint64_t *out);
bool log_has(const struct doc *record, const char *key);

#endif
