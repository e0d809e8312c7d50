#include "bot/content/content.h"

#include "bot/base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    PARTS_A_TENTH = 1024,
    ROOT_PARTS = 256,
    FEW_WORDS = 20, /* of an abstract: of less the model never learnt */
};

static int64_t root(int64_t square)
{
    int64_t low = 0, high = 1 << 20;

    while (low + 1 < high) {
        int64_t middle = (low + high) / 2;

        if (middle * middle <= square)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Many words say no more than few: a sum counts by the root of their number.
 * Authors and categories count each. */
static int64_t divisor(enum content_kind kind, size_t count)
{
    if (kind == CONTENT_NAME || kind == CONTENT_CATEGORY || count == 0)
        return ROOT_PARTS;
    return root((int64_t)count * ROOT_PARTS * ROOT_PARTS);
}

/* In 1/1024 of a tenth. */
static int64_t worth(const struct content_model *model, enum content_kind kind,
        int64_t sum, size_t count)
{
    return sum * model->term_unit[kind] * ROOT_PARTS / divisor(kind, count);
}

static int64_t terms_worth(const struct content_model *model,
        const struct match_paper *paper, enum content_kind kind,
        struct arena *arena)
{
    const struct content_terms terms = content_term_all(paper, kind, arena);
    int64_t sum = 0;

    for (size_t i = 0; i < terms.count; i++)
        sum += model->terms[terms.items[i].bucket];
    return worth(model, kind, sum, terms.count);
}

static int64_t topics_worth(const struct content_model *model,
        const struct match_paper *paper)
{
    uint64_t topics = content_topic_all(paper);
    int64_t sum = 0;

    for (unsigned i = 0; i < TOPIC_COUNT; i++)
        if (topics >> i & 1)
            sum += model->topics[i];
    return sum * model->fact_unit;
}

static int tenths(int64_t parts)
{
    int64_t half = parts < 0 ? -PARTS_A_TENTH / 2 : PARTS_A_TENTH / 2;

    return (int)((parts + half) / PARTS_A_TENTH);
}

/* A title without an abstract, or a stump of one, is not judged. */
static bool is_too_short(const struct match_paper *paper)
{
    const char *at = paper->abstract;
    size_t words = 0;

    while (words < FEW_WORDS && *(at += strspn(at, " "))) {
        at += strcspn(at, " ");
        words++;
    }
    return words < FEW_WORDS;
}

struct content_score content_score(const struct content_model *model,
        const struct match_paper *paper, struct arena *arena)
{
    const struct content_facts facts = content_fact_all(paper);
    int64_t code = 0, all = topics_worth(model, paper);

    for (size_t i = 0; i < facts.count; i++) {
        int64_t fact = (int64_t)model->facts[facts.items[i]] * model->fact_unit;
        if (content_fact_is_code(facts.items[i]))
            code += fact;
        all += fact;
    }
    if (is_too_short(paper))
        return (struct content_score){tenths(code), 0};
    for (enum content_kind kind = 0; kind < CONTENT_KINDS; kind++)
        all += terms_worth(model, paper, kind, arena);
    /* Rounded together, so that the sum is as near as it can be. */
    return (struct content_score){tenths(code), tenths(all) - tenths(code)};
}

/* --- reasons --- */

/* Reasons before they are rounded: what is told alike is one. */
struct reasoning {
    struct content_reasons reasons;
    int64_t *parts; /* beside the reasons */
    size_t capacity, parts_capacity;
    const struct content_model *model;
    const struct match_paper *paper;
    struct arena *arena;
};

static void add_reason(struct reasoning *reasoning,
        const struct content_reason *reason, int64_t parts)
{
    struct content_reasons *list = &reasoning->reasons;

    reasoning->parts = arena_grow(reasoning->arena, reasoning->parts,
            list->count, &reasoning->parts_capacity, sizeof *reasoning->parts);
    list->items = arena_grow(reasoning->arena, list->items, list->count,
            &reasoning->capacity, sizeof *list->items);
    reasoning->parts[list->count] = parts;
    list->items[list->count++] = *reason;
}

static bool is_said(const struct phrase *one, const struct phrase *other)
{
    return one && other && text_same(one->english, other->english);
}

static void add_phrase(struct reasoning *reasoning,
        const struct content_reason *reason, int64_t parts)
{
    for (size_t i = 0; i < reasoning->reasons.count; i++)
        if (is_said(reasoning->reasons.items[i].phrase, reason->phrase)) {
            reasoning->parts[i] += parts;
            return;
        }
    add_reason(reasoning, reason, parts);
}

static void reason_from_facts(struct reasoning *reasoning)
{
    const struct content_model *model = reasoning->model;
    const struct content_facts facts = content_fact_all(reasoning->paper);
    uint64_t topics = content_topic_all(reasoning->paper);

    /* What is counted is told by how far it is from a usual paper's. */
    for (size_t i = 0, fact = 0; fact < CONTENT_FACTS; fact++) {
        bool holds = i < facts.count && facts.items[i] == fact;
        int more = holds - content_fact_is_usual((unsigned)fact);
        i += holds;
        if (more != 0 && !content_fact_is_code((unsigned)fact))
            add_phrase(reasoning,
                    &(struct content_reason){.kind = CONTENT_REASON_FACT,
                            .text = "",
                            .phrase = content_fact_phrase((unsigned)fact),
                            .number = content_fact_number((unsigned)fact,
                                    reasoning->paper)},
                    more * (int64_t)model->facts[fact] * model->fact_unit);
    }
    for (unsigned i = 0; i < TOPIC_COUNT; i++)
        if (topics >> i & 1)
            add_phrase(reasoning,
                    &(struct content_reason){.kind = CONTENT_REASON_TOPIC,
                            .text = "",
                            .phrase = content_topic_phrase(i)},
                    (int64_t)model->topics[i] * model->fact_unit);
}

static const enum content_reason_kind reason_of[CONTENT_KINDS] = {
        [CONTENT_TITLE_WORD] = CONTENT_REASON_TITLE,
        [CONTENT_TITLE_PAIR] = CONTENT_REASON_TITLE,
        [CONTENT_ABSTRACT_WORD] = CONTENT_REASON_ABSTRACT,
        [CONTENT_ABSTRACT_PAIR] = CONTENT_REASON_ABSTRACT,
        [CONTENT_NAME] = CONTENT_REASON_NAMES,
        [CONTENT_CATEGORY] = CONTENT_REASON_CATEGORY,
};

static void reason_from_words(struct reasoning *reasoning,
        enum content_kind kind, const struct content_terms *terms)
{
    for (size_t i = 0; i < terms->count; i++) {
        const struct content_term *term = &terms->items[i];
        add_reason(reasoning,
                &(struct content_reason){.kind = reason_of[kind],
                        .text = arena_string_n(reasoning->arena, term->at,
                                term->length)},
                worth(reasoning->model, kind,
                        reasoning->model->terms[term->bucket], terms->count));
    }
}

/* Names and categories are told as one each: no person is judged alone. */
static void reason_from_terms(struct reasoning *reasoning)
{
    for (enum content_kind kind = 0; kind < CONTENT_KINDS; kind++) {
        const struct content_terms terms =
                content_term_all(reasoning->paper, kind, reasoning->arena);
        int64_t sum = 0;
        for (size_t i = 0; i < terms.count; i++)
            sum += reasoning->model->terms[terms.items[i].bucket];
        if (kind == CONTENT_NAME || kind == CONTENT_CATEGORY)
            add_reason(reasoning,
                    &(struct content_reason){.kind = reason_of[kind],
                            .text = ""},
                    worth(reasoning->model, kind, sum, terms.count));
        else
            reason_from_words(reasoning, kind, &terms);
    }
}

static int compare_reasons(const void *left, const void *right)
{
    const struct content_reason *a = left, *b = right;
    int order = abs(b->score) - abs(a->score);

    if (order == 0)
        order = (int)a->kind - (int)b->kind;
    return order != 0 ? order : strcmp(a->text, b->text);
}

struct content_reasons content_reasons_of(const struct content_model *model,
        const struct match_paper *paper, size_t most, struct arena *arena)
{
    struct reasoning reasoning = {.model = model,
            .paper = paper,
            .arena = arena};
    struct content_reasons *list = &reasoning.reasons;
    size_t kept = 0;

    if (is_too_short(paper))
        return (struct content_reasons){0};
    reason_from_facts(&reasoning);
    reason_from_terms(&reasoning);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].score = tenths(reasoning.parts[i]);
        if (list->items[i].score != 0)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_reasons);
    list->count = list->count < most ? list->count : most;
    return *list;
}
