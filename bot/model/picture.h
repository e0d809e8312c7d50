/*
 * picture.h - a picture of a paper, as it came and as it will be shown.
 *
 * Its bytes are never decoded here, only passed on.
 */
#ifndef BOT_MODEL_PICTURE_H
#define BOT_MODEL_PICTURE_H

#include <stddef.h>
#include <stdint.h>

enum {
    PICTURE_BYTES_MAX = 1024 * 1024,
    PICTURE_SIDE_MAX = 8192, /* pixels: no phone shows more */
};

struct picture {
    const char *paper_id;
    const char *type;       /* "image/png", "image/jpeg", "image/webp"; "" if
                             * there is none of this paper */
    unsigned width, height; /* pixels */
    const char *bytes;
    size_t length;
    int64_t fetched_ms; /* when it was asked for */
};

#endif
