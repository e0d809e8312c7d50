#include "bot/judge.h"

/* A look that long ago tells what the feed showed this evening before: longer
 * than any wait between two looks at a feed that is well. */
static const int64_t recently_ms = INT64_C(5) * 60 * 60 * 1000;

static bool is_announced(const struct judge_known *known)
{
    return known->day != NULL && known->day->state == BATCH_ANNOUNCED;
}

static bool is_fresh(const struct judge_look *look)
{
    return look->unseen > 0 && 2 * look->unseen > look->shown;
}

/* Others were shown there before, today. */
static bool took_a_place(const struct judge_look *look,
        const struct judge_known *known)
{
    if (is_announced(known))
        return true;
    return known->day != NULL && known->day->state != BATCH_FAILED &&
            look->now_ms - known->day->checked_ms <= recently_ms;
}

static struct civil_date day_of_papers(const struct judge_look *look,
        const struct judge_known *known)
{
    if (is_fresh(look))
        return civil_date_is_set(look->next) && took_a_place(look, known)
                ? look->next
                : look->day;
    return is_announced(known) || known->older == NULL ? look->day
                                                       : known->older->date;
}

static bool is_stale(const struct judge_look *look,
        const struct judge_known *known)
{
    if (known->older == NULL)
        return false;
    if (look->unchanged)
        return known->day != NULL && known->day->state == BATCH_STALE;
    return look->shown > 0 && civil_date_is_set(look->built) &&
            civil_date_compare(look->built, look->day) >= 0;
}

/* Of a day whose announcement was not found. */
static enum batch_state absent(const struct judge_look *look,
        const struct judge_known *known)
{
    if (!look->whole)
        return BATCH_FAILED;
    if (look->holiday || look->over)
        return BATCH_NONE;
    return is_stale(look, known) ? BATCH_STALE : BATCH_NOT_YET;
}

struct judge_verdict judge(const struct judge_look *look,
        const struct judge_known *known)
{
    struct judge_verdict verdict = {.filed = day_of_papers(look, known)};
    bool found = look->whole && is_fresh(look) &&
            civil_date_compare(verdict.filed, look->day) == 0;

    verdict.state = is_announced(known) || found ? BATCH_ANNOUNCED
                                                 : absent(look, known);
    if (verdict.state == BATCH_STALE)
        verdict.stale_of = known->older->date;
    return verdict;
}
