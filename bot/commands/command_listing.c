#include "bot/commands/command_listing.h"

#include "bot/commands/command_entries.h"
#include "bot/commands/command_page.h"
#include "bot/labels.h"

static const struct phrase top_of = {
        .english = "%1 · top %2 of %3",
        .chinese = "%1 · 前 %2 篇，共 %3 篇",
};
static const struct phrase part_of = {
        .english = "%1 · %2 to %3 of %4",
        .chinese = "%1 · 第 %2–%3 篇，共 %4 篇",
};
static const struct phrase one_of = {
        .english = "%1 · number %2 of %3",
        .chinese = "%1 · 第 %2 篇，共 %3 篇",
};
static const struct phrase at_most = {
        .english = "I show at most %1 at once.",
        .chinese = "一次最多显示 %1 篇。",
};
static const struct phrase no_papers = {
        .english = "There is no paper in it.",
        .chinese = "其中没有论文。",
};
static const struct phrase nothing_yet = {
        .english = "I have no announcement%1 yet.",
        .chinese = "我这里还没有任何公告%1。",
};

const char *command_listing_of(const struct command_call *call,
        const struct command_scope *scope)
{
    return *scope->named == '\0'
            ? ""
            : arena_format(call->arena, " · %s", scope->named);
}

void command_listing_say_nothing(const struct command_call *call,
        const struct command_scope *scope, struct command_answer *answer)
{
    bool chinese = label_same_language(call->language, "zh");

    command_say(call, answer, &nothing_yet,
            PHRASE_VALUES(*scope->named == '\0'
                            ? ""
                            : arena_format(call->arena,
                                      chinese ? "（%s）" : " in %s",
                                      scope->named)));
}

static const char *head_of(const struct command_call *call,
        const struct command_listing *listing, size_t offset, size_t shown)
{
    size_t total = listing->papers->count;
    const char *last = phrase_number(call->arena, offset + shown);

    if (shown == total || shown == 0)
        return listing->head;
    if (offset == 0)
        return phrase_fill(call->arena, &top_of, call->language,
                PHRASE_VALUES(listing->head, last,
                        phrase_number(call->arena, total)));
    if (shown == 1)
        return phrase_fill(call->arena, &one_of, call->language,
                PHRASE_VALUES(listing->head, last,
                        phrase_number(call->arena, total)));
    return phrase_fill(call->arena, &part_of, call->language,
            PHRASE_VALUES(listing->head, phrase_number(call->arena, offset + 1),
                    last, phrase_number(call->arena, total)));
}

static bool add_entries(const struct command_call *call,
        const struct command_listing *listing, size_t offset, size_t shown,
        struct command_answer *answer, struct error *err)
{
    struct command_entry *entries =
            arena_array(call->arena, struct command_entry, shown + 1);

    for (size_t i = 0; i < shown; i++) {
        const struct scored *scored = &listing->papers->items[offset + i];
        entries[i] = (struct command_entry){.paper = scored->paper,
                .tag = scored->tag,
                .mark = listing->marks == NULL ? NULL
                                               : listing->marks[offset + i]};
    }
    return command_entries_add(call, entries, shown, answer, err);
}

bool command_listing_show(const struct command_call *call,
        const struct command_request *request,
        const struct command_scope *scope,
        const struct command_listing *listing, struct command_answer *answer,
        struct error *err)
{
    size_t total = listing->papers->count, offset = request->page.offset;
    size_t left = offset < total ? total - offset : 0;
    size_t size = command_page_size(request, scope->wanted);
    size_t shown = left < size ? left : size;
    const struct command_list list = {.line = listing->line,
            .shown = shown,
            .total = total};
    const char *head = head_of(call, listing, offset, shown);

    document_paragraph(answer->document, &answer->document->root, ROLE_NONE,
            head);
    if (total == 0)
        command_say(call, answer, &no_papers, PHRASE_NO_VALUES);
    if (!add_entries(call, listing, offset, shown, answer, err))
        return false;
    if (scope->too_many)
        command_say(call, answer, &at_most,
                PHRASE_VALUES(phrase_number(call->arena, COMMAND_PAGE_MAX)));
    return command_page_end(call, request, &list, answer, err);
}
