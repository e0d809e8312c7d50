/*
 * picture_head.h - what kind of picture some bytes are, and how large.
 *
 * Reads the first header of a PNG (ISO/IEC 15948, 5.2 and 11.2.2), JPEG (ITU-T
 * T.81, annex B) or WebP (RFC 9649) and nothing behind it.  It is written by hand
 * because the libraries of the three decode: code in which a picture made for it
 * has done harm, for the sake of eight bytes.
 */
#ifndef ADAPTERS_SOURCES_PICTURE_HEAD_H
#define ADAPTERS_SOURCES_PICTURE_HEAD_H

#include "bot/base/error.h"
#include "bot/model/picture.h"

#include <stdbool.h>
#include <stddef.h>

/* Sets type, width and height; ERROR_REJECTED if the bytes begin as none of the
 * three, or a side is 0 or above PICTURE_SIDE_MAX. */
bool picture_head_read(const char *bytes, size_t length,
        struct picture *picture, struct error *err);

#endif
