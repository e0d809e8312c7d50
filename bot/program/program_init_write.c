#include "bot/program/program_init_write.h"

#include "bot/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    NAMES_MAX = 100,
    INI_MAX_BYTES = 20000,
};

/* --- files --- */

static bool failed(const char *path, struct error *err)
{
    return error_set(err, ERROR_STOP, "%s: cannot write: %s", path,
            strerror(errno));
}

static bool write_all(int file, const char *bytes)
{
    size_t length = strlen(bytes);
    while (length > 0) {
        ssize_t count = write(file, bytes, length);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0) {
            bytes += count;
            length -= (size_t)count;
        }
    }
    return fsync(file) == 0;
}

/* A new file; *taken, and no error, if there is one of that name. */
static bool write_new(const char *path, const char *bytes, bool *taken,
        struct error *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    *taken = file < 0 && errno == EEXIST;
    if (file < 0)
        return !*taken && failed(path, err);
    bool good = write_all(file, bytes);
    if (close(file) == 0 && good)
        return true;
    failed(path, err);
    unlink(path);
    return false;
}

/* "team.webhook", or "team-2.webhook" and so on: the first that is free. */
static const char *write_secret(const char *folder, const char *label,
        const struct init_setting *setting, struct arena *arena,
        struct error *err)
{
    const char *line = arena_format(arena, "%s\n", setting->value);
    for (int n = 1; n <= NAMES_MAX; n++) {
        const char *name = n == 1
                ? arena_format(arena, "%s.%s", label, setting->key)
                : arena_format(arena, "%s-%d.%s", label, n, setting->key);
        bool taken;
        if (write_new(arena_format(arena, "%s%s", folder, name), line, &taken,
                    err))
            return name;
        if (!taken)
            return NULL;
    }
    error_set(err, ERROR_STOP, "%s%s.%s: too many of them lie there", folder,
            label, setting->key);
    return NULL;
}

/* "etc/" of "etc/paperboy.ini"; "" for the folder we are in. */
static const char *folder_of(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL
            ? ""
            : arena_string_n(arena, path, (size_t)(slash - path) + 1);
}

/* --- the text --- */

static bool add_settings(const struct init_answers *answers, const char *folder,
        struct text *text, struct init_written *written, size_t *count,
        struct error *err)
{
    for (size_t i = 0; i < answers->setting_count; i++) {
        const struct init_setting *setting = &answers->settings[i];
        if (!setting->secret) {
            text_add_format(text, "%s = %s\n", setting->key, setting->value);
            continue;
        }
        const char *name =
                write_secret(folder, answers->label, setting, text->arena, err);
        if (name == NULL)
            return false;
        text_add_format(text, "%s_file = %s\n", setting->key, name);
        written->files[(*count)++] =
                arena_format(text->arena, "%s%s", folder, name);
    }
    return true;
}

static void add_channel(const struct init_answers *answers, struct text *text)
{
    if (*answers->room != '\0')
        text_add_format(text, "room = %s\n", answers->room);
    if (answers->threads)
        text_add(text, "layout = thread\n");
    text_add_format(text,
            "categories = %s\n"
            "schedule = %s\n"
            "timezone = %s\n"
            "languages = %s\n",
            answers->categories, answers->schedule, answers->timezone,
            answers->languages);
}

static bool ini_of(const struct init_answers *answers, const char *folder,
        struct text *text, struct init_written *written, size_t *count,
        struct error *err)
{
    text_add(text,
            "; Written by \"paperboy init\". Every key there is stands "
            "in config.example.ini.\n\n");
    if (*answers->contact != '\0')
        text_add_format(text, "[bot]\ncontact = %s\n\n", answers->contact);
    text_add_format(text, "[store]\nurl = %s\n\n", answers->store_url);
    if (*answers->contact != '\0')
        text_add(text, "[source arxiv]\n\n");
    text_add_format(text, "[%s %s]\ntype = %s\n",
            answers->one_channel ? "channel" : "account",
            answers->one_channel ? answers->label : answers->kind,
            answers->kind);
    if (!add_settings(answers, folder, text, written, count, err))
        return false;
    if (!answers->one_channel)
        text_add_format(text, "\n[channel %s]\naccount = %s\n", answers->label,
                answers->kind);
    add_channel(answers, text);
    return true;
}

/* --- in place --- */

/* Gives the file of that name another one, if there is such a file. */
static bool move_aside(const char *path, struct arena *arena,
        const char **aside, struct error *err)
{
    *aside = "";
    if (access(path, F_OK) != 0)
        return true;
    for (int n = 1; n <= NAMES_MAX; n++) {
        const char *name = n == 1 ? arena_format(arena, "%s.old", path)
                                  : arena_format(arena, "%s.old-%d", path, n);
        if (access(name, F_OK) == 0)
            continue;
        if (rename(path, name) != 0)
            return failed(path, err);
        *aside = name;
        return true;
    }
    return error_set(err, ERROR_STOP, "%s.old: too many of them lie there",
            path);
}

static bool put(const char *path, const char *bytes, struct arena *arena,
        const char **aside, struct error *err)
{
    const char *fresh = arena_format(arena, "%s.new", path);
    bool taken;
    unlink(fresh); /* of an init that was killed */
    if (!write_new(fresh, bytes, &taken, err))
        return taken ? failed(fresh, err) : false;
    if (!move_aside(path, arena, aside, err)) {
        unlink(fresh);
        return false;
    }
    return rename(fresh, path) == 0 || failed(path, err);
}

static bool write_both(const struct init_answers *answers, const char *path,
        struct arena *arena, struct init_written *written, size_t *count,
        struct error *err)
{
    struct text text;
    text_init(&text, arena, INI_MAX_BYTES);
    if (!ini_of(answers, folder_of(path, arena), &text, written, count, err))
        return false;
    if (!text_ok(&text))
        return error_set(err, ERROR_INPUT, "%s would be too long", path);
    return put(path, text_string(&text), arena, &written->aside, err);
}

bool program_init_write(const struct init_answers *answers, const char *path,
        struct arena *arena, struct init_written *written, struct error *err)
{
    size_t count = 0;
    *written = (struct init_written){.aside = ""};
    if (write_both(answers, path, arena, written, &count, err)) {
        written->files[count] = path;
        return true;
    }
    while (count > 0)
        unlink(written->files[--count]);
    return false;
}
