#include "adapters/fingerprint.h"

#include <openssl/sha.h>
#include <stdint.h>
#include <string.h>

enum {
    BYTES_KEPT = 8
};

char *fingerprint_of(const char *secret, struct arena *arena)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    uint64_t number = 0;

    if (*secret == '\0')
        return arena_string(arena, "");
    SHA256((const unsigned char *)secret, strlen(secret), digest);
    for (int i = 0; i < BYTES_KEPT; i++)
        number = number << 8 | digest[i];
    return arena_format(arena, "%016llx", (unsigned long long)number);
}
