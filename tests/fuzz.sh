#!/bin/sh
# Runs fuzz targets, each for FUZZ_SECONDS (30), and says at the end which found
# something.  Fixtures, and real data where PAPERBOY_SHARED has it, are where
# they begin; what they learn is kept in build/fuzz/NAME for the next run.
set -u

seconds=${FUZZ_SECONDS:-30}
if [ -z "${PAPERBOY_SHARED-}" ] && [ -d ../shared/data ]; then
    PAPERBOY_SHARED=$(cd ../shared && pwd)
fi
data=${PAPERBOY_SHARED:+$PAPERBOY_SHARED/data}

# Fixtures are cut, because an input is read hundreds of times a second.
plant() { # target, bytes of each, files
    to=build/fuzz/seeds/$1
    most=$2
    shift 2
    mkdir -p "$to"
    for file in "$@"; do
        [ -f "$file" ] || continue
        name=$(printf %s "$file" | cksum | cut -d' ' -f1)
        case $file in
        *.gz) gzip -dc "$file" 2>/dev/null | head -c "$most" >"$to/$name" ;;
        *) head -c "$most" "$file" >"$to/$name" ;;
        esac
    done
}

plant_all() {
    plant papers_in 20000 tests/data/*.xml tests/fuzz/seeds/papers_in/*
    plant config 20000 config.example.ini
    plant dialects 4000 tests/data/*.txt tests/fuzz/seeds/dialects/*
    plant latex 4000 tests/data/*.txt tests/data/*.xml
    plant paper_id 400 tests/fuzz/seeds/paper_id/*
    plant picture_head 400 tests/fuzz/seeds/picture_head/*
    plant json 4000 tests/fuzz/seeds/json/*
    plant chat_answer 4000 tests/fuzz/seeds/chat_answer/*
    plant lookup 4000 tests/fuzz/seeds/lookup/*
    plant latexml 4000 tests/fuzz/seeds/latexml/*
    plant slack_event 4000 tests/fuzz/seeds/slack_event/*
    plant http_form 2000 tests/fuzz/seeds/http_form/*
    plant search 400 tests/fuzz/seeds/search/*
    plant matrix_sync 4000 tests/fuzz/seeds/matrix_sync/*
    plant command 400 tests/fuzz/seeds/command/*
    plant command_search 400 tests/fuzz/seeds/command_search/*
    [ -n "$data" ] || return 0
    public=$data/public
    plant papers_in 20000 "$data"/*.jsonl $(find "$public/arxiv-atom" \
        "$public/arxiv-rss" "$public/listings" -type f)
    plant json 4000 $(find "$public/matrix" "$public/slack" "$public/hf-daily" \
        -type f)
    plant lookup 20000 $(find "$public/openalex" "$public/s2" -type f)
    plant slack_event 20000 $(find "$public/slack" -type f)
    plant latex 4000 $(find "$public/arxiv-abs" -type f)
}

run() {
    name=$(basename "$1" _fuzz)
    mkdir -p "build/fuzz/$name" "build/fuzz/seeds/$name"
    log=build/fuzz/$name.log
    words=tests/fuzz/$name.dict
    if "$1" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=2048 \
        -artifact_prefix="build/fuzz/found-$name-" \
        $([ -f "$words" ] && printf %s "-dict=$words") \
        "build/fuzz/$name" "build/fuzz/seeds/$name" >"$log" 2>&1; then
        printf 'fuzz: %-12s ok      %s\n' "$name" "$(tail -n 1 "$log")"
    else
        printf 'fuzz: %-12s FOUND   %s\n' "$name" \
            "$(grep -m 1 -E 'claim broken|ERROR|error:' "$log")"
        grep -o 'build/fuzz/found-[a-z_]*-[a-z]*-[0-9a-f]*' "$log" |
            sed 's/^/    /'
        failed=1
    fi
}

# Its check of strstr measures the whole rest of a text at each call.
export ASAN_OPTIONS=intercept_strstr=0

failed=0
plant_all
for target in "$@"; do
    run "$target"
done
exit "$failed"
