/*
 * What people stick on digests and answers is counted as votes and saved papers.
 */
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char room[] = "room-lab";

/* A digest of three papers was posted. */
static struct channel *open_lab(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T06:00:00Z");
    struct channel *lab =
            world_channel(world, "lab", "home", "cs.LG", "07:00 daily", "UTC");
    lab->languages.tags[0] = "en";
    world_publish(world, "cs.LG", "2611", 3);
    return lab;
}

static void post(struct world *world)
{
    world_start(world);
    world_run(world, "2026-11-24T07:10:00Z");
}

static void react(struct world *world, enum event_kind kind, const char *emoji,
        const char *message)
{
    world_happen(world, kind, room, "@ana", emoji, message);
    world_run_ms(world, world->time.ms + 1000);
    assert_int_equal(world_waiting(world), 0);
}

static int vote_for(struct world *world, const struct channel *channel,
        const char *paper_id)
{
    struct arena arena = {0};
    struct vote_list votes;
    int value = VOTE_NONE;

    assert_true(store_vote_list(world->store, channel->id, 100, &arena, &votes,
            NULL));
    for (size_t i = 0; i < votes.count; i++)
        if (strcmp(votes.items[i].paper_id, paper_id) == 0)
            value = votes.items[i].value;
    arena_finish(&arena);
    return value;
}

static size_t count_votes(struct world *world, const struct channel *channel)
{
    struct arena arena = {0};
    struct vote_list votes;

    assert_true(store_vote_list(world->store, channel->id, 100, &arena, &votes,
            NULL));
    size_t count = votes.count;
    arena_finish(&arena);
    return count;
}

static size_t count_saved(struct world *world)
{
    struct arena arena = {0};
    struct saved_list saved;

    assert_true(store_saved_list(world->store, "home", "@ana", &arena, &saved,
            NULL));
    size_t count = saved.count;
    arena_finish(&arena);
    return count;
}

/* The id of the paper that a digest shows at a place, from 1. */
static const char *paper_at(struct world *world, const struct channel *channel,
        unsigned number)
{
    struct edition *edition;

    assert_true(store_edition_get(world->store, channel->id,
            "digest/2026-11-24", &world->arena, &edition, NULL));
    assert_non_null(edition);
    assert_true(number <= edition->count);
    return edition->papers[number - 1].paper_id;
}

static void test_a_number_on_a_digest_is_a_vote_for_that_paper(void **state)
{
    struct world world;

    (void)state;
    struct channel *lab = open_lab(&world);
    post(&world);
    const char *digest = world.home.shown[0].delivery_key;
    react(&world, EVENT_REACTION, "2️⃣", digest);
    assert_int_equal(vote_for(&world, lab, paper_at(&world, lab, 2)), VOTE_UP);
    assert_int_equal(count_votes(&world, lab), 1);
    react(&world, EVENT_REACTION, "9️⃣", digest); /* there is none */
    assert_int_equal(count_votes(&world, lab), 1);
    react(&world, EVENT_REACTION_GONE, "2️⃣", digest);
    assert_int_equal(count_votes(&world, lab), 0);
    assert_int_equal(world.home.shown_count, 1); /* and nothing is said */
    world_close(&world);
}

static void test_a_thumb_on_many_papers_is_none_for_any(void **state)
{
    struct world world;

    (void)state;
    struct channel *lab = open_lab(&world);
    post(&world);
    react(&world, EVENT_REACTION, "👍", world.home.shown[0].delivery_key);
    react(&world, EVENT_REACTION, "👍", "a message of somebody else");
    react(&world, EVENT_REACTION, "🎉", world.home.shown[0].delivery_key);
    react(&world, EVENT_REACTION, "", "");
    assert_int_equal(count_votes(&world, lab), 0);
    world_close(&world);
}

static void test_a_thumb_on_a_card_is_a_vote(void **state)
{
    struct world world;

    (void)state;
    struct channel *lab = open_lab(&world);
    post(&world);
    const char *id = paper_at(&world, lab, 3);
    world_say(&world, room, "@ana", "!paper 3");
    world_run_ms(&world, world.time.ms + 1000);
    assert_int_equal(world.home.shown_count, 2);
    const char *card = world.home.shown[1].delivery_key;
    react(&world, EVENT_REACTION, "👍🏽", card);
    assert_int_equal(vote_for(&world, lab, id), VOTE_UP);
    react(&world, EVENT_REACTION, "👎", card);
    assert_int_equal(vote_for(&world, lab, id), VOTE_DOWN);
    /* The first thumb goes; the second stays. */
    react(&world, EVENT_REACTION_GONE, "👍🏽", card);
    assert_int_equal(vote_for(&world, lab, id), VOTE_DOWN);
    react(&world, EVENT_REACTION_GONE, "👎", card);
    assert_int_equal(vote_for(&world, lab, id), VOTE_NONE);
    world_close(&world);
}

static void test_a_star_saves(void **state)
{
    struct world world;

    (void)state;
    struct channel *lab = open_lab(&world);
    post(&world);
    world_say(&world, room, "@ana", "!paper 1");
    world_run_ms(&world, world.time.ms + 1000);
    const char *card = world.home.shown[1].delivery_key;
    react(&world, EVENT_REACTION, "⭐️", card);
    assert_int_equal(count_saved(&world), 1);
    react(&world, EVENT_REACTION_GONE, "⭐️", card);
    assert_int_equal(count_saved(&world), 0);
    assert_int_equal(count_votes(&world, lab), 0);
    world_close(&world);
}

static void test_in_a_thread_each_message_is_its_paper(void **state)
{
    struct world world;

    (void)state;
    struct channel *lab = open_lab(&world);
    lab->layout = LAYOUT_THREAD;
    world.home.ops.abilities |= ACCOUNT_THREADS;
    post(&world);
    assert_int_equal(world.home.shown_count, 4);
    react(&world, EVENT_REACTION, "👎", world.home.shown[2].delivery_key);
    react(&world, EVENT_REACTION, "3️⃣", world.home.shown[0].delivery_key);
    assert_int_equal(vote_for(&world, lab, world.home.shown[2].paper_id),
            VOTE_DOWN);
    assert_int_equal(vote_for(&world, lab, paper_at(&world, lab, 3)), VOTE_UP);
    world_close(&world);
}

static void test_reactions_of_hours_ago_count_all_the_same(void **state)
{
    struct world world;

    (void)state;
    struct channel *lab = open_lab(&world);
    post(&world);
    world_stop(&world, false);
    world_happen(&world, EVENT_REACTION, room, "@ana", "1️⃣",
            world.home.shown[0].delivery_key);
    world_run(&world, "2026-11-24T17:00:00Z");
    world_start(&world);
    world_run_ms(&world, world.time.ms + 1000);
    assert_int_equal(vote_for(&world, lab, paper_at(&world, lab, 1)), VOTE_UP);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_a_number_on_a_digest_is_a_vote_for_that_paper),
            cmocka_unit_test(test_a_thumb_on_many_papers_is_none_for_any),
            cmocka_unit_test(test_a_thumb_on_a_card_is_a_vote),
            cmocka_unit_test(test_a_star_saves),
            cmocka_unit_test(test_in_a_thread_each_message_is_its_paper),
            cmocka_unit_test(test_reactions_of_hours_ago_count_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
