/*
 * Three people in two channels say a thousand things at random, and the bot is
 * restarted now and then: what the store then holds is what a plain model holds
 * that knows nothing of how commands are read or kept.
 *
 * PAPERBOY_LIVES=50 lives so many lives instead of a few, and looks after every
 * command.
 */
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "tests/support/command_life.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    SAID = 1000,
    LIVES_USUAL = 2, /* on each store */
    LOOK_EVERY = 20, /* commands; looking takes longer than they */
};

static struct arena *arena_of(struct life *life)
{
    return &life->asking.fixture.arena;
}

/* --- what the model and the store hold, as text --- */

static void tell_list(struct text *text, const char *what,
        const char *const *items, size_t count)
{
    text_add_format(text, "%s:", what);
    for (size_t i = 0; i < count; i++)
        text_add_format(text, " <%s>", items[i]);
    text_add(text, "\n");
}

static const char *const kinds[KINDS] = {"categories", "words", "authors",
        "unwanted"};

static void tell_place(struct text *text, const struct place *place)
{
    for (size_t i = 0; i < KINDS; i++)
        tell_list(text, kinds[i], place->follows[i].items,
                place->follows[i].count);
    text_add_format(text,
            "schedule: %s%s%s %s\nlanguages: %s\nsize: %u+%u\nstyle: %s\n"
            "layout: %s\nwhen: %s\nquiet: %s\ncredit: %s\ncurate: %s\n"
            "paused: %s\n",
            place->minute, text_same(place->minute, "off") ? "" : " ",
            text_same(place->minute, "off") ? "" : place->days, place->zone,
            place->languages, place->top, place->also, place->style,
            place->layout, place->when, place->quiet, place->credit,
            place->curate, place->paused ? "yes" : "no");
}

static void tell_of_people(struct text *text, const struct model *model,
        size_t channel)
{
    const struct place *place = &model->places[channel];

    for (size_t p = 0; p < COMMAND_LIFE_PEOPLE; p++) {
        const struct reading *reading = &place->readings[p];
        for (size_t i = 0; i < asking_paper_count; i++)
            if (place->votes[p][i] != 0)
                text_add_format(text, "%s votes %d: %s\n",
                        command_life_people[p], place->votes[p][i],
                        asking_papers[i].id);
        for (size_t i = 0; i < asking_paper_count; i++)
            if (model->saved_ms[p][i] != 0)
                text_add_format(text, "%s saved %" PRId64 ": %s\n",
                        command_life_people[p], model->saved_ms[p][i],
                        asking_papers[i].id);
        if (reading->ever)
            text_add_format(text, "%s reads on at %zu\n",
                    command_life_people[p],
                    reading->open ? reading->offset : 0);
    }
}

static void tell_channel(struct text *text, struct life *life, size_t at)
{
    struct arena *arena = arena_of(life);
    struct channel channel;

    assert_true(channel_settings_apply(life->asking.fixture.store,
            &life->channels[at], arena, &channel, NULL));
    const struct string_list *lists[KINDS] = {&channel.subscription.categories,
            &channel.subscription.words, &channel.subscription.authors,
            &channel.subscription.unwanted};
    for (size_t i = 0; i < KINDS; i++)
        tell_list(text, kinds[i], lists[i]->items, lists[i]->count);
    text_add_format(text, "schedule: %s %s\n",
            channel_settings_text(&channel, "schedule", arena),
            channel.schedule.timezone);
    static const char *const keys[] = {"languages", "size", "style", "layout",
            "when", "quiet", "credit", "curate", "paused"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        text_add_format(text, "%s: %s\n", keys[i],
                channel_settings_text(&channel, keys[i], arena));
}

static const struct vote *vote_of(const struct vote_list *votes,
        const char *person, const char *id)
{
    for (size_t i = 0; i < votes->count; i++)
        if (text_same(votes->items[i].person, person) &&
                text_same(votes->items[i].paper_id, id))
            return &votes->items[i];
    return NULL;
}

static void tell_kept(struct text *text, struct life *life, size_t channel)
{
    struct store *store = life->asking.fixture.store;
    int64_t id = life->channels[channel].id;
    struct vote_list votes;

    assert_true(store_vote_list(store, id, 1000, arena_of(life), &votes, NULL));
    for (size_t p = 0; p < COMMAND_LIFE_PEOPLE; p++) {
        struct saved_list saved;
        char *bookmark;
        assert_true(store_saved_list(store, "home", command_life_people[p],
                arena_of(life), &saved, NULL));
        assert_true(store_bookmark_get(store, id, command_life_people[p],
                arena_of(life), &bookmark, NULL));
        for (size_t i = 0; i < asking_paper_count; i++) {
            const struct vote *vote = vote_of(&votes, command_life_people[p],
                    asking_papers[i].id);
            if (vote != NULL)
                text_add_format(text, "%s votes %d: %s\n",
                        command_life_people[p], vote->value, vote->paper_id);
        }
        for (size_t i = 0; i < asking_paper_count; i++)
            for (size_t k = 0; k < saved.count; k++)
                if (text_same(saved.items[k].paper_id, asking_papers[i].id))
                    text_add_format(text, "%s saved %" PRId64 ": %s\n",
                            command_life_people[p], saved.items[k].saved_ms,
                            asking_papers[i].id);
        if (bookmark != NULL)
            text_add_format(text, "%s reads on at %ld\n",
                    command_life_people[p], strtol(bookmark, NULL, 10));
    }
}

static void compare(struct life *life, const char *said)
{
    for (size_t i = 0; i < COMMAND_LIFE_CHANNELS; i++) {
        struct text expected, kept;
        text_init(&expected, arena_of(life), SIZE_MAX / 2);
        text_init(&kept, arena_of(life), SIZE_MAX / 2);
        tell_place(&expected, &life->model.places[i]);
        tell_of_people(&expected, &life->model, i);
        tell_channel(&kept, life, i);
        tell_kept(&kept, life, i);
        if (!text_same(text_string(&expected), text_string(&kept)))
            fail_msg("after %s said \"%s\" in %s, channel %s has\n%s\nand not\n"
                     "%s",
                    command_life_people[life->person], said,
                    life->channels[life->channel].label,
                    life->channels[i].label, text_string(&kept),
                    text_string(&expected));
    }
}

/* --- a life --- */

static void open_places(struct life *life)
{
    static const char *wanted[] = {"cs.RO", "cs.CL"};
    struct channel *lab = &life->channels[1];
    const struct place common = {.minute = "13:30",
            .days = "daily",
            .zone = "Asia/Shanghai",
            .languages = "zh en",
            .style = "brief",
            .layout = "message",
            .when = "punctual",
            .quiet = "silent",
            .credit = "",
            .curate = "off",
            .top = 2,
            .also = 2};

    life->channels[0] = *lab = life->asking.configured;
    lab->room = lab->label = "lab";
    lab->subscription.categories =
            (struct string_list){.items = wanted, .count = 2};
    assert_true(store_channel_put(life->asking.fixture.store, "home", "lab",
            "lab", life->asking.time.ms, &lab->id, NULL));
    life->model.configured[0] = life->model.configured[1] = common;
    life->model.configured[0].follows[CATEGORIES] =
            (struct wish){.items = {"cs.LG", "cs.CV"}, .count = 2};
    life->model.configured[0].has_digest = true;
    life->model.configured[1].follows[CATEGORIES] =
            (struct wish){.items = {"cs.RO", "cs.CL"}, .count = 2};
    memcpy(life->model.places, life->model.configured,
            sizeof life->model.places);
}

static const char *say_something(struct life *life)
{
    life->channel = command_life_dice(life, COMMAND_LIFE_CHANNELS);
    life->person = command_life_dice(life, COMMAND_LIFE_PEOPLE);
    life->asking.time.ms += 1000;
    const char *said = command_life_say(life);
    life->asking.configured = life->channels[life->channel];
    life->asking.person = command_life_people[life->person];
    life->asking.allowed = life->person == 0;
    asking_say(&life->asking, said);
    return said;
}

static void live(const char *kind, uint64_t seed)
{
    struct life *life = calloc(1, sizeof *life);
    int every = getenv("PAPERBOY_LIVES") != NULL ? 1 : LOOK_EVERY;

    assert_non_null(life);
    life->seed.state = seed;
    life->chance = chance_seeded(&life->seed);
    asking_open(&life->asking, kind);
    open_places(life);
    for (int i = 0; i < SAID; i++) {
        if (command_life_dice(life, 50) == 0 && text_same(kind, "sqlite")) {
            store_fixture_reopen(&life->asking.fixture);
            compare(life, "(a restart)");
        }
        const char *said = say_something(life);
        if (i % every == 0 || i == SAID - 1)
            compare(life, said);
        if (i % 50 == 49)
            arena_finish(arena_of(life));
    }
    asking_close(&life->asking);
    free(life);
}

static void live_all(const char *kind)
{
    const char *wish = getenv("PAPERBOY_LIVES");
    long lives = wish != NULL ? strtol(wish, NULL, 10) : LIVES_USUAL;

    for (long i = 1; i <= lives; i++) {
        printf("%s, seed %ld\n", kind, i);
        live(kind, (uint64_t)i);
    }
}

static void test_a_memory_store_holds_what_the_model_holds(void **state)
{
    (void)state;
    live_all("memory");
}

static void test_an_sqlite_store_holds_it_through_restarts(void **state)
{
    (void)state;
    live_all("sqlite");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_memory_store_holds_what_the_model_holds),
            cmocka_unit_test(test_an_sqlite_store_holds_it_through_restarts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
