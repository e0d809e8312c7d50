/* An answer of a homeserver to /sync, whatever it holds: what is handed on has
 * identifiers, a place and texts, and nothing of ours is believed to be said by
 * others. */
#include "adapters/channels/channels.h"
#include "adapters/channels/matrix.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

#define OWN "@bot:example.org"

static bool received(void *ctx, struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        struct error *err)
{
    (void)ctx;
    (void)account;
    (void)err;
    fuzz_claim(checkpoint[0] != '\0', "there is a place");
    for (size_t i = 0; i < count; i++) {
        const struct event *event = &events[i];
        fuzz_claim(event->id[0] == '$', "an event has an id");
        fuzz_claim(strlen(event->id) <= MATRIX_ID_MAX_BYTES, "of bounded size");
        fuzz_claim(event->kind == EVENT_REMOVED ||
                        event->kind == EVENT_INVITED ||
                        !text_same(event->person, OWN),
                "others said it");
        fuzz_claim(text_is_utf8(event->text, strlen(event->text)),
                "a text is UTF-8");
        fuzz_claim(event->target != NULL && event->reply != NULL &&
                        event->room != NULL,
                "nothing is missing");
    }
    return true;
}

static struct matrix *open_matrix(struct transport *transport)
{
    static const struct setting items[] = {{"homeserver", "http://127.0.0.1:1"},
            {"token", "t"}};
    const struct settings settings = {.name = "home",
            .items = items,
            .count = 2,
            .contact = ""};
    struct matrix *matrix =
            (struct matrix *)matrix_kind.open(&settings, transport, NULL, NULL);

    matrix->ready = true;
    matrix->session.base = "http://127.0.0.1:1";
    matrix->session.user_id = OWN;
    matrix->listening.ears.received = received;
    matrix->listening.place = "s0";
    return matrix;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct transport *transport;
    char *bytes = fuzz_string(data, size);
    struct json json = {0};

    if (transport == NULL)
        transport = transport_open(NULL);
    if (json_parse(&json, bytes, size, MATRIX_SYNC_MAX_BYTES, NULL)) {
        struct matrix *matrix = open_matrix(transport);
        matrix_sync_begin(matrix, &json, NULL);
        matrix->account.ops->close(&matrix->account);
    }
    json_close(&json);
    free(bytes);
    return 0;
}
