#include "engine/flow/flow_files.h"

#include <string.h>
#include "engine/flow/catalogue.h"

enum flow_file flow_file_of(const char *path)
{
    static const struct {
        const char *ending;
        enum flow_file kind;
    } endings[] = { { ".flow.json", FLOW_FILE_NAMED },
                    { ".flow.yaml", FLOW_FILE_NAMED },
                    { ".flow.yml", FLOW_FILE_NAMED },
                    { ".yaml", FLOW_FILE_MAYBE },
                    { ".yml", FLOW_FILE_MAYBE } };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (str_ends(str_of(path), str_of(endings[i].ending)))
            return endings[i].kind;
    }
    return FLOW_FILE_NONE;
}

static bool is_flow_key(struct str line)
{
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        struct str key = str_of(flow_type_info((enum flow_type) type)->key);
        if (str_starts(line, key) && line.len > key.len && line.ptr[key.len] == ':')
            return true;
    }
    return false;
}

bool flow_file_begins(struct str text)
{
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.len);
    while (text.len) {
        ptrdiff_t end = str_find_char(text, '\n');
        struct str line = end < 0 ? text : str_slice(text, 0, (size_t) end);
        bool key = line.len && ((*line.ptr | 32) >= 'a' && (*line.ptr | 32) <= 'z');
        if (key)
            return is_flow_key(line);
        text = end < 0 ? STR_NONE : str_slice(text, (size_t) end + 1, text.len);
    }
    return false;
}
