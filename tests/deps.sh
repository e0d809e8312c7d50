#!/bin/sh
# Debian packages: names what is missing and the command that brings it.
#   deps.sh check            fails, with the command, if a build package is missing
#   deps.sh install          installs everything, tests and lint included
#   deps.sh ensure WHAT      installs what WHAT (demo, test, lint, fuzz, bench,
#                            pictures, peers, deb) needs; with NO_INSTALL=1 it only
#                            prints the command
set -eu

build='gcc make pkg-config libcurl4-openssl-dev libcjson-dev libwebsockets-dev
libwebsockets-evlib-uv libsqlite3-dev libuv1-dev libexpat1-dev libglib2.0-dev
libunistring-dev libinih-dev libedit-dev libssl-dev zlib1g-dev libxml2-dev
tzdata'
test='libcmocka-dev openssl cmark cmark-gfm'
lint='clang clang-format clang-tidy mandoc'
fuzz='clang'
deb='debhelper dpkg-dev fakeroot debootstrap'
pictures='chromium fonts-noto-cjk fonts-noto-color-emoji pngquant'

# Python and Node may be there from elsewhere than Debian's packages.
peers() {
    python3 -c 'import ensurepip, venv' 2>/dev/null ||
        echo python3 python3-venv
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
    command -v wrk >/dev/null || echo wrk
}

bench() {
    python3 -c 'import ensurepip, venv' 2>/dev/null ||
        echo python3 python3-venv
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
    [ -x /usr/sbin/nginx ] || echo nginx
}

missing() {
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null |
            grep -qx installed || printf '%s ' "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

case "$1 ${2-}" in
"check ") want=$build ;;
"install ") want="$build $test $lint" ;;
"ensure demo") want=$build ;;
"ensure test") want="$build $test" ;;
"ensure bench") want="$build $test $(bench)" ;;
"ensure fuzz") want="$build $test $fuzz" ;;
"ensure deb") want="$build $deb" ;;
"ensure pictures") want="$build $pictures" ;;
"ensure peers") want="$build $(peers)" ;;
"ensure lint") want="$build $test $lint" ;;
*) echo "usage: deps.sh check | install | ensure demo|test|lint|fuzz|bench|pictures|peers|deb" >&2; exit 2 ;;
esac

# Elsewhere than on Debian the packages have other names: pkg-config decides.
command -v dpkg-query >/dev/null 2>&1 || exit 0

# One look at each package costs 20 ms; what was found once is remembered.
stamp="build/.packages-$1-${2-}"
[ -f "$stamp" ] && [ "$stamp" -nt "$0" ] && exit 0

absent=$(missing $want)
if [ -n "$absent" ]; then
    command="apt-get update && apt-get install -y --no-install-recommends $absent"
    if [ "$1" = check ] || [ -n "${NO_INSTALL-}" ]; then
        echo "Missing Debian packages: $absent" >&2
        echo "Install them as root with:" >&2
        echo "    $command" >&2
        exit 1
    fi
    echo "Installing Debian packages: $absent"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $absent >/dev/null
fi
mkdir -p build
touch "$stamp"
