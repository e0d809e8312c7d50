#include "adapters/server_tls.h"

#include "bot/base/log.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>
#include <unistd.h>

/* The reason that libcrypto gives, which is then forgotten. */
static bool refuse(struct error *err, const char *what, const char *path)
{
    unsigned long code = ERR_peek_last_error();
    const char *reason = code == 0 ? NULL : ERR_reason_error_string(code);

    error_set(err, ERROR_INPUT, "%s %s: %s", what, path,
            reason != NULL ? reason : "cannot be used");
    ERR_clear_error();
    return false;
}

static bool is_readable(const char *what, const char *path, struct error *err)
{
    return access(path, R_OK) == 0 ||
            error_set(err, ERROR_INPUT, "%s %s: %s", what, path,
                    strerror(errno));
}

static void warn_if_over(SSL_CTX *context, const char *path)
{
    const X509 *certificate = SSL_CTX_get0_certificate(context);

    if (certificate != NULL &&
            X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
        log_warning("the server's certificate has expired; others refuse it",
                log_text("certificate", path));
}

static bool take(SSL_CTX *context, const char *certificate, const char *key,
        struct error *err)
{
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1)
        return refuse(err, "certificate", certificate);
    if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1 ||
            SSL_CTX_check_private_key(context) != 1)
        return refuse(err, "key", key);
    return true;
}

bool server_tls_check(const char *certificate, const char *key,
        struct error *err)
{
    if (!is_readable("certificate", certificate, err) ||
            !is_readable("key", key, err))
        return false;
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (context == NULL)
        return refuse(err, "certificate", certificate);
    bool good = take(context, certificate, key, err);
    if (good)
        warn_if_over(context, certificate);
    SSL_CTX_free(context);
    return good;
}

bool server_tls_load(struct ssl_ctx_st *context, const char *certificate,
        const char *key, struct error *err)
{
    return server_tls_check(certificate, key, err) &&
            take(context, certificate, key, err);
}
