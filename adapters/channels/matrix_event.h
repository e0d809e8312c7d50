/*
 * matrix_event.h - one event of a room, as the core has it.
 *
 * For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_EVENT_H
#define ADAPTERS_CHANNELS_MATRIX_EVENT_H

#include "adapters/json.h"
#include "bot/base/arena.h"
#include "bot/model/event.h"

struct matrix;

/* The parts of an event that all have. */
struct matrix_event {
    const cJSON *json, *content; /* content is NULL if it is no object */
    const char *id, *type, *sender;
    const char *state_key; /* NULL: no state */
    int64_t sent_ms;
};

/* False if something is missing or no identifier. */
bool matrix_event_parse(const cJSON *json, struct matrix_event *event);

/* The text of a member; "" if there is none, or it is no text. */
const char *matrix_event_text(const cJSON *object, const char *key);

/*
 * What of it concerns the core: commands, reactions and what became of them.
 * Strings are in the arena or in the event's JSON.  A reaction taken back whose
 * author is not known has person "" and in reply the id of what was redacted.
 */
bool matrix_event_read(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, struct arena *arena,
        struct event *told);

#endif
