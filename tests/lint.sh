#!/bin/sh
# What "make lint" checks: layers, form, each header alone, both compilers with
# -Werror, clang-tidy.  Says which check failed and goes on, so that one run
# shows everything.
set -u

failed=0
step() {
    name=$1
    shift
    if out=$("$@" 2>&1); then
        printf 'lint: %-28s ok\n' "$name"
    else
        printf 'lint: %-28s FAILED\n%s\n' "$name" "$out"
        failed=1
    fi
}

sources() { git ls-files -co --exclude-standard '*.c' | sort; }
headers() { git ls-files -co --exclude-standard '*.h' | sort; }

flags="-std=c11 -D_GNU_SOURCE -I. -DPAPERBOY_VERSION=\"0\" -Wall -Wextra
-Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
-Wwrite-strings"
system=$(pkg-config --cflags libwebsockets libcjson glib-2.0 libxml-2.0 |
    sed 's/-I/-isystem /g')

form() {
    { sources; headers; } | xargs clang-format --dry-run -Werror
}

# A header that needs another one first is a trap for whoever includes it.  One
# may hold nothing but macros, which ISO C calls no translation unit.
alone() {
    headers | xargs -P "$(nproc)" -n 1 sh -c \
        'echo "extern int alone;" |
            exec gcc $1 -Werror -fsyntax-only -include "$2" -x c -' \
        alone "$flags $system"
}

tidy() {
    sources | xargs -P "$(nproc)" -n 6 sh -c \
        'flags=$1; shift; exec clang-tidy --quiet "$@" -- $flags 2>/dev/null' \
        tidy "$flags $system"
}

compile() {
    make --no-print-directory -s -j"$(nproc)" CC="$1" all-objects
}

manuals() {
    mandoc -Tlint -Wwarning bot/dist/*.[1-9]
}

# Where there is no systemd nobody could start the unit either.
unit() {
    command -v systemd-analyze >/dev/null || return 0
    place=$(mktemp -d)
    sed 's|@BINDIR@/paperboy|/bin/true|' bot/dist/paperboy.service \
        >"$place/paperboy.service"
    systemd-analyze verify --man=no "$place/paperboy.service"
    verdict=$?
    rm -r "$place"
    return "$verdict"
}

top() {
    extra=$(git ls-files -co --exclude-standard | cut -d/ -f1 | sort -u |
        grep -vxE 'bot|adapters|store|tests|Makefile|config\.example\.ini|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|\..*')
    [ -z "$extra" ] || { echo "not expected at the top level: $extra"; false; }
}

step "layers" tests/lint_layers.sh
step "top level" top
step "clang-format" form
step "each header alone" alone
step "manual pages" manuals
step "service unit" unit
step "gcc -Werror" compile gcc
step "clang -Werror" compile clang
step "clang-tidy" tidy
exit "$failed"
