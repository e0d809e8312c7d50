#include "bot/noting.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

static bool says_the_same(const struct note *known, const struct note *note)
{
    return text_same(known->title, note->title) &&
            text_same(known->heading, note->heading) &&
            text_same(known->digest, note->digest) &&
            text_same(known->writer, note->writer);
}

static bool is_news(struct store *store, const struct note *note, bool *news,
        struct error *err)
{
    struct arena arena = {0};
    struct note_list notes;
    const struct note *known = NULL;
    bool ok = store_notes_get(store, note->paper_id, &arena, &notes, err);

    if (ok)
        known = note_find(&notes, note->paper_id, note->language);
    *news = known == NULL || !says_the_same(known, note);
    arena_finish(&arena);
    return ok;
}

static bool tell(struct store *store, const struct note *note, int64_t now_ms,
        struct error *err)
{
    const struct edition_news news = {.changes = EDITION_NOTES,
            .venue = "",
            .languages = note->language,
            .noted_ms = now_ms};

    log_info("a posted paper has a new note", log_text("paper", note->paper_id),
            log_text("language", note->language));
    return store_edition_change(store, note->paper_id, &news, err);
}

bool noting_keep(struct store *store, const struct note *note, int64_t now_ms,
        struct error *err)
{
    bool posted, news = false;

    return store_edition_holds(store, note->paper_id, &posted, err) &&
            (!posted || is_news(store, note, &news, err)) &&
            store_note_put(store, note, now_ms, err) &&
            (!news || tell(store, note, now_ms, err));
}
