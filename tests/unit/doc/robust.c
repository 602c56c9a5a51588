#include "tests/unit/doc/robust.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"

static void check_whole(struct world *w, const struct doc *doc, struct str text)
{
    const char *name = w->name;
    struct buf out;
    buf_init(&out, &w->env);
    world_check_links(doc);
    doc_write(doc, &out);
    assert_true(str_eq(buf_str(&out), text));
    buf_clear(&out);
    doc_write_canonical(doc, 1, &out);
    w->name = "test.json";
    struct doc *again = world_read(w, buf_str(&out));
    w->name = name;
    assert_non_null(again);
    assert_string_equal(world_canonical(w, again, 1), out.ptr);
    doc_free(again);
    buf_release(&out);
}

bool try_text(struct world *w, struct str text)
{
    struct doc *doc = world_read(w, text);
    assert_int_equal(w->diags.count, doc ? 0 : 1);
    if (doc) {
        check_whole(w, doc, text);
        doc_free(doc);
        return true;
    }
    assert_true(w->diags.items[0].place.line > 0);
    assert_true(w->diags.items[0].place.column > 0);
    diags_clear(&w->diags);
    return false;
}

size_t try_prefixes(struct world *w, struct str text)
{
    size_t read = 0;
    for (size_t len = 0; len <= text.len; len++) {
        char *exact = malloc(len ? len : 1); /* so that reading beyond it is seen */
        assert_non_null(exact);
        memcpy(exact, text.ptr, len);
        read += try_text(w, (struct str){ exact, len });
        free(exact);
    }
    return read;
}

size_t try_mutations(struct world *w, struct str text, const struct str *parts, size_t count,
                     struct random *r, size_t rounds)
{
    size_t read = 0;
    while (rounds--) {
        struct buf mutant;
        buf_init(&mutant, &w->env);
        buf_add(&mutant, text);
        for (uint32_t changes = 1 + random_below(r, 3); changes; changes--) {
            size_t from = random_below(r, (uint32_t) mutant.len);
            size_t to = from + random_below(r, 4);
            buf_splice(&mutant, from, to < mutant.len ? to : mutant.len,
                       parts[random_below(r, (uint32_t) count)]);
        }
        read += try_text(w, buf_str(&mutant));
        buf_release(&mutant);
    }
    return read;
}

static void read_file(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int c; (c = getc(file)) != EOF;)
        buf_add_char(out, (char) c);
    fclose(file);
}

int each_file(const char *folder, const char *ending,
              void (*found)(struct world *w, struct str text))
{
    DIR *files = opendir(folder);
    int count = 0;
    for (struct dirent *entry; files && (entry = readdir(files));) {
        struct world w;
        struct buf text;
        char path[512];
        if (!str_ends(str_of(entry->d_name), str_of(ending)))
            continue;
        world_begin(&w);
        w.name = str_ends(str_of(ending), STR("ml")) ? "test.yaml" : "test.json";
        buf_init(&text, &w.env);
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        read_file(path, &text);
        found(&w, buf_str(&text));
        buf_release(&text);
        world_end(&w);
        count++;
    }
    if (files)
        closedir(files);
    return count;
}

void skip_without(int files, const char *folder)
{
    if (!files) {
        print_message("# SKIP: %s is not here\n", folder);
        skip();
    }
}
