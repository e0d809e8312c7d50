#include "adapters/line_editor.h"

#include "adapters/line_history.h"
#include "bot/base/text.h"

#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

enum {
    COLUMNS_USUAL = 80, /* of a terminal that does not say */
    GAP_COLUMNS = 2,
};

struct editor {
    struct line_editor port; /* first */
    struct line_editor_options options;
    EditLine *line;
    History *history;
    locale_t utf8;      /* how libedit is to read bytes */
    bool dropped;       /* by Ctrl-C */
    struct arena arena; /* of the completion under way */
};

static struct editor *editor_of(EditLine *line)
{
    void *editor = NULL;

    el_get(line, EL_CLIENTDATA, &editor);
    return editor;
}

static char *prompt_of(EditLine *line)
{
    struct editor *editor = editor_of(line);

    return arena_string(&editor->arena, editor->options.prompt);
}

/* --- completion --- */

/* Bytes that all the words begin with, whole characters of UTF-8. */
static size_t common_length(const struct string_list *words)
{
    size_t length = strlen(words->items[0]);

    for (size_t i = 1; i < words->count; i++) {
        size_t same = 0;
        while (same < length && words->items[i][same] == words->items[0][same])
            same++;
        length = same;
    }
    while (length > 0 && (words->items[0][length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* libedit counts in characters. */
static int characters(const char *text)
{
    int count = 0;

    for (; *text != '\0'; text++)
        count += (*text & 0xc0) != 0x80;
    return count;
}

static size_t terminal_columns(const struct editor *editor)
{
    struct winsize size;

    return ioctl(fileno(editor->options.out), TIOCGWINSZ, &size) == 0 &&
                    size.ws_col > 0
            ? size.ws_col
            : COLUMNS_USUAL;
}

static void list_words(struct editor *editor, const struct string_list *words)
{
    FILE *out = editor->options.out;
    size_t limit = terminal_columns(editor), column = 0;

    fputc('\n', out);
    for (size_t i = 0; i < words->count; i++) {
        size_t width = text_columns(words->items[i]);

        if (column > 0 && column + GAP_COLUMNS + width >= limit) {
            fputc('\n', out);
            column = 0;
        }
        fprintf(out, "%s%s", column > 0 ? "  " : "", words->items[i]);
        column += width + (column > 0 ? GAP_COLUMNS : 0);
    }
    fputc('\n', out);
}

/* Puts text where the typed word stands, from its beginning to the cursor. */
static void replace(struct editor *editor, const char *typed, const char *text)
{
    el_deletestr(editor->line, characters(typed));
    el_insertstr(editor->line, text);
}

static unsigned char complete(EditLine *line, int key)
{
    struct editor *editor = editor_of(line);
    const LineInfo *info = el_line(line);
    struct arena *arena = &editor->arena;
    struct line_completion found = {0};
    const char *before = arena_string_n(arena, info->buffer,
            (size_t)(info->cursor - info->buffer));

    (void)key;
    editor->options.complete(editor->options.ctx, before, arena, &found);
    if (found.words.count == 0)
        return CC_REFRESH_BEEP;
    const char *typed = before + found.begin;
    size_t length = common_length(&found.words);
    const char *common = arena_string_n(arena, found.words.items[0], length);
    if (found.words.count == 1)
        common = arena_format(arena, "%s ", common);
    if (length > strlen(typed) || found.words.count == 1) {
        replace(editor, typed, common);
        return CC_REFRESH;
    }
    list_words(editor, &found.words);
    return CC_REDISPLAY;
}

/* --- Ctrl-C, Ctrl-Z --- */

/* What was typed stays to be seen; the next line begins below it. */
static unsigned char drop(EditLine *line, int key)
{
    (void)key;
    editor_of(line)->dropped = true;
    el_push(line, "\n"); /* as if Enter were next */
    return CC_NORM;
}

/* libedit's own handler gives the terminal back, and takes it again. */
static unsigned char suspend(EditLine *line, int key)
{
    (void)line;
    (void)key;
    raise(SIGTSTP);
    return CC_NORM;
}

/* --- lines --- */

static void remember(struct editor *editor, const char *text)
{
    HistEvent event;

    history(editor->history, &event, H_ENTER, text);
}

static const char *take(struct editor *editor, struct arena *arena)
{
    const char *typed;
    int count;

    do {
        editor->dropped = false;
        el_set(editor->line, EL_PREP_TERM, 1); /* before the prompt is seen */
        typed = el_gets(editor->line, &count);
    } while (typed != NULL && editor->dropped);
    if (typed == NULL || count <= 0) {
        fputc('\n', editor->options.out);
        return NULL;
    }
    size_t length = strcspn(typed, "\r\n");
    while (length > 0 && strchr(" \t", typed[length - 1]) != NULL)
        length--;
    const char *text = text_repair(arena, typed, length);
    if (*text == '\0')
        return text;
    remember(editor, text);
    if (editor->options.history != NULL)
        line_history_add(editor->options.history, text);
    return text;
}

static const char *read_line(struct line_editor *port, struct arena *arena)
{
    struct editor *editor = (struct editor *)port;
    locale_t before = uselocale(editor->utf8);
    const char *text = take(editor, arena);

    uselocale(before);
    arena_finish(&editor->arena);
    return text;
}

static void close_editor(struct line_editor *port)
{
    struct editor *editor = (struct editor *)port;

    if (editor->line != NULL)
        el_end(editor->line);
    if (editor->history != NULL)
        history_end(editor->history);
    if (editor->utf8 != (locale_t)0)
        freelocale(editor->utf8);
    arena_finish(&editor->arena);
    free(editor);
}

/* --- opening --- */

static void bind_keys(EditLine *line)
{
    el_set(line, EL_EDITOR, "emacs");
    el_source(line, NULL); /* what the person is used to: ~/.editrc */
    el_set(line, EL_SIGNAL, 1);
    /* libedit never frees what it makes of narrow names. */
    el_wset(line, EL_ADDFN, L"paperboy-complete", L"complete", complete);
    el_wset(line, EL_ADDFN, L"paperboy-drop", L"drop the line", drop);
    el_wset(line, EL_ADDFN, L"paperboy-suspend", L"stop until fg", suspend);
    el_set(line, EL_BIND, "^I", "paperboy-complete", NULL);
    el_set(line, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_set(line, EL_BIND, "^C", "paperboy-drop", NULL);
    el_set(line, EL_BIND, "^Z", "paperboy-suspend", NULL);
    /* They are keys, not signals, while a line is typed. */
    el_set(line, EL_SETTY, "-d", "-isig", NULL);
}

static void recall(struct editor *editor)
{
    HistEvent event;

    history(editor->history, &event, H_SETSIZE, LINE_HISTORY_MAX);
    history(editor->history, &event, H_SETUNIQUE, 1);
    if (editor->options.history == NULL)
        return;
    struct string_list lines =
            line_history_read(&editor->arena, editor->options.history);
    for (size_t i = 0; i < lines.count; i++)
        remember(editor, lines.items[i]);
}

static bool begin(struct editor *editor)
{
    const struct line_editor_options *options = &editor->options;

    editor->history = history_init();
    editor->line = el_init("paperboy", options->in, options->out, options->out);
    if (editor->history == NULL || editor->line == NULL)
        return false;
    el_set(editor->line, EL_CLIENTDATA, editor);
    el_set(editor->line, EL_PROMPT, prompt_of);
    el_set(editor->line, EL_HIST, history, editor->history);
    bind_keys(editor->line);
    recall(editor);
    return true;
}

struct line_editor *line_editor_open(const struct line_editor_options *options,
        struct error *err)
{
    struct editor *editor = calloc(1, sizeof *editor);

    if (editor == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    editor->port =
            (struct line_editor){.read = read_line, .close = close_editor};
    editor->options = *options;
    editor->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = uselocale(editor->utf8);
    bool good = begin(editor);
    uselocale(before);
    if (good)
        return &editor->port;
    error_set(err, ERROR_STOP, "the terminal cannot be used for typing");
    close_editor(&editor->port);
    return NULL;
}
