#include "engine/doc/yaml_print.h"

#include <string.h>
#include "engine/base/utf8.h"
#include "engine/doc/json.h"

/* --- what needs quotes --- */

/* Characters that only an escape can stand for: controls, what other readers take for line ends,
 * marks. */
static bool needs_escape(uint32_t code)
{
    return code < ' ' || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           code == 0xFEFF || code == UTF8_BAD;
}

static bool has_escapes(struct str text)
{
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char) text.ptr[at];
        if (c >= ' ' && c < 0x7F)
            at++;
        else if (needs_escape(utf8_next(text, &at)))
            return true;
    }
    return false;
}

static bool is_in(char c, const char *set)
{
    return c && strchr(set, c);
}

/* A colon or a number sign where it means something inside a plain scalar. */
static bool is_cut(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool end = i + 1 == text.len;
        if (text.ptr[i] == ':' && (end || text.ptr[i + 1] == ' '))
            return true;
        if (text.ptr[i] == '#' && i && text.ptr[i - 1] == ' ')
            return true;
    }
    return false;
}

/* What the core schema takes for something else than text. */
static bool is_core_word(struct str text)
{
    static const char *const words[] = { "~",    "null", "Null",  "NULL",  "true",
                                         "True", "TRUE", "false", "False", "FALSE" };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (str_is(text, words[i]))
            return true;
    return json_is_number(text);
}

bool yaml_reads_plain(struct str text, bool brackets)
{
    if (!text.len || *text.ptr == ' ' || text.ptr[text.len - 1] == ' ')
        return false;
    if (is_in(*text.ptr, ",[]{}#&*!|>'\"%@`"))
        return false;
    if (is_in(*text.ptr, "-?:") && (text.len == 1 || is_in(text.ptr[1], " ,[]{}")))
        return false;
    if (str_starts(text, STR("---")) || str_starts(text, STR("...")) || str_is(text, "<<"))
        return false;
    for (size_t i = 0; brackets && i < text.len; i++)
        if (is_in(text.ptr[i], ",[]{}?:"))
            return false;
    return !is_cut(text) && !has_escapes(text) && !is_core_word(text);
}

/* What some reader of YAML 1.1 takes for a number, a time or a date. */
static bool looks_like_number(struct str text)
{
    if (*text.ptr < '0' || *text.ptr > '9')
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_in(text.ptr[i], "0123456789abcdefABCDEFoxOXTZ.,:_+- "))
            return false;
    return true;
}

static bool looks_like_word(struct str text)
{
    static const char *const words[] = { "true", "false", "yes", "no", "on",
                                         "off",  "null",  "y",   "n",  "~" };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (str_eq_nocase(text, str_of(words[i])))
            return true;
    return false;
}

bool yaml_is_usual(struct str text)
{
    if (!text.len || is_in(*text.ptr, "-?:,[]{}#&*!|>'\"%@`/<=~+. "))
        return false;
    if (looks_like_number(text) || looks_like_word(text))
        return false;
    for (size_t i = 1; i < text.len; i++)
        if (text.ptr[i] == '#')
            return false;
    return yaml_reads_plain(text, false);
}

/* --- forms --- */

static void add_escape(struct buf *out, uint32_t code)
{
    static const char digits[] = "0123456789abcdef";
    static const char names[] = {
        ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'
    };
    buf_add_char(out, '\\');
    if (code < sizeof(names) && names[code]) {
        buf_add_char(out, names[code]);
        return;
    }
    buf_add_char(out, 'u');
    for (int shift = 12; shift >= 0; shift -= 4)
        buf_add_char(out, digits[code >> shift & 15]);
}

void yaml_add_double(struct buf *out, struct str text)
{
    buf_add_char(out, '"');
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '"' || code == '\\' || needs_escape(code))
            add_escape(out, code == UTF8_BAD ? 0xFFFD : code);
        else
            buf_add(out, str_slice(text, from, at));
    }
    buf_add_char(out, '"');
}

static void add_single(struct buf *out, struct str text)
{
    buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            buf_add_char(out, '\'');
        buf_add_char(out, text.ptr[i]);
    }
    buf_add_char(out, '\'');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Whether the text can be a literal or folded one whose indentation is seen from its first line,
 * and whose end does not depend on what follows. */
static bool fits_block(struct str text, bool folded)
{
    if (!text.len || is_blank(*text.ptr) || *text.ptr == '\n' || str_ends(text, STR("\n\n")))
        return false;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code != '\n' && code != '\t' && needs_escape(code))
            return false;
        if (folded && from && text.ptr[from - 1] == '\n' && is_blank(text.ptr[from]))
            return false;
    }
    return true;
}

static void add_block(struct buf *out, const struct yaml_scalar *scalar, bool folded)
{
    struct str text = scalar->text;
    bool chomped = !str_ends(text, STR("\n"));
    buf_add_char(out, folded ? '>' : '|');
    if (chomped)
        buf_add_char(out, '-');
    else
        text.len--;
    for (bool first = true, more = true; more; first = false) {
        ptrdiff_t end = str_find_char(text, '\n');
        struct str line = end < 0 ? text : str_slice(text, 0, (size_t) end);
        bool after_text = !first && out->len && out->ptr[out->len - 1] != '\n';
        buf_add(out, scalar->line_end);
        if (folded && after_text && line.len)
            buf_add(out, scalar->line_end); /* one line end alone would be a space */
        if (line.len) {
            buf_add_repeat(out, ' ', scalar->indent);
            buf_add(out, line);
        } else if (folded && after_text) {
            buf_add(out, scalar->line_end);
        }
        more = end >= 0;
        text = more ? str_slice(text, (size_t) end + 1, text.len) : STR_NONE;
    }
}

void yaml_add_scalar(struct buf *out, const struct yaml_scalar *scalar)
{
    struct str text = scalar->text;
    bool folded = scalar->form == YAML_FOLDED && fits_block(text, true);
    bool plain = scalar->form == YAML_PLAIN && yaml_reads_plain(text, scalar->brackets) &&
                 (scalar->as_neighbours || yaml_is_usual(text));
    bool single = scalar->form == YAML_SINGLE ||
                  (scalar->form == YAML_PLAIN && scalar->quote == YAML_SINGLE);
    bool block = scalar->form == YAML_LITERAL || scalar->form == YAML_FOLDED;
    if (plain)
        buf_add(out, text);
    else if (block && !scalar->brackets && (folded || fits_block(text, false)))
        add_block(out, scalar, folded);
    else if (single && !has_escapes(text))
        add_single(out, text);
    else
        yaml_add_double(out, text);
}

void yaml_add_key(struct buf *out, struct str key, bool brackets)
{
    if (yaml_is_usual(key) && yaml_reads_plain(key, brackets))
        buf_add(out, key);
    else
        yaml_add_double(out, key);
}

void yaml_add_value(struct buf *out, const struct doc *doc, node_id id, bool brackets)
{
    enum node_kind kind = doc_core_kind(doc, id);
    struct yaml_scalar scalar = { .text = doc_text(doc, id), .brackets = brackets };
    if (kind == NODE_TEXT)
        yaml_add_scalar(out, &scalar);
    else if (kind == NODE_NUMBER)
        buf_add(out, scalar.text);
    else
        buf_add(out, doc_word(kind));
}
