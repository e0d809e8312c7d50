#include "adapters/sources/arxiv_pace.h"

#include "bot/base/text.h"

#include <string.h>

const struct http_pace arxiv_pace = {
        .name = "arxiv",
        .gap_ms = ARXIV_PACE_GAP_MS,
};

static bool throttled(const struct http_answer *answer, struct error *err,
        const char *how)
{
    error_set(err, ERROR_RETRY, "arXiv asks for fewer requests (%s)", how);
    if (err != NULL)
        err->retry_after_ms = answer->retry_after_ms;
    return true;
}

bool arxiv_pace_exceeded(const struct http_answer *answer, struct error *err)
{
    const char *body = answer->body + strspn(answer->body, " \t\r\n");

    /* Comes with 200 too (paper-search-mcp #81). */
    if (text_starts(body, "Rate exceeded"))
        return throttled(answer, err, "\"Rate exceeded.\"");
    if (answer->status == 429)
        return throttled(answer, err, "HTTP 429");
    /* Not about Accept, which we send (arxiv-mcp-server #277). */
    if (answer->status == 406)
        return throttled(answer, err, "HTTP 406");
    return false;
}
