#include "adapters/terminal.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios shown;
static volatile sig_atomic_t hidden;

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

enum {
    SIGNALS = sizeof signals / sizeof signals[0]
};

static struct sigaction before[SIGNALS];

/* tcsetattr, raise and sigaction may be called here (POSIX, 2.4.3). */
static void on_signal(int number)
{
    if (hidden)
        tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    signal(number, SIG_DFL);
    raise(number);
}

static void watch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &before[i]);
}

static void unwatch(void)
{
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}

void terminal_hide_typing(bool hide)
{
    if (hide == (hidden != 0))
        return;
    if (!hide) {
        tcsetattr(STDIN_FILENO, TCSADRAIN, &shown);
        hidden = 0;
        unwatch();
        return;
    }
    if (tcgetattr(STDIN_FILENO, &shown) != 0)
        return; /* no terminal */
    struct termios secret = shown;
    secret.c_lflag &= ~(tcflag_t)ECHO;
    watch();
    hidden = 1;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &secret);
}
