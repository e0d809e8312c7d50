/*
 * Three months of mornings for three channels, September to November 2026, with
 * both clock changes, two holidays, two outages and three restarts.
 *
 * What should happen is worked out here a second time, from tables and not from
 * the code under test.
 */
#include "adapters/loop.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    PAPERS_A_DAY = 9,    /* in each category; some are not chosen */
    OCCASIONS_MAX = 128, /* more than any channel has in that time */
    PATH_SIZE = 256,
};
#define HOUR_MS INT64_C(3600000)
static const int64_t day_ms = 24 * HOUR_MS;

static const char *const categories[] = {"cs.LG", "cs.CV", "cs.CL"};
enum {
    CATEGORIES = 3
};

/* --- the calendar, from tables --- */

#define FIRST_DAY "2026-09-01T00:00:00Z"
#define LAST_INSTANT "2026-11-30T23:00:00Z"

/* Labor Day and Thanksgiving (arXiv's list of holidays). */
static const char *const holidays[] = {"2026-09-07", "2026-11-26"};

/* Offsets from UTC before and after the autumn's change of clocks. */
struct place {
    const char *label, *account, *schedule, *zone;
    const char *categories;
    int before_hours, after_hours;
    const char *change;
    int hour, minute;
    unsigned weekdays;  /* bit 0 = Monday */
    const char *missed; /* the occasion the bot was away for too long, or "" */
};

static const struct place places[] = {
        {"shanghai", "home", "13:30 weekdays", "Asia/Shanghai",
                "cs.LG cs.CV cs.CL", 8, 8, FIRST_DAY, 13, 30, 0x1F, ""},
        {"newyork", "hook", "08:00 daily", "America/New_York", "cs.LG cs.CL",
                -4, -5, "2026-11-01T06:00:00Z", 8, 0, 0x7F,
                "digest/2026-10-14"},
        {"london", "home", "09:00 mondays", "Europe/London", "cs.CV", 1, 0,
                "2026-10-25T01:00:00Z", 9, 0, 0x01, ""},
};
enum {
    PLACES = 3
};

/* 1970-01-01 was a Thursday. */
static int weekday(int64_t day)
{
    return (int)((day + 3) % 7);
}

static void day_text(int64_t day, char out[CIVIL_INSTANT_SIZE])
{
    civil_format_instant(day * day_ms, out);
    out[10] = '\0';
}

static bool is_holiday(const char *date)
{
    for (size_t i = 0; i < sizeof holidays / sizeof holidays[0]; i++)
        if (strcmp(holidays[i], date) == 0)
            return true;
    return false;
}

static int64_t local_to_ms(const struct place *place, int64_t day)
{
    int64_t wall_ms = day * day_ms + place->hour * HOUR_MS +
            place->minute * INT64_C(60000);
    int64_t ms = wall_ms - place->before_hours * HOUR_MS;

    if (ms >= world_ms(place->change))
        ms = wall_ms - place->after_hours * HOUR_MS;
    return ms;
}

struct expected {
    char key[32];
    int64_t due_ms;
};

static size_t expected_list(const struct place *place,
        struct expected list[OCCASIONS_MAX])
{
    int64_t first = world_ms(FIRST_DAY), last = world_ms(LAST_INSTANT);
    size_t count = 0;

    for (int64_t day = first / day_ms - 1; day <= last / day_ms + 1; day++) {
        char date[CIVIL_INSTANT_SIZE];
        int64_t ms = local_to_ms(place, day);
        if ((place->weekdays >> weekday(day) & 1) == 0 || ms <= first ||
                ms > last)
            continue;
        day_text(day, date);
        assert_true(count < OCCASIONS_MAX);
        snprintf(list[count].key, sizeof list[count].key, "digest/%.10s", date);
        list[count++].due_ms = ms;
    }
    return count;
}

/* --- what happens --- */

/* New York's midnight; its clocks change on November 1. */
static int64_t midnight_ms(int64_t day)
{
    int64_t ms = day * day_ms + 4 * HOUR_MS;

    return ms >= world_ms("2026-11-01T06:00:00Z") ? ms + HOUR_MS : ms;
}

/* A category's papers of a day: new ones, one that the next category has as
 * well, and a replacement. */
static void publish_category(struct world *world, int64_t day, unsigned place)
{
    struct fake_item items[PAPERS_A_DAY + 2] = {{0}};
    char ids[PAPERS_A_DAY + 2][32];
    const char *category = categories[place];
    unsigned before = (place + CATEGORIES - 1) % CATEGORIES;

    for (unsigned i = 0; i < PAPERS_A_DAY; i++) {
        snprintf(ids[i], sizeof ids[i], "26%02u.%05u", 20 + place,
                (unsigned)(day % 1000) * 20 + i);
        items[i] = (struct fake_item){.id = ids[i], .announce = ANNOUNCE_NEW};
    }
    snprintf(ids[PAPERS_A_DAY], sizeof ids[0], "26%02u.%05u", 20 + before,
            (unsigned)(day % 1000) * 20);
    items[PAPERS_A_DAY] = (struct fake_item){.id = ids[PAPERS_A_DAY],
            .announce = ANNOUNCE_CROSS,
            .cross = categories[before]};
    snprintf(ids[PAPERS_A_DAY + 1], sizeof ids[0], "25%02u.%05u", 20 + place,
            (unsigned)(day % 1000) * 20);
    items[PAPERS_A_DAY + 1] = (struct fake_item){.id = ids[PAPERS_A_DAY + 1],
            .announce = ANNOUNCE_REPLACE};
    fake_source_publish(&world->source, category, items, PAPERS_A_DAY + 2,
            false);
}

static void publish_day(struct world *world, int64_t day)
{
    char date[CIVIL_INSTANT_SIZE];

    day_text(day, date);
    if (weekday(day) > 4 || is_holiday(date))
        return;
    for (unsigned i = 0; i < CATEGORIES; i++)
        publish_category(world, day, i);
}

/* The two outages and the three restarts, in the order of time. */
static void source_fails(struct world *world)
{
    world->source.mode = FAKE_SOURCE_DOWN;
}

static void source_is_well(struct world *world)
{
    world->source.mode = FAKE_SOURCE_WELL;
}

static void home_fails(struct world *world)
{
    world->home.fail_next = SIZE_MAX;
}

static void home_is_well(struct world *world)
{
    world->home.fail_next = 0;
}

static void answers_stop(struct world *world)
{
    world->home.hang = world->hook.hang = true;
}

static void dies_while_sending(struct world *world)
{
    world_stop(world, true);
    world->home.hang = world->hook.hang = false;
    world_start(world);
}

static void goes_down(struct world *world)
{
    world_stop(world, false);
}

static void comes_up(struct world *world)
{
    world_start(world);
}

static const struct happening {
    const char *at;
    void (*happens)(struct world *world);
} events[] = {
        {"2026-09-15T03:50:00Z", source_fails},
        {"2026-09-15T16:00:00Z", source_is_well},
        {"2026-09-28T05:29:00Z", answers_stop},
        {"2026-09-28T05:31:00Z", dies_while_sending},
        /* Over New York's 08:00 and too long to catch up; over Shanghai's 13:30
         * and not too long. */
        {"2026-10-14T11:00:00Z", goes_down},
        {"2026-10-14T19:00:00Z", comes_up},
        {"2026-10-26T05:00:00Z", home_fails},
        {"2026-10-26T14:00:00Z", home_is_well},
        {"2026-11-10T05:00:00Z", goes_down},
        {"2026-11-10T07:30:00Z", comes_up},
};
enum {
    EVENTS = sizeof events / sizeof events[0]
};

/* Runs until then, with the events that lie before. */
static void run_until(struct world *world, int64_t ms, size_t *next)
{
    for (; *next < EVENTS && world_ms(events[*next].at) <= ms; ++*next) {
        world_run_ms(world, world_ms(events[*next].at));
        events[*next].happens(world);
    }
    world_run_ms(world, ms);
}

static void live(struct world *world)
{
    int64_t first = world_ms(FIRST_DAY) / day_ms;
    int64_t last = world_ms(LAST_INSTANT) / day_ms;
    size_t next = 0;

    world_start(world);
    for (int64_t day = first; day <= last; day++) {
        run_until(world, midnight_ms(day), &next);
        publish_day(world, day);
    }
    run_until(world, world_ms(LAST_INSTANT), &next);
}

/* --- what must be true afterwards --- */

struct check {
    struct world *world;
    const struct place *place;
    const struct channel *channel;
    struct arena arena;
    struct expected expected[OCCASIONS_MAX];
    struct occasion occasions[OCCASIONS_MAX]; /* in order of time */
    size_t count;
};

/* Each due occasion has exactly one outcome, and nothing else has one. */
static void check_occasions(struct check *check)
{
    struct occasion_list list;
    size_t count = expected_list(check->place, check->expected);

    assert_true(store_occasion_list(check->world->store, check->channel->id, "",
            OCCASIONS_MAX, &check->arena, &list, NULL));
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        const struct occasion *occasion = &list.items[count - 1 - i];
        assert_string_equal(occasion->key, check->expected[i].key);
        assert_int_equal(occasion->due_ms, check->expected[i].due_ms);
        assert_true(occasion->recorded_ms >= occasion->due_ms);
        assert_int_equal(occasion->outcome == OUTCOME_MISSED,
                strcmp(occasion->key, check->place->missed) == 0);
        check->occasions[i] = *occasion;
    }
    check->count = count;
}

/* The first occasion that planned something at or after an instant; count if
 * none did. */
static size_t occasion_after(const struct check *check, int64_t ms)
{
    size_t i = 0;

    while (i < check->count &&
            (check->occasions[i].outcome == OUTCOME_MISSED ||
                    check->occasions[i].recorded_ms < ms))
        i++;
    return i;
}

/* The newest announced batch is read, the older ones are covered, by the first
 * occasion that finds the category. */
static bool is_before_the_start(const struct check *check,
        const struct batch_list *batches, size_t index)
{
    size_t reader = occasion_after(check, batches->items[index].completed_ms);
    int64_t oldest_ms = batches->items[batches->count - 1].completed_ms;

    if (reader != occasion_after(check, oldest_ms))
        return false;
    for (size_t i = 0; i < index; i++)
        if (occasion_after(check, batches->items[i].completed_ms) == reader)
            return true;
    return false;
}

static void announced(const struct check *check, const char *category,
        struct arena *arena, struct batch_list *batches)
{
    struct batch_list all;

    assert_true(store_batch_list(check->world->store, category, 200, arena,
            &all, NULL));
    batches->items = arena_array(arena, struct batch, all.count);
    batches->count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].state == BATCH_ANNOUNCED)
            batches->items[batches->count++] = all.items[i];
}

/*
 * Every paper of a batch that was posted was posted by the one occasion that
 * read the batch: the first after it was complete.  *read says which ones read
 * something new.
 */
static void check_batch(struct check *check, const struct batch *batch,
        bool unread, bool read[OCCASIONS_MAX])
{
    struct batch_paper_list papers;
    size_t reader = occasion_after(check, batch->completed_ms);

    assert_true(store_batch_papers(check->world->store, batch->category,
            batch->date, &check->arena, &papers, NULL));
    assert_int_equal(papers.count, PAPERS_A_DAY + 2);
    for (size_t i = 0; i < papers.count; i++) {
        struct posted_paper *posted;
        assert_true(store_posted_get(check->world->store, check->channel->id,
                papers.items[i].paper_id, &check->arena, &posted, NULL));
        if (posted == NULL)
            continue;
        assert_false(unread);
        assert_true(reader < check->count);
        assert_string_equal(posted->occasion, check->occasions[reader].key);
    }
    if (!unread && reader < check->count)
        read[reader] = true;
}

static void check_covered(struct check *check, const struct batch *batch)
{
    struct covered_list covered;
    bool found = false;

    if (occasion_after(check, batch->completed_ms) == check->count)
        return;
    assert_true(store_covered_list(check->world->store, check->channel->id,
            &check->arena, &covered, NULL));
    for (size_t i = 0; i < covered.count; i++)
        found = found ||
                (strcmp(covered.items[i].category, batch->category) == 0 &&
                        civil_date_compare(covered.items[i].date,
                                batch->date) == 0);
    assert_true(found);
}

/* Every announcement is considered once: its reader posted a digest, and who
 * read nothing was silent. */
static void check_announcements(struct check *check)
{
    const struct string_list *wanted = &check->channel->subscription.categories;
    bool read[OCCASIONS_MAX] = {false};

    for (size_t c = 0; c < wanted->count; c++) {
        struct batch_list batches;
        announced(check, wanted->items[c], &check->arena, &batches);
        for (size_t i = 0; i < batches.count; i++) {
            check_batch(check, &batches.items[i],
                    is_before_the_start(check, &batches, i), read);
            check_covered(check, &batches.items[i]);
        }
    }
    for (size_t i = 0; i < check->count; i++)
        if (check->occasions[i].outcome != OUTCOME_MISSED)
            assert_int_equal(check->occasions[i].outcome,
                    read[i] ? OUTCOME_DIGEST : OUTCOME_SILENT);
}

/* What readers saw: every planned message, once and in order; no paper twice. */
static void check_messages(struct check *check)
{
    const struct fake_account *account =
            strcmp(check->place->account, "home") == 0 ? &check->world->home
                                                       : &check->world->hook;
    const char *last = "";
    size_t shown = 0, digests = 0;

    for (size_t i = 0; i < account->shown_count; i++) {
        const struct fake_message *message = &account->shown[i];
        if (strcmp(message->room, check->channel->room) != 0)
            continue;
        assert_true(strcmp(message->occasion, last) > 0);
        last = message->occasion;
        shown++;
        for (const char *at = strstr(message->payload, "[26"); at != NULL;
                at = strstr(at + 1, "[26")) {
            char id[] = "[2620.00000]";
            memcpy(id, at, sizeof id - 1);
            assert_int_equal(fake_account_count(account, message->room, id), 1);
        }
    }
    for (size_t i = 0; i < check->count; i++)
        digests += check->occasions[i].outcome == OUTCOME_DIGEST;
    assert_int_equal(shown, digests);
    assert_int_equal(world_rows(check->world, check->channel, OUTBOX_SENT),
            digests);
    assert_int_equal(world_rows(check->world, check->channel, OUTBOX_DUE), 0);
    assert_int_equal(world_rows(check->world, check->channel, OUTBOX_PARKED),
            0);
    /* A third of the occasions at least had something to say. */
    assert_true(digests * 3 > check->count);
}

/* Weekdays less the holidays; the last announcement of November is in. */
static void check_batches(struct world *world)
{
    for (size_t c = 0; c < CATEGORIES; c++) {
        struct check check = {.world = world};
        struct batch_list batches;
        announced(&check, categories[c], &check.arena, &batches);
        assert_int_equal(batches.count, 65 - 2);
        arena_finish(&check.arena);
    }
}

static void three_months(const char *url)
{
    struct world world;
    int64_t begun_ms = clock_now_ms(&loop_system_clock);

    world_open(&world, url, FIRST_DAY);
    for (size_t i = 0; i < PLACES; i++)
        world_channel(&world, places[i].label, places[i].account,
                places[i].categories, places[i].schedule, places[i].zone);
    live(&world);
    int64_t took_ms = clock_now_ms(&loop_system_clock) - begun_ms;
    check_batches(&world);
    size_t digests = 0;
    for (size_t i = 0; i < PLACES; i++) {
        struct check check = {.world = &world,
                .place = &places[i],
                .channel = &world.channels[i]};
        check_occasions(&check);
        check_announcements(&check);
        check_messages(&check);
        digests += world_rows(&world, check.channel, OUTBOX_SENT);
        arena_finish(&check.arena);
    }
    assert_false(world.source.overlapped);
    assert_true(world.source.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    printf("# PRINT three months, %zu digests, %zu feeds read, %s store: "
           "%lld ms\n",
            digests, world.source.asked, world.store->ops->kind,
            (long long)took_ms);
    world_close(&world);
}

static void test_three_months_of_mornings_in_memory(void **state)
{
    (void)state;
    three_months("memory:");
}

static void test_three_months_of_mornings_in_sqlite(void **state)
{
    /* In memory where there is such a place: a disk that syncs thousands of
     * times is not what is shown here. */
    const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char directory[PATH_SIZE], url[PATH_SIZE * 2], command[PATH_SIZE * 2];

    (void)state;
    snprintf(directory, sizeof directory, "%s/paperboy-months-XXXXXX", base);
    assert_non_null(mkdtemp(directory));
    snprintf(url, sizeof url, "sqlite:%s/paperboy.db", directory);
    three_months(url);
    snprintf(command, sizeof command, "rm -rf %s", directory);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_three_months_of_mornings_in_memory),
            cmocka_unit_test(test_three_months_of_mornings_in_sqlite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
