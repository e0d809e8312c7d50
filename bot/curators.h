/*
 * curators.h - who chose a digest, as its readers are told.
 */
#ifndef BOT_CURATORS_H
#define BOT_CURATORS_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

/*
 * "ana, bo", "ana、bo"; of more than four only four and how many there are.
 * Of a native id its name stands there ("@ana:example.org": ana), the whole id
 * where two would be called the same.  One line, short, "" for none.
 */
char *curators_names(const struct string_list *ids, const char *language,
        struct arena *arena);

#endif
