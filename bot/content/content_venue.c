#include "bot/content/content_venue.h"

#include <string.h>

enum {
    VENUE_WEIGHT = 2, /* people who pick do not care; a reader may */
};

static bool has_any(const char *text, const char *const *signs)
{
    for (; *signs; signs++)
        if (strstr(text, *signs))
            return true;
    return false;
}

int content_venue_score(const struct match_paper *paper)
{
    static const char *const taken[] = {"accepted", "to appear", "published in",
            "published at", "published by", "camera ready", NULL};
    static const char *const hoped[] = {"submitted", "under review",
            "under submission", "not accepted", NULL};
    static const char *const venues[] = {"aaai", "acl", "bmvc", "coling",
            "colm", "colt", "corl", "cvpr", "eccv", "emnlp", "icassp", "iccv",
            "iclr", "icml", "icra", "ijcai", "ijcv", "interspeech", "iros",
            "jmlr", "kdd", "miccai", "naacl", "neurips", "siggraph", "sigir",
            "tacl", "tmlr", "tpami", "wacv", NULL};

    if (*paper->paper->journal_ref)
        return VENUE_WEIGHT;
    if (has_any(paper->comment, hoped))
        return 0;
    if (has_any(paper->comment, taken))
        return VENUE_WEIGHT;
    for (const char *const *venue = venues; *venue; venue++)
        if (selection_match_phrase(paper->comment, *venue))
            return VENUE_WEIGHT;
    return 0;
}
