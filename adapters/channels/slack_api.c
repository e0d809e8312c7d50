/*
 * One call of Slack's Web API: POST, the token in a header, JSON or a form in,
 * JSON out.  The status is 200 for refusals too: "ok" and "error" decide
 * (https://docs.slack.dev/apis/web-api, "Evaluating responses").
 */
#include "adapters/channels/slack.h"

#include "bot/base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    DEADLINE_MS = 30 * 1000,
    SCOPES_MAX_BYTES = 160, /* of what is shown of the missing ones */
};

struct request *slack_api_ask(struct slack *slack, const struct slack_ask *ask,
        http_done_fn *done, void *cookie)
{
    struct arena arena = {0};
    const char *body = ask->json != NULL ? ask->json : ask->form;
    const char *const headers[] = {ask->json != NULL
                    ? "Content-Type: application/json; charset=utf-8"
                    : "Content-Type: application/x-www-form-urlencoded",
            arena_format(&arena, "Authorization: Bearer %s",
                    ask->token != NULL ? ask->token : slack->token),
            NULL};
    const struct http_request request = {
            .method = "POST",
            .url = arena_format(&arena, "%s/%s", slack->api_url, ask->method),
            .headers = headers,
            .body = body != NULL ? body : "",
            .body_bytes = body != NULL ? strlen(body) : 0,
            .deadline_ms = DEADLINE_MS,
            .answer_max = SLACK_ANSWER_MAX_BYTES,
            .wanted_header = ask->wanted_header,
    };
    struct request *under_way =
            http_send(slack->transport->http, &request, done, cookie);

    arena_finish(&arena);
    return under_way;
}

/* --- what it answers --- */

/* A word that is none is left out, as if it had not come. */
static void read_word(struct slack_said *said)
{
    const char *word;

    if (!json_text_or(&said->json, said->json.root, "error", "", &word, NULL) ||
            strlen(word) >= sizeof said->word ||
            strspn(word, "abcdefghijklmnopqrstuvwxyz_0123456789") !=
                    strlen(word))
        return;
    snprintf(said->word, sizeof said->word, "%s", word);
}

/* The scopes that Slack names, if they are nothing but that. */
static const char *needed_scopes(const struct slack_said *said)
{
    const char *needed;

    if (!json_text_or(&said->json, said->json.root, "needed", "", &needed,
                NULL) ||
            strlen(needed) > SCOPES_MAX_BYTES ||
            strspn(needed, "abcdefghijklmnopqrstuvwxyz:._,-") != strlen(needed))
        return "";
    return needed;
}

static void refuse_by_word(const struct http_answer *answer,
        const struct slack_word *known, const struct slack_said *said,
        struct error *err)
{
    const char *needed =
            text_same(known->word, "missing_scope") ? needed_scopes(said) : "";

    error_set(err, known->kind, "%s%s%s (%s)", known->plainly,
            *needed != '\0' ? ": it lacks " : "", needed, known->word);
    err->retry_after_ms = answer->retry_after_ms;
}

/* What Slack does not document, or who is not Slack says. */
static void refuse_by_status(const struct http_answer *answer,
        const struct slack_said *said, struct error *err)
{
    struct http_answer bare = *answer;

    bare.content_type = ""; /* keeps the body out of the text */
    if (said->word[0] != '\0' && answer->status < 300) {
        error_set(err, ERROR_REJECTED, "Slack refuses it (%s)", said->word);
        return;
    }
    http_status_error(&bare, err);
    if (answer->status < 300)
        err->kind = ERROR_RETRY;
    else if (answer->status < 400)
        err->kind = ERROR_STOP;
    if (said->word[0] != '\0')
        error_wrap(err, "%s", said->word);
    else
        error_wrap(err, "something else than Slack's API answered");
}

static bool read_answer(const struct http_answer *answer,
        struct slack_said *said, struct error *err)
{
    bool ok = false;
    bool json = json_parse(&said->json, answer->body, answer->body_bytes,
            SLACK_ANSWER_MAX_BYTES, NULL);

    if (json &&
            json_truth_or(&said->json, said->json.root, "ok", false, &ok,
                    NULL) &&
            ok && answer->status < 300)
        return true;
    if (json)
        read_word(said);
    const struct slack_word *known = slack_words_find(said->word);
    if (known != NULL)
        refuse_by_word(answer, known, said, err);
    else
        refuse_by_status(answer, said, err);
    /* A gateway's 5xx may hide a success, and so may a strange 200; a word of
     * refusal does not, but of Slack's own breaking down. */
    said->maybe_done = known == NULL
            ? answer->status < 300 && said->word[0] == '\0'
            : known->kind == ERROR_RETRY && answer->status != 429 &&
                    strstr(known->word, "error") != NULL;
    if (known == NULL && answer->status >= 500 && answer->status != 503)
        said->maybe_done = true;
    return false;
}

bool slack_api_read(const struct http_answer *answer,
        const struct error *failure, struct slack_said *said, struct error *err)
{
    struct error mine = {0};

    *said = (struct slack_said){.maybe_done = answer->maybe_taken};
    if (failure == NULL && read_answer(answer, said, &mine))
        return true;
    if (failure != NULL)
        mine = *failure;
    /* Too much of an answer is no answer of Slack's; what could not even be
     * asked will not get better. */
    if (mine.kind == ERROR_INPUT)
        mine.kind = answer->status != 0 ? ERROR_RETRY : ERROR_STOP;
    if (err != NULL)
        *err = mine;
    return false;
}
