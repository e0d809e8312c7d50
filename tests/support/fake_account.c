#include "tests/support/fake_account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fake_account *fake_of(struct account *account)
{
    return (struct fake_account *)account;
}

/* --- rendering: a line an entry, "[id] everything in it" --- */

static char *entry_line(struct arena *arena, const struct document_node *entry)
{
    return arena_format(arena, "[%s] %s\n", entry->paper_id,
            document_plain(arena, entry));
}

static void add_payload(struct payload_list *payloads, size_t *capacity,
        struct arena *arena, const char *text)
{
    payloads->items = arena_grow(arena, payloads->items, payloads->count,
            capacity, sizeof *payloads->items);
    payloads->items[payloads->count++] =
            (struct payload){.bytes = text, .length = strlen(text)};
}

static bool render(const struct account *account, const struct channel *channel,
        const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    const struct fake_account *fake = (const struct fake_account *)account;
    const char *text = arena_format(arena, "%s\n", document->title);
    size_t capacity = 0, entries = 0;

    (void)channel;
    if (fake->render_failure != NULL)
        return error_set(err, ERROR_REJECTED, "%s", fake->render_failure);
    *payloads = (struct payload_list){0};
    for (const struct document_node *block = document->root.first;
            block != NULL; block = block->next) {
        bool entry = block->kind == DOCUMENT_ENTRY;
        text = entry
                ? arena_format(arena, "%s%s", text, entry_line(arena, block))
                : arena_format(arena, "%s%s\n", text,
                          document_plain(arena, block));
        entries += entry;
        if (fake->entries_a_part > 0 && entries == fake->entries_a_part) {
            add_payload(payloads, &capacity, arena, text);
            text = "";
            entries = 0;
        }
    }
    if (text[0] != '\0')
        add_payload(payloads, &capacity, arena, text);
    return true;
}

/* "[id] caption" */
static void picture_payloads(const struct account *account,
        const struct picture *picture, const char *caption, struct arena *arena,
        struct payload *upload, struct payload *shown)
{
    (void)account;
    shown->bytes = arena_format(arena, "picture [%s] %s\n", picture->paper_id,
            caption);
    shown->length = strlen(shown->bytes);
    *upload = (struct payload){picture->bytes, picture->length};
}

/* --- sending --- */

static void cancel(struct request *request)
{
    struct fake_pending *pending = (struct fake_pending *)request;

    pending->used = false;
}

static struct fake_pending *free_pending(struct fake_account *fake)
{
    for (size_t i = 0; i < FAKE_ACCOUNT_PENDING_MAX; i++)
        if (!fake->pending[i].used)
            return &fake->pending[i];
    abort(); /* more under way than any sender may begin */
}

static struct request *send(struct account *account,
        const struct outbox_row *row, account_sent_fn *done, void *cookie)
{
    struct fake_account *fake = fake_of(account);
    struct fake_pending *pending = free_pending(fake);
    struct arena *arena = &fake->arena;
    int64_t now_ms = clock_now_ms(fake->clock);

    if (fake->asked++ > 0 && now_ms - fake->last_asked_ms < fake->least_gap_ms)
        fake->least_gap_ms = now_ms - fake->last_asked_ms;
    fake->last_asked_ms = now_ms;
    *pending = (struct fake_pending){
            .request = {.cancel = cancel},
            .account = fake,
            .used = true,
            .message = {.room = arena_string(arena, row->room),
                    .occasion = arena_string(arena, row->occasion),
                    .delivery_key = arena_string(arena, row->delivery_key),
                    .payload = arena_string_n(arena, row->payload,
                            row->payload_bytes),
                    .reply = arena_string(arena, row->reply),
                    .person = arena_string(arena, row->person),
                    .paper_id = arena_string(arena,
                            row->paper_id == NULL ? "" : row->paper_id),
                    .part = row->part,
                    .channel_id = row->channel_id,
                    .verb = row->verb,
                    .target = arena_string(arena, row->target),
                    .root = arena_string(arena, row->root),
                    .edits = row->verb == OUTBOX_EDIT
                            ? arena_string(arena, row->target)
                            : ""},
            .done = done,
            .cookie = cookie,
    };
    return &pending->request;
}

static bool is_repeat(const struct fake_account *fake,
        const struct fake_message *message)
{
    if ((fake->ops.abilities & ACCOUNT_DEDUPLICATES) == 0)
        return false;
    for (size_t i = 0; i < fake->shown_count; i++)
        if (strcmp(fake->shown[i].delivery_key, message->delivery_key) == 0)
            return true;
    return false;
}

/* A message's receipt is its delivery key. */
static void edit(struct fake_account *fake, const struct fake_message *message)
{
    for (size_t i = 0; i < fake->shown_count; i++)
        if (strcmp(fake->shown[i].delivery_key, message->edits) == 0) {
            fake->shown[i].payload = message->payload;
            fake->edits++;
            return;
        }
    abort(); /* an edit of what was never shown */
}

static void show(struct fake_account *fake, const struct fake_message *message)
{
    if (message->edits[0] != '\0') {
        edit(fake, message);
        return;
    }
    if (message->verb == OUTBOX_UPLOAD) {
        fake->uploads++;
        return;
    }
    if (is_repeat(fake, message)) {
        fake->repeats++;
        return;
    }
    fake->shown = arena_grow(&fake->arena, fake->shown, fake->shown_count,
            &fake->shown_capacity, sizeof *fake->shown);
    fake->shown[fake->shown_count] = *message;
    fake->shown[fake->shown_count++].shown_ms = clock_now_ms(fake->clock);
}

static bool has_room(struct fake_account *fake, struct error *err)
{
    int64_t now_ms = clock_now_ms(fake->clock), fill_ms = fake->bucket_fill_ms;

    if (fake->bucket_burst == 0)
        return true;
    if (fake->bucket_full_ms < now_ms)
        fake->bucket_full_ms = now_ms;
    int64_t wait_ms =
            fake->bucket_full_ms - now_ms - (fake->bucket_burst - 1) * fill_ms;
    if (wait_ms <= 0) {
        fake->bucket_full_ms += fill_ms;
        return true;
    }
    fake->refused_sends++;
    error_set(err, ERROR_RETRY, "too many at once");
    err->retry_after_ms = wait_ms;
    return false;
}

static bool takes(struct fake_account *fake, const struct fake_message *message,
        struct error *err)
{
    if (!has_room(fake, err))
        return false;
    if (fake->fail_next == 0 ||
            (fake->fail_room != NULL &&
                    strcmp(fake->fail_room, message->room) != 0) ||
            (fake->fail_part >= 0 &&
                    (unsigned)fake->fail_part != message->part) ||
            (fake->fail_verb >= 0 && fake->fail_verb != (int)message->verb))
        return true;
    fake->fail_next--;
    error_set(err, fake->fail_kind, "the product said no");
    err->retry_after_ms = fake->fail_wait_ms;
    return false;
}

static void answer(struct fake_account *fake, struct fake_pending *pending)
{
    struct fake_pending now = *pending;
    struct account_receipt receipt = {.id = now.message.delivery_key,
            .room_waits = fake->fail_room_waits};
    struct error err = {0};
    bool taken = takes(fake, &now.message, &err);

    pending->used = false;
    if (taken)
        show(fake, &now.message);
    if (taken && fake->lose_next > 0) {
        fake->lose_next--;
        receipt = (struct account_receipt){.id = "", .maybe_taken = true};
        error_set(&err, ERROR_RETRY, "no answer came in time");
        taken = false;
    }
    now.done(now.cookie, &receipt, taken ? NULL : &err);
}

/* --- what happens there --- */

static void hand_on(struct fake_account *fake)
{
    char checkpoint[24];
    struct error err = {0};

    if (fake->ears == NULL || fake->taken == fake->event_count)
        return;
    snprintf(checkpoint, sizeof checkpoint, "%zu", fake->event_count);
    if (fake->ears->received(fake->ears->ctx, &fake->account,
                &fake->events[fake->taken], fake->event_count - fake->taken,
                checkpoint, &err))
        fake->taken = fake->event_count;
    else
        fake->refused++;
}

void fake_account_happen(struct fake_account *fake, const struct event *event)
{
    struct arena *arena = &fake->arena;

    fake->events = arena_grow(arena, fake->events, fake->event_count,
            &fake->event_capacity, sizeof *fake->events);
    fake->events[fake->event_count++] =
            (struct event){.id = arena_string(arena, event->id),
                    .kind = event->kind,
                    .room = arena_string(arena, event->room),
                    .person = arena_string(arena, event->person),
                    .text = arena_string(arena, event->text),
                    .target = arena_string(arena, event->target),
                    .reply = arena_string(arena, event->reply),
                    .sent_ms = event->sent_ms};
    hand_on(fake);
}

static void listen(struct account *account, const struct account_ears *ears,
        const char *checkpoint)
{
    struct fake_account *fake = fake_of(account);

    fake->ears = ears;
    fake->taken = strtoul(checkpoint, NULL, 10);
}

/* --- who is in charge --- */

static void cancel_asking(struct request *request)
{
    struct fake_asking *asking = (struct fake_asking *)request;

    asking->used = false;
}

static struct fake_asking *free_asking(struct fake_account *fake)
{
    for (size_t i = 0; i < FAKE_ACCOUNT_ASKING_MAX; i++)
        if (!fake->asking[i].used)
            return &fake->asking[i];
    abort(); /* more asked for than is ever worked off at once */
}

static struct request *permission(struct account *account,
        const struct channel *channel, const char *person,
        account_permission_fn *done, void *cookie)
{
    struct fake_account *fake = fake_of(account);
    struct fake_asking *asking = free_asking(fake);

    (void)channel;
    fake->permissions++;
    *asking = (struct fake_asking){.request = {.cancel = cancel_asking},
            .account = fake,
            .used = true,
            .person = arena_string(&fake->arena, person),
            .done = done,
            .cookie = cookie};
    return &asking->request;
}

static bool answer_permissions(struct fake_account *fake)
{
    bool any = false;

    for (size_t i = 0; i < FAKE_ACCOUNT_ASKING_MAX && !fake->permission_hangs;
            i++) {
        struct fake_asking now = fake->asking[i];
        struct error err = {0};
        if (!now.used)
            continue;
        any = true;
        fake->asking[i].used = false;
        if (fake->permission_fails)
            error_set(&err, ERROR_RETRY, "nobody answers");
        now.done(now.cookie,
                fake->manager != NULL && strcmp(fake->manager, now.person) == 0,
                fake->permission_fails ? &err : NULL);
    }
    return any;
}

/* --- leaving --- */

static void cancel_leaving(struct request *request)
{
    struct fake_leaving *leaving = (struct fake_leaving *)request;

    leaving->used = false;
}

static struct request *leave(struct account *account, const char *room,
        account_verified_fn *done, void *cookie)
{
    struct fake_account *fake = fake_of(account);

    if (fake->leaving.used)
        abort(); /* one room is left after the other */
    fake->leaves++;
    fake->leaving = (struct fake_leaving){.request = {.cancel = cancel_leaving},
            .used = true,
            .room = arena_string(&fake->arena, room),
            .done = done,
            .cookie = cookie};
    return &fake->leaving.request;
}

static bool answer_leaving(struct fake_account *fake)
{
    struct fake_leaving now = fake->leaving;
    struct error err = {0};

    if (!now.used)
        return false;
    fake->leaving.used = false;
    if (fake->leave_failures > 0) {
        fake->leave_failures--;
        error_set(&err, ERROR_RETRY, "the door sticks");
        now.done(now.cookie, &err);
        return true;
    }
    fake->left = now.room;
    now.done(now.cookie, NULL);
    return true;
}

bool fake_account_answer(struct fake_account *fake)
{
    bool any = answer_permissions(fake);

    any = answer_leaving(fake) || any;

    hand_on(fake);
    if (fake->hang)
        return any;
    for (size_t i = 0; i < FAKE_ACCOUNT_PENDING_MAX; i++)
        if (fake->pending[i].used) {
            answer(fake, &fake->pending[i]);
            any = true;
        }
    return any;
}

void fake_account_drop(struct fake_account *fake, bool taken)
{
    for (size_t i = 0; i < FAKE_ACCOUNT_PENDING_MAX; i++) {
        if (fake->pending[i].used && taken)
            show(fake, &fake->pending[i].message);
        fake->pending[i].used = false;
    }
    for (size_t i = 0; i < FAKE_ACCOUNT_ASKING_MAX; i++)
        fake->asking[i].used = false;
    fake->leaving.used = false;
    fake->ears = NULL;
}

/* --- the rest of the port --- */

static struct request *verify(struct account *account,
        account_verified_fn *done, void *cookie)
{
    (void)account;
    (void)done;
    (void)cookie;
    abort(); /* no job verifies an account */
}

static void close(struct account *account)
{
    fake_account_finish(fake_of(account));
}

void fake_account_init(struct fake_account *fake, const char *name,
        const struct clock *clock)
{
    *fake = (struct fake_account){
            .ops = {.kind = "fake",
                    .render = render,
                    .picture = picture_payloads,
                    .send = send,
                    .verify = verify,
                    .command_form = "!paper",
                    .permission = permission,
                    .leave = leave,
                    .listen = listen,
                    .close = close},
            .clock = clock,
            .least_gap_ms = INT64_MAX,
            .left = "",
            .fail_part = -1,
            .fail_verb = -1,
            .fail_kind = ERROR_RETRY,
    };
    fake->account = (struct account){.ops = &fake->ops, .name = name};
}

void fake_account_finish(struct fake_account *fake)
{
    arena_finish(&fake->arena);
    fake->shown = NULL;
    fake->events = NULL;
    fake->shown_count = fake->event_count = 0;
}

size_t fake_account_count(const struct fake_account *fake, const char *room,
        const char *word)
{
    size_t count = 0;

    for (size_t i = 0; i < fake->shown_count; i++) {
        const struct fake_message *message = &fake->shown[i];
        if (room != NULL && strcmp(room, message->room) != 0)
            continue;
        for (const char *at = strstr(message->payload, word); at != NULL;
                at = strstr(at + 1, word))
            count++;
    }
    return count;
}
