#include "bot/draft_change.h"

#include "bot/base/text.h"

#include <string.h>

struct draft_paper *draft_change_number(const struct draft *draft,
        unsigned number)
{
    for (size_t i = 0; i < draft->count; i++)
        if (draft->papers[i].number == number)
            return &draft->papers[i];
    return NULL;
}

struct draft_paper *draft_change_id(const struct draft *draft, const char *id)
{
    for (size_t i = 0; i < draft->count; i++)
        if (text_same(draft->papers[i].paper_id, id))
            return &draft->papers[i];
    return NULL;
}

static size_t count_before(const struct draft *draft, enum draft_place place)
{
    size_t count = 0;

    for (size_t i = 0; i < draft->count; i++)
        count += draft->papers[i].place < place;
    return count;
}

size_t draft_change_in(const struct draft *draft)
{
    return count_before(draft, DRAFT_OUT);
}

unsigned draft_change_last_number(const struct draft *draft)
{
    unsigned last = 0;

    for (size_t i = 0; i < draft->count; i++)
        if (draft->papers[i].number > last)
            last = draft->papers[i].number;
    return last;
}

size_t draft_change_place(const struct draft *draft,
        const struct draft_paper *paper)
{
    return paper->place == DRAFT_OUT ? 0 : (size_t)(paper - draft->papers) + 1;
}

struct draft_paper *draft_change_add(struct draft *draft, const char *id,
        const char *tag, struct arena *arena)
{
    struct draft_paper *papers =
            arena_array(arena, struct draft_paper, draft->count + 1);

    if (draft->count > 0)
        memcpy(papers, draft->papers, draft->count * sizeof *papers);
    papers[draft->count] = (struct draft_paper){.paper_id = id,
            .tag = tag,
            .number = draft_change_last_number(draft) + 1,
            .place = DRAFT_OUT,
            .text = ""};
    draft->papers = papers;
    return &draft->papers[draft->count++];
}

/* From one place of the list to another; those between make room. */
static void shift(struct draft *draft, size_t from, size_t to)
{
    struct draft_paper paper = draft->papers[from];

    for (; from < to; from++)
        draft->papers[from] = draft->papers[from + 1];
    for (; from > to; from--)
        draft->papers[from] = draft->papers[from - 1];
    draft->papers[to] = paper;
}

void draft_change_put(struct draft *draft, unsigned number,
        enum draft_place place)
{
    struct draft_paper *paper = draft_change_number(draft, number);

    if (paper == NULL)
        return;
    /* As the last of all it counts in no tier. */
    size_t last = draft->count - 1;
    shift(draft, (size_t)(paper - draft->papers), last);
    draft->papers[last].place = DRAFT_OUT;
    size_t end = place == DRAFT_OUT
            ? last
            : count_before(draft, (enum draft_place)(place + 1));
    draft->papers[last].place = place;
    shift(draft, last, end);
}

void draft_change_move(struct draft *draft, unsigned number, size_t place)
{
    struct draft_paper *paper = draft_change_number(draft, number);
    size_t in = draft_change_in(draft);

    if (paper == NULL || place == 0)
        return;
    if (paper->place == DRAFT_OUT) {
        draft_change_put(draft, number, in == 0 ? DRAFT_TOP : DRAFT_ALSO);
        in++;
        paper = draft_change_number(draft, number);
    }
    size_t to = (place < in ? place : in) - 1;
    enum draft_place tier = draft->papers[to].place;
    shift(draft, (size_t)(paper - draft->papers), to);
    draft->papers[to].place = tier;
}
