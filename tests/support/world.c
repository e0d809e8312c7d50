#include "tests/support/world.h"

#include "bot/schedule.h"
#include "store/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    STEPS_MAX = 1000000, /* more without an end means: it turns on the spot */
    ID_SIZE = 32,
    NOTICES_MAX = 64,
};

int64_t world_ms(const char *instant)
{
    int64_t ms = 0;

    if (!civil_parse_instant(instant, &ms))
        fail_msg("\"%s\" is no instant", instant);
    return ms;
}

static void open_store(struct world *world)
{
    struct error err = {0};

    world->store = store_registry_open(world->url, &err);
    if (world->store == NULL)
        fail_msg("%s: %s", world->url, err.text);
}

void world_open(struct world *world, const char *url, const char *now)
{
    *world = (struct world){.time = {.ms = world_ms(now)},
            .seed = {7},
            .keep = KEEP_DEFAULT};
    world->url = arena_string(&world->arena, url);
    world->clock = test_clock_of(&world->time);
    world->chance = chance_seeded(&world->seed);
    fake_source_init(&world->source, &world->clock);
    fake_pictures_init(&world->pictures, &world->clock);
    fake_facts_init(&world->facts, &world->clock, &world->store);
    world->fact_sources[0] = &world->facts.source;
    fake_archive_init(&world->archive, &world->clock);
    fake_source_add_archive(&world->source, &world->archive.source);
    fake_account_init(&world->home, "home", &world->clock);
    fake_account_init(&world->hook, "hook", &world->clock);
    world->home.ops.abilities = ACCOUNT_DEDUPLICATES | ACCOUNT_LISTENS;
    world->hook.ops.room_gap_ms = 1000;
    world->accounts[0] = &world->home.account;
    world->accounts[1] = &world->hook.account;
    world->list.items = world->channels;
    open_store(world);
}

void world_close(struct world *world)
{
    world_stop(world, false);
    store_close(world->store);
    fake_source_finish(&world->source);
    fake_pictures_finish(&world->pictures);
    fake_facts_finish(&world->facts);
    fake_archive_finish(&world->archive);
    fake_account_finish(&world->home);
    fake_account_finish(&world->hook);
    for (size_t i = 0; i < world->writer_count; i++)
        fake_writer_finish(&world->writers[i]);
    arena_finish(&world->arena);
}

struct fake_writer *world_hire(struct world *world, const char *name)
{
    struct fake_writer *fake = &world->writers[world->writer_count];
    struct hired_writer *hired = &world->hired[world->writer_count++];

    assert_true(world->writer_count <= WORLD_WRITERS_MAX);
    fake_writer_init(fake, name, &world->clock);
    *hired = (struct hired_writer){.writer = &fake->writer,
            .terms = {.at_once = 2}};
    return fake;
}

void world_categories(struct world *world, struct channel *channel,
        const char *categories)
{
    struct string_list *list = &channel->subscription.categories;
    size_t capacity = 0;

    *list = (struct string_list){0};
    while (*categories != '\0') {
        size_t length = strcspn(categories, " ");
        string_list_add(list, &capacity, &world->arena,
                arena_string_n(&world->arena, categories, length));
        categories += length;
        categories += strspn(categories, " ");
    }
}

struct channel *world_channel(struct world *world, const char *label,
        const char *account, const char *categories, const char *schedule,
        const char *zone)
{
    struct channel *channel = &world->channels[world->list.count++];
    struct error err = {0};

    assert_true(world->list.count <= WORLD_CHANNELS_MAX);
    *channel = (struct channel){
            .account = account,
            .home = account,
            .room = arena_format(&world->arena, "room-%s", label),
            .label = label,
            .schedule = {.timezone = zone},
            .languages = {.tags = {"zh", "en"}},
            .top_count = 5,
            .also_count = 4,
            .catch_up_ms = INT64_C(6) * 3600 * 1000,
            .credit = "",
    };
    world_categories(world, channel, categories);
    if (!schedule_parse(schedule, &channel->schedule, &err) ||
            !store_channel_put(world->store, account, channel->room, label,
                    world->time.ms, &channel->id, &err))
        fail_msg("channel %s: %s", label, err.text);
    return channel;
}

static bool received(void *ctx, struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        struct error *err)
{
    struct world *world = ctx;

    return bot_received(world->bot, account, events, count, checkpoint, err);
}

void world_start(struct world *world)
{
    const struct bot_parts parts = {.store = world->store,
            .source = &world->source.source,
            .pictures = world->pictured ? &world->pictures.source : NULL,
            .facts = world->fact_sources,
            .fact_count = world->enriched,
            .writers = world->hired,
            .writer_count = world->writer_count,
            .accounts = world->accounts,
            .account_count = WORLD_ACCOUNTS,
            .channels = &world->list,
            .alerts = world->alerts,
            .keep = world->keep,
            .clock = &world->clock,
            .chance = &world->chance,
            .owner = "the test"};
    struct error err = {0};

    world->bot = bot_open(&parts, world->time.ms, &err);
    if (world->bot == NULL)
        fail_msg("the bot cannot start: %s", err.text);
    world->ears = (struct account_ears){received, world};
    if (!bot_listen(world->bot, &world->ears, &err))
        fail_msg("the bot cannot listen: %s", err.text);
}

void world_stop(struct world *world, bool taken)
{
    if (world->bot == NULL)
        return;
    fake_account_drop(&world->home, taken);
    fake_account_drop(&world->hook, taken);
    fake_source_drop(&world->source);
    fake_archive_drop(&world->archive);
    bot_close(world->bot);
    world->bot = NULL;
    if (strncmp(world->url, "memory:", 7) == 0)
        return;
    store_close(world->store);
    open_store(world);
}

static bool answer_all(struct world *world)
{
    bool source = fake_source_answer(&world->source);
    bool archive =
            !world->archive_hangs && fake_archive_answer(&world->archive);
    bool home = fake_account_answer(&world->home);
    bool hook = fake_account_answer(&world->hook);

    bool any = source || archive || home || hook;
    any = fake_pictures_answer(&world->pictures) || any;
    any = fake_facts_answer(&world->facts) || any;
    for (size_t i = 0; i < world->writer_count; i++)
        any = fake_writer_answer(&world->writers[i]) || any;
    return any;
}

/* When the bot or a writer does something next. */
static int64_t next_ms(const struct world *world)
{
    int64_t due_ms = bot_next_due_ms(world->bot);

    for (size_t i = 0; i < world->writer_count; i++) {
        int64_t ready_ms = fake_writer_ready_ms(&world->writers[i]);
        if (ready_ms < due_ms)
            due_ms = ready_ms;
    }
    return due_ms;
}

void world_step(struct world *world)
{
    bot_step(world->bot, world->time.ms);
}

void world_run_ms(struct world *world, int64_t until_ms)
{
    for (int steps = 0; world->bot != NULL; steps++) {
        int64_t due_ms = next_ms(world);
        if (due_ms > until_ms)
            break;
        if (steps == STEPS_MAX)
            fail_msg("the bot turns on the spot");
        if (due_ms > world->time.ms)
            world->time.ms = due_ms;
        bot_step(world->bot, world->time.ms);
        answer_all(world);
    }
    if (world->time.ms < until_ms)
        world->time.ms = until_ms;
}

void world_run(struct world *world, const char *until)
{
    world_run_ms(world, world_ms(until));
}

void world_happen(struct world *world, enum event_kind kind, const char *room,
        const char *person, const char *text, const char *target)
{
    const struct event event = {.id = arena_format(&world->arena, "ev-%u",
                                        ++world->said),
            .kind = kind,
            .room = room,
            .person = person,
            .text = text,
            .target = target,
            .reply = "",
            .sent_ms = world->time.ms};

    fake_account_happen(&world->home, &event);
}

void world_say(struct world *world, const char *room, const char *person,
        const char *text)
{
    world_happen(world, EVENT_COMMAND, room, person, text, "");
}

const char *world_last(const struct world *world, const char *room)
{
    const struct fake_account *home = &world->home;

    for (size_t i = home->shown_count; i > 0; i--)
        if (strcmp(home->shown[i - 1].room, room) == 0)
            return home->shown[i - 1].payload;
    return "";
}

size_t world_waiting(struct world *world)
{
    struct arena arena = {0};
    struct inbox_list rows;

    assert_true(store_inbox_list(world->store, SIZE_MAX / 2, &arena, &rows,
            NULL));
    size_t count = rows.count;
    arena_finish(&arena);
    return count;
}

void world_publish(struct world *world, const char *category,
        const char *prefix, unsigned count)
{
    struct fake_item items[NOTICES_MAX] = {{0}};
    char ids[NOTICES_MAX][ID_SIZE];

    assert_true(count <= NOTICES_MAX);
    for (unsigned i = 0; i < count; i++) {
        snprintf(ids[i], ID_SIZE, "%s.%05u", prefix, i + 1);
        items[i] = (struct fake_item){.id = ids[i], .announce = ANNOUNCE_NEW};
    }
    fake_source_publish(&world->source, category, items, count, false);
}

void world_publish_late(struct world *world, const char *category,
        const char *id)
{
    const struct fake_item item = {.id = id, .announce = ANNOUNCE_NEW};

    fake_source_publish(&world->source, category, &item, 1, true);
}

enum occasion_outcome world_outcome(struct world *world,
        const struct channel *channel, const char *key)
{
    enum occasion_outcome outcome = OUTCOME_NONE;
    struct occasion_list list;
    struct arena arena = {0};

    assert_true(store_occasion_list(world->store, channel->id, key, 10, &arena,
            &list, NULL));
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].key, key) == 0)
            outcome = list.items[i].outcome;
    arena_finish(&arena);
    return outcome;
}

size_t world_rows(struct world *world, const struct channel *channel,
        enum outbox_state state)
{
    struct outbox_list rows;
    struct arena arena = {0};
    size_t count = 0;

    assert_true(store_outbox_list(world->store, channel->id, "", &arena, &rows,
            NULL));
    for (size_t i = 0; i < rows.count; i++)
        count += rows.items[i].state == state;
    arena_finish(&arena);
    return count;
}
