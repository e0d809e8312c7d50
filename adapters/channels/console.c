/*
 * The terminal, as a channel: what is sent is written out, what is typed is a
 * command.  Whoever sits at the daemon's terminal is in charge.
 */
#include "adapters/channels/call.h"
#include "adapters/channels/channels.h"
#include "adapters/channels/console_input.h"
#include "adapters/dialects/dialects.h"
#include "adapters/transport.h"

#include "bot/base/log.h"
#include "bot/base/text.h"

#include <errno.h>
#include <inttypes.h>
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

    struct transport *transport;
    bool listens;
    const struct account_ears *ears;
    struct console_input input;
    int64_t begun_ms; /* names the lines of this run */
    unsigned lines;
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

/* --- listening --- */

static const char person[] = "owner";

static bool take_line(void *ctx, const char *line)
{
    struct console *console = ctx;
    struct arena arena = {0};
    struct error err = {0};

    if (line[strspn(line, " \t\r")] == '\0')
        return true;
    const struct event event = {.id = arena_format(&arena, "%" PRId64 "-%u",
                                        console->begun_ms, console->lines + 1),
            .kind = EVENT_COMMAND,
            .room = "",
            .person = person,
            .text = line,
            .target = "",
            .reply = "",
            .sent_ms = clock_now_ms(console->transport->clock)};
    bool taken = console->ears->received(console->ears->ctx, &console->account,
            &event, 1, "", &err);
    arena_finish(&arena);
    console->lines += taken;
    if (!taken)
        log_error("what was typed could not be kept, will be tried again",
                log_text("why", err.text));
    return taken;
}

static void console_listen(struct account *account,
        const struct account_ears *ears, const char *checkpoint)
{
    struct console *console = (struct console *)account;
    struct transport *transport = console->transport;

    (void)checkpoint;
    if (!console->listens || transport->typed < 0 || transport->typed_is_read)
        return;
    transport->typed_is_read = true;
    console->ears = ears;
    console->begun_ms = clock_now_ms(transport->clock);
    console_input_start(&console->input, console->loop, transport->typed,
            take_line, console);
}

static void permit(void *ctx)
{
    struct call *call = ctx;

    call->timer = NULL;
    call->allowed = true;
    call_end(call, "", false, NULL);
}

static struct request *console_permission(struct account *account,
        const struct channel *channel, const char *who,
        account_permission_fn *done, void *cookie)
{
    struct console *console = (struct console *)account;
    struct call *call =
            call_open_permission(&console->calls, sizeof *call, done, cookie);

    (void)channel;
    (void)who;
    call_soon(call, console->loop, permit);
    return &call->request;
}

static void console_close(struct account *account)
{
    struct console *console = (struct console *)account;

    call_list_cancel(&console->calls);
    console_input_stop(&console->input);
    if (console->ears != NULL)
        console->transport->typed_is_read = false;
    struct arena arena = console->arena;
    arena_finish(&arena);
}

static const struct account_ops ops = {
        .kind = "console",
        .abilities = ACCOUNT_LISTENS,
        .render = console_render,
        .send = console_send,
        .verify = console_verify,
        .command_form = "",
        .permission = console_permission,
        .listen = console_listen,
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
    console->transport = transport;
    const char *listens = settings_get(settings, "listen", "");
    console->listens = *listens == '\0' ? transport->typed_is_terminal
                                        : text_same(listens, "yes");
    return &console->account;
}

static const char *listen_flaw(const char *value)
{
    return text_same(value, "yes") || text_same(value, "no") ? NULL
                                                             : "yes or no";
}

static const struct setting_spec keys[] =
        {{.key = "listen",
                 .help = "yes: commands are read from standard input, also "
                         "where "
                         "it is no terminal; no: never",
                 .flaw = listen_flaw},
                {.key = NULL}};

const struct account_kind console_kind = {
        .kind = "console",
        .keys = keys,
        .one_channel = true,
        .open = console_open,
};
