/*
 * note_sample.h - Chinese notes of real papers, written by other people's models:
 * the listings and the bilingual sample of PAPERBOY_SHARED/data/public.
 */
#ifndef TESTS_SUPPORT_NOTE_SAMPLE_H
#define TESTS_SUPPORT_NOTE_SAMPLE_H

#include "bot/model/note.h"
#include "bot/model/paper.h"

struct note_sample {
    struct paper paper;
    struct note note;
};

typedef void note_sample_fn(void *ctx, const struct note_sample *sample);

/*
 * Hands on about 3,500, each living during the call: what a listing says of a
 * paper's task, motivation, method, result and conclusion, each as a digest; and
 * of the bilingual sample title and summary, where its abstract is whole (the
 * sample cuts at 1,024 characters).  A failure fails the test.
 */
void note_sample_each(note_sample_fn *fn, void *ctx);

#endif
