/*
 * main.c - wires the parts together and hands them to the subcommands.
 *
 * The one file that knows every part.
 */
#include "adapters/line_editor.h"
#include "adapters/loop.h"
#include "adapters/notify.h"
#include "adapters/registry.h"
#include "adapters/server.h"
#include "adapters/server_pages.h"
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

static struct server_pages *pages; /* of the one server there is */

static void close_server(struct transport *transport)
{
    server_pages_close(pages);
    pages = NULL;
    server_close(transport->server);
    transport->server = NULL;
}

static void tell_addresses(const struct server *server,
        const struct serving_wish *wish)
{
    const char *address;

    for (size_t i = 0; (address = server_address(server, i)) != NULL; i++) {
        log_info("server listens", log_text("address", address),
                log_text("tls", *wish->certificate != '\0' ? "yes" : "no"));
        if (!server_is_local(address) && *wish->certificate == '\0')
            log_warning("what is sent there can be read on the way: no "
                        "certificate",
                    log_text("address", address));
    }
}

static bool serve(struct outside *outside, const struct serving_wish *wish,
        const struct query *query, struct error *err)
{
    struct transport *transport = outside->transport;

    if (transport == NULL && wish->listen_count > 0)
        transport = outside->transport = outside->transport_open(outside, err);
    if (wish->listen_count == 0) {
        if (transport != NULL)
            close_server(transport);
        return true;
    }
    if (transport == NULL)
        return false;
    if (transport->server != NULL &&
            !server_change(transport->server, wish, err))
        return false;
    if (transport->server == NULL) {
        transport->server = server_open(transport->sockets, wish, NULL, err);
        if (transport->server == NULL)
            return false;
        pages = server_pages_open(transport->loop, transport->server, query);
    }
    tell_addresses(transport->server, wish);
    return true;
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
                    .store_knows = store_registry_knows,
                    .can_listen = server_can_listen,
                    .can_show = server_can_show},
            .dialects = registry_dialects,
            .clock = &loop_system_clock,
            .chance = &chance_system,
            .environment = environment,
            .owner = owner,
            .transport_open = open_network,
            .serve = serve,
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
    if (outside.transport != NULL)
        close_server(outside.transport);
    transport_close(outside.transport);
    log_close();
    return code;
}
