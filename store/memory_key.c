#include "store/memory.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool same_day(struct civil_date a, struct civil_date b)
{
    return civil_date_compare(a, b) == 0;
}

static uint64_t hash_day(uint64_t hash, struct civil_date date)
{
    return memory_hash_number(hash,
            (date.year * INT64_C(100) + date.month) * 100 + date.day);
}

static uint64_t paper_hash(const void *row)
{
    const struct memory_paper *paper = row;
    return memory_hash_text(MEMORY_HASH_START, paper->paper.id);
}

static bool paper_same_key(const void *a, const void *b)
{
    const struct memory_paper *one = a, *other = b;
    return same(one->paper.id, other->paper.id);
}

static uint64_t note_hash(const void *row)
{
    const struct note *note = &((const struct memory_note *)row)->note;
    return memory_hash_text(memory_hash_text(MEMORY_HASH_START, note->paper_id),
            note->language);
}

static bool note_same_key(const void *a, const void *b)
{
    const struct memory_note *one = a, *other = b;
    return same(one->note.paper_id, other->note.paper_id) &&
            same(one->note.language, other->note.language);
}

static uint64_t attempt_hash(const void *row)
{
    const struct note_attempt *attempt =
            &((const struct memory_attempt *)row)->attempt;
    return memory_hash_text(memory_hash_text(MEMORY_HASH_START,
                                    attempt->paper_id),
            attempt->language);
}

static bool attempt_same_key(const void *a, const void *b)
{
    const struct note_attempt
            *one = &((const struct memory_attempt *)a)->attempt,
            *other = &((const struct memory_attempt *)b)->attempt;
    return same(one->paper_id, other->paper_id) &&
            one->version == other->version &&
            same(one->language, other->language) &&
            same(one->writer, other->writer) &&
            same(one->prompt, other->prompt);
}

static uint64_t signal_hash(const void *row)
{
    const struct memory_signal *signal = row;
    return memory_hash_text(memory_hash_text(MEMORY_HASH_START,
                                    signal->signal.paper_id),
            signal->signal.kind);
}

static bool signal_same_key(const void *a, const void *b)
{
    const struct memory_signal *one = a, *other = b;
    return same(one->signal.paper_id, other->signal.paper_id) &&
            same(one->signal.kind, other->signal.kind);
}

static uint64_t arrival_hash(const void *row)
{
    (void)row;
    return MEMORY_HASH_START;
}

static bool arrival_same_key(const void *a, const void *b)
{
    (void)a, (void)b;
    return true;
}

static uint64_t category_hash(const void *row)
{
    const struct memory_category *category = row;
    return memory_hash_text(MEMORY_HASH_START, category->category);
}

static bool category_same_key(const void *a, const void *b)
{
    const struct memory_category *one = a, *other = b;
    return same(one->category, other->category);
}

static uint64_t batch_hash(const void *row)
{
    const struct batch *batch = &((const struct memory_batch *)row)->batch;
    return hash_day(memory_hash_text(MEMORY_HASH_START, batch->category),
            batch->date);
}

static bool batch_same_key(const void *a, const void *b)
{
    const struct memory_batch *one = a, *other = b;
    return same_day(one->batch.date, other->batch.date) &&
            same(one->batch.category, other->batch.category);
}

static uint64_t filing_hash(const void *row)
{
    const struct memory_filing *filing = row;
    return memory_hash_number(memory_hash_text(MEMORY_HASH_START,
                                      filing->paper.paper_id),
            (int64_t)filing->batch);
}

static bool filing_same_key(const void *a, const void *b)
{
    const struct memory_filing *one = a, *other = b;
    return one->batch == other->batch &&
            same(one->paper.paper_id, other->paper.paper_id);
}

static uint64_t channel_hash(const void *row)
{
    const struct memory_channel *channel = row;
    return memory_hash_text(memory_hash_text(MEMORY_HASH_START,
                                    channel->channel.account),
            channel->channel.room);
}

static bool channel_same_key(const void *a, const void *b)
{
    const struct memory_channel *one = a, *other = b;
    return same(one->channel.account, other->channel.account) &&
            same(one->channel.room, other->channel.room);
}

static uint64_t revision_hash(const void *row)
{
    return arrival_hash(row);
}

static bool revision_same_key(const void *a, const void *b)
{
    return arrival_same_key(a, b);
}

static uint64_t setting_hash(const void *row)
{
    const struct memory_setting *setting = row;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    setting->channel_id),
            setting->setting.key);
}

static bool setting_same_key(const void *a, const void *b)
{
    const struct memory_setting *one = a, *other = b;
    return one->channel_id == other->channel_id &&
            same(one->setting.key, other->setting.key);
}

static uint64_t change_hash(const void *row)
{
    return memory_hash_number(MEMORY_HASH_START,
            ((const struct memory_channel_change *)row)->id);
}

static bool change_same_key(const void *a, const void *b)
{
    const struct memory_channel_change *one = a, *other = b;
    return one->id == other->id;
}

static uint64_t vote_hash(const void *row)
{
    const struct memory_vote *vote = row;
    uint64_t hash = memory_hash_number(MEMORY_HASH_START, vote->channel_id);
    return memory_hash_text(memory_hash_text(hash, vote->vote.person),
            vote->vote.paper_id);
}

static bool vote_same_key(const void *a, const void *b)
{
    const struct memory_vote *one = a, *other = b;
    return one->channel_id == other->channel_id &&
            same(one->vote.person, other->vote.person) &&
            same(one->vote.paper_id, other->vote.paper_id);
}

static uint64_t taste_hash(const void *row)
{
    const struct memory_taste *taste = row;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    taste->channel_id),
            taste->word.word);
}

static bool taste_same_key(const void *a, const void *b)
{
    const struct memory_taste *one = a, *other = b;
    return one->channel_id == other->channel_id &&
            same(one->word.word, other->word.word);
}

static uint64_t saved_hash(const void *row)
{
    const struct memory_saved *saved = row;
    uint64_t hash = memory_hash_text(MEMORY_HASH_START, saved->account);
    return memory_hash_text(memory_hash_text(hash, saved->person),
            saved->saved.paper_id);
}

static bool saved_same_key(const void *a, const void *b)
{
    const struct memory_saved *one = a, *other = b;
    return same(one->account, other->account) &&
            same(one->person, other->person) &&
            same(one->saved.paper_id, other->saved.paper_id);
}

static uint64_t bookmark_hash(const void *row)
{
    const struct memory_bookmark *bookmark = row;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    bookmark->channel_id),
            bookmark->person);
}

static bool bookmark_same_key(const void *a, const void *b)
{
    const struct memory_bookmark *one = a, *other = b;
    return one->channel_id == other->channel_id &&
            same(one->person, other->person);
}

static uint64_t draft_hash(const void *row)
{
    const struct draft *draft = &((const struct memory_draft *)row)->draft;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    draft->channel_id),
            draft->occasion);
}

static bool draft_same_key(const void *a, const void *b)
{
    const struct memory_draft *one = a, *other = b;
    return one->draft.channel_id == other->draft.channel_id &&
            same(one->draft.occasion, other->draft.occasion);
}

static uint64_t inbox_hash(const void *row)
{
    const struct inbox_row *inbox = &((const struct memory_inbox *)row)->row;
    return memory_hash_text(memory_hash_text(MEMORY_HASH_START, inbox->account),
            inbox->event.id);
}

static bool inbox_same_key(const void *a, const void *b)
{
    const struct memory_inbox *one = a, *other = b;
    return same(one->row.account, other->row.account) &&
            same(one->row.event.id, other->row.event.id);
}

static uint64_t covered_hash(const void *row)
{
    const struct memory_covered *covered = row;
    uint64_t hash = memory_hash_number(MEMORY_HASH_START, covered->channel_id);
    return hash_day(memory_hash_text(hash, covered->covered.category),
            covered->covered.date);
}

static bool covered_same_key(const void *a, const void *b)
{
    const struct memory_covered *one = a, *other = b;
    return one->channel_id == other->channel_id &&
            same_day(one->covered.date, other->covered.date) &&
            same(one->covered.category, other->covered.category);
}

static uint64_t posted_hash(const void *row)
{
    const struct memory_posted *posted = row;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    posted->channel_id),
            posted->posted.paper_id);
}

static bool posted_same_key(const void *a, const void *b)
{
    const struct memory_posted *one = a, *other = b;
    return one->channel_id == other->channel_id &&
            same(one->posted.paper_id, other->posted.paper_id);
}

static uint64_t edition_hash(const void *row)
{
    const struct edition *edition =
            &((const struct memory_edition *)row)->edition;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    edition->channel_id),
            edition->occasion);
}

static bool edition_same_key(const void *a, const void *b)
{
    const struct memory_edition *one = a, *other = b;
    return one->edition.channel_id == other->edition.channel_id &&
            same(one->edition.occasion, other->edition.occasion);
}

static uint64_t edition_paper_hash(const void *row)
{
    const struct memory_edition_paper *held = row;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    held->channel_id),
            held->paper.paper_id);
}

static bool edition_paper_same_key(const void *a, const void *b)
{
    const struct memory_edition_paper *one = a, *other = b;
    return one->channel_id == other->channel_id &&
            same(one->paper.paper_id, other->paper.paper_id);
}

static uint64_t occasion_hash(const void *row)
{
    const struct memory_occasion *occasion = row;
    return memory_hash_text(memory_hash_number(MEMORY_HASH_START,
                                    occasion->occasion.channel_id),
            occasion->occasion.key);
}

static bool occasion_same_key(const void *a, const void *b)
{
    const struct memory_occasion *one = a, *other = b;
    return one->occasion.channel_id == other->occasion.channel_id &&
            same(one->occasion.key, other->occasion.key);
}

static uint64_t outbox_hash(const void *row)
{
    const struct outbox_row *outbox = &((const struct memory_outbox *)row)->row;
    uint64_t hash = memory_hash_number(MEMORY_HASH_START, outbox->channel_id);
    return memory_hash_number(memory_hash_text(hash, outbox->occasion),
            outbox->part);
}

static bool outbox_same_key(const void *a, const void *b)
{
    const struct memory_outbox *one = a, *other = b;
    return one->row.channel_id == other->row.channel_id &&
            one->row.part == other->row.part &&
            same(one->row.occasion, other->row.occasion);
}

static uint64_t picture_hash(const void *row)
{
    return memory_hash_text(MEMORY_HASH_START,
            ((const struct memory_picture *)row)->picture.paper_id);
}

static bool picture_same_key(const void *a, const void *b)
{
    const struct memory_picture *one = a, *other = b;
    return same(one->picture.paper_id, other->picture.paper_id);
}

static uint64_t value_hash(const void *row)
{
    return memory_hash_text(MEMORY_HASH_START,
            ((const struct memory_value *)row)->key);
}

static bool value_same_key(const void *a, const void *b)
{
    const struct memory_value *one = a, *other = b;
    return same(one->key, other->key);
}

#define TABLE(name, row)                                                       \
    ((struct memory_table){                                                    \
            .row_bytes = sizeof(struct row),                                   \
            .hash = name##_hash,                                               \
            .same_key = name##_same_key,                                       \
    })

void memory_key_tables(struct memory_store *store)
{
    store->papers = TABLE(paper, memory_paper);
    store->notes = TABLE(note, memory_note);
    store->attempts = TABLE(attempt, memory_attempt);
    store->signals = TABLE(signal, memory_signal);
    store->pictures = TABLE(picture, memory_picture);
    store->arrivals = TABLE(arrival, memory_arrival);
    store->categories = TABLE(category, memory_category);
    store->batches = TABLE(batch, memory_batch);
    store->filings = TABLE(filing, memory_filing);
    store->channels = TABLE(channel, memory_channel);
    store->revisions = TABLE(revision, memory_revision);
    store->settings = TABLE(setting, memory_setting);
    store->changes = TABLE(change, memory_channel_change);
    store->votes = TABLE(vote, memory_vote);
    store->tastes = TABLE(taste, memory_taste);
    store->saved = TABLE(saved, memory_saved);
    store->bookmarks = TABLE(bookmark, memory_bookmark);
    store->drafts = TABLE(draft, memory_draft);
    store->inbox = TABLE(inbox, memory_inbox);
    store->covered = TABLE(covered, memory_covered);
    store->posted = TABLE(posted, memory_posted);
    store->editions = TABLE(edition, memory_edition);
    store->edition_papers = TABLE(edition_paper, memory_edition_paper);
    store->occasions = TABLE(occasion, memory_occasion);
    store->outbox = TABLE(outbox, memory_outbox);
    store->values = TABLE(value, memory_value);
}
