#include "bot/write/write_call.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/noting.h"
#include "bot/write/glossary.h"
#include "bot/write/note_tidy.h"
#include "bot/write/write_budget.h"

/* --- asking --- */

static void answered(void *cookie, const struct writer_answer *answer,
        const struct error *err)
{
    struct write_call *call = cookie;

    call->request = NULL;
    call->answered = true;
    call->answer = *answer;
    call->failure = (struct error){0};
    if (err != NULL)
        call->failure = *err;
    else
        call->answer.note = note_copy(&call->arena, &answer->note);
}

static const char *writer_key(const struct writer *writer, struct arena *arena)
{
    return arena_format(arena, "%s/%s", writer->name, writer->model);
}

/* What was asked before, or nothing yet. */
static bool read_attempt(struct write_call *call, struct store *store,
        struct error *err)
{
    const struct writer *writer = call->hired->writer;
    struct note_attempt *known;

    call->attempt = (struct note_attempt){.paper_id = call->paper_id,
            .version = call->paper->version,
            .language = call->language,
            .writer = writer_key(writer, &call->arena),
            .prompt = writer->prompt,
            .flaw = ""};
    if (!store_attempt_get(store, &call->attempt, &call->arena, &known, err))
        return false;
    if (known != NULL)
        call->attempt = *known;
    return true;
}

static bool may_be_asked(const struct write_call *call)
{
    const struct note_attempt *attempt = &call->attempt;

    if (call->hired->writer->local)
        return attempt->outcome != NOTE_REFUSED;
    return attempt->tries < WRITE_CALL_TRIES;
}

struct asking {
    struct write_call *call;
    int64_t now_ms;
};

static bool keep_asking(struct store *store, void *ctx, struct error *err)
{
    const struct asking *asking = ctx;
    const struct write_call *call = asking->call;
    struct note_attempt attempt = call->attempt;

    attempt.outcome = NOTE_ASKED;
    attempt.tries++;
    attempt.tried_ms = asking->now_ms;
    return store_attempt_put(store, &attempt, err) &&
            write_budget_ask(store, call->hired, asking->now_ms, err);
}

struct told_terms {
    struct writer_term items[WRITER_TERMS_MAX];
    size_t count;
};

/* The terms of title and abstract, each by its chosen form. */
static void find_terms(struct write_call *call, const struct glossary *glossary,
        struct told_terms *told)
{
    struct arena *arena = &call->arena;
    struct glossary own = {0};

    if (glossary == NULL)
        own = glossary_own(arena);
    const struct glossary *known = glossary != NULL ? glossary : &own;
    if (!text_starts(call->language, known->language))
        return;
    struct glossary_found found = glossary_find(known,
            arena_format(arena, "%s. %s", call->paper->title,
                    call->paper->abstract),
            WRITER_TERMS_MAX, arena);
    for (; told->count < found.count; told->count++)
        told->items[told->count] =
                (struct writer_term){.term = found.terms[told->count]->term,
                        .written = found.terms[told->count]->right[0]};
}

static void ask(struct write_call *call, const struct glossary *glossary)
{
    struct writer *writer = call->hired->writer;
    struct told_terms told = {.count = 0};

    find_terms(call, glossary, &told);
    const struct writer_task task = {.paper = call->paper,
            .language = call->language,
            .terms = told.items,
            .term_count = told.count,
            .complaint = call->attempt.flaw};

    call->request = writer->ops->write(writer, &task, answered, call);
}

static bool prepare(struct write_call *call, struct store *store,
        int64_t now_ms, enum write_call_begun *begun, struct error *err)
{
    struct asking asking = {call, now_ms};

    *begun = WRITE_CALL_PASSED;
    if (!store_paper_get(store, call->paper_id, &call->arena, &call->paper,
                err))
        return false;
    if (call->paper == NULL)
        return true;
    if (!read_attempt(call, store, err))
        return false;
    if (!may_be_asked(call))
        return true;
    if (!store_transact(store, keep_asking, &asking, err))
        return false;
    call->attempt.tries++;
    call->attempt.tried_ms = now_ms;
    *begun = WRITE_CALL_ASKED;
    return true;
}

bool write_call_begin(struct write_call *call, struct store *store,
        const struct hired_writer *hired, const struct glossary *glossary,
        const char *paper_id, const char *language, int64_t now_ms,
        enum write_call_begun *begun, struct error *err)
{
    *call = (struct write_call){.taken = true, .hired = hired};
    call->paper_id = arena_string(&call->arena, paper_id);
    call->language = arena_string(&call->arena, language);
    bool ok = prepare(call, store, now_ms, begun, err);
    if (ok && *begun == WRITE_CALL_ASKED)
        ask(call, glossary);
    return ok;
}

/* --- what came --- */

struct keeping {
    struct write_call *call;
    int64_t now_ms;
    enum write_call_result result;
    const char *flaw;
};

/* What people wrote, or a newer version got, stays. */
static bool put_note(struct store *store, const struct keeping *keeping,
        struct error *err)
{
    const struct note *note = &keeping->call->answer.note;
    struct arena arena = {0};
    struct note_list notes;
    bool ok = store_notes_get(store, note->paper_id, &arena, &notes, err);

    if (ok) {
        const struct note *known =
                note_find(&notes, note->paper_id, note->language);
        bool stays = known != NULL &&
                (known->version == 0 || known->version > note->version);
        ok = stays || noting_keep(store, note, keeping->now_ms, err);
    }
    arena_finish(&arena);
    return ok;
}

static bool keep_failure(struct store *store, const struct keeping *keeping,
        struct error *err)
{
    const struct write_call *call = keeping->call;
    struct note_attempt attempt = call->attempt;

    if (call->answer.maybe_paid)
        return true;
    attempt.tries--;
    return store_attempt_put(store, &attempt, err) &&
            write_budget_return(store, call->hired, keeping->now_ms, err);
}

static bool keep_step(struct store *store, void *ctx, struct error *err)
{
    static const enum note_outcome outcomes[] = {
            [WRITE_CALL_KEPT] = NOTE_KEPT,
            [WRITE_CALL_REFUSED] = NOTE_REFUSED,
            [WRITE_CALL_FAILED] = NOTE_ASKED,
    };
    const struct keeping *keeping = ctx;
    const struct write_call *call = keeping->call;
    struct note_attempt attempt = call->attempt;

    attempt.outcome = outcomes[keeping->result];
    if (!write_budget_answer(store, call->hired, &call->answer.usage,
                attempt.outcome, keeping->now_ms, err))
        return false;
    if (keeping->result == WRITE_CALL_FAILED)
        return keep_failure(store, keeping, err);
    attempt.flaw = keeping->flaw;
    return store_attempt_put(store, &attempt, err) &&
            (keeping->result != WRITE_CALL_KEPT ||
                    put_note(store, keeping, err));
}

/* Shown as one line each, and in nobody's control characters. */
static void tidy_note(struct write_call *call)
{
    struct note *note = &call->answer.note;

    note->title = note_tidy_phrase(&call->arena, note->title, call->language);
    note->heading =
            note_tidy_phrase(&call->arena, note->heading, call->language);
    note->digest = note_tidy_digest(&call->arena, note->digest, call->language);
    note->paper_id = call->paper_id;
    note->language = call->language;
    note->version = call->paper->version;
    note->prompt = call->hired->writer->prompt;
    note->writer = call->hired->writer->model;
}

static void judge(struct keeping *keeping, const struct glossary *glossary)
{
    struct write_call *call = keeping->call;

    if (call->failure.kind != ERROR_NONE) {
        keeping->flaw = call->failure.text;
        keeping->result = call->failure.kind == ERROR_REJECTED
                ? WRITE_CALL_REFUSED
                : WRITE_CALL_FAILED;
        return;
    }
    tidy_note(call);
    bool good = note_check(&call->answer.note, call->paper, glossary,
            &call->arena, &keeping->flaw);
    keeping->result = good ? WRITE_CALL_KEPT : WRITE_CALL_REFUSED;
    if (good)
        keeping->flaw = "";
}

bool write_call_keep(struct write_call *call, struct store *store,
        const struct glossary *glossary, int64_t now_ms,
        enum write_call_result *result, struct error *err)
{
    struct keeping keeping = {.call = call, .now_ms = now_ms, .flaw = ""};

    judge(&keeping, glossary);
    *result = keeping.result;
    if (keeping.result == WRITE_CALL_REFUSED)
        log_warning("a note was refused", log_text("paper", call->paper_id),
                log_text("language", call->language),
                log_text("writer", call->hired->writer->name),
                log_text("why", keeping.flaw));
    return store_transact(store, keep_step, &keeping, err);
}

void write_call_end(struct write_call *call)
{
    request_cancel(call->request);
    arena_finish(&call->arena);
    *call = (struct write_call){0};
}
