#include "bot/transfer_people.h"

#include "bot/base/text.h"
#include "bot/roster.h"
#include "bot/transfer_writing.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINES_MAX = 500, /* of a section */
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* --- from the store --- */

static void add_votes(struct transfer *transfer,
        const struct transfer_channel *place, const struct vote_list *votes,
        struct arena *arena)
{
    for (size_t from = 0; from < votes->count; from += LINES_MAX) {
        transfer->votes =
                arena_grow(arena, transfer->votes, transfer->votes_count,
                        &transfer->votes_capacity, sizeof *transfer->votes);
        transfer->votes[transfer->votes_count++] =
                (struct transfer_votes){.place = *place,
                        .votes = {.items = votes->items + from,
                                .count =
                                        least(LINES_MAX, votes->count - from)}};
    }
}

static bool collect_votes(struct store *store,
        const struct known_channel *known, struct arena *arena,
        struct transfer *transfer, struct error *err)
{
    struct transfer_channel place = {.account = known->account,
            .room = known->room,
            .label = known->label};
    struct vote_list votes;

    if (known->removed_ms != 0)
        return true;
    if (!store_vote_list(store, known->id, SIZE_MAX, arena, &votes, err) ||
            !roster_is_invited(store, known->id, &place.invited, err))
        return false;
    add_votes(transfer, &place, &votes, arena);
    return true;
}

static bool collect_saved(struct store *store, const struct person *person,
        struct arena *arena, struct transfer *transfer, struct error *err)
{
    struct saved_list saved;

    if (!store_saved_list(store, person->account, person->id, arena, &saved,
                err))
        return false;
    for (size_t from = 0; from < saved.count; from += LINES_MAX) {
        transfer->people =
                arena_grow(arena, transfer->people, transfer->people_count,
                        &transfer->people_capacity, sizeof *transfer->people);
        transfer->people[transfer->people_count++] =
                (struct transfer_person){.person = *person,
                        .saved = {.items = saved.items + from,
                                .count = least(LINES_MAX, saved.count - from)}};
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct known_channel *one = a, *other = b;
    int order = strcmp(one->account, other->account);
    return order != 0 ? order : strcmp(one->room, other->room);
}

/* By their places, in whatever order a store came to know them. */
static const struct known_channel *
sorted_channels(const struct known_channel_list *known, struct arena *arena)
{
    struct known_channel *sorted =
            arena_array(arena, struct known_channel, known->count + 1);

    for (size_t i = 0; i < known->count; i++)
        sorted[i] = known->items[i];
    if (known->count > 1)
        qsort(sorted, known->count, sizeof *sorted, by_place);
    return sorted;
}

bool transfer_people_collect(struct store *store,
        const struct known_channel_list *known, struct arena *arena,
        struct transfer *transfer, struct error *err)
{
    const struct known_channel *sorted = sorted_channels(known, arena);
    struct person_list people;

    for (size_t i = 0; i < known->count; i++)
        if (!collect_votes(store, &sorted[i], arena, transfer, err))
            return false;
    if (!store_saved_people(store, arena, &people, err))
        return false;
    for (size_t i = 0; i < people.count; i++)
        if (!collect_saved(store, &people.items[i], arena, transfer, err))
            return false;
    return true;
}

/* --- to a file --- */

static void write_votes(const struct transfer_votes *from, FILE *out,
        struct arena *arena)
{
    transfer_writing_place(&from->place, out, arena);
    for (size_t i = 0; i < from->votes.count; i++) {
        const struct vote *vote = &from->votes.items[i];
        transfer_writing_value(arena_format(arena, "vote_%zu", i + 1),
                arena_format(arena, "%s %s %s %s",
                        vote->value == VOTE_UP ? "up" : "down", vote->paper_id,
                        transfer_writing_instant(vote->voted_ms, arena),
                        vote->person),
                out, arena);
    }
}

static void write_person(const struct transfer_person *from, FILE *out,
        struct arena *arena)
{
    transfer_writing_value("account", from->person.account, out, arena);
    transfer_writing_value("id", from->person.id, out, arena);
    for (size_t i = 0; i < from->saved.count; i++) {
        const struct saved_paper *saved = &from->saved.items[i];
        transfer_writing_value(arena_format(arena, "saved_%zu", i + 1),
                arena_format(arena, "%s %s", saved->paper_id,
                        transfer_writing_instant(saved->saved_ms, arena)),
                out, arena);
    }
}

void transfer_people_write(const struct transfer *transfer, FILE *out,
        struct arena *arena)
{
    for (size_t i = 0; i < transfer->votes_count; i++) {
        fprintf(out, "\n[votes %zu]\n", i + 1);
        write_votes(&transfer->votes[i], out, arena);
    }
    for (size_t i = 0; i < transfer->people_count; i++) {
        fprintf(out, "\n[person %zu]\n", i + 1);
        write_person(&transfer->people[i], out, arena);
    }
}
