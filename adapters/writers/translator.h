/*
 * translator.h - [writer NAME] of a service that only translates: the title, and
 * the abstract's best sentences.
 *
 * All of them are asked with a JSON object and answer with one; how a service calls
 * what is in them is a table of its own.
 */
#ifndef ADAPTERS_WRITERS_TRANSLATOR_H
#define ADAPTERS_WRITERS_TRANSLATOR_H

#include "bot/ports/writer.h"

struct translator_service {
    const char *kind;  /* "deepl" */
    const char *model; /* as the foot line names it: "DeepL" */
    const char *path;  /* of the address: "/v2/translate" */
    /* The key travels behind this in a header, or in the object; one is NULL. */
    const char *key_header; /* "Authorization: DeepL-Auth-Key " */
    const char *key_member; /* "api_key" */
    /* Members of the object that is sent. */
    const char *texts, *source, *target;
    const char *format; /* said to be "text"; NULL: not said */
    bool capitals;      /* languages: "ZH", not "zh" */
    /* Where the translations stand, and in what of each; NULL: they are texts. */
    const char *translations, *translation;
};

/* A writer of that service at url; of the settings key and requests_a_minute are
 * read.  NULL and err on trouble. */
struct writer *translator_open(const struct translator_service *service,
        const char *url, const struct settings *settings,
        struct transport *transport, struct error *err);

#endif
