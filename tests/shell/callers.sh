#!/bin/bash
# Those who call Diglot, with an installed tree and a home that cannot be written: a C program by pkg-config (shared and static), Python
# by ctypes, Make, a pipe.  All must come to the same PDF.  And uninstalling leaves nothing of ours.
set -u
cd "$(dirname "$0")/../.."
top=$PWD
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
prefix=$tree/prefix
sample=flood-en-ar
n=0 failed=0

check () # NAME COMMAND...
{
  local name=$1
  shift
  n=$((n + 1))
  if (set -e; "$@") >"$tree/log" 2>&1 </dev/null; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name"
    sed 's/^/# /' "$tree/log"
    failed=1
  fi
}

# Moved afterwards, so that nothing of it stands where it was built for.
install_tree () { make -s install DESTDIR="$tree/a root" && mv "$tree/a root/usr/local" "$prefix" && sed -i "s,/usr/local,$prefix," "$prefix/lib/pkgconfig/diglot.pc"; }
# By root as somebody without any rights, by others as themselves; workers say no more than a single run.
as_nobody () { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH="$PATH" HOME=/nonexistent "$@"; else "$@"; fi; }
quiet () { mkdir -m 777 "$tree/quiet" && as_nobody "$prefix/bin/diglot" -o "$tree/quiet/" "$tree/in/$sample.txt" "$tree/in/museum-ar-en.txt" >"$tree/said" 2>&1 && ! grep -v "^2 dispatches in " "$tree/said" && same "$tree/quiet/$sample.pdf"; }
same () { cmp "$1" "$tree/expected.pdf"; }

program () { diglot -o "$tree/expected.pdf" "$tree/in/$sample.txt" && test -s "$tree/expected.pdf"; }
c_shared () { cc -Wall -Werror -o "$tree/caller" examples/caller.c $(pkg-config --cflags --libs diglot) && LD_LIBRARY_PATH=$prefix/lib "$tree/caller" "$tree/in/$sample.txt" "$tree/c.pdf" && same "$tree/c.pdf"; }
c_static () { cc -o "$tree/static" examples/caller.c $(pkg-config --cflags diglot) "$prefix/lib/libdiglot.a" $(pkg-config --static --libs diglot | sed 's/-ldiglot//') && DIGLOT_DATADIR=$prefix/share/diglot "$tree/static" "$tree/in/$sample.txt" "$tree/s.pdf" && same "$tree/s.pdf"; }
python () { python3 examples/ctypes-caller.py "$prefix/lib/libdiglot.so.0" "$tree/in/$sample.txt" "$tree/py.pdf" && same "$tree/py.pdf"; }
make_rule () { cd "$tree" && mkdir out && make -sf "$top/examples/rules.mk" && same "out/$sample.pdf" && make -qf "$top/examples/rules.mk" && touch "in/$sample.txt" && ! make -qf "$top/examples/rules.mk"; }
pipe () { examples/pipeline.sh "$tree/in/$sample.txt" "$tree/pipe.pdf" && grep -q '^0.9\|^1.0' "$tree/log" && pdftotext "$tree/pipe.pdf" - | grep -q Safsaf; }
# The recorded list: what is there, is there for good, and what is new is written down.
symbols () { diff <(nm -D --defined-only "$prefix/lib/libdiglot.so.0" | awk '$2 == "T" { sub ("@@", "@", $3); print $3 }' | sort) <(awk '/^ diglot_/ { print $1 }' debian/libdiglot0.symbols | sort); }
soname () { readelf -d "$prefix/lib/libdiglot.so.0" | grep -q 'SONAME.*libdiglot\.so\.0'; }
header () { echo '#include <diglot.h>' | cc -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only $(pkg-config --cflags diglot) -x c -; }
header_cairo () { echo '#include <diglot-cairo.h>' | cc -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only $(pkg-config --cflags diglot-cairo) -x c -; }
# A window of GTK's, which prints to a file; where GTK and a screen that nobody sees are.
preview () {
  cc -Wall -Wextra -Werror -o "$tree/preview" examples/preview.c $(pkg-config --cflags --libs diglot-cairo gtk+-3.0) &&
    LD_LIBRARY_PATH=$prefix/lib xvfb-run -a "$tree/preview" "$tree/in/$sample.txt" "$tree/printed.pdf" &&
    pdftotext "$tree/printed.pdf" - | grep -q Safsaf && test "$(pdfinfo "$tree/printed.pdf" | grep -E '^Pages|^Page size')" = "$(pdfinfo "$tree/expected.pdf" | grep -E '^Pages|^Page size')"
}
completions () { bash -c 'source "$0/share/bash-completion/completions/diglot"; COMP_WORDS=(diglot --list-t); COMP_CWORD=1; _diglot; test "${COMPREPLY[*]}" = --list-templates' "$prefix"; }
# Every link between the installed documents leads to something, but for those into the sources; the schema and the examples are there.
documents () {
  cd "$prefix/share/doc/diglot" && test -s docs/dispatch.schema.json && test -s "examples/$sample.txt" && test -s examples/caller.c &&
    for page in *.md docs/*.md; do
      grep -oE '\]\([^)#:]+' "$page" | sed 's/^](//' | while read -r to; do test -e "$(dirname "$page")/$to" || echo "$page: $to"; done
    done | { ! grep -vE ': (\.\./)?(src|tests|include|templates|fonts)/|\.[135]$'; }
}
# What is not of this program stays.
uninstall () {
  echo own >"$prefix/share/diglot/templates/own.ini" && make -s uninstall PREFIX="$prefix" &&
    test "$(find "$prefix" ! -type d)" = "$prefix/share/diglot/templates/own.ini" && ! test -e "$prefix/share/doc/diglot"
}

mkdir "$tree/in" "$tree/home"
chmod 500 "$tree/home"
cp "tests/samples/$sample.txt" "$tree/in/"
chmod 755 "$tree"
export HOME=$tree/home XDG_CACHE_HOME=/dev/null/none PATH=$prefix/bin:$PATH PKG_CONFIG_PATH=$prefix/lib/pkgconfig
check 'install' install_tree
check 'the program, moved with its tree' program
cp tests/samples/museum-ar-en.txt "$tree/in/"
check 'two dispatches by a user without rights or home, and not a word' quiet
rm "$tree/in/museum-ar-en.txt"
check 'a C program, shared library by pkg-config' c_shared
check 'a C program, static library' c_static
check 'Python by ctypes' python
check 'a Make rule' make_rule
check 'a pipe' pipe
check 'the symbols and their versions are those of debian/libdiglot0.symbols' symbols
check 'the soname' soname
check 'the header stands alone' header
check 'the header for Cairo stands alone' header_cairo
if pkg-config --exists gtk+-3.0 && command -v xvfb-run >/dev/null; then
  check 'a preview by GTK prints' preview
else
  n=$((n + 1))
  echo "ok $n - a preview by GTK prints # SKIP needs libgtk-3-dev and xvfb"
fi
check 'bash completion' completions
check 'documents, schema and examples are installed, and linked as in the source' documents
check 'uninstall leaves nothing of its own, and what is of others' uninstall
echo "1..$n"
exit $failed
