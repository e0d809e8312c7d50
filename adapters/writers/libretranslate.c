#include "adapters/writers/libretranslate.h"

#include "adapters/http_url.h"
#include "adapters/writers/translator.h"
#include "adapters/writers/writer_setting.h"

static const struct translator_service service = {
        .kind = "libretranslate",
        .model = "LibreTranslate",
        .path = "/translate",
        .key_member = "api_key",
        .texts = "q",
        .source = "source",
        .target = "target",
        .format = "format",
        .translations = "translatedText",
};

static struct writer *libretranslate_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    return translator_open(&service, settings_get(settings, "url", ""),
            settings, transport, err);
}

static const struct setting_spec keys[] = {
        {
                .key = "url",
                .required = true,
                .help = "where the server is: http://localhost:5000",
                .flaw = http_url_nearby_flaw,
        },
        {
                .key = "key",
                .secret = true,
                .help = "the server's API key, if it wants one",
        },
        {
                .key = "requests_a_minute",
                .help = "at most so many, evenly spread",
                .flaw = writer_setting_count_flaw,
        },
        {.key = NULL},
};

const struct writer_kind libretranslate_kind = {
        .kind = "libretranslate",
        .keys = keys,
        .open = libretranslate_open,
};
