# Prints the code of C files as "file:line:code": comments, and texts in quotes except those of
# #include, are taken out.
FNR == 1 { comment = 0 }
{
    line = $0
    code = ""
    if (!comment && line ~ /^[ \t]*#[ \t]*include/) {
        print FILENAME ":" FNR ":" line
        next
    }
    while (line != "") {
        if (comment) {
            end = index(line, "*/")
            if (!end)
                break
            line = substr(line, end + 2)
            comment = 0
            continue
        }
        if (!match(line, /\/\*|\/\/|"|'/)) {
            code = code line
            break
        }
        found = substr(line, RSTART, RLENGTH)
        code = code substr(line, 1, RSTART - 1) " "
        line = substr(line, RSTART + RLENGTH)
        if (found == "//")
            break
        if (found == "/*") {
            comment = 1
            continue
        }
        # A text in quotes: to the same quote, over what is escaped.
        while (line != "" && substr(line, 1, 1) != found)
            line = substr(line, substr(line, 1, 1) == "\\" ? 3 : 2)
        line = substr(line, 2)
    }
    if (code ~ /[^ \t]/)
        print FILENAME ":" FNR ":" code
}
