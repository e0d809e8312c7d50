#include "bot/draft_show.h"

#include "bot/base/civil_time.h"
#include "bot/base/text_latex_show.h"
#include "bot/commands/command.h"
#include "bot/commands/command_day.h"
#include "bot/curators.h"
#include "bot/labels.h"

static const struct phrase head = {
        .english = "Draft for %2: %1 papers, due %3 %4",
        .one = "Draft for %2: 1 paper, due %3 %4",
        .chinese = "%2 日报草稿：%1 篇，将于 %3%4发出",
};
static const struct phrase renewed = {
        .english = "More was announced, so this takes the place of the last "
                   "draft; papers keep their numbers.",
        .chinese = "又有新公告，本草稿取代上一份；已有论文的序号不变。",
};
static const struct phrase changed = {
        .english = "Changed by %1.",
        .chinese = "已由 %1 修改。",
};
static const struct phrase out = {
        .english = "Not in:",
        .chinese = "未收录：",
};
static const struct phrase how = {
        .english = "To change it, write in the channel: %1 · %2 · %3 · %4",
        .chinese = "如需修改，请在频道里发送：%1 · %2 · %3 · %4",
};
static const struct phrase untouched = {
        .english = "If nobody changes it, it goes out as it is.",
        .chinese = "无人修改则照此发出。",
};

static const char *language_of(const struct draft_show *show)
{
    const char *first = show->channel->languages.tags[0];

    return show->language != NULL ? show->language
            : first != NULL       ? first
                                  : "en";
}

/* As an answer to a question that nobody asked. */
static struct command_call call_of(const struct draft_show *show)
{
    return (struct command_call){.store = show->store,
            .channel = show->channel,
            .form = show->form == NULL ? "/paper" : show->form,
            .language = language_of(show),
            .arena = show->arena};
}

static void say(const struct command_call *call, struct document *document,
        const struct phrase *phrase, const char *const values[4])
{
    struct command_answer answer = {.document = document};

    command_say(call, &answer, phrase, values);
}

/* --- when --- */

static const struct phrase clock_text = {
        .english = "%1 (%2)",
        .chinese = "%1（%2）",
};

/* On the channel's clock, UTC's if it has none. */
static struct civil_time local(const struct command_call *call, int64_t ms,
        const char **zone_name)
{
    const char *name = call->channel->schedule.timezone;
    struct civil_time time = {0};

    *zone_name = name == NULL || *name == '\0' ? "UTC" : name;
    struct civil_zone *zone = civil_zone_open(*zone_name, NULL);
    if (zone != NULL)
        time = civil_from_ms(zone, ms);
    civil_zone_close(zone);
    return time;
}

static size_t count_in(const struct draft *draft)
{
    size_t count = 0;

    for (size_t i = 0; i < draft->count; i++)
        count += draft->papers[i].place != DRAFT_OUT;
    return count;
}

static const char *head_text(const struct draft_show *show,
        const struct command_call *call)
{
    const char *zone;
    struct civil_time time = local(call, show->due_ms, &zone);
    const char *hour = arena_format(call->arena, "%02d:%02d",
            time.minute_of_day / 60, time.minute_of_day % 60);

    return phrase_fill(call->arena, &head, call->language,
            PHRASE_VALUES(phrase_number(call->arena, count_in(show->draft)),
                    show->channel->label, command_day_text(call, time.date),
                    phrase_fill(call->arena, &clock_text, call->language,
                            PHRASE_VALUES(hour, zone))));
}

/* --- which papers --- */

static void add_line(struct document *document, struct document_node *entry,
        enum document_role role, const char *text, const char *language)
{
    if (*text != '\0')
        document_paragraph(document, entry, role, text)->language = language;
}

static void add_title(struct document *document, struct document_node *entry,
        const struct draft_paper *held, const struct paper *paper)
{
    struct document_node *title =
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_TITLE);

    title->language = "en";
    document_inline(document, title, DOCUMENT_TEXT,
            arena_format(document->arena, "%u. ", held->number));
    document_inline(document, title, DOCUMENT_TAG, held->tag);
    document_inline(document, title, DOCUMENT_TEXT, " ");
    document_inline(document, title, DOCUMENT_STRONG,
            text_latex_show(document->arena, paper->title));
}

/* A note's short heading, or its title; "" where it is the paper's own. */
static const char *heading_of(const struct note *note)
{
    return note == NULL              ? ""
            : *note->heading != '\0' ? note->heading
                                     : note->title;
}

static bool add_paper(const struct draft_show *show, struct document *document,
        const struct draft_paper *held, struct error *err)
{
    const char *first = show->channel->languages.tags[0];
    struct note_list notes;
    struct paper *paper;

    if (!store_paper_get(show->store, held->paper_id, show->arena, &paper,
                err) ||
            !store_notes_get(show->store, held->paper_id, show->arena, &notes,
                    err))
        return false;
    if (paper == NULL)
        return true;
    const char *reader = first == NULL ? "en" : first;
    struct document_node *entry = document_block(document, &document->root,
            DOCUMENT_ENTRY, ROLE_NONE);
    struct document_node *link;

    entry->paper_id = held->paper_id;
    add_title(document, entry, held, paper);
    if (!label_same_language(reader, "en"))
        add_line(document, entry, ROLE_NOTE_TITLE,
                text_latex_show(show->arena,
                        heading_of(note_find(&notes, paper->id, reader))),
                reader);
    if (*held->text != '\0')
        add_line(document, entry, ROLE_NOTE,
                label_fill(show->arena, LABEL_CURATED, language_of(show),
                        PHRASE_VALUES(held->text, "", "", "")),
                "");
    link = document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_LINK);
    document_link(document, link, "",
            arena_format(show->arena, "https://arxiv.org/abs/%s", paper->id));
    return true;
}

static void add_section(struct document *document, const char *text,
        const char *language)
{
    struct document_node *section = document_block(document, &document->root,
            DOCUMENT_HEADING, ROLE_SECTION);

    section->language = language;
    document_inline(document, section, DOCUMENT_TEXT, text);
}

static bool add_tier(const struct draft_show *show, struct document *document,
        enum draft_place place, const char *section, struct error *err)
{
    bool first = true;

    for (size_t i = 0; i < show->draft->count; i++) {
        if (show->draft->papers[i].place != place)
            continue;
        if (first && *section != '\0')
            add_section(document, section, language_of(show));
        first = false;
        if (!add_paper(show, document, &show->draft->papers[i], err))
            return false;
    }
    return true;
}

/* --- how to change it --- */

/* The number of the first or the last paper that is in, or out; otherwise the
 * one given. */
static unsigned number_of(const struct draft *draft, bool in, bool last,
        unsigned otherwise)
{
    for (size_t i = 0; i < draft->count; i++) {
        size_t at = last ? draft->count - 1 - i : i;
        if ((draft->papers[at].place != DRAFT_OUT) == in)
            return draft->papers[at].number;
    }
    return otherwise;
}

static void add_how(const struct draft_show *show,
        const struct command_call *call, struct document *document)
{
    const struct draft *draft = show->draft;
    bool chinese = label_same_language(call->language, "zh");
    struct arena *arena = show->arena;
    unsigned last = number_of(draft, true, true, 1);
    unsigned first = number_of(draft, true, false, 1);
    unsigned reserve = number_of(draft, false, false, last);

    say(call, document, &how,
            PHRASE_VALUES(command_as_typed(call,
                                  arena_format(arena,
                                          chinese ? "删 %u" : "drop %u", last)),
                    command_as_typed(call,
                            arena_format(arena,
                                    chinese ? "选 %u 重点" : "pick %u top",
                                    reserve)),
                    command_as_typed(call,
                            arena_format(arena,
                                    chinese ? "移 %u 1" : "move %u 1", last)),
                    command_as_typed(call,
                            arena_format(arena,
                                    chinese ? "改 %u 新的介绍"
                                            : "edit %u your words",
                                    first))));
    if (!draft->touched)
        say(call, document, &untouched, PHRASE_NO_VALUES);
}

/* --- the whole --- */

bool draft_show_add(const struct draft_show *show, struct document *document,
        struct error *err)
{
    const struct command_call call = call_of(show);
    const struct draft *draft = show->draft;

    document->spaced = true;
    document_paragraph(document, &document->root, ROLE_NONE,
            head_text(show, &call))
            ->language = call.language;
    if (show->renewed)
        say(&call, document, &renewed, PHRASE_NO_VALUES);
    if (draft->curators.count > 0)
        say(&call, document, &changed,
                PHRASE_VALUES(curators_names(&draft->curators, call.language,
                        show->arena)));
    if (!add_tier(show, document, DRAFT_TOP, "", err) ||
            !add_tier(show, document, DRAFT_ALSO,
                    label_text(LABEL_ALSO, call.language), err) ||
            !add_tier(show, document, DRAFT_OUT,
                    phrase_text(&out, call.language), err))
        return false;
    add_how(show, &call, document);
    return true;
}

bool draft_show_document(const struct draft_show *show,
        struct document **document, struct error *err)
{
    const struct command_call call = call_of(show);

    *document = arena_new(show->arena, struct document);
    document_init(*document, show->arena, call.language);
    (*document)->title = head_text(show, &call);
    return draft_show_add(show, *document, err);
}
