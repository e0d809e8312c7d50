#!/bin/sh
# Runs test programs, $JOBS at a time (as many as there are processors), and
# ends with one line: N passed, N failed, N skipped.  Each program is cmocka's;
# tests/run_one.sh counts its TAP output and shows its failures.
set -u

# A test that runs wild must end by itself, not with the machine.  What is freed
# is watched for the next 16 MB: with 256 each block is cold when it comes back.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:hard_rss_limit_mb=4000:quarantine_size_mb=16
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

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
trap 'exit 130' INT TERM

printf '%s\0' "$@" |
    xargs -0 -n 1 -P "${JOBS:-$(nproc)}" tests/run_one.sh "$results"

# Each line: milliseconds, passed, failed, skipped, name.
cat "$results"/*.counts >"$results/all" 2>/dev/null
lost=$(($# - $(wc -l <"$results/all")))

echo
echo "slowest:$(sort -rn "$results/all" | head -n 5 |
    awk '{printf "%s %s %.1f s", sep, $5, $1 / 1000; sep = ","}')"
awk '$3 > 0 {print "failed: " $5}' "$results/all"
awk -v lost="$lost" -v ci="${CI-}" '
    {passed += $2; failed += $3; skipped += $4}
    END {
        failed += lost # ended without a word of how
        if (ci != "" && passed == 0)
            failed++
        printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
        exit failed > 0
    }' "$results/all"
