#include "bot/model/paper_code.h"

#include "bot/base/text.h"

#include <string.h>
#include <strings.h>

enum {
    CODE_BYTES_MAX = 300, /* a longer address is no place of code */
};

static const char *const hosts[] = {"github.com/", "gitlab.com/",
        "huggingface.co/", "bitbucket.org/", "codeberg.org/", "gitee.com/",
        "modelscope.cn/"};

/* What these hosts have beside code. */
static const char *const others[] = {"huggingface.co/papers",
        "github.com/topics", "github.com/features", "github.com/sponsors",
        "modelscope.cn/papers"};

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            (byte >= '0' && byte <= '9');
}

/* "gist.github.com" is another host, and "mygithub.com" too. */
static bool begins_host(const char *text, const char *at)
{
    static const char www[] = "www.";
    size_t before = sizeof www - 1;

    if ((size_t)(at - text) >= before &&
            strncasecmp(at - before, www, before) == 0)
        at -= before;
    return at == text ||
            (!is_letter(at[-1]) && at[-1] != '.' && at[-1] != '-' &&
                    at[-1] != '_' && at[-1] != '@');
}

static bool is_other(const char *at)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strncasecmp(at, others[i], strlen(others[i])) == 0)
            return true;
    return false;
}

/* The first of the hosts from at on; NULL for none. */
static const char *find_host(const char *text, const char *at)
{
    for (; *at != '\0'; at++)
        for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
            if (strncasecmp(at, hosts[i], strlen(hosts[i])) == 0 &&
                    begins_host(text, at) && !is_other(at))
                return at;
    return NULL;
}

/* "\_" is how LaTeX writes "_"; what is no ASCII ends an address. */
static const char *read_address(const char *at, struct arena *arena)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                "qrstuvwxyz0123456789-_.~/%+=&?#@:!";
    struct text text;
    size_t length;

    text_init(&text, arena, CODE_BYTES_MAX);
    text_add(&text, "https://");
    while ((length = strspn(at, plain)) > 0) {
        text_add_n(&text, at, length);
        at += length;
        at += text_starts(at, "\\_") || text_starts(at, "\\#") ||
                text_starts(at, "\\%");
        if (at[-1] != '\\')
            break;
    }
    if (!text_ok(&text))
        return "";
    char *address = arena_string(arena, text_string(&text));
    for (length = strlen(address);
            length > 0 && strchr(".:!?/#&=", address[length - 1]) != NULL;)
        address[--length] = '\0';
    return address;
}

/* More than the host. */
static bool leads_somewhere(const char *address)
{
    const char *path = strchr(address + strlen("https://"), '/');

    return path != NULL && is_letter(path[1]);
}

const char *paper_code_in(const char *text, struct arena *arena)
{
    const char *at = text;

    while ((at = find_host(text, at)) != NULL) {
        const char *address = read_address(at, arena);
        if (*address != '\0' && leads_somewhere(address))
            return address;
        at++;
    }
    return "";
}

const char *paper_code_of(const struct paper *paper, struct arena *arena)
{
    const char *code = paper_code_in(paper->abstract, arena);

    if (*code == '\0')
        code = paper_code_in(paper->comment, arena);
    return *code == '\0' ? paper->code : code;
}
