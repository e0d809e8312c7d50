#include "adapters/channels/matrix_settings.h"

#include "adapters/channels/matrix_invite.h"
#include "adapters/http_url.h"

#include <string.h>

char *matrix_settings_homeserver(struct arena *arena, const char *value)
{
    char *url = arena_format(arena, "%s%s",
            strstr(value, "://") != NULL ? "" : "https://", value);

    for (size_t length = strlen(url); length > 0 && url[length - 1] == '/';)
        url[--length] = '\0';
    return url;
}

static const char *homeserver_flaw(const char *value)
{
    struct arena arena = {0};
    bool ok = http_url_allowed(matrix_settings_homeserver(&arena, value)) &&
            strpbrk(value, "?#") == NULL;

    arena_finish(&arena);
    return ok ? NULL
              : "https://matrix.example.org or a server's name (http:// only "
                "to this machine)";
}

/* What else would spoil the header it goes into. */
static const char *token_flaw(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~')
            return "an access token, one word of plain ASCII";
    return value[0] != '\0' ? NULL : "an access token";
}

static const char *password_flaw(const char *value)
{
    return value[0] != '\0' ? NULL : "the bot's password";
}

/* The characters of a localpart: appendices, "User identifiers". */
static const char *user_flaw(const char *value)
{
    static const char localpart[] = "abcdefghijklmnopqrstuvwxyz0123456789"
                                    "._=-/+";
    bool id = value[0] == '@' && strchr(value, ':') != NULL &&
            strpbrk(value, " \t") == NULL;
    bool name = value[0] != '\0' && strspn(value, localpart) == strlen(value);

    return id || name ? NULL : "a user id, @name:example.org";
}

static const char *encrypted_flaw(const char *value)
{
    bool known = strcmp(value, "refuse") == 0 || strcmp(value, "clear") == 0;

    return known ? NULL : "refuse or clear";
}

const struct setting_spec matrix_settings_keys[] = {
        {.key = "homeserver",
                .required = true,
                .help = "the homeserver's address, https://matrix.example.org, "
                        "or its server name, example.org",
                .flaw = homeserver_flaw},
        {.key = "token",
                .required = true,
                .unless = "password",
                .secret = true,
                .help = "the access token of the bot's login",
                .flaw = token_flaw},
        {.key = "user",
                .required = true,
                .unless = "token",
                .help = "who the bot is, @paperboy:example.org; with a token "
                        "checked at start if given",
                .flaw = user_flaw},
        {.key = "password",
                .required = true,
                .unless = "token",
                .secret = true,
                .help = "the bot's password, in place of a token: it logs in "
                        "by itself",
                .flaw = password_flaw},
        {.key = "invites",
                .help = "whose invitations it follows: nobody, server (people "
                        "of its own homeserver) or anyone",
                .flaw = matrix_invite_whose_flaw},
        {.key = "allow",
                .help = "and besides those of these users, servers and rooms: "
                        "@ana:example.org example.net !abc:example.org",
                .flaw = matrix_invite_allow_flaw},
        {.key = "encrypted_rooms",
                .help = "what is posted in encrypted rooms, which it cannot "
                        "read: refuse (a notice, once) or clear (everything, "
                        "unencrypted)",
                .flaw = encrypted_flaw},
        {.key = NULL},
};

const char matrix_settings_room_help[] =
        "a room id (!abc:example.org) or an alias (#ml:example.org)";

/* Sigils of the Matrix specification's appendices, "common identifier format";
 * the newest room versions' ids have no server name. */
const char *matrix_settings_room_flaw(const char *room)
{
    bool id = room[0] == '!' && room[1] != '\0';
    bool alias = room[0] == '#' && strchr(room + 1, ':') != NULL;

    return (id || alias) && strpbrk(room, " \t") == NULL
            ? NULL
            : matrix_settings_room_help;
}

static bool each_fits(const struct settings *settings, struct error *err)
{
    const struct setting_spec *spec = matrix_settings_keys;

    for (; spec->key != NULL; spec++) {
        const char *value = settings_get(settings, spec->key, NULL);
        if (value == NULL && (!spec->required || spec->unless != NULL))
            continue;
        const char *flaw = spec->flaw(value != NULL ? value : "");
        if (flaw != NULL)
            return error_set(err, ERROR_INPUT, "%s: %s: %s is needed",
                    settings->name, spec->key, flaw);
    }
    return true;
}

bool matrix_settings_fit(const struct settings *settings, struct error *err)
{
    bool token = settings_get(settings, "token", NULL) != NULL;
    bool password = settings_get(settings, "password", NULL) != NULL;

    if (!each_fits(settings, err))
        return false;
    if (token && password)
        return error_set(err, ERROR_INPUT,
                "%s: token and password: one of them is needed, not both",
                settings->name);
    if (!token && !password)
        return error_set(err, ERROR_INPUT,
                "%s: token is missing: an access token is needed, or user and "
                "password",
                settings->name);
    if (password && settings_get(settings, "user", NULL) == NULL)
        return error_set(err, ERROR_INPUT,
                "%s: user is missing: with a password the bot's user id is "
                "needed, @name:example.org",
                settings->name);
    return true;
}
