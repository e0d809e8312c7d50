/*
 * lookup.h - what sources have in common that are asked for papers by id: where
 * they are, the key, and a JSON answer with one work after the other.
 *
 * Their papers are another site's copy (secondhand); whether a work is the paper
 * that was meant is not judged here.
 */
#ifndef ADAPTERS_SOURCES_LOOKUP_H
#define ADAPTERS_SOURCES_LOOKUP_H

#include "adapters/http.h"
#include "adapters/json.h"
#include "adapters/sources/page_call.h"
#include "adapters/sources/record.h"
#include "adapters/transport.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LOOKUP_GAP_MS = 3000, /* Semantic Scholar allows one a second with a key */
    LOOKUP_DEADLINE_MS = 30 * 1000,
    LOOKUP_ANSWER_MAX = 8 * 1024 * 1024,
};

struct lookup {
    struct source source; /* first */
    struct http *http;
    struct arena arena;
    const char *url, *key, *user_agent;
    struct page_calls calls;
};

/* url and api_key; the default of url is the kind's.  Needs [bot] contact. */
struct source *lookup_open(const struct settings *settings,
        struct transport *transport, const struct source_ops *ops,
        const char *url, struct error *err);
void lookup_close(struct source *source);

/* What is asked of it; body is NULL for a GET. */
struct lookup_question {
    const char *archive; /* begins every error: "OpenAlex" */
    const char *url, *body;
    const char *const *headers; /* NULL-terminated */
    page_read_fn *read;
    const char *paper_id; /* of a page about one paper; else NULL */
    /* Of a page, which may have moved, so many bytes are read; 0: the whole of
     * an answer, at most LOOKUP_ANSWER_MAX. */
    size_t beginning_max;
};

/* Who asks: as in source_ops.page. */
struct lookup_asker {
    const struct source_sink *sink;
    source_page_fn *done;
    void *cookie;
};

/* Begins a question about the ids of a range, at the source's pace; strings are
 * copied. */
struct request *lookup_ask(struct lookup *lookup,
        const struct source_range *range,
        const struct lookup_question *question,
        const struct lookup_asker *asker);

/* Fills a record from one work; false: it is no paper of arXiv's. */
typedef bool lookup_read_fn(struct record *record, const cJSON *work);

/* Hands on every work of a JSON text's list, which is the whole (list "") or its
 * member; one that is null is not known there. */
bool lookup_works(const char *bytes, size_t length, const char *list,
        lookup_read_fn *read, const struct source_sink *sink,
        struct source_summary *summary, struct error *err);

/* The same of an answer, whatever its status. */
bool lookup_read(struct page_call *call, const struct http_answer *answer,
        const char *list, lookup_read_fn *read, struct source_page *page,
        struct error *err);

/* The text of a member, cleaned; "" if there is none. */
const char *lookup_text(struct record *record, const cJSON *object,
        const char *key);

/* The signal of citations, if the member is a count. */
void lookup_citations(struct record *record, const cJSON *object,
        const char *key);

#endif
