/* What kind of picture some bytes are: told by their first header alone. */
#include "adapters/sources/picture_head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define JFIF "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define FRAME "\xff\xc2\0\x11\x08\x02\x88\x04\xb0\3\1\x22\0"
#define WEBP "RIFF\x40\0\0\0WEBPVP8"

#define bytes_of(text) (text), sizeof(text) - 1

static const struct sample {
    const char *name, *bytes;
    size_t length;
    const char *type;
    unsigned width, height;
} samples[] = {
        {"png", bytes_of(PNG "\0\0\4\xb0\0\0\2\x88\x08\2\0\0\0"), "image/png",
                1200, 648},
        {"jpeg, progressive", bytes_of(JFIF FRAME), "image/jpeg", 1200, 648},
        {"jpeg, tables and fill bytes before the frame",
                bytes_of(JFIF "\xff\xc4\0\4\1\2\xff\xff\xff\xdb\0\3\0" FRAME),
                "image/jpeg", 1200, 648},
        {"webp, lossy", bytes_of(WEBP " \0\0\0\0\0\0\0\x9d\1\x2a\xb0\4\x88\2"),
                "image/webp", 1200, 648},
        {"webp, lossless",
                bytes_of(WEBP "L\0\0\0\0\x2f\xaf\xc4\xa1\0\0\0\0\0\0"),
                "image/webp", 1200, 648},
        {"webp, extended", bytes_of(WEBP "X\0\0\0\0\x10\0\0\0\xaf\4\0\x87\2\0"),
                "image/webp", 1200, 648},
};

static bool read_head(const char *bytes, size_t length, struct picture *picture,
        struct error *err)
{
    *picture = (struct picture){.type = ""};
    *err = (struct error){0};
    return picture_head_read(bytes, length, picture, err);
}

static void test_each_kind_says_its_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct sample *sample = &samples[i];
        struct picture picture;
        struct error err;
        if (!read_head(sample->bytes, sample->length, &picture, &err))
            fail_msg("%s: %s", sample->name, err.text);
        assert_string_equal(picture.type, sample->type);
        if (picture.width != sample->width || picture.height != sample->height)
            fail_msg("%s: %u x %u", sample->name, picture.width,
                    picture.height);
    }
}

/* Each in a block of its own, so that a byte too far is seen. */
static void test_a_picture_that_is_cut_is_refused_or_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        for (size_t length = 0; length < 24; length++) {
            struct picture picture;
            struct error err;
            char *cut = malloc(length + 1);
            memcpy(cut, samples[i].bytes, length);
            char *exact = realloc(cut, length > 0 ? length : 1);
            assert_false(read_head(exact, length, &picture, &err));
            assert_int_equal(err.kind, ERROR_REJECTED);
            free(exact);
        }
}

static void test_what_is_no_picture_is_told(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *wrong;
    } cases[] = {
            {bytes_of(""), "no PNG, JPEG or WebP"},
            {bytes_of("<html>not found</html>"), "no PNG, JPEG or WebP"},
            {bytes_of("GIF89a\1\0\1\0\0\0\0"), "no PNG, JPEG or WebP"},
            {bytes_of("RIFF\x40\0\0\0WAVEfmt \0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
                    "no PNG, JPEG or WebP"},
            {bytes_of(PNG "\0\0\0\0\0\0\2\x88\x08"), "it is 0 x 648 pixels"},
            {bytes_of(PNG "\xff\xff\xff\xff\0\0\2\x88\x08"),
                    "it is 4294967295 x 648 pixels"},
            {bytes_of("\xff\xd8\xff\xda\0\x0c\3\1\0\2\x11\3\x11"),
                    "it is 0 x 0 pixels"},
            {bytes_of("\xff\xd8\xff\xe0\0\0\xff\xe0\0\0\xff\xe0\0\0"),
                    "it is 0 x 0 pixels"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct picture picture;
        struct error err;
        assert_false(read_head(cases[i].bytes, cases[i].length, &picture,
                &err));
        assert_int_equal(err.kind, ERROR_REJECTED);
        if (strstr(err.text, cases[i].wrong) == NULL)
            fail_msg("%zu: %s", i, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_each_kind_says_its_size),
            cmocka_unit_test(test_a_picture_that_is_cut_is_refused_or_whole),
            cmocka_unit_test(test_what_is_no_picture_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
