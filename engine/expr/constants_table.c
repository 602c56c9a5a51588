/* Constants that dots reach: Format.String.playChars, System.Currencies.USD (domain.md section
 * 5.1). ASSUMED where it names none: the members of Language.*, the languages, the survey
 * dispositions, the conversation types, and that regions, currencies and languages are their
 * codes. */
#include "engine/expr/constants.h"

#include "engine/expr/ast.h"

/* name, value (NULL: the name), what belongs to it: the symbol of a currency, the dialing code of a
 * region */
static const struct constant bool_formats[] = { { "playYesNo", NULL, NULL } };
static const struct constant currency_formats[] = {
    { "playDigits", NULL, NULL }, { "majorUnitsOnly", NULL, NULL },
    { "minorUnitsOnly", NULL, NULL },
};
static const struct constant date_formats[] = {
    { "longYear", NULL, NULL }, { "shortYear", NULL, NULL }, { "shortMonthAndDay", NULL, NULL },
    { "dayOnly", NULL, NULL }, { "monthOnly", NULL, NULL }, { "shortYearOnly", NULL, NULL },
    { "longYearOnly", NULL, NULL }, { "dayOfWeekOnly", NULL, NULL },
};
static const struct constant number_formats[] = { { "playDigits", NULL, NULL } };
static const struct constant phone_formats[] = { { "global", NULL, NULL },
                                                 { "local", NULL, NULL } };
static const struct constant string_formats[] = { { "playChars", NULL, NULL } };
static const struct constant time_formats[] = { { "twelveHours", NULL, NULL },
                                                { "twentyFourHours", NULL, NULL } };
static const struct constant time_parts[] = {
    { "days", NULL, NULL }, { "hours", NULL, NULL }, { "minutes", NULL, NULL },
    { "seconds", NULL, NULL },
};
static const struct constant genders[] = {
    { "masculine", NULL, NULL }, { "feminine", NULL, NULL }, { "neuter", NULL, NULL },
    { "common", NULL, NULL },
};
static const struct constant cases[] = {
    { "nominative", NULL, NULL }, { "accusative", NULL, NULL }, { "dative", NULL, NULL },
    { "genitive", NULL, NULL },
};
static const struct constant quantities[] = { { "singular", NULL, NULL },
                                              { "plural", NULL, NULL } };
static const struct constant days_of_week[] = {
    { "Sunday", "1", NULL }, { "Monday", "2", NULL }, { "Tuesday", "3", NULL },
    { "Wednesday", "4", NULL }, { "Thursday", "5", NULL }, { "Friday", "6", NULL },
    { "Saturday", "7", NULL },
};
static const struct constant conversation_types[] = {
    { "call", NULL, NULL }, { "callback", NULL, NULL }, { "chat", NULL, NULL },
    { "cobrowse", NULL, NULL }, { "email", NULL, NULL }, { "message", NULL, NULL },
    { "screenshare", NULL, NULL }, { "socialExpression", NULL, NULL }, { "video", NULL, NULL },
};
static const struct constant survey_dispositions[] = {
    { "completed", NULL, NULL }, { "deleted", NULL, NULL }, { "expired", NULL, NULL },
    { "optOut", NULL, NULL },
};
/* ISO 4217 */
static const struct constant currencies[] = {
    { "AED", NULL, NULL }, { "AFN", NULL, "\u060b" }, { "ALL", NULL, "L" },
    { "AMD", NULL, "\u058f" }, { "AOA", NULL, "Kz" }, { "ARS", NULL, "$" }, { "AUD", NULL, "$" },
    { "AWG", NULL, "\u0192" }, { "AZN", NULL, "\u20bc" }, { "BAM", NULL, "KM" },
    { "BBD", NULL, "$" }, { "BDT", NULL, "\u09f3" }, { "BGN", NULL, "\u043b\u0432." },
    { "BHD", NULL, NULL }, { "BIF", NULL, NULL }, { "BMD", NULL, "$" }, { "BND", NULL, NULL },
    { "BOB", NULL, "Bs" }, { "BRL", NULL, "R$" }, { "BSD", NULL, "$" }, { "BTN", NULL, "Nu." },
    { "BWP", NULL, "P" }, { "BYN", NULL, "Br" }, { "BZD", NULL, "$" }, { "CAD", NULL, "$" },
    { "CDF", NULL, "FC" }, { "CHF", NULL, "CHF" }, { "CLP", NULL, "$" }, { "CNY", NULL, "\u00a5" },
    { "COP", NULL, "$" }, { "CRC", NULL, "\u20a1" }, { "CUP", NULL, "$" }, { "CVE", NULL, NULL },
    { "CZK", NULL, "K\u010d" }, { "DJF", NULL, "Fdj" }, { "DKK", NULL, "kr" },
    { "DOP", NULL, "RD$" }, { "DZD", NULL, "DA" }, { "EGP", NULL, NULL }, { "ERN", NULL, "Nfk" },
    { "ETB", NULL, "Br" }, { "EUR", NULL, "\u20ac" }, { "FJD", NULL, "FJ$" },
    { "FKP", NULL, "\u00a3" }, { "GBP", NULL, "\u00a3" }, { "GEL", NULL, "\u20be" },
    { "GHS", NULL, "GH\u20b5" }, { "GIP", NULL, "\u00a3" }, { "GMD", NULL, NULL },
    { "GNF", NULL, NULL }, { "GTQ", NULL, "Q" }, { "GYD", NULL, "$" }, { "HKD", NULL, "HK$" },
    { "HNL", NULL, "L" }, { "HTG", NULL, "g" }, { "HUF", NULL, "Ft" }, { "IDR", NULL, "Rp" },
    { "ILS", NULL, "\u20aa" }, { "INR", NULL, "\u20b9" }, { "IQD", NULL, NULL },
    { "IRR", NULL, NULL }, { "ISK", NULL, "kr" }, { "JMD", NULL, "$" }, { "JOD", NULL, NULL },
    { "JPY", NULL, "\u00a5" }, { "KES", NULL, "Ksh" }, { "KGS", NULL, NULL },
    { "KHR", NULL, "\u17db" }, { "KMF", NULL, NULL }, { "KPW", NULL, NULL },
    { "KRW", NULL, "\u20a9" }, { "KWD", NULL, NULL }, { "KYD", NULL, "$" },
    { "KZT", NULL, "\u20b8" }, { "LAK", NULL, "\u20ad" }, { "LBP", NULL, NULL },
    { "LKR", NULL, "Rs" }, { "LRD", NULL, "$" }, { "LSL", NULL, NULL }, { "LYD", NULL, NULL },
    { "MAD", NULL, "dh" }, { "MDL", NULL, "L" }, { "MGA", NULL, "Ar" }, { "MKD", NULL, "den" },
    { "MMK", NULL, "K" }, { "MNT", NULL, "\u20ae" }, { "MOP", NULL, NULL }, { "MRU", NULL, NULL },
    { "MUR", NULL, "\u20a8" }, { "MVR", NULL, NULL }, { "MWK", NULL, NULL }, { "MXN", NULL, "$" },
    { "MYR", NULL, "RM" }, { "MZN", NULL, "MT" }, { "NAD", NULL, "$" }, { "NGN", NULL, "\u20a6" },
    { "NIO", NULL, "C$" }, { "NOK", NULL, "kr" }, { "NPR", NULL, "Rs" }, { "NZD", NULL, "$" },
    { "OMR", NULL, NULL }, { "PAB", NULL, "B/." }, { "PEN", NULL, "S/" }, { "PGK", NULL, "K" },
    { "PHP", NULL, "\u20b1" }, { "PKR", NULL, "Rs" }, { "PLN", NULL, "z\u0142" },
    { "PYG", NULL, "\u20b2" }, { "QAR", NULL, NULL }, { "RON", NULL, "lei" },
    { "RSD", NULL, "din" }, { "RUB", NULL, "\u20bd" }, { "RWF", NULL, "FRw" },
    { "SAR", NULL, NULL }, { "SBD", NULL, "$" }, { "SCR", NULL, "SR" }, { "SDG", NULL, NULL },
    { "SEK", NULL, "kr" }, { "SGD", NULL, "$" }, { "SHP", NULL, "\u00a3" }, { "SLE", NULL, NULL },
    { "SOS", NULL, "S" }, { "SRD", NULL, "$" }, { "SSP", NULL, "\u00a3" }, { "STN", NULL, NULL },
    { "SVC", NULL, NULL }, { "SYP", NULL, NULL }, { "SZL", NULL, NULL }, { "THB", NULL, "\u0e3f" },
    { "TJS", NULL, NULL }, { "TMT", NULL, "m" }, { "TND", NULL, NULL }, { "TOP", NULL, "T$" },
    { "TRY", NULL, "\u20ba" }, { "TTD", NULL, "$" }, { "TWD", NULL, "NT$" }, { "TZS", NULL, "TSh" },
    { "UAH", NULL, "\u20b4" }, { "UGX", NULL, "USh" }, { "USD", NULL, "$" }, { "UYU", NULL, "$" },
    { "UZS", NULL, "so\u02bbm" }, { "VES", NULL, "Bs." }, { "VND", NULL, "\u20ab" },
    { "VUV", NULL, "VT" }, { "WST", NULL, "WS$" }, { "XAF", NULL, "FCFA" }, { "XCD", NULL, "$" },
    { "XOF", NULL, "CFA" }, { "XPF", NULL, "\u20a3" }, { "YER", NULL, NULL }, { "ZAR", NULL, "R" },
    { "ZMW", NULL, "K" },
};
static const struct constant languages[] = {
    { "ar", "ar", NULL }, { "arAE", "ar-ae", NULL }, { "bgBG", "bg-bg", NULL },
    { "caES", "ca-es", NULL }, { "csCZ", "cs-cz", NULL }, { "daDK", "da-dk", NULL },
    { "deAT", "de-at", NULL }, { "deCH", "de-ch", NULL }, { "deDE", "de-de", NULL },
    { "elGR", "el-gr", NULL }, { "enAU", "en-au", NULL }, { "enCA", "en-ca", NULL },
    { "enGB", "en-gb", NULL }, { "enHK", "en-hk", NULL }, { "enIE", "en-ie", NULL },
    { "enIN", "en-in", NULL }, { "enNZ", "en-nz", NULL }, { "enSG", "en-sg", NULL },
    { "enUS", "en-us", NULL }, { "enZA", "en-za", NULL }, { "esAR", "es-ar", NULL },
    { "esCO", "es-co", NULL }, { "esES", "es-es", NULL }, { "esMX", "es-mx", NULL },
    { "esUS", "es-us", NULL }, { "etEE", "et-ee", NULL }, { "fiFI", "fi-fi", NULL },
    { "frBE", "fr-be", NULL }, { "frCA", "fr-ca", NULL }, { "frCH", "fr-ch", NULL },
    { "frFR", "fr-fr", NULL }, { "heIL", "he-il", NULL }, { "hiIN", "hi-in", NULL },
    { "hrHR", "hr-hr", NULL }, { "huHU", "hu-hu", NULL }, { "idID", "id-id", NULL },
    { "itCH", "it-ch", NULL }, { "itIT", "it-it", NULL }, { "jaJP", "ja-jp", NULL },
    { "koKR", "ko-kr", NULL }, { "ltLT", "lt-lt", NULL }, { "lvLV", "lv-lv", NULL },
    { "msMY", "ms-my", NULL }, { "nbNO", "nb-no", NULL }, { "nlBE", "nl-be", NULL },
    { "nlNL", "nl-nl", NULL }, { "noNO", "no-no", NULL }, { "plPL", "pl-pl", NULL },
    { "ptBR", "pt-br", NULL }, { "ptPT", "pt-pt", NULL }, { "roRO", "ro-ro", NULL },
    { "ruRU", "ru-ru", NULL }, { "skSK", "sk-sk", NULL }, { "slSI", "sl-si", NULL },
    { "srRS", "sr-rs", NULL }, { "svSE", "sv-se", NULL }, { "thTH", "th-th", NULL },
    { "trTR", "tr-tr", NULL }, { "ukUA", "uk-ua", NULL }, { "viVN", "vi-vn", NULL },
    { "zhCN", "zh-cn", NULL }, { "zhHK", "zh-hk", NULL }, { "zhSG", "zh-sg", NULL },
    { "zhTW", "zh-tw", NULL },
};
/* ISO 3166 */
static const struct constant regions[] = {
    { "AD", NULL, "376" }, { "AE", NULL, "971" }, { "AF", NULL, "93" }, { "AG", NULL, "1" },
    { "AI", NULL, "1" }, { "AL", NULL, "355" }, { "AM", NULL, "374" }, { "AO", NULL, "244" },
    { "AR", NULL, "54" }, { "AS", NULL, "1" }, { "AT", NULL, "43" }, { "AU", NULL, "61" },
    { "AW", NULL, "297" }, { "AX", NULL, "358" }, { "AZ", NULL, "994" }, { "BA", NULL, "387" },
    { "BB", NULL, "1" }, { "BD", NULL, "880" }, { "BE", NULL, "32" }, { "BF", NULL, "226" },
    { "BG", NULL, "359" }, { "BH", NULL, "973" }, { "BI", NULL, "257" }, { "BJ", NULL, "229" },
    { "BL", NULL, "590" }, { "BM", NULL, "1" }, { "BN", NULL, "673" }, { "BO", NULL, "591" },
    { "BQ", NULL, "599" }, { "BR", NULL, "55" }, { "BS", NULL, "1" }, { "BT", NULL, "975" },
    { "BW", NULL, "267" }, { "BY", NULL, "375" }, { "BZ", NULL, "501" }, { "CA", NULL, "1" },
    { "CC", NULL, "61" }, { "CD", NULL, "243" }, { "CF", NULL, "236" }, { "CG", NULL, "242" },
    { "CH", NULL, "41" }, { "CI", NULL, "225" }, { "CK", NULL, "682" }, { "CL", NULL, "56" },
    { "CM", NULL, "237" }, { "CN", NULL, "86" }, { "CO", NULL, "57" }, { "CR", NULL, "506" },
    { "CU", NULL, "53" }, { "CV", NULL, "238" }, { "CW", NULL, "599" }, { "CX", NULL, "61" },
    { "CY", NULL, "357" }, { "CZ", NULL, "420" }, { "DE", NULL, "49" }, { "DJ", NULL, "253" },
    { "DK", NULL, "45" }, { "DM", NULL, "1" }, { "DO", NULL, "1" }, { "DZ", NULL, "213" },
    { "EC", NULL, "593" }, { "EE", NULL, "372" }, { "EG", NULL, "20" }, { "EH", NULL, "212" },
    { "ER", NULL, "291" }, { "ES", NULL, "34" }, { "ET", NULL, "251" }, { "FI", NULL, "358" },
    { "FJ", NULL, "679" }, { "FK", NULL, "500" }, { "FM", NULL, "691" }, { "FO", NULL, "298" },
    { "FR", NULL, "33" }, { "GA", NULL, "241" }, { "GB", NULL, "44" }, { "GD", NULL, "1" },
    { "GE", NULL, "995" }, { "GF", NULL, "594" }, { "GG", NULL, "44" }, { "GH", NULL, "233" },
    { "GI", NULL, "350" }, { "GL", NULL, "299" }, { "GM", NULL, "220" }, { "GN", NULL, "224" },
    { "GP", NULL, "590" }, { "GQ", NULL, "240" }, { "GR", NULL, "30" }, { "GT", NULL, "502" },
    { "GU", NULL, "1" }, { "GW", NULL, "245" }, { "GY", NULL, "592" }, { "HK", NULL, "852" },
    { "HN", NULL, "504" }, { "HR", NULL, "385" }, { "HT", NULL, "509" }, { "HU", NULL, "36" },
    { "ID", NULL, "62" }, { "IE", NULL, "353" }, { "IL", NULL, "972" }, { "IM", NULL, "44" },
    { "IN", NULL, "91" }, { "IO", NULL, "246" }, { "IQ", NULL, "964" }, { "IR", NULL, "98" },
    { "IS", NULL, "354" }, { "IT", NULL, "39" }, { "JE", NULL, "44" }, { "JM", NULL, "1" },
    { "JO", NULL, "962" }, { "JP", NULL, "81" }, { "KE", NULL, "254" }, { "KG", NULL, "996" },
    { "KH", NULL, "855" }, { "KI", NULL, "686" }, { "KM", NULL, "269" }, { "KN", NULL, "1" },
    { "KP", NULL, "850" }, { "KR", NULL, "82" }, { "KW", NULL, "965" }, { "KY", NULL, "1" },
    { "KZ", NULL, "7" }, { "LA", NULL, "856" }, { "LB", NULL, "961" }, { "LC", NULL, "1" },
    { "LI", NULL, "423" }, { "LK", NULL, "94" }, { "LR", NULL, "231" }, { "LS", NULL, "266" },
    { "LT", NULL, "370" }, { "LU", NULL, "352" }, { "LV", NULL, "371" }, { "LY", NULL, "218" },
    { "MA", NULL, "212" }, { "MC", NULL, "377" }, { "MD", NULL, "373" }, { "ME", NULL, "382" },
    { "MF", NULL, "590" }, { "MG", NULL, "261" }, { "MH", NULL, "692" }, { "MK", NULL, "389" },
    { "ML", NULL, "223" }, { "MM", NULL, "95" }, { "MN", NULL, "976" }, { "MO", NULL, "853" },
    { "MP", NULL, "1" }, { "MQ", NULL, "596" }, { "MR", NULL, "222" }, { "MS", NULL, "1" },
    { "MT", NULL, "356" }, { "MU", NULL, "230" }, { "MV", NULL, "960" }, { "MW", NULL, "265" },
    { "MX", NULL, "52" }, { "MY", NULL, "60" }, { "MZ", NULL, "258" }, { "NA", NULL, "264" },
    { "NC", NULL, "687" }, { "NE", NULL, "227" }, { "NF", NULL, "672" }, { "NG", NULL, "234" },
    { "NI", NULL, "505" }, { "NL", NULL, "31" }, { "NO", NULL, "47" }, { "NP", NULL, "977" },
    { "NR", NULL, "674" }, { "NU", NULL, "683" }, { "NZ", NULL, "64" }, { "OM", NULL, "968" },
    { "PA", NULL, "507" }, { "PE", NULL, "51" }, { "PF", NULL, "689" }, { "PG", NULL, "675" },
    { "PH", NULL, "63" }, { "PK", NULL, "92" }, { "PL", NULL, "48" }, { "PM", NULL, "508" },
    { "PR", NULL, "1" }, { "PS", NULL, "970" }, { "PT", NULL, "351" }, { "PW", NULL, "680" },
    { "PY", NULL, "595" }, { "QA", NULL, "974" }, { "RE", NULL, "262" }, { "RO", NULL, "40" },
    { "RS", NULL, "381" }, { "RU", NULL, "7" }, { "RW", NULL, "250" }, { "SA", NULL, "966" },
    { "SB", NULL, "677" }, { "SC", NULL, "248" }, { "SD", NULL, "249" }, { "SE", NULL, "46" },
    { "SG", NULL, "65" }, { "SH", NULL, "290" }, { "SI", NULL, "386" }, { "SJ", NULL, "47" },
    { "SK", NULL, "421" }, { "SL", NULL, "232" }, { "SM", NULL, "378" }, { "SN", NULL, "221" },
    { "SO", NULL, "252" }, { "SR", NULL, "597" }, { "SS", NULL, "211" }, { "ST", NULL, "239" },
    { "SV", NULL, "503" }, { "SX", NULL, "1" }, { "SY", NULL, "963" }, { "SZ", NULL, "268" },
    { "TC", NULL, "1" }, { "TD", NULL, "235" }, { "TG", NULL, "228" }, { "TH", NULL, "66" },
    { "TJ", NULL, "992" }, { "TK", NULL, "690" }, { "TL", NULL, "670" }, { "TM", NULL, "993" },
    { "TN", NULL, "216" }, { "TO", NULL, "676" }, { "TR", NULL, "90" }, { "TT", NULL, "1" },
    { "TV", NULL, "688" }, { "TW", NULL, "886" }, { "TZ", NULL, "255" }, { "UA", NULL, "380" },
    { "UG", NULL, "256" }, { "US", NULL, "1" }, { "UY", NULL, "598" }, { "UZ", NULL, "998" },
    { "VA", NULL, "39" }, { "VC", NULL, "1" }, { "VE", NULL, "58" }, { "VG", NULL, "1" },
    { "VI", NULL, "1" }, { "VN", NULL, "84" }, { "VU", NULL, "678" }, { "WF", NULL, "681" },
    { "WS", NULL, "685" }, { "YE", NULL, "967" }, { "YT", NULL, "262" }, { "ZA", NULL, "27" },
    { "ZM", NULL, "260" }, { "ZW", NULL, "263" },
};

#define ITEMS(list) list, sizeof(list) / sizeof *(list)
static const struct constant_group groups[] = {
    { "Format.Bool", TYPE_FORMAT_BOOLEAN, ITEMS(bool_formats) },
    { "Format.Currency", TYPE_FORMAT_CURRENCY, ITEMS(currency_formats) },
    { "Format.Date", TYPE_FORMAT_DATE, ITEMS(date_formats) },
    { "Format.Number", TYPE_FORMAT_NUMBER, ITEMS(number_formats) },
    { "Format.PhoneNumber", TYPE_FORMAT_PHONE, ITEMS(phone_formats) },
    { "Format.String", TYPE_FORMAT_STRING, ITEMS(string_formats) },
    { "Format.Time", TYPE_FORMAT_TIME, ITEMS(time_formats) },
    { "Format.TimePart", TYPE_TIME_PART, ITEMS(time_parts) },
    { "Language.Gender", TYPE_LANGUAGE_CONTEXT, ITEMS(genders) },
    { "Language.Case", TYPE_LANGUAGE_CONTEXT, ITEMS(cases) },
    { "Language.Quantity", TYPE_LANGUAGE_CONTEXT, ITEMS(quantities) },
    { "System.DateTime.dayOfWeek", TYPE_INTEGER, ITEMS(days_of_week) },
    { "System.ConversationTypes", TYPE_STRING, ITEMS(conversation_types) },
    { "System.SurveyDispositions", TYPE_STRING, ITEMS(survey_dispositions) },
    { "System.Currencies", TYPE_STRING, ITEMS(currencies) },
    { "System.Languages", TYPE_STRING, ITEMS(languages) },
    { "System.Regions", TYPE_REGION, ITEMS(regions) },
};

const struct constant_group *constant_groups(size_t *count)
{
    *count = sizeof groups / sizeof *groups;
    return groups;
}

/* Whether the node is this path: variables and properties one behind the other. */
static bool is_path(const struct expr *node, struct str path)
{
    while (node->op == OP_PROPERTY) {
        if (path.len <= node->name.len || path.ptr[path.len - node->name.len - 1] != '.' ||
            !str_eq_nocase(str_slice(path, path.len - node->name.len, path.len), node->name))
            return false;
        path.len -= node->name.len + 1;
        node = node->args[0];
    }
    return node->op == OP_VARIABLE && str_eq_nocase(node->name, path);
}

static const struct constant *member(const struct constant_group *group, struct str name)
{
    for (size_t i = 0; i < group->count; i++) {
        if (str_eq_nocase(name, str_of(group->items[i].name)))
            return &group->items[i];
    }
    return NULL;
}

/* What is written to say how something is said is kept as "String.playChars". */
static struct value value_of(struct pool *pool, const struct constant_group *group,
                             const struct constant *constant)
{
    struct str text = str_of(constant->value ? constant->value : constant->name);
    int64_t number;
    if (group->type == TYPE_INTEGER && str_to_int(text, &number))
        return value_integer(number);
    if (group->type == TYPE_STRING || group->type == TYPE_REGION)
        return value_named(pool, (enum value_type) group->type, text);
    struct buf path;
    struct str kind = str_of(group->name);
    buf_init(&path, pool_env(pool));
    buf_add(&path, str_slice(kind, (size_t) str_find_char(kind, '.') + 1, kind.len));
    buf_add_char(&path, '.');
    buf_add(&path, text);
    struct value value = value_named(pool, (enum value_type) group->type, buf_str(&path));
    buf_release(&path);
    return value;
}

bool constant_find(struct pool *pool, const struct expr *node, struct value *out)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (node->op != OP_PROPERTY || !is_path(node->args[0], str_of(groups[i].name)))
            continue;
        const struct constant *constant = member(&groups[i], node->name);
        if (!constant)
            return false;
        *out = value_of(pool, &groups[i], constant);
        return true;
    }
    return false;
}

/* Format and Language hold nothing else, System variables too. */
bool constant_begins(struct str name)
{
    ptrdiff_t dot = str_find_char(name, '.');
    struct str scope = dot < 0 ? STR_NONE : str_slice(name, 0, (size_t) dot);
    if (str_eq_nocase(scope, STR("Format")) || str_eq_nocase(scope, STR("Language")))
        return true;
    for (size_t i = 0; i < sizeof groups / sizeof *groups && scope.len > 0; i++) {
        struct str path = str_of(groups[i].name);
        if (name.len <= path.len && str_eq_nocase(str_slice(path, 0, name.len), name) &&
            (name.len == path.len || path.ptr[name.len] == '.'))
            return true;
    }
    return false;
}

const char *currency_symbol_of(struct str code)
{
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        if (str_eq_nocase(code, str_of(currencies[i].name)))
            return currencies[i].more;
    }
    return NULL;
}

const char *dialing_code_of(struct str region)
{
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        if (str_eq_nocase(region, str_of(regions[i].name)))
            return regions[i].more;
    }
    return "";
}

struct str dialing_code_in(struct str number)
{
    struct str longest = STR("");
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        struct str code = str_of(regions[i].more);
        if (code.len > longest.len && str_starts(number, code))
            longest = code;
    }
    return longest;
}
