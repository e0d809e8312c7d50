#!/bin/sh
# The table of make bench-selection.  scikit-learn comes into build/bench/python
# once; without it (no network) its rows are left out, and that is said.
set -eu
cd "$(dirname "$0")/../.."

weeks=$(ls "${PAPERBOY_SHARED-../shared}"/data/public/eval/candidates-*.jsonl.gz)
place=build/bench
mkdir -p "$place"

scores=$place/scores.tsv
: >"$scores"
tests/bench/setup.sh python
if "$place/python/bin/python" -c 'import sklearn' 2>/dev/null; then
    # shellcheck disable=SC2086
    OMP_NUM_THREADS=1 "$place/python/bin/python" tests/bench/selection_others.py \
        $weeks >"$scores"
else
    echo "SKIP scikit-learn could not be installed: its rows are left out"
fi
# shellcheck disable=SC2086
build/release/tests/bench/selection_bench "$scores" $weeks
