/* Properties of values that are no JSON (domain.md section 5.1), and phone addresses. */
#include "engine/expr/functions.h"

enum what { ID, NAME, AMOUNT, CODE, NUMBER, ADDRESS, RAW, SCHEME, IS_GLOBAL, IS_SIP, IS_TEL };

struct property {
    const char *name;
    uint8_t of, type; /* TYPE_OBJECT: of everything that has a name */
    uint8_t what;     /* enum what */
};
static const struct property properties[] = {
    { "id", TYPE_OBJECT, TYPE_STRING, ID },
    { "name", TYPE_OBJECT, TYPE_STRING, NAME },
    { "id", TYPE_EMAIL, TYPE_STRING, ADDRESS },
    { "name", TYPE_EMAIL, TYPE_STRING, NAME },
    { "amount", TYPE_CURRENCY, TYPE_DECIMAL, AMOUNT },
    { "code", TYPE_CURRENCY, TYPE_STRING, CODE },
    { "e164", TYPE_PHONE, TYPE_STRING, NUMBER },
    { "subscriberNumber", TYPE_PHONE, TYPE_STRING, NUMBER },
    { "raw", TYPE_PHONE, TYPE_STRING, RAW },
    { "uri", TYPE_PHONE, TYPE_STRING, RAW },
    { "scheme", TYPE_PHONE, TYPE_STRING, SCHEME },
    { "isGlobal", TYPE_PHONE, TYPE_BOOLEAN, IS_GLOBAL },
    { "isSip", TYPE_PHONE, TYPE_BOOLEAN, IS_SIP },
    { "isTel", TYPE_PHONE, TYPE_BOOLEAN, IS_TEL },
};

static bool has_name(uint8_t type)
{
    return (type >= TYPE_QUEUE && type <= TYPE_SURVEY_QUESTION) || type == TYPE_PROMPT;
}

const struct property *property_find(uint8_t type, struct str name, uint8_t *result)
{
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        const struct property *property = &properties[i];
        bool fits = property->of == type || (property->of == TYPE_OBJECT && has_name(type));
        if (fits && str_eq_nocase(name, str_of(property->name))) {
            *result = property->type;
            return property;
        }
    }
    return NULL;
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

/* By number, SIP addresses by their text. */
bool same_phone(const struct pool *pool, struct value a, struct value b)
{
    struct str x = value_text(pool, a), y = value_text(pool, b);
    struct buf left, right;
    if (is_sip(x) || is_sip(y))
        return str_eq_nocase(without_at(x), without_at(y));
    buf_init(&left, pool_env(pool));
    buf_init(&right, pool_env(pool));
    phone_number(x, &left);
    phone_number(y, &right);
    bool same = left.len > 0 ? str_eq(buf_str(&left), buf_str(&right)) : str_eq(x, y);
    buf_release(&left);
    buf_release(&right);
    return same;
}

static struct str text_of(const struct pool *pool, enum what what, struct value of)
{
    struct str name = STR(""), text = value_text(pool, of), address;
    switch (what) {
    case CODE:
        return currency_code(pool, of);
    case AMOUNT:
        return currency_amount(pool, of);
    case SCHEME:
        return scheme_of(text);
    case NAME:
    case ADDRESS:
        if (of.type != TYPE_EMAIL)
            return text;
        address = email_address(text, &name);
        return what == NAME ? name : address;
    default:
        return text;
    }
}

bool property_get(struct eval *e, const struct property *property, struct value of,
                  struct value *out)
{
    struct pool *pool = e->run->pool;
    struct str text = text_of(pool, property->what, of);
    struct buf made;
    *out = value_not_set(property->type);
    if (!value_is_set(of))
        return true;
    switch ((enum what) property->what) {
    case AMOUNT:
    case CODE:
    case NAME:
        if (text.len > 0 || (property->what == NAME && of.type != TYPE_EMAIL))
            *out = value_named(pool, property->type, text);
        return true;
    case IS_GLOBAL:
    case IS_SIP:
    case IS_TEL: {
        struct str plus = str_starts(text, STR("tel:")) ? str_slice(text, 4, text.len) : text;
        *out = value_boolean(property->what == IS_GLOBAL
                                 ? str_starts(plus, STR("+"))
                                 : is_sip(text) == (property->what == IS_SIP));
        return true;
    }
    case ID:
    case NUMBER:
        buf_init(&made, pool_env(pool));
        if (property->what == NUMBER)
            phone_number(text, &made);
        else
            buf_addf(&made, "%s:%.*s", value_type_name(of.type), STR_ARG(text));
        *out = value_string(pool, buf_str(&made));
        buf_release(&made);
        return true;
    default:
        *out = value_string(pool, text);
        return true;
    }
}
