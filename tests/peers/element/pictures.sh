#!/bin/sh
# A digest as Element Web shows it, in build/peers/pictures/: Element's own
# cleaning and style sheet (Element Web itself is in no package registry) in a
# headless Chromium, as wide as a telephone and as a window.  Takes minutes the
# first time, so it is no part of "make test-peers".
set -eu
cd "$(dirname "$0")/../../.."

here=tests/peers/element
place=$PWD/build/peers/element
pictures=$PWD/build/peers/pictures
sdk=node_modules/matrix-react-sdk
mkdir -p "$place" "$pictures"
tests/deps.sh ensure pictures
tests/deps.sh ensure peers
make --no-print-directory -s paperboy

if ! cmp -s $here/package.json "$place/package.json"; then
    echo "Fetching matrix-react-sdk"
    rm -rf "$place/node_modules"
    cp $here/package.json "$place/wanted.json"
    (cd "$place" && mkdir -p new && mv wanted.json new/package.json && cd new &&
        npm install --ignore-scripts --no-audit --no-fund --legacy-peer-deps \
            >../npm.log 2>&1)
    rm -rf "$place/node_modules"
    mv "$place/new/node_modules" "$place/new/package.json" "$place"
fi
cp $here/*.js "$place"
(cd "$place" && node build.js)

# NAME ARGUMENTS...: a page with the sample day as paperboy makes it for Matrix.
page() {
    name=$1
    shift
    {
        cat <<END
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><style>
@font-face { font-family: Inter; src: url($sdk/res/fonts/Inter/Inter-Regular.woff2) }
@font-face { font-family: Inter; font-weight: 600 700;
    src: url($sdk/res/fonts/Inter/Inter-SemiBold.woff2) }
@font-face { font-family: Inter; font-style: italic;
    src: url($sdk/res/fonts/Inter/Inter-Italic.woff2) }
</style><link rel="stylesheet" href="made/element.css"><style>
html, body { height: auto !important; overflow: visible !important }
#list { margin: 0; padding: 8px 8px 8px 0; list-style: none }
</style></head><body class="cpd-theme-light"><div class="mx_GroupLayout">
<ol class="mx_RoomView_MessageList" id="list"></ol></div>
<script src="made/message.js"></script><script>
showMessages([
END
        ./paperboy digest --from bot/data/sample-day.jsonl --date 2026-11-24 \
            --categories LG,CV,CL,AS,RO --size 5+4 --foot --format matrix "$@" |
            sed 's/$/,/'
        echo '], document.getElementById("list"));</script></body></html>'
    } >"$place/$name.html"
}

# As root Chromium does not start with its sandbox; the page is our own.
shoot() { # PAGE WIDTH HEIGHT
    rm -rf "$place/profile"
    timeout -k 5 90 chromium --headless --no-sandbox --disable-gpu \
        --disable-quic --no-first-run --disable-background-networking \
        --allow-file-access-from-files --hide-scrollbars \
        --user-data-dir="$place/profile" --window-size="$2,$3" \
        --virtual-time-budget=20000 --screenshot="$pictures/$1-$2.png" \
        "file://$place/$1.html" >"$place/chromium.log" 2>&1 </dev/null
    echo "build/peers/pictures/$1-$2.png"
}

for style in brief full; do
    page element-$style-zh-en --style $style --languages zh,en
    page element-$style-en --style $style --languages en
done
for name in element-brief-zh-en element-full-zh-en element-brief-en \
    element-full-en; do
    shoot $name 390 2400
done
shoot element-brief-zh-en 1000 1500
