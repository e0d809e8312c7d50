/* Who gives up a place when somebody else comes: whoever had its time, of those
 * who hold many. */
#include "adapters/server_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW 1000000
#define MOST 32
#define SHARE (MOST / SERVER_PLACE_SHARE)

enum {
    OLD = 2 * SERVER_PLACE_YOUNG_MS,
    YOUNG = SERVER_PLACE_YOUNG_MS / 2,
    ARRIVED = 7, /* the descriptor of whom something came for */
};

struct door {
    struct server_places places;
    struct server_place each[64];
};

static bool has_arrived(const struct server_place *place)
{
    return place->fd == ARRIVED;
}

static struct door door(void)
{
    return (struct door){.places = {.most = MOST, .has_arrived = has_arrived}};
}

static struct server_place *come(struct door *door, const char *peer,
        enum server_stage stage, int64_t age_ms)
{
    struct server_place *place = &door->each[door->places.count];

    *place = (struct server_place){.network = server_place_network(peer),
            .stage = stage,
            .since_ms = NOW - age_ms};
    server_place_add(&door->places, place);
    return place;
}

/* They give up their places in this order, whatever order they came in. */
static void expect_order(struct door *door,
        struct server_place *const expected[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct server_place *least =
                server_place_least(&door->places, NULL, NOW);
        assert_ptr_equal(least, expected[i]);
        server_place_remove(&door->places, least);
    }
}

/* --- of one network --- */

static void
test_whoever_had_its_time_goes_before_who_has_just_come(void **state)
{
    struct door d = door();

    (void)state;
    struct server_place *young_silent = come(&d, "192.0.2.1", STAGE_SILENT, 1);
    struct server_place *young_head = come(&d, "192.0.2.1", STAGE_HEAD, YOUNG);
    struct server_place *body = come(&d, "192.0.2.1", STAGE_BODY, OLD);
    struct server_place *silent = come(&d, "192.0.2.1", STAGE_SILENT, OLD);
    struct server_place *head = come(&d, "192.0.2.1", STAGE_HEAD, OLD);
    struct server_place *over = come(&d, "192.0.2.1", STAGE_FAREWELL, 0);
    expect_order(&d,
            (struct server_place *[]){over, head, silent, body, young_head,
                    young_silent},
            6);
    assert_null(server_place_least(&d.places, NULL, NOW));
}

static void test_what_came_is_read_before_its_sender_is_shed(void **state)
{
    struct door d = door();

    (void)state;
    struct server_place *heard = come(&d, "192.0.2.1", STAGE_SILENT, OLD);
    heard->fd = ARRIVED;
    for (int i = 0; i < 20; i++)
        come(&d, "192.0.2.1", STAGE_SILENT, i);
    for (int i = 0; i < 20; i++) {
        struct server_place *least = server_place_least(&d.places, NULL, NOW);
        assert_ptr_not_equal(least, heard);
        server_place_remove(&d.places, least);
    }
    assert_ptr_equal(server_place_least(&d.places, NULL, NOW), heard);
}

static void test_whose_request_is_whole_keeps_its_place(void **state)
{
    struct door d = door();

    (void)state;
    come(&d, "192.0.2.1", STAGE_HANDED, OLD);
    struct server_place *answered = come(&d, "192.0.2.1", STAGE_ANSWER, YOUNG);
    struct server_place *silent = come(&d, "192.0.2.1", STAGE_SILENT, 0);
    silent->fd = ARRIVED;
    expect_order(&d, (struct server_place *[]){silent, answered}, 2);
    assert_null(server_place_least(&d.places, NULL, NOW));
}

static void test_whoever_does_not_take_its_answer_makes_room(void **state)
{
    struct door d = door();

    (void)state;
    struct server_place *deaf = come(&d, "192.0.2.1", STAGE_ANSWER, OLD);
    struct server_place *young = come(&d, "192.0.2.1", STAGE_SILENT, YOUNG);
    expect_order(&d, (struct server_place *[]){deaf, young}, 2);
}

static void test_of_equals_the_longest_there_goes(void **state)
{
    struct door d = door();

    (void)state;
    struct server_place *second = come(&d, "192.0.2.1", STAGE_HEAD, OLD);
    struct server_place *first = come(&d, "192.0.2.1", STAGE_HEAD, OLD + 1);
    expect_order(&d, (struct server_place *[]){first, second}, 2);
}

/* --- of several --- */

static void test_a_network_with_many_places_pays_for_newcomers(void **state)
{
    struct door d = door();

    (void)state;
    come(&d, "192.0.2.1", STAGE_SILENT, OLD);
    for (int i = 0; i <= SHARE; i++)
        come(&d, "192.0.2.2", STAGE_BODY, YOUNG);
    struct server_place *least = server_place_least(&d.places, NULL, NOW);
    assert_int_equal(least->network, server_place_network("192.0.2.2"));
    server_place_remove(&d.places, least);
    least = server_place_least(&d.places, NULL, NOW);
    assert_int_equal(least->network, server_place_network("192.0.2.1"));
}

static void test_one_network_is_asked_where_one_is_meant(void **state)
{
    struct door d = door();
    uint64_t network = server_place_network("192.0.2.1");

    (void)state;
    come(&d, "192.0.2.2", STAGE_HEAD, OLD);
    struct server_place *own = come(&d, "192.0.2.1", STAGE_BODY, 0);
    assert_int_equal(server_place_count(&d.places, network), 1);
    assert_ptr_equal(server_place_least(&d.places, &network, NOW), own);
    own->stage = STAGE_HANDED;
    assert_null(server_place_least(&d.places, &network, NOW));
}

static void test_a_network_of_IPv6_is_its_first_64_bits(void **state)
{
    (void)state;
    assert_int_equal(server_place_network("2001:db8:1:2::1"),
            server_place_network("2001:db8:1:2:ffff::7"));
    assert_int_not_equal(server_place_network("2001:db8:1:2::1"),
            server_place_network("2001:db8:1:3::1"));
    assert_int_not_equal(server_place_network("192.0.2.1"),
            server_place_network("192.0.2.2"));
    assert_int_equal(server_place_network("nowhere"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_whoever_had_its_time_goes_before_who_has_just_come),
            cmocka_unit_test(test_what_came_is_read_before_its_sender_is_shed),
            cmocka_unit_test(test_whose_request_is_whole_keeps_its_place),
            cmocka_unit_test(test_whoever_does_not_take_its_answer_makes_room),
            cmocka_unit_test(test_of_equals_the_longest_there_goes),
            cmocka_unit_test(
                    test_a_network_with_many_places_pays_for_newcomers),
            cmocka_unit_test(test_one_network_is_asked_where_one_is_meant),
            cmocka_unit_test(test_a_network_of_IPv6_is_its_first_64_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
