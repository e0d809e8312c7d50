#!/bin/sh
# Fails if a file includes what its layer may not know.  The table below is the
# design's: who may include whom.
#
# Each rule: files | our headers | third-party headers, as extended regular
# expressions; the first rule that fits a file holds.  A file must include our
# headers from the root ("bot/base/error.h"), never relative to itself.
set -u

rules='
^bot/main\.c$             ^(bot|adapters|store)/                          .
^bot/base/civil_time.*    ^bot/base/                                      ^glib(-[a-z]+)?(/|\.h)
^bot/base/text.*          ^bot/base/                                      ^uni[a-z]+\.h$
^bot/base/                ^bot/base/                                      ^$
^bot/model/               ^bot/(base|model)/                              ^$
^bot/ports/               ^bot/(base|model|ports)/                        ^$
^bot/config/              ^bot/                                           ^ini\.h$
^bot/                     ^bot/                                           ^$
^adapters/                ^(adapters/|bot/(base|model|ports)/)            .
^store/                   ^(store/|bot/(base|model)/|bot/ports/store\.h$) ^sqlite3\.h$
'
libc='^(assert|ctype|errno|fcntl|getopt|inttypes|limits|locale|math|setjmp|signal|stdalign|stdarg|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|time|unistd|sys/(file|random|resource|stat|types|wait))\.h$'

found=$(
    find bot adapters store -name '*.[ch]' | sort | while read -r file; do
        rule=$(printf '%s' "$rules" | while read -r files ours theirs; do
            [ -n "$files" ] && printf '%s\n' "$file" | grep -Eq "$files" &&
                printf '%s %s\n' "$ours" "$theirs" && break
        done)
        if [ -z "$rule" ]; then
            echo "$file: no layer has this file"
            continue
        fi
        ours=${rule% *} theirs=${rule##* }
        sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file" |
            grep -Ev "$ours" | sed "s|^|$file: must not include |"
        sed -n 's/^ *# *include *<\([^>]*\)>.*/\1/p' "$file" |
            grep -Ev "$libc" | grep -Ev "$theirs" |
            sed "s|^|$file: must not include |"
    done
)
[ -z "$found" ] && exit 0
printf '%s\n' "$found"
exit 1
