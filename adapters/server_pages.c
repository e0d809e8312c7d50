#include "adapters/server_pages.h"

#include "adapters/server_metrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum {
    KEPT_MS = 1000,
    BEAT_MS = 1000,
    STATUSES = 600,
};

struct page {
    struct arena arena;
    int64_t made_ms;  /* 0: never */
    const char *text; /* of health: NULL for well */
    bool failed;
};

struct server_pages {
    struct loop *loop;
    struct server *server;
    struct query query;
    struct server_route *routes[2];
    struct page health, metrics;
    struct loop_timer *timer;
    int64_t beat_ms; /* when the loop was to turn next */
    double lag_s;    /* how late it was at the last beat */
    double worst_s;  /* and at most, ever */
};

static int64_t monotonic_ms(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

/* --- how late the loop is --- */

static void beat(void *ctx)
{
    struct server_pages *pages = ctx;
    int64_t late_ms = monotonic_ms() - pages->beat_ms;

    pages->lag_s = late_ms > 0 ? (double)late_ms / 1000 : 0;
    if (pages->lag_s > pages->worst_s)
        pages->worst_s = pages->lag_s;
    pages->beat_ms = monotonic_ms() + BEAT_MS;
    pages->timer = loop_timer_start(pages->loop, BEAT_MS, beat, pages);
}

/* --- what is known here --- */

static void add(struct server_pages *pages, struct measure_list *list,
        const char *name, const char *help, bool counter, double value)
{
    query_add(list, &pages->metrics.arena,
            (struct measure){.name = name,
                    .help = help,
                    .counter = counter,
                    .value = value});
}

static void add_answers(struct server_pages *pages, struct measure_list *list)
{
    const struct server_counts *counts = server_counted(pages->server);

    for (size_t i = 0; i < STATUSES; i++)
        if (counts->answers[i] > 0)
            query_add(list, &pages->metrics.arena,
                    (struct measure){.name = "http_requests_total",
                            .help = "Answers given, by status.",
                            .counter = true,
                            .labels = {{"status",
                                    arena_format(&pages->metrics.arena, "%zu",
                                            i)}},
                            .value = (double)counts->answers[i]});
}

static void add_own(struct server_pages *pages, struct measure_list *list)
{
    const struct server_counts *counts = server_counted(pages->server);

    add(pages, list, "loop_lag_seconds",
            "How late the loop came to its last beat, of one a second.", false,
            pages->lag_s);
    add(pages, list, "loop_lag_worst_seconds",
            "The same, at worst since the start.", false, pages->worst_s);
    add_answers(pages, list);
    add(pages, list, "http_connections", "Connections that are open.", false,
            counts->connections);
    add(pages, list, "http_waiting_requests",
            "Requests that wait for their answer.", false, counts->waiting);
    add(pages, list, "http_connections_total", "Connections taken.", true,
            (double)counts->accepted);
    add(pages, list, "http_shed_connections_total",
            "Connections hung up on because there were too many.", true,
            (double)counts->shed);
    add(pages, list, "http_late_connections_total",
            "Connections hung up on because they took too long.", true,
            (double)counts->late);
}

/* --- pages --- */

/* True if it is to be made anew. */
static bool begin(struct page *page)
{
    int64_t now = monotonic_ms();

    if (page->made_ms != 0 && now - page->made_ms < KEPT_MS)
        return false;
    arena_finish(&page->arena);
    *page = (struct page){.made_ms = now};
    return true;
}

static void make_metrics(struct server_pages *pages)
{
    struct page *page = &pages->metrics;
    struct measure_list list = {0};
    struct error err = {0};

    if (!begin(page))
        return;
    page->failed =
            !pages->query.measures(pages->query.ctx, &page->arena, &list, &err);
    if (page->failed) {
        page->text = arena_format(&page->arena, "%s\n", err.text);
        return;
    }
    add_own(pages, &list);
    page->text = server_metrics_text(&list, &page->arena);
}

static void on_metrics(void *ctx, struct server_exchange *exchange)
{
    struct server_pages *pages = ctx;

    if (!server_exchange_request(exchange)->local) {
        server_answer_text(exchange, 403, "only this machine may ask\n");
        return;
    }
    make_metrics(pages);
    server_answer(exchange,
            &(struct server_answer){.status = pages->metrics.failed ? 503 : 200,
                    .content_type =
                            pages->metrics.failed ? NULL : SERVER_METRICS_TYPE,
                    .body = pages->metrics.text});
}

static void on_health(void *ctx, struct server_exchange *exchange)
{
    struct server_pages *pages = ctx;
    struct page *page = &pages->health;
    bool local = server_exchange_request(exchange)->local;

    if (begin(page)) {
        const char *why = pages->query.trouble(pages->query.ctx, &page->arena);
        page->text =
                why == NULL ? NULL : arena_format(&page->arena, "%s\n", why);
    }
    if (page->text == NULL)
        server_answer_text(exchange, 200, "ok\n");
    else
        server_answer_text(exchange, 503, local ? page->text : "not well\n");
}

/* --- opening --- */

struct server_pages *server_pages_open(struct loop *loop, struct server *server,
        const struct query *query)
{
    struct server_pages *pages = calloc(1, sizeof *pages);

    if (pages == NULL)
        abort(); /* as an arena without memory */
    pages->loop = loop;
    pages->server = server;
    pages->query = *query;
    pages->routes[0] = server_serve(server, "/healthz", on_health, pages);
    pages->routes[1] = server_serve(server, "/metrics", on_metrics, pages);
    pages->beat_ms = monotonic_ms();
    pages->timer = loop_timer_start(loop, 0, beat, pages);
    return pages;
}

void server_pages_close(struct server_pages *pages)
{
    if (pages == NULL)
        return;
    for (size_t i = 0; i < 2; i++)
        server_withdraw(pages->routes[i]);
    loop_timer_stop(pages->timer);
    arena_finish(&pages->health.arena);
    arena_finish(&pages->metrics.arena);
    free(pages);
}
