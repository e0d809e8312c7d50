/*
 * config_parse.h - the values that people write, in the configuration and on
 * the command line alike.
 *
 * Words of a list stand apart by spaces or commas (also the Chinese ones).  A
 * refusal is ERROR_INPUT and says what was wrong, what would be right, and the
 * nearest right form.
 */
#ifndef BOT_CONFIG_PARSE_H
#define BOT_CONFIG_PARSE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"

#include <stdbool.h>
#include <stdint.h>

/* "LG,CV cs.CL" -> codes, each once, in the order given. */
bool config_parse_categories(const char *text, struct arena *arena,
        struct string_list *codes, struct error *err);

/* "diffusion \"optimal transport\"" -> words and phrases. */
bool config_parse_words(const char *text, struct arena *arena,
        struct string_list *words, struct error *err);

/* "zh,en": one language or two, the reader's first. */
bool config_parse_languages(const char *text, struct arena *arena,
        struct language_pair *languages, struct error *err);

/* "5+4": so many in full and so many further ones; "5" has no further ones. */
bool config_parse_size(const char *text, unsigned *top, unsigned *also,
        struct error *err);

bool config_parse_style(const char *text, enum digest_style *style,
        struct error *err);
bool config_parse_mix(const char *text, enum channel_mix *mix,
        struct error *err);
bool config_parse_layout(const char *text, enum digest_layout *layout,
        struct error *err);
bool config_parse_when(const char *text, enum schedule_when *when,
        struct error *err);
bool config_parse_quiet(const char *text, enum quiet_policy *policy,
        struct error *err);
bool config_parse_uncertain(const char *text, enum uncertain_policy *policy,
        struct error *err);

/* "30s 15m 6h 2d", one of them, in ms; at most a year. */
bool config_parse_duration(const char *text, int64_t *ms, struct error *err);

/* The other way, for messages: "brief". */
const char *config_parse_style_name(enum digest_style style);
bool config_parse_pictures(const char *text, enum digest_pictures *pictures,
        struct error *err);
const char *config_parse_mix_name(enum channel_mix mix);
const char *config_parse_layout_name(enum digest_layout layout);
const char *config_parse_when_name(enum schedule_when when);
const char *config_parse_quiet_name(enum quiet_policy policy);

#endif
