#include "tests/support/asking.h"

#include "adapters/dialects/dialects.h"
#include "bot/channel_settings.h"
#include "bot/intake.h"
#include "bot/planning/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    WORDS_MAX = 8,
};

/* Tuesday 10:00 in Shanghai, and 13:30 on Monday. */
static const int64_t tuesday_ms = INT64_C(1795485600000);
static const int64_t digest_ms = INT64_C(1795411800000);

#define MONDAY                                                                 \
    {                                                                          \
        2026, 11, 23                                                           \
    }
#define FRIDAY                                                                 \
    {                                                                          \
        2026, 11, 20                                                           \
    }
#define THURSDAY                                                               \
    {                                                                          \
        2026, 11, 19                                                           \
    }

const struct asking_paper asking_papers[] = {
        {.id = "2611.10001",
                .title = "Slow Tides: Diffusion Models for River Forecasting",
                .abstract = "We forecast river levels a week ahead with a "
                            "diffusion model. Code is available at "
                            "https://github.com/example/tides.",
                .authors = "Ana Ruiz; Bo Chen",
                .categories = "cs.LG stat.ML",
                .affiliation = "River Institute",
                .chinese = "慢潮:用扩散模型预报河流水位",
                .heading = "扩散模型预报河流",
                .digest = "用扩散模型提前一周预报水位,误差减少三成。",
                .announced = MONDAY,
                .announce = ANNOUNCE_NEW,
                .votes = 31},
        {.id = "2611.10002",
                .title = "Seeing Through Fog with Event Cameras",
                .abstract = "Event cameras keep their sight in fog. We show a "
                            "network that uses it.",
                .authors = "Chelsea Finnegan; Wei Zhang; Olga Petrova",
                .categories = "cs.CV",
                .chinese = "用事件相机看穿浓雾",
                .heading = "事件相机穿雾",
                .digest = "事件相机在雾中仍能看清,一个小网络即可利用。",
                .announced = MONDAY,
                .announce = ANNOUNCE_NEW,
                .votes = 12},
        {.id = "2611.10003",
                .title = "A Quiet Optimizer",
                .abstract = "An optimizer with one parameter and no schedule.",
                .authors = "J. L. Kim",
                .categories = "cs.LG cs.CV",
                .comment = "Accepted at ICML 2026",
                .announced = MONDAY,
                .announce = ANNOUNCE_NEW,
                .votes = 3},
        {.id = "2611.10004",
                .title = "Bells and Graphs",
                .abstract = "Graph networks learn the overtones of bells.",
                .authors = "Mira Holm; Tom Oak",
                .categories = "eess.AS cs.LG",
                .announced = MONDAY,
                .announce = ANNOUNCE_NEW},
        {.id = "2611.10005",
                .title = "Counting Sheep at Night",
                .abstract = "A detector of sleeping sheep in thermal images.",
                .authors = "Ned Fold",
                .categories = "cs.CV",
                .announced = MONDAY,
                .announce = ANNOUNCE_NEW},
        {.id = "2611.10006",
                .title = "Ladders of Attention",
                .abstract = "Attention in rungs, each cheaper than the last.",
                .authors = "Ying Li; Hao Wang; Ana Ruiz",
                .categories = "cs.LG cs.CL",
                .chinese = "注意力之梯",
                .heading = "注意力之梯",
                .digest = "一级比一级便宜的注意力。",
                .announced = MONDAY,
                .announce = ANNOUNCE_NEW},
        {.id = "2611.10007",
                .title = "Old Maps, New Roads",
                .abstract = "Roads are read from maps of the last century.",
                .authors = "Pia Weg",
                .categories = "cs.CV",
                .announced = MONDAY,
                .announce = ANNOUNCE_REPLACE},
        {.id = "2611.09001",
                .title = "Winter Grammar for Small Models",
                .abstract = "Small language models learn grammar from tales.",
                .authors = "Lena Frost; Xiao Ming",
                .categories = "cs.LG cs.CL",
                .chinese = "小模型的冬日语法",
                .heading = "小模型学语法",
                .digest = "小语言模型从童话里学会语法。",
                .announced = FRIDAY,
                .announce = ANNOUNCE_NEW,
                .votes = 120},
        {.id = "2611.09002",
                .title = "Folding Chairs with Two Arms",
                .abstract = "A robot folds chairs; it pinches nobody.",
                .authors = "Rosa Klapp",
                .categories = "cs.CV cs.RO",
                .announced = FRIDAY,
                .announce = ANNOUNCE_NEW},
        {.id = "2611.08001",
                .title = "Clocks That Disagree",
                .abstract = "Consensus among clocks by gradient descent.",
                .authors = "Uhr Macher",
                .categories = "cs.LG",
                .announced = THURSDAY,
                .announce = ANNOUNCE_NEW},
        {.id = "2210.11693",
                .title = "Lanterns: Guiding Lights for Sparse Rewards",
                .abstract = "Sparse rewards are lit by learned lanterns.",
                .authors = "Akira Sato; Beth Moor",
                .categories = "cs.LG"},
        {.id = "hep-th/9901001",
                .title = "Strings Before Breakfast",
                .abstract = "Six impossible dimensions.",
                .authors = "Alice Carr",
                .categories = "hep-th"},
};
const size_t asking_paper_count = sizeof asking_papers / sizeof *asking_papers;

/* --- papers --- */

static const char *none(const char *string)
{
    return string == NULL ? "" : string;
}

static struct string_list cut(struct arena *arena, const char *string,
        const char *between)
{
    struct string_list list = {0};
    size_t capacity = 0;

    for (const char *end; *string != '\0'; string = end + strlen(between)) {
        end = strstr(string, between);
        string_list_add(&list, &capacity, arena,
                end == NULL ? string
                            : arena_string_n(arena, string,
                                      (size_t)(end - string)));
        if (end == NULL)
            break;
    }
    return list;
}

static struct source_record record_of(struct arena *arena,
        const struct asking_paper *from)
{
    struct source_record record = {.paper = paper_empty(),
            .section = "",
            .announce = from->announce};
    struct paper *paper = &record.paper;
    struct string_list authors = cut(arena, from->authors, "; ");

    paper->id = from->id;
    paper->version = from->announce == ANNOUNCE_REPLACE ? 2 : 1;
    paper->title = from->title;
    paper->abstract = from->abstract;
    paper->comment = none(from->comment);
    paper->categories = cut(arena, from->categories, " ");
    paper->authors.count = authors.count;
    paper->authors.items = arena_array(arena, struct author, authors.count);
    for (size_t i = 0; i < authors.count; i++)
        paper->authors.items[i] =
                (struct author){.name = authors.items[i], .affiliation = ""};
    if (from->affiliation != NULL)
        paper->affiliations = cut(arena, from->affiliation, "; ");
    return record;
}

static void add_extras(struct arena *arena, const struct asking_paper *from,
        struct source_record *record)
{
    if (from->chinese != NULL) {
        record->notes.items = arena_new(arena, struct note);
        record->notes.count = 1;
        record->notes.items[0] = (struct note){.paper_id = from->id,
                .language = "zh",
                .title = from->chinese,
                .heading = from->heading,
                .digest = from->digest,
                .writer = "file"};
    }
    if (from->votes > 0) {
        record->signals.items = arena_new(arena, struct signal);
        record->signals.count = 1;
        record->signals.items[0] = (struct signal){.paper_id = from->id,
                .kind = SIGNAL_HF_VOTES,
                .value = from->votes};
    }
}

static void store_record(struct asking *asking, const char *category,
        struct civil_date date, const struct source_record *record)
{
    struct intake intake = {.store = asking->fixture.store,
            .now_ms = asking->time.ms,
            .category = category,
            .date = date};
    struct source_sink sink = intake_sink(&intake);

    sink.record(sink.ctx, record);
    assert_int_equal(intake.failure.kind, ERROR_NONE);
}

static void store_paper(struct asking *asking, const struct asking_paper *from)
{
    struct arena *arena = &asking->fixture.arena;
    struct source_record record = record_of(arena, from);
    enum announce_type primary = record.announce;
    const struct string_list *categories = &record.paper.categories;

    add_extras(arena, from, &record);
    if (!civil_date_is_set(from->announced))
        store_record(asking, NULL, from->announced, &record);
    for (size_t i = 0;
            civil_date_is_set(from->announced) && i < categories->count; i++) {
        record.announce = i == 0 || primary == ANNOUNCE_REPLACE
                ? primary
                : ANNOUNCE_CROSS;
        store_record(asking, categories->items[i], from->announced, &record);
    }
}

static void complete(struct asking *asking, struct civil_date date)
{
    static const char *const categories[] = {"cs.LG", "cs.CV", "cs.CL", "cs.RO",
            "eess.AS"};
    struct error err;

    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (!intake_complete_batch(asking->fixture.store, categories[i], date,
                    asking->time.ms, &err))
            fail_msg("%s: %s", categories[i], err.text);
}

/* --- the channel --- */

static void open_channel(struct asking *asking)
{
    static const char *wanted[] = {"cs.LG", "cs.CV"};
    struct error err;

    asking->configured = (struct channel){.account = "home",
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
    if (!store_channel_put(asking->fixture.store, "home", "room", "team",
                digest_ms, &asking->configured.id, &err))
        fail_msg("%s", err.text);
}

static void post_digest(struct asking *asking)
{
    const struct due due = {.date = MONDAY, .ms = digest_ms};
    struct plan_result result;
    struct error err;

    if (!plan_digest(asking->fixture.store, &asking->account.account,
                &asking->configured, &due, digest_ms, &result, &err))
        fail_msg("%s", err.text);
    assert_int_equal(result.outcome, OUTCOME_DIGEST);
}

void asking_open(struct asking *asking, const char *kind)
{
    *asking = (struct asking){.time = {.ms = digest_ms},
            .today = MONDAY,
            .seed = {.state = 1},
            .person = "ana",
            .allowed = true,
            .can_fetch = true};
    store_fixture_open(&asking->fixture, kind);
    asking->clock = test_clock_of(&asking->time);
    asking->chance = chance_seeded(&asking->seed);
    fake_account_init(&asking->account, "home", &asking->clock);
    open_channel(asking);
    for (size_t i = 0; i < asking_paper_count; i++)
        store_paper(asking, &asking_papers[i]);
    complete(asking, (struct civil_date)THURSDAY);
    complete(asking, (struct civil_date)FRIDAY);
    complete(asking, (struct civil_date)MONDAY);
    post_digest(asking);
    asking->time.ms = tuesday_ms;
}

void asking_close(struct asking *asking)
{
    fake_account_finish(&asking->account);
    store_fixture_close(&asking->fixture);
}

void asking_announce(struct asking *asking, const char *category,
        struct civil_date date, const char *id)
{
    bool added;

    assert_true(store_batch_paper_add(asking->fixture.store, category, date, id,
            ANNOUNCE_NEW, &added, NULL));
    assert_true(intake_complete_batch(asking->fixture.store, category, date,
            asking->time.ms, NULL));
}

void asking_batch_state(struct asking *asking, const char *category,
        struct civil_date date, enum batch_state state)
{
    const struct batch batch = {.category = category,
            .date = date,
            .state = state,
            .checked_ms = asking->time.ms,
            .complaint = ""};

    assert_true(store_batch_put(asking->fixture.store, &batch, NULL));
}

/* --- asking --- */

struct question {
    struct asking *asking;
    const char *text;
};

static bool ask_step(struct store *store, void *ctx, struct error *err)
{
    struct question *question = ctx;
    struct asking *asking = question->asking;
    struct arena *arena = &asking->fixture.arena;
    struct channel *channel = arena_new(arena, struct channel);

    if (!channel_settings_apply(store, &asking->configured, arena, channel,
                err))
        return false;
    const char *first = channel->languages.tags[0];
    asking->request =
            command_read(arena, question->text, first == NULL ? "en" : first);
    const struct command_call call = {.store = store,
            .channel = channel,
            .configured = &asking->configured,
            .account = "home",
            .person = asking->person,
            .form = "/paper",
            .language = asking->request.language,
            .today = asking->today,
            .now_ms = asking->time.ms,
            .keep = KEEP_DEFAULT,
            .chance = &asking->chance,
            .can_fetch = asking->can_fetch,
            .unheard_of = asking->unheard_of,
            .private_place = asking->private_place,
            .arena = arena};
    if (!command_answer(&call, &asking->request, asking->allowed,
                &asking->answer, err))
        return false;
    /* What it did meanwhile is taken back. */
    return asking->answer.wanted.count == 0 ||
            error_set(err, ERROR_REJECTED, "papers are wanted");
}

static const char *wanted_text(struct asking *asking)
{
    const struct string_list *wanted = &asking->answer.wanted;
    struct arena *arena = &asking->fixture.arena;
    const char *text = "(wants";

    for (size_t i = 0; i < wanted->count; i++)
        text = arena_format(arena, "%s %s", text, wanted->items[i]);
    return arena_format(arena, "%s)\n", text);
}

const char *asking_text(struct asking *asking, const struct document *document)
{
    struct arena *arena = &asking->fixture.arena;
    struct payload_list payloads;
    struct error err;

    if (!dialect_text.render(document, arena, &payloads, &err))
        fail_msg("%s", err.text);
    return payloads.count == 0 ? ""
                               : arena_string_n(arena, payloads.items[0].bytes,
                                         payloads.items[0].length);
}

const char *asking_say(struct asking *asking, const char *text)
{
    struct question question = {asking, text};
    struct error err = {0};
    bool done =
            store_transact(asking->fixture.store, ask_step, &question, &err);

    if (!done &&
            (err.kind != ERROR_REJECTED || asking->answer.wanted.count == 0))
        fail_msg("\"%s\": %s", text, err.text);
    if (!done)
        return wanted_text(asking);
    return asking_text(asking, asking->answer.document);
}

void asking_expect(struct asking *asking, const char *text,
        const char *expected)
{
    const char *said = asking_say(asking, text);

    if (strcmp(said, expected) != 0)
        fail_msg("\"%s\" was answered\n%s\nand not\n%s", text, said, expected);
}

void asking_expect_all(struct asking *asking,
        const struct asking_exchange *exchanges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        asking_expect(asking, exchanges[i].text, exchanges[i].answer);
}
