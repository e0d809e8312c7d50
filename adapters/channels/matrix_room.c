#include "adapters/channels/matrix_room.h"

#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_power.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    REPLACED_MAX = 16, /* rooms that were replaced by one another */
};

struct matrix_room *matrix_room_get(struct matrix *matrix, const char *id)
{
    struct matrix_rooms *rooms = &matrix->rooms;
    struct matrix_room *room = rooms->first;

    while (room != NULL && !text_same(room->id, id))
        room = room->next;
    if (room != NULL)
        return room;
    room = arena_new(&rooms->arena, struct matrix_room);
    room->matrix = matrix;
    room->id = arena_string(&rooms->arena, id);
    room->next = rooms->first;
    rooms->first = room;
    return room;
}

void matrix_room_close_all(struct matrix *matrix)
{
    struct matrix_rooms *rooms = &matrix->rooms;

    for (struct matrix_room *at = rooms->first; at != NULL; at = at->next)
        matrix_power_forget(at);
    for (struct matrix_served *at = rooms->served; at != NULL; at = at->next)
        free(at->room_id);
    arena_finish(&rooms->arena);
}

/* --- the memory --- */

void matrix_room_keep(struct matrix *matrix, const char *what, const char *of,
        const char *value)
{
    struct arena arena = {0};
    struct error err = {0};

    if (matrix->memory != NULL &&
            !matrix->memory->put(matrix->memory->ctx,
                    arena_format(&arena, "%s/%s", what, of), value, &err))
        log_warning("a matrix account could not keep what it learnt",
                log_text("account", matrix->account.name),
                log_text("what", what), log_text("why", err.text));
    arena_finish(&arena);
}

const char *matrix_room_kept(struct matrix *matrix, const char *what,
        const char *of, struct arena *arena)
{
    char *value = NULL;

    if (matrix->memory == NULL ||
            !matrix->memory->get(matrix->memory->ctx,
                    arena_format(arena, "%s/%s", what, of), arena, &value,
                    NULL) ||
            value == NULL)
        return "";
    return value;
}

/* --- names --- */

void matrix_room_serve(struct matrix *matrix, const char *name)
{
    struct matrix_rooms *rooms = &matrix->rooms;

    if (name[0] != '#')
        return;
    struct matrix_served *served =
            arena_new(&rooms->arena, struct matrix_served);
    served->alias = arena_string(&rooms->arena, name);
    served->next = rooms->served;
    rooms->served = served;
}

static struct matrix_served *find_served(const struct matrix *matrix,
        const char *alias)
{
    struct matrix_served *at = matrix->rooms.served;

    while (at != NULL && !text_same(at->alias, alias))
        at = at->next;
    return at;
}

static void set_room(struct matrix_served *served, const char *room_id)
{
    free(served->room_id);
    served->room_id = strdup(room_id);
}

void matrix_room_learn(struct matrix *matrix, const char *alias,
        const char *room_id)
{
    struct matrix_served *served = find_served(matrix, alias);

    if (served == NULL ||
            (served->room_id != NULL && text_same(served->room_id, room_id)))
        return;
    set_room(served, room_id);
    matrix_room_keep(matrix, "alias", alias, room_id);
}

const char *matrix_room_behind(struct matrix *matrix, const char *alias)
{
    struct matrix_served *served = find_served(matrix, alias);
    struct arena arena = {0};

    if (served == NULL)
        return NULL;
    if (served->room_id == NULL) {
        const char *room_id = matrix_room_kept(matrix, "alias", alias, &arena);
        if (room_id[0] != '\0')
            set_room(served, room_id);
    }
    arena_finish(&arena);
    return served->room_id;
}

const char *matrix_room_name(const struct matrix *matrix, const char *room_id)
{
    const struct matrix_served *at = matrix->rooms.served;

    while (at != NULL &&
            (at->room_id == NULL || !text_same(at->room_id, room_id)))
        at = at->next;
    return at != NULL ? at->alias : room_id;
}

void matrix_room_replaced(struct matrix *matrix, const char *room_id,
        const char *by)
{
    matrix_room_keep(matrix, "replaced", room_id, by);
}

const char *matrix_room_newest(struct matrix *matrix, const char *room_id,
        struct arena *arena)
{
    const char *at = room_id;

    for (int steps = 0; steps < REPLACED_MAX; steps++) {
        const char *by = matrix_room_kept(matrix, "replaced", at, arena);
        if (by[0] == '\0')
            return at;
        at = by;
    }
    return room_id; /* in a circle */
}

/* --- rooms of two --- */

bool matrix_room_is_direct(struct matrix *matrix, const char *room_id)
{
    struct matrix_room *room = matrix_room_get(matrix, room_id);
    struct arena arena = {0};

    if (!room->asked_direct)
        room->direct =
                matrix_room_kept(matrix, "direct", room_id, &arena)[0] != '\0';
    room->asked_direct = true;
    arena_finish(&arena);
    return room->direct;
}

void matrix_room_mark_direct(struct matrix *matrix, const char *room_id,
        const char *user)
{
    struct matrix_room *room = matrix_room_get(matrix, room_id);
    bool direct = user[0] != '\0';

    if (matrix_room_is_direct(matrix, room_id) == direct)
        return;
    room->direct = direct;
    matrix_room_keep(matrix, "direct", room_id, user);
    if (direct)
        matrix_room_keep(matrix, "direct", user, room_id);
}
