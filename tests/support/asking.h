/*
 * asking.h - a channel with a few days of papers, in which people ask.
 *
 * It is Tuesday 2026-11-24, 10:00 in Shanghai and Monday 21:00 in New York.  The
 * channel "team" is Chinese and English, wants cs.LG and cs.CV, and got the
 * digest of Monday that day at 13:30: numbers 1 to 4.  Announced are Thursday
 * the 19th (all of it replaced or old news), Friday the 20th and Monday the
 * 23rd; asking_papers lists what.
 */
#ifndef TESTS_SUPPORT_ASKING_H
#define TESTS_SUPPORT_ASKING_H

#include "bot/base/chance.h"
#include "bot/commands/command.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/store_fixture.h"

#include <stdbool.h>
#include <stdint.h>

struct asking_paper {
    const char *id, *title, *abstract;
    const char *authors;    /* apart by "; " */
    const char *categories; /* apart by spaces, primary first */
    const char *affiliation, *comment;
    const char *chinese, *heading, *digest; /* of its note; NULL: it has none */
    struct civil_date announced; /* in each category; unset: not announced */
    enum announce_type announce; /* in its primary category; elsewhere as a
                                  * cross-list */
    int64_t votes;
};

extern const struct asking_paper asking_papers[];
extern const size_t asking_paper_count;

struct asking {
    struct store_fixture fixture;
    struct channel configured; /* may be changed; its id is the store's */
    struct test_clock time;
    struct clock clock;
    struct fake_account account;
    struct civil_date today; /* New York's */
    struct chance_seed seed;
    struct random_source chance;
    /* How it is asked; may be changed. */
    const char *person; /* "ana" */
    bool allowed, can_fetch, private_place;
    struct string_list unheard_of;
    struct command_answer answer; /* the last one */
    struct command_request request;
};

/* Opens a store of a kind ("memory", "sqlite") with all that is said above. */
void asking_open(struct asking *asking, const char *kind);
void asking_close(struct asking *asking);

/*
 * The answer as text, in the fixture's arena; what the command did stays done.
 * Where papers are wanted first: "(wants 2210.00001 2210.00002)\n", and nothing
 * was done.
 */
const char *asking_say(struct asking *asking, const char *text);

/* A document as text, in the fixture's arena. */
const char *asking_text(struct asking *asking, const struct document *document);

/* Says it, and fails the test unless the answer is just so. */
void asking_expect(struct asking *asking, const char *text,
        const char *expected);

struct asking_exchange {
    const char *text, *answer;
};

/* The same with each of an array, in turn. */
void asking_expect_all(struct asking *asking,
        const struct asking_exchange *exchanges, size_t count);
#define ASKING_EXPECT_ALL(asking, exchanges)                                   \
    asking_expect_all(asking, exchanges,                                       \
            sizeof(exchanges) / sizeof *(exchanges))

/* Announces a paper that is in the store, as new, in a category on a day. */
void asking_announce(struct asking *asking, const char *category,
        struct civil_date date, const char *id);

/* The category's announcement of a day gets a state other than announced. */
void asking_batch_state(struct asking *asking, const char *category,
        struct civil_date date, enum batch_state state);

#endif
