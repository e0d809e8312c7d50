#include "bot/base/text.h"
#include "bot/model/paper.h"

#include <string.h>
#include <strings.h>

/* Id schemes: info.arxiv.org/help/arxiv_identifier. */

enum {
    TEXT_BYTES_MAX = 512,
    VERSION_DIGITS_MAX = 4,
    OLD_DIGITS = 7,           /* YYMM and three of a running number */
    FIRST_OLD_MONTH = 199107, /* of all archives */
    LAST_OLD_MONTH = 200703,
    FIRST_FIVE_DIGIT_MONTH = 201501,
};

/* All that had ids of their own until March 2007. */
static const char *const archives[] = {"acc-phys", "adap-org", "alg-geom",
        "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph",
        "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc",
        "hep-ex", "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th",
        "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph",
        "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con"};

/* Where papers can be read, and what stands there before an id.  www. and the
 * like may stand before a host. */
static const struct place {
    const char *host;
    const char *paths[8]; /* up to the first NULL */
} places[] = {
        {"arxiv.org",
                {"abs/", "pdf/", "html/", "format/", "ps/", "src/",
                        "e-print/"}},
        {"doi.org", {"10.48550/arXiv."}},
        {"alphaxiv.org",
                {"abs/", "overview/", "pdf/", "html/", "zh/overview/",
                        "zh/abs/"}},
        {"huggingface.co", {"papers/"}},
        {"hf.co", {"papers/"}},
        {"hf-mirror.com", {"papers/"}},
        {"ar5iv.org", {"abs/", "html/", "pdf/"}},
        {"papers.cool", {"arxiv/"}},
        {"semanticscholar.org", {"arXiv:"}},
};

/* A stretch of the text, narrowed step by step. */
struct span {
    const char *at, *end;
};

static size_t span_length(struct span span)
{
    return (size_t)(span.end - span.at);
}

/* Tells most prefixes apart before a call: letters differ in one bit by case,
 * what differs more is not alike. */
static bool begins_alike(const char *a, const char *b)
{
    return ((*a ^ *b) & ~0x20) == 0;
}

static bool skip(struct span *span, const char *prefix)
{
    size_t length = strlen(prefix);
    if (span_length(*span) < length || !begins_alike(span->at, prefix) ||
            strncasecmp(span->at, prefix, length) != 0)
        return false;
    span->at += length;
    return true;
}

static bool skip_any(struct span *span, const char *const *prefixes)
{
    for (; *prefixes != NULL; prefixes++)
        if (skip(span, *prefixes))
            return true;
    return false;
}

static bool drop_suffix(struct span *span, const char *suffix)
{
    size_t length = strlen(suffix);
    if (span_length(*span) < length ||
            !begins_alike(span->end - length, suffix) ||
            strncasecmp(span->end - length, suffix, length) != 0)
        return false;
    span->end -= length;
    return true;
}

static bool drop_suffix_any(struct span *span, const char *const *suffixes)
{
    for (; *suffixes != NULL; suffixes++)
        if (drop_suffix(span, *suffixes))
            return true;
    return false;
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
            (c >= 'A' && c <= 'Z');
}

/* Brackets and quotes before an id. */
static void trim_front(struct span *span)
{
    static const char *const openers[] = {" ", "\t", "\r", "\n", "<", "(", "[",
            "{", "\"", "'", "`", "*", "_", "（", "【", "《", "「", "“", "‘",
            "\u3000", "\u00A0", NULL};
    while (span_length(*span) > 0 && !is_alphanumeric(*span->at) &&
            skip_any(span, openers))
        continue;
}

/* What closes them, and the stops of a sentence. */
static void trim_back(struct span *span)
{
    static const char *const stops[] = {" ", "\t", "\r", "\n", ">", ")", "]",
            "}", "\"", "'", "`", "*", "_", ".", ",", ";", ":", "!", "?", "/",
            "）", "】", "》", "」", "”", "’", "。", "，", "、", "；", "：",
            "！", "？", "\u3000", "\u00A0", NULL};
    while (span_length(*span) > 0 && !is_alphanumeric(span->end[-1]) &&
            drop_suffix_any(span, stops))
        continue;
}

static bool is_host(struct span host, const char *name)
{
    return drop_suffix(&host, name) &&
            (span_length(host) == 0 || host.end[-1] == '.');
}

/* Takes "export.arxiv.org/abs/" or "doi.org/10.48550/arXiv." off the front;
 * false if there is a host and it is none that has arXiv's papers. */
static bool skip_host(struct span *span)
{
    bool is_url = skip(span, "https://") || skip(span, "http://");
    const char *slash = memchr(span->at, '/', span_length(*span));
    if (slash == NULL)
        return !is_url;
    struct span host = {span->at, slash};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!is_host(host, places[i].host))
            continue;
        span->at = slash + 1;
        return skip_any(span, places[i].paths);
    }
    return !is_url;
}

static void skip_scheme(struct span *span)
{
    if (skip(span, "oai:arXiv.org:"))
        return;
    if (skip(span, "doi:"))
        trim_front(span);
    if (!skip(span, "10.48550/arXiv."))
        skip(span, "arXiv:");
    trim_front(span);
}

/* A citation goes on with the category: "2210.11693v2 [cs.LG] 20 Oct 2022";
 * a link with a query, an anchor, or the text that Slack shows for it.  False
 * if it goes on otherwise. */
static bool cut_rest(struct span *span)
{
    trim_back(span);
    for (const char *at = span->at; at < span->end; at++) {
        if (*at == '?' || *at == '#' || *at == '|')
            span->end = at;
        else if (strchr(" \t\r\n", *at) != NULL) {
            struct span rest = {at, span->end};
            while (skip(&rest, " "))
                continue;
            span->end = at;
            return skip(&rest, "[");
        }
    }
    return true;
}

static bool all_digits(struct span span)
{
    for (; span.at < span.end; span.at++)
        if (*span.at < '0' || *span.at > '9')
            return false;
    return true;
}

static unsigned number_of(struct span span)
{
    unsigned number = 0;
    for (; span.at < span.end; span.at++)
        number = number * 10 + (unsigned)(*span.at - '0');
    return number;
}

/* Takes "v2" off the end; false for a version that cannot be. */
static bool take_version(struct span *span, unsigned *version)
{
    const char *at = span->end;
    while (at > span->at && at[-1] >= '0' && at[-1] <= '9')
        at--;
    struct span digits = {at, span->end};
    *version = 0;
    if (at == span->at || (at[-1] != 'v' && at[-1] != 'V'))
        return true;
    if (at == span->end || *at == '0' ||
            span_length(digits) > VERSION_DIGITS_MAX)
        return false;
    *version = number_of(digits);
    span->end = at - 1;
    return true;
}

/* YYYYMM of four digits YYMM, 0 for a month that is none.  Until 1999 there
 * were only ids of the old scheme. */
static unsigned year_month(const char *digits)
{
    unsigned year = number_of((struct span){digits, digits + 2});
    unsigned month = number_of((struct span){digits + 2, digits + 4});
    if (month < 1 || month > 12)
        return 0;
    return (year + (year >= 91 ? 1900 : 2000)) * 100 + month;
}

/* "2210.11693" */
static char *parse_new(struct arena *arena, struct span span)
{
    size_t length = span_length(span);
    if (length < 9 || length > 10 || span.at[4] != '.')
        return NULL;
    struct span month = {span.at, span.at + 4};
    struct span number = {span.at + 5, span.end};
    if (!all_digits(month) || !all_digits(number) || number_of(number) == 0)
        return NULL;
    unsigned when = year_month(span.at);
    size_t digits = when >= FIRST_FIVE_DIGIT_MONTH ? 5 : 4;
    if (when <= LAST_OLD_MONTH || span_length(number) != digits)
        return NULL;
    return arena_string_n(arena, span.at, length);
}

/* The subject class is no part of the identity: math.GT/0309136 is
 * math/0309136. */
static void drop_class(struct span *archive)
{
    const char *dot = memchr(archive->at, '.', span_length(*archive));
    if (dot == NULL || dot + 3 > archive->end)
        return;
    for (const char *at = dot + 1; at < archive->end; at++)
        if (*at != '-' && !(*at >= 'a' && *at <= 'z') &&
                !(*at >= 'A' && *at <= 'Z'))
            return;
    archive->end = dot;
}

static const char *find_archive(struct span span)
{
    drop_class(&span);
    size_t length = span_length(span);
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++)
        if (strlen(archives[i]) == length &&
                strncasecmp(archives[i], span.at, length) == 0)
            return archives[i];
    return NULL;
}

/* "hep-th/9901001" */
static char *parse_old(struct arena *arena, struct span span, const char *slash)
{
    const char *archive = find_archive((struct span){span.at, slash});
    struct span digits = {slash + 1, span.end};
    if (archive == NULL || span_length(digits) != OLD_DIGITS ||
            !all_digits(digits) ||
            number_of((struct span){digits.at + 4, digits.end}) == 0)
        return NULL;
    unsigned when = year_month(digits.at);
    if (when < FIRST_OLD_MONTH || when > LAST_OLD_MONTH)
        return NULL;
    return arena_format(arena, "%s/%.*s", archive, OLD_DIGITS, digits.at);
}

char *paper_id_parse(struct arena *arena, const char *text, unsigned *version)
{
    struct span span = {text, text + strnlen(text, TEXT_BYTES_MAX)};
    *version = 0;
    trim_front(&span);
    if (*span.end != '\0' || !skip_host(&span))
        return NULL;
    skip_scheme(&span);
    if (!cut_rest(&span))
        return NULL;
    trim_back(&span);
    drop_suffix(&span, ".pdf");
    unsigned named = 0;
    if (!take_version(&span, &named))
        return NULL;
    const char *slash = memchr(span.at, '/', span_length(span));
    char *id = slash == NULL ? parse_new(arena, span)
                             : parse_old(arena, span, slash);
    if (id != NULL)
        *version = named;
    return id;
}

struct civil_date paper_id_month(const char *id)
{
    const char *slash = strchr(id, '/');
    const char *digits = slash == NULL ? id : slash + 1;
    struct span span = {digits, digits + strnlen(digits, 4)};
    unsigned when =
            span_length(span) == 4 && all_digits(span) ? year_month(digits) : 0;
    if (when == 0)
        return (struct civil_date){0};
    return (struct civil_date){(int)when / 100, (int)when % 100, 1};
}
