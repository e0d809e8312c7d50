/*
 * The terminal, as a channel: what is sent is written out.
 */
#include "adapters/channels/call.h"
#include "adapters/channels/channels.h"
#include "adapters/dialects/dialects.h"
#include "adapters/transport.h"

#include <errno.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>

struct console {
    struct account account; /* first: the account is the console */
    struct arena arena;
    struct loop *loop;
    FILE *stream;
    bool is_terminal;
    struct call_list calls;
};

struct console_call {
    struct call call; /* first */
    bool partly;      /* some of it may have been seen */
    struct error err; /* ERROR_NONE if it was written */
};

static bool console_render(const struct account *account,
        const struct channel *channel, const struct document *document,
        struct arena *arena, struct payload_list *payloads, struct error *err)
{
    (void)account;
    (void)channel;
    return dialect_text.render(document, arena, payloads, err);
}

/* --- writing --- */

/* "1. [LG] Title", "1、[LG] Title" or "[cs.LG] Title": what the eye looks for.
 * A line of affiliations, "[A & B]", is none. */
static bool is_title(const char *line)
{
    line += strspn(line, "0123456789");
    if (strncmp(line, ". ", 2) == 0)
        line += 2;
    else if (strncmp(line, "、", strlen("、")) == 0)
        line += strlen("、");
    if (*line != '[')
        return false;
    line++;
    size_t length = strspn(line,
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            "abcdefghijklmnopqrstuvwxyz.-");
    return length > 0 && strncmp(line + length, "] ", 2) == 0;
}

/* Titles bold, links faint (ECMA-48, "select graphic rendition"). */
static void write_painted(FILE *stream, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        const char *paint = is_title(text)          ? "1"
                : strncmp(text, "https://", 8) == 0 ? "2"
                                                    : NULL;
        if (paint != NULL)
            fprintf(stream, "\033[%sm%.*s\033[0m", paint, (int)length, text);
        else
            fwrite(text, 1, length, stream);
        text += length;
        if (*text == '\n') {
            fputc('\n', stream);
            text++;
        }
    }
}

/* A full disk may have room again; a reader that went away will not return. */
static bool write_failed(int code, struct error *err)
{
    bool passes = code == ENOSPC || code == EDQUOT || code == EAGAIN;

    return error_set(err, passes ? ERROR_RETRY : ERROR_STOP,
            "console: cannot write: %s", strerror(code));
}

static bool write_out(struct console *console, const struct outbox_row *row,
        struct error *err)
{
    FILE *stream = console->stream;
    size_t length = row->payload_bytes;

    clearerr(stream);
    errno = 0;
    if (console->is_terminal) {
        struct arena arena = {0};
        write_painted(stream, arena_string_n(&arena, row->payload, length));
        arena_finish(&arena);
    } else {
        fwrite(row->payload, 1, length, stream);
    }
    /* Messages follow each other; none may begin in the last one's line. */
    if (length > 0 && row->payload[length - 1] != '\n')
        fputc('\n', stream);
    if (fflush(stream) == 0 && !ferror(stream))
        return true;
    int code = errno != 0 ? errno : EIO;
    __fpurge(stream); /* else the next message would begin with this one */
    return write_failed(code, err);
}

/* --- operations --- */

static void tell(void *ctx)
{
    struct console_call *call = ctx;

    call->call.timer = NULL;
    call_end(&call->call, "", call->partly,
            call->err.kind != ERROR_NONE ? &call->err : NULL);
}

static struct request *console_send(struct account *account,
        const struct outbox_row *row, account_sent_fn *done, void *cookie)
{
    struct console *console = (struct console *)account;
    struct console_call *call =
            (struct console_call *)call_open_send(&console->calls, sizeof *call,
                    done, cookie);

    call->partly = !write_out(console, row, &call->err);
    call_soon(&call->call, console->loop, tell);
    return &call->call.request;
}

static struct request *console_verify(struct account *account,
        account_verified_fn *done, void *cookie)
{
    struct console *console = (struct console *)account;
    struct call *call = call_open_verify(&console->calls,
            sizeof(struct console_call), done, cookie);

    call_soon(call, console->loop, tell);
    return &call->request;
}

static void console_close(struct account *account)
{
    struct console *console = (struct console *)account;

    call_list_cancel(&console->calls);
    struct arena arena = console->arena;
    arena_finish(&arena);
}

static const struct account_ops ops = {
        .kind = "console",
        .render = console_render,
        .send = console_send,
        .verify = console_verify,
        .close = console_close,
};

static struct account *console_open(const struct settings *settings,
        struct transport *transport, const struct account_memory *memory,
        struct error *err)
{
    (void)memory;
    (void)err;
    struct arena arena = {0};
    struct console *console = arena_new(&arena, struct console);

    console->arena = arena;
    console->account.ops = &ops;
    console->account.name = arena_string(&console->arena, settings->name);
    console->loop = transport->loop;
    console->stream = transport->console != NULL ? transport->console : stdout;
    console->is_terminal = transport->console_is_terminal;
    return &console->account;
}

static const struct setting_spec keys[] = {{.key = NULL}};

const struct account_kind console_kind = {
        .kind = "console",
        .keys = keys,
        .one_channel = true,
        .open = console_open,
};
