/*
 * registry.h - opens a store by its address: "sqlite:PATH", "memory:".
 */
#ifndef STORE_REGISTRY_H
#define STORE_REGISTRY_H

#include "bot/ports/store.h"

/* NULL and ERROR_INPUT for an address of no known kind. */
struct store *store_registry_open(const char *url, struct error *err);

/* Whether the address is of a known kind; ERROR_INPUT where not. */
bool store_registry_knows(const char *url, struct error *err);

/* A store_exists_fn; see bot/ports/store.h. */
bool store_registry_exists(const char *url, bool *exists, struct error *err);

/* A store_restore_fn; see bot/ports/store.h. */
bool store_registry_restore(const char *url, const char *path,
        const char *owner, struct arena *arena, const char **aside,
        struct error *err);

#endif
