/* The configuration: any file ends in values or in complaints that a person can
 * read. */
#include "adapters/registry.h"
#include "bot/base/text.h"
#include "bot/config/config.h"
#include "store/registry.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *environment(const char *name)
{
    return text_same(name, "TOKEN") ? "word" : NULL;
}

static void read_file(const char *path)
{
    const struct config_kinds kinds = {.accounts = registry_accounts,
            .sources = registry_sources,
            .writers = registry_writers,
            .store_knows = store_registry_knows};
    struct arena arena = {0};
    struct config config;
    struct config_complaint_list complaints = {0};

    bool ok = config_read(path, &kinds, environment, &arena, &config,
            &complaints);
    fuzz_claim(ok == (complaints.count == 0), "a failure says why");
    for (size_t i = 0; i < complaints.count; i++) {
        const char *text = complaints.items[i].text;
        fuzz_claim(text_is_utf8(text, strlen(text)), "complaints are UTF-8");
    }
    arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int file = memfd_create("config", 0);

    fuzz_claim(file >= 0 && write(file, data, size) == (ssize_t)size,
            "there is memory for a file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    read_file(path);
    close(file);
    return 0;
}
