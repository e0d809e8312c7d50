/*
 * program_json.h - JSON for programs that read ours, written as it comes.
 *
 * One value a line.  Strings are UTF-8 already and are escaped as RFC 8259,
 * section 7 wants it.  key is NULL inside an array.
 */
#ifndef BOT_PROGRAM_JSON_H
#define BOT_PROGRAM_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct program_json {
    FILE *out;
    bool comma; /* the next value needs one before it */
    int depth;  /* at 0 a value ends its line */
};

void program_json_open(struct program_json *json, const char *key,
        char bracket); /* '{' or '[' */
void program_json_close(struct program_json *json, char bracket);
void program_json_string(struct program_json *json, const char *key,
        const char *value);
void program_json_number(struct program_json *json, const char *key,
        int64_t value);
void program_json_bool(struct program_json *json, const char *key, bool value);
void program_json_null(struct program_json *json, const char *key);

#endif
