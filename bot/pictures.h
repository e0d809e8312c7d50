/*
 * pictures.h - pictures of the papers that the next digests will show, fetched
 * ahead of their hour.
 *
 * From some hours before a channel's hour on it is looked what its digest would
 * show if it went out now; what the store lacks of that is fetched, one at a time.
 * No digest waits for it, and a failure costs the picture alone.
 */
#ifndef BOT_PICTURES_H
#define BOT_PICTURES_H

#include "bot/base/chance.h"
#include "bot/ports/source.h"
#include "bot/ports/store.h"
#include "bot/seat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pictures; /* opaque; heap */

/* All borrowed; NULL, and nothing is ever due, without a source or memory.  The
 * source must have the call "picture". */
struct pictures *pictures_open(struct store *store, struct source *source,
        const struct random_source *chance);
void pictures_close(struct pictures *pictures); /* cancels what is under way */

/* NULL is fine for all of these. */
int64_t pictures_next_due_ms(const struct pictures *pictures);
void pictures_step(struct pictures *pictures, const struct seat *seats,
        size_t count, int64_t now_ms);
bool pictures_busy(const struct pictures *pictures);
/* The clock was put back. */
void pictures_put_back(struct pictures *pictures);

#endif
