#include "tests/support/process.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum {
    SAID_MAX_BYTES = 4 * 1024 * 1024,
    READ_BYTES = 16 * 1024,
    ARGS_MAX = 15,
};

struct process {
    uv_process_t process;
    uv_pipe_t error;
    unsigned handles;
    char *said;
    size_t length;
    bool ended, silent; /* silent: its standard error is at the end */
    int exit_code;
};

/* --- reading --- */

static void on_room_wanted(uv_handle_t *handle, size_t suggested,
        uv_buf_t *buffer)
{
    (void)suggested;
    struct process *process = handle->data;

    process->said = realloc(process->said, process->length + READ_BYTES + 1);
    if (process->said == NULL || process->length > SAID_MAX_BYTES)
        abort();
    *buffer = uv_buf_init(process->said + process->length, READ_BYTES);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    (void)buffer;
    struct process *process = stream->data;

    if (count < 0) {
        process->silent = true;
        uv_read_stop(stream);
        return;
    }
    process->length += (size_t)count;
    process->said[process->length] = '\0';
}

/* --- life --- */

static void on_exit_seen(uv_process_t *handle, int64_t status, int signal)
{
    struct process *process = handle->data;

    process->ended = true;
    process->exit_code = signal != 0 ? 128 + signal : (int)status;
}

/* libuv wants them writable. */
static void copy_args(const char *const *args, char *copies[ARGS_MAX + 1])
{
    size_t count = 0;

    for (; args[count] != NULL && count < ARGS_MAX; count++)
        copies[count] = strdup(args[count]);
    copies[count] = NULL;
}

static void free_args(char *copies[ARGS_MAX + 1])
{
    for (size_t i = 0; copies[i] != NULL; i++)
        free(copies[i]);
}

struct process *process_start(struct loop *loop, const char *const *args)
{
    struct process *process = calloc(1, sizeof *process);
    if (process == NULL)
        abort();
    process->said = calloc(1, 1);
    process->process.data = process->error.data = process;
    process->handles = 2;
    uv_pipe_init(loop_native(loop), &process->error, 0);
    uv_stdio_container_t stdio[3] = {
            {.flags = UV_IGNORE},
            {.flags = UV_IGNORE},
            {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
                    .data.stream = (uv_stream_t *)&process->error},
    };
    char *copies[ARGS_MAX + 1];
    copy_args(args, copies);
    const uv_process_options_t options = {
            .exit_cb = on_exit_seen,
            .file = args[0],
            .args = copies,
            .stdio_count = 3,
            .stdio = stdio,
    };
    int failed = uv_spawn(loop_native(loop), &process->process, &options);
    if (failed != 0) {
        fprintf(stderr, "%s: %s\n", args[0], uv_strerror(failed));
        abort();
    }
    free_args(copies);
    uv_read_start((uv_stream_t *)&process->error, on_room_wanted, on_read);
    return process;
}

static void on_closed(uv_handle_t *handle)
{
    struct process *process = handle->data;

    if (--process->handles > 0)
        return;
    free(process->said);
    free(process);
}

void process_close(struct process *process)
{
    uv_close((uv_handle_t *)&process->error, on_closed);
    uv_close((uv_handle_t *)&process->process, on_closed);
}

/* --- looking --- */

size_t process_lines_with(const struct process *process, const char *word)
{
    size_t count = 0;

    for (const char *at = strstr(process->said, word); at != NULL;
            at = strstr(at, word)) {
        count++;
        at = strchr(at, '\n');
        if (at == NULL)
            break;
    }
    return count;
}

const char *process_said(const struct process *process)
{
    return process->said;
}

int process_id(const struct process *process)
{
    return uv_process_get_pid(&process->process);
}

void process_signal(struct process *process, int signal_number)
{
    if (!process->ended)
        uv_process_kill(&process->process, signal_number);
}

bool process_ended(const struct process *process)
{
    return process->ended && process->silent;
}

int process_exit_code(const struct process *process)
{
    return process->exit_code;
}
