#include "bot/program/program_status_facts.h"

#include "bot/enrich/enrich_counts.h"

#include <inttypes.h>

static void show(FILE *out, const char *kind, const struct enrich_counts *today)
{
    fprintf(out,
            "source %s: papers today: %" PRId64 " asked, %" PRId64
            " found, %" PRId64 " refused (another paper); %" PRId64
            " of %d requests",
            kind, today->asked, today->found, today->refused, today->requests,
            ENRICH_REQUESTS_A_DAY);
    if (today->failing > 0)
        fprintf(out, "; FAILING, %" PRId64 " in a row", today->failing);
    fputc('\n', out);
}

static void put_json(struct program_json *json, const char *kind,
        const struct enrich_counts *today)
{
    program_json_open(json, NULL, '{');
    program_json_string(json, "source", kind);
    program_json_number(json, "requests", today->requests);
    program_json_number(json, "asked", today->asked);
    program_json_number(json, "found", today->found);
    program_json_number(json, "refused", today->refused);
    program_json_number(json, "failing", today->failing);
    program_json_close(json, '}');
}

bool program_status_facts(struct program_setup *setup,
        struct program_json *json, struct error *err)
{
    for (size_t i = 0; i < setup->config.source_count; i++) {
        const struct source_kind *kind = setup->config.sources[i].kind;
        struct enrich_counts today;
        if (kind->use != SOURCE_FACTS)
            continue;
        if (!enrich_counts_read(setup->store, kind->kind,
                    program_setup_now_ms(setup), &today, err))
            return false;
        if (json != NULL)
            put_json(json, kind->kind, &today);
        else
            show(setup->outside->out, kind->kind, &today);
    }
    return true;
}
