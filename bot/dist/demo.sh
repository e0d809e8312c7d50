#!/bin/sh
# A sample day the whole way: from a file into the store, planned, sent to this
# terminal.  No configuration, no network.  Each run begins with an empty
# database, because what was posted once is not posted again.
set -eu
cd "$(dirname "$0")/../.."

place=build/demo
rm -rf "$place"
mkdir -p "$place"
cp bot/dist/demo.ini "$place/paperboy.ini"
run() {
    command=$1
    shift
    ./paperboy "$command" --config "$place/paperboy.ini" "$@"
}

echo "A sample day, from a file to this terminal:"
run fetch --from bot/data/sample-day.jsonl --date 2025-05-29
echo
run post --channel demo
cat <<END

The database is $place/paperboy.db; each "make demo" begins a new one.
To try next:
  the same day in English, in full, from the file alone:
    ./paperboy digest --from bot/data/sample-day.jsonl --languages en
  why these papers come first:
    ./paperboy rank --from bot/data/sample-day.jsonl --channel demo --config $place/paperboy.ini
  your own channel, by a few questions:
    ./paperboy init
END
