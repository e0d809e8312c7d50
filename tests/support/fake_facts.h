/*
 * fake_facts.h - a source that knows where authors work, in made-up time.
 *
 * It tells of each paper what the store has of it, with an affiliation.  Nothing
 * is answered before fake_facts_answer.
 */
#ifndef TESTS_SUPPORT_FAKE_FACTS_H
#define TESTS_SUPPORT_FAKE_FACTS_H

#include "bot/base/arena.h"
#include "bot/base/clock.h"
#include "bot/base/error.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fake_facts {
    struct source source; /* first: the port's view of it */
    struct source_ops ops;
    const struct clock *clock;
    struct store **store; /* where it copies from; NULL: it tells bare ids */
    struct arena arena;

    /* --- what a test sets --- */
    const char *affiliation; /* NULL: it knows none of the papers */
    int64_t citations;
    const char *title; /* of every paper; NULL: the right one */
    bool hang;
    unsigned fail_next; /* so many answers are failures */
    enum error_kind fail_kind;

    /* --- what a test reads --- */
    size_t asked;     /* questions */
    const char *last; /* ids of the last, each behind a space */
    int64_t last_ms;

    /* What is under way. */
    struct request request;
    bool pending;
    struct string_list ids;
    struct source_sink sink;
    source_page_fn *done;
    void *cookie;
};

void fake_facts_init(struct fake_facts *fake, const struct clock *clock,
        struct store **store);
void fake_facts_finish(struct fake_facts *fake);

/* Answers what is under way; false if nothing is. */
bool fake_facts_answer(struct fake_facts *fake);

#endif
