/* Which word, chain and calls are at the cursor of an expression that may not be finished: only its
 * shape counts, so that help comes before it can be parsed. Grammar: domain.md section 5.4. */
#include "engine/session/assist.h"

enum { NO_CHAIN = -1 };

struct scanner {
    struct str text;
    size_t at, end;
    ptrdiff_t chain; /* where the one began that what was read last is the end of, or NO_CHAIN */
    size_t name, name_len; /* the word that was read last, if nothing came behind it */
    bool after_dot;
    struct assist_scan *out;
};

static bool in_word(char c)
{
    unsigned char u = (unsigned char) c;
    return u >= 0x80 || u == '_' || u == '$' || (u >= '0' && u <= '9') ||
           ((u | 32) >= 'a' && (u | 32) <= 'z');
}

static void end_chain(struct scanner *scan)
{
    scan->chain = NO_CHAIN;
    scan->name_len = 0;
    scan->after_dot = false;
}

/* False: the cursor is inside of it. */
static bool read_text(struct scanner *scan)
{
    size_t from = scan->at++;
    for (; scan->at < scan->end; scan->at++) {
        char c = scan->text.ptr[scan->at];
        if (c == '\\')
            scan->at++;
        if (c != '"')
            continue;
        scan->at++;
        end_chain(scan);
        scan->chain = (ptrdiff_t) from;
        return true;
    }
    scan->out->in_text = true;
    scan->out->word = from + 1;
    return false;
}

static void read_word(struct scanner *scan)
{
    size_t from = scan->at;
    while (scan->at < scan->end && in_word(scan->text.ptr[scan->at]))
        scan->at++;
    struct str word = str_slice(scan->text, from, scan->at);
    bool operator = str_eq_nocase(word, STR("and")) || str_eq_nocase(word, STR("or"));
    if (scan->at == scan->end) {
        scan->out->word = from;
        scan->out->has_dot = scan->after_dot && scan->chain != NO_CHAIN;
        scan->out->chain = scan->out->has_dot ? (size_t) scan->chain : 0;
        return;
    }
    bool joins = scan->after_dot && scan->chain != NO_CHAIN;
    ptrdiff_t chain = joins ? scan->chain : (ptrdiff_t) from;
    end_chain(scan);
    if (operator && !joins)
        return;
    scan->chain = chain;
    scan->name = from;
    scan->name_len = joins ? 0 : word.len;
}

static void open_bracket(struct scanner *scan)
{
    struct assist_scan *out = scan->out;
    bool call = scan->text.ptr[scan->at] == '(';
    size_t chain = scan->chain == NO_CHAIN ? scan->at : (size_t) scan->chain;
    if (out->depth == ASSIST_DEPTH) {
        out->lost = true;
        return;
    }
    out->open[out->depth++] =
        (struct assist_open){ scan->name, call ? scan->name_len : 0, chain, 0 };
    end_chain(scan);
}

static void close_bracket(struct scanner *scan)
{
    struct assist_scan *out = scan->out;
    end_chain(scan);
    if (out->depth == 0)
        out->lost = true;
    else
        scan->chain = (ptrdiff_t) out->open[--out->depth].chain;
}

static void read_mark(struct scanner *scan)
{
    switch (scan->text.ptr[scan->at]) {
    case '(':
    case '[':
        open_bracket(scan);
        break;
    case ')':
    case ']':
        close_bracket(scan);
        break;
    case '.':
        scan->out->dot = scan->at;
        scan->after_dot = true;
        scan->name_len = 0;
        break;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        break;
    case ',':
        if (scan->out->depth > 0)
            scan->out->open[scan->out->depth - 1].commas++;
        end_chain(scan);
        break;
    default:
        end_chain(scan);
        break;
    }
    scan->at++;
}

void assist_scan(struct str text, size_t cursor, struct assist_scan *out)
{
    struct scanner scan = { .text = text, .end = cursor, .chain = NO_CHAIN, .out = out };
    out->depth = 0;
    out->lost = out->in_text = out->has_dot = false;
    out->word = cursor;
    out->chain = out->dot = 0;
    while (scan.at < scan.end && !out->lost) {
        if (scan.text.ptr[scan.at] == '"') {
            if (!read_text(&scan))
                return;
        } else if (in_word(scan.text.ptr[scan.at])) {
            read_word(&scan);
        } else {
            read_mark(&scan);
        }
    }
    if (out->word == cursor && scan.after_dot && scan.chain != NO_CHAIN) {
        out->has_dot = true;
        out->chain = (size_t) scan.chain;
    }
}
