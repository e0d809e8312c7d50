/* Who the other side is: a certificate that nobody vouches for, or that is
 * another's, ends the request before a byte of it has left.  The server is
 * openssl's own, so that both sides are not our reading of TLS. */
#include "adapters/transport.h"
#include "tests/support/loop_wait.h"
#include "tests/support/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define STEPS_MAX_MS 20000

struct world {
    struct transport *transport;
    struct process *server;
    char folder[32], certificate[64], key[64], port[16];
};

struct heard {
    bool over, failed, maybe_taken;
    int status;
    struct error err;
};

static void need_openssl(void)
{
    if (access("/usr/bin/openssl", X_OK) == 0)
        return;
    assert_null(getenv("CI"));
    puts("SKIP openssl is not installed, which these tests use as the server");
    skip();
}

/* --- the server --- */

static bool has_ended(void *ctx)
{
    return process_ended(ctx);
}

static void run(struct world *world, const char *const *args)
{
    struct loop *loop = world->transport->loop;
    struct process *process = process_start(loop, args);

    assert_true(loop_wait_until(loop, has_ended, process, STEPS_MAX_MS));
    if (process_exit_code(process) != 0)
        fail_msg("openssl: %s", process_said(process));
    process_close(process);
}

static void make_certificate(struct world *world)
{
    const char *const args[] = {"/usr/bin/openssl", "req", "-x509", "-newkey",
            "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            world->key, "-out", world->certificate, "-subj", "/CN=paperboy",
            NULL};
    static const char settings[] = "[req]\ndistinguished_name = name\n"
                                   "x509_extensions = more\n[name]\n[more]\n"
                                   "basicConstraints = critical, CA:TRUE\n"
                                   "subjectAltName = IP:127.0.0.1\n";
    char path[64];

    snprintf(path, sizeof path, "%s/settings", world->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(settings, file);
    assert_int_equal(fclose(file), 0);
    setenv("OPENSSL_CONF", path, 1);
    run(world, args);
    unsetenv("OPENSSL_CONF");
    unlink(path);
}

/* It says "ACCEPT 127.0.0.1:PORT" once it listens. */
static bool is_listening(void *ctx)
{
    struct world *world = ctx;
    const char *line = strstr(process_said(world->server), "ACCEPT ");

    if (line == NULL || strchr(line, '\n') == NULL)
        return false;
    const char *colon = strchr(line, ':');
    return colon != NULL && sscanf(colon + 1, "%8[0-9]", world->port) == 1;
}

static void start_server(struct world *world)
{
    struct loop *loop = world->transport->loop;
    char command[256];

    /* What a child says is read from its standard error. */
    snprintf(command, sizeof command,
            "exec /usr/bin/openssl s_server -accept 127.0.0.1:0 -www -cert %s "
            "-key %s >&2",
            world->certificate, world->key);
    world->server = process_start(loop,
            (const char *const[]){"/bin/sh", "-c", command, NULL});
    if (!loop_wait_until(loop, is_listening, world, STEPS_MAX_MS))
        fail_msg("no server: %s", process_said(world->server));
}

static int set_up(void **state)
{
    static struct world world;
    struct error err = {0};

    world = (struct world){.folder = "/tmp/paperboy-tls-XXXXXX"};
    assert_non_null(mkdtemp(world.folder));
    snprintf(world.certificate, sizeof world.certificate, "%s/certificate",
            world.folder);
    snprintf(world.key, sizeof world.key, "%s/key", world.folder);
    world.transport = transport_open(&err);
    assert_non_null(world.transport);
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    struct loop *loop = world->transport->loop;

    if (world->server != NULL) {
        process_signal(world->server, 9);
        assert_true(loop_wait_until(loop, has_ended, world->server,
                STEPS_MAX_MS));
        process_close(world->server);
    }
    unsetenv("CURL_CA_BUNDLE");
    transport_close(world->transport);
    unlink(world->certificate);
    unlink(world->key);
    return rmdir(world->folder);
}

/* --- asking --- */

static void hear(void *cookie, const struct http_answer *answer,
        const struct error *err)
{
    struct heard *heard = cookie;

    heard->over = true;
    heard->status = answer->status;
    heard->maybe_taken = answer->maybe_taken;
    heard->failed = err != NULL;
    if (err != NULL)
        heard->err = *err;
}

static struct heard post(struct world *world, const char *host)
{
    struct heard heard = {0};
    char url[64];

    snprintf(url, sizeof url, "https://%s:%s/secret", host, world->port);
    http_send(world->transport->http,
            &(struct http_request){.method = "POST",
                    .url = url,
                    .body = "x",
                    .body_bytes = 1},
            hear, &heard);
    assert_true(loop_wait(world->transport->loop, &heard.over));
    return heard;
}

static struct heard get(struct world *world, const char *host)
{
    struct heard heard = {0};
    char url[64];

    snprintf(url, sizeof url, "https://%s:%s/", host, world->port);
    http_send(world->transport->http,
            &(struct http_request){.method = "GET", .url = url}, hear, &heard);
    assert_true(loop_wait(world->transport->loop, &heard.over));
    return heard;
}

static void assert_refused(const struct heard *heard, const char *host,
        const char *why)
{
    assert_true(heard->failed);
    assert_int_equal(heard->status, 0);
    assert_false(heard->maybe_taken);
    assert_int_equal(heard->err.kind, ERROR_RETRY);
    if (strstr(heard->err.text, host) != heard->err.text ||
            strstr(heard->err.text, why) == NULL ||
            strstr(heard->err.text, "secret") != NULL)
        fail_msg("told \"%s\"", heard->err.text);
}

/* --- claims --- */

static void test_a_certificate_of_its_own_making_is_refused(void **state)
{
    struct world *world = *state;

    need_openssl();
    make_certificate(world);
    start_server(world);
    struct heard heard = post(world, "127.0.0.1");
    assert_refused(&heard, "127.0.0.1", "self-signed certificate");
}

static void test_who_is_vouched_for_is_asked(void **state)
{
    struct world *world = *state;

    need_openssl();
    make_certificate(world);
    start_server(world);
    setenv("CURL_CA_BUNDLE", world->certificate, 1);
    struct heard heard = get(world, "127.0.0.1");
    if (heard.failed)
        fail_msg("told \"%s\"", heard.err.text);
    assert_int_equal(heard.status, 200);
}

static void test_the_certificate_of_another_is_refused(void **state)
{
    struct world *world = *state;

    need_openssl();
    make_certificate(world);
    start_server(world);
    setenv("CURL_CA_BUNDLE", world->certificate, 1);
    struct heard heard = post(world, "localhost");
    assert_refused(&heard, "localhost", "certificate");
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_certificate_of_its_own_making_is_refused),
            wire_test(test_who_is_vouched_for_is_asked),
            wire_test(test_the_certificate_of_another_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
