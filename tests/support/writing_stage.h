/*
 * writing_stage.h - a writer's adapter between a scripted server and a test.
 */
#ifndef TESTS_SUPPORT_WRITING_STAGE_H
#define TESTS_SUPPORT_WRITING_STAGE_H

#include "adapters/transport.h"
#include "bot/base/arena.h"
#include "bot/ports/writer.h"
#include "tests/support/http_server.h"

#include <stdbool.h>

struct writing_stage {
    struct transport *transport;
    struct http_server *server;
    struct writer *writer;
    struct arena arena;
    struct paper paper;
    const struct writer_term *terms; /* told with it */
    size_t term_count;
    /* What came last. */
    unsigned answers;
    bool over, failed;
    struct writer_answer answer; /* its note copied */
    struct error err;
};

/* Opens the kind with url = the server's address and the path behind, and these
 * settings, which end with a NULL key. */
void writing_stage_open(struct writing_stage *stage,
        const struct writer_kind *kind, const char *path,
        const struct setting *settings);
void writing_stage_close(struct writing_stage *stage);

/* Asks for a note and waits until it comes, or fails. */
void writing_stage_ask(struct writing_stage *stage, const char *language,
        const char *complaint);
/* Asks and does not wait. */
struct request *writing_stage_begin(struct writing_stage *stage,
        const char *language);

/* Fails the test unless the last answer was a failure of that kind, in words that
 * hold these. */
void writing_stage_assert_failed(const struct writing_stage *stage,
        enum error_kind kind, const char *words);

#endif
