/*
 * writer.h - who turns a paper into a note in a language.
 *
 * A writer is asked for one note and answers once; it keeps nothing, checks
 * nothing beyond the form of its answer and knows no budget: the job does
 * (bot/write/).  What a paper says is data for a writer, never an instruction.
 */
#ifndef BOT_PORTS_WRITER_H
#define BOT_PORTS_WRITER_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"
#include "bot/ports/request.h"
#include "bot/ports/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a term of the paper is written in the language of the note. */
struct writer_term {
    const char *term, *written;
};

enum {
    WRITER_TERMS_MAX = 16, /* told of one paper */
};

struct writer_task {
    const struct paper *paper;
    const char *language; /* BCP 47: "zh" */
    const struct writer_term *terms;
    size_t term_count;
    const char *complaint; /* what was wrong with the last answer, in English,
                            * "the digest says 95.4 %, the abstract does not";
                            * "" the first time */
    int64_t not_before_ms; /* the request must not leave earlier; 0: now */
};

/* What is counted of a request, whether its answer was good or not. */
struct writer_usage {
    int64_t units_in, units_out; /* tokens; characters where a writer is paid by
                                  * these.  0 if it did not say */
};

/*
 * err is NULL if a note came.  It is as the writer gave it but for spaces around
 * its texts; language, paper_id, writer, version and prompt are set.  Otherwise
 * the kind says what follows: ERROR_RETRY (busy, down: retry_after_ms), ERROR_STOP
 * (nothing will work: a wrong key, no such model), ERROR_REJECTED (this paper was
 * refused, or what came is no note: the text says it as a complaint could).
 * maybe_paid: the request may have been worked on though no answer came.
 */
struct writer_answer {
    struct note note;
    struct writer_usage usage;
    bool maybe_paid;
};

typedef void writer_done_fn(void *cookie, const struct writer_answer *answer,
        const struct error *err);

struct writer;

struct writer_ops {
    const char *kind; /* "chat_completion" */
    /* Begins to write; the task is copied. */
    struct request *(*write)(struct writer *writer,
            const struct writer_task *task, writer_done_fn *done, void *cookie);
    /* Whether it can write in a language at all. */
    bool (*speaks)(const struct writer *writer, const char *language);
    void (*close)(struct writer *writer); /* cancels what is under way */
};

struct writer {
    const struct writer_ops *ops;
    const char *name;   /* the section's: "main" */
    const char *model;  /* as the foot line shows it: "gpt-x", "DeepL"; "" if
                         * nobody need know */
    const char *prompt; /* names what it is told; "" if it is told nothing */
    bool local; /* asks nobody: costs nothing, and says the same when asked again */
};

/* --- what it may cost, as the configuration says --- */

/* Money is counted in millionths of whatever it is paid in. */
struct writer_price {
    int64_t request;           /* each, whatever came of it */
    int64_t unit_in, unit_out; /* a million of them */
};

/* At most so much a day (UTC); 0: no bound. */
struct writer_budget {
    int64_t requests, units, money;
};

struct writer_terms {
    unsigned at_once; /* so many requests under way; at least 1 */
    struct writer_price price;
    struct writer_budget budget;
    struct string_list languages; /* only these; none: all that it speaks */
};

/* One link of the chain. */
struct hired_writer {
    struct writer *writer;
    struct writer_terms terms;
};

enum {
    WRITERS_MAX = 8, /* in a chain */
};

struct transport;

struct writer_kind {
    const char *kind;
    const struct setting_spec *keys;
    struct writer *(*open)(const struct settings *settings,
            struct transport *transport, struct error *err);
};

#endif
