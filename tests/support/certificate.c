#include "tests/support/certificate.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    HOUR_S = 3600
};

static void need(int good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "certificate: %s\n", what);
    abort();
}

static void add_extension(X509 *x509, int nid, const char *value)
{
    X509V3_CTX ctx;

    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, x509, x509, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    need(extension != NULL && X509_add_ext(x509, extension, -1), "extension");
    X509_EXTENSION_free(extension);
}

static X509 *make(EVP_PKEY *key, const char *host, long seconds)
{
    static long serial = 1;
    X509 *x509 = X509_new();
    X509_NAME *name = X509_get_subject_name(x509);
    char names[128];

    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), serial++);
    X509_gmtime_adj(X509_getm_notBefore(x509), -2L * HOUR_S);
    X509_gmtime_adj(X509_getm_notAfter(x509), seconds);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
            (const unsigned char *)"paperboy test", -1, -1, 0);
    X509_set_issuer_name(x509, name);
    X509_set_pubkey(x509, key);
    snprintf(names, sizeof names, "DNS:%s", host);
    add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(x509, NID_subject_alt_name, names);
    need(X509_sign(x509, key, EVP_sha256()), "signature");
    return x509;
}

void certificate_renew(struct certificate *certificate, const char *host,
        long seconds)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    need(key != NULL, "key");
    X509 *x509 = make(key, host, seconds);
    FILE *file = fopen(certificate->path, "w");
    need(file != NULL && PEM_write_X509(file, x509), certificate->path);
    fclose(file);
    file = fopen(certificate->key, "w");
    need(file != NULL &&
                    PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL),
            certificate->key);
    fclose(file);
    X509_free(x509);
    EVP_PKEY_free(key);
}

void certificate_make(struct certificate *certificate, const char *host,
        long seconds)
{
    strncpy(certificate->folder, "/tmp/paperboy-certificate-XXXXXX",
            sizeof certificate->folder);
    need(mkdtemp(certificate->folder) != NULL, "folder");
    snprintf(certificate->path, sizeof certificate->path, "%s/server.pem",
            certificate->folder);
    snprintf(certificate->key, sizeof certificate->key, "%s/server.key",
            certificate->folder);
    certificate_renew(certificate, host, seconds);
}

void certificate_remove(struct certificate *certificate)
{
    unlink(certificate->path);
    unlink(certificate->key);
    rmdir(certificate->folder);
}
