/*
 * text_tokens.h - a text as what can be searched for.
 *
 * Everything is folded first (text_fold: case, accents, width).  What is written
 * with spaces becomes words: runs of letters and digits, so that "R2R" is one
 * and "GPT-4" two.  Han and kana, written without spaces, become overlapping
 * pairs of characters, the last one of a run standing alone: 扩散模型 becomes
 * 扩散 散模 模型 型.  So a piece of a text has its tokens side by side wherever
 * the text has that piece, but for the last character: text_tokens.end says how
 * that one is to be taken.
 *
 * Beside these stand tokens that have no place in the order: words joined by
 * hyphens or apostrophes, in one ("gpt4", "finetuning", "obrien"), and each
 * single character of the pairs.
 *
 * An index that was made by these rules holds what they gave at the time:
 * whoever changes them raises TEXT_TOKENS_VERSION.
 */
#ifndef BOT_BASE_TEXT_TOKENS_H
#define BOT_BASE_TEXT_TOKENS_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    TEXT_TOKENS_VERSION = 1,
    TEXT_TOKEN_BYTES_MAX = 64, /* what is longer is cut, at a character */
};

struct text_token_list {
    const char **items;
    size_t count, capacity;
};

enum text_tokens_end {
    TEXT_ENDS_WORD,
    /* The last ordered token is in the pair before it already: of a piece it
     * can be left out, and must be, because the text may go on there. */
    TEXT_ENDS_PAIR,
    /* The last ordered token is a lone character: in a longer text it is what
     * a pair begins with. */
    TEXT_ENDS_LONE,
};

struct text_tokens {
    struct text_token_list ordered; /* words and pairs, as the text has them */
    struct text_token_list joined;  /* "gpt4" */
    struct text_token_list singles; /* 扩 散 模, each once */
    const char *whole; /* the joined token, if the text is that alone */
    enum text_tokens_end end;
};

/* Tokens consist of letters, digits and marks only; all in the arena.  Any bytes
 * will do. */
struct text_tokens text_tokens_of(struct arena *arena, const char *string);

/* Appends a token, which is not copied. */
void text_tokens_add(struct text_token_list *list, struct arena *arena,
        const char *token);

#endif
