#!/bin/sh
# Installs the Debian package into a clean Debian 12, uses it, puts it over an
# older version with an older database, removes and purges it.  Needs root; the
# clean root is made by debootstrap from where this machine has its packages, and
# kept in build/deb/ between runs.
set -eu
cd "$(dirname "$0")/.."

root=$PWD/build/clean-root
home=$root/var/lib/paperboy
passed=0

ok() {
    passed=$((passed + 1))
    echo "ok - $1"
}

fail() {
    echo "not ok - $1"
    echo "$passed passed, 1 failed"
    exit 1
}

# CLAIM COMMAND...: what it prints goes to the log, and is shown if it fails.
claim() {
    what=$1
    shift
    if "$@" >build/package.log 2>&1; then
        ok "$what"
    else
        cat build/package.log >&2
        fail "$what"
    fi
}

inside() {
    chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
}

as_bot() {
    inside runuser -u paperboy -- sh -c "cd /var/lib/paperboy && $1"
}

# The mirrors and proxies that apt uses here are used there.
make_root() {
    [ -f "$root/etc/debian_version" ] && [ -x "$root/usr/bin/systemctl" ] && return
    rm -rf "$root"
    mirror=$(apt-cache policy base-files |
        sed -n 's/^ *[0-9]* \(http[^ ]*\) .*/\1/p' | head -n 1)
    debootstrap --variant=minbase --include=systemd,sqlite3 bookworm "$root" \
        "$mirror" >build/debootstrap.log 2>&1 || {
        tail -n 5 build/debootstrap.log >&2
        fail "a clean root is made"
    }
    cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
    cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || :
    inside apt-get update -qq
}

# The same package under another version.
renumber() { # VERSION, to FILE
    rm -rf build/deb/renumbered
    dpkg-deb -R "$package" build/deb/renumbered
    sed -i "s/^Version: .*/Version: $1/" build/deb/renumbered/DEBIAN/control
    dpkg-deb --root-owner-group -b build/deb/renumbered "$2" >/dev/null
    rm -rf build/deb/renumbered
}

install_package() {
    cp "$1" "$root/tmp/paperboy.deb"
    inside apt-get install -y -qq --no-install-recommends --allow-downgrades \
        /tmp/paperboy.deb
}

purge() {
    inside dpkg --purge paperboy
}

# Everything below / that packages do not own and did not own before; /run is
# empty at each start, and systemd's own tools leave marks there.
files() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./tmp \
        -o -path ./run -o -path ./var/lib/dpkg -o -path ./var/lib/apt \
        -o -path ./var/cache -o -path ./var/log \) -prune -o -print | sort)
}

mkdir -p build
make_root
purge >/dev/null 2>&1 || :
package=$(bot/dist/package.sh)
renumber 0.0.1 build/deb/older.deb
# What it stands on is there already, so that only its own files count.
install_package "$package" >build/package.log 2>&1 || {
    cat build/package.log >&2
    fail "the package installs into a clean root"
}
purge >/dev/null
files >build/deb/before

claim "the package installs" install_package build/deb/older.deb
claim "it says its version" inside paperboy --version
claim "its user is there, and its folder is that user's alone" \
    sh -c "[ \"\$(chroot $root stat -c '%U %a' /var/lib/paperboy)\" = 'paperboy 700' ]"
claim "the sample day is a digest" sh -c "chroot $root paperboy digest \
    --from /usr/share/paperboy/sample-day.jsonl --categories LG,CV \
    --languages zh,en --format text | grep -q '^1'"
claim "the manual pages are there" sh -c "[ -f $root/usr/share/man/man1/paperboy.1.gz ] \
    && [ -f $root/usr/share/man/man5/paperboy.ini.5.gz ]"
claim "systemd finds nothing wrong in the unit" inside systemd-analyze verify --man=no \
    /usr/lib/systemd/system/paperboy.service
claim "it is not enabled without a configuration" sh -c \
    "! chroot $root systemctl is-enabled paperboy"

cat >"$home/paperboy.ini" <<'INI'
[store]
url = sqlite:paperboy.db
[channel screen]
type = console
categories = LG CV CL AS RO
languages = zh en
INI
chroot "$root" chown paperboy: /var/lib/paperboy/paperboy.ini
as_bot "umask 077 && sqlite3 paperboy.db" <tests/data/database-step-4.sql
claim "a newer version goes over it" install_package "$package"
claim "configuration and database are left alone" sh -c \
    "[ -f $home/paperboy.ini ] && [ -f $home/paperboy.db ]"
claim "the older database is taken over, with what was posted" sh -c \
    "chroot $root runuser -u paperboy -- sh -c \
    'cd /var/lib/paperboy && paperboy status' | grep -q 'papers: 14, notes: 14'"
claim "behind a backup" [ -f "$home/paperboy.db.backup-v4" ]
claim "and goes on: the older papers are found" sh -c \
    "chroot $root runuser -u paperboy -- sh -c \
    'cd /var/lib/paperboy && paperboy search entropy' | grep -q 2505.22617"

claim "it can be removed" inside dpkg --remove paperboy
claim "which leaves what people made" [ -f "$home/paperboy.db" ]
claim "and purged" purge
files >build/deb/after
claim "which leaves nothing" cmp build/deb/before build/deb/after
echo "$passed passed, 0 failed"
