/* What the files of functions and operators share. */
#ifndef POSTFLOW_EXPR_FUNCTIONS_H
#define POSTFLOW_EXPR_FUNCTIONS_H

#include "engine/expr/ast.h"
#include "engine/expr/decimal.h"

bool put_integer(struct eval *e, const struct expr *at, int64_t number, struct value *out);
bool put_decimal(struct eval *e, const struct expr *at, enum decimal_result result,
                 const char *text, struct value *out);
int compare_values(const struct pool *pool, struct value a, struct value b);
/* The dictionary-like order of Compare: lower case before upper (domain.md section 5.6). */
int compare_texts(struct str a, struct str b);

#define RUN(name)                                                                                  \
    bool run_##name(struct eval *e, const struct expr *at, const struct value *args,               \
                    unsigned count, struct value *out)
RUN(integer);
RUN(decimal);
RUN(duration);
RUN(order);
RUN(equal);
RUN(not );
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
RUN(same_text);
RUN(blank);
/* conversions */
RUN(to_string);
RUN(to_int);
RUN(to_decimal);
RUN(to_bool);
RUN(to_json);
RUN(json_parse);
RUN(json_stringify);
RUN(to_named);
RUN(to_duration);
RUN(to_datetime);
RUN(is_set);
RUN(is_not_set_or_empty);
/* lists, JSON, time */
RUN(count);
RUN(get_at);
RUN(find_first);
RUN(make_list);
RUN(is_json);
RUN(set_property);
RUN(get_property);
RUN(property_names);
RUN(replace_item);
RUN(json_list);
RUN(make_duration);
RUN(difference);
RUN(now);
RUN(add_time);
RUN(floor);

#endif
