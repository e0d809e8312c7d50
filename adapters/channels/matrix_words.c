#include "adapters/channels/matrix_words.h"

#include "adapters/http_url.h"
#include "bot/base/text.h"
#include "bot/base/text_plain.h"

#include <string.h>
#include <strings.h>

enum {
    NAME_MAX_BYTES = 512, /* of a pill, in HTML */
};

/* --- the body --- */

/* "Rich replies", the fallback that older clients write: quoted lines and an
 * empty one. */
static const char *behind_fallback(const char *body)
{
    const char *at = body;

    while (at[0] == '>' && (at[1] == ' ' || at[1] == '\n')) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return at != body ? at + (*at == '\n') : body;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* --- forms --- */

/* A plain line behind "/paper"; NULL if it does not begin so.  What follows at
 * once is a word of a script that is written without spaces. */
static const char *behind_form(const char *line)
{
    static const char *const forms[] = {"/paper", "//paper", "!paper"};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t length = strlen(forms[i]);
        if (strncasecmp(line, forms[i], length) != 0)
            continue;
        if (line[length] == '\0' || line[length] == ' ' ||
                (unsigned char)line[length] >= 0x80)
            return skip_blanks(line + length);
    }
    return NULL;
}

/* --- mentions --- */

/* Behind a name that the text begins with; NULL if it does not, or if the name
 * only begins a longer word. */
static const char *behind_name(const char *text, const char *name)
{
    size_t length = strlen(name);

    if (length == 0 || strncasecmp(text, name, length) != 0)
        return NULL;
    return strchr(" \t\r\n:,", text[length]) != NULL ||
                    text_starts(text + length, "：") ||
                    text_starts(text + length, "，")
            ? text + length
            : NULL;
}

/* Behind the colon or comma that addresses somebody; NULL if none is there. */
static const char *behind_mark(const char *at)
{
    static const char *const marks[] = {":", ",", "：", "，"};

    at = skip_blanks(at);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_starts(at, marks[i]))
            return skip_blanks(at + strlen(marks[i]));
    return NULL;
}

/* The link of a pill, as it may be written. */
static bool links_to(struct arena *arena, const char *link, const char *user_id)
{
    static const char site[] = "https://matrix.to/#/";
    const char *const forms[] = {user_id, http_url_escape(arena, user_id)};

    if (!text_starts(link, site))
        return false;
    link += strlen(site);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t length = strlen(forms[i]);
        if (strncasecmp(link, forms[i], length) == 0 &&
                strchr("\"')?", link[length]) != NULL)
            return true;
    }
    return false;
}

/* Text of HTML: what a name in a pill may hold. */
static char *unescaped(struct arena *arena, const char *html, size_t length)
{
    static const struct {
        const char *entity, *text;
    } entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"},
            {"&quot;", "\""}, {"&#39;", "'"}, {"&#x27;", "'"}};
    const char *end = html + length;
    struct text text;

    text_init(&text, arena, NAME_MAX_BYTES);
    while (html < end) {
        size_t i = 0, step = 1;
        const char *piece = html;
        for (; i < sizeof entities / sizeof *entities; i++)
            if (text_starts(html, entities[i].entity))
                break;
        if (i < sizeof entities / sizeof *entities) {
            piece = entities[i].text;
            step = strlen(entities[i].entity);
        }
        text_add_n(&text, piece, 1);
        html += step;
    }
    return arena_string(arena, text_string(&text));
}

/* The name in the first pill that is ours; NULL if there is none. */
static const char *name_in_pill(struct arena *arena, const char *html,
        const char *user_id)
{
    const char *at = html;

    while ((at = strstr(at, "href=")) != NULL) {
        at += strlen("href=");
        bool ours =
                (*at == '"' || *at == '\'') && links_to(arena, at + 1, user_id);
        const char *open = strchr(at, '>');
        const char *close = open != NULL ? strchr(open, '<') : NULL;
        if (!ours || close == NULL)
            continue;
        return close - open - 1 < NAME_MAX_BYTES
                ? unescaped(arena, open + 1, (size_t)(close - open - 1))
                : NULL;
    }
    return NULL;
}

/* Behind "[name](https://matrix.to/...)", as some clients write a pill into the
 * body. */
static const char *behind_link(struct arena *arena, const char *body,
        const char *user_id)
{
    const char *middle = body[0] == '[' ? strstr(body, "](") : NULL;
    const char *end = middle != NULL ? strchr(middle, ')') : NULL;

    return end != NULL && links_to(arena, middle + 2, user_id) ? end + 1 : NULL;
}

static const char *without_mark(const char *at)
{
    const char *behind = behind_mark(at);

    return behind != NULL ? behind : skip_blanks(at);
}

/* A pill at the beginning needs no colon behind it; a name that was only typed
 * does, as people also speak of the bot. */
static const char *behind_mention(struct arena *arena, const char *body,
        const struct matrix_words *words, const struct matrix_words_self *self)
{
    const char *pill = name_in_pill(arena, words->formatted, self->user_id);
    const char *plain = body + (body[0] == '@');
    const char *at = behind_link(arena, body, self->user_id);

    if (at == NULL)
        at = behind_name(body, self->user_id);
    if (at == NULL && pill != NULL)
        at = behind_name(plain, pill + (pill[0] == '@'));
    if (at == NULL && (pill != NULL || words->mentions))
        at = behind_name(plain, self->display_name);
    if (at != NULL)
        return without_mark(at);
    at = behind_name(plain, self->display_name);
    return at != NULL ? behind_mark(at) : NULL;
}

/* --- all together --- */

static const char *without_form(struct arena *arena, const char *body)
{
    const char *rest = behind_form(text_plain(arena, body));

    return rest != NULL ? rest : body;
}

const char *matrix_words_asked(struct arena *arena,
        const struct matrix_words *words, const struct matrix_words_self *self,
        bool direct)
{
    const char *body =
            words->reply ? behind_fallback(words->body) : words->body;
    const char *rest = behind_form(text_plain(arena, body));

    if (rest != NULL)
        return rest;
    body = skip_blanks(body);
    rest = behind_mention(arena, body, words, self);
    if (rest == NULL && !direct)
        return NULL;
    return arena_string(arena, without_form(arena, rest != NULL ? rest : body));
}
