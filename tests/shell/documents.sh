#!/bin/bash
# Every command in the documents does what it says: each ```sh block of README.md, CONTRIBUTING.md and docs/*.md is run as it
# stands, in a tree that looks like the source tree, with a few inputs by the names that the documents use.
# What needs another machine or would run this suite again is marked ```sh elsewhere and only checked for its syntax.
set -u
cd "$(dirname "$0")/../.."
top=$PWD
build=${DIGLOT_BUILD:-$top/build}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

mkdir -p "$tree"/{out,in,more,my,build,tests}
ln -s "$top"/{Makefile,README.md,docs,fonts,include,src,templates} "$tree/"
ln -s "$top/tests/golden" "$tree/tests/"
cp -r tests/samples "$tree/tests/"
printf '[template]\nextends = dispatch\n[columns]\nratio = auto\n' >"$tree/my/page.ini"
ln -s "$build/diglot" "$build"/libdiglot.* "$build/tests" "$tree/build/"
cp tests/samples/{flood,tiny,unequal}-en-ar.txt "$tree/in/"
cp tests/samples/museum-ar-en.txt "$tree/more/"
cp tests/samples/flood-en-ar.txt "$tree/a.txt"
(cd tests/samples && python3 -m zipfile -c "$tree/archive.zip" port-fr-ar.txt railway-en-he.txt)

n=0 failed=0
tell () # STATUS NAME
{
  n=$((n + 1))
  if [ "$1" = 0 ]; then
    echo "ok $n - $2"
  else
    echo "not ok $n - $2"
    sed 's/^/# /' "$tree/log"
    failed=1
  fi
}

for page in README.md CONTRIBUTING.md SECURITY.md docs/*.md; do
  [ -e "$page" ] || continue
  rm -rf "$tree/blocks"; mkdir "$tree/blocks"
  awk -v to="$tree/blocks" '
    /^```sh( elsewhere)?$/ { n++; file = sprintf ("%s/%03d.%s", to, n, NF > 1 ? "elsewhere" : "run"); line = NR; printf "" > file; inside = 1; next }
    /^```/ { if (inside) close (file); inside = 0 }
    inside { print > file }' "$page"
  for block in "$tree"/blocks/*; do
    [ -e "$block" ] || continue
    case $block in
      *.run) (cd "$tree" && PATH="$tree/build:$PATH" timeout 120 bash -eu -o pipefail "$block") >"$tree/log" 2>&1 </dev/null ;;
      *) bash -n "$block" >"$tree/log" 2>&1 ;;
    esac
    tell $? "$page: $(grep -v '^#' "$block" | head -n 1)"
  done
done
echo "1..$n"
exit $failed
