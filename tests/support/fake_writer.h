/*
 * fake_writer.h - a writer that a test tells how to behave.
 *
 * Nothing is answered before fake_writer_answer; what was asked is remembered, so
 * that nothing is paid for twice without a test seeing it.
 */
#ifndef TESTS_SUPPORT_FAKE_WRITER_H
#define TESTS_SUPPORT_FAKE_WRITER_H

#include "bot/base/arena.h"
#include "bot/base/clock.h"
#include "bot/ports/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FAKE_WRITER_CALLS = 16, /* under way */
    FAKE_WRITER_ASKED = 500,
};

enum fake_writer_mode {
    FAKE_WRITER_WELL,
    FAKE_WRITER_EMPTY,  /* a note without a digest: the check refuses it */
    FAKE_WRITER_DOWN,   /* fails with fail_kind and fail_wait_ms */
    FAKE_WRITER_SILENT, /* does not answer */
};

struct fake_writer;

struct fake_writer_call {
    struct request request; /* first */
    struct fake_writer *fake;
    bool pending;
    const char *paper_id, *language;
    int64_t ready_ms;
    writer_done_fn *done;
    void *cookie;
};

struct fake_writer {
    struct writer writer; /* first: the port's view of it */
    struct writer_ops ops;
    const struct clock *clock;
    struct arena arena;
    enum fake_writer_mode mode;
    const char *poor_paper;    /* of this one it always gives an empty digest */
    const char *only_language; /* NULL: all */
    enum error_kind fail_kind;
    int64_t fail_wait_ms;
    bool maybe_paid;
    int64_t takes_ms; /* to answer */
    struct writer_usage usage;

    struct fake_writer_call calls[FAKE_WRITER_CALLS];
    unsigned under_way, most_under_way;
    /* "2611.00001 zh" or, where there was a complaint, "2611.00001 zh: why". */
    const char *asked[FAKE_WRITER_ASKED];
    size_t asked_count;
    const char *told; /* of the last question: "gradient=梯度;" and so on */
};

void fake_writer_init(struct fake_writer *fake, const char *name,
        const struct clock *clock);
void fake_writer_finish(struct fake_writer *fake);

/* Answers what is ready; true if anything was. */
bool fake_writer_answer(struct fake_writer *fake);
/* When the next answer will be ready; INT64_MAX. */
int64_t fake_writer_ready_ms(const struct fake_writer *fake);

/* How often it was asked for a paper ("2611.00001"), in any language, with a
 * complaint or without. */
size_t fake_writer_asked(const struct fake_writer *fake, const char *paper_id);

#endif
