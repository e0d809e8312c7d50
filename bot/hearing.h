/*
 * hearing.h - one event, from the inbox to its answer.
 *
 * It goes as far as it can in a step: who may is asked of the account, papers
 * that nobody knows of the archive; meanwhile others go on.
 */
#ifndef BOT_HEARING_H
#define BOT_HEARING_H

#include "bot/base/arena.h"
#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "bot/base/retry.h"
#include "bot/commands/command_fetch.h"
#include "bot/hear_answer.h"
#include "bot/model/event.h"
#include "bot/ports/request.h"
#include "bot/ports/store.h"
#include "bot/roster.h"

#include <stdbool.h>
#include <stdint.h>

enum hearing_state {
    HEARING_FREE, /* it is none: ended, or not begun */
    HEARING_NEW,
    HEARING_ASKING, /* whether the person may */
    HEARING_READY,
    HEARING_FETCHING,
};

/* What all are served with; borrowed. */
struct hearing_tools {
    struct store *store;
    const struct roster *roster;
    const struct random_source *chance;
    struct keep keep;
    struct command_fetch *fetch; /* NULL: nothing is fetched */
    struct civil_zone *new_york;
    bool wake; /* a hearing can go on: whoever steps them clears it */
};

struct hearing {
    struct hearing_tools *tools;
    enum hearing_state state;
    struct arena arena; /* owns all that is below */
    struct inbox_row row;
    int64_t channel_id;
    enum hear_answer_kind kind; /* may be set after the beginning */
    int64_t wait_ms;            /* with HEAR_ANSWER_TOO_MUCH */
    struct request *request;    /* while asking */
    bool allowed;
    struct command_wish wish; /* while fetching */
    struct string_list unheard_of;
    size_t unheard_capacity;
    unsigned fetches;
    const char *language;
    int64_t say_wait_ms; /* when to say that it takes longer; INT64_MAX: said */
    int64_t retry_ms;    /* not before, after the store failed */
    struct retry retry;
};

/* The row is copied. */
void hearing_begin(struct hearing *hearing, struct hearing_tools *tools,
        const struct inbox_row *row);
/* Calls off what is under way; the event waits on, if it has no answer yet. */
void hearing_end(struct hearing *hearing);

int64_t hearing_due_ms(const struct hearing *hearing);
/* It is free again when the event has its answer. */
void hearing_step(struct hearing *hearing, int64_t now_ms);

/* The event is not answered, and waits no more. */
bool hearing_drop(struct store *store, const struct inbox_row *row,
        const char *why, struct error *err);

bool hearing_is_of_room(const struct event *event); /* and not of a person */
bool hearing_is_command(const struct event *event);

#endif
