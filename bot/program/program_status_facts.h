/*
 * program_status_facts.h - what each source of facts was asked today, and told.
 */
#ifndef BOT_PROGRAM_STATUS_FACTS_H
#define BOT_PROGRAM_STATUS_FACTS_H

#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"

/* A line a source, as configured; or with json an object each. */
bool program_status_facts(struct program_setup *setup,
        struct program_json *json, struct error *err);

#endif
