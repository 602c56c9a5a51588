/* One condition evaluated by postflow and by Lua 5.4 in turn: parsed once and evaluated again and
 * again with other variables, and from its text each time. Usage: bench_expr [EVALUATIONS] */
#include <stdio.h>
#include <stdlib.h>
#ifdef WITH_LUA
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#endif
#include "engine/base/env.h"
#include "engine/expr/expr.h"
#include "tests/bench/measure.h"

enum { ROUNDS = 7, COUNT = 0, ANI = 1 };

static const char ours_text[] =
    "If(Length(Call.Ani) > 10 and Flow.count + 1 >= 3, Append(\"a\", ToString(Flow.count)), \"b\")";

struct bench {
    struct env env;
    struct arena arena;
    struct pool *pool;
    struct diags diags;
    struct expr_names names;
    struct value values[2];
    struct value numbers[2]; /* the two phone numbers */
    struct expr_run run;
    struct expr_error error;
};

static bool find(void *context, struct str scope, struct str name, struct expr_var *out)
{
    (void) context;
    bool flow = str_eq_nocase(scope, STR("Flow")) && str_eq_nocase(name, STR("count"));
    *out = (struct expr_var){ .type = { flow ? TYPE_INTEGER : TYPE_STRING, false },
                              .index = flow ? COUNT : ANI };
    return flow || (str_eq_nocase(scope, STR("Call")) && str_eq_nocase(name, STR("Ani")));
}

static struct expr *compile(struct bench *b)
{
    struct place place = { .line = 1, .column = 1 };
    struct expr *expr = expr_compile(&b->arena, b->pool, str_of(ours_text), &b->names,
                                     (struct expr_type){ 0 }, &place, &b->diags);
    if (!expr)
        fail("the condition does not compile");
    return expr;
}

static size_t evaluate(struct bench *b, const struct expr *expr, long i)
{
    struct value out;
    b->values[COUNT] = value_integer(i % 10);
    b->values[ANI] = b->numbers[i % 5 ? 1 : 0];
    if (!expr_eval(expr, &b->run, &out, &b->error))
        fail("the condition does not evaluate");
    return value_text(b->pool, out).len * (size_t) (i & 7);
}

/* Adds up what came out: both must agree. */
static size_t ours(struct bench *b, long times, bool from_text)
{
    size_t sum = 0;
    uint32_t mark = pool_mark(b->pool);
    const struct expr *expr = from_text ? NULL : compile(b);
    for (long i = 0; i < times; i++) {
        sum += evaluate(b, from_text ? compile(b) : expr, i);
        if (from_text) {
            arena_clear(&b->arena);
            pool_rewind(b->pool, mark);
        }
    }
    return sum;
}

#ifdef WITH_LUA
static const char their_text[] = "return (#Call.Ani > 10 and Flow.count + 1 >= 3) and "
                                 "('a' .. tostring(Flow.count)) or 'b'";

static size_t theirs(lua_State *lua, long times, bool from_text)
{
    size_t sum = 0;
    lua_getglobal(lua, "Flow");
    lua_getglobal(lua, "Call");
    int call = lua_gettop(lua), flow = call - 1;
    luaL_loadstring(lua, their_text);
    int compiled = luaL_ref(lua, LUA_REGISTRYINDEX);
    for (long i = 0; i < times; i++) {
        size_t length = 0;
        lua_pushinteger(lua, i % 10);
        lua_setfield(lua, flow, "count");
        lua_pushstring(lua, i % 5 ? "+13175550123" : "911");
        lua_setfield(lua, call, "Ani");
        if (from_text)
            luaL_loadstring(lua, their_text);
        else
            lua_rawgeti(lua, LUA_REGISTRYINDEX, compiled);
        if (lua_pcall(lua, 0, 1, 0) != LUA_OK)
            fail("Lua does not evaluate it");
        lua_tolstring(lua, -1, &length);
        sum += length * (size_t) (i & 7);
        lua_pop(lua, 1);
    }
    luaL_unref(lua, LUA_REGISTRYINDEX, compiled);
    lua_settop(lua, 0);
    return sum;
}

static void beside_lua(struct bench *b, const char *what, long times, bool from_text)
{
    double mine[ROUNDS], its[ROUNDS];
    lua_State *lua = luaL_newstate();
    luaL_openlibs(lua);
    if (luaL_dostring(lua, "Call={Ani=''} Flow={count=0}"))
        fail("Lua does not start");
    for (int round = 0; round < ROUNDS; round++) {
        double start = cpu_time();
        size_t sum = ours(b, times, from_text);
        mine[round] = cpu_time() - start;
        start = cpu_time();
        if (theirs(lua, times, from_text) != sum)
            fail("the two do not agree");
        its[round] = cpu_time() - start;
    }
    report_pair(what, mine, its, ROUNDS);
    lua_close(lua);
}
#else
static void beside_lua(struct bench *b, const char *what, long times, bool from_text)
{
    double start = cpu_time();
    ours(b, times, from_text);
    printf("  %-30s %9.3f ms, Lua is not here (liblua5.4-dev)\n", what, (cpu_time() - start) * 1e3);
}
#endif

int main(int count, char **words)
{
    struct bench b = { .names = { find, NULL } };
    long times = count > 1 ? strtol(words[1], NULL, 10) : 1000000;
    env_init(&b.env);
    arena_init(&b.arena, &b.env);
    diags_init(&b.diags, &b.env);
    buf_init(&b.error.text, &b.env);
    b.pool = pool_new(&b.env);
    b.numbers[0] = value_string(b.pool, STR("911"));
    b.numbers[1] = value_string(b.pool, STR("+13175550123"));
    b.run = (struct expr_run){ .pool = b.pool, .frames = { b.values } };
    printf("  %-30s %12s %12s   Lua / ours\n", "", "ours", "Lua 5.4");
    beside_lua(&b, "compiled once", times, false);
    beside_lua(&b, "from its text each time", times / 10, true);
    buf_release(&b.error.text);
    pool_free(b.pool);
    diags_release(&b.diags);
    arena_release(&b.arena);
    return 0;
}
