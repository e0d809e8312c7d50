/*
 * search_day.h - days as people write them when they look for papers.
 *
 * "2026-11-23", "2026-11", "2026"; "today", "yesterday", "mon" (the last one,
 * today included), "11/23" (the last one, too), "7d", "2w", "3m", "1y" ago; in
 * Chinese 今天 昨天 周一 11月23日 7天 2周 3个月 1年.  Letter case does not matter.
 */
#ifndef BOT_SEARCH_DAY_H
#define BOT_SEARCH_DAY_H

#include "bot/base/civil_time.h"

/* Of a month or a year the first day, or the last; false if it is none of
 * these. */
bool search_day_parse(const char *word, struct civil_date today, bool last,
        struct civil_date *day);

#endif
