#!/bin/bash
# README's two commands as they stand, in a new root of a Debian or Ubuntu release with nothing in it but the base system.
# usage: clean-root.sh SUITE [ARCH [COMMAND...]]
#
# COMMANDs are run instead of README's, in the source; FILES: a folder whose files stand in /in there.  For root.  In DIGLOT_ROOTS
# (/var/tmp/diglot-roots) packages are kept for the next time; a root is taken away again, but for KEEP=yes.  What was said, PDFs and
# packages come to FOLDER/roots/SUITE-ARCHLABEL, FOLDER being DIGLOT_BUILD or build.
# Ends with 77 where the release cannot be had here: a line says why.
set -eu
suite=$1
arch=${2:-$(dpkg --print-architecture 2>/dev/null || echo amd64)}
name=$suite-$arch
label=$name${LABEL:-}
top=$(cd "$(dirname "$0")/.." && pwd)
roots=${DIGLOT_ROOTS:-/var/tmp/diglot-roots}
logs=${DIGLOT_BUILD:-$top/build}/roots/$label
skip () { echo "$label: skipped: $1"; exit 77; }

[ "$(id -u)" = 0 ] || skip 'this needs root'
PATH=$PATH:/usr/sbin:/sbin
command -v debootstrap >/dev/null || skip 'there is no debootstrap'
# Whatever happens, nothing stays mounted and nothing goes on running.
if [ -z "${DIGLOT_UNSHARED:-}" ]; then
  unshare --mount --pid --fork true 2>/dev/null || skip 'no namespaces of its own'
  exec env DIGLOT_UNSHARED=yes unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$0" "$@"
fi

. "$top/packaging/mirror.sh" "$suite"
[ -e "$keyring" ] || skip "there is no $keyring"

rm -rf "$logs"
mkdir -p "$logs" "$roots/$name.debs" "$roots/$name.archives/partial"
root=$(mktemp -d "$roots/$label.XXXXXX")
chmod 755 "$root"
clean () { [ -n "${KEEP:-}" ] || { umount -R "$root/dev" "$root/proc" "$root/var/cache/apt/archives" 2>/dev/null || :; rm -rf --one-file-system "$root"; }; }
trap clean EXIT
trap 'exit 130' INT TERM HUP

say () { printf '%s: %s\n' "$label" "$*"; }
started=$SECONDS
done_in () { say "$1 ($((SECONDS - started)) s)"; started=$SECONDS; }

debootstrap --variant=minbase --arch="$arch" --components="$components" --keyring="$keyring" --cache-dir="$roots/$name.debs" \
  "$suite" "$root" "$mirror" "/usr/share/debootstrap/scripts/$script" >"$logs/debootstrap.log" 2>&1 || skip "$(tail -n 1 "$logs/debootstrap.log")"

# Devices of its own, with which a test may do what it likes.
mount -t tmpfs -o mode=755,size=64k none "$root/dev"
for device in null:3 zero:5 full:7 random:8 urandom:9; do mknod -m 666 "$root/dev/${device%:*}" c 1 "${device#*:}"; done
mknod -m 666 "$root/dev/tty" c 5 0
ln -s /proc/self/fd "$root/dev/fd"
for link in stdin:0 stdout:1 stderr:2; do ln -s "/proc/self/fd/${link#*:}" "$root/dev/${link%:*}"; done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666,mode=620 none "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t tmpfs -o mode=1777 none "$root/dev/shm"
mount -t proc proc "$root/proc"

# What was fetched before.
configure_apt "$root"
mount --bind "$roots/$name.archives" "$root/var/cache/apt/archives"
done_in 'the base system'

mkdir "$root/diglot"
(cd "$top" && { git ls-files -co --exclude-standard 2>/dev/null || find . -path ./build -prune -o -path ./out -prune -o -type f -print; } | tar cf - -T - | tar xf - -C "$root/diglot")
rm -rf "$root/diglot/.git"
if [ -n "${FILES:-}" ]; then mkdir "$root/in" && cp "$FILES"/* "$root/in/"; fi
if [ $# -gt 2 ]; then
  printf '%s\n' "${@:3}" >"$logs/commands"
else
  awk '/^## Two commands/ { on = 1 } on && /^```$/ { exit } inside { print } on && /^```sh/ { inside = 1 }' "$top/README.md" >"$logs/commands"
  [ "$(wc -l <"$logs/commands")" = 2 ] || { say 'README.md has not two commands'; exit 1; }
fi

run () { setarch "$(case $arch in i386) echo i686 ;; *) uname -m ;; esac)" chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root MAKEFLAGS=-j2 DEBIAN_FRONTEND=noninteractive "$@"; }
run apt-get update -q >"$logs/update.log" 2>&1 || { tail "$logs/update.log"; exit 1; }
n=0 status=0
while read -r command; do
  n=$((n + 1))
  if run sh -c "cd /diglot && $command" >"$logs/$n.log" 2>&1 </dev/null; then
    done_in "$command: $(tail -n 3 "$logs/$n.log" | grep -o 'Files=[0-9]*, Tests=[0-9]*' || echo good)"
  else
    done_in "$command: failed"
    grep -E '^(not ok|# |Result|[EW]: )|: error|Failed|Error [0-9]|FAIL' "$logs/$n.log" | head -n 200
    status=1
    break
  fi
done <"$logs/commands"
[ ! -d "$root/diglot/out" ] || cp -r "$root/diglot/out" "$logs/"
[ ! -d "$root/diglot/build/deb" ] || { mkdir "$logs/deb" && cp "$root"/diglot/build/deb/*.* "$logs/deb/"; }
exit $status
