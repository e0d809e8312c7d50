#include "adapters/line_history.h"

#include "bot/base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FILE_BYTES_MAX = 8 * 1024 * 1024, /* far more than ours can be */
};

/* --- reading --- */

static char *whole_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "re");
    struct stat info;
    char *bytes = NULL;

    if (file == NULL)
        return NULL;
    if (fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode) &&
            info.st_size < FILE_BYTES_MAX) {
        bytes = arena_alloc(arena, (size_t)info.st_size + 1);
        bytes[fread(bytes, 1, (size_t)info.st_size, file)] = '\0';
    }
    fclose(file);
    return bytes;
}

static struct string_list lines_of(struct arena *arena, const char *bytes)
{
    struct string_list lines = {0};
    size_t capacity = 0;

    while (*bytes != '\0') {
        size_t length = strcspn(bytes, "\n");

        if (length > 0)
            string_list_add(&lines, &capacity, arena,
                    text_repair(arena, bytes, length));
        bytes += length + (bytes[length] == '\n');
    }
    return lines;
}

/* Beside it first, then in its place: another terminal never sees half. */
static void write_anew(struct arena *arena, const char *path,
        const struct string_list *lines)
{
    const char *beside = arena_format(arena, "%s.%ld", path, (long)getpid());
    int descriptor =
            open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");

    if (file == NULL) {
        if (descriptor >= 0)
            close(descriptor);
        return;
    }
    for (size_t i = 0; i < lines->count; i++)
        fprintf(file, "%s\n", lines->items[i]);
    if (fclose(file) != 0 || rename(beside, path) != 0)
        remove(beside);
}

struct string_list line_history_read(struct arena *arena, const char *path)
{
    const char *bytes = whole_file(arena, path);
    struct string_list lines = {0};
    size_t before;

    if (bytes == NULL)
        return lines;
    lines = lines_of(arena, bytes);
    before = lines.count;
    if (before <= LINE_HISTORY_MAX)
        return lines;
    lines.items += before - LINE_HISTORY_MAX;
    lines.count = LINE_HISTORY_MAX;
    if (before > (size_t)2 * LINE_HISTORY_MAX)
        write_anew(arena, path, &lines);
    return lines;
}

/* --- adding --- */

/* Every folder on the way that is not there. */
static void make_folders(struct arena *arena, const char *path)
{
    for (const char *at = strchr(path + 1, '/'); at != NULL;
            at = strchr(at + 1, '/'))
        mkdir(arena_string_n(arena, path, (size_t)(at - path)), 0700);
}

void line_history_add(const char *path, const char *line)
{
    struct arena arena = {0};
    const char *bytes = arena_format(&arena, "%s\n", line);
    size_t length = strlen(bytes);

    make_folders(&arena, path);
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) {
        ssize_t written = write(file, bytes, length);
        (void)written; /* on a full disk it is remembered until the end only */
        close(file);
    }
    arena_finish(&arena);
}
