#!/bin/bash
# An OCI image with the program and nothing that it does not need; `make image`.  usage: image.sh FOLDER-OF-DEBS SUITE FILE
# A minbase root by debootstrap with the packages in it, packed by umoci.  It runs as user 10001 in /work, a volume, and writes nowhere else,
# so that its root may be read-only:
#     podman run --rm --read-only -v "$PWD:/work" oci-archive:FILE dispatch.txt
# For root.  The packages fetched are kept in DIGLOT_ROOTS (/var/tmp/diglot-roots).
set -eu
debs=$(cd "$1" && pwd)
suite=$2
file=$(realpath -m "$3")
here=$(cd "$(dirname "$0")" && pwd)
arch=$(dpkg --print-architecture)
cache=${DIGLOT_ROOTS:-/var/tmp/diglot-roots}
uid=10001
PATH=$PATH:/usr/sbin:/sbin

if [ -z "${DIGLOT_UNSHARED:-}" ]; then
  exec env DIGLOT_UNSHARED=yes unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$0" "$@"
fi
mkdir -p "$cache" "${file%/*}"
work=$(mktemp -d "$cache/image.XXXXXX")
trap 'umount "$work/root/proc" 2>/dev/null || :; rm -rf --one-file-system "$work"' EXIT
root=$work/root
. "$here/mirror.sh" "$suite"

mkdir -p "$cache/$suite-$arch.debs"
debootstrap --variant=minbase --components="$components" --keyring="$keyring" --cache-dir="$cache/$suite-$arch.debs" \
  "$suite" "$root" "$mirror" "/usr/share/debootstrap/scripts/$script" >"$work/log" 2>&1 || { tail "$work/log"; exit 1; }
configure_apt "$root"
mount -t proc proc "$root/proc"
mkdir "$root/in" "$root/work"
cp "$debs"/diglot_*.deb "$debs"/diglot-data_*.deb "$root/in/"
run () { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
{
  run apt-get update -q
  run sh -c 'apt-get install -y -q --no-install-recommends /in/*.deb hyphen-en-us hyphen-fr hyphen-de hyphen-es hyphen-it hyphen-pt-pt hyphen-ru hyphen-sv hyphen-el fonts-noto-cjk'
  run useradd --uid "$uid" --home-dir /work --no-create-home --shell /usr/sbin/nologin diglot
  chown "$uid:$uid" "$root/work"
} >>"$work/log" 2>&1 </dev/null || { tail "$work/log"; exit 1; }
umount "$root/proc"
rm -rf "$root"/in "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb "$root"/var/cache/debconf/*-old "$root"/var/log/* \
  "$root"/etc/resolv.conf "$root"/etc/hosts "$root"/etc/hostname "$root"/etc/apt/apt.conf.d/00machine "$root"/etc/dpkg/dpkg.cfg.d/fast "$root"/dev/* "$root"/run/* "$root"/tmp/*
# Which mirror this machine has is nobody else's.
rm -f "$root/etc/apt/sources.list"

umoci init --layout "$work/image"
umoci new --image "$work/image:latest"
umoci unpack --image "$work/image:latest" "$work/bundle"
rmdir "$work/bundle/rootfs"
mv "$root" "$work/bundle/rootfs"
umoci repack --image "$work/image:latest" "$work/bundle"
umoci config --image "$work/image:latest" --config.user "$uid:$uid" --config.entrypoint /usr/bin/diglot --config.cmd --help --config.workingdir /work \
  --config.volume /work --config.env LC_ALL=C.UTF-8 --os linux --architecture "$arch"
umoci gc --layout "$work/image" 2>/dev/null || :
tar cf "$file" -C "$work/image" .
