#include "bot/model/edition.h"

struct edition_news edition_news_join(struct edition_news first,
        struct edition_news second)
{
    bool venue = (second.changes & EDITION_ACCEPTED) != 0;

    return (struct edition_news){
            .changes = first.changes | second.changes,
            .version = second.version > first.version ? second.version
                                                      : first.version,
            .venue = venue ? second.venue : first.venue,
    };
}
