/*
 * fake_pictures.h - pictures of papers from nowhere: nothing is answered before
 * fake_pictures_answer.
 */
#ifndef TESTS_SUPPORT_FAKE_PICTURES_H
#define TESTS_SUPPORT_FAKE_PICTURES_H

#include "bot/base/arena.h"
#include "bot/base/clock.h"
#include "bot/ports/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fake_pictures {
    struct source source; /* first: the port's view of it */
    struct source_ops ops;
    const struct clock *clock;
    struct arena arena;
    const char *asked; /* ids, each behind a space */
    size_t count;      /* of them */
    int64_t last_ms, least_gap_ms;
    size_t fail_next; /* so many answers from now on are failures */
    enum error_kind fail_kind;
    int64_t fail_wait_ms;
    bool hang; /* answers nothing for now */

    struct request request;
    bool pending;
    const char *paper_id;
    source_picture_fn *done;
    void *cookie;
};

void fake_pictures_init(struct fake_pictures *fake, const struct clock *clock);
void fake_pictures_finish(struct fake_pictures *fake);

/* Answers what was asked; true if anything was. */
bool fake_pictures_answer(struct fake_pictures *fake);

#endif
