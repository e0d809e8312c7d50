#include "adapters/sources/announced.h"

#include "bot/base/text.h"

#include <string.h>

/* What stands in front of an abstract: "arXiv:2203.01250v3 Announce Type:
 * replace-cross Abstract: ..."; empty where it does not. */
struct preamble {
    const char *id, *announce_type, *abstract;
};

/* The word after mark, or "". */
static const char *word_after(struct record *record, const char *text,
        const char *mark)
{
    const char *at = strstr(text, mark);
    if (at == NULL)
        return "";
    at += strlen(mark);
    return arena_string_n(&record->arena, at, strcspn(at, " "));
}

static struct preamble read_preamble(struct record *record, const char *text)
{
    static const char mark[] = "Abstract: ";
    struct preamble preamble = {"", "", text};

    if (!text_starts(text, "arXiv:"))
        return preamble;
    preamble.id = word_after(record, text, "arXiv:");
    preamble.announce_type = word_after(record, text, "Announce Type: ");
    const char *abstract = strstr(text, mark);
    if (abstract != NULL)
        preamble.abstract = abstract + strlen(mark);
    return preamble;
}

/* The first that is an arXiv id, those with a version first. */
static void take_id(struct record *record, const struct announced *item,
        const char *in_description)
{
    const char *const candidates[] = {item->id, in_description, item->link};
    const char *said = "";
    unsigned version = 0;

    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        if (*candidates[i] == '\0')
            continue;
        if (paper_id_parse(&record->arena, candidates[i], &version) != NULL) {
            record_id(record, candidates[i]);
            return;
        }
        said = candidates[i];
    }
    if (*said != '\0')
        record_id(record, said); /* says what is wrong with it */
}

void announced_take(struct record *record, const struct announced *item)
{
    struct source_record *out = &record->out;
    struct preamble preamble = read_preamble(record, item->description);

    take_id(record, item, preamble.id);
    out->paper.title = item->title;
    out->paper.abstract = preamble.abstract;
    out->announce = announce_type_parse(*item->announce_type != '\0'
                    ? item->announce_type
                    : preamble.announce_type);
}

bool announced_is_refusal(const char *feed_title)
{
    return text_starts(feed_title, "Feed error for query");
}

void announced_refuse(struct record *record, const char *reason)
{
    record_fault(record, "",
            arena_format(&record->arena, "is an error of arXiv's: %s",
                    record_quote(record, reason)),
            "a feed of a category that arXiv has");
    record_end(record);
}
