/* What people type to find papers, down to the store that answers. */
#include "bot/base/text.h"
#include "bot/ports/store.h"
#include "bot/search_query.h"
#include "store/registry.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

static const struct civil_date today = {2026, 11, 24};

static struct store *open_store(const char *url)
{
    enum store_change change;
    struct author author = {"Chelsea Finn", ""};
    const char *code = "cs.LG";
    struct paper paper = {
            .id = "2611.00001",
            .title = "Fine-tuning GPT-4: 扩散模型",
            .abstract = "Graph neural networks, R2R and 3D.",
            .authors = {&author, 1, false},
            .categories = {&code, 1},
            .comment = "",
            .journal_ref = "",
            .doi = "",
            .license = "",
            .affiliations_from = "",
            .code = "",
    };
    struct store *store = store_registry_open(url, NULL);
    if (store == NULL || !store_paper_put(store, &paper, 1, &change, NULL))
        abort();
    return store;
}

static char database[64];

static void remove_database(void)
{
    unlink(database);
}

/* One of each kind, made once. */
static struct store *store_at(size_t place)
{
    static struct store *stores[2];
    char url[80];
    if (stores[0] == NULL) {
        snprintf(database, sizeof database, "/tmp/search_fuzz.%ld.db",
                (long)getpid());
        snprintf(url, sizeof url, "sqlite:%s", database);
        stores[0] = open_store("memory:");
        stores[1] = open_store(url);
        atexit(remove_database);
    }
    return stores[place];
}

static size_t found(struct store *store, const struct search_query *query,
        struct arena *arena, int *answered)
{
    struct search_result result = {0};
    struct error err = {0};
    *answered = store_search(store, query, arena, &result, &err);
    fuzz_claim(*answered, "a query that is ready is answered");
    return result.count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct search_words words;
    char *line = fuzz_string(data, size);
    search_query_begin(&words, today, &arena);
    words.query.limit = 10;
    if (search_query_read(&words, line) && search_query_ready(&words)) {
        int here, there;
        size_t memory = found(store_at(0), &words.query, &arena, &here);
        size_t sqlite = found(store_at(1), &words.query, &arena, &there);
        fuzz_claim(here == there && memory == sqlite, "stores agree");
    } else {
        fuzz_claim(words.flaw.kind != SEARCH_FLAW_NONE,
                "a line is read or refused");
    }
    free(line);
    arena_finish(&arena);
    return 0;
}
