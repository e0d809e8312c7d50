#!/bin/sh
# Runs test programs and ends with one line: N passed, N failed, N skipped.
# Each program is cmocka's; its TAP output is counted, its failures are shown.
# A skipped test must say why on a line "SKIP reason".
set -u

passed=0 failed=0 skipped=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT

# A test that runs wild must end by itself, not with the machine.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:hard_rss_limit_mb=4000
export UBSAN_OPTIONS=print_stacktrace=1

if [ -z "${PAPERBOY_SHARED-}" ] && [ -d ../shared/data ]; then
    PAPERBOY_SHARED=$(cd ../shared && pwd)
    export PAPERBOY_SHARED
fi
if [ -n "${PAPERBOY_SHARED-}" ]; then
    echo "Real data: $PAPERBOY_SHARED"
else
    echo "Real data: none (PAPERBOY_SHARED is not set): tests that read it are left out"
fi

for program in "$@"; do
    name=$(basename "$program")
    CMOCKA_MESSAGE_OUTPUT=TAP timeout 240 "$program" >"$out" 2>&1
    status=$?
    ok=$(grep -cE '^ok ' "$out")
    skip=$(grep -cE '^not ok [0-9]+ # SKIP' "$out") # as cmocka 1.1 prints it
    bad=$(grep -E '^not ok ' "$out" | grep -vc '# SKIP')
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1 # died before it could say so
    fi
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
    printf '%-34s %3d passed, %d failed, %d skipped\n' "$name" "$ok" "$bad" "$skip"
    grep -E '^# PRINT ' "$out" | sed 's/^# PRINT /    /'
    grep -E '^(# )?SKIP ' "$out" | sed 's/^/    /'
    [ "$bad" -eq 0 ] || sed 's/^/    | /' "$out"
done

echo
if [ -n "${CI-}" ] && [ "$passed" -eq 0 ]; then
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
