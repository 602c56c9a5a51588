#include "tui/term/input.h"

#include <string.h>

#include "engine/base/mem.h"
#include "engine/base/utf8.h"

/* What terminals send beyond their description: xterm's forms, which nearly all share. */
static const struct {
    int number;
    uint32_t code;
} tilde_keys[] = {
    { 1, SPECIAL_HOME },    { 2, SPECIAL_INSERT },       { 3, SPECIAL_DELETE },
    { 4, SPECIAL_END },     { 5, SPECIAL_PAGE_UP },      { 6, SPECIAL_PAGE_DOWN },
    { 7, SPECIAL_HOME },    { 8, SPECIAL_END },          { 11, SPECIAL_F1 },
    { 12, SPECIAL_F1 + 1 }, { 13, SPECIAL_F1 + 2 },      { 14, SPECIAL_F1 + 3 },
    { 15, SPECIAL_F1 + 4 }, { 17, SPECIAL_F1 + 5 },      { 18, SPECIAL_F1 + 6 },
    { 19, SPECIAL_F1 + 7 }, { 20, SPECIAL_F1 + 8 },      { 21, SPECIAL_F1 + 9 },
    { 23, SPECIAL_F1 + 10 }, { 24, SPECIAL_F12 },
};

static const struct {
    char final;
    uint32_t code;
    uint32_t mods;
} letter_keys[] = {
    { 'A', SPECIAL_UP, 0 },       { 'B', SPECIAL_DOWN, 0 },     { 'C', SPECIAL_RIGHT, 0 },
    { 'D', SPECIAL_LEFT, 0 },     { 'H', SPECIAL_HOME, 0 },     { 'F', SPECIAL_END, 0 },
    { 'P', SPECIAL_F1, 0 },       { 'Q', SPECIAL_F1 + 1, 0 },   { 'R', SPECIAL_F1 + 2, 0 },
    { 'S', SPECIAL_F1 + 3, 0 },   { 'M', SPECIAL_ENTER, 0 },    { 'Z', SPECIAL_TAB, MOD_SHIFT },
    { 'a', SPECIAL_UP, MOD_SHIFT }, { 'b', SPECIAL_DOWN, MOD_SHIFT },
    { 'c', SPECIAL_RIGHT, MOD_SHIFT }, { 'd', SPECIAL_LEFT, MOD_SHIFT },
};

static const char paste_start[] = "\033[200~";
static const char paste_stop[] = "\033[201~";
enum { MARK_LENGTH = sizeof(paste_stop) - 1, SEQUENCE_LIMIT = 64, PARAMS = 3 };

/* What a look at the pending bytes gave. */
enum scan {
    SCAN_EVENT,
    SCAN_SKIP, /* nothing for the program; look on */
    SCAN_MORE,
};

void input_init(struct input *input, struct env *env)
{
    *input = (struct input){ .paste_end = SIZE_MAX };
    buf_init(&input->pending, env);
    buf_init(&input->paste, env);
}

void input_release(struct input *input)
{
    buf_release(&input->pending);
    buf_release(&input->paste);
}

void input_define(struct input *input, const char *bytes, struct key key)
{
    if (input->sequence_count == INPUT_SEQUENCES || !bytes)
        return;
    size_t len = strlen(bytes);
    struct input_sequence *sequence = &input->sequences[input->sequence_count];
    if (len == 0 || len >= sizeof(sequence->bytes) || (unsigned char)bytes[0] >= ' ')
        return;
    if (len == 1 && bytes[0] == '\033')
        return;
    memcpy(sequence->bytes, bytes, len + 1);
    sequence->key = key;
    input->sequence_count++;
}

void input_feed(struct input *input, struct str bytes)
{
    if (input->at == input->pending.len) {
        buf_clear(&input->pending);
        input->at = 0;
    }
    buf_add(&input->pending, bytes);
}

bool input_empty(const struct input *input)
{
    return input->at == input->pending.len && !input->pasting;
}

static struct str rest_of(const struct input *input)
{
    return str_slice(buf_str(&input->pending), input->at, input->pending.len);
}

static enum scan key_event(struct input *input, size_t used, struct key key,
                           struct term_event *event)
{
    input->at += used;
    *event = (struct term_event){ .type = TERM_KEY, .key = key };
    return SCAN_EVENT;
}

static enum scan skip(struct input *input, size_t used)
{
    input->at += used;
    return SCAN_SKIP;
}

static struct key control_key(unsigned char byte)
{
    switch (byte) {
    case 0:
        return KEY_CTRL_OF(' ');
    case '\t':
        return KEY_OF(SPECIAL_TAB);
    case '\n':
    case '\r':
        return KEY_OF(SPECIAL_ENTER);
    case '\033':
        return KEY_OF(SPECIAL_ESC);
    case '\b':
    case 0x7F:
        return KEY_OF(SPECIAL_BACKSPACE);
    default: /* ^A .. ^Z are letters, ^\ ^] ^^ ^_ are not */
        return KEY_CTRL_OF(byte + (byte <= 26 ? 'a' - 1u : '@' + 0u));
    }
}

static size_t utf8_length(unsigned char lead)
{
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
}

/* The character at s[from], with `mods` besides. */
static enum scan scan_character(struct input *input, struct str s, size_t from, uint32_t mods,
                                bool quiet, struct term_event *event)
{
    unsigned char byte = (unsigned char)s.ptr[from];
    if (byte < ' ' || byte == 0x7F) {
        struct key key = control_key(byte);
        key.mods |= mods;
        return key_event(input, from + 1, key, event);
    }
    size_t at = from;
    uint32_t code = utf8_next(s, &at);
    if (code == UTF8_BAD) {
        if (!quiet && s.len - from < utf8_length(byte))
            return SCAN_MORE;
        return skip(input, from + 1);
    }
    if (code >= 0x80 && code < 0xA0)
        return skip(input, at);
    return key_event(input, at, (struct key){ code, mods }, event);
}

struct sequence {
    int params[PARAMS];
    int count;
    char lead;  /* '<' and '?' and the like, or 0 */
    char final; /* 0: unfinished */
    size_t used;
};

/* ESC [ parameters final */
static void read_sequence(struct str s, struct sequence *out)
{
    *out = (struct sequence){ .count = 1 };
    size_t at = 2;
    if (at < s.len && s.ptr[at] >= '<' && s.ptr[at] <= '?')
        out->lead = s.ptr[at++];
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        int *param = out->count <= PARAMS ? &out->params[out->count - 1] : NULL;
        if (c >= '0' && c <= '9') {
            if (param && *param < 1000000)
                *param = *param * 10 + (c - '0');
        } else if (c == ';') {
            out->count += out->count <= PARAMS;
        } else if (c >= '@' && c <= '~') {
            out->final = c;
            at++;
            break;
        } else if (c < ' ' || c > '?') { /* no part of a sequence: it was cut off */
            out->final = '\177';
            break;
        }
    }
    out->used = at;
}

/* xterm: 1 + shift 1, alt 2, ctrl 4 */
static uint32_t xterm_mods(int param)
{
    uint32_t bits = param > 1 ? (uint32_t)param - 1 : 0;
    return (bits & 1 ? MOD_SHIFT : 0) | (bits & 10 ? MOD_ALT : 0) | (bits & 4 ? MOD_CTRL : 0);
}

static enum scan modified_character(struct input *input, size_t used, int code, uint32_t mods,
                                    struct term_event *event)
{
    struct key key = { (uint32_t)code, mods };
    if (code <= 0 || code >= SPECIAL_FIRST || (code >= 0x80 && code < 0xA0))
        return skip(input, used);
    if (code < ' ' || code == 0x7F) {
        key = control_key((unsigned char)code);
        key.mods |= mods;
    } else {
        if ((mods & MOD_SHIFT) && !(mods & MOD_CTRL) && code >= 'a' && code <= 'z')
            key.code -= 'a' - 'A';
        if ((mods & MOD_CTRL) && code >= 'A' && code <= 'Z')
            key.code += 'a' - 'A';
        key.mods &= ~(uint32_t)MOD_SHIFT;
    }
    return key_event(input, used, key, event);
}

static enum scan mouse_event(struct input *input, size_t used, int code, int col, int row,
                             bool release, struct term_event *event)
{
    struct mouse mouse = {
        .row = row, .col = col,
        .mods = (code & 4 ? MOD_SHIFT : 0u) | (code & 8 ? MOD_ALT : 0u) |
                (code & 16 ? MOD_CTRL : 0u),
    };
    if (code & 64) {
        if ((code & 3) > 1 || release)
            return skip(input, used);
        mouse.action = (code & 1) ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
    } else {
        mouse.button = (code & 3) + 1;
        mouse.action = release ? MOUSE_RELEASE : (code & 32) ? MOUSE_DRAG : MOUSE_PRESS;
        if (mouse.button == 4) { /* the old form does not tell which button was released */
            mouse.button = 0;
            mouse.action = (code & 32) ? MOUSE_DRAG : MOUSE_RELEASE;
        }
    }
    if (row < 0 || col < 0)
        return skip(input, used);
    input->at += used;
    *event = (struct term_event){ .type = TERM_MOUSE, .mouse = mouse };
    return SCAN_EVENT;
}

static enum scan tilde_event(struct input *input, const struct sequence *seq,
                             struct term_event *event)
{
    if (seq->params[0] == 27)
        return modified_character(input, seq->used, seq->params[2], xterm_mods(seq->params[1]),
                                  event);
    for (size_t i = 0; i < sizeof(tilde_keys) / sizeof(tilde_keys[0]); i++)
        if (tilde_keys[i].number == seq->params[0])
            return key_event(input, seq->used,
                             (struct key){ tilde_keys[i].code, xterm_mods(seq->params[1]) }, event);
    return skip(input, seq->used);
}

static enum scan letter_event(struct input *input, size_t used, char final, uint32_t mods,
                              struct term_event *event)
{
    for (size_t i = 0; i < sizeof(letter_keys) / sizeof(letter_keys[0]); i++)
        if (letter_keys[i].final == final)
            return key_event(input, used,
                             (struct key){ letter_keys[i].code, letter_keys[i].mods | mods },
                             event);
    return skip(input, used);
}

static enum scan scan_csi(struct input *input, struct str s, bool quiet, struct term_event *event)
{
    if (s.len > 2 && s.ptr[2] == '[') { /* the console's F1 .. F5: ESC [ [ A .. E */
        if (s.len < 4)
            return quiet ? skip(input, 3) : SCAN_MORE;
        if (s.ptr[3] >= 'A' && s.ptr[3] <= 'E')
            return key_event(input, 4, KEY_OF(SPECIAL_F1 + (uint32_t)(s.ptr[3] - 'A')), event);
        return skip(input, 3);
    }
    struct sequence seq;
    read_sequence(s, &seq);
    if (!seq.final) {
        if (!quiet && s.len < SEQUENCE_LIMIT)
            return SCAN_MORE;
        return s.len == 2 ? key_event(input, 2, KEY_ALT_OF('['), event) : skip(input, s.len);
    }
    if (seq.lead == '<' && (seq.final == 'M' || seq.final == 'm'))
        return mouse_event(input, seq.used, seq.params[0], seq.params[1] - 1, seq.params[2] - 1,
                           seq.final == 'm', event);
    if (seq.lead == '?' && seq.final == 'y' && seq.params[0] == 69) /* term.c asked for mode 69 */
        input->margins = seq.params[1] == 1 || seq.params[1] == 2;
    if (seq.lead || seq.final == '\177')
        return skip(input, seq.used);
    if (seq.final == 'M' && seq.used == 3) { /* the old mouse form: three bytes, 32 added */
        if (s.len < 6)
            return quiet ? skip(input, s.len) : SCAN_MORE;
        return mouse_event(input, 6, (unsigned char)s.ptr[3] - 32, (unsigned char)s.ptr[4] - 33,
                           (unsigned char)s.ptr[5] - 33, false, event);
    }
    if (seq.final == '~' && seq.params[0] == 200) {
        input->at += seq.used;
        input->pasting = true;
        return SCAN_SKIP;
    }
    if (seq.final == '~')
        return tilde_event(input, &seq, event);
    if (seq.final == 'u')
        return modified_character(input, seq.used, seq.params[0], xterm_mods(seq.params[1]), event);
    return letter_event(input, seq.used, seq.final, xterm_mods(seq.params[1]), event);
}

/* ESC O letter: keys in application mode, and the keypad. */
static enum scan scan_ss3(struct input *input, struct str s, bool quiet, struct term_event *event)
{
    if (s.len < 3)
        return quiet ? key_event(input, 2, KEY_ALT_OF('O'), event) : SCAN_MORE;
    char final = s.ptr[2];
    if (final >= 'j' && final <= 'y') /* * + , - . / 0 .. 9 */
        return key_event(input, 3, KEY_OF((uint32_t)(final - 'j' + '*')), event);
    if (final < '@' || final > '~')
        return key_event(input, 2, KEY_ALT_OF('O'), event);
    return letter_event(input, 3, final, final >= 'a' && final <= 'd' ? MOD_CTRL : 0, event);
}

/* Answers of the terminal: ESC ] P X ^ _ up to BEL or ESC \; swallowed. */
static enum scan scan_string(struct input *input, struct str s, bool quiet,
                             struct term_event *event)
{
    for (size_t at = 2; at < s.len; at++) {
        if (s.ptr[at] == '\a')
            return skip(input, at + 1);
        if (s.ptr[at] == '\033' && at + 1 < s.len)
            return skip(input, s.ptr[at + 1] == '\\' ? at + 2 : at);
    }
    if (!quiet)
        return SCAN_MORE;
    return s.len == 2 ? key_event(input, 2, KEY_ALT_OF((unsigned char)s.ptr[1]), event)
                      : skip(input, s.len);
}

static enum scan scan_escape(struct input *input, struct str s, bool quiet,
                             struct term_event *event)
{
    if (s.len == 1)
        return quiet ? key_event(input, 1, KEY_OF(SPECIAL_ESC), event) : SCAN_MORE;
    switch (s.ptr[1]) {
    case '[':
        return scan_csi(input, s, quiet, event);
    case 'O':
        return scan_ss3(input, s, quiet, event);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        return scan_string(input, s, quiet, event);
    case '\033':
        return key_event(input, 1, KEY_OF(SPECIAL_ESC), event);
    default:
        return scan_character(input, s, 1, MOD_ALT, quiet, event);
    }
}

/* Keys of the terminal description: the longest that fits. */
static enum scan scan_defined(struct input *input, struct str s, bool quiet,
                              struct term_event *event)
{
    const struct input_sequence *best = NULL;
    size_t length = 0;
    bool unfinished = false;
    for (size_t i = 0; i < input->sequence_count; i++) {
        const struct input_sequence *sequence = &input->sequences[i];
        struct str bytes = str_of(sequence->bytes);
        if (str_starts(s, bytes) && bytes.len > length) {
            best = sequence;
            length = bytes.len;
        }
        unfinished |= s.len > 1 && s.len < bytes.len && str_starts(bytes, s);
    }
    if (best)
        return key_event(input, length, best->key, event);
    return unfinished && !quiet ? SCAN_MORE : SCAN_SKIP;
}

static void keep_pasted(struct input *input, struct str bytes)
{
    size_t room = INPUT_PASTE_LIMIT - input->paste.len;
    if (bytes.len > room) {
        bytes = str_slice(bytes, 0, room);
        input->paste_cut = true;
    }
    buf_add(&input->paste, bytes);
}

/* Bytes at the end of s that may be the beginning of an end mark. */
static size_t mark_begun(struct str s)
{
    for (size_t len = s.len < MARK_LENGTH ? s.len : MARK_LENGTH - 1; len > 0; len--)
        if (memcmp(s.ptr + s.len - len, paste_stop, len) == 0)
            return len;
    return 0;
}

static void collect_paste(struct input *input)
{
    struct str s = rest_of(input);
    const char *mark;
    while (s.len && (mark = memmem(s.ptr, s.len, paste_stop, MARK_LENGTH))) {
        size_t before = (size_t)(mark - s.ptr);
        keep_pasted(input, str_slice(s, 0, before));
        input->paste_end = input->paste.len;
        keep_pasted(input, str_slice(s, before, before + MARK_LENGTH));
        s = str_slice(s, before + MARK_LENGTH, s.len);
    }
    size_t begun = s.len ? mark_begun(s) : 0;
    keep_pasted(input, str_slice(s, 0, s.len - begun));
    input->at = input->pending.len - begun;
}

/* What followed the end mark were keys: they come next. What was cut off is lost, rather than
 * taken for keys. */
static enum scan end_paste(struct input *input, struct term_event *event)
{
    struct str whole = buf_str(&input->paste);
    if (!input->paste_cut && input->paste_end + MARK_LENGTH < whole.len)
        buf_splice(&input->pending, input->at, input->at,
                   str_slice(whole, input->paste_end + MARK_LENGTH, whole.len));
    *event = (struct term_event){ .type = TERM_PASTE,
                                  .paste = str_slice(whole, 0, input->paste_end),
                                  .paste_cut = input->paste_cut };
    input->pasting = false;
    input->paste_taken = true;
    return SCAN_EVENT;
}

static void forget_paste(struct input *input)
{
    buf_clear(&input->paste);
    input->paste_taken = input->paste_cut = false;
    input->paste_end = SIZE_MAX;
}

static enum scan scan(struct input *input, bool quiet, struct term_event *event)
{
    struct str s = rest_of(input);
    if (str_starts(s, STR(paste_start)))
        return scan_csi(input, s, quiet, event);
    enum scan found = scan_defined(input, s, quiet, event);
    if (found != SCAN_SKIP)
        return found;
    return s.ptr[0] == '\033' ? scan_escape(input, s, quiet, event)
                              : scan_character(input, s, 0, 0, quiet, event);
}

enum input_state input_next(struct input *input, bool quiet, struct term_event *event)
{
    if (input->paste_taken)
        forget_paste(input);
    for (;;) {
        if (input->pasting) {
            collect_paste(input);
            if (input->paste_end == SIZE_MAX)
                return INPUT_NONE; /* no pause ends a paste whose end mark has not come */
            return quiet && end_paste(input, event) == SCAN_EVENT ? INPUT_EVENT : INPUT_MORE;
        }
        if (input_empty(input))
            return INPUT_NONE;
        switch (scan(input, quiet, event)) {
        case SCAN_EVENT:
            return INPUT_EVENT;
        case SCAN_MORE:
            return INPUT_MORE;
        case SCAN_SKIP:
            break;
        }
    }
}
