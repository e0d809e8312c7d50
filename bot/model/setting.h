/*
 * setting.h - what commands changed of a channel, and who did.
 *
 * A setting's key and value are those of the configuration's [channel]
 * sections; what was set by a command wins over the file until it is reset.
 */
#ifndef BOT_MODEL_SETTING_H
#define BOT_MODEL_SETTING_H

#include <stddef.h>
#include <stdint.h>

struct channel_setting {
    const char *key;    /* "schedule" */
    const char *value;  /* "13:30 weekdays" */
    const char *person; /* native id of who set it */
    int64_t set_ms;
};

struct channel_setting_list {
    struct channel_setting *items;
    size_t count;
};

/* One line of a channel's history. */
struct channel_change {
    int64_t changed_ms;
    const char *person; /* native id; "" once forgotten */
    const char *what;   /* one line, English: "subscribe: LG, CV -> LG" */
};

struct channel_change_list {
    struct channel_change *items;
    size_t count;
};

#endif
