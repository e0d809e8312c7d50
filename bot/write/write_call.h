/*
 * write_call.h - one writer asked for one note, from the question to the store.
 *
 * That it is asked is stored before it is; what comes back is checked, and kept
 * or refused, in one transaction with what it cost.
 */
#ifndef BOT_WRITE_CALL_H
#define BOT_WRITE_CALL_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"
#include "bot/ports/store.h"
#include "bot/ports/writer.h"
#include "bot/write/note_check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WRITE_CALL_TRIES = 2, /* a refused answer is asked for once more */
};

struct write_call {
    bool taken;    /* the place is not free */
    bool answered; /* and nobody has looked at it yet */
    struct request *request;
    const struct hired_writer *hired;
    size_t link; /* of the chain */
    struct arena arena;
    struct paper *paper; /* NULL: it is gone */
    const char *paper_id, *language;
    struct note_attempt attempt;
    /* What came: copied, as it lives during the answer only. */
    struct writer_answer answer;
    struct error failure; /* ERROR_NONE: a note came */
};

enum write_call_begun {
    WRITE_CALL_ASKED,
    WRITE_CALL_PASSED, /* this writer was asked often enough, or the paper is
                        * gone: call->paper is NULL */
};

/* Takes the place and asks the writer, unless it was asked before as often as it
 * may be.  It is told the terms of the glossary (NULL: the program's own) that the
 * paper has. */
bool write_call_begin(struct write_call *call, struct store *store,
        const struct hired_writer *hired, const struct glossary *glossary,
        const char *paper_id, const char *language, int64_t now_ms,
        enum write_call_begun *begun, struct error *err);

enum write_call_result {
    WRITE_CALL_KEPT,
    WRITE_CALL_REFUSED, /* the writer may be asked again: its next try says why */
    WRITE_CALL_FAILED, /* no answer: call->failure */
};

/* Keeps what came of an answered call. */
bool write_call_keep(struct write_call *call, struct store *store,
        const struct glossary *glossary, int64_t now_ms,
        enum write_call_result *result, struct error *err);

/* Frees the place; cancels what is under way. */
void write_call_end(struct write_call *call);

#endif
