/*
 * transfer_people.h - the part of a transfer that is people's: votes and saved
 * papers, a few hundred a section, so that a large community's file is read in
 * time.
 */
#ifndef BOT_TRANSFER_PEOPLE_H
#define BOT_TRANSFER_PEOPLE_H

#include "bot/transfer.h"
#include "bot/transfer_reading.h"

bool transfer_people_collect(struct store *store,
        const struct known_channel_list *known, struct arena *arena,
        struct transfer *transfer, struct error *err);

void transfer_people_write(const struct transfer *transfer, FILE *out,
        struct arena *arena);

/* Reads a section of votes or of a person; false if it is neither. */
bool transfer_people_read(const struct transfer_reading *reading,
        struct transfer *transfer);

/* Within a transaction.  ids are those of the transfer's votes' channels. */
bool transfer_people_keep(struct store *store, const struct transfer *transfer,
        const int64_t *ids, struct arena *arena, struct transfer_tally *tally,
        struct error *err);

#endif
