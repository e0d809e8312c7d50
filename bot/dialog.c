#include "bot/dialog.h"

#include "bot/base/text.h"

#include <string.h>

enum {
    LINE_MAX_BYTES = 4000 /* what a terminal takes as one line */
};

/* --- lines --- */

/* A line without its end; NULL at the end of the input.  The rest of one that
 * is too long is passed over. */
static char *read_line(struct dialog *dialog)
{
    char line[LINE_MAX_BYTES + 2];
    if (fgets(line, sizeof line, dialog->in) == NULL)
        return NULL;
    size_t length = strlen(line);
    bool whole = length > 0 && line[length - 1] == '\n';
    for (int c = 0; !whole && c != '\n' && c != EOF;)
        c = fgetc(dialog->in);
    return text_repair(dialog->arena, line, strcspn(line, "\n"));
}

static char *trimmed(struct arena *arena, const char *line)
{
    const char *begin = line + strspn(line, " \t\r");
    size_t length = strlen(begin);
    while (length > 0 && strchr(" \t\r", begin[length - 1]) != NULL)
        length--;
    return arena_string_n(arena, begin, length);
}

void dialog_say(struct dialog *dialog, const char *line)
{
    fprintf(dialog->out, "%s\n", line);
}

/* --- asking --- */

/* One answer; NULL at the end of the input. */
static const char *hear(struct dialog *dialog, const char *question,
        const char *usual, bool secret)
{
    if (secret && dialog->hide_typing != NULL)
        dialog->hide_typing(true); /* before the eye is on the cursor */
    fprintf(dialog->out, "%s", question);
    if (usual != NULL && *usual != '\0')
        fprintf(dialog->out, " [%s]", usual);
    fputs(": ", dialog->out);
    fflush(dialog->out);
    char *line = read_line(dialog);
    if (secret && dialog->hide_typing != NULL)
        dialog->hide_typing(false);
    if (line == NULL) {
        dialog->ended = true;
        fputc('\n', dialog->out);
        return NULL;
    }
    char *answer = trimmed(dialog->arena, line);
    if (dialog->echo)
        fprintf(dialog->out, "%s\n", secret ? "" : answer);
    else if (secret)
        fputc('\n', dialog->out);
    return *answer == '\0' && usual != NULL ? usual : answer;
}

static const char *ask(struct dialog *dialog, const char *question,
        const char *usual, bool secret, dialog_take_fn *take, void *ctx)
{
    while (!dialog->ended) {
        struct error err = {0};
        const char *answer = hear(dialog, question, usual, secret);
        if (answer == NULL)
            break;
        const char *meant = take(ctx, answer, dialog->arena, &err);
        if (meant != NULL)
            return meant;
        if (err.text[0] != '\0')
            fprintf(dialog->out, "  %s\n", err.text);
    }
    return NULL;
}

const char *dialog_ask(struct dialog *dialog, const char *question,
        const char *usual, dialog_take_fn *take, void *ctx)
{
    return ask(dialog, question, usual, false, take, ctx);
}

const char *dialog_ask_secret(struct dialog *dialog, const char *question,
        dialog_take_fn *take, void *ctx)
{
    return ask(dialog, question, NULL, true, take, ctx);
}

/* --- yes or no --- */

/* "y", "Yes", "是"; the other language's words are taken, too. */
static bool is_one_of(const char *answer, const char *const *words)
{
    for (; *words != NULL; words++)
        if (text_same_ascii(answer, *words))
            return true;
    return false;
}

static const char *take_choice(void *ctx, const char *answer,
        struct arena *arena, struct error *err)
{
    static const char *const yes[] = {"y", "yes", "是", "好", NULL};
    static const char *const no[] = {"n", "no", "否", "不", NULL};
    const struct dialog *dialog = ctx;
    (void)arena;
    if (is_one_of(answer, yes))
        return "y";
    if (is_one_of(answer, no))
        return "n";
    error_set(err, ERROR_INPUT, "%s / %s?", dialog->yes, dialog->no);
    return NULL;
}

bool dialog_confirm(struct dialog *dialog, const char *question, bool usual)
{
    const char *choice = dialog_ask(dialog, question,
            usual ? dialog->yes : dialog->no, take_choice, dialog);
    return choice != NULL && text_same(choice, "y");
}
