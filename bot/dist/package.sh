#!/bin/sh
# Builds the Debian package, build/deb/paperboy_VERSION_ARCH.deb, from a copy of
# the tree as it lies here.  DEB_VERSION names another version than the
# Makefile's.
set -eu
cd "$(dirname "$0")/../.."

version=${DEB_VERSION:-$(sed -n 's/^VERSION := //p' Makefile)}
tree=build/deb/tree
log=build/deb/build.log

rm -rf build/deb
mkdir -p $tree
tar -cf - --exclude=./build --exclude=./paperboy --exclude=./.git . | tar -xf - -C $tree
cp -r $tree/bot/dist/debian $tree/debian
# The time of the newest change, so that the same tree gives the same package.
changed=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null ||
    stat -c %Y CHANGELOG.md)}
cat >$tree/debian/changelog <<TEXT
paperboy ($version) unstable; urgency=medium

  * What changed is in /usr/share/doc/paperboy/NEWS.md.

 -- The Paperboy authors <paperboy@example.org>  $(LC_ALL=C date -uR -d "@$changed")
TEXT
if ! (cd $tree && dpkg-buildpackage -b -us -uc) >$log 2>&1; then
    tail -n 20 $log >&2
    echo "the package was not built, see $log" >&2
    exit 1
fi
rm -rf $tree
ls build/deb/paperboy_*.deb
