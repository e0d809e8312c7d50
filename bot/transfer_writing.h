/*
 * transfer_writing.h - the lines of a transfer's file.
 */
#ifndef BOT_TRANSFER_WRITING_H
#define BOT_TRANSFER_WRITING_H

#include "bot/base/arena.h"
#include "bot/transfer.h"

#include <stdint.h>
#include <stdio.h>

/* A key with its value, escaped and over several lines where it is long. */
void transfer_writing_value(const char *key, const char *value, FILE *out,
        struct arena *arena);

/* "2026-11-24T05:30:00.123Z" */
const char *transfer_writing_instant(int64_t ms, struct arena *arena);

/* The keys that say which channel it is. */
void transfer_writing_place(const struct transfer_channel *channel, FILE *out,
        struct arena *arena);

#endif
