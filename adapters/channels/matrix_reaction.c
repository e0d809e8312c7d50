#include "adapters/channels/matrix_reaction.h"

#include "adapters/channels/matrix.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIELDS = 4, /* of a line: id, target, key, person */
};

static const char *key_of(uint64_t number, struct arena *arena)
{
    return arena_format(arena, "reaction/%" PRIu64,
            number % MATRIX_REACTIONS_MAX);
}

static void set_line(struct matrix_reactions *reactions, uint64_t number,
        const char *line)
{
    char **place = &reactions->lines[number % MATRIX_REACTIONS_MAX];

    free(*place);
    *place = strdup(line);
    if (number >= reactions->next)
        reactions->next = number + 1;
}

/* --- the memory --- */

/* "NUMBER\nID\nTARGET\nKEY\n" */
static void take(struct matrix_reactions *reactions, const char *value)
{
    char *end;
    uint64_t number = strtoull(value, &end, 10);

    if (*end == '\n' && number < UINT64_MAX)
        set_line(reactions, number, end + 1);
}

bool matrix_reaction_recall(struct matrix *matrix, struct error *err)
{
    struct matrix_reactions *reactions = &matrix->reactions;
    struct arena arena = {0};
    char *value = NULL;
    bool done = true, more = true;

    if (reactions->recalled || matrix->memory == NULL)
        return true;
    for (uint64_t i = 0; done && more && i < MATRIX_REACTIONS_MAX; i++) {
        done = matrix->memory->get(matrix->memory->ctx, key_of(i, &arena),
                &arena, &value, err);
        more = done && value != NULL;
        if (more)
            take(reactions, value);
    }
    reactions->recalled = done;
    arena_finish(&arena);
    return done;
}

static void keep(struct matrix *matrix, uint64_t number,
        const struct matrix_reaction *reaction)
{
    struct arena arena = {0};
    struct error err = {0};

    if (matrix->memory != NULL &&
            !matrix->memory->put(matrix->memory->ctx, key_of(number, &arena),
                    arena_format(&arena, "%" PRIu64 "\n%s\n%s\n%s\n", number,
                            reaction->id, reaction->target, reaction->key),
                    &err))
        log_warning("a matrix account could not keep a reaction",
                log_text("account", matrix->account.name),
                log_text("why", err.text));
    arena_finish(&arena);
}

void matrix_reaction_close(struct matrix *matrix)
{
    for (size_t i = 0; i < MATRIX_REACTIONS_MAX; i++)
        free(matrix->reactions.lines[i]);
}

/* --- lines --- */

static const char *find_line(const struct matrix_reactions *reactions,
        const char *id)
{
    size_t length = strlen(id);

    for (size_t i = 0; i < MATRIX_REACTIONS_MAX; i++) {
        const char *line = reactions->lines[i];
        if (line != NULL && strncmp(line, id, length) == 0 &&
                line[length] == '\n')
            return line;
    }
    return NULL;
}

void matrix_reaction_add(struct matrix *matrix,
        const struct matrix_reaction *reaction)
{
    struct matrix_reactions *reactions = &matrix->reactions;
    struct arena arena = {0};

    if (find_line(reactions, reaction->id) != NULL)
        return;
    keep(matrix, reactions->next, reaction);
    set_line(reactions, reactions->next,
            arena_format(&arena, "%s\n%s\n%s\n%s", reaction->id,
                    reaction->target, reaction->key, reaction->person));
    arena_finish(&arena);
}

bool matrix_reaction_find(const struct matrix *matrix, const char *id,
        struct arena *arena, struct matrix_reaction *reaction)
{
    const char *line = find_line(&matrix->reactions, id);
    const char *fields[FIELDS] = {"", "", "", ""};

    for (size_t i = 0; line != NULL && i < FIELDS; i++) {
        size_t length = strcspn(line, "\n");
        fields[i] = arena_string_n(arena, line, length);
        line += length + (line[length] == '\n');
    }
    *reaction = (struct matrix_reaction){.id = fields[0],
            .target = fields[1],
            .key = fields[2],
            .person = fields[3]};
    return fields[0][0] != '\0';
}
