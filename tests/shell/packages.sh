#!/bin/bash
# Debian's folder says what the tree has: the library's symbols, what a build needs.  What `make deps` installs and says, by stand-ins for apt, dpkg and pkg-config: of alternatives the first that the release has, nothing
# where all is there, what the release lacks by name, and on a machine without apt the libraries by their pkg-config names.
set -u
cd "$(dirname "$0")/../.."
deps=$PWD/packaging/deps.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
n=0 failed=0

is () # NAME EXPECTED ACTUAL
{
  n=$((n + 1))
  if [ "$2" = "$3" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    diff <(echo "$2") <(echo "$3") | sed 's/^/# /'
    failed=1
  fi
}

stand_in () # NAME: its script on standard input
{
  { echo '#!/bin/bash'; cat; } >"$tree/bin/$1"
  chmod +x "$tree/bin/$1"
}

mkdir "$tree/bin"
for tool in bash env grep sed tr id; do ln -s "$(command -v "$tool")" "$tree/bin/"; done
run () { (cd "$tree" && PATH=$tree/bin MODULES='zlib pango' bash "$deps" "$@" 2>&1); echo "status $?"; }

stand_in pkg-config <<<'[ "$2" = zlib ]'
is 'without apt the missing library by its pkg-config name' "$(printf '  pango\nstatus 1')" "$(run gcc 'a-dev|b-dev' | grep -v '^diglot:\|^docs/')"
stand_in pkg-config <<<'exit 0'
is 'without apt and nothing missing: not a word' 'status 0' "$(run gcc)"

stand_in id <<<'echo 0'
stand_in dpkg-query <<<'for p in "$@"; do case $p in here*) echo "installed $p";; gone) echo "not-installed gone";; esac; done'
stand_in apt-get <<<'echo "apt-get $*"'
stand_in apt-cache <<<'case $2 in new*|gone) echo "  Candidate: 1.0";; old) echo "  Candidate: (none)";; esac'
is 'all there: apt is not asked' 'status 0' "$(run here-a 'new-b|here-b')"
is 'the first alternative that the release has, what it lacks by name, the rest all the same' \
  "$(printf '%s\n' 'apt-get update' 'diglot: this release has no package: never|old' 'Installing: new-b gone' 'apt-get install -y --no-install-recommends new-b gone' 'status 0')" \
  "$(run here-a 'old|new-b' 'never|old' gone)"
rm "$tree/bin/id"
stand_in id <<<'echo 1000'
is 'no root and no sudo: what to run as root' "$(printf '%s\n' 'diglot: not root and no sudo; as root run: apt-get install -y old gone' 'status 1')" "$(run 'old|new-b' gone)"
stand_in sudo <<<'echo "sudo $*"'
is 'by sudo' "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends gone" "$(run gone | grep install)"

library=${DIGLOT_BUILD:-build}/libdiglot.so.0
is 'debian/libdiglot0.symbols has every symbol of the library and no other' \
  "$(nm -D --defined-only "$library" | sed -n 's/^[0-9a-f]* [A-Z] //p' | sed 's/@@*/@/; /@/!s/.*/&@&/' | LC_ALL=C sort)" \
  "$(sed -n 's/^ \([^ ]*\) .*/\1/p' debian/libdiglot0.symbols | LC_ALL=C sort)"
is 'debian/control asks for the libraries that the Makefile does' \
  "$(sed -n '/^PACKAGES/,/nettle-dev/p' Makefile | grep -oE '[a-z0-9.+-]+-dev' | LC_ALL=C sort)" \
  "$(sed -n '/^Build-Depends/,/^[A-Z]/p' debian/control | grep -oE '[a-z0-9.+-]+-dev' | grep -v 'girepository\|^gir1' | cat - <(echo libc6-dev) | LC_ALL=C sort)"
echo "1..$n"
exit $failed
