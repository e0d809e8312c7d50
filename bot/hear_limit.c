#include "bot/hear_limit.h"

#include "bot/hear_key.h"

/* That person's place, or the place of whoever was silent longest. */
static struct hear_limit_person *place_of(struct hear_limit *limit,
        uint64_t hash)
{
    struct hear_limit_person *oldest = &limit->persons[0];

    for (int i = 0; i < HEAR_LIMIT_PERSONS; i++) {
        struct hear_limit_person *at = &limit->persons[i];
        if (at->hash == hash)
            return at;
        if (at->last_ms < oldest->last_ms)
            oldest = at;
    }
    *oldest = (struct hear_limit_person){.hash = hash};
    for (int i = 0; i < HEAR_LIMIT_ANSWERS; i++)
        oldest->at_ms[i] = INT64_MIN / 2;
    return oldest;
}

/* What lies in the future was counted by a clock that was ahead. */
static bool is_within(int64_t at_ms, int64_t now_ms)
{
    return at_ms <= now_ms && now_ms - at_ms < HEAR_LIMIT_WINDOW_MS;
}

enum hear_verdict hear_limit_judge(struct hear_limit *limit,
        const char *account, const char *person, int64_t now_ms,
        int64_t *wait_ms)
{
    struct hear_limit_person *at =
            place_of(limit, hear_key_hash(account, person));
    int64_t oldest_ms = at->at_ms[at->next];

    at->last_ms = now_ms;
    if (is_within(oldest_ms, now_ms)) {
        *wait_ms = oldest_ms + HEAR_LIMIT_WINDOW_MS - now_ms;
        bool told = at->told;
        at->told = true;
        return told ? HEAR_SILENT : HEAR_TELL;
    }
    at->told = false;
    at->at_ms[at->next] = now_ms;
    at->next = (at->next + 1) % HEAR_LIMIT_ANSWERS;
    return HEAR_ANSWER;
}
