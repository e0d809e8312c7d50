/*
 * user_agent.h - who asks: the program, its version and whom to write to.
 */
#ifndef ADAPTERS_SOURCES_USER_AGENT_H
#define ADAPTERS_SOURCES_USER_AGENT_H

#include "bot/base/arena.h"

/* "paperboy/1.0 (+mailto:you@example.org)"; a page is named as it is.  contact
 * is [bot] contact, not empty. */
char *user_agent_of(struct arena *arena, const char *contact);

#endif
