/* A process that opens what the program's libraries need and nothing else: the
 * limit of what paperboy run costs before anything comes. */
#include <curl/curl.h>
#include <expat.h>
#include <libwebsockets.h>
#include <openssl/ssl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <uv.h>

static struct lws_context *open_sockets(uv_loop_t *loop)
{
    void *foreign[] = {loop};
    const struct lws_context_creation_info info = {
            .port = CONTEXT_PORT_NO_LISTEN,
            .options = LWS_SERVER_OPTION_LIBUV |
                    LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
            .foreign_loops = foreign,
            .pcontext = NULL,
    };

    lws_set_log_level(LLL_ERR, NULL);
    return lws_create_context(&info);
}

static void on_ready(uv_timer_t *timer)
{
    (void)timer;
    puts("ready");
    fflush(stdout);
}

static void on_later(uv_timer_t *timer)
{
    (void)timer;
}

int main(void)
{
    uv_loop_t loop;
    uv_timer_t ready, later;
    sqlite3 *database = NULL;

    uv_loop_init(&loop);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *transfers = curl_multi_init();
    CURL *transfer = curl_easy_init();
    XML_Parser parser = XML_ParserCreateNS(NULL, '\n');
    struct lws_context *sockets = open_sockets(&loop);
    if (transfers == NULL || transfer == NULL || parser == NULL ||
            sockets == NULL || sqlite3_open(":memory:", &database) != SQLITE_OK)
        return 1;
    sqlite3_exec(database, "CREATE VIRTUAL TABLE t USING fts5(text)", NULL,
            NULL, NULL);
    uv_timer_init(&loop, &ready);
    uv_timer_start(&ready, on_ready, 0, 0);
    uv_timer_init(&loop, &later);
    uv_timer_start(&later, on_later, 60000, 0);
    return uv_run(&loop, UV_RUN_DEFAULT);
}
