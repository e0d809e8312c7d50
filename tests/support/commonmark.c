#include "tests/support/commonmark.h"

#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char reference[] = "cmark";
static const char github[] = "cmark-gfm -e table -e strikethrough -e autolink "
                             "-e tagfilter -e tasklist";

void commonmark_need(void)
{
    if (system("command -v cmark >/dev/null && command -v cmark-gfm "
               ">/dev/null") == 0)
        return;
    print_message("SKIP cmark and cmark-gfm are not installed\n");
    if (getenv("CI") != NULL)
        fail_msg("cmark and cmark-gfm are not installed, though this is CI");
    skip();
}

static char *output_of(struct arena *arena, const char *command,
        const char *path)
{
    struct text out;
    char bytes[4096];
    size_t length;
    FILE *pipe = popen(arena_format(arena, "%s %s", command, path), "r");

    assert_non_null(pipe);
    text_init(&out, arena, SIZE_MAX / 2);
    while ((length = fread(bytes, 1, sizeof bytes, pipe)) > 0)
        text_add_n(&out, bytes, length);
    assert_int_equal(pclose(pipe), 0);
    return arena_string(arena, text_string(&out));
}

static char *html_of(struct arena *arena, const char *command,
        const char *markdown)
{
    char path[] = "/tmp/paperboy-commonmark-XXXXXX";
    int descriptor = mkstemp(path);

    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    assert_non_null(file);
    assert_true(fputs(markdown, file) >= 0);
    assert_int_equal(fclose(file), 0);
    char *html = output_of(arena, command, path);
    unlink(path);
    return html;
}

char *commonmark_html(struct arena *arena, const char *markdown)
{
    return html_of(arena, reference, markdown);
}

char *commonmark_html_github(struct arena *arena, const char *markdown)
{
    return html_of(arena, github, markdown);
}
