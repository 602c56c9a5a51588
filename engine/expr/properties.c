/* Properties of values that are no JSON (domain.md section 5.1), and phone addresses. */
#include "engine/expr/constants.h"
#include "engine/expr/functions.h"

enum what {
    ID,
    NAME,
    ADDRESS,
    LOGIN,
    AMOUNT,
    CODE,
    NUMBER,
    DIALING_CODE,
    SUBSCRIBER,
    URI,
    RAW,
    SCHEME,
    IS_GLOBAL,
    IS_SIP,
    IS_TEL,
    PROMPT_TYPE,
    UNKNOWN
};

struct property {
    const char *name;
    uint8_t of, type; /* TYPE_OBJECT: of everything that has a name */
    uint8_t what;     /* enum what */
};
static const struct property properties[] = {
    { "id", TYPE_OBJECT, TYPE_STRING, ID },
    { "name", TYPE_OBJECT, TYPE_STRING, NAME },
    { "username", TYPE_USER, TYPE_STRING, LOGIN },
    { "email", TYPE_USER, TYPE_STRING, LOGIN },
    { "type", TYPE_PROMPT, TYPE_STRING, PROMPT_TYPE },
    { "duration", TYPE_PROMPT, TYPE_DURATION, UNKNOWN }, /* no recording is here */
    { "id", TYPE_EMAIL, TYPE_STRING, ADDRESS },
    { "name", TYPE_EMAIL, TYPE_STRING, NAME },
    { "amount", TYPE_CURRENCY, TYPE_DECIMAL, AMOUNT },
    { "code", TYPE_CURRENCY, TYPE_STRING, CODE },
    { "dialingCode", TYPE_REGION, TYPE_STRING, DIALING_CODE },
    { "dialingCode", TYPE_PHONE, TYPE_STRING, DIALING_CODE },
    { "e164", TYPE_PHONE, TYPE_STRING, NUMBER },
    { "subscriberNumber", TYPE_PHONE, TYPE_STRING, SUBSCRIBER },
    { "raw", TYPE_PHONE, TYPE_STRING, RAW },
    { "uri", TYPE_PHONE, TYPE_STRING, URI },
    { "scheme", TYPE_PHONE, TYPE_STRING, SCHEME },
    { "isGlobal", TYPE_PHONE, TYPE_BOOLEAN, IS_GLOBAL },
    { "isSip", TYPE_PHONE, TYPE_BOOLEAN, IS_SIP },
    { "isTel", TYPE_PHONE, TYPE_BOOLEAN, IS_TEL },
};

static bool has_name(uint8_t type)
{
    return (type >= TYPE_QUEUE && type <= TYPE_SURVEY_QUESTION) || type == TYPE_PROMPT;
}

static bool is_property_of(const struct property *property, uint8_t type)
{
    return property->of == type || (property->of == TYPE_OBJECT && has_name(type));
}

const struct property *property_find(uint8_t type, struct str name, uint8_t *result)
{
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        const struct property *property = &properties[i];
        if (is_property_of(property, type) && str_eq_nocase(name, str_of(property->name))) {
            *result = property->type;
            return property;
        }
    }
    return NULL;
}

bool expr_property(uint8_t type, size_t n, const char **name, uint8_t *result)
{
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        if (!is_property_of(&properties[i], type) || n-- > 0)
            continue;
        *name = properties[i].name;
        *result = properties[i].type;
        return true;
    }
    return false;
}

void phone_number(struct str text, struct buf *out)
{
    ptrdiff_t colon = str_find_char(text, ':');
    if (colon >= 0)
        text = str_slice(text, (size_t) colon + 1, text.len);
    for (size_t i = 0; i < text.len && text.ptr[i] != '@' && text.ptr[i] != ';'; i++) {
        if ((text.ptr[i] >= '0' && text.ptr[i] <= '9') || (text.ptr[i] == '+' && i == 0))
            buf_add_char(out, text.ptr[i]);
    }
}

static struct str scheme_of(struct str text)
{
    ptrdiff_t colon = str_find_char(text, ':');
    return colon < 0 ? STR("tel") : str_slice(text, 0, (size_t) colon);
}

static bool is_sip(struct str text)
{
    struct str scheme = scheme_of(text);
    return str_eq_nocase(scheme, STR("sip")) || str_eq_nocase(scheme, STR("sips"));
}

static struct str without_at(struct str text)
{
    while (text.len > 0 && text.ptr[text.len - 1] == '@')
        text.len--;
    return text;
}

/* The number, of SIP addresses and of what has no digits the text. */
void phone_key(struct str text, struct buf *out)
{
    if (!is_sip(text)) {
        phone_number(text, out);
        if (out->len == 0)
            buf_add(out, text);
        return;
    }
    text = without_at(text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        buf_add_char(out, (char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
    }
}

bool same_phone(const struct pool *pool, struct value a, struct value b)
{
    struct buf left, right;
    buf_init(&left, pool_env(pool));
    buf_init(&right, pool_env(pool));
    phone_key(value_text(pool, a), &left);
    phone_key(value_text(pool, b), &right);
    bool same = str_eq(buf_str(&left), buf_str(&right));
    buf_release(&left);
    buf_release(&right);
    return same;
}

static struct str amount_or_code(const struct pool *pool, enum what what, struct value of)
{
    return what == CODE ? currency_code(pool, of) : currency_amount(pool, of);
}

/* Who writes to whom: the name and the address of an email address, the name of anything else. */
static struct str name_or_address(const struct pool *pool, enum what what, struct value of)
{
    struct str name, text = value_text(pool, of);
    if (of.type != TYPE_EMAIL)
        return text;
    struct str address = email_address(text, &name);
    return what == NAME ? name : address;
}

/* The id that postflow.json states, else one made of type and name. */
static void add_id(struct eval *e, struct value of, struct buf *out)
{
    enum value_type type = (enum value_type) of.type;
    struct str name = value_text(e->run->pool, of), id = world_detail(e->run, type, name, "id");
    if (id.len > 0)
        buf_add(out, id);
    else
        buf_addf(out, "%s:%.*s", value_type_name(type), STR_ARG(name));
}

/* What a user signs in with: the email address. */
static struct str login_of(struct eval *e, struct value user)
{
    struct str name = value_text(e->run->pool, user);
    struct str email = world_detail(e->run, TYPE_USER, name, "email");
    return email.len > 0 || str_find_char(name, '@') < 0 ? email : name;
}

/* The parts of a phone number: +49 30 1 has the dialing code 49 and the subscriber number 301. */
static void add_part_of_phone(enum what what, struct str text, struct buf *out)
{
    struct buf number;
    buf_init(&number, out->env);
    phone_number(text, &number);
    struct str digits = buf_str(&number), code = STR("");
    if (str_starts(digits, STR("+"))) {
        digits = str_slice(digits, 1, digits.len);
        code = dialing_code_in(digits);
    }
    if (what == DIALING_CODE)
        buf_add(out, code);
    else if (what == SUBSCRIBER)
        buf_add(out, str_slice(digits, code.len, digits.len));
    else
        buf_add(out, buf_str(&number));
    buf_release(&number);
}

/* SIP addresses as they are, numbers with their scheme. */
static void add_uri(struct str text, struct buf *out)
{
    if (is_sip(text)) {
        buf_add(out, without_at(text));
        return;
    }
    buf_add(out, scheme_of(text));
    buf_add_char(out, ':');
    phone_key(text, out);
}

static bool is_so(enum what what, struct str phone)
{
    struct str plus = str_starts(phone, STR("tel:")) ? str_slice(phone, 4, phone.len) : phone;
    return what == IS_GLOBAL ? str_starts(plus, STR("+")) : is_sip(phone) == (what == IS_SIP);
}

/* A property that is a text; what is empty is NOT_SET. */
static void add_property(struct eval *e, enum what what, struct value of, struct buf *out)
{
    const struct pool *pool = e->run->pool;
    struct str text = value_text(pool, of);
    switch (what) {
    case ID:
        add_id(e, of, out);
        break;
    case NAME:
    case ADDRESS:
        buf_add(out, name_or_address(pool, what, of));
        break;
    case LOGIN:
        buf_add(out, login_of(e, of));
        break;
    case AMOUNT:
    case CODE:
        buf_add(out, amount_or_code(pool, what, of));
        break;
    case DIALING_CODE:
        if (of.type == TYPE_REGION)
            buf_add_text(out, dialing_code_of(text));
        else
            add_part_of_phone(what, text, out);
        break;
    case NUMBER:
    case SUBSCRIBER:
        add_part_of_phone(what, text, out);
        break;
    case URI:
        add_uri(text, out);
        break;
    case SCHEME:
        buf_add(out, scheme_of(text));
        break;
    case PROMPT_TYPE:
        buf_add_text(out, str_starts(text, STR("PromptSystem.")) ? "system" : "user");
        break;
    default:
        buf_add(out, text);
        break;
    }
}

bool property_get(struct eval *e, const struct property *property, struct value of,
                  struct value *out)
{
    struct pool *pool = e->run->pool;
    struct buf made;
    *out = value_not_set((enum value_type) property->type);
    if (!value_is_set(of) || property->what == UNKNOWN)
        return true;
    if (property->type == TYPE_BOOLEAN) {
        *out = value_boolean(is_so((enum what) property->what, value_text(pool, of)));
        return true;
    }
    buf_init(&made, pool_env(pool));
    add_property(e, (enum what) property->what, of, &made);
    if (made.len > 0)
        *out = value_named(pool, (enum value_type) property->type, buf_str(&made));
    buf_release(&made);
    return true;
}
