#!/bin/bash
# What is written in two places because two kinds of readers need it says the same in both.
set -u
cd "$(dirname "$0")/../.."
n=0 failed=0

agree () # NAME: the words on standard input are missing where they should be
{
  local missing
  missing=$(cat)
  n=$((n + 1))
  if [ -z "$missing" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    sed 's/^/# missing: /' <<<"$missing"
    failed=1
  fi
}

lacks () # FILE...: prints the words of standard input that none of the files has as a word
{
  while read -r word; do
    grep -qwF -- "$word" "$@" || echo "$word"
  done
}

packages=$(make -s --eval 'print-packages: ; @echo "$(PACKAGES)"' print-packages | tr ' ' '\n')
options=$("${DIGLOT_BUILD:-build}/diglot" --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+')

agree 'debian/control builds with the packages of the Makefile' < <(grep -- '-dev$' <<<"$packages" | grep -v '^libc6-dev$\|^libstdc++' | lacks debian/control)
agree 'debian/control depends on the faces and patterns of the Makefile' < <(grep '^fonts-\|^hyphen-' <<<"$packages" | lacks debian/control)
agree 'diglot(1) has every option' < <(while read -r option; do grep -qE -- "^\.It .*Fl \\\\-${option#--}( |$)" docs/diglot.1 || echo "$option"; done <<<"$options")
agree 'README.md has every option' < <(lacks README.md <<<"$options")
agree 'diglot(1) has every message code' < <(sed -n 's/.*\(ERROR\|WARNING\|NOTE\), *"\([a-z.-]*\)".*/\2/p' src/base/diag.h | lacks docs/diglot.1)
# What stands in both languages: options, codes, variables, files and examples of the manual pages, commands and options of README.
both () { diff <(grep -oE "$1" "$2" | tr ' ' '\n' | grep . | sort -u) <(grep -oE "$1" "$3" | tr ' ' '\n' | grep . | sort -u) | grep '^[<>]'; }
agree 'the manual page in Arabic has the options of the English one' < <(diff <(sed -n 's/ *,* *\(Ar\|Cm\|Ns\) .*//; s/^\.It Fl //p' docs/diglot.1) <(sed -n 's/ *,* *\(Ar\|Cm\|Ns\) .*//; s/^\.It Fl //p' docs/ar/diglot.1) | grep '^[<>]')
agree 'the manual page in Arabic has the codes, variables and examples of the English one' < <(both '^\.(It [a-z.-]+[*a-z-]* Ta (error|warning|note)|It Ev .*|Dl \$ .*)' docs/diglot.1 docs/ar/diglot.1)
agree 'README in Arabic has the options of the English one' < <(diff <(grep -E '^\| `-' README.md | grep -oE -- '--[a-z-]+' | sort -u) <(grep -E '^\| `-' docs/ar/README.md | grep -oE -- '--[a-z-]+' | sort -u) | grep '^[<>]')
agree 'README in Arabic has the commands of the English one' < <(diff <(grep -E '^(build/diglot|make|cp|apt-get|import diglot|result =) ' README.md) <(grep -E '^(build/diglot|make|cp|apt-get|import diglot|result =) ' docs/ar/README.md) | grep '^[<>]')
agree 'every page is linked' < <(for page in docs/*.md docs/*.[1-8]; do basename "$page"; done | lacks README.md docs/*.md)
agree 'docs/install.md has every library' < <(make -s --eval 'print-modules: ; @echo "$(MODULES)"' print-modules | tr ' ' '\n' | lacks docs/install.md)
agree 'debian/libdiglot0.symbols has every function of the library' < <(nm -D --defined-only "${DIGLOT_BUILD:-build}/libdiglot.so.0" | awk '{ sub (/@.*/, "", $3); print $3 }' | lacks debian/libdiglot0.symbols)
agree 'docs/languages.md has every language' < <(sed -n 's/^\[\([a-z][^]]*\)\]$/`\1`/p' templates/data/languages.ini | while read -r tag; do grep -qF -- "| $tag |" docs/languages.md || echo "$tag"; done)
echo "1..$n"
exit $failed
