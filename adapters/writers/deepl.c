#include "adapters/writers/deepl.h"

#include "adapters/http_url.h"
#include "adapters/writers/translator.h"
#include "adapters/writers/writer_setting.h"
#include "bot/base/text.h"

#include <string.h>

static const struct translator_service service = {
        .kind = "deepl",
        .model = "DeepL",
        .path = "/v2/translate",
        .key_header = "Authorization: DeepL-Auth-Key ",
        .texts = "text",
        .source = "source_lang",
        .target = "target_lang",
        .capitals = true,
        .translations = "translations",
        .translation = "text",
};

static const char *host_of(const char *key)
{
    static const char mark[] = ":fx";
    size_t length = strlen(key);

    return length >= sizeof mark - 1 &&
                    text_same(key + length - (sizeof mark - 1), mark)
            ? "https://api-free.deepl.com"
            : "https://api.deepl.com";
}

static struct writer *deepl_open(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    const char *key = settings_get(settings, "key", "");

    return translator_open(&service,
            settings_get(settings, "url", host_of(key)), settings, transport,
            err);
}

static const struct setting_spec keys[] = {
        {
                .key = "key",
                .required = true,
                .secret = true,
                .help = "DeepL's authentication key for its API",
                .flaw = writer_setting_key_flaw,
        },
        {
                .key = "url",
                .help = "another host than the key's own",
                .flaw = http_url_nearby_flaw,
        },
        {
                .key = "requests_a_minute",
                .help = "at most so many, evenly spread",
                .flaw = writer_setting_count_flaw,
        },
        {.key = NULL},
};

const struct writer_kind deepl_kind = {
        .kind = "deepl",
        .keys = keys,
        .open = deepl_open,
};
