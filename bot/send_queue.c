#include "bot/send_queue.h"

#include <stdbool.h>

struct send_claim {
    struct send_claim *next;
    struct arena arena;      /* this and the rows */
    struct outbox_list rows; /* those that were taken out have no id */
    size_t left;
    int64_t claimed_ms;
};

void send_queue_add(struct send_queue *queue, struct arena *arena,
        const struct outbox_list *rows, int64_t claimed_ms)
{
    if (rows->count == 0) {
        arena_finish(arena);
        return;
    }
    struct send_claim *claim = arena_new(arena, struct send_claim);
    *claim = (struct send_claim){.arena = *arena,
            .rows = *rows,
            .left = rows->count,
            .claimed_ms = claimed_ms};
    *arena = (struct arena){0};
    if (queue->last != NULL)
        queue->last->next = claim;
    else
        queue->first = claim;
    queue->last = claim;
    queue->count += rows->count;
}

static bool is_answer(const struct outbox_row *row)
{
    return row->reply != NULL && row->reply[0] != '\0';
}

/* Those of a kind, behind the first count. */
static size_t look(const struct send_queue *queue, bool answers,
        const struct outbox_row **rows, int64_t *claimed_ms, size_t count,
        size_t most)
{
    for (const struct send_claim *claim = queue->first; claim != NULL;
            claim = claim->next)
        for (size_t i = 0; i < claim->rows.count && count < most; i++) {
            const struct outbox_row *row = &claim->rows.items[i];
            if (row->id == 0 || is_answer(row) != answers)
                continue;
            rows[count] = row;
            claimed_ms[count++] = claim->claimed_ms;
        }
    return count;
}

size_t send_queue_look(const struct send_queue *queue,
        const struct outbox_row **rows, int64_t *claimed_ms, size_t most)
{
    size_t count = look(queue, true, rows, claimed_ms, 0, most);

    return look(queue, false, rows, claimed_ms, count, most);
}

static void free_claim(struct send_claim *claim)
{
    struct arena arena = claim->arena;

    arena_finish(&arena);
}

static void take_out(struct send_queue *queue, const struct outbox_row *row)
{
    for (struct send_claim *claim = queue->first; claim != NULL;
            claim = claim->next) {
        struct outbox_row *items = claim->rows.items;
        if (row < items || row >= items + claim->rows.count)
            continue;
        items[row - items].id = 0;
        claim->left--;
        queue->count--;
        return;
    }
}

static void free_empty(struct send_queue *queue)
{
    struct send_claim **at = &queue->first;

    queue->last = NULL;
    while (*at != NULL) {
        struct send_claim *claim = *at;
        if (claim->left == 0) {
            *at = claim->next;
            free_claim(claim);
        } else {
            queue->last = claim;
            at = &claim->next;
        }
    }
}

void send_queue_drop(struct send_queue *queue,
        const struct outbox_row *const *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        take_out(queue, rows[i]);
    free_empty(queue);
}

void send_queue_clear(struct send_queue *queue)
{
    for (struct send_claim *claim = queue->first; claim != NULL;
            claim = claim->next)
        claim->left = 0;
    free_empty(queue);
    queue->count = 0;
}
