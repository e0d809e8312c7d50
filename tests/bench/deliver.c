/* Due outbox rows become settled ones: the bot as "paperboy run" runs it, a store
 * file on the disk, 20,000 rows in as many incoming webhooks of one server
 * ($DELIVER_URL), so that no room's pace holds anything back.  Messages a second,
 * and this process' microseconds for one. */
#include "adapters/channels/channels.h"
#include "adapters/loop.h"
#include "adapters/transport.h"
#include "bot/base/arena.h"
#include "bot/base/chance.h"
#include "bot/base/log.h"
#include "bot/bot.h"
#include "store/registry.h"
#include "tests/support/bench_data.h"
#include "tests/support/stopwatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CHANNELS = 20000
};

static const char path[] = "build/bench/deliver.db";

struct delivery {
    struct arena arena;
    struct store *store;
    struct transport *transport;
    struct channel_list channels;
    struct account **accounts;
    struct bot *bot;
    struct core core;
    size_t rows;
};

static _Noreturn void fail(const struct error *err)
{
    fprintf(stderr, "%s\n", err->text);
    exit(1);
}

/* --- what is there before it starts --- */

static void open_channel(struct delivery *delivery, size_t i)
{
    struct error err = {0};
    struct channel *channel = &delivery->channels.items[i];
    const char *name = arena_format(&delivery->arena, "hook%zu", i);
    const struct setting webhook = {.key = "webhook",
            .value = arena_format(&delivery->arena,
                    "%s/services/T0/B%zu/secret%zu", getenv("DELIVER_URL"), i,
                    i)};
    const struct settings settings = {.name = name,
            .items = &webhook,
            .count = 1,
            .contact = ""};

    *channel = (struct channel){.account = name,
            .home = "slack",
            .room = slack_webhook_kind.room(&settings, &delivery->arena),
            .label = name,
            .in_file = true,
            .schedule = {.minute_of_day = -1, .timezone = "UTC"},
            .contact = "",
            .credit = ""};
    delivery->accounts[i] =
            slack_webhook_kind.open(&settings, delivery->transport, NULL, &err);
    if (delivery->accounts[i] == NULL ||
            !store_channel_put(delivery->store, channel->home, channel->room,
                    channel->label, 1, &channel->id, &err))
        fail(&err);
}

static void add_row(struct delivery *delivery, const char *message,
        size_t length)
{
    struct error err = {0};
    size_t number = delivery->rows++;
    const struct channel *channel =
            &delivery->channels.items[number % delivery->channels.count];
    int64_t id;
    const struct outbox_row row = {.channel_id = channel->id,
            .account = channel->account,
            .room = channel->room,
            .occasion = arena_format(&delivery->arena, "digest/%zu",
                    number / delivery->channels.count),
            .delivery_key = arena_format(&delivery->arena, "key-%zu", number),
            .payload = message,
            .payload_bytes = length,
            .reply = "",
            .person = "",
            .next_try_ms = 1,
            .created_ms = 1};

    if (!store_outbox_add(delivery->store, &row, &id, &err))
        fail(&err);
}

static bool fill_step(struct store *store, void *ctx, struct error *err)
{
    struct delivery *delivery = ctx;
    size_t length;
    char *rest = bench_data_text(&delivery->arena, "messages.jsonl", &length);

    (void)store;
    (void)err;
    for (size_t i = 0; i < CHANNELS; i++)
        open_channel(delivery, i);
    while (delivery->rows < CHANNELS && *rest != '\0') {
        length = strcspn(rest, "\n");
        add_row(delivery, rest, length);
        rest += length + (rest[length] == '\n');
    }
    return true;
}

static void remove_store(struct arena *arena)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        unlink(arena_format(arena, "%s%s", path, ends[i]));
}

static void set_up(struct delivery *delivery)
{
    struct error err = {0};
    const size_t count = CHANNELS;

    remove_store(&delivery->arena);
    delivery->store = store_registry_open(arena_format(&delivery->arena,
                                                  "sqlite:%s", path),
            &err);
    delivery->transport = transport_open(&err);
    if (delivery->store == NULL || delivery->transport == NULL)
        fail(&err);
    delivery->channels =
            (struct channel_list){.items = arena_array(&delivery->arena,
                                          struct channel, count),
                    .count = count};
    delivery->accounts = arena_array(&delivery->arena, struct account *, count);
    if (!store_transact(delivery->store, fill_step, delivery, &err))
        fail(&err);
}

/* --- the run --- */

static bool finished(void *ctx)
{
    const struct delivery *delivery = ctx;
    int64_t next_ms = 0;

    return !bot_busy(delivery->bot) &&
            store_outbox_next_ms(delivery->store, &next_ms, NULL) &&
            next_ms == INT64_MAX;
}

static int64_t next_due_ms(void *ctx)
{
    const struct delivery *delivery = ctx;

    return delivery->core.next_due_ms(delivery->core.ctx);
}

static void step(void *ctx, int64_t now_ms)
{
    const struct delivery *delivery = ctx;

    delivery->core.step(delivery->core.ctx, now_ms);
}

static void wind_down(void *ctx)
{
    const struct delivery *delivery = ctx;

    delivery->core.wind_down(delivery->core.ctx);
}

static void run(struct delivery *delivery)
{
    struct error err = {0};
    const struct core core = {.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .finished = finished,
            .ctx = delivery};
    const struct bot_parts parts = {.store = delivery->store,
            .accounts = delivery->accounts,
            .account_count = delivery->channels.count,
            .channels = &delivery->channels,
            .clock = &loop_system_clock,
            .chance = &chance_system,
            .owner = "bench"};

    delivery->bot = bot_open(&parts, clock_now_ms(&loop_system_clock), &err);
    if (delivery->bot == NULL)
        fail(&err);
    delivery->core = bot_core(delivery->bot);
    double wall = stopwatch_seconds(), cpu = stopwatch_cpu_seconds();
    if (!loop_run(delivery->transport->loop, &core, &err))
        fail(&err);
    wall = stopwatch_seconds() - wall;
    cpu = stopwatch_cpu_seconds() - cpu;
    struct store_counts counts = {0};
    if (!store_count(delivery->store, &counts, &err))
        fail(&err);
    if (counts.outbox_sent != CHANNELS)
        fail(&(struct error){.text = "not every message was sent"});
    printf("rate=%.1f cpu_us=%.2f\n", CHANNELS / wall, cpu / CHANNELS * 1e6);
    bot_close(delivery->bot);
}

int main(void)
{
    struct delivery delivery = {0};

    if (getenv("DELIVER_URL") == NULL) {
        fputs("no server: DELIVER_URL is not set\n", stderr);
        return 77;
    }
    log_open(stderr, LOG_WARNING, &loop_system_clock);
    set_up(&delivery);
    run(&delivery);
    for (size_t i = 0; i < delivery.channels.count; i++)
        delivery.accounts[i]->ops->close(delivery.accounts[i]);
    transport_close(delivery.transport);
    store_close(delivery.store);
    remove_store(&delivery.arena);
    arena_finish(&delivery.arena);
    return 0;
}
