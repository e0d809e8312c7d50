/*
 * command.h - what people ask of the bot, and what it answers.
 *
 * The same grammar everywhere: "/paper today LG", "!paper 今天 LG", "paperboy
 * ask ...".  A text is read first (who may do it can then be found out), and
 * answered in one transaction of the store.  Every command is a row of a family
 * (command_FAMILY.c); the families are listed in command_table.c.  An answer is
 * a document: no command knows in which product it is read.
 */
#ifndef BOT_COMMAND_H
#define BOT_COMMAND_H

#include "bot/base/arena.h"
#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "bot/base/error.h"
#include "bot/commands/command_words.h"
#include "bot/model/channel.h"
#include "bot/model/document.h"
#include "bot/model/keep.h"
#include "bot/phrase.h"
#include "bot/ports/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct command;

enum command_who {
    COMMAND_ANYONE,
    COMMAND_MANAGERS, /* who may change the channel */
    COMMAND_CURATORS, /* its curators, and managers */
};

/* Which part of a list is asked for: see command_page.h. */
struct command_page {
    size_t offset; /* so many were shown before */
    size_t limit;  /* so many are wanted; 0: as many as the command says */
};

/* What a text asks for. */
struct command_request {
    const struct command *command; /* NULL: nothing that is known */
    const char
            *word; /* the first word as it was written; "" if there is none */
    const char *line; /* what stands behind the command's name; of a command
                       * that claimed its words, all of them.  text_plain */
    struct command_words words; /* the same, cut */
    const char *written;        /* the line in the signs in which it was written
                          * (text_one_line): of words that are kept */
    const char *language;     /* "zh" or "en": in which it is to be answered */
    enum command_who who;     /* may do it */
    struct command_page page; /* not zero only where "more" asks again */
    bool too_long;
};

/* The surroundings of a command that is being answered; all borrowed. */
struct command_call {
    struct store *store;
    const struct channel *channel;    /* as it is in force */
    const struct channel *configured; /* as the file has it */
    const char *account;              /* the home of (account, person) */
    const char *person;               /* native id */
    const char *form; /* what commands begin with there: "/paper" */
    const char *language;
    struct civil_date today; /* New York's, by which announcements are dated */
    int64_t now_ms;
    struct keep keep; /* what is said of it; for good if it is not set */
    const struct random_source *chance;
    bool can_fetch; /* papers that are not known can be had from the archive */
    struct string_list
            unheard_of; /* ids that the archive was asked for and does
                                    * not know, or not in time */
    bool private_place; /* only the person reads there */
    struct arena *arena;
};

struct command_answer {
    struct document *document; /* set before a command runs, empty */
    bool personal;             /* for the person alone */
    /* Papers to be fetched before the command can be answered: it will be run
     * again, and what it did meanwhile is taken back.  Canonical ids. */
    struct string_list wanted;
    size_t wanted_capacity;
};

/* False with err only if the store failed; what a person got wrong is an answer
 * like any other. */
typedef bool command_run_fn(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err);

struct command {
    const char
            *english[4]; /* names, the one that help shows first; lower case */
    const char *chinese[4];
    struct phrase grammar;  /* behind the name: "[LG CV] [N]"; may be "" */
    struct phrase summary;  /* one line: what it does */
    struct phrase details;  /* a paragraph for "help NAME"; may be "" */
    struct phrase examples; /* without what commands begin with, one a line */
    enum command_who who;
    bool bare_reads; /* without words it only shows, and anyone may */
    bool seldom;     /* not in the short help */
    bool numbered; /* begins with a number, id or day: a name of one sign means
                      * it before nothing else ("删3"; "移动" is no "移") */
    /* Without a name in front: whether all the words can only be meant for this
     * command ("2210.11693").  NULL: never. */
    bool (*claims)(struct arena *arena, const struct command_words *words);
    command_run_fn *run;
};

/* Each family: rows that end with one without an English name.  A NULL ends the
 * families. */
extern const struct command *const command_families[];

/*
 * Reads what was written to the bot, with or without "/paper", "!paper",
 * "//paper" or their full-width forms in front.  language is taken where the
 * text shows none ("3").  Any bytes; all in the arena.
 */
struct command_request command_read(struct arena *arena, const char *text,
        const char *language);

/* Whether a text begins with one of those forms; what stands behind it, or
 * NULL. */
const char *command_behind_form(const char *text);

/*
 * Answers, within a transaction of the store.  allowed: the person may do what
 * request->who asks for; if not, the answer says who may.
 */
bool command_answer(const struct command_call *call,
        const struct command_request *request, bool allowed,
        struct command_answer *answer, struct error *err);

/* The row with that name in either language, or a form of it that differs in
 * case or width; NULL if there is none. */
const struct command *command_find(struct arena *arena, const char *name);

/* The name, in either language, that is nearest to what is none; NULL if none is
 * near. */
const char *command_nearest(struct arena *arena, const char *word);

/* A row's name in the language. */
const char *command_name(const struct command *command, const char *language);

/* --- for the families --- */

/* Adds a paragraph that says the phrase, in the call's language. */
void command_say(const struct command_call *call, struct command_answer *answer,
        const struct phrase *phrase, const char *const values[4]);

/* How a command is written there: "/paper today LG". */
const char *command_as_typed(const struct command_call *call,
        const char *command);

/* Wants a paper from the archive. */
void command_want(const struct command_call *call,
        struct command_answer *answer, const char *id);

#endif
