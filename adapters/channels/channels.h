/*
 * channels.h - the products that digests go to, one kind of account a file.
 */
#ifndef ADAPTERS_CHANNELS_CHANNELS_H
#define ADAPTERS_CHANNELS_CHANNELS_H

#include "bot/ports/account.h"

extern const struct account_kind console_kind, matrix_kind, slack_kind,
        slack_webhook_kind;

#endif
