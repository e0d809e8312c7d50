/* Whose next digests are looked at for notes. */
#include "bot/write/write_wanted.h"
#include "tests/contract/every_store.h"

static const int64_t hour_ms = INT64_C(60) * 60 * 1000;

enum {
    SEATS = 6
};

struct scene {
    struct channel channels[SEATS];
    struct seat seats[SEATS];
};

/* Six channels with one subscription, due in one hour, two hours and on. */
static void set_scene(void **state, struct scene *scene)
{
    static const char *codes[] = {"cs.LG"};

    *scene = (struct scene){0};
    for (int i = 0; i < SEATS; i++) {
        scene->channels[i] =
                (struct channel){.id = put_channel(store_of(state),
                                         arena_format(arena_of(state),
                                                 "room-%d", i)),
                        .subscription.categories = {codes, 1},
                        .languages = {.tags = {"zh", "en"}},
                        .top_count = 5,
                        .also_count = 4};
        scene->seats[i] = (struct seat){.channel = &scene->channels[i],
                .waits = true,
                .due.ms = (SEATS - i) * hour_ms};
    }
}

static struct wanted_seats seats_of(void **state, const struct scene *scene)
{
    struct wanted_seats wanted;

    assert_true(write_wanted_seats(store_of(state), scene->seats, SEATS, 0,
            arena_of(state), &wanted, NULL));
    return wanted;
}

static void test_one_is_looked_at_for_all_with_the_same_wishes(void **state)
{
    struct scene scene;

    set_scene(state, &scene);
    struct wanted_seats wanted = seats_of(state, &scene);
    assert_int_equal(wanted.count, 1);
    /* The one that is due first. */
    assert_ptr_equal(wanted.items[0], &scene.seats[SEATS - 1]);
}

static void
test_each_different_wish_is_looked_at_the_first_hour_first(void **state)
{
    static const char *words[] = {"kelp"};
    struct scene scene;

    set_scene(state, &scene);
    scene.channels[0].subscription.words = (struct string_list){words, 1};
    scene.channels[1].style = STYLE_FULL;
    scene.channels[2].languages.tags[1] = NULL;
    scene.channels[3].top_count = 6;
    struct wanted_seats wanted = seats_of(state, &scene);
    assert_int_equal(wanted.count, 5);
    for (size_t i = 1; i < wanted.count; i++)
        assert_true(wanted.items[i - 1]->due.ms < wanted.items[i]->due.ms);
}

static void test_votes_make_a_channels_wishes_its_own(void **state)
{
    struct scene scene;
    int before;
    const struct vote vote = {.person = "ana",
            .paper_id = "2611.00001",
            .value = 1,
            .voted_ms = 1};

    set_scene(state, &scene);
    put_named(store_of(state), "2611.00001");
    assert_true(store_vote_put(store_of(state), scene.channels[2].id, &vote,
            &before, NULL));
    assert_int_equal(seats_of(state, &scene).count, 2);
}

static void test_who_is_paused_or_due_much_later_waits(void **state)
{
    struct scene scene;

    set_scene(state, &scene);
    for (int i = 0; i < SEATS; i++)
        scene.channels[i].top_count = (unsigned)i + 1;
    scene.channels[0].paused = true;
    scene.seats[1].waits = false;
    scene.seats[2].due.ms = 25 * hour_ms;
    assert_int_equal(seats_of(state, &scene).count, 3);
    /* A draft is wanted ahead of its digest. */
    scene.channels[2].curate_ms = 2 * hour_ms;
    assert_int_equal(seats_of(state, &scene).count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_one_is_looked_at_for_all_with_the_same_wishes),
            EVERY_STORE(
                    test_each_different_wish_is_looked_at_the_first_hour_first),
            EVERY_STORE(test_votes_make_a_channels_wishes_its_own),
            EVERY_STORE(test_who_is_paused_or_due_much_later_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
