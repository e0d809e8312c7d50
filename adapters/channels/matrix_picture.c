#include "adapters/channels/matrix_picture.h"

#include "adapters/channels/matrix.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <inttypes.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

_Static_assert(MATRIX_PICTURE_DIGEST == SHA256_DIGEST_LENGTH, "of SHA-256");

/* --- payloads --- */

/* "2210.11693.png", "hep-th-9901001.jpeg" */
static const char *file_name(const struct picture *picture, struct arena *arena)
{
    const char *slash = strchr(picture->type, '/');
    char *name = arena_format(arena, "%s.%s", picture->paper_id,
            slash != NULL ? slash + 1 : "bin");

    for (char *at = name; *at != '\0'; at++)
        if (*at == '/')
            *at = '-';
    return name;
}

/* "image/png NAME", a line end, the bytes. */
static struct payload upload_payload(const struct picture *picture,
        const char *name, struct arena *arena)
{
    const char *head = arena_format(arena, "%s %s\n", picture->type, name);
    size_t head_bytes = strlen(head);
    char *bytes = arena_alloc(arena, head_bytes + picture->length + 1);

    memcpy(bytes, head, head_bytes + 1);
    memcpy(bytes + head_bytes, picture->bytes, picture->length);
    return (struct payload){bytes, head_bytes + picture->length};
}

static void add_number(cJSON *object, const char *name, size_t number,
        struct arena *arena)
{
    dialect_payload_value(object, name,
            cJSON_CreateRaw(arena_format(arena, "%zu", number)));
}

/* With a file name of its own the body is the caption (v1.10); who does not know
 * that shows the body as what the picture is. */
void matrix_picture_render(const struct picture *picture, const char *caption,
        struct arena *arena, struct payload *upload, struct payload *shown)
{
    const char *name = file_name(picture, arena);
    cJSON *content = dialect_payload_object();
    cJSON *info = dialect_payload_object();

    add_number(info, "w", picture->width, arena);
    add_number(info, "h", picture->height, arena);
    dialect_payload_string(info, "mimetype", picture->type);
    add_number(info, "size", picture->length, arena);
    dialect_payload_string(content, "msgtype", "m.image");
    dialect_payload_string(content, "body", caption);
    dialect_payload_string(content, "filename", name);
    dialect_payload_value(content, "info", info);
    dialect_payload_value(content, "m.mentions", dialect_payload_object());
    shown->bytes = dialect_payload_print(arena, content, false);
    shown->length = strlen(shown->bytes);
    *upload = upload_payload(picture, name, arena);
}

/* --- what was uploaded before --- */

static void digest_of(const struct outbox_row *row,
        unsigned char digest[MATRIX_PICTURE_DIGEST])
{
    SHA256((const unsigned char *)row->payload, row->payload_bytes, digest);
}

static const char *known_uri(const struct matrix_call *call)
{
    const struct matrix_pictures *pictures = &call->matrix->pictures;
    unsigned char digest[MATRIX_PICTURE_DIGEST];

    digest_of(&call->row, digest);
    for (size_t i = 0; i < MATRIX_PICTURES; i++)
        if (pictures->known[i].uri[0] != '\0' &&
                memcmp(pictures->known[i].digest, digest, sizeof digest) == 0)
            return pictures->known[i].uri;
    return NULL;
}

static void remember(struct matrix_call *call, const char *uri)
{
    struct matrix_pictures *pictures = &call->matrix->pictures;
    struct matrix_picture_known *known =
            &pictures->known[pictures->next_known++ % MATRIX_PICTURES];

    digest_of(&call->row, known->digest);
    snprintf(known->uri, sizeof known->uri, "%s", uri);
}

/* --- the upload --- */

/* Only what the login itself lacks concerns more than this picture. */
static bool is_of_the_login(const struct matrix_call *call,
        const struct matrix_reply *reply)
{
    return call->matrix->login.dead.kind != ERROR_NONE ||
            text_starts(reply->errcode, "M_USER_") ||
            text_same(reply->errcode, "M_UNKNOWN_TOKEN") ||
            text_same(reply->errcode, "M_MISSING_TOKEN") ||
            text_same(reply->errcode, "M_CONSENT_NOT_GIVEN");
}

static void fail(struct matrix_call *call, const struct matrix_reply *reply,
        struct error *err)
{
    if (err->kind != ERROR_RETRY && !is_of_the_login(call, reply))
        err->kind = ERROR_REJECTED;
    error_wrap(err, "the picture");
    matrix_send_fail(call, reply, false, err);
}

static bool read_uri(const struct matrix_reply *reply, struct arena *arena,
        const char **uri, struct error *err)
{
    const struct json *json = &reply->json;

    if (!json_text(json, json->root, "content_uri", uri, err))
        return error_wrap(err, "the homeserver's answer");
    *uri = arena_string(arena, *uri);
    return (text_starts(*uri, "mxc://") &&
                   strlen(*uri) <= MATRIX_PICTURE_URI_MAX_BYTES) ||
            error_set(err, ERROR_REJECTED,
                    "the homeserver's answer: content_uri is no mxc:// "
                    "address");
}

static void on_uploaded(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};
    const char *uri = "";

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err) &&
            read_uri(&reply, &call->call.arena, &uri, &err);
    json_close(&reply.json);
    if (!ok) {
        fail(call, &reply, &err);
        return;
    }
    remember(call, uri);
    call_end(&call->call, uri, false, NULL);
}

struct upload {
    const char *type, *name, *bytes;
    size_t length;
};

static bool read_upload(const struct matrix_call *call, struct upload *upload,
        struct error *err)
{
    struct arena *arena = (struct arena *)&call->call.arena;
    const struct outbox_row *row = &call->row;
    const char *end = memchr(row->payload, '\n', row->payload_bytes);
    const char *gap = end == NULL
            ? NULL
            : memchr(row->payload, ' ', (size_t)(end - row->payload));

    if (gap == NULL)
        return error_set(err, ERROR_REJECTED,
                "the picture is not kept any more");
    *upload = (struct upload){.type = arena_string_n(arena, row->payload,
                                      (size_t)(gap - row->payload)),
            .name = arena_string_n(arena, gap + 1, (size_t)(end - gap - 1)),
            .bytes = end + 1,
            .length = row->payload_bytes - (size_t)(end + 1 - row->payload)};
    return true;
}

static bool fits(const struct matrix_call *call, const struct upload *upload,
        struct error *err)
{
    int64_t max_bytes = call->matrix->pictures.max_bytes;

    return max_bytes == 0 || upload->length <= (uint64_t)max_bytes ||
            error_set(err, ERROR_REJECTED,
                    "the picture has %zu bytes, the homeserver takes %" PRId64
                    " at most (its max_upload_size)",
                    upload->length, max_bytes);
}

static void upload(struct matrix_call *call)
{
    struct arena *arena = &call->call.arena;
    struct upload upload = {0};
    struct error err = {0};

    if (!read_upload(call, &upload, &err) || !fits(call, &upload, &err)) {
        matrix_send_refuse(call, &err);
        return;
    }
    const struct matrix_question question = {.method = "POST",
            .url = arena_format(arena, "%s/_matrix/media/v3/upload?filename=%s",
                    matrix_base(call->matrix),
                    http_url_escape(arena, upload.name)),
            .body = upload.bytes,
            .body_bytes = upload.length,
            .body_type = upload.type};

    call->call.http = matrix_ask(call->matrix, &question, on_uploaded, call);
}

/* --- how large it may be --- */

static const char *const config_paths[] = {
        "/_matrix/client/v1/media/config", /* since v1.11 */
        "/_matrix/media/v3/config",
};

enum {
    CONFIG_PATHS = sizeof config_paths / sizeof *config_paths
};

static void ask_limit(struct matrix_call *call);

static void learn_limit(struct matrix_call *call, const struct json *json)
{
    int64_t max_bytes = 0;

    call->matrix->pictures.asked = true;
    if (json_integer_or(json, json->root, "m.upload.size", 0, &max_bytes,
                NULL) &&
            max_bytes > 0)
        call->matrix->pictures.max_bytes = max_bytes;
}

/* Who does not tell is asked by uploading. */
static void on_limit(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    if (ok)
        learn_limit(call, &reply.json);
    json_close(&reply.json);
    if (ok) {
        upload(call);
    } else if (err.kind == ERROR_RETRY || is_of_the_login(call, &reply)) {
        fail(call, &reply, &err);
    } else if (++call->limits < CONFIG_PATHS) {
        ask_limit(call);
    } else {
        call->matrix->pictures.asked = true;
        upload(call);
    }
}

static void ask_limit(struct matrix_call *call)
{
    matrix_send_ask(call, "GET",
            arena_format(&call->call.arena, "%s%s", matrix_base(call->matrix),
                    config_paths[call->limits]),
            NULL, on_limit);
}

static void end_known(void *ctx)
{
    struct matrix_call *call = ctx;
    const char *uri = known_uri(call);

    call->call.timer = NULL;
    if (uri == NULL) /* pushed out meanwhile */
        matrix_picture_upload(call);
    else
        call_end(&call->call, arena_string(&call->call.arena, uri), false,
                NULL);
}

void matrix_picture_upload(struct matrix_call *call)
{
    if (known_uri(call) != NULL)
        call_soon(&call->call, call->matrix->transport->loop, end_known);
    else if (call->matrix->pictures.asked)
        upload(call);
    else
        ask_limit(call);
}
