/*
 * hear_answer.h - a command that was heard becomes its answer, in one
 * transaction.
 *
 * What the command changes, the messages of the answer and that the event was
 * heard are stored together: a crash loses no command and answers none twice.
 */
#ifndef BOT_HEAR_ANSWER_H
#define BOT_HEAR_ANSWER_H

#include "bot/base/arena.h"
#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/model/event.h"
#include "bot/model/keep.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/roster.h"

#include <stdbool.h>
#include <stdint.h>

enum hear_answer_kind {
    HEAR_ANSWER_COMMAND,
    HEAR_ANSWER_UNSURE,   /* whether the person may could not be found out */
    HEAR_ANSWER_TOO_MUCH, /* in a minute */
};

struct hear_answer {
    const struct roster *roster;
    const struct account *account;
    const struct inbox_row *row;
    int64_t channel_id;
    enum hear_answer_kind kind;
    bool allowed;    /* COMMAND: may do what it asks for */
    int64_t wait_ms; /* TOO_MUCH: until it goes on */
    bool can_fetch;
    struct string_list unheard_of; /* see struct command_call */
    struct civil_date today;       /* New York's */
    struct keep keep;
    const struct random_source *chance;
    int64_t now_ms;
    struct arena *arena; /* of what is set */
    /* Set: papers to be fetched first.  Then nothing was stored. */
    struct string_list wanted;
    size_t wanted_capacity;
    const char *language; /* of the answer */
};

/* False and err if it could not be stored (ERROR_INPUT: never will be). */
bool hear_answer_give(struct hear_answer *answer, struct error *err);

/* Says that the wanted papers are being looked for. */
bool hear_answer_say_wait(struct hear_answer *answer,
        const struct string_list *ids, struct error *err);

#endif
