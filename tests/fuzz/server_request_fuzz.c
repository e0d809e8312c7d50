/* The head of a request: of what is taken every part is what it should be, and
 * where it ends is beyond doubt. */
#include "adapters/server_request.h"
#include "tests/fuzz/fuzz.h"

static void look(const struct server_request_head *head, struct arena *arena)
{
    fuzz_claim(*head->method != '\0' && strlen(head->method) <= 16,
            "there is a method");
    fuzz_claim(head->path[0] == '/', "the path begins at the root");
    fuzz_claim(strpbrk(head->query, " \r\n\t#") == NULL, "the query is plain");
    fuzz_claim(*server_request_value(head, "transfer-encoding") == '\0',
            "a length is all that says where the body ends");
    for (size_t i = 0; i < head->header_count; i++) {
        const struct server_request_header *header = &head->headers[i];
        fuzz_claim(*header->name != '\0' &&
                        strpbrk(header->name,
                                " \t\r\n:ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL,
                "a name is a token in lower case");
        fuzz_claim(strpbrk(header->value, "\r\n") == NULL,
                "a value is one line");
    }
    const char *peer = server_request_forwarded(head, arena);
    fuzz_claim(peer == NULL || strpbrk(peer, " ,\r\n") == NULL,
            "a peer is an address");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_string(data, size);
    struct arena arena = {0};
    struct server_request_head head;
    size_t end = server_request_end(bytes, size);

    fuzz_claim(end <= size, "the end is within");
    fuzz_claim(end == 0 || server_request_end(bytes, end - 1) == 0,
            "it is the first end");
    int status =
            server_request_read(bytes, end > 0 ? end : size, &arena, &head);
    fuzz_claim(status == 0 || (status >= 400 && status < 600),
            "a refusal is a status");
    if (status == 0)
        look(&head, &arena);
    arena_finish(&arena);
    free(bytes);
    return 0;
}
