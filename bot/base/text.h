/*
 * text.h - building and looking at UTF-8 text.
 *
 * A struct text grows inside an arena up to a cap given at the start.  Appends
 * never fail on the spot: past the cap the text is spoilt, later appends do
 * nothing, and one text_ok at the end tells.  Inside the program strings are
 * NUL-terminated UTF-8; bytes from outside pass text_repair first.
 * Grapheme, width and case rules are Unicode's, as libunistring has them.
 */
#ifndef BOT_BASE_TEXT_H
#define BOT_BASE_TEXT_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    struct arena *arena;
    char *bytes; /* always NUL-terminated */
    size_t length, size, cap_bytes;
    bool spoilt; /* an append went past the cap */
};

/* An empty text that may grow to cap_bytes, the NUL not counted. */
void text_init(struct text *text, struct arena *arena, size_t cap_bytes);

void text_add(struct text *text, const char *string);
void text_add_n(struct text *text, const char *bytes, size_t length);
void text_add_format(struct text *text, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
/* One code point, encoded; U+FFFD for what is no scalar value. */
void text_add_rune(struct text *text, uint32_t rune);

/* True while every append fitted. */
bool text_ok(const struct text *text);

/* What was built, in the arena, valid as long as it; after a spoilt append
 * what fitted before it. */
const char *text_string(const struct text *text);

/* --- bytes from outside --- */

bool text_is_utf8(const char *bytes, size_t length);

/*
 * A NUL-terminated copy that is valid UTF-8: each ill-formed sequence and each
 * NUL becomes U+FFFD.
 */
char *text_repair(struct arena *arena, const char *bytes, size_t length);

/*
 * One line for people: runs of white space (line ends and NBSP included) become
 * one space, ends are trimmed, control characters, bidirectional overrides and
 * isolates (U+202A-202E, U+2066-2069, U+200E, U+200F, U+061C), BOM and other
 * invisible format characters but ZWJ and ZWNJ are left out.  Input is UTF-8.
 */
char *text_one_line(struct arena *arena, const char *string);

/* text_one_line of text_repair, at one go. */
char *text_repaired_line(struct arena *arena, const char *bytes, size_t length);

/* --- measures ---
 * A heap of marks on one letter counts as several graphemes of at most 128
 * bytes, so that nothing is too long to be cut. */

size_t text_graphemes(const char *string); /* user-perceived characters */
size_t text_columns(const char *string);   /* terminal cells; wide = 2 */
bool text_has_han(const char *string);     /* any Han character */

/* Bytes of the longest prefix of at most so many graphemes. */
size_t text_prefix_graphemes(const char *string, size_t graphemes);
/* Bytes of the longest prefix of at most so many bytes that ends between two
 * graphemes. */
size_t text_prefix_bytes(const char *string, size_t bytes);

/* The string, or its beginning of at most so many graphemes with "…" as the
 * last of them. */
char *text_shorten(struct arena *arena, const char *string, size_t graphemes);

/* --- comparing --- */

/* For matching: case folded, accents and width forms removed (NFKD, marks
 * dropped), white space as text_one_line. "Möllenhoff" -> "mollenhoff". */
char *text_fold(struct arena *arena, const char *string);

/* Plain ASCII rules, for keys and identifiers. */
bool text_same(const char *a, const char *b);       /* strcmp == 0 */
bool text_same_ascii(const char *a, const char *b); /* case ignored */
bool text_starts(const char *string, const char *prefix);

/*
 * The candidate nearest to word by edits (insert, delete, change, swap of
 * neighbours; letter case counts for nothing), or NULL if none is within a
 * third of its length, rounded.  For "did you mean".  candidates ends with
 * NULL; the answer is one of them.
 */
const char *text_nearest(const char *word, const char *const *candidates);

#endif
