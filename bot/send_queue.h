/*
 * send_queue.h - rows that were claimed and are not begun yet, in order.
 *
 * They come in claims, each with an arena of its own, which goes when the last
 * of its rows was taken out.
 */
#ifndef BOT_SEND_QUEUE_H
#define BOT_SEND_QUEUE_H

#include "bot/base/arena.h"
#include "bot/model/outbox.h"

#include <stddef.h>
#include <stdint.h>

struct send_claim;

struct send_queue {
    struct send_claim *first, *last;
    size_t count; /* of rows */
};

/* The rows live in the arena, which the queue takes. */
void send_queue_add(struct send_queue *queue, struct arena *arena,
        const struct outbox_list *rows, int64_t claimed_ms);

/*
 * The rows that wait, up to so many of them, answers first, each with when it was
 * claimed; in the caller's arrays.  They stay until send_queue_drop.
 */
size_t send_queue_look(const struct send_queue *queue,
        const struct outbox_row **rows, int64_t *claimed_ms, size_t most);

/* Takes rows out, whose strings may be gone then. */
void send_queue_drop(struct send_queue *queue,
        const struct outbox_row *const *rows, size_t count);

/* Takes all of them out. */
void send_queue_clear(struct send_queue *queue);

#endif
