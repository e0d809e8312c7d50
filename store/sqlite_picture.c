#include "store/sqlite_query.h"

bool sqlite_picture_put(struct store *base, const struct picture *picture,
        struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
            "INSERT OR REPLACE INTO pictures"
            " (paper_id, type, width, height, bytes, fetched_ms)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            BINDS(bind_text(picture->paper_id), bind_text(picture->type),
                    bind_number(picture->width), bind_number(picture->height),
                    bind_blob(picture->bytes, picture->length),
                    bind_number(picture->fetched_ms)),
            err);
}

bool sqlite_picture_get(struct store *base, const char *paper_id,
        struct arena *arena, struct picture **picture, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT type, width, height, bytes, fetched_ms FROM pictures"
            " WHERE paper_id = ?1",
            BINDS(bind_text(paper_id)), err);

    *picture = NULL;
    if (sqlite_query_next(&query)) {
        struct picture *found = arena_new(arena, struct picture);
        *found = (struct picture){.paper_id = arena_string(arena, paper_id),
                .type = sqlite_query_text(&query, 0, arena),
                .width = (unsigned)sqlite_query_number(&query, 1),
                .height = (unsigned)sqlite_query_number(&query, 2),
                .fetched_ms = sqlite_query_number(&query, 4)};
        found->bytes = sqlite_query_blob(&query, 3, arena, &found->length);
        *picture = found;
    }
    return sqlite_query_close(&query);
}
