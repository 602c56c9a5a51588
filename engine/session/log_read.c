/* The recovery log, read: nothing in it is believed before it was checked. */
#include "engine/session/log.h"

#include <stdio.h>
#include <string.h>

#include "engine/base/env.h"

void log_reader_init(struct log_reader *reader, struct env *env, struct str text)
{
    *reader = (struct log_reader){ .env = env, .limits = LIMITS_DEFAULT, .text = text };
    atoms_init(&reader->atoms, env, NULL, 0);
}

void log_reader_release(struct log_reader *reader)
{
    atoms_release(&reader->atoms);
}

static bool line_is_whole(struct str line)
{
    char expected[LOG_CHECK_LENGTH + 1];

    if (line.len <= LOG_CHECK_LENGTH)
        return false;
    snprintf(expected, sizeof expected, LOG_CHECK_FORMAT,
             str_hash(str_slice(line, LOG_CHECK_LENGTH, line.len)));
    return memcmp(line.ptr, expected, LOG_CHECK_LENGTH) == 0;
}

enum log_line log_next(struct log_reader *reader, struct doc **record)
{
    struct str rest = str_slice(reader->text, reader->at, reader->text.len);
    ptrdiff_t end = str_find_char(rest, '\n');
    struct diags diags;
    uint64_t number;

    *record = NULL;
    if (end < 0)
        return LOG_END;
    rest.len = (size_t) end;
    if (!line_is_whole(rest))
        return LOG_DAMAGED;
    diags_init(&diags, reader->env);
    *record = doc_read(reader->env, &reader->atoms, &reader->limits, "", rest, &diags);
    diags_release(&diags);
    if (!*record)
        return LOG_DAMAGED;
    if (!log_number_of(*record, 1, "n", UINT64_MAX, &number) || number != reader->records + 1) {
        doc_free(*record);
        *record = NULL;
        return LOG_DAMAGED;
    }
    reader->records++;
    reader->at += (size_t) end + 1;
    return LOG_RECORD;
}

static node_id member(const struct doc *record, node_id object, const char *key)
{
    return doc_kind(record, object) == NODE_OBJECT
               ? doc_member_named(record, object, str_of(key)) : 0;
}

bool log_has(const struct doc *record, const char *key)
{
    return member(record, 1, key) != 0;
}

bool log_text(const struct doc *record, node_id object, const char *key, struct str *out)
{
    node_id node = member(record, object, key);

    if (!node || !doc_is_text(record, node))
        return false;
    *out = doc_text(record, node);
    if (!out->ptr)
        out->ptr = ""; /* an empty text is not a missing one */
    return true;
}

bool log_number_of(const struct doc *record, node_id object, const char *key, uint64_t most,
                   uint64_t *out)
{
    node_id node = member(record, object, key);
    int64_t number;

    if (!node || doc_core_kind(record, node) != NODE_NUMBER ||
        !str_to_int(doc_text(record, node), &number) || number < 0 || (uint64_t) number > most)
        return false;
    *out = (uint64_t) number;
    return true;
}

bool log_hash(const struct doc *record, node_id object, const char *key, uint64_t *out)
{
    struct str text;

    if (!log_text(record, object, key, &text) || text.len != 16)
        return false;
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        ptrdiff_t digit = str_find_char(STR("0123456789abcdef"), text.ptr[i]);
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint64_t) digit;
    }
    return true;
}
