/*
 * fuzz.h - what every fuzz target offers libFuzzer, and how it says that a
 * promise was broken.
 *
 * One file a target; "make fuzz" builds and runs them.  The sanitizers watch
 * memory; what a header promises beyond that is claimed here.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* https://llvm.org/docs/LibFuzzer.html#fuzz-target */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, so that libFuzzer keeps the input, unless the claim holds.
 */
static inline void fuzz_claim(int holds, const char *claim)
{
    if (holds)
        return;
    fprintf(stderr, "claim broken: %s\n", claim);
    abort();
}

/* A NUL-terminated copy with nothing behind it, for the sanitizer to guard; to
 * be freed. */
static inline char *fuzz_string(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1);

    if (copy == NULL)
        abort();
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

#endif
