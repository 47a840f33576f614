#!/bin/sh
# The Debian packages in a root with nothing else in it: installed by apt, run by a user without a home, a caller compiled against the
# library, and gone again.  In such a root only: `make test-deb` runs it there.  The packages stand in /in.
set -eu
export DEBIAN_FRONTEND=noninteractive HOME=/nonexistent
install () { apt-get install -y -q --no-install-recommends "$@"; }
here=$PWD
mkdir -m 777 /made
cp tests/samples/flood-en-ar.txt tests/samples/museum-ar-en.txt tests/samples/russian-en.txt examples/caller.c /in/
chmod -R a+rX /in

install /in/diglot_*.deb /in/diglot-data_*.deb
cd /
chroot --userspec=nobody:nogroup / diglot -o /made/ /in/flood-en-ar.txt /in/museum-ar-en.txt /in/russian-en.txt
for name in flood-en-ar museum-ar-en russian-en; do test -s "/made/$name.pdf"; done
diglot -o /made/flood.png /in/flood-en-ar.txt
test -s /made/flood-1.png || test -s /made/flood.png
test -s /usr/share/doc/diglot/docs/dispatch.schema.json
test -s /usr/share/doc/diglot/examples/flood-en-ar.txt
diglot --version

install gcc libc6-dev pkg-config /in/libdiglot0_*.deb /in/libdiglot-dev_*.deb /in/gir1.2-diglot-1_*.deb /in/python3-diglot_*.deb
cc -o /made/caller /in/caller.c $(pkg-config --cflags --libs diglot)
/made/caller /in/flood-en-ar.txt /made/caller.pdf
cmp /made/caller.pdf /made/flood-en-ar.pdf
python3 -c 'import diglot, sys; open("/made/python.pdf", "wb").write(diglot.convert(open("/in/flood-en-ar.txt", "rb").read(), name="flood-en-ar.txt").data)'
cmp /made/python.pdf /made/flood-en-ar.pdf
# Who links with the library from now on asks for the version that has all it uses.
grep -q '^ diglot_converter_new@[A-Z_0-9a-z]* ' /var/lib/dpkg/info/libdiglot0:*.symbols

apt-get remove -y -q diglot libdiglot-dev libdiglot0 diglot-data
! test -e /usr/share/diglot
! test -e /usr/share/doc/diglot
echo 'the packages install, run and go away again'
cd "$here"
