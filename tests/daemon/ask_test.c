/* "paperboy ask" on a terminal: the real program, driven as a person would. */
#include "bot/base/arena.h"
#include "tests/support/paper_file.h"
#include "tests/support/pty.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define UP "\033[A"
#define BACKSPACE "\177"
#define TAB "\t"
#define ENTER "\r"

static const char english[] = "What may I bring you?";
static const char chinese[] = "想看什么论文？";

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
    snprintf(desk->folder, sizeof desk->folder, "/tmp/paperboy-ask-XXXXXX");
    if (mkdtemp(desk->folder) == NULL)
        return -1;
    FILE *file = fopen(in_folder(desk, "paperboy.ini"), "w");
    if (file == NULL)
        return -1;
    fputs("[store]\nurl = sqlite:p.db\n"
          "[channel screen]\ntype = console\ncategories = LG\n"
          "languages = en\n"
          "[channel 屏幕]\ntype = console\ncategories = LG\n"
          "languages = zh\n",
            file);
    return fclose(file);
}

static void empty(const char *folder)
{
    struct arena arena = {0};
    DIR *listing = opendir(folder);
    for (struct dirent *entry;
            listing != NULL && (entry = readdir(listing)) != NULL;) {
        const char *path = arena_format(&arena, "%s/%s", folder, entry->d_name);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (remove(path) != 0) {
            empty(path);
            remove(path);
        }
    }
    if (listing != NULL)
        closedir(listing);
    arena_finish(&arena);
}

static int clear_desk(void **state)
{
    struct desk *desk = *state;
    empty(desk->folder);
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

/* In a channel, welcomed; what is typed there is kept in a folder. */
static struct pty *start(struct desk *desk, const char *channel,
        const char *welcome, const char *state_folder)
{
    const char *state =
            arena_format(&desk->arena, "XDG_STATE_HOME=%s", state_folder);
    const char *const environment[] = {"TERM=xterm", "LANG=C", "HOME=/nowhere",
            "PATH=/usr/bin:/bin", state, NULL};
    const char *const args[] = {program(desk), "ask", "--config",
            "paperboy.ini", "--channel", channel, NULL};
    if (access(args[0], X_OK) != 0)
        fail_msg("%s is not built; run make test", args[0]);
    struct pty *pty = pty_start(desk->folder, args, environment);
    assert_true(pty_wait(pty, welcome));
    assert_true(pty_wait(pty, arena_format(&desk->arena, "%s> ", channel)));
    return pty;
}

static void leave(struct pty *pty)
{
    pty_end_input(pty);
    assert_int_equal(pty_end(pty), 0);
    pty_close(pty);
}

static void
test_a_conversation_says_how_to_get_help_and_ends_with_ctrl_d(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk, "screen", english, desk->folder);
    assert_non_null(strstr(pty_shown(pty), "“help” lists what I can do"));
    pty_type(pty, "help");
    assert_true(pty_wait(pty, "- today [LG CV] [N]: "));
    assert_true(pty_wait(pty, "screen> "));
    pty_type(pty, "todya");
    assert_true(pty_wait(pty, "Did you mean today?"));
    assert_true(pty_wait(pty, "screen> "));
    leave(pty);
    pty = start(desk, "screen", english, desk->folder);
    pty_type(pty, "quit");
    assert_int_equal(pty_end(pty), 0);
    pty_close(pty);
}

static void test_ctrl_c_drops_a_line_and_nothing_else(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk, "screen", english, desk->folder);
    pty_type_keys(pty, "style full");
    assert_true(pty_wait(pty, "style full"));
    pty_interrupt(pty);
    assert_true(pty_wait(pty, "\nscreen> "));
    pty_type(pty, "style");
    assert_true(pty_wait(pty, "style: brief"));
    assert_true(pty_wait(pty, "screen> "));
    leave(pty);
}

static void test_tab_completes_names_in_both_languages(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk, "屏幕", chinese, desk->folder);
    pty_type_keys(pty, "subsc" TAB);
    assert_true(pty_wait(pty, "ri"));
    pty_type_keys(pty, TAB);
    assert_true(pty_wait(pty, "subscribe  subscriptions"));
    pty_type_keys(pty, "b" TAB "c" TAB);
    assert_true(pty_wait(pty, "CC  CE"));
    pty_type_keys(pty, "V" ENTER);
    assert_true(pty_wait(pty, "Added: CV\n"));
    pty_type_keys(pty, "风" TAB "完" TAB ENTER);
    assert_true(pty_wait(pty, "风格 完整（原来：简短）"));
    assert_true(pty_wait(pty, "屏幕> "));
    leave(pty);
}

static void test_a_backspace_takes_one_chinese_character(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk, "屏幕", chinese, desk->folder);
    pty_type_keys(pty, "帮助 今日热" BACKSPACE BACKSPACE "天" ENTER);
    assert_true(pty_wait(pty, "今天 [LG CV] [篇数]\n"));
    assert_true(pty_wait(pty, "屏幕> "));
    leave(pty);
}

static void test_earlier_lines_come_back_and_are_the_owners_alone(void **state)
{
    struct desk *desk = *state;
    const char *folder = in_folder(desk, "state");
    const char *file = in_folder(desk, "state/paperboy/history");
    struct stat info;
    struct pty *pty = start(desk, "屏幕", chinese, folder);
    pty_type(pty, "帮助 今天  ");
    assert_true(pty_wait(pty, "屏幕> "));
    pty_type(pty, "");
    assert_true(pty_wait(pty, "屏幕> "));
    leave(pty);
    assert_string_equal(paper_file_text(&desk->arena, file), "帮助 今天\n");
    assert_int_equal(stat(file, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(stat(in_folder(desk, "state/paperboy"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    pty = start(desk, "屏幕", chinese, folder);
    pty_type_keys(pty, UP ENTER);
    assert_true(pty_wait(pty, "今天 [LG CV] [篇数]\n"));
    assert_true(pty_wait(pty, "屏幕> "));
    leave(pty);
}

static void test_a_history_that_cannot_be_written_is_no_trouble(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk, "screen", english, "/dev/null");
    pty_type(pty, "style");
    assert_true(pty_wait(pty, "style: brief"));
    assert_true(pty_wait(pty, "screen> "));
    pty_type_keys(pty, UP BACKSPACE "e full" ENTER);
    assert_true(pty_wait(pty, "Now: style full (before: brief)."));
    assert_true(pty_wait(pty, "screen> "));
    leave(pty);
}

static void test_a_long_history_is_cut(void **state)
{
    struct desk *desk = *state;
    const char *file = in_folder(desk, "state/paperboy/history");
    mkdir(in_folder(desk, "state"), 0700);
    mkdir(in_folder(desk, "state/paperboy"), 0700);
    FILE *written = fopen(file, "w");
    assert_non_null(written);
    for (int i = 0; i < 1200; i++)
        fprintf(written, "random %d\n", i);
    assert_int_equal(fclose(written), 0);
    struct pty *pty = start(desk, "screen", english, in_folder(desk, "state"));
    leave(pty);
    const char *kept = paper_file_text(&desk->arena, file);
    size_t lines = 0;
    for (const char *at = kept; *at != '\0'; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 500);
    assert_memory_equal(kept, "random 700\n", strlen("random 700\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_desk, clear_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_a_conversation_says_how_to_get_help_and_ends_with_ctrl_d),
            TEST(test_ctrl_c_drops_a_line_and_nothing_else),
            TEST(test_tab_completes_names_in_both_languages),
            TEST(test_a_backspace_takes_one_chinese_character),
            TEST(test_earlier_lines_come_back_and_are_the_owners_alone),
            TEST(test_a_history_that_cannot_be_written_is_no_trouble),
            TEST(test_a_long_history_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
