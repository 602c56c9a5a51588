/* What the files of functions and operators share. */
#ifndef POSTFLOW_EXPR_FUNCTIONS_H
#define POSTFLOW_EXPR_FUNCTIONS_H

#include "engine/expr/ast.h"
#include "engine/expr/decimal.h"

bool put_integer(struct eval *e, const struct expr *at, int64_t number, struct value *out);
bool put_decimal(struct eval *e, const struct expr *at, enum decimal_result result,
                 const char *text, struct value *out);
/* No value that an expression makes is larger (postflow's own limits). */
#define MOST_INTEGER INT64_C(999999999999999)
enum { MOST_TEXT = 1 << 20, MOST_WEIGHT = 1 << 22, MOST_NESTING = 256 };
bool put_text(struct eval *e, const struct expr *at, enum value_type type, struct str text,
              struct value *out);
/* A list or JSON value that has been built. */
bool put_built(struct eval *e, const struct expr *at, struct value built, struct value *out);
bool put_duration(struct eval *e, const struct expr *at, int64_t ms, struct value *out);
bool put_datetime(struct eval *e, const struct expr *at, int64_t seconds, struct value *out);
/* The number of an operand of any numeric type as the text of a decimal; empty where it is NOT_SET.
 */
struct str number_operand(const struct pool *pool, struct value v, char text[static INT_TEXT]);
/* Both have an amount, and of one currency. */
bool currency_pair(struct eval *e, const struct expr *at, const struct value *pair);
/* `amount`: the text of a decimal, empty where it is NOT_SET. */
void put_currency(struct eval *e, struct str amount, struct str code, struct value *out);
/* A JSON value of any value, without parsing it. */
struct value json_of(struct pool *pool, struct value v);
/* The items of a list or a JSON array; NOT_SET is empty. */
const struct value *items_of(const struct pool *pool, struct value v, uint32_t *count);
/* The items of a list with some of them replaced. */
struct splice {
    const struct value *items, *added;
    uint32_t count, from, drop, added_count;
};
uint32_t list_spliced(struct pool *pool, struct splice splice);
/* From 0, below `limit`. */
bool is_index(struct eval *e, const struct expr *at, struct value index, uint32_t limit);
/* No two of them have different codes. */
bool one_currency(struct eval *e, const struct expr *at, const struct value *items, uint32_t count);
bool put_date(struct eval *e, const struct expr *at, int64_t days, struct value *out);
int64_t second_of_day(int64_t seconds);
/* What the world states; *name is the key where it states nothing. */
enum expr_answer world_find(const struct expr_run *run, enum value_type type, const char *by,
                            struct str key, struct str *name);
/* Empty: not stated. */
struct str world_detail(const struct expr_run *run, enum value_type type, struct str name,
                        const char *what);
/* What equal phone numbers have in common. */
void phone_key(struct str address, struct buf *out);
/* The number of a phone address without its scheme: "tel:+49 30 1" -> "+49301". */
void phone_number(struct str address, struct buf *out);
/* The address of "Name <address>", and the name, empty where there is none. */
struct str email_address(struct str text, struct str *name);
bool same_phone(const struct pool *pool, struct value a, struct value b);
bool equal_values(const struct pool *pool, struct value a, struct value b);
int compare_values(const struct pool *pool, struct value a, struct value b);
/* The dictionary-like order of Compare: lower case before upper (domain.md section 5.6). */
int compare_texts(struct str a, struct str b);

#define RUN(name)                                                                                  \
    bool run_##name(struct eval *e, const struct expr *at, const struct value *args,               \
                    unsigned count, struct value *out)
RUN(decimal);
RUN(duration);
RUN(order);
RUN(equal);
RUN(not );
RUN(currency);
/* texts */
RUN(append);
RUN(audio);
RUN(length);
RUN(contains);
RUN(find_string);
RUN(left);
RUN(right);
RUN(substring);
RUN(lower);
RUN(upper);
RUN(trim);
RUN(replace);
RUN(compare);
RUN(are_equal);
RUN(split);
RUN(reverse);
RUN(local_part);
RUN(make_email);
RUN(blank);
/* What the functions say that make audio of a value; the variant of run_say. */
enum say {
    SAY_NUMBER,
    SAY_ORDINAL,
    SAY_PERCENT,
    SAY_BOOLEAN,
    SAY_CURRENCY,
    SAY_DATE,
    SAY_TIME,
    SAY_MOMENT,
    SAY_DURATION,
    SAY_CHARACTERS,
    SAY_PHONE,
    SAY_RANGE
};
RUN(say);
/* conversions */
RUN(to_string);
RUN(to_int);
RUN(to_decimal);
RUN(to_bool);
RUN(to_json);
RUN(json_parse);
RUN(json_stringify);
RUN(to_named);
RUN(to_prompt);
RUN(to_currency);
RUN(make_currency);
RUN(make_currencies);
RUN(currency_symbol);
RUN(to_duration);
RUN(to_datetime);
RUN(is_set);
RUN(is_not_set_or_empty);
/* lists, JSON, time */
RUN(count);
RUN(get_at);
RUN(find);
RUN(find_first);
RUN(make_empty_list);
RUN(make_list);
RUN(is_json);
RUN(set_property);
RUN(get_property);
RUN(property_names);
RUN(replace_item);
RUN(json_list);
RUN(make_object);
RUN(has_property);
RUN(make_duration);
RUN(difference);
RUN(now);
RUN(add_time);
RUN(add_months);
RUN(make_datetime);
RUN(part_of_datetime);
RUN(occurrence);
RUN(round_up);
RUN(range);
RUN(languages);
RUN(any);
RUN(add_item);
RUN(insert_item);
RUN(remove_item);
RUN(remove_at);
RUN(slice);
RUN(sort);
RUN(distinct);
RUN(concat);
RUN(remove_property);
RUN(make_array);
RUN(get_item);
RUN(push_item);
RUN(drop_item);
RUN(make_date);
RUN(make_time);
RUN(join_date);
RUN(format_datetime);
RUN(to_date);
RUN(to_time);
RUN(find_named);
RUN(detect_language);
/* numbers */
RUN(floor);
RUN(sum);
RUN(extreme);
RUN(abs);
RUN(convert_currency);

#endif
