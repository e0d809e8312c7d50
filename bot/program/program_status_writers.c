#include "bot/program/program_status_writers.h"

#include "bot/write/write_budget.h"

#include <inttypes.h>

static void show(const struct program_setup *setup,
        const struct config_writer *writer, const struct write_spent *spent)
{
    struct arena arena = {0};

    fprintf(setup->outside->out,
            "writer %s (%s): today %" PRId64 " notes kept, %" PRId64
            " refused; %s%s\n",
            writer->settings.name, writer->kind->kind, spent->kept,
            spent->refused,
            write_budget_text(spent, &writer->terms.budget, "en", &arena),
            write_budget_is_spent(spent, &writer->terms.budget)
                    ? "; SPENT until 00:00 UTC"
                    : "");
    arena_finish(&arena);
}

static void put_json(struct program_json *json,
        const struct config_writer *writer, const struct write_spent *spent)
{
    program_json_open(json, NULL, '{');
    program_json_string(json, "name", writer->settings.name);
    program_json_string(json, "type", writer->kind->kind);
    program_json_number(json, "requests", spent->requests);
    program_json_number(json, "tokens", spent->units);
    program_json_number(json, "money_millionths", spent->money);
    program_json_number(json, "kept", spent->kept);
    program_json_number(json, "refused", spent->refused);
    program_json_bool(json, "spent",
            write_budget_is_spent(spent, &writer->terms.budget));
    program_json_close(json, '}');
}

bool program_status_writers(struct program_setup *setup,
        struct program_json *json, struct error *err)
{
    for (size_t i = 0; i < setup->config.writer_count; i++) {
        const struct config_writer *writer = &setup->config.writers[i];
        struct write_spent spent;
        if (!write_budget_read(setup->store, writer->settings.name,
                    program_setup_now_ms(setup), &spent, err))
            return false;
        if (json != NULL)
            put_json(json, writer, &spent);
        else
            show(setup, writer, &spent);
    }
    return true;
}
