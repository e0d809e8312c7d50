#!/bin/sh
# What people would pick instead, in build/bench/, kept between runs: a Python
# environment and packages for Node, both of pinned versions.  What cannot be had
# after two tries is named; its rows then say that it cannot run here.
#   setup.sh [python|node]...
set -eu
cd "$(dirname "$0")/../.."

here=tests/bench
place=build/bench
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
    cp -r $here/package.json $here/package-lock.json tests/peers/without-crypto \
        "$place/node"
    (cd "$place/node" && npm ci --ignore-scripts --no-audit --no-fund)
}

# WHAT FILE WORDS: made anew when the file that pins its versions has changed.
provide() {
    cmp -s "$here/$2" "$place/$1.made" && return
    echo "Fetching $3" >&2
    rm -f "$place/$1.made"
    if "make_$1" >"$log" 2>&1 || "make_$1" >"$log" 2>&1; then
        cp "$here/$2" "$place/$1.made"
        return
    fi
    tail -n 5 "$log" >&2
    echo "SKIP $3 cannot be had, see $log" >&2
}

[ $# -gt 0 ] || set -- python node
for what; do
    case $what in
    python) provide python requirements.txt "peers in Python" ;;
    node) provide node package-lock.json "peers in Node" ;;
    esac
done
