/* "paperboy run" on a terminal: what is typed there is answered there. */
#include "bot/base/arena.h"
#include "tests/support/pty.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct desk {
    char folder[64];
    struct arena arena;
};

static const char *in_folder(struct desk *desk, const char *name)
{
    return arena_format(&desk->arena, "%s/%s", desk->folder, name);
}

static int set_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL)
        return -1;
    *state = desk;
    snprintf(desk->folder, sizeof desk->folder, "/tmp/paperboy-talk-XXXXXX");
    if (mkdtemp(desk->folder) == NULL)
        return -1;
    FILE *file = fopen(in_folder(desk, "paperboy.ini"), "w");
    if (file == NULL)
        return -1;
    fputs("[store]\nurl = sqlite:p.db\n"
          "[channel screen]\ntype = console\ncategories = LG\n"
          "languages = en\n",
            file);
    return fclose(file);
}

static int clear_desk(void **state)
{
    struct desk *desk = *state;
    DIR *listing = opendir(desk->folder);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        remove(in_folder(desk, entry->d_name));
    closedir(listing);
    rmdir(desk->folder);
    arena_finish(&desk->arena);
    free(desk);
    return 0;
}

static const char *program(struct desk *desk)
{
    const char *path = getenv("PAPERBOY_PROGRAM");
    if (path == NULL)
        path = "build/test/paperboy";
    if (*path == '/')
        return path;
    char *here = getcwd(NULL, 0);
    path = arena_format(&desk->arena, "%s/%s", here, path);
    free(here);
    return path;
}

static struct pty *start(struct desk *desk)
{
    static const char *const environment[] = {"TZ=UTC", "LANG=C.UTF-8",
            "HOME=/nowhere", "PATH=/usr/bin:/bin", NULL};
    const char *const args[] = {program(desk), "run", NULL};
    if (access(args[0], X_OK) != 0)
        fail_msg("%s is not built; run make test", args[0]);
    return pty_start(desk->folder, args, environment);
}

static void expect(struct pty *pty, const char *words)
{
    if (!pty_wait(pty, words))
        fail_msg("no \"%s\" in: %s", words, pty_shown(pty));
}

static void test_what_is_typed_at_the_daemon_is_answered(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk);

    expect(pty, "paperboy runs");
    pty_type(pty, "help");
    expect(pty, "I bring research papers");
    pty_type(pty, "subscribe CV");
    expect(pty, "CV (Computer Vision");
    pty_type(pty, "订阅列表");
    expect(pty, "计算机视觉");
    pty_interrupt(pty);
    assert_int_equal(pty_end(pty), 0);
    pty_close(pty);
}

static void test_after_a_restart_it_goes_on_as_it_was_set(void **state)
{
    struct desk *desk = *state;

    for (int i = 0; i < 2; i++) {
        struct pty *pty = start(desk);
        expect(pty, "paperboy runs");
        pty_type(pty, i == 0 ? "subscribe CV" : "subscriptions");
        expect(pty, "CV (Computer Vision");
        /* The end of what is typed is not the end of the daemon. */
        pty_end_input(pty);
        pty_terminate(pty);
        assert_int_equal(pty_end(pty), 0);
        pty_close(pty);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_setup_teardown(
                    test_what_is_typed_at_the_daemon_is_answered, set_desk,
                    clear_desk),
            cmocka_unit_test_setup_teardown(
                    test_after_a_restart_it_goes_on_as_it_was_set, set_desk,
                    clear_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
