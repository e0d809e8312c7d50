#include "tests/support/drafted.h"

#include "adapters/dialects/dialects.h"
#include "bot/intake.h"
#include "bot/planning/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

const int64_t drafted_time_ms = INT64_C(1795491000000);
const int64_t drafted_due_ms = INT64_C(1795498200000);

#define TUESDAY ((struct civil_date){2026, 11, 24})

static const struct {
    const char *id, *title, *abstract, *chinese, *heading, *digest;
} papers[] = {
        {"2611.20001", "Kites on a String of Gradients",
                "We fly kites with gradients. Code is at "
                "https://github.com/example/kites.",
                "梯度线上的风筝", "用梯度放风筝", "用梯度控制风筝的飞行。"},
        {"2611.20002", "The Baker's Regularizer",
                "A regularizer that rises overnight.", "面包师的正则化",
                "过夜发酵的正则化", "一种隔夜才起作用的正则化方法。"},
        {"2611.20003", "Moths and Attention", "Attention is drawn to light.",
                NULL, NULL, NULL},
        {"2611.20004", "A Ferry Between Domains",
                "Domain adaptation as a ferry line.", "领域之间的渡船",
                "渡船式领域适应", "把领域适应看作一条渡船航线。"},
        {"2611.20005", "Salt, Sugar, Softmax", "Two grains and a function.",
                NULL, NULL, NULL},
        {"2611.20006", "Umbrellas for Bandits", "Bandits in the rain.", NULL,
                NULL, NULL},
};

const char *const drafted_papers[] = {"2611.20001", "2611.20002", "2611.20003",
        "2611.20004", "2611.20005", "2611.20006", NULL};

/* --- papers --- */

static void add_paper(struct asking *asking, const char *id, const char *title,
        const char *abstract)
{
    static const char *categories[] = {"cs.LG"};
    struct author author = {.name = "Ida Wind", .affiliation = ""};
    struct paper paper = paper_empty();
    enum store_change change;

    paper.id = id;
    paper.version = 1;
    paper.title = title;
    paper.abstract = abstract;
    paper.authors.items = &author;
    paper.authors.count = 1;
    paper.categories = (struct string_list){categories, 1};
    assert_true(store_paper_put(asking->fixture.store, &paper, asking->time.ms,
            &change, NULL));
}

static void add_note(struct asking *asking, size_t i)
{
    const struct note note = {.paper_id = papers[i].id,
            .language = "zh",
            .title = papers[i].chinese,
            .heading = papers[i].heading,
            .digest = papers[i].digest,
            .writer = "file"};

    assert_true(store_note_put(asking->fixture.store, &note, asking->time.ms,
            NULL));
}

void drafted_announce(struct asking *asking, const char *id, const char *title)
{
    add_paper(asking, id, title, "It came late.");
    asking_announce(asking, "cs.LG", TUESDAY, id);
}

/* --- the channel --- */

static bool render(const struct account *account, const struct channel *channel,
        const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)account;
    (void)channel;
    return dialect_text.render(document, arena, payloads, err);
}

void drafted_open(struct asking *asking, const char *kind)
{
    static const char *curators[] = {"@ana:example.org", "@bo:example.org"};

    asking_open(asking, kind);
    asking->person = curators[0];
    asking->configured.curators = (struct string_list){curators, 2};
    drafted_prepare(asking);
}

void drafted_prepare(struct asking *asking)
{
    asking->time.ms = drafted_time_ms;
    asking->today = TUESDAY;
    asking->configured.curate_ms = INT64_C(2) * 60 * 60 * 1000;
    asking->account.ops.abilities |= ACCOUNT_LISTENS;
    asking->account.ops.command_form = "/paper";
    asking->account.ops.render = render;
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        add_paper(asking, papers[i].id, papers[i].title, papers[i].abstract);
        if (papers[i].chinese != NULL)
            add_note(asking, i);
        asking_announce(asking, "cs.LG", TUESDAY, papers[i].id);
    }
}

/* --- drafts and digests --- */

static struct due due_of(void)
{
    return (struct due){.date = TUESDAY, .ms = drafted_due_ms};
}

struct plan_draft_result drafted_make(struct asking *asking)
{
    const struct due due = due_of();
    struct plan_draft_result result;
    struct error err;

    if (!plan_draft(asking->fixture.store, &asking->account.account,
                &asking->configured, &due, asking->time.ms, &result, &err))
        fail_msg("%s", err.text);
    return result;
}

const char *drafted_text(struct asking *asking, const char *occasion)
{
    struct arena *arena = &asking->fixture.arena;
    struct outbox_list rows;
    const char *text = "";

    assert_true(store_outbox_list(asking->fixture.store, asking->configured.id,
            occasion, arena, &rows, NULL));
    for (size_t i = 0; i < rows.count; i++)
        text = arena_format(arena, "%s%.*s", text,
                (int)rows.items[i].payload_bytes, rows.items[i].payload);
    return text;
}

const char *drafted_post(struct asking *asking)
{
    const struct due due = due_of();
    struct plan_result result;
    struct error err;

    asking->time.ms = drafted_due_ms;
    if (!plan_digest(asking->fixture.store, &asking->account.account,
                &asking->configured, &due, asking->time.ms, &result, &err))
        fail_msg("%s", err.text);
    return drafted_text(asking, "digest/2026-11-24");
}
