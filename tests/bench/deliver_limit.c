/* The same messages from bare libcurl: one multi handle, 32 connections, nothing
 * kept of what was answered. */
#include "bot/base/arena.h"
#include "tests/support/bench_data.h"
#include "tests/support/stopwatch.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MESSAGES = 20000,
    CONNECTIONS = 32
};

/* NOLINTNEXTLINE(readability-non-const-parameter): curl says what it is. */
static size_t ignore(char *data, size_t size, size_t count, void *ctx)
{
    (void)data;
    (void)ctx;
    return size * count;
}

/* The next message, and a handle's way there; false if none is left. */
static bool begin(CURLM *multi, CURL *easy, const char **rest)
{
    size_t length = strcspn(*rest, "\n");

    if (length == 0)
        return false;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, *rest);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)length);
    curl_multi_add_handle(multi, easy);
    *rest += length + ((*rest)[length] == '\n');
    return true;
}

static unsigned take_done(CURLM *multi, const char **rest)
{
    CURLMsg *message;
    int left;
    unsigned count = 0;

    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        CURL *easy = message->easy_handle;
        if (message->data.result != CURLE_OK) {
            fprintf(stderr, "%s\n", curl_easy_strerror(message->data.result));
            exit(1);
        }
        count++;
        curl_multi_remove_handle(multi, easy);
        if (!begin(multi, easy, rest))
            curl_easy_cleanup(easy);
    }
    return count;
}

static CURL *handle_of(const char *url, struct curl_slist *headers)
{
    CURL *easy = curl_easy_init();

    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
    return easy;
}

int main(void)
{
    struct arena arena = {0};
    size_t length;
    const char *base = getenv("DELIVER_URL");
    const char *rest = bench_data_text(&arena, "messages.jsonl", &length);
    struct curl_slist *headers =
            curl_slist_append(NULL, "Content-Type: application/json");
    CURLM *multi = curl_multi_init();
    unsigned done = 0;
    int running;

    if (base == NULL) {
        fputs("no server: DELIVER_URL is not set\n", stderr);
        return 77;
    }
    const char *url = arena_format(&arena, "%s/services/T0/B0/secret", base);
    double wall = stopwatch_seconds(), cpu = stopwatch_cpu_seconds();
    for (int i = 0; i < CONNECTIONS; i++)
        begin(multi, handle_of(url, headers), &rest);
    while (done < MESSAGES) {
        curl_multi_perform(multi, &running);
        done += take_done(multi, &rest);
        if (done < MESSAGES)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    wall = stopwatch_seconds() - wall;
    cpu = stopwatch_cpu_seconds() - cpu;
    printf("rate=%.1f cpu_us=%.2f\n", done / wall, cpu / done * 1e6);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    arena_finish(&arena);
    return 0;
}
