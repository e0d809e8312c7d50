#include "bot/hear_reaction.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/taste.h"

#include <string.h>

enum {
    EMOJI_BYTES_MAX = 32, /* longer ones are none of ours */
};

/* --- what it stands for --- */

static const struct {
    const char *emoji;
    struct hear_reaction reaction;
} meanings[] = {
        {"👍", {HEAR_REACTION_UP, 0}},
        {"👎", {HEAR_REACTION_DOWN, 0}},
        {"⭐", {HEAR_REACTION_SAVE, 0}},
        {"🌟", {HEAR_REACTION_SAVE, 0}},
        {"🔟", {HEAR_REACTION_UP, 10}},
};

/* U+FE0F, U+FE0E and the skins U+1F3FB to U+1F3FF say only how it looks; U+20E3
 * makes a digit a key. */
static size_t length_of_look(const char *text)
{
    static const char *const looks[] = {"\xEF\xB8\x8F", "\xEF\xB8\x8E",
            "\xF0\x9F\x8F\xBB", "\xF0\x9F\x8F\xBC", "\xF0\x9F\x8F\xBD",
            "\xF0\x9F\x8F\xBE", "\xF0\x9F\x8F\xBF"};

    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (text_starts(text, looks[i]))
            return strlen(looks[i]);
    return 0;
}

static void plain_emoji(const char *emoji, char plain[EMOJI_BYTES_MAX])
{
    size_t length = 0;

    while (*emoji != '\0' && length < EMOJI_BYTES_MAX - 1) {
        size_t look = length_of_look(emoji);
        if (look > 0)
            emoji += look;
        else
            plain[length++] = *emoji++;
    }
    plain[length] = '\0';
}

struct hear_reaction hear_reaction_read(const char *emoji)
{
    static const struct hear_reaction none;
    char plain[EMOJI_BYTES_MAX];

    plain_emoji(emoji, plain);
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (text_same(plain, meanings[i].emoji))
            return meanings[i].reaction;
    if (*plain >= '1' && *plain <= '9' && text_same(plain + 1, "\xE2\x83\xA3"))
        return (struct hear_reaction){HEAR_REACTION_UP,
                (unsigned)(*plain - '0')};
    return none;
}

/* --- whose paper it is --- */

struct taking {
    const struct channel *channel;
    const struct inbox_row *row;
    struct hear_reaction reaction;
    int64_t now_ms;
    struct arena *arena; /* of this run of the step */
};

static bool find_numbered(struct store *store, const struct taking *taking,
        const char *occasion, const char **paper_id, struct error *err)
{
    struct edition *edition;

    if (!store_edition_get(store, taking->channel->id, occasion, taking->arena,
                &edition, err))
        return false;
    if (edition != NULL && taking->reaction.number <= edition->count)
        *paper_id = edition->papers[taking->reaction.number - 1].paper_id;
    return true;
}

/* *paper_id is NULL if it stands on no paper of ours. */
static bool find_paper(struct store *store, const struct taking *taking,
        const char **paper_id, struct error *err)
{
    struct outbox_row *message;

    *paper_id = NULL;
    if (!store_outbox_find(store, taking->row->account,
                taking->row->event.target, taking->arena, &message, err))
        return false;
    if (message == NULL || message->channel_id != taking->channel->id)
        return true;
    if (taking->reaction.number > 0)
        return find_numbered(store, taking, message->occasion, paper_id, err);
    if (message->paper_id != NULL && *message->paper_id != '\0')
        *paper_id = message->paper_id;
    return true;
}

/* --- what it does --- */

static bool put_vote(struct store *store, const struct taking *taking,
        const char *paper_id, int value, int *before, struct error *err)
{
    const struct vote vote = {.person = taking->row->event.person,
            .paper_id = paper_id,
            .value = value,
            .voted_ms = taking->now_ms};

    return taste_vote(store, taking->channel->id, &vote, before, err);
}

/* Taken back, it is no vote any more, unless the person has voted otherwise
 * since. */
static bool vote(struct store *store, const struct taking *taking,
        const char *paper_id, struct error *err)
{
    int value = taking->reaction.kind == HEAR_REACTION_UP ? VOTE_UP : VOTE_DOWN;
    int before;

    if (taking->row->event.kind == EVENT_REACTION)
        return put_vote(store, taking, paper_id, value, &before, err);
    if (!put_vote(store, taking, paper_id, VOTE_NONE, &before, err))
        return false;
    return before == value || before == VOTE_NONE ||
            put_vote(store, taking, paper_id, before, &before, err);
}

static bool save(struct store *store, const struct taking *taking,
        const char *paper_id, struct error *err)
{
    const struct saved_paper saved = {paper_id, taking->now_ms};
    const char *person = taking->row->event.person;
    bool changed;

    return taking->row->event.kind == EVENT_REACTION
            ? store_saved_put(store, taking->channel->home, person, &saved,
                      &changed, err)
            : store_saved_drop(store, taking->channel->home, person, paper_id,
                      &changed, err);
}

static bool take(struct store *store, const struct taking *taking,
        struct error *err)
{
    const char *paper_id = NULL;

    if (taking->reaction.kind != HEAR_REACTION_NONE &&
            !find_paper(store, taking, &paper_id, err))
        return false;
    if (paper_id == NULL)
        return true;
    log_debug("a reaction counts", log_text("channel", taking->channel->label),
            log_text("paper", paper_id));
    return taking->reaction.kind == HEAR_REACTION_SAVE
            ? save(store, taking, paper_id, err)
            : vote(store, taking, paper_id, err);
}

static bool take_step(struct store *store, void *ctx, struct error *err)
{
    struct taking taking = *(const struct taking *)ctx;
    struct arena arena = {0};

    taking.arena = &arena;
    bool ok = take(store, &taking, err) &&
            store_inbox_drop(store, taking.row->id, err);
    arena_finish(&arena);
    return ok;
}

bool hear_reaction_take(struct store *store, const struct channel *channel,
        const struct inbox_row *row, int64_t now_ms, struct error *err)
{
    struct taking taking = {.channel = channel,
            .row = row,
            .reaction = hear_reaction_read(row->event.text),
            .now_ms = now_ms};

    return store_transact(store, take_step, &taking, err);
}
