/*
 * What is said to the bot in many ways, wrong ones included, and exactly what it
 * answers: tests/data/transcript-*.txt, on both stores.
 *
 * A line "== what follows" opens a store anew (tests/support/asking.h says what
 * is in it); a restart is "! restart", a day later "! later 24", the draft of
 * tests/support/drafted.h "! draft", its hour "! digest".  A command is
 *
 *     > [person@channel] command
 *
 * and what stands below it up to the next such line is its answer.  "ana" is in
 * charge of both channels, "cem" a curator, anybody else neither.  {x*5000}
 * stands for so many of them; "(and so on)" as an answer's last line for what is
 * said in full elsewhere.
 *
 * PAPERBOY_TRANSCRIPT=write writes the answers as they are now into the files:
 * read every one of them before it is kept.
 */
#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "tests/support/drafted.h"
#include "tests/support/paper_file.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    COMMANDS_MIN = 200, /* in all files */
    ROWS_MAX = 200,
};

/* A file as it is played. */
struct play {
    struct arena arena;
    struct asking asking;
    struct channel team, lab;
    const char *kind, *path;
    bool open;
    unsigned line;
    struct text said; /* the whole file with the answers of now */
    size_t commands, wrong;
};

/* --- what the files say together --- */

static struct {
    const struct command *rows[ROWS_MAX];
    size_t count, commands;
} seen[2]; /* in English, in Chinese */

static void note_seen(const struct command_request *request)
{
    bool chinese = text_same(request->language, "zh");

    seen[chinese].commands++;
    for (size_t i = 0; i < seen[chinese].count; i++)
        if (seen[chinese].rows[i] == request->command)
            return;
    if (request->command != NULL && seen[chinese].count < ROWS_MAX)
        seen[chinese].rows[seen[chinese].count++] = request->command;
}

static bool was_seen(const struct command *row, bool chinese)
{
    for (size_t i = 0; i < seen[chinese].count; i++)
        if (seen[chinese].rows[i] == row)
            return true;
    return false;
}

/* --- the world --- */

static const char *const curators[] = {"cem"};

static void open_lab(struct play *play)
{
    static const char *wanted[] = {"cs.RO"};
    struct channel *lab = &play->lab;
    struct error err;

    *lab = play->team;
    lab->room = "lab";
    lab->label = "lab";
    lab->subscription.categories =
            (struct string_list){.items = wanted, .count = 1};
    lab->languages.tags[0] = "en";
    lab->languages.tags[1] = NULL;
    if (!store_channel_put(play->asking.fixture.store, "home", "lab", "lab",
                play->asking.time.ms, &lab->id, &err))
        fail_msg("%s", err.text);
}

static void open_world(struct play *play)
{
    if (play->open)
        asking_close(&play->asking);
    asking_open(&play->asking, play->kind);
    play->open = true;
    play->asking.configured.curators =
            (struct string_list){.items = (const char **)curators, .count = 1};
    play->team = play->asking.configured;
    open_lab(play);
}

/* What is kept in memory ends with it: that store goes on. */
static void restart(struct play *play)
{
    if (text_same(play->kind, "sqlite"))
        store_fixture_reopen(&play->asking.fixture);
}

static void pass_hours(struct play *play, long hours)
{
    struct civil_zone *zone = civil_zone_open("America/New_York", NULL);

    play->asking.time.ms += hours * 60 * 60 * 1000;
    play->asking.today = civil_from_ms(zone, play->asking.time.ms).date;
    civil_zone_close(zone);
}

static void set_unheard(struct play *play, const char *id)
{
    struct string_list *list = &play->asking.unheard_of;
    size_t capacity = 0;

    *list = (struct string_list){0};
    string_list_add(list, &capacity, &play->arena,
            arena_string(&play->arena, id));
}

static void make_draft(struct play *play)
{
    play->asking.configured = play->team;
    drafted_prepare(&play->asking);
    play->team = play->asking.configured;
    assert_true(drafted_make(&play->asking).made);
}

static void post_digest(struct play *play)
{
    play->asking.configured = play->team;
    drafted_post(&play->asking);
}

static void direct(struct play *play, const char *what)
{
    if (text_same(what, "draft"))
        make_draft(play);
    else if (text_same(what, "digest"))
        post_digest(play);
    else if (text_same(what, "restart"))
        restart(play);
    else if (text_starts(what, "later "))
        pass_hours(play, strtol(what + strlen("later "), NULL, 10));
    else if (text_starts(what, "unheard "))
        set_unheard(play, what + strlen("unheard "));
    else if (text_same(what, "offline"))
        play->asking.can_fetch = false;
    else if (text_same(what, "in private"))
        play->asking.private_place = true;
    else
        fail_msg("%s:%u: \"! %s\" is no direction", play->path, play->line,
                what);
}

/* --- asking --- */

/* "{x*3}" -> "xxx" */
static const char *expand(struct play *play, const char *command)
{
    struct text text;

    text_init(&text, &play->arena, SIZE_MAX / 2);
    while (*command != '\0') {
        size_t plain = strcspn(command, "{");
        const char *star = strchr(command + plain, '*');
        const char *end = star == NULL ? NULL : strchr(star, '}');

        text_add_n(&text, command, plain);
        command += plain;
        if (*command == '\0')
            break;
        if (end == NULL) {
            text_add_n(&text, command++, 1);
            continue;
        }
        for (long i = strtol(star + 1, NULL, 10); i > 0; i--)
            text_add_n(&text, command + 1, (size_t)(star - command - 1));
        command = end + 1;
    }
    return text_string(&text);
}

static bool may(const char *person, enum command_who who)
{
    return text_same(person, "ana") ||
            (who == COMMAND_CURATORS && text_same(person, "cem"));
}

/* Who may do it is known when it was read: so it is read twice. */
static const char *ask(struct play *play, const char *person,
        const char *channel, const char *command)
{
    struct asking *asking = &play->asking;
    struct channel place;
    struct error err;

    asking->configured = text_same(channel, "lab") ? play->lab : play->team;
    asking->person = person;
    if (!channel_settings_apply(asking->fixture.store, &asking->configured,
                &asking->fixture.arena, &place, &err))
        fail_msg("%s", err.text);
    asking->allowed = may(person,
            command_read(&asking->fixture.arena, command,
                    place.languages.tags[0])
                    .who);
    const char *said = asking_say(asking, command);
    note_seen(&asking->request);
    if (asking->answer.personal && !asking->private_place)
        return arena_format(&play->arena, "(for %s alone)\n%s", person, said);
    return arena_string(&play->arena, said);
}

/* --- the files --- */

static bool begins_step(const char *line)
{
    return text_starts(line, "> [") || text_starts(line, "== ") ||
            text_starts(line, "! ");
}

static const char *after_line(const char *line)
{
    line += strcspn(line, "\n");
    return line + (*line == '\n');
}

/* What is expected, without the empty lines behind it; *next is the line of the
 * next step. */
static const char *take_expected(struct play *play, const char *at,
        const char **next)
{
    const char *end = at;
    unsigned lines = 0;

    for (; *end != '\0' && !begins_step(end); lines++)
        end = after_line(end);
    *next = end;
    play->line += lines;
    while (end > at && end[-1] == '\n')
        end--;
    return arena_string_n(&play->arena, at, (size_t)(end - at));
}

/* "(and so on)" as the last line: how it begins is enough. */
static bool is_as_expected(const char *said, const char *expected)
{
    const char *rest = strstr(expected, "\n(and so on)");

    if (rest == NULL)
        return text_same(said, expected);
    return strncmp(said, expected, (size_t)(rest + 1 - expected)) == 0;
}

/* What is to stand in the file: what was said, if it is another. */
static const char *compare(struct play *play, const char *command,
        const char *said, const char *expected)
{
    if (is_as_expected(said, expected))
        return expected;
    play->wrong++;
    printf("%s:%u (%s): > %s\n--- expected\n%s\n--- said\n%s\n", play->path,
            play->line, play->kind, command, expected, said);
    return said;
}

static const char *without_end(struct play *play, const char *text)
{
    size_t length = strlen(text);

    while (length > 0 && text[length - 1] == '\n')
        length--;
    return arena_string_n(&play->arena, text, length);
}

/* "> [ana@team] today": the answer, or what is not so. */
static const char *play_command(struct play *play, const char *line)
{
    const char *person = line + strlen("> [");
    const char *at = strchr(person, '@'), *end = strchr(person, ']');

    if (at == NULL || end == NULL || at > end || end[1] == '\0') {
        fail_msg("%s:%u: not \"> [person@channel] command\"", play->path,
                play->line);
        return "";
    }
    play->commands++;
    return without_end(play,
            ask(play,
                    arena_string_n(&play->arena, person, (size_t)(at - person)),
                    arena_string_n(&play->arena, at + 1,
                            (size_t)(end - at - 1)),
                    expand(play, end + 2)));
}

static const char *play_step(struct play *play, const char *at)
{
    const char *line = arena_string_n(&play->arena, at, strcspn(at, "\n"));

    play->line++;
    at = after_line(at);
    text_add_format(&play->said, "%s\n", line);
    if (text_starts(line, "== "))
        open_world(play);
    else if (text_starts(line, "! "))
        direct(play, line + 2);
    else if (!text_starts(line, "> [")) {
        return at; /* what a file says of itself, above the first step */
    }
    unsigned before = play->line;
    const char *expected = take_expected(play, at, &at);
    if (text_starts(line, "> [")) {
        unsigned after = play->line;
        play->line = before;
        const char *said = play_command(play, line);
        text_add_format(&play->said, "%s\n",
                compare(play, line, said, expected));
        play->line = after;
    }
    text_add(&play->said, "\n");
    return at;
}

static void write_answers(const struct play *play)
{
    FILE *file = fopen(play->path, "w");
    size_t length = play->said.length;

    assert_non_null(file);
    while (length > 1 && play->said.bytes[length - 2] == '\n')
        length--;
    fwrite(play->said.bytes, 1, length, file);
    assert_int_equal(fclose(file), 0);
}

/* How many answers are others. */
static size_t play_file(const char *path, const char *kind, size_t *commands)
{
    struct play play = {.kind = kind, .path = path};
    const char *rewrite = getenv("PAPERBOY_TRANSCRIPT");

    text_init(&play.said, &play.arena, SIZE_MAX / 2);
    for (const char *at = paper_file_text(&play.arena, path); *at != '\0';)
        at = play_step(&play, at);
    if (rewrite != NULL && text_same(rewrite, "write") && play.wrong > 0)
        write_answers(&play);
    *commands += play.commands;
    if (play.open)
        asking_close(&play.asking);
    arena_finish(&play.arena);
    return rewrite == NULL ? play.wrong : 0;
}

static size_t play_files(const char *kind)
{
    glob_t found;
    size_t commands = 0, wrong = 0;

    assert_int_equal(glob("tests/data/transcript-*.txt", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        wrong += play_file(found.gl_pathv[i], kind, &commands);
    globfree(&found);
    assert_int_equal(wrong, 0);
    return commands;
}

/* --- the claims --- */

static void test_every_answer_is_as_written_on_the_memory_store(void **state)
{
    (void)state;
    size_t commands = play_files("memory");

    printf("# PRINT transcript: %zu commands, %zu in English, %zu in Chinese\n",
            commands, seen[0].commands, seen[1].commands);
    assert_true(commands >= COMMANDS_MIN);
}

static void test_every_answer_is_as_written_on_sqlite(void **state)
{
    (void)state;
    play_files("sqlite");
}

static void test_every_command_is_asked_in_both_languages(void **state)
{
    size_t missing = 0;

    (void)state;
    for (size_t i = 0; command_families[i] != NULL; i++)
        for (const struct command *row = command_families[i];
                row->english[0] != NULL; row++)
            for (int chinese = 0; chinese < 2; chinese++)
                if (!was_seen(row, chinese)) {
                    missing++;
                    printf("# PRINT not asked in %s: %s\n",
                            chinese ? "Chinese" : "English", row->english[0]);
                }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_every_answer_is_as_written_on_the_memory_store),
            cmocka_unit_test(test_every_answer_is_as_written_on_sqlite),
            cmocka_unit_test(test_every_command_is_asked_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
