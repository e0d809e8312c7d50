#!/bin/sh
# The real servers and clients that the bot is tried with, in build/peers/, kept
# between runs: Synapse and matrix-nio in a Python environment, matrix-bot-sdk
# for Node.  What is missing after two tries is named; under CI that is a
# failure.
set -eu
cd "$(dirname "$0")/../.."

here=tests/peers
place=build/peers
log=$place/setup.log
mkdir -p "$place"

make_python() {
    rm -rf "$place/python"
    python3 -m venv "$place/python" &&
        "$place/python/bin/pip" install --quiet --disable-pip-version-check \
            --requirement $here/requirements.txt
}

# Without scripts: one would download a binary of its own.
make_node() {
    rm -rf "$place/node"
    mkdir -p "$place/node"
    cp -r $here/package.json $here/package-lock.json $here/without-crypto \
        "$place/node"
    (cd "$place/node" && npm ci --ignore-scripts --no-audit --no-fund)
}

# WHAT FILE WORDS: made anew when the file that pins its versions has changed.
provide() {
    cmp -s "$2" "$place/$1.made" && return
    echo "Fetching $3"
    rm -f "$place/$1.made"
    if "make_$1" >"$log" 2>&1 || "make_$1" >"$log" 2>&1; then
        cp "$2" "$place/$1.made"
        return
    fi
    tail -n 5 "$log" >&2
    if [ -n "${CI-}" ]; then
        echo "$3 cannot be had, see $log" >&2
        exit 1
    fi
    echo "SKIP $3 cannot be had, see $log: what needs it is left out"
}

provide python $here/requirements.txt "Synapse and matrix-nio"
provide node $here/package-lock.json "matrix-bot-sdk"
