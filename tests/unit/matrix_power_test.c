#include "adapters/channels/matrix_invite.h"
#include "adapters/channels/matrix_power.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ANA "@ana:example.org"
#define OLD "{\"sender\":\"@cy:x.y\",\"content\":{\"room_version\":\"11\"}}"
#define NEW                                                                    \
    "{\"sender\":\"@cy:x.y\",\"content\":{\"room_version\":\"12\","            \
    "\"additional_creators\":[\"@di:x.y\",7]}}"

struct sample {
    const char *levels; /* NULL: none */
    const char *create, *person;
    bool allowed;
};

static void check(const struct sample *sample)
{
    struct json levels = {0}, create = {0};

    if (sample->levels != NULL)
        assert_true(json_parse(&levels, sample->levels, strlen(sample->levels),
                10000, NULL));
    assert_true(json_parse(&create, sample->create, strlen(sample->create),
            10000, NULL));
    if (matrix_power_allows(levels.root, create.root, sample->person) !=
            sample->allowed)
        fail_msg("%s: %s by %s", sample->person, sample->levels,
                sample->create);
    json_close(&levels);
    json_close(&create);
}

static void test_who_may_set_state_is_in_charge(void **state)
{
    static const struct sample samples[] = {
            {"{}", OLD, ANA, false},
            {"{\"users\":{\"" ANA "\":50}}", OLD, ANA, true},
            {"{\"users\":{\"" ANA "\":49}}", OLD, ANA, false},
            {"{\"users\":{\"" ANA "\":\"50\"}}", OLD, ANA, true},
            {"{\"users\":{\"" ANA "\":\"5x\"}}", OLD, ANA, false},
            {"{\"users\":{\"" ANA "\":[]}}", OLD, ANA, false},
            {"{\"users\":{\"" ANA "\":100},\"users_default\":0}", OLD,
                    "@bo:x.y", false},
            {"{\"users_default\":50}", OLD, ANA, true},
            {"{\"users_default\":50,\"users\":{\"" ANA "\":0}}", OLD, ANA,
                    false},
            {"{\"state_default\":0}", OLD, ANA, true},
            {"{\"state_default\":100,\"users\":{\"" ANA "\":50}}", OLD, ANA,
                    false},
            {"{\"events\":{\"m.room.name\":0}}", OLD, ANA, false},
            {"{\"users\":7}", OLD, ANA, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(&samples[i]);
}

static void test_creators_stand_above_levels_since_version_12(void **state)
{
    static const struct sample samples[] = {
            {"{}", OLD, "@cy:x.y", false},
            {"{}", NEW, "@cy:x.y", true},
            {"{}", NEW, "@di:x.y", true},
            {"{}", NEW, ANA, false},
            {"{\"state_default\":1000}", NEW, "@di:x.y", true},
            {"{\"users\":{\"" ANA "\":50}}", NEW, ANA, true},
            {"{}",
                    "{\"room_version\":\"12\",\"additional_creators\":"
                    "[\"@di:x.y\"]}",
                    "@di:x.y", true},
            {"{}",
                    "{\"sender\":\"@cy:x.y\",\"content\":{\"room_version\":"
                    "\"org.example.12\"}}",
                    "@cy:x.y", false},
            {"{}", "{\"sender\":\"@cy:x.y\",\"content\":{}}", "@cy:x.y", false},
            {"{}", "[]", ANA, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(&samples[i]);
}

static void test_without_levels_the_creator_is_in_charge(void **state)
{
    static const struct sample samples[] = {
            {NULL, OLD, "@cy:x.y", true},
            {NULL, OLD, ANA, false},
            {NULL, "{\"creator\":\"" ANA "\"}", ANA, true},
            {NULL, "{}", ANA, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(&samples[i]);
}

/* --- invitations --- */

static void test_invitations_are_followed_as_the_settings_say(void **state)
{
    static const struct {
        const char *inviter, *whose, *allow;
        bool allowed;
    } samples[] = {
            {ANA, "anyone", "", true},
            {"@eve:else.where", "anyone", "", true},
            {ANA, "server", "", true},
            {"@eve:else.where", "server", "", false},
            {"@eve:else.where:8448", "server", "else.where", false},
            {"@eve:else.where", "server", "else.where", true},
            {"@eve:else.where", "nobody", "@eve:else.where", true},
            {"@eve:else.where", "nobody", "@ev:else.where @bo:x.y", false},
            {"@eve:else.where", "nobody", "x.y, !room:example.org", true},
            {ANA, "nobody", "", false},
            {"", "server", "", false},
            {"", "nobody", "!room:example.org", true},
            {"@eve", "server", "", false},
            {"@EVE:else.where", "nobody", "@eve:else.where", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct matrix_invite invite = {.room = "!room:example.org",
                .inviter = samples[i].inviter,
                .own = "@bot:example.org"};
        if (matrix_invite_is_allowed(&invite, samples[i].whose,
                    samples[i].allow) != samples[i].allowed)
            fail_msg("%s, invites = %s, allow = %s", samples[i].inviter,
                    samples[i].whose, samples[i].allow);
    }
}

static void test_settings_of_invitations_have_a_form(void **state)
{
    static const char *const good[] = {"", "@ana:example.org", "example.org",
            "!abc", "!abc:example.org", "localhost", "localhost:8448",
            "[::1]:8448", "@a:b c.d, !e"};
    static const char *const bad[] = {"ana", "@ana", "#room:example.org",
            "everybody", "!", "example.org ana"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(matrix_invite_allow_flaw(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(matrix_invite_allow_flaw(bad[i]));
    assert_null(matrix_invite_whose_flaw("nobody"));
    assert_non_null(matrix_invite_whose_flaw("friends"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_who_may_set_state_is_in_charge),
            cmocka_unit_test(test_creators_stand_above_levels_since_version_12),
            cmocka_unit_test(test_without_levels_the_creator_is_in_charge),
            cmocka_unit_test(test_invitations_are_followed_as_the_settings_say),
            cmocka_unit_test(test_settings_of_invitations_have_a_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
