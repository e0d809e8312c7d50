#include "bot/enrich/enrich_names.h"

#include "bot/base/text.h"
#include "bot/labels.h"

#include <stddef.h>

const char *enrich_names_of(const char *kind, const char *language)
{
    static const struct {
        const char *kind, *english, *chinese;
    } names[] = {
            {"openalex", "OpenAlex", "OpenAlex"},
            {"semantic_scholar", "Semantic Scholar", "Semantic Scholar"},
            {"arxiv_html", "its HTML page at arXiv", "arXiv 网页版"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_same(kind, names[i].kind))
            return label_same_language(language, "zh") ? names[i].chinese
                                                       : names[i].english;
    return kind;
}
