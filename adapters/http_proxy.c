#include "adapters/http_proxy.h"

#include "bot/base/text.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    PORT_USUAL = 1080, /* curl's, where the proxy names none */
};

/* The first that says anything; "" for none. */
static const char *environment(const char *const names[])
{
    for (; *names != NULL; names++) {
        const char *value = getenv(*names);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "";
}

/* --- hosts that need none --- */

/* "example.org" and ".example.org" are for what ends so, too. */
static bool is_of(const char *host, const char *name, size_t length)
{
    size_t host_length = strlen(host);

    if (length > 0 && name[0] == '.') {
        name++;
        length--;
    }
    if (length == 0 || host_length < length ||
            strncasecmp(host + host_length - length, name, length) != 0)
        return false;
    return host_length == length || host[host_length - length - 1] == '.';
}

static bool is_exempt(const char *host)
{
    static const char *const names[] = {"no_proxy", "NO_PROXY", NULL};
    const char *at = environment(names);

    if (text_same(at, "*"))
        return true;
    while (*at != '\0') {
        at += strspn(at, ", ");
        size_t length = strcspn(at, ", ");
        if (is_of(host, at, length))
            return true;
        at += length;
    }
    return false;
}

/* --- the proxy --- */

static const char *part(CURLU *handle, CURLUPart what, struct arena *arena)
{
    char *value = NULL;

    if (curl_url_get(handle, what, &value, CURLU_URLDECODE) != CURLUE_OK)
        return "";
    const char *copy = arena_string(arena, value);
    curl_free(value);
    return copy;
}

/* IPv6 comes in brackets. */
static const char *host_of(CURLU *handle, struct arena *arena)
{
    const char *host = part(handle, CURLUPART_HOST, arena);
    size_t length = strlen(host);

    return length > 2 && host[0] == '['
            ? arena_string_n(arena, host + 1, length - 2)
            : host;
}

static bool take(CURLU *handle, const char *value, struct arena *arena,
        struct http_proxy *proxy)
{
    const char *url = strstr(value, "://") != NULL
            ? value
            : arena_format(arena, "http://%s", value);

    if (!text_starts(url, "http://") ||
            curl_url_set(handle, CURLUPART_URL, url, 0) != CURLUE_OK)
        return false;
    const char *user = part(handle, CURLUPART_USER, arena);
    const char *port = part(handle, CURLUPART_PORT, arena);
    *proxy = (struct http_proxy){.host = host_of(handle, arena),
            .port = *port == '\0' ? PORT_USUAL
                                  : (unsigned)strtoul(port, NULL, 10),
            .login = *user == '\0'
                    ? ""
                    : arena_format(arena, "%s:%s", user,
                              part(handle, CURLUPART_PASSWORD, arena))};
    return *proxy->host != '\0';
}

bool http_proxy_find(const char *host, struct arena *arena,
        struct http_proxy *proxy, struct error *err)
{
    static const char *const names[] = {"https_proxy", "HTTPS_PROXY",
            "all_proxy", "ALL_PROXY", NULL};
    const char *value = environment(names);

    *proxy = (struct http_proxy){.login = ""};
    if (*value == '\0' || is_exempt(host))
        return true;
    CURLU *handle = curl_url();
    bool ok = handle != NULL && take(handle, value, arena, proxy);
    curl_url_cleanup(handle);
    return ok ||
            error_set(err, ERROR_STOP,
                    "https_proxy is no proxy that a WebSocket can go through; "
                    "expected http://HOST:PORT (or name the host in no_proxy)");
}
