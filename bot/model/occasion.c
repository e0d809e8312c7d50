#include "bot/model/occasion.h"

char *occasion_digest_key(struct arena *arena, struct civil_date date)
{
    char day[CIVIL_DATE_SIZE];
    civil_date_format(date, day);
    return arena_format(arena, "digest/%s", day);
}

char *occasion_post_key(struct arena *arena, struct civil_date date,
        unsigned number)
{
    char day[CIVIL_DATE_SIZE];
    civil_date_format(date, day);
    return arena_format(arena, "post/%s/%u", day, number);
}

char *occasion_edit_key(struct arena *arena, int64_t row_id, unsigned number)
{
    return arena_format(arena, "edit/%lld/%u", (long long)row_id, number);
}

char *occasion_draft_key(struct arena *arena, struct civil_date date,
        unsigned number)
{
    char day[CIVIL_DATE_SIZE];
    civil_date_format(date, day);
    return arena_format(arena, "draft/%s/%u", day, number);
}

const char *occasion_outcome_name(enum occasion_outcome outcome)
{
    static const char *const names[] = {
            [OUTCOME_NONE] = "none",
            [OUTCOME_DIGEST] = "digest",
            [OUTCOME_QUIET] = "quiet",
            [OUTCOME_SILENT] = "silent",
            [OUTCOME_MISSED] = "missed",
    };
    return names[outcome];
}
