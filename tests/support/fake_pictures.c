#include "tests/support/fake_pictures.h"

#include <stdlib.h>

static void cancel(struct request *request)
{
    struct fake_pictures *fake = (struct fake_pictures *)((char *)request -
            offsetof(struct fake_pictures, request));

    fake->pending = false;
}

static struct request *ask(struct source *source, const char *paper_id,
        source_picture_fn *done, void *cookie)
{
    struct fake_pictures *fake = (struct fake_pictures *)source;
    int64_t now_ms = clock_now_ms(fake->clock);

    if (fake->pending)
        abort(); /* two under way at once */
    if (fake->count++ > 0 && now_ms - fake->last_ms < fake->least_gap_ms)
        fake->least_gap_ms = now_ms - fake->last_ms;
    fake->last_ms = now_ms;
    fake->asked = arena_format(&fake->arena, "%s %s", fake->asked, paper_id);
    fake->paper_id = arena_string(&fake->arena, paper_id);
    fake->done = done;
    fake->cookie = cookie;
    fake->pending = true;
    return &fake->request;
}

bool fake_pictures_answer(struct fake_pictures *fake)
{
    const struct picture picture = {.paper_id = fake->paper_id,
            .type = "image/png",
            .width = 2,
            .height = 1,
            .bytes = "PNG",
            .length = 3};
    struct error err = {0};

    if (!fake->pending || fake->hang)
        return false;
    fake->pending = false;
    if (fake->fail_next > 0) {
        fake->fail_next--;
        error_set(&err, fake->fail_kind, "no picture today");
        err.retry_after_ms = fake->fail_wait_ms;
        fake->done(fake->cookie, NULL, &err);
    } else {
        fake->done(fake->cookie, &picture, NULL);
    }
    return true;
}

void fake_pictures_init(struct fake_pictures *fake, const struct clock *clock)
{
    *fake = (struct fake_pictures){.ops = {.kind = "pictures",
                                           .gap_ms = 1000,
                                           .picture = ask},
            .clock = clock,
            .request = {.cancel = cancel},
            .asked = "",
            .least_gap_ms = INT64_MAX,
            .fail_kind = ERROR_RETRY};
    fake->source = (struct source){.ops = &fake->ops};
}

void fake_pictures_finish(struct fake_pictures *fake)
{
    arena_finish(&fake->arena);
}
