/*
 * search_query.h - what a person typed, as a query.
 *
 *     diffusion "score matching" neur* -survey in:CV by:"Chelsea Finn"
 *     扩散模型 -综述 分类:CV 作者:张伟 自:2026-01 至:2026-03
 *
 * Words, phrases in quotes of either language, a star for a word that goes on, a
 * hyphen before what is not wanted, and keys.  Full-width signs count as ASCII
 * ones.  A word before a colon that is no key is a word, and signs without a
 * letter or digit are passed over.
 */
#ifndef BOT_SEARCH_QUERY_H
#define BOT_SEARCH_QUERY_H

#include "bot/base/arena.h"
#include "bot/model/search.h"
#include "bot/search_flaw.h"

/* A query that grows; its texts live in the arena. */
struct search_words {
    struct search_term terms[SEARCH_TERMS_MAX];
    struct search_query query; /* its terms are those above */
    struct civil_date today;   /* what "7d" goes back from */
    struct search_flaw flaw;   /* why a function below returned false */
    struct arena *arena;
};

/* Nothing yet; words must stay where it is. */
void search_query_begin(struct search_words *words, struct civil_date today,
        struct arena *arena);

/* Adds what a line says; false with words->flaw for what cannot be. */
bool search_query_read(struct search_words *words, const char *line);

/* Adds the value of a key: "in", "by", "since", "until" or the Chinese word. */
bool search_query_take(struct search_words *words, const char *key,
        const char *value);

/* Whether the whole looks for something: no store refuses it then. */
bool search_query_ready(struct search_words *words);

/* A query that was read so, as a line that reads as the same: days are spelled
 * out, keys are the language's.  In the arena. */
const char *search_query_line(struct arena *arena,
        const struct search_query *query, const char *language);

#endif
