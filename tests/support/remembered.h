/*
 * remembered.h - an account's memory that a test can read, and break.
 */
#ifndef TESTS_SUPPORT_REMEMBERED_H
#define TESTS_SUPPORT_REMEMBERED_H

#include "bot/ports/account.h"

struct remembered {
    struct account_memory memory; /* what an account is opened with */
    struct arena arena;
    struct remembered_value {
        const char *key, *value;
    } * items;
    size_t count, capacity;
    unsigned puts;
    bool broken; /* puts fail from now on */
};

void remembered_init(struct remembered *remembered);
void remembered_finish(struct remembered *remembered);

/* The value, "" if the key was never put. */
const char *remembered_value(const struct remembered *remembered,
        const char *key);
/* Sets a value as an earlier run would have. */
void remembered_set(struct remembered *remembered, const char *key,
        const char *value);

#endif
