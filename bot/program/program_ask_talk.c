#include "bot/program/program_ask.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/labels.h"
#include "bot/model/event.h"
#include "bot/phrase.h"
#include "bot/program/program_ask_complete.h"

#include <string.h>

static const struct phrase welcome = {
        .english = "What may I bring you? “help” lists what I can do; the Tab "
                   "key completes; Ctrl-D leaves.",
        .chinese = "想看什么论文？发送“帮助”查看我会做什么；按 Tab 键补全，按 "
                   "Ctrl-D 离开。",
};

/* --- a person at a terminal --- */

/* The language that the place's answers begin with. */
static const char *language_of(struct program_ask *ask, struct arena *arena)
{
    struct channel channel;
    struct error err;

    if (!channel_settings_apply(ask->setup->store, &ask->configured, arena,
                &channel, &err) ||
            channel.languages.tags[0] == NULL)
        return "en";
    return label_same_language(channel.languages.tags[0], "zh") ? "zh" : "en";
}

/* $XDG_STATE_HOME/paperboy/history, where that is usually; NULL if nobody says
 * where. */
static const char *history_file(struct outside *outside, struct arena *arena)
{
    const char *state = outside->environment("XDG_STATE_HOME");
    const char *home = outside->environment("HOME");

    if (state != NULL && *state == '/')
        return arena_format(arena, "%s/paperboy/history", state);
    if (home != NULL && *home == '/')
        return arena_format(arena, "%s/.local/state/paperboy/history", home);
    return NULL;
}

static bool is_farewell(const char *line)
{
    static const char *const words[] = {"exit", "quit", "q", "bye", "退出",
            "再见"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same_ascii(line, words[i]))
            return true;
    return false;
}

static void converse(struct program_ask *ask, struct line_editor *editor)
{
    struct arena arena = {0};
    const char *line;

    while ((line = editor->read(editor, &arena)) != NULL) {
        const char *words = text_one_line(&arena, line);

        if (is_farewell(words))
            break;
        if (*words != '\0')
            program_ask_answer(ask, words); /* what went wrong was said */
        fflush(ask->setup->outside->out);
        arena_finish(&arena);
    }
    arena_finish(&arena);
}

static bool talk_at_terminal(struct program_ask *ask)
{
    struct program_setup *setup = ask->setup;
    struct outside *outside = setup->outside;
    struct arena *arena = &setup->arena;
    const char *language = language_of(ask, arena);
    const struct line_editor_options options = {.in = outside->in,
            .out = outside->out,
            .prompt = arena_format(arena, "%s> ",
                    ask->configured.label != NULL && !ask->own_place
                            ? ask->configured.label
                            : "paperboy"),
            .history = history_file(outside, arena),
            .complete = program_ask_complete,
            .ctx = arena_string(arena, language)};
    struct error err;
    struct line_editor *editor = outside->line_editor_open(&options, &err);

    if (editor == NULL) {
        program_complain(outside, "%s", err.text);
        return false;
    }
    fprintf(outside->out, "%s\n", phrase_text(&welcome, language));
    fflush(outside->out);
    converse(ask, editor);
    editor->close(editor);
    return true;
}

/* --- lines from elsewhere --- */

/* Without its end; NULL at the end of the input.  One that is longer than any
 * command is still that after it was cut. */
static const char *next_line(FILE *in, struct arena *arena)
{
    char line[EVENT_TEXT_BYTES_MAX + 3];

    if (fgets(line, sizeof line, in) == NULL)
        return NULL;
    size_t length = strcspn(line, "\n");
    bool whole = line[length] == '\n';
    for (int c = 0; !whole && c != '\n' && c != EOF;)
        c = fgetc(in);
    return arena_string_n(arena, line, length);
}

static bool answer_lines(struct program_ask *ask)
{
    struct outside *outside = ask->setup->outside;
    struct arena arena = {0};
    const char *line;
    bool good = true, begun = false;

    while (good && (line = next_line(outside->in, &arena)) != NULL) {
        if (line[strspn(line, " \t\r")] != '\0') {
            if (begun)
                fputc('\n', outside->out);
            good = program_ask_answer(ask, line);
            fflush(outside->out);
            begun = true;
        }
        arena_finish(&arena);
    }
    arena_finish(&arena);
    return good;
}

bool program_ask_talk(struct program_ask *ask)
{
    const struct outside *outside = ask->setup->outside;

    ask->form = "";
    if (outside->in_is_terminal && outside->out_is_terminal &&
            outside->line_editor_open != NULL)
        return talk_at_terminal(ask);
    return answer_lines(ask);
}
