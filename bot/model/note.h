/*
 * note.h - what a writer made of a paper in one language.
 */
#ifndef BOT_MODEL_NOTE_H
#define BOT_MODEL_NOTE_H

#include <stddef.h>

struct note {
    const char *paper_id;
    const char *language; /* BCP 47: "zh" */
    const char *title;    /* the title in that language; "" if none */
    const char *heading;  /* a short phrase for the digest's headline */
    const char *digest;   /* a few sentences; "" if none */
    const char *writer;   /* who wrote it: "file", "gpt-x"; for the foot line */
};

struct note_list {
    struct note *items;
    size_t count;
};

/* The note of a paper in a language, or NULL. */
const struct note *note_find(const struct note_list *notes,
        const char *paper_id, const char *language);

#endif
