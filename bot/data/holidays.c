/*
 * holidays.c - the evenings on which arXiv said it would announce nothing.
 *
 * From arXiv's help page on availability, as of 2026; it calls them deferred
 * mailings and defers others without notice.  A new year is a new block here.
 */
#include "bot/announcement.h"

const struct civil_date announcement_holidays[] = {
        {2026, 1, 1},
        {2026, 1, 19},
        {2026, 6, 19},
        {2026, 7, 3},
        {2026, 9, 7},
        {2026, 11, 26},
        {2026, 12, 25},
        {2026, 12, 29},
        {2026, 12, 31},
};
const size_t announcement_holiday_count =
        sizeof announcement_holidays / sizeof announcement_holidays[0];
