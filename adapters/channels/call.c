#include "adapters/channels/call.h"

#include <assert.h>

static void leave(struct call *call)
{
    if (call->previous != NULL)
        call->previous->next = call->next;
    else
        call->list->first = call->next;
    if (call->next != NULL)
        call->next->previous = call->previous;
    request_cancel(call->http);
    loop_timer_stop(call->timer);
    call->http = NULL;
    call->timer = NULL;
}

static void free_call(struct call *call)
{
    struct arena arena = call->arena;

    arena_finish(&arena);
}

static void cancel(struct request *request)
{
    struct call *call = (struct call *)request;

    if (call->ended)
        return;
    leave(call);
    free_call(call);
}

static struct call *open_call(struct call_list *list, size_t size, void *cookie)
{
    struct arena arena = {0};
    struct call *call = arena_alloc(&arena, size);

    assert(size >= sizeof *call);
    call->arena = arena;
    call->request.cancel = cancel;
    call->list = list;
    call->next = list->first;
    call->cookie = cookie;
    if (call->next != NULL)
        call->next->previous = call;
    list->first = call;
    return call;
}

struct call *call_open_send(struct call_list *list, size_t size,
        account_sent_fn *done, void *cookie)
{
    struct call *call = open_call(list, size, cookie);

    call->sent = done;
    return call;
}

struct call *call_open_verify(struct call_list *list, size_t size,
        account_verified_fn *done, void *cookie)
{
    struct call *call = open_call(list, size, cookie);

    call->verified = done;
    return call;
}

struct call *call_open_permission(struct call_list *list, size_t size,
        account_permission_fn *done, void *cookie)
{
    struct call *call = open_call(list, size, cookie);

    call->permitted = done;
    return call;
}

void call_soon(struct call *call, struct loop *loop, loop_timer_fn *fn)
{
    call->timer = loop_timer_start(loop, 0, fn, call);
}

void call_end(struct call *call, const char *id, bool maybe_taken,
        const struct error *err)
{
    const struct account_receipt receipt = {.id = id,
            .maybe_taken = err != NULL && maybe_taken,
            .room_waits = err != NULL && call->room_waits};

    leave(call);
    call->ended = true;
    if (call->sent != NULL)
        call->sent(call->cookie, &receipt, err);
    else if (call->permitted != NULL)
        call->permitted(call->cookie, err == NULL && call->allowed, err);
    else
        call->verified(call->cookie, err);
    free_call(call);
}

void call_list_cancel(struct call_list *list)
{
    while (list->first != NULL)
        cancel(&list->first->request);
}
