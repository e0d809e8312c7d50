#!/bin/sh
# The sample day and answers as they stand in Slack, on a telephone by day and
# by night: slack_sample_test writes the messages, slack_view.html draws them in
# a headless Chromium, into build/pictures/slack-*.png.
set -eu
cd "$(dirname "$0")/../.."

place=$PWD/build/pictures
work=$place/slack
rm -rf "$work" "$place"/slack-*.png
mkdir -p "$work"
PAPERBOY_SLACK_OUT=$work build/test/tests/unit/slack_sample_test >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
}

# See pictures.sh on --no-sandbox, and on trying again.
browser() {
    browser_once "$@" || browser_once "$@" || {
        cat "$work/chromium.log" >&2
        exit 1
    }
}
browser_once() {
    rm -rf "$work/profile"
    timeout -k 5 90 chromium --headless --no-sandbox --disable-gpu --disable-quic \
        --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars \
        --user-data-dir="$work/profile" \
        "$@" 2>"$work/chromium.log" </dev/null
}

page() { # NAME: the messages behind the viewer, shown
    {
        cat bot/dist/slack_view.html
        echo '<script>show('
        # Nothing in a message may end the script.
        sed 's/</\\u003c/g' "$work/$1.json"
        echo ", \"${1%%-*}\");"
        echo 'document.title = document.documentElement.scrollHeight;</script>'
    } >"$work/$1.html"
}

for name in webhook-zh-en webhook-en thread-zh-en thread-en message-zh-en \
    message-en answers-zh answers-en; do
    page "$name"
    height=$(browser --window-size=390,800 --virtual-time-budget=3000 --dump-dom \
        "file://$work/$name.html" | sed -n 's/.*<title>\([0-9]*\)<.*/\1/p')
    for light in day night; do
        case $light in day) flag=1 ;; *) flag=0 ;; esac
        browser --window-size="390,$height" \
            --blink-settings=preferredColorScheme=$flag \
            --screenshot="$place/slack-$name-$light.png" \
            "file://$work/$name.html" >/dev/null
        echo "build/pictures/slack-$name-$light.png"
    done
done
rm -rf "$work"
