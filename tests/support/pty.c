#include "tests/support/pty.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum {
    WORDS_MAX = 15,
    SHOWN_MAX_BYTES = 256 * 1024,
    PATIENCE_MS = 10000, /* a build with sanitizers on a busy machine */
};

struct pty {
    int terminal; /* our end */
    pid_t child;
    char shown[SHOWN_MAX_BYTES + 1];
    size_t length, waited; /* waited: seen by an earlier pty_wait */
    bool gone;             /* nobody is at the other end any more */
};

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

/* execve wants them writable. */
static void copy_words(const char *const *words, char *copies[WORDS_MAX + 1])
{
    size_t count = 0;
    for (; words[count] != NULL && count < WORDS_MAX; count++)
        copies[count] = strdup(words[count]);
    copies[count] = NULL;
}

static void become(const char *name, const char *folder,
        const char *const *args, const char *const *environment)
{
    setsid();
    int own = open(name, O_RDWR);
    if (own < 0 || ioctl(own, TIOCSCTTY, 0) != 0 || chdir(folder) != 0)
        _exit(126);
    for (int i = 0; i < 3; i++)
        dup2(own, i);
    if (own > 2)
        close(own);
    char *words[WORDS_MAX + 1], *names[WORDS_MAX + 1];
    copy_words(args, words);
    copy_words(environment, names);
    execve(args[0], words, names);
    _exit(127);
}

struct pty *pty_start(const char *folder, const char *const *args,
        const char *const *environment)
{
    struct pty *pty = calloc(1, sizeof *pty);
    if (pty == NULL)
        give_up("pty");
    pty->terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (pty->terminal < 0 || grantpt(pty->terminal) != 0 ||
            unlockpt(pty->terminal) != 0)
        give_up("posix_openpt");
    char name[64];
    snprintf(name, sizeof name, "%s", ptsname(pty->terminal));
    pty->child = fork();
    if (pty->child < 0)
        give_up("fork");
    if (pty->child == 0)
        become(name, folder, args, environment);
    return pty;
}

/* Takes what comes within the time; false if nothing did. */
static bool take(struct pty *pty)
{
    char bytes[4096];
    struct pollfd wanted = {.fd = pty->terminal, .events = POLLIN};
    if (pty->gone || poll(&wanted, 1, PATIENCE_MS) <= 0)
        return false;
    ssize_t count = read(pty->terminal, bytes, sizeof bytes);
    if (count <= 0) { /* EIO: the last of them has left */
        pty->gone = true;
        return false;
    }
    for (ssize_t i = 0; i < count; i++)
        if (bytes[i] != '\r' && pty->length < SHOWN_MAX_BYTES)
            pty->shown[pty->length++] = bytes[i];
    pty->shown[pty->length] = '\0';
    return true;
}

bool pty_wait(struct pty *pty, const char *words)
{
    for (;;) {
        const char *found = strstr(pty->shown + pty->waited, words);
        if (found != NULL) {
            pty->waited = (size_t)(found - pty->shown) + strlen(words);
            return true;
        }
        if (!take(pty))
            break;
    }
    fprintf(stderr, "waited for \"%s\" and got:\n%s\n", words,
            pty->shown + pty->waited);
    return false;
}

void pty_type_keys(struct pty *pty, const char *keys)
{
    size_t length = strlen(keys);
    if (write(pty->terminal, keys, length) != (ssize_t)length)
        give_up("typing");
}

void pty_type(struct pty *pty, const char *line)
{
    pty_type_keys(pty, line);
    pty_type_keys(pty, "\n");
}

void pty_end_input(struct pty *pty)
{
    pty_type_keys(pty, "\004");
}

void pty_interrupt(struct pty *pty)
{
    pty_type_keys(pty, "\003");
}

void pty_terminate(struct pty *pty)
{
    kill(pty->child, SIGTERM);
}

bool pty_echoes(const struct pty *pty)
{
    struct termios now;
    return tcgetattr(pty->terminal, &now) == 0 && (now.c_lflag & ECHO) != 0;
}

int pty_end(struct pty *pty)
{
    int status = 0;
    while (take(pty))
        continue;
    if (!pty->gone)
        kill(pty->child, SIGKILL); /* it does not end */
    if (waitpid(pty->child, &status, 0) != pty->child)
        give_up("waitpid");
    pty->child = 0;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

const char *pty_shown(const struct pty *pty)
{
    return pty->shown;
}

void pty_close(struct pty *pty)
{
    if (pty->child > 0)
        pty_end(pty);
    close(pty->terminal);
    free(pty);
}
