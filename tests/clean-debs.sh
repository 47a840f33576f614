#!/bin/sh
# The Debian packages in a clean root: built, installed by apt, run by a user without a home, a caller compiled against the library.
# For root, on a machine that reaches a Debian mirror; `make test-deb`.  usage: clean-debs.sh FOLDER-OF-DEBS
set -eu
debs=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
mirror=$(sed -n 's/^URIs: *//p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
root=$(mktemp -d)
chmod 755 "$root"
trap 'umount -R "$root/proc" 2>/dev/null; rm -rf "$root"' EXIT

debootstrap --variant=minbase bookworm "$root" "$mirror" >"$debs/debootstrap.log" 2>&1 || { tail "$debs/debootstrap.log"; exit 1; }
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
[ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
mkdir "$root/in"
cp "$debs"/*.deb "$here"/samples/*.txt "$here"/callers/* "$root/in/"
rm -f "$root"/in/*dbgsym*.deb

run () { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive HOME=/nonexistent "$@"; }
run sh -ec 'apt-get update -q && apt-get install -y -q --no-install-recommends /in/diglot_*.deb /in/diglot-data_*.deb' >"$debs/install.log" 2>&1 ||
  { tail "$debs/install.log"; exit 1; }
run sh -ec 'mkdir -m 777 /out; cd /; chroot --userspec=nobody:nogroup / diglot -o /out/ /in/flood-en-ar.txt /in/museum-ar-en.txt; test -s /out/flood-en-ar.pdf; test -s /out/museum-ar-en.pdf'
run sh -ec 'apt-get install -y -q --no-install-recommends gcc libc6-dev pkg-config /in/libdiglot0_*.deb /in/libdiglot-dev_*.deb' >>"$debs/install.log" 2>&1 ||
  { tail "$debs/install.log"; exit 1; }
run sh -ec 'cc -o /out/caller /in/caller.c $(pkg-config --cflags --libs diglot); /out/caller /in/flood-en-ar.txt /out/caller.pdf; cmp /out/caller.pdf /out/flood-en-ar.pdf'
run sh -ec 'apt-get remove -y -q diglot libdiglot-dev libdiglot0 diglot-data; ! test -e /usr/share/diglot' >>"$debs/install.log" 2>&1
echo 'the packages install, run and go away again in a clean root'
