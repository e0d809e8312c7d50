#include "adapters/channels/matrix_joining.h"

#include "adapters/channels/matrix_event.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_KEY "joins"

static const char *const kind_names[] = {[JOIN_INVITED] = "invited",
        [JOIN_REPLACED] = "replaced",
        [JOIN_DECLINED] = "declined"};

/* --- the queue --- */

struct matrix_joining *matrix_joining_find(const struct matrix *matrix,
        const char *room)
{
    struct matrix_joining *at = matrix->joins.first;

    while (at != NULL && !text_same(at->room, room))
        at = at->next;
    return at;
}

bool matrix_joining_is_full(const struct matrix *matrix)
{
    size_t length = 0;

    for (struct matrix_joining *at = matrix->joins.first; at != NULL;
            at = at->next)
        length++;
    return length >= MATRIX_JOINING_MAX;
}

void matrix_joining_add(struct matrix *matrix,
        const struct matrix_joining *joining)
{
    struct matrix_joining **end = &matrix->joins.first;
    struct matrix_joining *copy = malloc(sizeof *copy);

    if (copy == NULL)
        return;
    *copy = *joining;
    copy->next = NULL;
    while (*end != NULL)
        end = &(*end)->next;
    *end = copy;
}

void matrix_joining_drop(struct matrix *matrix, struct matrix_joining *joining)
{
    struct matrix_joining **at = &matrix->joins.first;

    while (*at != NULL && *at != joining)
        at = &(*at)->next;
    *at = joining->next;
    if (matrix->joins.current == joining)
        matrix->joins.current = NULL; /* what is answered of it is no news */
    free(joining);
}

/* --- the memory --- */

void matrix_joining_set_id(char *place, const char *id)
{
    snprintf(place, MATRIX_ID_MAX_BYTES + 1, "%.*s", MATRIX_ID_MAX_BYTES, id);
}

static cJSON *json_of(const struct matrix_joining *joining)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "kind", kind_names[joining->kind]);
    cJSON_AddStringToObject(object, "room", joining->room);
    cJSON_AddStringToObject(object, "by", joining->by);
    cJSON_AddStringToObject(object, "from", joining->from);
    cJSON_AddStringToObject(object, "event", joining->event);
    cJSON_AddStringToObject(object, "name", joining->name);
    cJSON_AddBoolToObject(object, "direct", joining->direct);
    cJSON_AddBoolToObject(object, "in", joining->in);
    cJSON_AddBoolToObject(object, "told", joining->told);
    cJSON_AddBoolToObject(object, "barred", joining->barred);
    cJSON_AddNumberToObject(object, "since_ms", (double)joining->since_ms);
    return object;
}

void matrix_joining_keep(struct matrix *matrix)
{
    cJSON *list = cJSON_CreateArray();
    struct error err = {0};

    for (struct matrix_joining *at = matrix->joins.first; at != NULL;
            at = at->next)
        cJSON_AddItemToArray(list, json_of(at));
    char *text = cJSON_PrintUnformatted(list);
    if (text != NULL && matrix->memory != NULL &&
            !matrix->memory->put(matrix->memory->ctx, MEMORY_KEY, text, &err))
        log_warning("a matrix account could not keep whom it was invited by",
                log_text("account", matrix->account.name),
                log_text("why", err.text));
    cJSON_free(text);
    cJSON_Delete(list);
}

static void take(struct matrix *matrix, const cJSON *item)
{
    const cJSON *since = json_find(item, "since_ms");
    struct matrix_joining joining = {.direct = cJSON_IsTrue(json_find(item,
                                             "direct")),
            .in = cJSON_IsTrue(json_find(item, "in")),
            .told = cJSON_IsTrue(json_find(item, "told")),
            .barred = cJSON_IsTrue(json_find(item, "barred")),
            .since_ms =
                    cJSON_IsNumber(since) ? (int64_t)since->valuedouble : 0};
    const char *kind = matrix_event_text(item, "kind");

    while (joining.kind < JOIN_DECLINED &&
            !text_same(kind_names[joining.kind], kind))
        joining.kind++;
    matrix_joining_set_id(joining.room, matrix_event_text(item, "room"));
    matrix_joining_set_id(joining.by, matrix_event_text(item, "by"));
    matrix_joining_set_id(joining.from, matrix_event_text(item, "from"));
    matrix_joining_set_id(joining.event, matrix_event_text(item, "event"));
    matrix_joining_set_id(joining.name, matrix_event_text(item, "name"));
    if (joining.room[0] == '!' &&
            matrix_joining_find(matrix, joining.room) == NULL)
        matrix_joining_add(matrix, &joining);
}

bool matrix_joining_recall(struct matrix *matrix, struct error *err)
{
    struct arena arena = {0};
    struct json json = {0};
    const cJSON *item;
    char *text = NULL;

    bool done = matrix->memory->get(matrix->memory->ctx, MEMORY_KEY, &arena,
            &text, err);
    if (done && text != NULL &&
            json_parse(&json, text, strlen(text), MATRIX_SYNC_MAX_BYTES,
                    NULL) &&
            cJSON_IsArray(json.root))
        cJSON_ArrayForEach(item, json.root) take(matrix, item);
    json_close(&json);
    arena_finish(&arena);
    return done;
}
