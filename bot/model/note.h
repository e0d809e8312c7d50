/*
 * note.h - what a writer made of a paper in one language, and what it cost to get.
 */
#ifndef BOT_MODEL_NOTE_H
#define BOT_MODEL_NOTE_H

#include "bot/base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct note {
    const char *paper_id;
    const char *language; /* BCP 47: "zh" */
    const char *title;    /* the title in that language; "" if none */
    const char *heading;  /* a short phrase for the digest's headline */
    const char *digest;   /* a few sentences; "" if none */
    const char *writer;   /* who wrote it: "file", "gpt-x"; for the foot line */
    /* What it was written from, and how.  What people wrote says none of it. */
    unsigned version;   /* of the paper; 0: not known */
    const char *prompt; /* what the writer was told, "3"; NULL or "" for none */
    int64_t written_ms; /* when the store took it; 0 if it did not yet */
};

struct note_list {
    struct note *items;
    size_t count;
};

/* The note of a paper in a language, or NULL. */
const struct note *note_find(const struct note_list *notes,
        const char *paper_id, const char *language);

/* A deep copy into the arena. */
struct note note_copy(struct arena *arena, const struct note *note);

/* What came of asking a writer for a note. */
enum note_outcome {
    NOTE_ASKED,   /* no answer was kept: it may never have come */
    NOTE_REFUSED, /* the answer has a flaw */
    NOTE_KEPT,
};

/* Asking one writer, told one thing, for the note of one version of a paper in one
 * language.  Kept so that nothing is paid for twice. */
struct note_attempt {
    const char *paper_id;
    unsigned version;
    const char *language;
    const char *writer; /* the section's name and the model: "main/gpt-x" */
    const char *prompt;
    /* --- what came of it --- */
    enum note_outcome outcome;
    unsigned tries;   /* answers that were asked for and may have been paid */
    const char *flaw; /* NOTE_REFUSED: of the last answer; else "" */
    int64_t tried_ms; /* last */
};

#endif
