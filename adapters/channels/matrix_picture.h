/*
 * matrix_picture.h - pictures: into the homeserver's media repository, then into
 * a room.
 *
 * How large a picture may be the homeserver is asked once, before the first one.
 * Uploading is not idempotent, but twice is harmless: nobody sees a picture
 * before a message shows it.  What was uploaded not long ago is not uploaded
 * again for the next room.
 *
 * "Content repository" and "m.image" of the client-server API
 * (https://spec.matrix.org/v1.11/client-server-api/).  For
 * adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_PICTURE_H
#define ADAPTERS_CHANNELS_MATRIX_PICTURE_H

#include "bot/base/arena.h"
#include "bot/model/outbox.h"
#include "bot/model/picture.h"

#include <stdbool.h>
#include <stdint.h>

struct matrix_call;

enum {
    MATRIX_PICTURES = 32, /* whose addresses are remembered */
    MATRIX_PICTURE_DIGEST = 32,
    MATRIX_PICTURE_URI_MAX_BYTES = 255,
};

struct matrix_picture_known {
    unsigned char digest[MATRIX_PICTURE_DIGEST]; /* SHA-256 of the upload */
    char uri[MATRIX_PICTURE_URI_MAX_BYTES + 1];  /* "" for none */
};

/* What an account knows of its media repository; {0} at the start. */
struct matrix_pictures {
    bool asked;        /* for the limit */
    int64_t max_bytes; /* 0: the homeserver names none */
    struct matrix_picture_known known[MATRIX_PICTURES]; /* a ring */
    unsigned next_known;
};

/* The payloads of a picture's upload and of the m.image event without its url;
 * see account.h. */
void matrix_picture_render(const struct picture *picture, const char *caption,
        struct arena *arena, struct payload *upload, struct payload *shown);

/* Uploads the row's picture; the call ends with its mxc:// address.  Whatever is
 * refused but for the login is ERROR_REJECTED. */
void matrix_picture_upload(struct matrix_call *call);

#endif
