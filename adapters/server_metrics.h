/*
 * server_metrics.h - measures in Prometheus's text format, version 0.0.4
 * (prometheus.io, "Exposition formats").
 */
#ifndef ADAPTERS_SERVER_METRICS_H
#define ADAPTERS_SERVER_METRICS_H

#include "bot/ports/query.h"

#define SERVER_METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* The whole, in the arena: names begin with "paperboy_", those of one name have
 * HELP and TYPE once before them, whatever a label's value holds is escaped. */
const char *server_metrics_text(const struct measure_list *list,
        struct arena *arena);

#endif
