#include "adapters/sources/picture_head.h"

#include <string.h>

struct head {
    const unsigned char *bytes;
    size_t length;
};

/* Numbers of the file; 0 where it has ended. */
static unsigned byte_at(const struct head *head, size_t at)
{
    return at < head->length ? head->bytes[at] : 0;
}

static unsigned big16(const struct head *head, size_t at)
{
    return byte_at(head, at) << 8 | byte_at(head, at + 1);
}

static unsigned little16(const struct head *head, size_t at)
{
    return byte_at(head, at) | byte_at(head, at + 1) << 8;
}

static unsigned little24(const struct head *head, size_t at)
{
    return little16(head, at) | byte_at(head, at + 2) << 16;
}

static bool has(const struct head *head, size_t at, const char *bytes,
        size_t count)
{
    return at + count <= head->length &&
            memcmp(head->bytes + at, bytes, count) == 0;
}

/* --- PNG --- */

static bool read_png(const struct head *head, struct picture *picture)
{
    if (head->length < 24 || !has(head, 0, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16))
        return false;
    picture->type = "image/png";
    picture->width = big16(head, 16) << 16 | big16(head, 18);
    picture->height = big16(head, 20) << 16 | big16(head, 22);
    return true;
}

/* --- JPEG --- */

/* A frame header: SOF0 to SOF15, but for three of other meaning. */
static bool is_frame(unsigned marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
            marker != 0xC8 && marker != 0xCC;
}

/* Without a segment behind them: TEM, RST0 to 7, SOI; or a fill byte. */
static bool is_bare(unsigned marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8) ||
            marker == 0xFF;
}

static bool read_jpeg(const struct head *head, struct picture *picture)
{
    size_t at = 2;

    if (!has(head, 0, "\xff\xd8\xff", 3))
        return false;
    picture->type = "image/jpeg";
    while (at + 9 <= head->length && byte_at(head, at) == 0xFF) {
        unsigned marker = byte_at(head, at + 1);
        if (is_frame(marker)) {
            picture->height = big16(head, at + 5);
            picture->width = big16(head, at + 7);
            return true;
        }
        if (marker == 0xDA || marker == 0xD9) /* the picture itself; its end */
            return true;
        at += is_bare(marker) ? (marker == 0xFF ? 1 : 2)
                              : 2 + (size_t)big16(head, at + 2);
    }
    return true;
}

/* --- WebP --- */

static bool read_webp(const struct head *head, struct picture *picture)
{
    if (!has(head, 0, "RIFF", 4) || !has(head, 8, "WEBPVP8", 7))
        return false;
    picture->type = "image/webp";
    if (has(head, 15, "X", 1)) {
        picture->width = little24(head, 24) + 1;
        picture->height = little24(head, 27) + 1;
    } else if (has(head, 15, "L", 1) && byte_at(head, 20) == 0x2F) {
        picture->width = (little16(head, 21) & 0x3FFF) + 1;
        picture->height = (little24(head, 22) >> 6 & 0x3FFF) + 1;
    } else if (has(head, 15, " ", 1) && has(head, 23, "\x9d\x01\x2a", 3)) {
        picture->width = little16(head, 26) & 0x3FFF;
        picture->height = little16(head, 28) & 0x3FFF;
    }
    return head->length >= 30;
}

bool picture_head_read(const char *bytes, size_t length,
        struct picture *picture, struct error *err)
{
    const struct head head = {(const unsigned char *)bytes, length};

    picture->width = picture->height = 0;
    if (!read_png(&head, picture) && !read_jpeg(&head, picture) &&
            !read_webp(&head, picture))
        return error_set(err, ERROR_REJECTED,
                "it is no PNG, JPEG or WebP picture");
    return (picture->width > 0 && picture->width <= PICTURE_SIDE_MAX &&
                   picture->height > 0 &&
                   picture->height <= PICTURE_SIDE_MAX) ||
            error_set(err, ERROR_REJECTED,
                    "it is %u x %u pixels; right would be 1 to %d each way",
                    picture->width, picture->height, PICTURE_SIDE_MAX);
}
