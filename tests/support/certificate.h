/*
 * certificate.h - certificates that vouch for themselves, made for one test.
 */
#ifndef TESTS_SUPPORT_CERTIFICATE_H
#define TESTS_SUPPORT_CERTIFICATE_H

struct certificate {
    char folder[40];
    char path[64], key[64]; /* PEM files */
};

/* Makes a folder and in it one for a host's name, valid from an hour before
 * until so many seconds from now, which may be negative; ends the test program
 * if that fails. */
void certificate_make(struct certificate *certificate, const char *host,
        long seconds);
/* Another one, at the same path. */
void certificate_renew(struct certificate *certificate, const char *host,
        long seconds);
/* Removes files and folder. */
void certificate_remove(struct certificate *certificate);

#endif
