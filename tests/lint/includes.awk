# Which file may include what; reads the output of code.awk.

BEGIN {
    # Bottom to top (design.md section 3). A file includes its own layer or a lower one.
    layers = split("engine/base engine/doc engine/expr engine/flow engine/check engine/call " \
                   "engine/explore engine/session tui/term tui/view tui/line tui/cli tui", order, " ")
    for (i = 1; i <= layers; i++)
        rank[order[i]] = i

    # A library is known in one place.
    home["curses.h"] = home["ncurses.h"] = home["term.h"] = home["panel.h"] = "tui/term/"
    home["histedit.h"] = home["readline.h"] = "tui/line/"
    home["cJSON.h"] = home["yaml.h"] = "engine/doc/"
    home["gmp.h"] = home["mpdecimal.h"] = "engine/expr/"
    home["utf8proc.h"] = "engine/base/"
    home["cmocka.h"] = home["vterm.h"] = "tests/"
    # What is measured against.
    peer["cJSON.h"] = peer["yaml.h"] = "tests/bench/"
}

# The layer a path belongs to: "engine/doc" of engine/doc/read.c and of tests/unit/doc/test_read.c,
# "tui" of tui/main.c, "" of tests that may see everything.
function layer_of(path,   part) {
    split(path, part, "/")
    if (part[1] == "tests" && part[2] == "unit")
        return ("engine/" part[3]) in rank ? "engine/" part[3] : "tui/" part[3]
    if (part[1] == "tests")
        return part[2] == "headless" ? "engine/session" : ""
    return part[1] == "tui" && part[2] ~ /\.[ch]$/ ? "tui" : part[1] "/" part[2]
}

{
    split($0, field, ":")
    file = field[1]
    where = file ":" field[2] ": "
    code = substr($0, length(field[1]) + length(field[2]) + 3)
}
code !~ /^[ \t]*#[ \t]*include/ { next }
{
    name = code
    sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", name)
    sub(/[>"].*/, "", name)
    quoted = code ~ /include[ \t]*"/
}
quoted {
    if (name !~ /^(engine|tui|tests)\//)
        print where "\"" name "\": include paths start at the root of the sources"
    else if (name !~ /\.(h|def|inc)$/)
        print where "\"" name "\" is no header"
    else {
        mine = layer_of(file)
        other = layer_of(name)
        if (!(mine in rank) && mine != "")
            print where mine " is no layer"
        else if (name ~ /^tests\// && file !~ /^tests\//)
            print where "only tests include " name
        else if (name ~ /^(engine|tui)\// && mine != "" && rank[other] > rank[mine])
            print where mine " is below " other " and must not include " name
    }
    next
}
{
    base = name
    sub(/.*\//, "", base)
    if (base in home && index(file, home[base]) != 1 &&
        !((base in peer) && index(file, peer[base]) == 1))
        print where "<" name "> belongs to " home[base] " alone"
}
