/*
 * Pictures: what is asked before they are uploaded, where they go, and what of a
 * refusal concerns more than the picture.
 */
#include "tests/support/homeserver.h"

#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ROOM "!abc:example.org"
#define PUT_PATH                                                               \
    HOMESERVER_V3 "/rooms/%21abc%3Aexample.org/send/m.room.message/"
#define LIMIT_PATH "/_matrix/client/v1/media/config"
#define OLD_LIMIT_PATH "/_matrix/media/v3/config"
#define UPLOAD_PATH "/_matrix/media/v3/upload"
#define TAKEN "{\"content_uri\":\"mxc://example.org/abc\"}"

static const char bytes[] = "\x89PNG\r\n\x1a\n\0\xff\n'\"";

struct pictures {
    struct homeserver home;
    struct arena arena;
    struct payload upload, shown;
};

static int set_up(void **state)
{
    static struct pictures pictures;
    const struct picture picture = {.paper_id = "2611.00001",
            .type = "image/png",
            .width = 1200,
            .height = 648,
            .bytes = bytes,
            .length = sizeof bytes};

    pictures = (struct pictures){0};
    homeserver_open(&pictures.home);
    homeserver_token_account(&pictures.home);
    pictures.home.account->ops->picture(pictures.home.account, &picture,
            "1. On \"looms\"", &pictures.arena, &pictures.upload,
            &pictures.shown);
    *state = &pictures;
    return 0;
}

static int tear_down(void **state)
{
    struct pictures *pictures = *state;

    homeserver_close(&pictures->home);
    arena_finish(&pictures->arena);
    return 0;
}

static struct sent send_row(struct pictures *pictures,
        const struct outbox_row *row)
{
    struct sent sent;

    sent_begin(&sent, pictures->home.account, row);
    sent_wait(&sent, pictures->home.transport->loop);
    return sent;
}

static struct sent upload(struct pictures *pictures)
{
    struct outbox_row row = sent_row(ROOM, "key-u", "");

    row.verb = OUTBOX_UPLOAD;
    row.payload = pictures->upload.bytes;
    row.payload_bytes = pictures->upload.length;
    return send_row(pictures, &row);
}

static struct sent show(struct pictures *pictures, const char *root)
{
    struct outbox_row row = sent_row(ROOM, "key-s", "");

    row.verb = OUTBOX_SHOW;
    row.payload = pictures->shown.bytes;
    row.payload_bytes = pictures->shown.length;
    row.reply_to = 7;
    row.target = "mxc://example.org/abc";
    row.root = root;
    homeserver_answer(&pictures->home, "PUT", PUT_PATH, 1, 200,
            "{\"event_id\":\"$shown\"}");
    return send_row(pictures, &row);
}

static void script(struct pictures *pictures, const char *limit, int status,
        const char *answer)
{
    if (limit != NULL)
        homeserver_answer(&pictures->home, "GET", LIMIT_PATH, 0, 200, limit);
    homeserver_answer(&pictures->home, "POST", UPLOAD_PATH, 1, status, answer);
}

static size_t asked(const struct pictures *pictures, const char *method,
        const char *path)
{
    return homeserver_asked(&pictures->home, method, path);
}

static const struct http_record *record_of(const struct pictures *pictures,
        const char *method, const char *path)
{
    return http_server_record(pictures->home.server,
            homeserver_index(&pictures->home, method, path, 0));
}

/* --- uploads --- */

static void test_bytes_and_type_arrive_as_they_are(void **state)
{
    struct pictures *pictures = *state;

    script(pictures, "{\"m.upload.size\":50000}", 200, TAKEN);
    struct sent sent = upload(pictures);
    assert_false(sent.failed);
    assert_string_equal(sent.id, "mxc://example.org/abc");
    const struct http_record *record =
            record_of(pictures, "POST", UPLOAD_PATH "?filename=2611.00001.png");
    assert_int_equal(record->body_bytes, sizeof bytes);
    assert_memory_equal(record->body, bytes, sizeof bytes);
    assert_non_null(strstr(record->headers, "Content-Type: image/png\r\n"));
    assert_non_null(strstr(record->headers, "Authorization: Bearer syt_"));
}

static void test_the_limit_is_asked_once_and_with_the_login(void **state)
{
    struct pictures *pictures = *state;

    script(pictures, "{\"m.upload.size\":50000}", 500, "{}");
    script(pictures, NULL, 200, TAKEN);
    assert_int_equal(upload(pictures).err.kind, ERROR_RETRY);
    assert_false(upload(pictures).failed);
    assert_int_equal(asked(pictures, "GET", LIMIT_PATH), 1);
    assert_non_null(strstr(record_of(pictures, "GET", LIMIT_PATH)->headers,
            "Authorization: Bearer syt_"));
}

static void test_a_picture_above_the_limit_is_not_even_sent(void **state)
{
    struct pictures *pictures = *state;

    script(pictures, "{\"m.upload.size\":13}", 200, TAKEN);
    struct sent sent = upload(pictures);
    assert_int_equal(sent.err.kind, ERROR_REJECTED);
    assert_non_null(strstr(sent.err.text, "the homeserver takes 13 at most"));
    assert_int_equal(asked(pictures, "POST", UPLOAD_PATH), 0);
}

static void test_an_older_homeserver_is_asked_where_it_answers(void **state)
{
    struct pictures *pictures = *state;

    homeserver_answer(&pictures->home, "GET", LIMIT_PATH, 0, 404,
            "{\"errcode\":\"M_UNRECOGNIZED\"}");
    homeserver_answer(&pictures->home, "GET", OLD_LIMIT_PATH, 0, 200,
            "{\"m.upload.size\":13}");
    assert_int_equal(upload(pictures).err.kind, ERROR_REJECTED);
    assert_int_equal(asked(pictures, "GET", OLD_LIMIT_PATH), 1);
}

static void test_who_names_no_limit_is_asked_by_uploading(void **state)
{
    struct pictures *pictures = *state;

    script(pictures, NULL, 413, "{\"errcode\":\"M_TOO_LARGE\"}");
    script(pictures, NULL, 200, TAKEN);
    assert_int_equal(upload(pictures).err.kind, ERROR_REJECTED);
    assert_false(upload(pictures).failed);
    assert_int_equal(asked(pictures, "GET", LIMIT_PATH), 1);
    assert_int_equal(asked(pictures, "GET", OLD_LIMIT_PATH), 1);
}

static void test_a_limit_that_cannot_be_had_now_is_asked_again(void **state)
{
    struct pictures *pictures = *state;

    homeserver_answer(&pictures->home, "GET", LIMIT_PATH, 1, 503, "busy");
    script(pictures, "{}", 200, TAKEN);
    assert_int_equal(upload(pictures).err.kind, ERROR_RETRY);
    assert_int_equal(asked(pictures, "POST", UPLOAD_PATH), 0);
    assert_false(upload(pictures).failed);
}

static void test_the_same_picture_is_uploaded_once(void **state)
{
    struct pictures *pictures = *state;

    script(pictures, "{}", 200, TAKEN);
    assert_false(upload(pictures).failed);
    assert_string_equal(upload(pictures).id, "mxc://example.org/abc");
    assert_int_equal(asked(pictures, "POST", UPLOAD_PATH), 1);
}

static void test_a_refused_picture_closes_no_channel(void **state)
{
    static const struct {
        int status;
        const char *answer;
        enum error_kind kind;
    } cases[] = {
            {403, "{\"errcode\":\"M_FORBIDDEN\"}", ERROR_REJECTED},
            {413, "{\"errcode\":\"M_TOO_LARGE\"}", ERROR_REJECTED},
            {413, "<html>Request Entity Too Large", ERROR_REJECTED},
            {400, "{\"errcode\":\"M_RESOURCE_LIMIT_EXCEEDED\"}",
                    ERROR_REJECTED},
            {404, "nginx", ERROR_REJECTED},
            {200, "{\"content_uri\":\"https://x\"}", ERROR_REJECTED},
            {429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":1500}",
                    ERROR_RETRY},
            {502, "bad gateway", ERROR_RETRY},
            {401, "{\"errcode\":\"M_MISSING_TOKEN\"}", ERROR_STOP},
            {401, "{\"errcode\":\"M_USER_LOCKED\"}", ERROR_STOP},
    };
    struct pictures *pictures = *state;

    homeserver_answer(&pictures->home, "GET", LIMIT_PATH, 0, 200, "{}");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        script(pictures, NULL, cases[i].status, cases[i].answer);
        struct sent sent = upload(pictures);
        if (sent.err.kind != cases[i].kind)
            fail_msg("%d %s: %d, %s", cases[i].status, cases[i].answer,
                    sent.err.kind, sent.err.text);
        assert_non_null(strstr(sent.err.text, "matrix: " ROOM));
        assert_int_equal(sent.err.retry_after_ms,
                cases[i].status == 429 ? 1500 : 0);
    }
}

static void test_nothing_is_uploaded_for_an_encrypted_room(void **state)
{
    struct pictures *pictures = *state;

    homeserver_answer(&pictures->home, "GET",
            HOMESERVER_V3 "/rooms/%21abc%3Aexample.org/state/", 0, 200,
            "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
    homeserver_answer(&pictures->home, "PUT", PUT_PATH, 0, 200,
            "{\"event_id\":\"$notice\"}");
    script(pictures, "{}", 200, TAKEN);
    assert_int_equal(upload(pictures).err.kind, ERROR_STOP);
    assert_int_equal(asked(pictures, "POST", UPLOAD_PATH), 0);
}

/* --- messages --- */

static void assert_shown(const struct pictures *pictures, const char *part)
{
    const char *body = record_of(pictures, "PUT", PUT_PATH "key-s")->body;

    if (strstr(body, part) == NULL)
        fail_msg("%s is not in %s", part, body);
}

static void test_a_picture_is_shown_with_its_caption_and_size(void **state)
{
    struct pictures *pictures = *state;

    assert_string_equal(show(pictures, "").id, "$shown");
    assert_shown(pictures, "\"msgtype\":\"m.image\"");
    assert_shown(pictures, "\"body\":\"1. On \\\"looms\\\"\"");
    assert_shown(pictures, "\"filename\":\"2611.00001.png\"");
    assert_shown(pictures, "\"url\":\"mxc://example.org/abc\"");
    assert_shown(pictures,
            "\"info\":{\"w\":1200,\"h\":648,\"mimetype\":\"image/png\","
            "\"size\":14}");
    assert_shown(pictures, "\"m.mentions\":{}");
    assert_shown(pictures, "\"org.paperboy.key\":\"key-s\"");
    assert_null(strstr(record_of(pictures, "PUT", PUT_PATH "key-s")->body,
            "m.relates_to"));
}

static void test_in_a_thread_a_picture_follows_what_was_said_last(void **state)
{
    struct pictures *pictures = *state;
    struct outbox_row row = sent_row(ROOM, "one", "{\"body\":\"x\"}");

    row.target = "$head";
    homeserver_answer(&pictures->home, "PUT", PUT_PATH "one", 1, 200,
            "{\"event_id\":\"$one\"}");
    send_row(pictures, &row);
    show(pictures, "$head");
    assert_shown(pictures,
            "\"rel_type\":\"m.thread\",\"event_id\":\"$head\","
            "\"is_falling_back\":true,\"m.in_reply_to\":"
            "{\"event_id\":\"$one\"}");
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_bytes_and_type_arrive_as_they_are),
            wire_test(test_the_limit_is_asked_once_and_with_the_login),
            wire_test(test_a_picture_above_the_limit_is_not_even_sent),
            wire_test(test_an_older_homeserver_is_asked_where_it_answers),
            wire_test(test_who_names_no_limit_is_asked_by_uploading),
            wire_test(test_a_limit_that_cannot_be_had_now_is_asked_again),
            wire_test(test_the_same_picture_is_uploaded_once),
            wire_test(test_a_refused_picture_closes_no_channel),
            wire_test(test_nothing_is_uploaded_for_an_encrypted_room),
            wire_test(test_a_picture_is_shown_with_its_caption_and_size),
            wire_test(test_in_a_thread_a_picture_follows_what_was_said_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
