#include "adapters/channels/slack_signature.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SECRET "0123456789abcdef0123456789abcdef"
#define BODY "token=x&command=%2Fpaper&text=today+LG"
/* printf 'v0:%s:%s' 1790000000 BODY | openssl dgst -sha256 -hmac SECRET */
#define SIGNATURE                                                              \
    "v0=f5f72de435ee3a11590893c08a1272a1e3a53b07b70da864a1a4caa529069d1c"

static const int64_t signed_ms = INT64_C(1790000000) * 1000;

static struct slack_signature request(void)
{
    return (struct slack_signature){.timestamp = "1790000000",
            .signature = SIGNATURE,
            .body = BODY,
            .body_bytes = strlen(BODY)};
}

static void test_what_openssl_signs_is_taken(void **state)
{
    const struct slack_signature signed_now = request();
    struct arena arena = {0};

    (void)state;
    assert_true(slack_signature_check(&signed_now, SECRET, signed_ms, NULL));
    assert_int_equal(slack_signature_sent_ms(&signed_now), signed_ms);
    assert_string_equal(slack_signature_make(&signed_now, SECRET, &arena),
            SIGNATURE);
    arena_finish(&arena);
}

static void assert_refused(const struct slack_signature *forged,
        const char *secret, int64_t now_ms, const char *why)
{
    struct error err = {0};

    assert_false(slack_signature_check(forged, secret, now_ms, &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    if (strstr(err.text, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
    assert_null(strstr(err.text, secret));
}

static void test_each_bit_of_body_and_signature_counts(void **state)
{
    struct slack_signature forged = request();
    char body[sizeof BODY], signature[sizeof SIGNATURE];

    (void)state;
    for (size_t bit = 0; bit < 8 * strlen(BODY); bit++) {
        memcpy(body, BODY, sizeof body);
        body[bit / 8] = (char)(body[bit / 8] ^ (1 << bit % 8));
        forged.body = body;
        assert_refused(&forged, SECRET, signed_ms, "does not fit");
    }
    forged.body = BODY;
    for (size_t i = 3; i < strlen(SIGNATURE); i++) {
        memcpy(signature, SIGNATURE, sizeof signature);
        signature[i] = signature[i] == '0' ? '1' : '0';
        forged.signature = signature;
        assert_refused(&forged, SECRET, signed_ms, "does not fit");
    }
}

static void test_another_secret_or_second_does_not_fit(void **state)
{
    struct slack_signature forged = request();

    (void)state;
    assert_refused(&forged, "ffffffffffffffff", signed_ms, "signing_secret");
    forged.timestamp = "1790000001";
    assert_refused(&forged, SECRET, signed_ms, "does not fit");
    forged.timestamp = "01790000000";
    assert_refused(&forged, SECRET, signed_ms, "does not fit");
    forged = request();
    forged.body_bytes--;
    assert_refused(&forged, SECRET, signed_ms, "does not fit");
}

static void test_the_window_is_five_minutes_either_way(void **state)
{
    const struct slack_signature old = request();

    (void)state;
    assert_true(slack_signature_check(&old, SECRET, signed_ms + 300999, NULL));
    assert_true(slack_signature_check(&old, SECRET, signed_ms - 300999, NULL));
    assert_refused(&old, SECRET, signed_ms + 301000, "signed 301 s ago");
    assert_refused(&old, SECRET, signed_ms - 301000, "signed 301 s from now");
}

static void test_what_is_missing_is_named(void **state)
{
    static const struct {
        const char *timestamp, *signature, *why;
    } cases[] = {
            {"", SIGNATURE, "no X-Slack-Request-Timestamp"},
            {"yesterday", SIGNATURE, "no number of seconds"},
            {"-1790000000", SIGNATURE, "no number of seconds"},
            {"1790000000.5", SIGNATURE, "no number of seconds"},
            {"17900000000000000", SIGNATURE, "no number of seconds"},
            {"1790000000", "", "no X-Slack-Signature"},
            {"1790000000", "v0=", "hexadecimal"},
            {"1790000000", SIGNATURE "0", "hexadecimal"},
            {"1790000000",
                    "v1=0000000000000000000000000000000000000000000000000000"
                    "000000000000",
                    "hexadecimal"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slack_signature bad = request();
        bad.timestamp = cases[i].timestamp;
        bad.signature = cases[i].signature;
        assert_refused(&bad, SECRET, signed_ms, cases[i].why);
    }
}

static void test_a_body_of_any_bytes_is_signed(void **state)
{
    static const char bytes[] = "a\0b\xFF";
    struct arena arena = {0};
    struct slack_signature any = {.timestamp = "1790000000",
            .body = bytes,
            .body_bytes = sizeof bytes - 1};

    (void)state;
    any.signature = slack_signature_make(&any, SECRET, &arena);
    assert_true(slack_signature_check(&any, SECRET, signed_ms, NULL));
    any.body_bytes = 1;
    assert_refused(&any, SECRET, signed_ms, "does not fit");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_what_openssl_signs_is_taken),
            cmocka_unit_test(test_each_bit_of_body_and_signature_counts),
            cmocka_unit_test(test_another_secret_or_second_does_not_fit),
            cmocka_unit_test(test_the_window_is_five_minutes_either_way),
            cmocka_unit_test(test_what_is_missing_is_named),
            cmocka_unit_test(test_a_body_of_any_bytes_is_signed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
