#include "bot/write/write.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/write/write_call.h"
#include "bot/write/write_chain.h"
#include "bot/write/write_wanted.h"

#include <stdlib.h>

#define MINUTE_MS INT64_C(60000)

enum {
    CALLS_MAX = 32, /* under way, of all writers */
    SHOWN_A_STEP = 20,
};

/* What is wanted changes with what comes in, and as hours come nearer. */
static const int64_t look_ms = 10 * MINUTE_MS;
/* Papers come in one category after the other. */
static const int64_t soon_ms = MINUTE_MS;
static const int64_t trouble_ms = MINUTE_MS;

struct write {
    struct write_parts parts;
    struct write_chain chain;
    struct arena arena; /* of what is wanted */
    struct wanted_list wanted;
    size_t kept, refused; /* since the last line in the log */
    struct write_call calls[CALLS_MAX];
    /* A look is a seat a step: hundreds of subscriptions do not stop the loop. */
    bool looking;
    struct arena seats_arena; /* of a look: the seats and the memo */
    struct wanted_seats seats;
    struct plan_memo memo;
    size_t looked;       /* of these */
    size_t looked_shown; /* of all seats: what was shown there */
    int64_t arrival;     /* at the last look */
    int64_t looked_ms, next_look_ms;
    int64_t stepped_ms;
    int64_t store_ms; /* not before, after trouble with the store */
};

/* --- opening --- */

struct write *write_open(const struct write_parts *parts, int64_t now_ms)
{
    if (parts->count == 0)
        return NULL;
    struct write *write = calloc(1, sizeof *write);
    if (write == NULL)
        return NULL;
    write->parts = *parts;
    write->next_look_ms = now_ms;
    write_chain_init(&write->chain, parts->chain, parts->count, parts->chance);
    return write;
}

static void end_look(struct write *write)
{
    write->looking = false;
    arena_finish(&write->seats_arena);
}

void write_close(struct write *write)
{
    if (write == NULL)
        return;
    for (size_t i = 0; i < CALLS_MAX; i++)
        write_call_end(&write->calls[i]);
    end_look(write);
    arena_finish(&write->arena);
    free(write);
}

void write_serve(struct write *write)
{
    if (write == NULL)
        return;
    end_look(write);
    write->next_look_ms = 0;
}

void write_put_back(struct write *write)
{
    if (write == NULL)
        return;
    write_chain_put_back(&write->chain);
    write->next_look_ms = 0;
    write->store_ms = 0;
}

static void store_failed(struct write *write, const struct error *err,
        int64_t now_ms)
{
    log_error("notes cannot be kept", log_text("why", err->text));
    write->store_ms = now_ms + trouble_ms;
}

/* --- looking what is wanted --- */

static bool is_asked(const struct write *write, const struct wanted_note *note)
{
    for (size_t i = 0; i < CALLS_MAX; i++) {
        const struct write_call *call = &write->calls[i];
        if (call->taken && text_same(call->paper_id, note->paper_id) &&
                text_same(call->language, note->language))
            return true;
    }
    return false;
}

static void begin_look(struct write *write, const struct seat *seats,
        size_t count, int64_t now_ms)
{
    struct error err = {0};

    end_look(write);
    arena_finish(&write->arena);
    write->wanted = (struct wanted_list){.chain = write->parts.chain,
            .chain_count = write->parts.count};
    plan_memo_init(&write->memo, &write->seats_arena);
    write->looked = write->looked_shown = 0;
    write->looked_ms = now_ms;
    write->next_look_ms = now_ms + look_ms;
    write->looking = write_wanted_seats(write->parts.store, seats, count,
            now_ms, &write->seats_arena, &write->seats, &err);
    if (!write->looking)
        store_failed(write, &err, now_ms);
}

static void finish_look(struct write *write)
{
    end_look(write);
    write_wanted_sort(&write->wanted);
    for (size_t i = 0; i < write->wanted.count; i++)
        write->wanted.items[i].under_way =
                is_asked(write, &write->wanted.items[i]);
}

/* What was shown matters where a message can be changed. */
static bool look_at_shown(struct write *write, const struct seat *seats,
        size_t count, int64_t now_ms, struct error *err)
{
    for (int i = 0; i < SHOWN_A_STEP && write->looked_shown < count; i++) {
        const struct seat *seat = &seats[write->looked_shown++];
        if ((seat->account->ops->abilities & ACCOUNT_EDITS) != 0 &&
                !write_wanted_add_shown(write->parts.store, seat, now_ms,
                        &write->arena, &write->wanted, err))
            return false;
    }
    return true;
}

static void go_on_looking(struct write *write, const struct seat *seats,
        size_t count, int64_t now_ms)
{
    struct error err = {0};
    bool ok = write->looked < write->seats.count
            ? write_wanted_add(write->parts.store,
                      write->seats.items[write->looked++], &write->memo,
                      &write->arena, &write->wanted, &err)
            : look_at_shown(write, seats, count, now_ms, &err);

    if (!ok) {
        store_failed(write, &err, now_ms);
        end_look(write);
    } else if (write->looked == write->seats.count &&
            write->looked_shown >= count) {
        finish_look(write);
    }
}

/* Sooner than planned where something came in. */
static void mind_arrivals(struct write *write, int64_t now_ms)
{
    int64_t arrival, soon = write->looked_ms + soon_ms;

    if (write->next_look_ms - now_ms > look_ms)
        write->next_look_ms = now_ms;
    if (!store_arrival(write->parts.store, &arrival, NULL) ||
            arrival == write->arrival)
        return;
    write->arrival = arrival;
    if (write->next_look_ms > soon)
        write->next_look_ms = soon;
}

static void look(struct write *write, const struct seat *seats, size_t count,
        int64_t now_ms)
{
    mind_arrivals(write, now_ms);
    if (write->looking)
        go_on_looking(write, seats, count, now_ms);
    else if (write->next_look_ms <= now_ms)
        begin_look(write, seats, count, now_ms);
}

/* --- what came --- */

static struct wanted_note *wanted_of(struct write *write,
        const struct write_call *call)
{
    static struct wanted_note nobody;

    for (size_t i = 0; i < write->wanted.count; i++)
        if (text_same(write->wanted.items[i].paper_id, call->paper_id) &&
                text_same(write->wanted.items[i].language, call->language))
            return &write->wanted.items[i];
    nobody = (struct wanted_note){0}; /* the look after the question lost it */
    return &nobody;
}

static void take_result(struct write *write, struct write_call *call,
        enum write_call_result result, int64_t now_ms)
{
    struct wanted_note *note = wanted_of(write, call);

    note->under_way = false;
    if (result == WRITE_CALL_FAILED) {
        if (!write_chain_failed(&write->chain, call->link, note, &call->failure,
                    now_ms))
            note->passed |= 1U << call->link;
        return;
    }
    write_chain_worked(&write->chain, call->link);
    note->over = result == WRITE_CALL_KEPT;
    write->kept += result == WRITE_CALL_KEPT;
    write->refused += result == WRITE_CALL_REFUSED;
}

/* What could not be stored stays where it is and is stored later. */
static bool take_answer(struct write *write, struct write_call *call,
        int64_t now_ms)
{
    enum write_call_result result;
    struct error err = {0};

    if (!write_call_keep(call, write->parts.store, write->parts.glossary,
                now_ms, &result, &err)) {
        store_failed(write, &err, now_ms);
        return false;
    }
    write->chain.links[call->link].under_way--;
    take_result(write, call, result, now_ms);
    write_call_end(call);
    return true;
}

static void take_answers(struct write *write, int64_t now_ms)
{
    for (size_t i = 0; i < CALLS_MAX; i++)
        if (write->calls[i].answered &&
                !take_answer(write, &write->calls[i], now_ms))
            return;
}

/* --- asking --- */

static struct write_call *free_call(struct write *write)
{
    for (size_t i = 0; i < CALLS_MAX; i++)
        if (!write->calls[i].taken)
            return &write->calls[i];
    return NULL;
}

static bool ask(struct write *write, struct wanted_note *note, size_t link,
        int64_t now_ms, struct error *err)
{
    struct write_call *call = free_call(write);
    enum write_call_begun begun;

    if (!write_call_begin(call, write->parts.store,
                write->chain.links[link].hired, write->parts.glossary,
                note->paper_id, note->language, now_ms, &begun, err)) {
        write_call_end(call);
        return false;
    }
    call->link = link;
    if (begun == WRITE_CALL_ASKED) {
        note->under_way = true;
        write->chain.links[link].under_way++;
        return true;
    }
    note->over = call->paper == NULL;
    note->passed |= 1U << link;
    write_call_end(call);
    return true;
}

/* Goes along the chain until the note is asked for or waits. */
static bool ask_for(struct write *write, struct wanted_note *note,
        int64_t now_ms, struct error *err)
{
    while (!note->over && !note->under_way) {
        enum write_turn turn;
        size_t link = 0;
        if (!write_chain_turn(&write->chain, write->parts.store, note, now_ms,
                    &turn, &link, err))
            return false;
        if (turn == WRITE_TURN_LATER || free_call(write) == NULL)
            return true;
        note->over = turn == WRITE_TURN_NEVER;
        if (turn == WRITE_TURN_NOW && !ask(write, note, link, now_ms, err))
            return false;
    }
    return true;
}

static void tell_done(struct write *write)
{
    if (write->kept + write->refused == 0)
        return;
    log_info("notes written", log_number("kept", (int64_t)write->kept),
            log_number("refused", (int64_t)write->refused));
    write->kept = write->refused = 0;
}

static void ask_for_all(struct write *write, int64_t now_ms)
{
    struct error err = {0};
    bool all_over = true;

    for (size_t i = 0; i < write->wanted.count; i++) {
        struct wanted_note *note = &write->wanted.items[i];
        if (!ask_for(write, note, now_ms, &err)) {
            store_failed(write, &err, now_ms);
            return;
        }
        all_over = all_over && note->over;
    }
    if (all_over)
        tell_done(write);
}

/* --- stepping --- */

static bool is_answered(const struct write *write)
{
    for (size_t i = 0; i < CALLS_MAX; i++)
        if (write->calls[i].answered)
            return true;
    return false;
}

int64_t write_next_due_ms(const struct write *write)
{
    if (write == NULL)
        return INT64_MAX;
    if (write->looking || is_answered(write))
        return write->store_ms;
    int64_t free_ms = write_chain_free_ms(&write->chain, write->stepped_ms);
    int64_t next_ms =
            free_ms < write->next_look_ms ? free_ms : write->next_look_ms;
    return next_ms > write->store_ms ? next_ms : write->store_ms;
}

void write_step(struct write *write, const struct seat *seats, size_t count,
        int64_t now_ms)
{
    if (write == NULL || write->store_ms > now_ms)
        return;
    write->stepped_ms = now_ms;
    take_answers(write, now_ms);
    look(write, seats, count, now_ms);
    if (!write->looking && write->store_ms <= now_ms)
        ask_for_all(write, now_ms);
}
