#include "adapters/channels/matrix_invite.h"

#include "bot/base/text.h"

#include <string.h>

static const char between[] = " \t,;";

const char *matrix_invite_whose_flaw(const char *value)
{
    return text_same(value, "nobody") || text_same(value, "server") ||
                    text_same(value, "anyone")
            ? NULL
            : "nobody, server or anyone";
}

/* The next word of a list, and where it ends; NULL at the list's end. */
static const char *next_word(const char **at, size_t *length)
{
    const char *word = *at + strspn(*at, between);

    *length = strcspn(word, between);
    *at = word + *length;
    return *length > 0 ? word : NULL;
}

static bool is_server(const char *word, size_t length)
{
    return memchr(word, '.', length) != NULL ||
            memchr(word, ':', length) != NULL ||
            (length == strlen("localhost") &&
                    strncmp(word, "localhost", length) == 0);
}

const char *matrix_invite_allow_flaw(const char *value)
{
    const char *word;
    size_t length;

    while ((word = next_word(&value, &length)) != NULL) {
        bool user = word[0] == '@' && memchr(word, ':', length) != NULL;
        bool room = word[0] == '!' && length > 1;
        if (!user && !room &&
                (strchr("@!#$", word[0]) != NULL || !is_server(word, length)))
            return "users, servers and rooms: @ana:example.org example.net "
                   "!abc:example.org";
    }
    return NULL;
}

const char *matrix_invite_server(const char *id)
{
    const char *colon = strchr(id, ':');

    return colon != NULL ? colon + 1 : "";
}

static bool is_word(const char *word, size_t length, const char *string)
{
    return strlen(string) == length && strncmp(word, string, length) == 0;
}

static bool is_listed(const struct matrix_invite *invite, const char *allow)
{
    const char *server = matrix_invite_server(invite->inviter);
    const char *word;
    size_t length;

    while ((word = next_word(&allow, &length)) != NULL)
        if (is_word(word, length, invite->inviter) ||
                is_word(word, length, invite->room) ||
                (server[0] != '\0' && is_word(word, length, server)))
            return true;
    return false;
}

bool matrix_invite_is_allowed(const struct matrix_invite *invite,
        const char *whose, const char *allow)
{
    const char *server = matrix_invite_server(invite->inviter);

    if (text_same(whose, "anyone") || is_listed(invite, allow))
        return true;
    return text_same(whose, "server") && server[0] != '\0' &&
            text_same(server, matrix_invite_server(invite->own));
}
