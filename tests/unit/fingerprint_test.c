#include "adapters/channels/channels.h"
#include "adapters/fingerprint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_it_is_the_head_of_the_sha_256(void **state)
{
    struct arena arena = {0};

    (void)state;
    /* The examples of FIPS 180-2, appendix B. */
    assert_string_equal(fingerprint_of("abc", &arena), "ba7816bf8f01cfea");
    assert_string_equal(fingerprint_of("abcdbcdecdefdefgefghfghighijhijkijkljkl"
                                       "mklmnlmnomno"
                                       "pnopq",
                                &arena),
            "248d6a61d20638b8");
    assert_string_equal(fingerprint_of("", &arena), "");
    arena_finish(&arena);
}

static const char *room_of(const char *name, const char *webhook,
        struct arena *arena)
{
    const struct setting items[] = {{"webhook", webhook}};
    const struct settings settings = {.name = name, .items = items, .count = 1};

    return slack_webhook_kind.room(&settings, arena);
}

static void
test_a_webhooks_room_is_the_webhook_and_not_the_section(void **state)
{
    struct arena arena = {0};

    (void)state;
    const char *room =
            room_of("team", "https://hooks.example/services/T/B/x1", &arena);
    assert_string_equal(room,
            room_of("lab", "https://hooks.example/services/T/B/x1", &arena));
    assert_string_not_equal(room,
            room_of("team", "https://hooks.example/services/T/B/x2", &arena));
    assert_int_equal(strlen(room), 16);
    assert_int_equal(strspn(room, "0123456789abcdef"), 16);
    const struct settings nothing = {.name = "team"};
    assert_string_equal(slack_webhook_kind.room(&nothing, &arena), "");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_it_is_the_head_of_the_sha_256),
            cmocka_unit_test(
                    test_a_webhooks_room_is_the_webhook_and_not_the_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
