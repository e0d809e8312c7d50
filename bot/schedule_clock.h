/*
 * schedule_clock.h - a time of day as people write it: "13:30", "8am",
 * "1:30 pm", "0800", "下午1点半", "十二点一刻".  Pure.
 */
#ifndef BOT_SCHEDULE_CLOCK_H
#define BOT_SCHEDULE_CLOCK_H

enum schedule_clock_result {
    SCHEDULE_CLOCK_NONE,   /* no time stands there; nothing was taken */
    SCHEDULE_CLOCK_TAKEN,  /* a time, or a part of the day */
    SCHEDULE_CLOCK_WRONG,  /* there is no such time */
    SCHEDULE_CLOCK_SECOND, /* a time was taken before */
};

enum schedule_clock_part {
    SCHEDULE_WHOLE_DAY,
    SCHEDULE_MORNING,
    SCHEDULE_NOON,
    SCHEDULE_AFTERNOON,
    SCHEDULE_EVENING,
};

/* What was read so far; begins with minute_of_day -1. */
struct schedule_clock {
    int minute_of_day; /* by the hour as written */
    enum schedule_clock_part part;
};

/* Takes what stands at *at, and moves behind it unless that is nothing. */
enum schedule_clock_result schedule_clock_take(struct schedule_clock *clock,
        const char **at);

/* The time with the part of the day: 1:30 in the afternoon is 810; -1 if none
 * was read. */
int schedule_clock_minute(const struct schedule_clock *clock);

#endif
