#!/bin/bash
# Sources that nobody can write, not even root: built from another folder, installed below a name with a blank in it, where what is installed
# sets a dispatch as what was built does, and taken away again with nothing left.  For root, in namespaces of its own.
set -eu
if [ -z "${DIGLOT_UNSHARED:-}" ]; then
  unshare --mount true 2>/dev/null || { echo 'read-only sources: skipped: no namespaces of its own'; exit 77; }
  exec env DIGLOT_UNSHARED=yes unshare --mount --propagation private "$0" "$@"
fi
top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d /var/tmp/diglot-read-only.XXXXXX)
trap 'umount "$work/source"; rm -rf --one-file-system "$work"' EXIT
fail () { echo "read-only sources: $*" >&2; exit 1; }

mkdir "$work/source" "$work/elsewhere"
(cd "$top" && { git ls-files -co --exclude-standard 2>/dev/null || find . -path ./build -prune -o -path ./out -prune -o -type f -print; } | tar cf - -T - | tar xf - -C "$work/source")
mount --bind "$work/source" "$work/source"
mount -o remount,bind,ro "$work/source"
cd "$work/elsewhere"
make () { command make --no-print-directory -s -f ../source/Makefile "$@"; }

make all >../log 2>&1 || { tail ../log >&2; fail 'they cannot be built'; }
make install DESTDIR="$work/a root" PREFIX=/opt/diglot >../log 2>&1 || { tail ../log >&2; fail 'what was built cannot be installed'; }
for diglot in build/diglot "$work/a root/opt/diglot/bin/diglot"; do
  "$diglot" -q -o "$work/$(basename "$(dirname "$diglot")").pdf" ../source/tests/samples/flood-en-ar.txt
done
cmp "$work/build.pdf" "$work/bin.pdf" || fail 'what is installed sets another page'
for file in man/man1/diglot.1 man/man3/libdiglot.3 doc/diglot/README.md doc/diglot/docs/install.md doc/diglot/docs/dispatch.schema.json doc/diglot/examples/flood-en-ar.txt; do
  [ -s "$work/a root/opt/diglot/share/$file" ] || fail "share/$file is not installed"
done
make uninstall DESTDIR="$work/a root" PREFIX=/opt/diglot
[ -z "$(find "$work/a root" ! -type d)" ] || { find "$work/a root" ! -type d >&2; fail 'this is left'; }
echo 'read-only sources: built elsewhere, installed and taken away again'
