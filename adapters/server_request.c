#include "adapters/server_request.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

enum {
    METHOD_MAX = 16,
    LENGTH_DIGITS_MAX = 18,
};

/* RFC 9110, section 5.6.2. */
static const char token_signs[] = "!#$%&'*+-.^_`|~"
                                  "0123456789abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

size_t server_request_end(const char *bytes, size_t count)
{
    const char *end = memmem(bytes, count, "\r\n\r\n", 4);

    return end == NULL ? 0 : (size_t)(end - bytes) + 4;
}

/* --- the request line --- */

static int digit(char c)
{
    c = lower(c);
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-encoding undone; NULL for what is none, and for a NUL. */
static const char *decode(const char *text, struct arena *arena)
{
    char *decoded = arena_string(arena, text);
    char *to = decoded;

    for (const char *from = text; *from != '\0'; from++) {
        *to = *from;
        if (*from == '%') {
            int high = digit(from[1]);
            int low = high < 0 ? -1 : digit(from[2]);
            if (low < 0 || high + low == 0)
                return NULL;
            *to = (char)(high * 16 + low);
            from += 2;
        }
        to++;
    }
    *to = '\0';
    return decoded;
}

static bool take_target(const char *target, struct arena *arena,
        struct server_request_head *head)
{
    size_t length = strcspn(target, "?");

    if (target[0] != '/' || strchr(target, '#') != NULL)
        return false;
    for (const char *at = target; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    head->query = target[length] == '?' ? target + length + 1 : "";
    head->path = decode(arena_string_n(arena, target, length), arena);
    return head->path != NULL;
}

/* "POST /slack/team/commands HTTP/1.1" */
static int take_line(char *line, struct arena *arena,
        struct server_request_head *head)
{
    size_t method = strspn(line, token_signs);
    char *version = strrchr(line, ' ');

    if (method == 0 || method > METHOD_MAX || line[method] != ' ' ||
            version == line + method)
        return 400;
    line[method] = *version++ = '\0';
    head->method = line;
    if (strcmp(version, "HTTP/1.0") == 0)
        head->last = true;
    else if (strcmp(version, "HTTP/1.1") != 0)
        return strncmp(version, "HTTP/", 5) == 0 ? 505 : 400;
    return take_target(line + method + 1, arena, head) ? 0 : 400;
}

/* --- headers --- */

/* "Name: value"; a line that begins with a blank would go on with the one
 * before, which nobody does any more. */
static int take_header(char *line, struct server_request_head *head)
{
    size_t name = strspn(line, token_signs);
    char *value = line + name + 1;

    if (name == 0 || line[name] != ':')
        return 400;
    if (head->header_count == SERVER_REQUEST_HEADERS_MAX)
        return 431;
    line[name] = '\0';
    for (char *at = line; *at != '\0'; at++)
        *at = lower(*at);
    value += strspn(value, " \t");
    size_t length = strlen(value);
    while (length > 0 && strchr(" \t", value[length - 1]) != NULL)
        value[--length] = '\0';
    for (const char *at = value; *at != '\0'; at++)
        if (((unsigned char)*at < ' ' && *at != '\t') || *at == 0x7f)
            return 400;
    head->headers[head->header_count++] =
            (struct server_request_header){.name = line, .value = value};
    return 0;
}

static size_t count_of(const struct server_request_head *head, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < head->header_count; i++)
        count += strcmp(head->headers[i].name, name) == 0;
    return count;
}

const char *server_request_value(const struct server_request_head *head,
        const char *name)
{
    for (size_t i = 0; i < head->header_count; i++)
        if (strcmp(head->headers[i].name, name) == 0)
            return head->headers[i].value;
    return "";
}

static bool length_of(const char *value, uint64_t *length)
{
    size_t digits = strspn(value, "0123456789");

    *length = 0;
    if (digits == 0 || digits > LENGTH_DIGITS_MAX || value[digits] != '\0')
        return false;
    for (const char *at = value; *at != '\0'; at++)
        *length = *length * 10 + (uint64_t)(*at - '0');
    return true;
}

/* Whether a list such as "keep-alive, close" has the word. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);

    while (*list != '\0') {
        list += strspn(list, " \t,");
        size_t part = strcspn(list, " \t,");
        if (part == length && strncasecmp(list, word, length) == 0)
            return true;
        list += part;
    }
    return false;
}

static int take_meaning(struct server_request_head *head)
{
    const char *expected = server_request_value(head, "expect");

    if (count_of(head, "transfer-encoding") > 0)
        return 411;
    if (count_of(head, "host") != 1 && !head->last)
        return 400;
    if (count_of(head, "content-length") > 1 ||
            (count_of(head, "content-length") == 1 &&
                    !length_of(server_request_value(head, "content-length"),
                            &head->body_bytes)))
        return 400;
    if (*expected != '\0' && strcasecmp(expected, "100-continue") != 0)
        return 417;
    head->waits = *expected != '\0' && head->body_bytes > 0;
    if (has_word(server_request_value(head, "connection"), "close"))
        head->last = true;
    return 0;
}

/* --- the whole --- */

int server_request_read(const char *bytes, size_t count, struct arena *arena,
        struct server_request_head *head)
{
    char *line = arena_string_n(arena, bytes, count);
    int flaw = 0;

    *head = (struct server_request_head){.method = "", .path = "", .query = ""};
    if (count < 4 || memchr(bytes, '\0', count) != NULL)
        return 400;
    for (bool first = true; flaw == 0; first = false) {
        char *end = strstr(line, "\r\n");
        if (end == NULL)
            return 400;
        *end = '\0';
        if (end == line && !first)
            break;
        flaw = first ? take_line(line, arena, head) : take_header(line, head);
        line = end + 2;
    }
    return flaw != 0 ? flaw : take_meaning(head);
}

/* --- proxies --- */

const char *server_request_forwarded(const struct server_request_head *head,
        struct arena *arena)
{
    const char *last = "";
    unsigned char address[sizeof(struct in6_addr)];

    for (size_t i = 0; i < head->header_count; i++)
        if (strcmp(head->headers[i].name, "x-forwarded-for") == 0)
            last = head->headers[i].value;
    const char *comma = strrchr(last, ',');
    last = comma == NULL ? last : comma + 1;
    last += strspn(last, " \t");
    char *peer = arena_string_n(arena, last, strcspn(last, " \t"));
    if (strlen(peer) < INET6_ADDRSTRLEN &&
            (inet_pton(AF_INET, peer, address) == 1 ||
                    inet_pton(AF_INET6, peer, address) == 1))
        return peer;
    return NULL;
}

bool server_request_is_forwarded(const struct server_request_head *head)
{
    return count_of(head, "x-forwarded-for") > 0 ||
            count_of(head, "forwarded") > 0;
}
