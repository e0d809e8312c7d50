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

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* As a word, or glued to its year: "iclr2026". */
static bool names_venue(const char *comment, const char *venue)
{
    size_t length = strlen(venue);

    for (const char *at = comment; (at = strstr(at, venue)) != NULL; at++)
        if ((at == comment || !is_letter(at[-1])) && !is_letter(at[length]))
            return true;
    return false;
}

int content_venue_score(const struct match_paper *paper)
{
    static const char *const hoped[] = {"submitted", "submited", "under review",
            "under submission", "in submission", "for submission", "submit to",
            "not accepted", "rejected", NULL};
    static const char *const taken[] = {"accepted", "accpted", "acccepted",
            "to appear", "will appear", "appearing in", "published in",
            "published at", "published by", "camera ready", "presented at",
            "presented in", "presented as", "proceedings of", "in press", NULL};
    static const char *const perhaps[] = {"submission", "rolling review",
            "challenge", NULL};
    static const char *const kinds[] = {"conference on", "conference of",
            "symposium on", "workshop on", "chi 20", "chi '2", "chi'2", NULL};
    static const char *const venues[] = {"aaai", "aacl", "aamas", "accv", "acl",
            "aistats", "asru", "bmvc", "cikm", "coling", "colm", "colt",
            "conll", "corl", "cscw", "cvpr", "cvprw", "eacl", "ecai", "eccv",
            "ecir", "ecml", "embc", "emnlp", "eusipco", "icassp", "iccv",
            "icdar", "icip", "iclr", "icml", "icpr", "icra", "igarss", "ijcai",
            "ijcnn", "ijcv", "interspeech", "iros", "isbi", "ismir", "iui",
            "jmlr", "kdd", "lrec", "miccai", "naacl", "ndss", "neurips",
            "pakdd", "recsys", "scia", "siggraph", "sigir", "tacl", "tmlr",
            "tnnls", "tpami", "tvcg", "uist", "wacv", "waspaa", "wsdm", NULL};

    if (*paper->paper->journal_ref)
        return VENUE_WEIGHT;
    if (has_any(paper->comment, hoped))
        return 0;
    if (has_any(paper->comment, taken))
        return VENUE_WEIGHT;
    if (has_any(paper->comment, perhaps))
        return 0;
    if (has_any(paper->comment, kinds))
        return VENUE_WEIGHT;
    for (const char *const *venue = venues; *venue; venue++)
        if (names_venue(paper->comment, *venue))
            return VENUE_WEIGHT;
    return 0;
}
