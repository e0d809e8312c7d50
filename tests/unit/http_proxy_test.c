/* Which proxy the environment names, as curl reads it. */
#include "adapters/http_proxy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy",
        "ALL_PROXY", "no_proxy", "NO_PROXY"};

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    return 0;
}

static int tear_down(void **state)
{
    arena_finish(&arena);
    return set_up(state);
}

static struct http_proxy find(const char *host)
{
    struct http_proxy proxy;
    struct error err = {0};

    if (!http_proxy_find(host, &arena, &proxy, &err))
        fail_msg("%s", err.text);
    return proxy;
}

static void test_without_one_a_host_is_reached_directly(void **state)
{
    (void)state;
    setenv("https_proxy", "", 1);
    assert_null(find("wss.slack.com").host);
}

static void test_the_first_that_says_anything_has_it(void **state)
{
    (void)state;
    setenv("ALL_PROXY", "last.example:1", 1);
    assert_string_equal(find("wss.slack.com").host, "last.example");
    setenv("HTTPS_PROXY", "http://second.example", 1);
    assert_string_equal(find("wss.slack.com").host, "second.example");
    assert_int_equal(find("wss.slack.com").port, 1080);
    setenv("https_proxy", "http://us%65r:p%40ss@[::1]:3128/", 1);
    const struct http_proxy proxy = find("wss.slack.com");
    assert_string_equal(proxy.host, "::1");
    assert_int_equal(proxy.port, 3128);
    assert_string_equal(proxy.login, "user:p@ss");
}

static void test_hosts_can_be_exempt(void **state)
{
    static const struct {
        const char *list, *host;
        bool exempt;
    } cases[] = {
            {"*", "wss.slack.com", true},
            {"slack.com", "wss.slack.com", true},
            {"example.org, .Slack.com", "wss.slack.com", true},
            {"wss.slack.com", "wss.slack.com", true},
            {"lack.com", "wss.slack.com", false},
            {"wss.slack.com.example", "wss.slack.com", false},
            {"", "wss.slack.com", false},
    };

    (void)state;
    setenv("https_proxy", "http://proxy.example:3128", 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setenv("no_proxy", cases[i].list, 1);
        assert_int_equal(find(cases[i].host).host == NULL, cases[i].exempt);
    }
}

static void test_another_kind_of_proxy_is_told(void **state)
{
    static const char *const others[] = {"socks5://proxy.example:1080",
            "https://proxy.example", "http://"};
    struct http_proxy proxy;

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct error err = {0};
        setenv("https_proxy", others[i], 1);
        assert_false(http_proxy_find("wss.slack.com", &arena, &proxy, &err));
        assert_non_null(strstr(err.text, "http://HOST:PORT"));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_without_one_a_host_is_reached_directly),
            TEST(test_the_first_that_says_anything_has_it),
            TEST(test_hosts_can_be_exempt),
            TEST(test_another_kind_of_proxy_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
