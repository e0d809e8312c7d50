/* "paperboy init" on a terminal: the real program, driven as a person would. */
#include "bot/base/arena.h"
#include "bot/base/text.h"
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

struct desk {
    char folder[64];
    struct arena arena;
};

static int set_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL)
        return -1;
    snprintf(desk->folder, sizeof desk->folder, "/tmp/paperboy-init-XXXXXX");
    *state = desk;
    return mkdtemp(desk->folder) == NULL ? -1 : 0;
}

static const char *in_folder(struct desk *desk, const char *name)
{
    return arena_format(&desk->arena, "%s/%s", desk->folder, name);
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
    static const char *const environment[] = {"TZ=Asia/Shanghai",
            "LANG=C.UTF-8", "HOME=/nowhere", "PATH=/usr/bin:/bin", NULL};
    const char *const args[] = {program(desk), "init", NULL};
    if (access(args[0], X_OK) != 0)
        fail_msg("%s is not built; run make test", args[0]);
    return pty_start(desk->folder, args, environment);
}

/* Waits for a question and types an answer. */
static void answer(struct pty *pty, const char *question, const char *line)
{
    if (!pty_wait(pty, question))
        fail_msg("no question \"%s\"", question);
    pty_type(pty, line);
}

static void print_shown(const struct pty *pty)
{
    for (const char *at = pty_shown(pty); *at != '\0';) {
        size_t length = strcspn(at, "\n");
        printf("# PRINT %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
}

static void is_private(const char *path)
{
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void test_a_terminal_is_set_up_and_tried(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk);
    answer(pty, "Language / 语言 (en, zh) [en]: ", "");
    answer(pty, "Where to (number or name) [console]: ", "consol");
    assert_true(pty_wait(pty, "\"consol\" is not in this list; console?\n"));
    answer(pty, "[console]: ", "1");
    answer(pty, "A short name for this channel [screen]: ", "");
    answer(pty, "[LG CV CL]: ", "?robot");
    assert_true(pty_wait(pty, "cs.RO              Robotics\n"));
    answer(pty, "[LG CV CL]: ", "LG, Robotcs");
    assert_true(pty_wait(pty, "no such category; did you mean Robotics?\n"));
    answer(pty, "[LG CV CL]: ", "LG, Robotics");
    answer(pty, "the reader's first [en]: ", "zh en");
    answer(pty, "Time zone [Asia/Shanghai]: ", "");
    answer(pty, "[13:30 weekdays]: ", "09:00 daily");
    assert_true(pty_wait(pty, "is there from 13:00 on"));
    answer(pty, "come from files): ", "none");
    answer(pty, "Write paperboy.ini? [yes]: ", "");
    assert_true(pty_wait(pty, "paperboy.ini: ok\n"));
    answer(pty, "post a test message? [yes]: ", "y");
    assert_true(pty_wait(pty, "Paperboy 测试消息：本频道接收正常。"));
    assert_true(pty_wait(pty, "channel screen: a test message was posted\n"));
    assert_int_equal(pty_end(pty), 0);
    assert_non_null(strstr(pty_shown(pty), "paperboy run\n"));
    print_shown(pty);
    pty_close(pty);
    is_private(in_folder(desk, "paperboy.ini"));
    assert_string_equal(paper_file_text(&desk->arena,
                                in_folder(desk, "paperboy.ini")),
            "; Written by \"paperboy init\". Every key there is stands in "
            "config.example.ini.\n"
            "\n"
            "[store]\n"
            "url = sqlite:paperboy.db\n"
            "\n"
            "[channel screen]\n"
            "type = console\n"
            "categories = LG RO\n"
            "schedule = 09:00 daily\n"
            "timezone = Asia/Shanghai\n"
            "languages = zh en\n");
}

static void test_a_secret_is_never_shown_and_has_a_file_of_its_own(void **state)
{
    static const char webhook[] = "https://hooks.slack.example/services/T0/s3";
    struct desk *desk = *state;
    struct pty *pty = start(desk);
    answer(pty, "[en]: ", "zh");
    answer(pty, "[console]: ", "slack");
    assert_true(pty_wait(pty, "Webhook 只能往里发"));
    answer(pty, "[team]: ", "lab");
    answer(pty, "输入时不显示；写 ${NAME} 则取自环境变量）: ", "hooks.slack");
    assert_true(pty_wait(pty, "应当是 https:// 开头的地址"));
    answer(pty, "输入时不显示；写 ${NAME} 则取自环境变量）: ", webhook);
    assert_true(pty_wait(pty, "想读什么"));
    assert_true(pty_echoes(pty));
    answer(pty, "[LG CV CL]: ", "计算机视觉");
    answer(pty, "[zh en]: ", "");
    answer(pty, "[Asia/Shanghai]: ", "");
    answer(pty, "[13:30 weekdays]: ", "");
    answer(pty, "论文来自文件）: ", "you@example.org");
    answer(pty, "[是]: ", "");
    answer(pty, "[是]: ", "n"); /* the network is left alone */
    assert_int_equal(pty_end(pty), 0);
    assert_null(strstr(pty_shown(pty), "services/T0"));
    pty_close(pty);
    is_private(in_folder(desk, "lab.webhook"));
    const char *ini =
            paper_file_text(&desk->arena, in_folder(desk, "paperboy.ini"));
    assert_non_null(strstr(ini, "\nwebhook_file = lab.webhook\n"));
    assert_null(strstr(ini, "services/T0"));
    assert_string_equal(paper_file_text(&desk->arena,
                                in_folder(desk, "lab.webhook")),
            arena_format(&desk->arena, "%s\n", webhook));
}

static void
test_the_end_of_input_stops_politely_and_writes_nothing(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk);
    answer(pty, "[en]: ", "en");
    assert_true(pty_wait(pty, "[console]: "));
    pty_end_input(pty);
    assert_true(pty_wait(pty, "Stopped; nothing was written.\n"));
    assert_int_equal(pty_end(pty), 1);
    pty_close(pty);
    assert_int_not_equal(access(in_folder(desk, "paperboy.ini"), F_OK), 0);
}

static void test_an_interrupt_gives_the_terminal_back(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = start(desk);
    answer(pty, "[en]: ", "en");
    answer(pty, "[console]: ", "slack");
    answer(pty, "[team]: ", "team");
    assert_true(pty_wait(pty, "take it from the environment): "));
    assert_false(pty_echoes(pty));
    pty_interrupt(pty);
    assert_int_equal(pty_end(pty), 128 + 2);
    assert_true(pty_echoes(pty));
    pty_close(pty);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_desk, clear_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_a_terminal_is_set_up_and_tried),
            TEST(test_a_secret_is_never_shown_and_has_a_file_of_its_own),
            TEST(test_the_end_of_input_stops_politely_and_writes_nothing),
            TEST(test_an_interrupt_gives_the_terminal_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
