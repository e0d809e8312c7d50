#include "bot/alert.h"

#include "bot/announcement.h"
#include "bot/base/civil_time.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/labels.h"
#include "bot/planning/plan_rows.h"
#include "bot/write/write_budget.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    LINES_MAX = 20,          /* of one message; how many more is said */
    CATEGORIES_BYTES = 4000, /* arXiv's whole taxonomy fits */
    BATCHES_LOOKED_AT = 40,
    OCCASIONS_LOOKED_AT = 4,
};

static const int64_t look_ms = 60000;
/* After a start the feeds are read first: what they bring is no trouble. */
static const int64_t first_look_ms = 600000;
static const int64_t hour_ms = INT64_C(60) * 60 * 1000;
/* A feed that comes by noon in New York is late, not away: one was seen 9 h
 * after its hour. */
static const int64_t feed_patience_ms = 12 * hour_ms;
/* A day, and two hours for whatever delays a morning. */
static const int64_t digest_patience_ms = 26 * hour_ms;
static const int64_t digest_late_ms = 2 * hour_ms;

struct alert {
    struct store *store;
    const struct account *account;
    const struct channel *channel; /* where alerts go */
    const struct channel_list *channels;
    struct string_list categories;
    const struct hired_writer *writers;
    size_t writer_count;
    struct civil_zone *new_york;
    struct arena arena; /* of the categories */
    int64_t next_ms;
};

/* One look, inside its transaction. */
struct looking {
    const struct alert *alert;
    int64_t now_ms;
    struct arena *arena;
    const char *language;
    struct document *document; /* what is to be told */
    size_t lines;
    bool ok;
    struct error *err;
};

/* --- opening --- */

struct alert *alert_open(struct store *store, const struct account *account,
        const struct channel *channel, const struct channel_list *channels,
        const struct string_list *categories, struct error *err)
{
    struct alert *alert = calloc(1, sizeof *alert);

    if (alert == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    alert->store = store;
    alert->account = account;
    alert->channels = channels;
    alert_serve(alert, channel, categories);
    alert->new_york = civil_zone_open(ANNOUNCEMENT_TIMEZONE, err);
    if (alert->new_york == NULL) {
        alert_close(alert);
        return NULL;
    }
    return alert;
}

void alert_serve(struct alert *alert, const struct channel *channel,
        const struct string_list *categories)
{
    size_t capacity = 0;

    if (alert == NULL)
        return;
    alert->channel = channel;
    arena_finish(&alert->arena);
    alert->categories = (struct string_list){0};
    for (size_t i = 0; i < categories->count; i++)
        string_list_add(&alert->categories, &capacity, &alert->arena,
                categories->items[i]);
}

void alert_hire(struct alert *alert, const struct hired_writer *writers,
        size_t count)
{
    if (alert == NULL)
        return;
    alert->writers = writers;
    alert->writer_count = count;
}

void alert_close(struct alert *alert)
{
    if (alert == NULL)
        return;
    civil_zone_close(alert->new_york);
    arena_finish(&alert->arena);
    free(alert);
}

/* --- telling --- */

static void add_line(struct looking *looking, enum label label,
        const char *const values[4])
{
    const char *line =
            label_fill(looking->arena, label, looking->language, values);

    if (looking->lines == 0)
        looking->document->title = line;
    document_paragraph(looking->document, &looking->document->root, ROLE_NONE,
            line);
}

static void tell(struct looking *looking, enum label label,
        const char *const values[4])
{
    if (looking->lines < LINES_MAX)
        add_line(looking, label, values);
    looking->lines++;
}

static void tell_how_many_more(struct looking *looking)
{
    char more[24];
    const char *const values[4] = {more, "", "", ""};

    if (looking->lines <= LINES_MAX)
        return;
    snprintf(more, sizeof more, "%zu", looking->lines - LINES_MAX);
    add_line(looking, LABEL_ALERT_MORE, values);
}

/* Keeps whether the subject is in trouble now; *changed if it was not before,
 * or the other way round. */
static bool keep(struct looking *looking, const char *kind, const char *subject,
        bool wrong, bool *changed)
{
    struct store *store = looking->alert->store;
    const char *key =
            arena_format(looking->arena, "alert/%s/%s", kind, subject);
    char *before;

    *changed = false;
    looking->ok = looking->ok &&
            store_value_get(store, key, looking->arena, &before, looking->err);
    if (!looking->ok)
        return false;
    *changed = (before != NULL && before[0] != '\0') != wrong;
    if (*changed)
        looking->ok =
                store_value_put(store, key, wrong ? "wrong" : "", looking->err);
    return looking->ok;
}

/* --- is a channel broken? --- */

static bool is_served(const struct alert *alert, int64_t channel_id)
{
    for (size_t i = 0; i < alert->channels->count; i++)
        if (alert->channels->items[i].id == channel_id)
            return channel_id != alert->channel->id;
    return false;
}

static void look_at_channels(struct looking *looking)
{
    const struct alert *alert = looking->alert;
    struct known_channel_list known;

    looking->ok = store_channel_list(alert->store, looking->arena, &known,
            looking->err);
    for (size_t i = 0; looking->ok && i < known.count; i++) {
        const struct known_channel *channel = &known.items[i];
        bool wrong = channel->broken[0] != '\0', changed;
        const char *const values[4] = {channel->label, channel->broken, "", ""};
        char id[24];
        if (!is_served(alert, channel->id))
            continue;
        snprintf(id, sizeof id, "%lld", (long long)channel->id);
        if (keep(looking, "channel", id, wrong, &changed) && changed)
            tell(looking,
                    wrong ? LABEL_ALERT_CHANNEL : LABEL_ALERT_CHANNEL_WELL,
                    values);
    }
}

/* --- does an announcement stay away? --- */

/* The date up to which it is known what arXiv announced in the category, on a
 * day without an announcement, too; unset: nothing is. */
static struct civil_date newest_settled(struct looking *looking,
        const char *category)
{
    struct batch_list batches = {0};

    looking->ok = store_batch_list(looking->alert->store, category,
            BATCHES_LOOKED_AT, looking->arena, &batches, looking->err);
    for (size_t i = 0; looking->ok && i < batches.count; i++)
        if (batches.items[i].state == BATCH_ANNOUNCED ||
                batches.items[i].state == BATCH_NONE)
            return batches.items[i].date;
    return (struct civil_date){0};
}

/* Adds the category to the names of those whose trouble began or ended. */
static void name_category(struct looking *looking, const char *category,
        struct civil_date day, bool late, struct text *began,
        struct text *ended)
{
    struct civil_date newest = newest_settled(looking, category);
    bool away = civil_date_compare(newest, day) < 0, changed;

    if (!looking->ok || (away && !late))
        return;
    if (!keep(looking, "feed", category, away, &changed) || !changed)
        return;
    struct text *names = away ? began : ended;
    text_add_format(names, "%s%s", names->length > 0 ? ", " : "", category);
}

static void look_at_feeds(struct looking *looking)
{
    const struct alert *alert = looking->alert;
    struct civil_date day = announcement_day(alert->new_york, looking->now_ms);
    bool late = looking->now_ms >
            civil_to_ms(alert->new_york, day, 0) + feed_patience_ms;
    char date[CIVIL_DATE_SIZE];
    struct text began, ended;

    civil_date_format(day, date);
    text_init(&began, looking->arena, CATEGORIES_BYTES);
    text_init(&ended, looking->arena, CATEGORIES_BYTES);
    for (size_t i = 0; looking->ok && i < alert->categories.count; i++)
        name_category(looking, alert->categories.items[i], day, late, &began,
                &ended);
    const char *const away[4] = {text_string(&began), date, "", ""};
    const char *const back[4] = {text_string(&ended), date, "", ""};
    if (began.length > 0)
        tell(looking, LABEL_ALERT_FEED, away);
    if (ended.length > 0)
        tell(looking, LABEL_ALERT_FEED_WELL, back);
}

/* --- has no digest gone out? --- */

struct digests {
    bool owed; /* one was due and is not there */
    bool sent; /* one went out not long ago */
};

static void look_at_rows(struct looking *looking,
        const struct occasion *occasion, struct digests *digests)
{
    struct outbox_list rows = {0};

    looking->ok = store_outbox_list(looking->alert->store, occasion->channel_id,
            occasion->key, looking->arena, &rows, looking->err);
    for (size_t i = 0; looking->ok && i < rows.count; i++)
        digests->sent = digests->sent ||
                (rows.items[i].state == OUTBOX_SENT &&
                        rows.items[i].settled_ms >
                                looking->now_ms - digest_patience_ms);
}

static void look_at_occasions(struct looking *looking,
        const struct channel *channel, struct digests *digests)
{
    struct occasion_list list = {0};

    looking->ok =
            store_occasion_list(looking->alert->store, channel->id, "digest/",
                    OCCASIONS_LOOKED_AT, looking->arena, &list, looking->err);
    for (size_t i = 0; looking->ok && i < list.count; i++) {
        const struct occasion *occasion = &list.items[i];
        int64_t ago_ms = looking->now_ms - occasion->due_ms;
        if (occasion->outcome == OUTCOME_DIGEST)
            look_at_rows(looking, occasion, digests);
        if ((occasion->outcome == OUTCOME_DIGEST ||
                    occasion->outcome == OUTCOME_MISSED) &&
                ago_ms > digest_late_ms && ago_ms < digest_patience_ms)
            digests->owed = true;
    }
}

/* A quiet weekend owes nothing and proves nothing. */
static void look_at_digests(struct looking *looking)
{
    const struct alert *alert = looking->alert;
    const char *const values[4] = {"", "", "", ""};
    struct digests digests = {0};
    bool changed;

    for (size_t i = 0; looking->ok && i < alert->channels->count; i++)
        look_at_occasions(looking, &alert->channels->items[i], &digests);
    bool wrong = digests.owed && !digests.sent;
    if (!looking->ok || (!wrong && !digests.sent))
        return;
    if (keep(looking, "digest", "any", wrong, &changed) && changed)
        tell(looking, wrong ? LABEL_ALERT_DIGEST : LABEL_ALERT_DIGEST_WELL,
                values);
}

/* --- is a budget spent? --- */

static void look_at_budget(struct looking *looking,
        const struct hired_writer *hired)
{
    const char *name = hired->writer->name;
    struct write_spent spent;
    bool changed;

    looking->ok = write_budget_read(looking->alert->store, name,
            looking->now_ms, &spent, looking->err);
    if (!looking->ok)
        return;
    bool wrong = write_budget_is_spent(&spent, &hired->terms.budget);
    const char *const values[4] = {name,
            write_budget_text(&spent, &hired->terms.budget, looking->language,
                    looking->arena),
            "", ""};
    if (keep(looking, "budget", name, wrong, &changed) && changed)
        tell(looking, wrong ? LABEL_ALERT_BUDGET : LABEL_ALERT_BUDGET_WELL,
                values);
}

static void look_at_budgets(struct looking *looking)
{
    const struct alert *alert = looking->alert;

    for (size_t i = 0; looking->ok && i < alert->writer_count; i++)
        look_at_budget(looking, &alert->writers[i]);
}

/* --- one look --- */

/* "alert/1" and on. */
static bool next_key(struct looking *looking, char key[32])
{
    struct store *store = looking->alert->store;
    char *before;

    if (!store_value_get(store, "alert/count", looking->arena, &before,
                looking->err))
        return false;
    unsigned long number = before == NULL ? 1 : strtoul(before, NULL, 10) + 1;
    snprintf(key, 32, "%lu", number);
    if (!store_value_put(store, "alert/count", key, looking->err))
        return false;
    snprintf(key, 32, "alert/%lu", number);
    return true;
}

static bool send_message(struct looking *looking)
{
    const struct alert *alert = looking->alert;
    char key[32];
    unsigned parts;

    if (!next_key(looking, key))
        return false;
    const struct plan_rows rows = {.account = alert->account,
            .channel = alert->channel,
            .key = key,
            .now_ms = looking->now_ms};
    return plan_rows_add(alert->store, &rows, looking->document, looking->arena,
            &parts, looking->err);
}

static bool look_step(struct store *store, void *ctx, struct error *err)
{
    struct looking looking = *(const struct looking *)ctx;
    struct arena arena = {0};
    struct document document;

    (void)store;
    looking.arena = &arena;
    looking.document = &document;
    looking.err = err;
    looking.ok = true;
    document_init(&document, &arena, looking.language);
    look_at_channels(&looking);
    if (looking.ok)
        look_at_feeds(&looking);
    if (looking.ok)
        look_at_digests(&looking);
    if (looking.ok)
        look_at_budgets(&looking);
    tell_how_many_more(&looking);
    bool ok = looking.ok && (looking.lines == 0 || send_message(&looking));
    arena_finish(&arena);
    return ok;
}

int64_t alert_next_due_ms(const struct alert *alert)
{
    return alert == NULL ? INT64_MAX : alert->next_ms;
}

void alert_step(struct alert *alert, int64_t now_ms)
{
    struct error err = {0};

    if (alert == NULL)
        return;
    if (alert->next_ms == 0)
        alert->next_ms = now_ms + first_look_ms;
    /* A clock that was ahead must not make us wait for it. */
    if (alert->next_ms > now_ms && alert->next_ms <= now_ms + first_look_ms)
        return;
    alert->next_ms = now_ms + look_ms;
    struct looking looking = {.alert = alert,
            .now_ms = now_ms,
            .language = alert->channel->languages.tags[0]};
    if (!store_transact(alert->store, look_step, &looking, &err))
        log_error("troubles cannot be looked for", log_text("why", err.text));
}
