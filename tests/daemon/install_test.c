/* "make install" into a folder of the test's own, and "make uninstall". */
#include "bot/base/arena.h"
#include "bot/base/text.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    const char *path;
    mode_t mode;
} installed[] = {
        {"usr/bin/paperboy", 0755},
        {"usr/share/man/man1/paperboy.1", 0644},
        {"usr/share/man/man5/paperboy.ini.5", 0644},
        {"usr/share/paperboy/sample-day.jsonl", 0644},
        {"usr/share/doc/paperboy/config.example.ini", 0644},
        {"usr/share/doc/paperboy/README.md", 0644},
        {"usr/share/doc/paperboy/CHANGELOG.md", 0644},
        {"usr/share/doc/paperboy/LICENSE", 0644},
        {"usr/lib/systemd/system/paperboy.service", 0644},
        {"usr/lib/sysusers.d/paperboy.conf", 0644},
};

struct place {
    char folder[64];
    struct arena arena;
};

static int set_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (place == NULL)
        return -1;
    snprintf(place->folder, sizeof place->folder,
            "/tmp/paperboy-install-XXXXXX");
    *state = place;
    return mkdtemp(place->folder) == NULL ? -1 : 0;
}

/* Runs a command of the shell; its exit code. */
static int shell(const char *command)
{
    /* Of a make that runs us: this one is for itself. */
    unsetenv("MAKEFLAGS");
    unsetenv("MAKELEVEL");
    int status = system(command); // NOLINT(cert-env33-c)
    return WEXITSTATUS(status);
}

static int clear_place(void **state)
{
    struct place *place = *state;
    int left = shell(arena_format(&place->arena, "rm -r %s", place->folder));
    arena_finish(&place->arena);
    free(place);
    return left;
}

/* The build that is being tested, as it is: a source that was changed meanwhile
 * is no reason to build again. */
static const char *variables(void)
{
    const char *program = getenv("PAPERBOY_PROGRAM");
    if (program != NULL && strstr(program, "build/test-clang/") != NULL)
        return "CC=clang VARIANT=test -o build/test-clang/paperboy";
    return "VARIANT=test -o build/test/paperboy";
}

static int make(struct place *place, const char *target)
{
    return shell(arena_format(&place->arena,
            "make --no-print-directory -s %s %s DESTDIR=%s PREFIX=/usr "
            ">/dev/null",
            target, variables(), place->folder));
}

static const char *in_place(struct place *place, const char *path)
{
    return arena_format(&place->arena, "%s/%s", place->folder, path);
}

static void test_each_file_lies_where_it_belongs(void **state)
{
    struct place *place = *state;
    assert_int_equal(make(place, "install"), 0);
    for (size_t i = 0; i < sizeof installed / sizeof *installed; i++) {
        struct stat info;
        if (stat(in_place(place, installed[i].path), &info) != 0)
            fail_msg("%s is not there", installed[i].path);
        assert_int_equal(info.st_mode & 0777, installed[i].mode);
    }
    const char *unit = paper_file_text(&place->arena,
            in_place(place, "usr/lib/systemd/system/paperboy.service"));
    assert_non_null(strstr(unit, "\nExecStart=/usr/bin/paperboy run\n"));
    assert_null(strstr(unit, "@BINDIR@"));
    assert_int_equal(shell(arena_format(&place->arena,
                             "cd / && %s digest --from %s --categories LG "
                             ">/dev/null",
                             in_place(place, installed[0].path),
                             in_place(place, installed[3].path))),
            0);
}

static void test_nothing_is_left_but_what_people_made(void **state)
{
    struct place *place = *state;
    assert_int_equal(make(place, "install"), 0);
    const char *own = in_place(place, "usr/share/doc/paperboy/notes");
    fclose(fopen(own, "w"));
    assert_int_equal(make(place, "uninstall"), 0);
    for (size_t i = 0; i < sizeof installed / sizeof *installed; i++)
        assert_int_not_equal(access(in_place(place, installed[i].path), F_OK),
                0);
    assert_int_equal(access(own, F_OK), 0);
    assert_int_not_equal(access(in_place(place, "usr/share/paperboy"), F_OK),
            0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_place, clear_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_each_file_lies_where_it_belongs),
            TEST(test_nothing_is_left_but_what_people_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
