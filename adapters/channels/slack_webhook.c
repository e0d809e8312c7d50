/*
 * Slack's incoming webhooks: one way, one channel, no receipt.
 *
 * https://api.slack.com/messaging/webhooks; the words of refusal as FACTS §5
 * lists them.  The webhook's address is the secret: it goes to http_send and
 * nowhere else.
 */
#include "adapters/channels/call.h"
#include "adapters/channels/channels.h"
#include "adapters/dialects/dialects.h"
#include "adapters/fingerprint.h"
#include "adapters/http_url.h"
#include "adapters/transport.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    /* One message a second and channel, and something for the way there, which
     * is longer for some than for others. */
    ROOM_GAP_MS = 1100,
    DEADLINE_MS = 30 * 1000,
    ANSWER_MAX_BYTES = 4096, /* it is one word */
    WORD_MAX_BYTES = 64,
};

struct slack_webhook {
    struct account account; /* first: the account is the webhook */
    struct arena arena;
    struct transport *transport;
    const char *webhook;
    struct call_list calls;
};

/* What Slack's words mean for us; statuses vary, the words do not. */
static const struct verdict {
    const char *word;
    enum error_kind kind;
    const char *plainly;
} verdicts[] = {
        {"invalid_payload", ERROR_REJECTED, "Slack cannot read this message"},
        {"no_text", ERROR_REJECTED, "Slack finds no text in this message"},
        {"invalid_blocks", ERROR_REJECTED,
                "Slack refuses this message's layout"},
        {"too_many_attachments", ERROR_REJECTED,
                "this message has too many attachments for Slack"},
        {"no_service", ERROR_STOP,
                "the webhook is switched off or was deleted: make a new one "
                "and set webhook"},
        {"no_service_id", ERROR_STOP,
                "the webhook's address is not whole: copy it again"},
        {"no_active_hooks", ERROR_STOP,
                "the webhook was switched off: make a new one and set webhook"},
        {"no_team", ERROR_STOP,
                "Slack does not know the workspace: copy the webhook's address "
                "again"},
        {"team_disabled", ERROR_STOP, "the workspace was disabled in Slack"},
        {"channel_not_found", ERROR_STOP,
                "the webhook's channel is gone: make a webhook for another "
                "channel"},
        {"channel_is_archived", ERROR_STOP,
                "the channel is archived: unarchive it, or make a webhook for "
                "another"},
        {"action_prohibited", ERROR_STOP,
                "the workspace's rules forbid it: ask its administrator"},
        {"posting_to_general_channel_denied", ERROR_STOP,
                "the app may not post to the workspace's general channel: ask "
                "its administrator"},
        {"invalid_token", ERROR_STOP,
                "the webhook's address is wrong or was revoked: copy it again"},
        {"rate_limited", ERROR_RETRY, "too many messages at once"},
};

static bool render(const struct account *account, const struct channel *channel,
        const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)account;
    (void)channel;
    return dialect_slack.render(document, arena, payloads, err);
}

/* --- what the answer says --- */

/* The answer's one word, "" if it is none: only a word may be shown, because a
 * page may quote the webhook's address. */
static const char *word_of(const struct http_answer *answer, char *word)
{
    size_t length = strcspn(answer->body, " \r\n");
    size_t rest = length + strspn(answer->body + length, " \r\n");

    word[0] = '\0';
    if (length >= WORD_MAX_BYTES || rest != answer->body_bytes ||
            strspn(answer->body, "abcdefghijklmnopqrstuvwxyz_") != length)
        return word;
    memcpy(word, answer->body, length);
    word[length] = '\0';
    return word;
}

static const struct verdict *verdict_of(const char *word)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++)
        if (text_same(verdicts[i].word, word))
            return &verdicts[i];
    return NULL;
}

/* For answers that Slack does not document. */
static void judge_status(const struct http_answer *answer, const char *word,
        struct error *err)
{
    struct http_answer bare = *answer;

    bare.content_type = ""; /* keeps the body out of the text */
    http_status_error(&bare, err);
    if (answer->status < 300)
        err->kind = ERROR_RETRY;
    else if (answer->status < 400)
        err->kind = ERROR_STOP;
    if (word[0] != '\0')
        error_wrap(err, "%s", word);
    if (answer->status < 300)
        error_wrap(err, "something else than Slack answered");
    if (err->kind == ERROR_STOP)
        error_wrap(err, "the webhook does not work, copy its address again");
}

/* A gateway's 5xx may hide a success, and so may a strange 200; a 503 is said
 * before any work is done. */
static bool may_hide_success(int status)
{
    return status < 300 || (status >= 500 && status != 503);
}

/* True if Slack has taken the message. */
static bool judge(const struct http_answer *answer, struct error *err)
{
    char room[WORD_MAX_BYTES];
    const char *word = word_of(answer, room);
    const struct verdict *verdict = verdict_of(word);

    if (answer->status == 200 && text_same(word, "ok"))
        return true;
    if (verdict == NULL) {
        judge_status(answer, word, err);
        return false;
    }
    error_set(err, verdict->kind, "%s (%s)", verdict->plainly, verdict->word);
    err->retry_after_ms = answer->retry_after_ms;
    return false;
}

static void on_answer(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct call *call = cookie;
    struct error err = {0};
    bool maybe_taken = answer->maybe_taken;

    call->http = NULL;
    if (failure != NULL) {
        err = *failure;
        /* Too much of an answer is no answer of Slack's; what could not even
         * be asked will not get better. */
        if (err.kind == ERROR_INPUT)
            err.kind = answer->status != 0 ? ERROR_RETRY : ERROR_STOP;
    } else if (judge(answer, &err)) {
        call_end(call, "", false, NULL);
        return;
    } else {
        maybe_taken = may_hide_success(answer->status);
    }
    error_wrap(&err, "slack");
    call_end(call, "", maybe_taken, &err);
}

/* --- operations --- */

static struct request *send_row(struct account *account,
        const struct outbox_row *row, account_sent_fn *done, void *cookie)
{
    static const char *const headers[] = {"Content-Type: application/json",
            NULL};
    struct slack_webhook *hook = (struct slack_webhook *)account;
    struct call *call =
            call_open_send(&hook->calls, sizeof(struct call), done, cookie);
    const struct http_request request = {
            .method = "POST",
            .url = hook->webhook,
            .headers = headers,
            .body = row->payload,
            .body_bytes = row->payload_bytes,
            .deadline_ms = DEADLINE_MS,
            .answer_max = ANSWER_MAX_BYTES,
    };

    call->http = http_send(hook->transport->http, &request, on_answer, call);
    return &call->request;
}

static void tell(void *ctx)
{
    struct call *call = ctx;

    call->timer = NULL;
    call_end(call, "", false, NULL);
}

/* A webhook can be asked nothing without posting. */
static struct request *verify(struct account *account,
        account_verified_fn *done, void *cookie)
{
    struct slack_webhook *hook = (struct slack_webhook *)account;
    struct call *call =
            call_open_verify(&hook->calls, sizeof(struct call), done, cookie);

    call_soon(call, hook->transport->loop, tell);
    return &call->request;
}

static void close_account(struct account *account)
{
    struct slack_webhook *hook = (struct slack_webhook *)account;

    call_list_cancel(&hook->calls);
    struct arena arena = hook->arena;
    arena_finish(&arena);
}

static const struct account_ops ops = {
        .kind = "slack",
        .room_gap_ms = ROOM_GAP_MS,
        .render = render,
        .send = send_row,
        .verify = verify,
        .close = close_account,
};

static struct account *open_account(const struct settings *settings,
        struct transport *transport, const struct account_memory *memory,
        struct error *err)
{
    (void)memory;
    const char *webhook = settings_get(settings, "webhook", "");
    const char *flaw = http_url_flaw(webhook);
    if (flaw != NULL) {
        error_set(err, ERROR_INPUT, "%s: webhook: %s is needed", settings->name,
                flaw);
        return NULL;
    }
    struct arena arena = {0};
    struct slack_webhook *hook = arena_new(&arena, struct slack_webhook);
    hook->arena = arena;
    hook->account.ops = &ops;
    hook->account.name = arena_string(&hook->arena, settings->name);
    hook->transport = transport;
    hook->webhook = arena_string(&hook->arena, webhook);
    return &hook->account;
}

static const struct setting_spec keys[] = {
        {.key = "webhook",
                .required = true,
                .secret = true,
                .help = "the incoming webhook's address, "
                        "https://hooks.slack.com/services/...",
                .flaw = http_url_flaw},
        {.key = NULL},
};

static const char *room_of(const struct settings *settings, struct arena *arena)
{
    return fingerprint_of(settings_get(settings, "webhook", ""), arena);
}

const struct account_kind slack_webhook_kind = {
        .kind = "slack",
        .keys = keys,
        .one_channel = true,
        .room = room_of,
        .open = open_account,
};
