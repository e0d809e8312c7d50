#include "adapters/http_url.h"

#include "bot/base/text.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    URL_MAX_BYTES = 4096, /* of a Location header; a longer one is no address */
};

static bool is_loopback(const char *host)
{
    struct in_addr address;

    if (text_same(host, "localhost") || text_same(host, "::1"))
        return true;
    return inet_pton(AF_INET, host, &address) == 1 &&
            ntohl(address.s_addr) >> 24 == 127;
}

static bool is_private_4(uint32_t address)
{
    return address >> 24 == 10 || address >> 20 == 0xAC1 ||
            address >> 16 == 0xC0A8;
}

static bool is_private(const char *host)
{
    struct in_addr four;
    struct in6_addr six;

    if (inet_pton(AF_INET, host, &four) == 1)
        return is_private_4(ntohl(four.s_addr));
    return inet_pton(AF_INET6, host, &six) == 1 &&
            (six.s6_addr[0] & 0xFE) == 0xFC;
}

static bool is_nearby(const char *host)
{
    static const char *const ends[] = {".local", ".home.arpa", ".internal",
            NULL};
    size_t length = strlen(host);

    for (const char *const *end = ends; *end != NULL; end++)
        if (length > strlen(*end) &&
                text_same(host + length - strlen(*end), *end))
            return true;
    return is_private(host) ||
            (length > 0 && strpbrk(host, ".:") == NULL &&
                    !text_same(host, "localhost"));
}

/* One part of an address, "" if it has none, in the arena. */
static char *part(CURLU *handle, CURLUPart what, struct arena *arena)
{
    char *value = NULL;

    if (curl_url_get(handle, what, &value, CURLU_DEFAULT_PORT) != CURLUE_OK)
        return arena_string(arena, "");
    char *copy = arena_string(arena, value);
    curl_free(value);
    return copy;
}

/* IPv6 hosts come in brackets, and names in any case. */
static const char *bare_host(char *host)
{
    size_t length = strlen(host);

    for (size_t i = 0; i < length; i++)
        if (host[i] >= 'A' && host[i] <= 'Z')
            host[i] = (char)(host[i] - 'A' + 'a');
    if (length < 2 || host[0] != '[')
        return host;
    host[length - 1] = '\0';
    return host + 1;
}

static const char *target_of(CURLU *handle, struct arena *arena)
{
    const char *path = part(handle, CURLUPART_PATH, arena);
    const char *query = part(handle, CURLUPART_QUERY, arena);

    return arena_format(arena, "%s%s%s", *path != '\0' ? path : "/",
            *query != '\0' ? "?" : "", query);
}

bool http_url_parse(const char *url, struct arena *arena,
        struct http_url *parts)
{
    CURLU *handle = curl_url();
    if (handle == NULL)
        return false;
    bool ok = curl_url_set(handle, CURLUPART_URL, url, CURLU_DISALLOW_USER) ==
            CURLUE_OK;
    if (ok) {
        const char *scheme = part(handle, CURLUPART_SCHEME, arena);
        parts->host = bare_host(part(handle, CURLUPART_HOST, arena));
        parts->port = (unsigned)strtoul(part(handle, CURLUPART_PORT, arena),
                NULL, 10);
        parts->target = target_of(handle, arena);
        parts->secure = text_same(scheme, "https");
        parts->loopback = is_loopback(parts->host);
        parts->nearby = is_nearby(parts->host);
        ok = (parts->secure || text_same(scheme, "http")) &&
                parts->host[0] != '\0';
    }
    curl_url_cleanup(handle);
    return ok;
}

static bool is_allowed(const char *url, bool nearby)
{
    struct arena arena = {0};
    struct http_url parts;
    bool ok = http_url_parse(url, &arena, &parts) &&
            (parts.secure || parts.loopback || (nearby && parts.nearby));

    arena_finish(&arena);
    return ok;
}

bool http_url_allowed(const char *url)
{
    return is_allowed(url, false);
}

const char *http_url_flaw(const char *value)
{
    if (http_url_allowed(value))
        return NULL;
    return "an https:// address (http:// only to this machine)";
}

const char *http_url_nearby_flaw(const char *value)
{
    if (is_allowed(value, true))
        return NULL;
    return "an https:// address (http:// only to this machine or the local "
           "network: http://192.168.1.5:11434, http://name.local)";
}

static bool is_unreserved(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
            byte == '_' || byte == '~';
}

char *http_url_escape(struct arena *arena, const char *string)
{
    static const char digits[] = "0123456789ABCDEF";
    char *escaped = arena_alloc(arena, strlen(string) * 3 + 1);
    char *out = escaped;

    for (const char *at = string; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (is_unreserved(*at)) {
            *out++ = *at;
            continue;
        }
        *out++ = '%';
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 15];
    }
    return escaped;
}

char *http_url_join(struct arena *arena, const char *base, const char *location)
{
    char *joined = NULL;
    CURLU *handle = curl_url();

    if (handle == NULL || strlen(location) > URL_MAX_BYTES)
        goto cleanup_handle;
    if (curl_url_set(handle, CURLUPART_URL, base, 0) == CURLUE_OK &&
            curl_url_set(handle, CURLUPART_URL, location, 0) == CURLUE_OK)
        joined = part(handle, CURLUPART_URL, arena);

cleanup_handle:
    curl_url_cleanup(handle);
    return joined;
}
