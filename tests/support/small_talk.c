#include "tests/support/small_talk.h"

#include "adapters/dialects/dialects.h"
#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/intake.h"
#include "store/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tuesday 2026-11-24, 10:00 in Shanghai. */
static const int64_t now_ms = INT64_C(1795485600000);
static const struct civil_date today = {2026, 11, 23};

static void promise(bool kept, const char *what)
{
    if (kept)
        return;
    fprintf(stderr, "claim broken: %s\n", what);
    abort();
}

static const struct {
    const char *id, *title, *abstract, *author, *category, *chinese, *digest;
} papers[] = {
        {"2611.00001", "Fine-tuning GPT-4 for Rivers",
                "Graph neural networks forecast rivers. R2R and 3D.",
                "Chelsea Finn", "cs.LG", "用扩散模型预报河流",
                "提前一周预报。"},
        {"2611.00002", "Diffusion Models See Fog", "A diffusion of fog.",
                "José Ángel", "cs.CV", "扩散模型看雾", "雾中的扩散模型。"},
        {"2611.00003", "A survey of quiet optimizers",
                "Graphs of optimizers, surveyed.", "Fei-Fei Li", "cs.LG", "",
                ""},
        {"2610.00004", "River Graphs", "Networks of rivers.", "张伟", "cs.RO",
                "河流图网络", "河流构成的图。"},
        {"hep-th/9901001", "Strings", "Six dimensions.", "A. Carr", "hep-th",
                "", ""},
};

static void put(struct store *store, size_t place)
{
    enum store_change change;
    struct author author = {papers[place].author, ""};
    const char *code = papers[place].category;
    struct paper paper = paper_empty();
    bool added;

    paper.id = papers[place].id;
    paper.title = papers[place].title;
    paper.abstract = papers[place].abstract;
    paper.authors = (struct author_list){&author, 1, false};
    paper.categories = (struct string_list){&code, 1};
    promise(store_paper_put(store, &paper, 1, &change, NULL), "a paper is put");
    if (*papers[place].chinese != '\0')
        promise(store_note_put(store,
                        &(struct note){.paper_id = papers[place].id,
                                .language = "zh",
                                .title = papers[place].chinese,
                                .heading = "",
                                .digest = papers[place].digest,
                                .writer = "file"},
                        1, NULL),
                "a note is put");
    promise(store_batch_paper_add(store, code, today, papers[place].id,
                    ANNOUNCE_NEW, &added, NULL) &&
                    intake_complete_batch(store, code, today, 1, NULL),
            "a paper is filed");
}

static void post(struct store *store, int64_t channel_id)
{
    struct edition_paper shown[] = {
            {.paper_id = "2611.00001",
                    .tag = "LG",
                    .top = true,
                    .news = {.venue = ""}},
            {.paper_id = "2611.00002", .tag = "CV", .news = {.venue = ""}},
    };
    const struct edition edition = {.channel_id = channel_id,
            .occasion = "digest/2026-11-23",
            .date = today,
            .posted_ms = now_ms - 3600000,
            .papers = shown,
            .count = 2};
    const struct occasion occasion = {.channel_id = channel_id,
            .key = "digest/2026-11-23",
            .outcome = OUTCOME_DIGEST,
            .recorded_ms = now_ms - 3600000};

    promise(store_edition_put(store, &edition, NULL) &&
                    store_occasion_record(store, &occasion, NULL),
            "a digest is kept");
}

struct small_talk small_talk_open(const char *url)
{
    static const char *wanted[] = {"cs.LG", "cs.CV"};
    struct small_talk talk = {.store = store_registry_open(url, NULL)};

    promise(talk.store != NULL, "a store opens");
    talk.channel = (struct channel){.account = "home",
            .home = "home",
            .room = "room",
            .label = "team",
            .subscription.categories = {.items = wanted, .count = 2},
            .schedule = {.minute_of_day = 810,
                    .weekdays = WEEKDAYS_ALL,
                    .timezone = "Asia/Shanghai"},
            .languages = {.tags = {"zh", "en"}},
            .top_count = 2,
            .also_count = 2,
            .credit = ""};
    promise(store_channel_put(talk.store, "home", "room", "team", 1,
                    &talk.channel.id, NULL),
            "a channel is put");
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        put(talk.store, i);
    post(talk.store, talk.channel.id);
    return talk;
}

void small_talk_close(struct small_talk *talk)
{
    store_close(talk->store);
    *talk = (struct small_talk){0};
}

/* --- saying --- */

struct saying {
    const struct small_talk *talk;
    const char *const *lines;
    size_t count;
    bool allowed;
    struct arena *arena;
    struct text said;
};

static void add_answer(struct saying *saying,
        const struct command_answer *answer)
{
    struct payload_list payloads = {0};

    for (size_t i = 0; i < answer->wanted.count; i++)
        text_add_format(&saying->said, "(wants %s)\n", answer->wanted.items[i]);
    promise(answer->wanted.count > 0 || answer->document->root.first != NULL,
            "a command is answered");
    promise(dialect_text.render(answer->document, saying->arena, &payloads,
                    NULL),
            "an answer can be shown");
    for (size_t i = 0; i < payloads.count; i++)
        text_add_n(&saying->said, payloads.items[i].bytes,
                payloads.items[i].length);
}

static void check_request(const struct command_request *request)
{
    promise(strcmp(request->language, "zh") == 0 ||
                    strcmp(request->language, "en") == 0,
            "a command has one of the two languages");
    promise(request->words.count <= COMMAND_WORDS_MAX,
            "words of a command are bounded");
    for (size_t i = 0; i < request->words.count; i++)
        promise(*request->words.items[i].text != '\0', "a word says something");
}

static void say(struct saying *saying, struct chance_seed *seed,
        const char *line)
{
    struct channel channel;
    struct command_answer answer;
    struct random_source chance = chance_seeded(seed);

    promise(channel_settings_apply(saying->talk->store, &saying->talk->channel,
                    saying->arena, &channel, NULL),
            "a channel is as it is in force");
    struct command_request request = command_read(saying->arena, line,
            channel.languages.tags[0] != NULL ? channel.languages.tags[0]
                                              : "en");
    check_request(&request);
    const struct command_call call = {.store = saying->talk->store,
            .channel = &channel,
            .configured = &saying->talk->channel,
            .account = "home",
            .person = "ana",
            .form = "/paper",
            .language = request.language,
            .today = today,
            .now_ms = now_ms,
            .chance = &chance,
            .can_fetch = true,
            .arena = saying->arena};
    promise(command_answer(&call, &request, saying->allowed, &answer, NULL),
            "no command makes a store fail");
    add_answer(saying, &answer);
}

static bool say_all(struct store *store, void *ctx, struct error *err)
{
    struct saying *saying = ctx;
    struct chance_seed seed = {.state = 1};

    (void)store;
    text_init(&saying->said, saying->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < saying->count; i++)
        say(saying, &seed, saying->lines[i]);
    return error_set(err, ERROR_REJECTED, "taken back");
}

const char *small_talk_say(const struct small_talk *talk,
        const char *const *lines, size_t count, bool allowed,
        struct arena *arena)
{
    struct saying saying = {.talk = talk,
            .lines = lines,
            .count = count,
            .allowed = allowed,
            .arena = arena};
    struct error err = {0};

    promise(!store_transact(talk->store, say_all, &saying, &err) &&
                    err.kind == ERROR_REJECTED,
            "what was said is taken back");
    return text_string(&saying.said);
}
