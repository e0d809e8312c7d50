/*
 * registry.h - every kind there is, one table a port, NULL-terminated.
 *
 * A new channel, source, writer or dialect is one new file and one line in registry.c.
 */
#ifndef ADAPTERS_REGISTRY_H
#define ADAPTERS_REGISTRY_H

#include "bot/ports/account.h"
#include "bot/ports/dialect.h"
#include "bot/ports/source.h"
#include "bot/ports/writer.h"

extern const struct account_kind *const registry_accounts[];
extern const struct source_kind *const registry_sources[];
extern const struct writer_kind *const registry_writers[];
extern const struct dialect *const registry_dialects[];

#endif
