/*
 * registry.h - opens a store by its address: "sqlite:PATH", "memory:".
 */
#ifndef STORE_REGISTRY_H
#define STORE_REGISTRY_H

#include "bot/ports/store.h"

/* NULL and ERROR_INPUT for an address of no known kind. */
struct store *store_registry_open(const char *url, struct error *err);

#endif
