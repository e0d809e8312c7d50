/*
 * 2026 whole: its holidays, what can go wrong with feeds and machines, and six
 * channels in six zones.
 *
 * How many occasions there are, which papers were announced and who was told
 * what on a bad day is worked out here, from the calendar and the tables below.
 */
#include "adapters/loop.h"
#include "bot/announcement.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define HOUR_MS INT64_C(3600000)
#define FIRST_INSTANT "2025-12-31T18:00:00Z"
#define LAST_INSTANT "2027-01-02T00:00:00Z"

static const char *const categories[] = {"cs.LG", "cs.CV", "cs.CL", "eess.AS"};
enum {
    CATEGORIES = 4,
    NEW_A_DAY = 7, /* in a category, besides one cross-listed and one
                    * replaced; some are not chosen */
    ITEMS_MAX = 2 * (NEW_A_DAY + 2),
    DAYS = 366 + 7,
    NUMBERS = DAYS * NEW_A_DAY + 64, /* of papers, in a category */
    OCCASIONS_MAX = 400,
};

/* --- who reads --- */

static const struct reader {
    const char *label, *account, *categories, *schedule, *zone;
    enum schedule_when when;
    enum quiet_policy quiet;
    int occasions; /* in 2026: 365 days, 261 of them working days */
} readers[] = {
        {"shanghai", "home", "cs.LG cs.CV cs.CL", "13:30 weekdays",
                "Asia/Shanghai", WHEN_PUNCTUAL, QUIET_LINE, 261},
        {"kolkata", "hook", "cs.LG eess.AS", "11:00 daily", "Asia/Kolkata",
                WHEN_FRESH, QUIET_LINE, 365},
        {"cairo", "home", "cs.CV cs.CL", "09:00 daily", "Africa/Cairo",
                WHEN_FRESH, QUIET_BEST, 365},
        {"berlin", "hook", "cs.LG cs.CV cs.CL eess.AS", "08:00 weekdays",
                "Europe/Berlin", WHEN_PUNCTUAL, QUIET_SILENT, 261},
        {"newyork", "home", "cs.LG cs.CV", "08:00 daily", "America/New_York",
                WHEN_PUNCTUAL, QUIET_BEST, 365},
        {"auckland", "hook", "cs.CV eess.AS", "18:30 weekdays",
                "Pacific/Auckland", WHEN_FRESH, QUIET_LINE, 261},
};
enum {
    READERS = 6
};

/* --- what happens --- */

enum trouble {
    WELL,
    NONE,    /* nothing is announced; the feeds are empty */
    STALE,   /* yesterday's again under today's date, until some hours later */
    LATE,    /* the feeds are not rebuilt until some hours later */
    CUT,     /* half of each feed, until some hours later */
    MISSING, /* cs.CV is not rebuilt; its papers come the day after */
    EARLY,   /* to be read the evening before */
    AFTER,   /* a late paper of cs.LG, some hours later */
};

/* In the order of time.  told: what each reader got on that date of its own
 * calendar, in the order of the table above: a Digest, a Quiet line, silent,
 * missed, or "-" where nothing was due. */
static const struct deviation {
    const char *date;
    enum trouble trouble;
    int hours; /* after New York's midnight */
    const char *what, *told;
} deviations[] = {
        {"2026-01-02", NONE, 0, "the evening of New Year's Day", "QQDsDQ"},
        {"2026-01-20", NONE, 0, "the evening of Martin Luther King Day",
                "QQDsDQ"},
        {"2026-02-10", STALE, 10, "yesterday's again with today's date, 10 h",
                "QQQsQQ"},
        {"2026-03-09", WELL, 0, "New York's clocks were put forward", "DDDDDD"},
        {"2026-03-17", CUT, 9, "all feeds cut short, 9 h", "QQQsQQ"},
        {"2026-04-14", MISSING, 0, "cs.CV is missing", "DDDDDD"},
        {"2026-04-15", WELL, 0, "cs.CV of two days", "DDDDDD"},
        {"2026-05-13", NONE, 0, "deferred without notice", "QQQsQQ"},
        {"2026-05-20", LATE, 9, "9 hours late", "QQQsQQ"},
        {"2026-06-10", AFTER, 11, "a late paper of cs.LG", "DDDDDD"},
        {"2026-08-04", EARLY, 0, "to be read the evening before", "DDDDDD"},
        {"2026-09-08", NONE, 0, "the evening of Labor Day", "QQDsDQ"},
        {"2026-10-02", WELL, 0, "suspended from 20:00Z", "DDDDDD"},
        {"2026-10-03", WELL, 0, "suspended", "-mm-m-"},
        {"2026-10-04", WELL, 0, "suspended", "-mm-m-"},
        {"2026-10-05", WELL, 0, "awake at 09:00Z", "DDDDDD"},
        {"2026-11-02", WELL, 0, "New York's clocks were put back", "DDDDDD"},
        {"2026-11-27", NONE, 0, "the evening of Thanksgiving", "QQDsDQ"},
        {"2026-12-30", NONE, 0, "the evening of December 29", "QQDsDQ"},
        {"2026-12-31", WELL, 0, "the last day", "DDDDDD"},
};
enum {
    DEVIATIONS = sizeof deviations / sizeof deviations[0]
};

struct year {
    struct world world;
    struct civil_zone *new_york;
    /* Of each category: the numbers given out, and whether the paper was
     * announced there, and is held there by an announced batch. */
    unsigned next[CATEGORIES];
    bool announced[CATEGORIES][CATEGORIES][NUMBERS];
    bool held[CATEGORIES][CATEGORIES][NUMBERS];
    /* What a feed is to show next. */
    struct fake_item items[CATEGORIES][ITEMS_MAX];
    char ids[CATEGORIES][ITEMS_MAX][24];
    size_t count[CATEGORIES];
};

static const struct deviation *deviation_of(struct civil_date date)
{
    char text[CIVIL_DATE_SIZE];

    civil_date_format(date, text);
    for (size_t i = 0; i < DEVIATIONS; i++)
        if (strcmp(deviations[i].date, text) == 0)
            return &deviations[i];
    return NULL;
}

/* "2604.00017": the fourth's category's 17th of the year. */
static void add_item(struct year *year, unsigned category, unsigned of,
        unsigned number, enum announce_type announce)
{
    size_t at = year->count[category]++;
    char *id = year->ids[category][at];

    assert_true(at < ITEMS_MAX && number < NUMBERS);
    snprintf(id, sizeof year->ids[0][0], "26%02u.%05u", of + 1, number);
    year->items[category][at] = (struct fake_item){.id = id,
            .announce = announce,
            .cross = announce == ANNOUNCE_CROSS ? categories[of] : NULL,
            .version = announce == ANNOUNCE_REPLACE ? 2 : 1};
    if (announce != ANNOUNCE_REPLACE)
        year->announced[category][of][number] = true;
}

/* A day's papers of a category, after what is still to be shown. */
static void write_day(struct year *year, unsigned category)
{
    unsigned before = (category + CATEGORIES - 1) % CATEGORIES;
    unsigned first = year->next[category];

    for (unsigned i = 0; i < NEW_A_DAY; i++)
        add_item(year, category, category, first + i + 1, ANNOUNCE_NEW);
    year->next[category] += NEW_A_DAY;
    if (year->next[before] > 0) /* a paper of another category's last day */
        add_item(year, category, before, year->next[before], ANNOUNCE_CROSS);
    if (first > 0)
        add_item(year, category, category, first, ANNOUNCE_REPLACE);
}

static void show(struct year *year, unsigned category)
{
    fake_source_publish(&year->world.source, categories[category],
            year->items[category], year->count[category], false);
    year->count[category] = 0;
}

static void show_nothing(struct year *year)
{
    for (unsigned i = 0; i < CATEGORIES; i++)
        fake_source_publish(&year->world.source, categories[i], NULL, 0, false);
}

/* The same as before, rebuilt. */
static void show_again(struct year *year)
{
    for (size_t i = 0; i < year->world.source.feed_count; i++)
        year->world.source.feeds[i].version++;
}

static void announce(struct year *year, bool without_vision)
{
    for (unsigned i = 0; i < CATEGORIES; i++) {
        write_day(year, i);
        if (i != 1 || !without_vision)
            show(year, i);
    }
}

static void run_until(struct year *year, int64_t ms);

/* One day of New York's, from its midnight. */
static void live_day(struct year *year, struct civil_date date)
{
    static const struct deviation usual = {.trouble = WELL};
    const struct deviation *deviation = deviation_of(date);
    const struct deviation *next = deviation_of(civil_date_plus(date, 1));
    int64_t midnight_ms = civil_to_ms(year->new_york, date, 0);
    struct world *world = &year->world;

    if (deviation == NULL)
        deviation = &usual;
    run_until(year, midnight_ms);
    int64_t then_ms = midnight_ms + deviation->hours * HOUR_MS;
    if (!announcement_is_day(date) || deviation->trouble == NONE) {
        show_nothing(year);
    } else {
        switch (deviation->trouble) {
        case NONE:
        case EARLY: /* shown yesterday */
            break;
        case WELL:
        case MISSING:
            announce(year, deviation->trouble == MISSING);
            break;
        case STALE:
            show_again(year);
            run_until(year, then_ms);
            announce(year, false);
            break;
        case LATE:
            run_until(year, then_ms);
            announce(year, false);
            break;
        case CUT:
            announce(year, false);
            world->source.mode = FAKE_SOURCE_CUT;
            run_until(year, then_ms);
            world->source.mode = FAKE_SOURCE_WELL;
            break;
        case AFTER:
            announce(year, false);
            run_until(year, then_ms);
            world_publish_late(world, "cs.LG", "2601.09999");
            break;
        }
    }
    if (next != NULL && next->trouble == EARLY) {
        run_until(year, civil_to_ms(year->new_york, date, 20 * 60 + 30));
        announce(year, false);
    }
}

/* --- the machine --- */

static void restart(struct world *world)
{
    world_stop(world, false);
    world_start(world);
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

/* The clock goes on without a step. */
static void sleeps_until_monday(struct world *world)
{
    world->time.ms = world_ms("2026-10-05T09:00:00Z");
}

static const struct happening {
    const char *at;
    void (*happens)(struct world *world);
} events[] = {
        {"2026-01-20T05:31:00Z", restart},
        /* New York's digest is under way; it goes by a product that knows a
         * repeated key. */
        {"2026-03-02T12:59:00Z", answers_stop},
        {"2026-03-02T13:01:00Z", dies_while_sending},
        {"2026-05-20T06:30:00Z", restart}, /* while two channels wait */
        {"2026-07-14T04:01:00Z", restart}, /* while feeds are read */
        {"2026-10-02T20:00:00Z", sleeps_until_monday},
        {"2026-12-03T11:59:59Z", answers_stop},
        {"2026-12-03T13:05:00Z", dies_while_sending},
};
enum {
    EVENTS = sizeof events / sizeof events[0]
};

/* Runs until then, with the events that lie before. */
static void run_until(struct year *year, int64_t ms)
{
    struct world *world = &year->world;

    for (size_t i = 0; i < EVENTS; i++) {
        int64_t at_ms = world_ms(events[i].at);
        if (at_ms <= world->time.ms || at_ms > ms)
            continue;
        world_run_ms(world, at_ms);
        events[i].happens(world);
    }
    world_run_ms(world, ms);
}

static void live(struct year *year)
{
    struct civil_date date = {2026, 1, 1};

    world_start(&year->world);
    for (; date.year == 2026; date = civil_date_plus(date, 1))
        live_day(year, date);
    run_until(year, world_ms(LAST_INSTANT));
}

/* --- what must be true afterwards --- */

static const struct fake_account *account_of(const struct year *year,
        size_t reader)
{
    return strcmp(readers[reader].account, "home") == 0 ? &year->world.home
                                                        : &year->world.hook;
}

/* "[2604.00017]" in what a reader saw: category and number; false at the end. */
static bool next_paper(const char **at, unsigned *of, unsigned *number)
{
    const char *found = strstr(*at, "[26");

    if (found == NULL)
        return false;
    *of = (unsigned)strtoul(found + 3, NULL, 10) - 1;
    *number = (unsigned)strtoul(found + 6, NULL, 10);
    *at = found + 1;
    return true;
}

static void check_nothing_twice(const struct year *year, size_t reader)
{
    const struct fake_account *account = account_of(year, reader);
    const char *room = year->world.channels[reader].room;
    bool(*shown)[10000] = calloc(CATEGORIES, sizeof *shown);

    assert_non_null(shown);
    for (size_t i = 0; i < account->shown_count; i++) {
        const struct fake_message *message = &account->shown[i];
        const char *at = message->payload;
        unsigned of, number;
        if (strcmp(message->room, room) != 0)
            continue;
        while (next_paper(&at, &of, &number)) {
            if (shown[of][number])
                fail_msg("%s was shown 26%02u.%05u twice", room, of + 1,
                        number);
            shown[of][number] = true;
        }
    }
    free(shown);
}

/* Each due date of the year has its outcome; each digest and line was sent
 * once. */
static void check_occasions(struct year *year, size_t reader,
        struct occasion_list *list, struct arena *arena)
{
    struct world *world = &year->world;
    const struct channel *channel = &world->channels[reader];
    size_t spoken = 0;

    assert_true(store_occasion_list(world->store, channel->id, "digest/2026-",
            OCCASIONS_MAX, arena, list, NULL));
    assert_int_equal(list->count, readers[reader].occasions);
    for (size_t i = 0; i < list->count; i++)
        spoken += list->items[i].outcome == OUTCOME_DIGEST ||
                list->items[i].outcome == OUTCOME_QUIET;
    assert_true(world_rows(world, channel, OUTBOX_SENT) >= spoken);
    assert_int_equal(world_rows(world, channel, OUTBOX_DUE), 0);
    assert_int_equal(world_rows(world, channel, OUTBOX_PARKED), 0);
    assert_int_equal(world_rows(world, channel, OUTBOX_EXPIRED), 0);
}

/* Which papers the batches hold that the reader covered, up to what it read. */
static void check_category(struct year *year, size_t reader, unsigned category,
        const struct covered_list *covered, struct arena *arena)
{
    struct world *world = &year->world;
    bool(*held)[NUMBERS] = year->held[category];

    memset(year->held[category], 0, sizeof year->held[category]);
    for (size_t i = 0; i < covered->count; i++) {
        struct batch_paper_list papers;
        if (strcmp(covered->items[i].category, categories[category]) != 0)
            continue;
        assert_true(store_batch_papers(world->store, categories[category],
                covered->items[i].date, arena, &papers, NULL));
        for (size_t k = 0; k < papers.count; k++) {
            char id[16];
            snprintf(id, sizeof id, "[%s", papers.items[k].paper_id);
            const char *at = id;
            unsigned of, number;
            if (papers.items[k].arrival <= covered->items[i].arrival &&
                    next_paper(&at, &of, &number) && number < NUMBERS)
                held[of][number] = true;
        }
    }
    for (unsigned of = 0; of < CATEGORIES; of++)
        for (unsigned number = 0; number < NUMBERS; number++)
            if (year->announced[category][of][number] && !held[of][number])
                fail_msg("26%02u.%05u of %s was not considered for %s", of + 1,
                        number, categories[category], readers[reader].label);
}

static void check_all_considered(struct year *year, size_t reader,
        struct arena *arena)
{
    struct world *world = &year->world;
    const struct channel *channel = &world->channels[reader];
    struct covered_list covered;

    assert_true(store_covered_list(world->store, channel->id, arena, &covered,
            NULL));
    for (unsigned i = 0; i < CATEGORIES; i++)
        for (size_t k = 0; k < channel->subscription.categories.count; k++)
            if (strcmp(channel->subscription.categories.items[k],
                        categories[i]) == 0)
                check_category(year, reader, i, &covered, arena);
}

/* --- what was told on a bad day --- */

static char letter_of(enum occasion_outcome outcome)
{
    static const char letters[] = {[OUTCOME_NONE] = '-',
            [OUTCOME_DIGEST] = 'D',
            [OUTCOME_QUIET] = 'Q',
            [OUTCOME_SILENT] = 's',
            [OUTCOME_MISSED] = 'm'};

    return letters[outcome];
}

static const struct occasion *occasion_on(const struct occasion_list *list,
        const char *date)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].key + sizeof "digest/" - 1, date) == 0)
            return &list->items[i];
    return NULL;
}

/* "kolkata 9 papers 15:40", "berlin silent". */
static char *told_to(const struct year *year, size_t reader,
        const struct occasion *occasion, struct arena *arena)
{
    const struct fake_account *account = account_of(year, reader);
    const char *room = year->world.channels[reader].room;
    const char *label = readers[reader].label;
    struct civil_zone *zone = civil_zone_open(readers[reader].zone, NULL);
    unsigned papers = 0;
    bool week = false;

    if (occasion == NULL) {
        civil_zone_close(zone);
        return arena_format(arena, "%s not due", label);
    }
    for (size_t i = 0; i < account->shown_count; i++) {
        const char *at = account->shown[i].payload;
        unsigned of, number;
        if (strcmp(account->shown[i].room, room) != 0 ||
                strcmp(account->shown[i].occasion, occasion->key) != 0)
            continue;
        week = week || strstr(at, "本周精选") != NULL;
        while (next_paper(&at, &of, &number))
            papers++;
    }
    int minute = civil_from_ms(zone, occasion->recorded_ms).minute_of_day;
    civil_zone_close(zone);
    if (papers > 0)
        return arena_format(arena, "%s %02d:%02d %u papers%s", label,
                minute / 60, minute % 60, papers, week ? " of the week" : "");
    return arena_format(arena, "%s %02d:%02d %s", label, minute / 60,
            minute % 60,
            occasion->outcome == OUTCOME_QUIET
                    ? "a line"
                    : occasion_outcome_name(occasion->outcome));
}

static void tell(const struct year *year, const struct occasion_list *lists,
        struct arena *arena)
{
    for (size_t i = 0; i < DEVIATIONS; i++) {
        printf("# PRINT %s %s:", deviations[i].date, deviations[i].what);
        for (size_t k = 0; k < READERS; k++)
            printf("%s %s", k == 0 ? "" : " |",
                    told_to(year, k, occasion_on(&lists[k], deviations[i].date),
                            arena));
        printf("\n");
    }
}

static void assert_told(const struct occasion_list *lists)
{
    for (size_t i = 0; i < DEVIATIONS; i++) {
        char told[READERS + 1] = {0};
        for (size_t k = 0; k < READERS; k++) {
            const struct occasion *occasion =
                    occasion_on(&lists[k], deviations[i].date);
            told[k] = letter_of(occasion == NULL ? OUTCOME_NONE
                                                 : occasion->outcome);
        }
        if (strcmp(told, deviations[i].told) != 0)
            fail_msg("on %s was told %s instead of %s", deviations[i].date,
                    told, deviations[i].told);
    }
}

static void open_year(struct year *year)
{
    struct world *world = &year->world;

    world_open(world, "memory:", FIRST_INSTANT);
    world->source.dated = true;
    world->keep = (struct keep){0}; /* the year is looked at as a whole */
    year->new_york = civil_zone_open(ANNOUNCEMENT_TIMEZONE, NULL);
    for (size_t i = 0; i < READERS; i++) {
        struct channel *channel = world_channel(world, readers[i].label,
                readers[i].account, readers[i].categories, readers[i].schedule,
                readers[i].zone);
        channel->when = readers[i].when;
        channel->quiet = readers[i].quiet;
        channel->wait_for_batch_ms = 4 * HOUR_MS;
    }
}

static void test_a_year_of_mornings(void **state)
{
    struct year *year = calloc(1, sizeof *year);
    struct occasion_list lists[READERS];
    struct arena arena = {0};

    (void)state;
    assert_non_null(year);
    open_year(year);
    int64_t begun_ms = clock_now_ms(&loop_system_clock);
    clock_t begun = clock();
    live(year);
    int64_t worked_ms = (int64_t)(clock() - begun) * 1000 / CLOCKS_PER_SEC;
    int64_t took_ms = clock_now_ms(&loop_system_clock) - begun_ms;
    for (size_t i = 0; i < READERS; i++)
        check_occasions(year, i, &lists[i], &arena);
    tell(year, lists, &arena);
    printf("# PRINT 2026: %zu messages, %zu feeds read (%zu unchanged): %lld "
           "ms of the processor, %lld ms on the clock\n",
            year->world.home.shown_count + year->world.hook.shown_count,
            year->world.source.asked, year->world.source.unchanged,
            (long long)worked_ms, (long long)took_ms);
    for (size_t i = 0; i < READERS; i++) {
        check_nothing_twice(year, i);
        check_all_considered(year, i, &arena);
    }
    assert_told(lists);
    assert_false(year->world.source.overlapped);
    assert_true(year->world.source.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    arena_finish(&arena);
    civil_zone_close(year->new_york);
    world_close(&year->world);
    free(year);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_year_of_mornings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
