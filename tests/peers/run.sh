#!/bin/sh
# Runs the scenarios with what setup.sh could make.
set -eu
cd "$(dirname "$0")/../.."

python=build/peers/python/bin/python
if [ ! -f build/peers/python.made ]; then
    echo "SKIP all of it: there is no Python environment"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
# A bot that runs wild must end by itself, not with the machine.
export ASAN_OPTIONS=detect_leaks=1:hard_rss_limit_mb=4000
export UBSAN_OPTIONS=print_stacktrace=1
export PYTHONDONTWRITEBYTECODE=1
exec "$python" tests/peers/run.py "$@"
