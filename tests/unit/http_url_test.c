/* Where http:// may go. */
#include "adapters/http_job.h"
#include "adapters/http_url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Whether http:// to a host will do: anywhere, and where the local network may be
 * asked. */
static const struct {
    const char *host;
    bool always, nearby;
} hosts[] = {
        {"localhost:11434", true, true},
        {"127.0.0.1", true, true},
        {"[::1]:11434", true, true},
        {"10.0.0.7", false, true},
        {"172.16.0.1", false, true},
        {"172.31.255.255:11434", false, true},
        {"192.168.1.5:11434", false, true},
        {"[fd12:3456::9]", false, true},
        {"ollama:11434", false, true},
        {"Box.Local", false, true},
        {"gpu.home.arpa", false, true},
        {"gpu.internal", false, true},
        {"172.15.0.1", false, false},
        {"172.32.0.1", false, false},
        {"192.169.1.5", false, false},
        {"11.0.0.1", false, false},
        {"169.254.169.254", false, false},
        {"[fe80::1]", false, false},
        {"[2001:db8::1]", false, false},
        {"example.org", false, false},
        {"192.168.1.5.example.org", false, false},
        {"box.local.example.org", false, false},
        {"notlocal.com", false, false},
        {".local", false, false},
};

static void
test_plain_http_goes_to_the_local_network_only_where_that_is_said(void **state)
{
    char url[96];

    (void)state;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        snprintf(url, sizeof url, "http://%s/v1", hosts[i].host);
        if ((http_url_flaw(url) == NULL) != hosts[i].always ||
                http_url_allowed(url) != hosts[i].always ||
                (http_url_nearby_flaw(url) == NULL) != hosts[i].nearby)
            fail_msg("%s", url);
    }
}

static void test_https_goes_everywhere(void **state)
{
    char url[96];

    (void)state;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        snprintf(url, sizeof url, "https://%s/v1", hosts[i].host);
        assert_null(http_url_flaw(url));
        assert_null(http_url_nearby_flaw(url));
    }
}

static void test_a_request_is_held_to_the_same(void **state)
{
    char url[96];

    (void)state;
    for (size_t i = 0; i < 2 * (sizeof hosts / sizeof *hosts); i++) {
        bool nearby = i % 2 == 1;
        snprintf(url, sizeof url, "http://%s/v1", hosts[i / 2].host);
        struct http_job *job =
                http_job_new(&(struct http_request){.method = "POST",
                        .url = url,
                        .nearby = nearby});
        bool goes = nearby ? hosts[i / 2].nearby : hosts[i / 2].always;
        if ((job->refusal.kind == ERROR_NONE) != goes)
            fail_msg("%s: %s", url, job->refusal.text);
        http_job_free(job);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_plain_http_goes_to_the_local_network_only_where_that_is_said),
            cmocka_unit_test(test_https_goes_everywhere),
            cmocka_unit_test(test_a_request_is_held_to_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
