/*
 * main.c - wires the parts together and hands them to the subcommands.
 *
 * The one file that knows every part.
 */
#include "adapters/line_editor.h"
#include "adapters/loop.h"
#include "adapters/notify.h"
#include "adapters/registry.h"
#include "adapters/sources/papers_in.h"
#include "adapters/terminal.h"
#include "adapters/transport.h"
#include "bot/base/chance.h"
#include "bot/base/log.h"
#include "bot/program/program.h"
#include "store/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *environment(const char *name)
{
    return getenv(name);
}

static struct transport *open_network(struct outside *outside,
        struct error *err)
{
    struct transport *transport = transport_open(err);
    if (transport != NULL) {
        transport->console = outside->out;
        transport->console_is_terminal = outside->out_is_terminal;
        transport->typed = STDIN_FILENO;
        transport->typed_is_terminal = outside->in_is_terminal;
    }
    return transport;
}

static bool run_core(struct outside *outside, const struct core *core,
        struct error *err)
{
    struct loop *loop = outside->transport->loop;
    const struct notify_environment manager = {
            .socket = getenv("NOTIFY_SOCKET"),
            .watchdog_usec = getenv("WATCHDOG_USEC"),
            .watchdog_pid = getenv("WATCHDOG_PID"),
    };
    struct notify *notify = notify_open(loop, &manager);
    const struct core told = notify_core(notify, core);
    bool good = loop_run(loop, &told, err);
    notify_close(notify);
    return good;
}

int main(int argc, char **argv)
{
    char owner[32];
    snprintf(owner, sizeof owner, "pid %ld", (long)getpid());
    struct outside outside = {
            .store_open = store_registry_open,
            .store_exists = store_registry_exists,
            .store_restore = store_registry_restore,
            .source_read = papers_in_read,
            .kinds = {.accounts = registry_accounts,
                    .sources = registry_sources,
                    .writers = registry_writers,
                    .store_knows = store_registry_knows},
            .dialects = registry_dialects,
            .clock = &loop_system_clock,
            .chance = &chance_system,
            .environment = environment,
            .owner = owner,
            .transport_open = open_network,
            .run = run_core,
            .in = stdin,
            .out = stdout,
            .err = stderr,
            .in_is_terminal = isatty(STDIN_FILENO) == 1,
            .hide_typing = terminal_hide_typing,
            .line_editor_open = line_editor_open,
            .out_is_terminal = isatty(STDOUT_FILENO) == 1,
            .err_is_terminal = isatty(STDERR_FILENO) == 1,
    };
    log_open(stderr, LOG_INFO, outside.clock);
    int code = program_main(&outside, argc, argv);
    transport_close(outside.transport);
    log_close();
    return code;
}
