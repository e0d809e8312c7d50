#include "store/sqlite_query.h"

#include <string.h>

_Static_assert(EVENT_COMMAND == 0 && EVENT_COMMAND_EDIT == 1 &&
                EVENT_REACTION == 2 && EVENT_REACTION_GONE == 3 &&
                EVENT_INVITED == 4 && EVENT_REMOVED == 5 && EVENT_MOVED == 6 &&
                EVENT_OPENED == 7 && EVENT_SHARED == 8,
        "kept as numbers");

/* Without ON CONFLICT: an insertion that does nothing would still use up a
 * number. */
bool sqlite_inbox_add(struct store *base, const char *account,
        const struct event *event, int64_t now_ms, bool *added,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (!sqlite_query_run(store,
                "INSERT INTO inbox (account, event, kind, room, person, text,"
                " target, reply, sent_ms, received_ms)"
                " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10"
                " WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE account = ?1"
                " AND event = ?2)",
                BINDS(bind_text(account), bind_text(event->id),
                        bind_number(event->kind), bind_text_of(event->room),
                        bind_text_of(event->person),
                        event->text == NULL
                                ? bind_blob("", 0)
                                : bind_blob(event->text, strlen(event->text)),
                        bind_text_of(event->target), bind_text_of(event->reply),
                        bind_number(event->sent_ms), bind_number(now_ms)),
                err))
        return error_wrap(err, "inbox, account %s", account);
    *added = sqlite_query_changes(store) > 0;
    return true;
}

static void read_row(const struct sqlite_query *query, struct arena *arena,
        struct inbox_row *row)
{
    size_t length = 0;

    *row = (struct inbox_row){
            .id = sqlite_query_number(query, 0),
            .account = sqlite_query_text(query, 1, arena),
            .event = {.id = sqlite_query_text(query, 2, arena),
                    .kind = (enum event_kind)sqlite_query_number(query, 3),
                    .room = sqlite_query_text(query, 4, arena),
                    .person = sqlite_query_text(query, 5, arena),
                    .text = sqlite_query_blob(query, 6, arena, &length),
                    .target = sqlite_query_text(query, 7, arena),
                    .reply = sqlite_query_text(query, 8, arena),
                    .sent_ms = sqlite_query_number(query, 9)},
            .received_ms = sqlite_query_number(query, 10),
    };
}

bool sqlite_inbox_list(struct store *base, size_t limit, struct arena *arena,
        struct inbox_list *rows, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT id, account, event, kind, room, person, text, target,"
            " reply, sent_ms, received_ms FROM inbox WHERE waits = 1"
            " ORDER BY id LIMIT ?1",
            BINDS(bind_limit(limit)), err);
    size_t capacity = 0;

    *rows = (struct inbox_list){0};
    while (sqlite_query_next(&query)) {
        rows->items = arena_grow(arena, rows->items, rows->count, &capacity,
                sizeof *rows->items);
        read_row(&query, arena, &rows->items[rows->count++]);
    }
    return sqlite_query_close(&query);
}

/* What stays of an event that was heard. */
#define HEARD                                                                  \
    " waits = 0, room = '', person = '', text = x'', target = '', reply = ''"  \
    " "

bool sqlite_inbox_drop(struct store *base, int64_t id, struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);

    if (!sqlite_query_run(store, "UPDATE inbox SET" HEARD "WHERE id = ?1",
                BINDS(bind_number(id)), err))
        return false;
    return sqlite_query_changes(store) > 0 ||
            error_set(err, ERROR_STOP, "%s: inbox row %lld: there is none",
                    store->path, (long long)id);
}

bool sqlite_inbox_prune(struct store *base, int64_t before_ms,
        struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
            "DELETE FROM inbox WHERE waits = 0 AND received_ms < ?1",
            BINDS(bind_number(before_ms)), err);
}

bool sqlite_inbox_forget(struct sqlite_store *store, const char *account,
        const char *person, struct error *err)
{
    return sqlite_query_run(store,
            "UPDATE inbox SET" HEARD
            "WHERE waits = 1 AND account = ?1 AND person = ?2",
            BINDS(bind_text(account), bind_text(person)), err);
}
