/* A digest as one message, or as a head with a thread. */
#include "bot/planning/plan_layout.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/sample_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct test_clock the_time;
static struct clock the_clock;
static struct fake_account account;

static int open_account(void **state)
{
    (void)state;
    the_clock = test_clock_of(&the_time);
    fake_account_init(&account, "home", &the_clock);
    account.ops.abilities |= ACCOUNT_THREADS;
    return 0;
}

static int close_account(void **state)
{
    (void)state;
    fake_account_finish(&account);
    arena_finish(&arena);
    return 0;
}

static struct plan_message_list layout(enum digest_layout wanted, bool digest)
{
    const struct channel channel = {.layout = wanted};
    struct plan_message_list messages;
    struct error err;

    if (!plan_layout_render(&account.account, &channel,
                sample_document_digest(&arena), digest, &arena, &messages,
                &err))
        fail_msg("%s", err.text);
    return messages;
}

static const char *text_of(const struct plan_message *message)
{
    return arena_string_n(&arena, message->payload.bytes,
            message->payload.length);
}

static void test_usually_it_is_one_message(void **state)
{
    struct plan_message_list messages = layout(LAYOUT_MESSAGE, true);

    (void)state;
    assert_int_equal(messages.count, 1);
    assert_false(messages.items[0].in_thread);
    assert_string_equal(messages.items[0].paper_id, "");
}

static void test_a_thread_has_a_head_and_a_message_a_paper(void **state)
{
    struct plan_message_list messages = layout(LAYOUT_THREAD, true);
    const struct document *whole = sample_document_digest(&arena);
    size_t at = 1;

    (void)state;
    assert_false(messages.items[0].in_thread);
    for (const struct document_node *block = whole->root.first; block != NULL;
            block = block->next) {
        if (block->kind != DOCUMENT_ENTRY)
            continue;
        const struct document_node *title = document_find(block, ROLE_TITLE);
        const struct document_node *authors =
                document_find(block, ROLE_AUTHORS);
        const struct document_node *name = title->last;
        assert_non_null(strstr(text_of(&messages.items[0]), name->text));
        assert_true(messages.items[at].in_thread);
        assert_string_equal(messages.items[at].paper_id, block->paper_id);
        assert_non_null(strstr(text_of(&messages.items[at]), name->text));
        assert_non_null(strstr(text_of(&messages.items[at]),
                document_plain(&arena, authors)));
        assert_null(strstr(text_of(&messages.items[0]),
                document_plain(&arena, authors)));
        at++;
    }
    assert_true(at > 2);
    assert_int_equal(messages.count, at);
}

static const struct document_node *link_of(const struct document_node *block)
{
    const struct document_node *piece = block->first;

    while (piece != NULL && piece->kind != DOCUMENT_LINK)
        piece = piece->next;
    return piece;
}

/* Keeps what the head is made of, which is the first to be rendered. */
static const struct document *rendered;

static bool keep_head(const struct account *of, const struct channel *channel,
        const struct document *document, struct arena *room,
        struct payload_list *payloads, struct error *err)
{
    static struct payload payload = {.bytes = "x", .length = 1};

    (void)of, (void)channel, (void)room, (void)err;
    if (rendered == NULL)
        rendered = document;
    *payloads = (struct payload_list){&payload, 1};
    return true;
}

static void test_in_a_head_each_title_leads_to_its_paper(void **state)
{
    size_t count = 0;

    (void)state;
    rendered = NULL;
    account.ops.render = keep_head;
    layout(LAYOUT_THREAD, true);
    const struct document *whole = sample_document_digest(&arena);
    const struct document_node *given = whole->root.first;
    for (const struct document_node *block = rendered->root.first;
            block != NULL; block = block->next, given = given->next) {
        if (block->kind != DOCUMENT_ENTRY)
            continue;
        const struct document_node *title = document_find(block, ROLE_TITLE);
        const struct document_node *name = link_of(title);
        assert_non_null(name);
        assert_string_equal(name->url,
                link_of(document_find(given, ROLE_LINK))->url);
        assert_non_null(strstr(document_plain(&arena,
                                       document_find(given, ROLE_TITLE)),
                name->text));
        count++;
    }
    assert_true(count > 1);
}

static void test_what_is_no_digest_has_no_thread(void **state)
{
    (void)state;
    assert_int_equal(layout(LAYOUT_THREAD, false).count, 1);
}

static void test_a_product_without_threads_gets_one_message(void **state)
{
    (void)state;
    account.ops.abilities &= ~(unsigned)ACCOUNT_THREADS;
    assert_int_equal(layout(LAYOUT_THREAD, true).count, 1);
}

static void test_what_will_not_be_rendered_is_our_own_fault(void **state)
{
    const struct channel channel = {.layout = LAYOUT_THREAD};
    struct plan_message_list messages;
    struct error err;

    (void)state;
    account.render_failure = "too long";
    assert_false(plan_layout_render(&account.account, &channel,
            sample_document_digest(&arena), true, &arena, &messages, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
}

#define TEST(test)                                                             \
    cmocka_unit_test_setup_teardown(test, open_account, close_account)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_usually_it_is_one_message),
            TEST(test_a_thread_has_a_head_and_a_message_a_paper),
            TEST(test_in_a_head_each_title_leads_to_its_paper),
            TEST(test_what_is_no_digest_has_no_thread),
            TEST(test_a_product_without_threads_gets_one_message),
            TEST(test_what_will_not_be_rendered_is_our_own_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
