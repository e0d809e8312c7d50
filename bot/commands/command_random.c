#include "bot/commands/command_random.h"

#include "bot/commands/command_announced.h"
#include "bot/commands/command_card.h"
#include "bot/commands/command_day.h"
#include "bot/commands/command_listing.h"
#include "bot/commands/command_page.h"

#include <stdlib.h>
#include <string.h>

enum {
    ANNOUNCEMENTS_MAX = 10, /* the newest; what is older has had its day */
};

static const struct phrase one_of = {
        .english = "One of %1 papers announced from %2 to %3%4:",
        .chinese = "%2至 %3公布的 %1 篇论文之一%4：",
        .one = "The only paper announced from %2 to %3%4:",
};
static const struct phrase no_paper = {
        .english = "There is no paper in the announcements from %1 to %2%3.",
        .chinese = "%1至 %2的公告中没有论文%3。",
};

/* Ids of what may be drawn. */
struct pool {
    const char **ids;
    size_t count, capacity;
};

static bool add_batch(const struct command_call *call,
        const struct batch *batch, struct pool *pool, struct error *err)
{
    struct batch_paper_list papers;

    if (!store_batch_papers(call->store, batch->category, batch->date,
                call->arena, &papers, err))
        return false;
    for (size_t i = 0; i < papers.count; i++) {
        if (announce_type_is_replacement(papers.items[i].announce))
            continue;
        pool->ids = arena_grow(call->arena, pool->ids, pool->count,
                &pool->capacity, sizeof *pool->ids);
        pool->ids[pool->count++] = papers.items[i].paper_id;
    }
    return true;
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each id once, whatever the number of its categories. */
static void sort_out(struct pool *pool)
{
    size_t kept = 0;

    if (pool->count > 0)
        qsort(pool->ids, pool->count, sizeof *pool->ids, compare_ids);
    for (size_t i = 0; i < pool->count; i++)
        if (i == 0 || strcmp(pool->ids[i], pool->ids[i - 1]) != 0)
            pool->ids[kept++] = pool->ids[i];
    pool->count = kept;
}

static struct civil_date oldest_of(const struct command_announced *announced,
        struct civil_date newest)
{
    struct civil_date oldest = newest;

    for (int i = 1; i < ANNOUNCEMENTS_MAX; i++) {
        struct civil_date before = command_announced_newest(announced,
                civil_date_plus(oldest, -1));
        if (civil_date_is_set(before))
            oldest = before;
    }
    return oldest;
}

static bool fill(const struct command_call *call,
        const struct command_announced *announced, struct civil_date oldest,
        struct pool *pool, struct error *err)
{
    for (size_t i = 0; i < announced->count; i++) {
        const struct batch *batch = &announced->items[i];
        if (batch->state == BATCH_ANNOUNCED &&
                civil_date_compare(batch->date, oldest) >= 0 &&
                !add_batch(call, batch, pool, err))
            return false;
    }
    sort_out(pool);
    return true;
}

static bool draw(const struct command_call *call, const struct pool *pool,
        struct command_answer *answer, struct error *err)
{
    size_t at = (size_t)call->chance->below(call->chance->state, pool->count);
    struct command_paper paper = {0};
    struct paper *drawn;

    if (!store_paper_get(call->store, pool->ids[at], call->arena, &drawn, err))
        return false;
    if (drawn == NULL)
        return true; /* it went between the two looks */
    paper.paper = drawn;
    answer->document->spaced = true;
    return command_card_add(call, &paper, answer, err);
}

static bool run_random(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_scope scope;
    struct command_announced announced;
    struct pool pool = {0};

    if (!command_scope_read(call, request->words.items, request->words.count,
                false, answer, &scope))
        return true;
    if (!command_announced_read(call, &scope, &announced, err))
        return false;
    struct civil_date newest =
            command_announced_newest(&announced, (struct civil_date){0});
    if (!civil_date_is_set(newest)) {
        command_listing_say_nothing(call, &scope, answer);
        return true;
    }
    struct civil_date oldest = oldest_of(&announced, newest);
    const char *from = command_day_text(call, oldest);
    const char *to = command_day_text(call, newest);
    const char *of = command_listing_of(call, &scope);
    if (!fill(call, &announced, oldest, &pool, err))
        return false;
    if (pool.count == 0) {
        command_say(call, answer, &no_paper, PHRASE_VALUES(from, to, of));
        return true;
    }
    command_say(call, answer, &one_of,
            PHRASE_VALUES(phrase_number(call->arena, pool.count), from, to,
                    of));
    return draw(call, &pool, answer, err) &&
            command_page_again(call,
                    arena_format(call->arena, "random%s", scope.line), err);
}

const struct command command_random_rows[] = {
        {
                .english = {"random", "surprise"},
                .chinese = {"随机"},
                .grammar = {"[LG CV]", "[LG CV]", NULL},
                .summary = {"a paper at random", "随机来一篇论文", NULL},
                .details = {"Drawn from the newest 10 announcements in the "
                            "channel's categories, or in those you name; "
                            "“more” draws another.",
                        "从本频道（或所写）分类最近 10 次公告中抽取；发送“更多”"
                        "再来一篇。",
                        NULL},
                .examples = {"random\nrandom CV", "随机\n随机 CV", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_random,
        },
        {.english = {NULL}},
};
