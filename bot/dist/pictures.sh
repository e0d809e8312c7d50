#!/bin/sh
# The sample day as a reader sees it: the program's own HTML, and its Matrix
# HTML in a bare page, in a headless Chromium at a telephone's width and at a
# desk's.  Pictures go to build/pictures/; with KEEP=1 the README's two go to
# bot/dist/pictures/ as well.
set -eu
cd "$(dirname "$0")/../.."

place=$PWD/build/pictures
rm -rf "$place"
mkdir -p "$place/pages"

digest() {
    ./paperboy digest --from bot/data/sample-day.jsonl --date 2026-11-24 \
        --categories LG,CV,CL,AS,RO --size 5+4 --foot "$@"
}

# A chat as wide as the window; the messages come as the program prints them, a
# line of JSON each.
matrix_page() {
    cat <<'END'
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><style>
body{margin:0;padding:12px;background:#fff;color:#17191c;
font:15px/1.45 Inter,system-ui,'Noto Sans CJK SC',sans-serif;
overflow-wrap:anywhere}
.message{max-width:760px;padding-bottom:12px}
.message>b{color:#0467dd}
p{margin:0 0 10px} h4{margin:14px 0 8px;font-size:16px}
a{color:#0467dd;text-decoration:none}
code{background:#eef0f3;border-radius:4px;padding:0 4px;font-size:90%}
details{margin:0 0 10px}
</style></head><body><script>
const messages = [
END
    sed 's/$/,/'
    cat <<'END'
];
for (const message of messages) {
    const box = document.createElement("div");
    box.className = "message";
    box.innerHTML = "<b>paperboy</b><br/>" + message.formatted_body;
    document.body.append(box);
}
</script></body></html>
END
}

pages=
for languages in zh,en en; do
    for style in brief full; do
        name=$(echo "$style-$languages" | tr , -)
        digest --style $style --languages $languages --format html \
            >"$place/pages/html-$name.html"
        digest --style $style --languages $languages --format matrix |
            matrix_page >"$place/pages/matrix-$name.html"
        pages="$pages html-$name matrix-$name"
    done
done

# --no-sandbox: as root Chromium refuses to start without it; these pages are
# the program's own.  On a busy machine it was seen to hang at its start: then
# once more.
browser() {
    browser_once "$@" || browser_once "$@" || {
        cat "$place/chromium.log" >&2
        exit 1
    }
}
browser_once() {
    rm -rf "$place/profile"
    timeout -k 5 90 chromium --headless --no-sandbox --disable-gpu --disable-quic \
        --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars \
        --allow-file-access-from-files --user-data-dir="$place/profile" \
        "$@" 2>"$place/chromium.log" </dev/null
}

# How high each page is at each width, in one go: "WIDTH PAGE HEIGHT" a line.
{
    echo '<!DOCTYPE html><body>'
    for page in $pages; do
        for width in 390 1100; do
            echo "<iframe data-name='$width $page' src='pages/$page.html'" \
                "style='border:0;width:${width}px;height:100px'></iframe>"
        done
    done
    cat <<'END'
<script>
onload = () => {
    const lines = [...document.querySelectorAll("iframe")].map(frame =>
        "HEIGHT " + frame.dataset.name + " " +
        frame.contentDocument.documentElement.scrollHeight);
    document.body.innerHTML = "<pre>\n" + lines.join("\n") + "\n</pre>";
}
</script>
END
} >"$place/heights.html"
browser --virtual-time-budget=10000 --dump-dom "file://$place/heights.html" |
    sed -n 's/^.*HEIGHT //p' >"$place/heights"

shoot() { # PAGE WIDTH HEIGHT PICTURE [FLAG...]
    source=file://$place/pages/$1.html size=$2,$3 picture=$4
    shift 4
    browser --window-size="$size" --screenshot="$place/$picture.png" "$@" \
        "$source" >/dev/null
    [ -s "$place/$picture.png" ] || { cat "$place/chromium.log" >&2; exit 1; }
    echo "build/pictures/$picture.png"
}

while read -r width page height; do
    case $width in 390) at=phone ;; *) at=desk ;; esac
    shoot "$page" "$width" "$height" "$page-$at"
done <"$place/heights"

# By night, and the two that the README shows: the first screen, sharp.
night=--blink-settings=preferredColorScheme=0
shoot html-full-zh-en 390 1500 html-full-zh-en-phone-night $night
shoot html-brief-zh-en 390 800 readme-zh-en --force-device-scale-factor=2
shoot html-brief-en 390 800 readme-en-night --force-device-scale-factor=2 $night
for picture in readme-zh-en readme-en-night; do
    pngquant --force --strip --output "$place/$picture.png" 32 \
        "$place/$picture.png"
    bytes=$(wc -c <"$place/$picture.png")
    [ "$bytes" -lt 150000 ] || { # they are kept in the repository
        echo "$picture.png has $bytes bytes, over 150000" >&2
        exit 1
    }
    if [ -n "${KEEP-}" ]; then
        mkdir -p bot/dist/pictures
        cp "$place/$picture.png" bot/dist/pictures/
    fi
done
rm -rf "$place/profile" "$place/heights.html" "$place/heights" \
    "$place/chromium.log"
