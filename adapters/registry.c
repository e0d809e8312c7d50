#include "adapters/registry.h"

#include "adapters/channels/channels.h"
#include "adapters/dialects/dialects.h"
#include "adapters/sources/arxiv_feed.h"
#include "adapters/sources/arxiv_html.h"
#include "adapters/sources/huggingface.h"
#include "adapters/sources/openalex.h"
#include "adapters/sources/pictures.h"
#include "adapters/sources/semantic_scholar.h"
#include "adapters/writers/chat_completion.h"
#include "adapters/writers/deepl.h"
#include "adapters/writers/extractive.h"
#include "adapters/writers/libretranslate.h"

#include <stddef.h>

const struct account_kind *const registry_accounts[] = {
        &console_kind,
        &matrix_kind,
        &slack_webhook_kind,
        &slack_kind,
        NULL,
};

const struct source_kind *const registry_sources[] = {
        &arxiv_feed_kind,
        &huggingface_kind,
        &pictures_kind,
        &arxiv_html_kind,
        &openalex_kind,
        &semantic_scholar_kind,
        NULL,
};

const struct writer_kind *const registry_writers[] = {
        &chat_completion_kind,
        &deepl_kind,
        &libretranslate_kind,
        &extractive_kind,
        NULL,
};

const struct dialect *const registry_dialects[] = {
        &dialect_text,
        &dialect_matrix,
        &dialect_slack,
        &dialect_json,
        &dialect_markdown,
        &dialect_html,
        NULL,
};
