#!/bin/sh
# Runs one test program for tests/run.sh: shows in one piece how it went, and
# leaves its milliseconds and counts in RESULTS.
#   run_one.sh RESULTS PROGRAM
# A skipped test must say why on a line "SKIP reason".
set -u

results=$1 program=$2
base=$(basename "$program")
folder=$(basename "$(dirname "$program")")
name=$folder/$base
file=$results/$folder-$base
out=$file.out
began=$(date +%s%3N)

CMOCKA_MESSAGE_OUTPUT=TAP timeout 240 "$program" >"$out" 2>&1
status=$?
took=$(($(date +%s%3N) - began))

ok=$(grep -cE '^ok ' "$out")
skip=$(grep -cE '^not ok [0-9]+ # SKIP' "$out") # as cmocka 1.1 prints it
bad=$(grep -E '^not ok ' "$out" | grep -vc '# SKIP')
if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1 # died before it could say so
fi
echo "$took $ok $bad $skip $name" >"$file.counts"

{
    printf '%-44s %3d passed, %d failed, %d skipped\n' "$name" "$ok" "$bad" "$skip"
    grep -E '^# PRINT ' "$out" | sed 's/^# PRINT /    /'
    grep -E '^(# )?SKIP ' "$out" | sed 's/^/    /'
    [ "$status" -ne 124 ] || echo "    | stopped after 240 s"
    [ "$bad" -eq 0 ] || sed 's/^/    | /' "$out"
} >"$file.told"
flock "$results" cat "$file.told"
