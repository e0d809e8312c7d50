#include "tests/support/store_fixture.h"

#include "store/registry.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "store fixture: %s: %s\n", what, why);
    abort();
}

struct store *store_fixture_another(const struct store_fixture *fixture)
{
    struct error err = {0};
    struct store *store = store_registry_open(fixture->url, &err);

    if (store == NULL)
        give_up(fixture->url, err.text);
    return store;
}

void store_fixture_open(struct store_fixture *fixture, const char *kind)
{
    *fixture = (struct store_fixture){0};
    snprintf(fixture->url, sizeof fixture->url, "memory:");
    if (strcmp(kind, "sqlite") == 0) {
        snprintf(fixture->directory, sizeof fixture->directory,
                "/tmp/paperboy-store-XXXXXX");
        if (mkdtemp(fixture->directory) == NULL)
            give_up(fixture->directory, "cannot be made");
        snprintf(fixture->path, sizeof fixture->path, "%s/t.db",
                fixture->directory);
        snprintf(fixture->url, sizeof fixture->url, "sqlite:%s", fixture->path);
    }
    fixture->store = store_fixture_another(fixture);
}

void store_fixture_reopen(struct store_fixture *fixture)
{
    store_close(fixture->store);
    fixture->store = store_fixture_another(fixture);
}

static void remove_directory(const char *directory)
{
    char path[400];
    DIR *listing = opendir(directory);

    if (listing == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        unlink(path);
    }
    closedir(listing);
    rmdir(directory);
}

void store_fixture_close(struct store_fixture *fixture)
{
    store_close(fixture->store);
    arena_finish(&fixture->arena);
    if (fixture->directory[0] != '\0')
        remove_directory(fixture->directory);
    *fixture = (struct store_fixture){0};
}
