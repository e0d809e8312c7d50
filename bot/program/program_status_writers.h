/*
 * program_status_writers.h - what each writer has used today.
 */
#ifndef BOT_PROGRAM_STATUS_WRITERS_H
#define BOT_PROGRAM_STATUS_WRITERS_H

#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"

/* A line a writer, in their chain; or with json an object each. */
bool program_status_writers(struct program_setup *setup,
        struct program_json *json, struct error *err);

#endif
