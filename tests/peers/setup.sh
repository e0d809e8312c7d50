#!/bin/sh
# The real servers and clients that the bot is tried with, in build/peers/, kept
# between runs: Synapse and matrix-nio in a Python environment, matrix-bot-sdk
# for Node, Slack's own packages and OpenAI's; with the word dendrite that homeserver,
# which takes some minutes to build.  What is missing after two tries is named;
# under CI that is a failure.
set -eu
cd "$(dirname "$0")/../.."

here=tests/peers
place=build/peers
log=$place/setup-${1-}.log
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

make_slack() {
    rm -rf "$place/slack"
    mkdir -p "$place/slack"
    cp $here/slack/package.json $here/slack/package-lock.json "$place/slack"
    (cd "$place/slack" && npm ci --ignore-scripts --no-audit --no-fund)
}

make_openai() {
    rm -rf "$place/openai"
    python3 -m venv "$place/openai" &&
        "$place/openai/bin/pip" install --quiet --disable-pip-version-check \
            --requirement $here/writers/requirements.txt
}

# One processor of two at most, and only what nobody else wants of it.
make_dendrite() {
    rm -rf "$place/dendrite"
    mkdir -p "$place/dendrite"
    cp $here/dendrite/go.* "$place/dendrite"
    (cd "$place/dendrite" &&
        nice -n 10 go build -p 1 github.com/matrix-org/dendrite/cmd/dendrite)
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

if [ "${1-}" = dendrite ]; then
    if [ -z "$(command -v go)" ]; then
        echo "SKIP Dendrite: there is no Go to build it with"
        exit 0
    fi
    provide dendrite $here/dendrite/go.mod "Dendrite, beside the rest"
    exit 0
fi
provide python $here/requirements.txt "Synapse and matrix-nio"
provide node $here/package-lock.json "matrix-bot-sdk"
provide openai $here/writers/requirements.txt "OpenAI's own package"
provide slack $here/slack/package-lock.json "Slack's own packages"
