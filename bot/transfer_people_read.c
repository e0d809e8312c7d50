#include "bot/transfer_people.h"

#include "bot/base/text.h"

#include <string.h>

/* One line: "up 2611.10001 2026-11-24T05:30:00.123Z @ana:example.org". */
struct line {
    const char *key;
    const char *value; /* what is left of it */
};

/* The text up to the next space, which is taken off. */
static const char *next_word(struct line *line, struct arena *arena)
{
    size_t length = strcspn(line->value, " ");
    const char *word = arena_string_n(arena, line->value, length);

    line->value += length + (line->value[length] == ' ');
    return word;
}

/* The next word as a canonical id; NULL if it is none. */
static const char *next_paper(struct line *line, struct arena *arena)
{
    unsigned version;
    const char *word = next_word(line, arena);
    const char *id = paper_id_parse(arena, word, &version);

    return id != NULL && text_same(id, word) ? id : NULL;
}

static bool take_vote(struct line line, void *into, struct arena *arena)
{
    struct vote_list *votes = into;
    struct vote *vote = &votes->items[votes->count];
    const char *value = next_word(&line, arena);

    vote->value = text_same(value, "up") ? VOTE_UP : VOTE_DOWN;
    vote->paper_id = next_paper(&line, arena);
    if (vote->paper_id == NULL ||
            (vote->value == VOTE_DOWN && !text_same(value, "down")) ||
            !transfer_reading_origin(line.value, &vote->voted_ms, &vote->person,
                    arena) ||
            *vote->person == '\0')
        return false;
    votes->count++;
    return true;
}

static bool take_saved(struct line line, void *into, struct arena *arena)
{
    struct saved_list *list = into;
    struct saved_paper *saved = &list->items[list->count];
    const char *person;

    saved->paper_id = next_paper(&line, arena);
    if (saved->paper_id == NULL ||
            !transfer_reading_origin(line.value, &saved->saved_ms, &person,
                    arena) ||
            *person != '\0')
        return false;
    list->count++;
    return true;
}

/* --- sections --- */

static bool is_one_of(const char *key, const char *const *keys)
{
    for (; *keys != NULL; keys++)
        if (text_same(key, *keys))
            return true;
    return false;
}

/* The values of the keys "vote_1" and so on, taken one by one; what is none and
 * not among the other keys is a complaint. */
static void take_lines(const struct transfer_reading *reading,
        const char *prefix, const char *const *other,
        bool (*take)(struct line line, void *into, struct arena *arena),
        void *into, const char *expected)
{
    for (size_t i = 0; i < reading->section->count; i++) {
        const struct config_entry *entry = &reading->section->items[i];
        const char *base = transfer_reading_base(reading, entry->key);
        if (is_one_of(base, other) ||
                (text_starts(base, prefix) && !text_same(base, entry->key)))
            continue;
        if (!text_starts(base, prefix)) {
            transfer_reading_complain(reading, entry->line, entry->key,
                    "is not understood here");
            continue;
        }
        const struct line line = {entry->key,
                transfer_reading_value(reading, entry->key)};
        if (line.value != NULL && !take(line, into, reading->arena))
            transfer_reading_complain(reading, entry->line, entry->key,
                    expected);
    }
}

static void read_votes(const struct transfer_reading *reading,
        struct transfer *transfer)
{
    static const char *const keys[] = {"account", "room", "label", "invited",
            NULL};
    struct arena *arena = reading->arena;
    struct transfer_votes votes =
            {.place = {.account = transfer_reading_value(reading, "account"),
                     .room = transfer_reading_value(reading, "room"),
                     .label = transfer_reading_value(reading, "label"),
                     .invited =
                             transfer_reading_find(reading, "invited") != NULL,
                     .line = reading->section->line},
                    .votes = {.items = arena_array(arena, struct vote,
                                      reading->section->count + 1)}};

    take_lines(reading, "vote_", keys, take_vote, &votes.votes,
            "is no vote; expected such as up 2611.10001 "
            "2026-11-24T05:30:00.123Z @ana:example.org");
    if (votes.place.account == NULL || votes.place.room == NULL ||
            votes.place.label == NULL)
        transfer_reading_complain(reading, reading->section->line, "",
                "needs account, room and label");
    transfer->votes = arena_grow(arena, transfer->votes, transfer->votes_count,
            &transfer->votes_capacity, sizeof *transfer->votes);
    transfer->votes[transfer->votes_count++] = votes;
}

static void read_person(const struct transfer_reading *reading,
        struct transfer *transfer)
{
    static const char *const keys[] = {"account", "id", NULL};
    struct arena *arena = reading->arena;
    struct transfer_person person =
            {.person = {.account = transfer_reading_value(reading, "account"),
                     .id = transfer_reading_value(reading, "id")},
                    .saved = {.items = arena_array(arena, struct saved_paper,
                                      reading->section->count + 1)}};

    take_lines(reading, "saved_", keys, take_saved, &person.saved,
            "is no saved paper; expected such as 2611.10001 "
            "2026-11-24T05:30:00.123Z");
    if (person.person.account == NULL || person.person.id == NULL ||
            *person.person.id == '\0')
        transfer_reading_complain(reading, reading->section->line, "",
                "needs account and id");
    transfer->people =
            arena_grow(arena, transfer->people, transfer->people_count,
                    &transfer->people_capacity, sizeof *transfer->people);
    transfer->people[transfer->people_count++] = person;
}

bool transfer_people_read(const struct transfer_reading *reading,
        struct transfer *transfer)
{
    if (text_same(reading->section->kind, "votes"))
        read_votes(reading, transfer);
    else if (text_same(reading->section->kind, "person"))
        read_person(reading, transfer);
    else
        return false;
    return true;
}
