#!/bin/bash
# The program in Arabic: which locales make it so, that nothing for programs changes, and that every line's isolates are closed.
set -u
cd "$(dirname "$0")/../.."
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
diglot=$PWD/${DIGLOT_BUILD:-build}/diglot
[ -z "${DIGLOT_BUILD:-}" ] || diglot=$DIGLOT_BUILD/diglot
n=0 failed=0
unset LC_ALL LC_MESSAGES LANG LANGUAGE

check () # NAME COMMAND...
{
  local name=$1
  shift
  n=$((n + 1))
  if "$@"; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name"
    sed 's/^/# /' "$tree"/got | head -n 20
    failed=1
  fi
}

# Whether a mistake is told in Arabic by an environment; its code is the same in any case.
arabic () { env "$@" "$diglot" --outptu 2>"$tree/got"; grep -q 'أتقصد' "$tree/got" && grep -q '\[usage.option\]$' "$tree/got"; }
english () { env "$@" "$diglot" --outptu 2>"$tree/got"; grep -qx 'diglot: error: there is no option --outptu; did you mean --output? \[usage.option\]' "$tree/got"; }

check 'English without a locale' english -i
check 'English in the C locale, whatever LANGUAGE says' english LC_ALL=C LANGUAGE=ar
check 'English in a locale that the system has not' english LANG=xx_XX.UTF-8 LANGUAGE=ar
# Locales of this test's own: all are the C library's C.UTF-8 under the names that messages go by.
mkdir "$tree/locales"
for folder in /usr/lib/locale/C.utf8 /usr/lib/locale/C.UTF-8; do
  [ ! -d "$folder" ] || for name in ar_EG ar_SY eo en_US; do ln -sfn "$folder" "$tree/locales/$name.UTF-8"; done
done
if [ ! -e "$tree/locales/ar_EG.UTF-8/LC_CTYPE" ]; then
  echo "1..$n # the C library's C.UTF-8 is not where it is looked for: no more is tried"
  exit $failed
fi
export LOCPATH=$tree/locales
check 'Arabic by LC_ALL' arabic LC_ALL=ar_EG.UTF-8
check 'Arabic by LC_MESSAGES' arabic LANG=C LC_MESSAGES=ar_SY.UTF-8
check 'Arabic by LANG' arabic LANG=ar_EG.UTF-8
check 'Arabic by LANGUAGE' arabic LC_ALL=en_US.UTF-8 LANGUAGE=ar
check 'Arabic of a country by LANGUAGE, after a language that there is no catalogue of' arabic LANG=en_US.UTF-8 LANGUAGE=eo:ar_SY
check 'English where LANGUAGE wants it in an Arabic locale' english LANG=ar_EG.UTF-8 LANGUAGE=en
check 'English in a language that there is no catalogue of' english LC_ALL=eo.UTF-8

# Messages, summary and help: all of it in Arabic, each line's isolates closed, every option there.
printf 'One language\nIt says the same \001 thing once only.\n' >"$tree/one.txt"
speak () { LC_ALL=ar_EG.UTF-8 "$diglot" "$@" 2>&1; }
speak -o "$tree/out/" "$tree/one.txt" "$tree/none.txt" tests/samples/flood-en-ar.txt >"$tree/messages"
speak --help >"$tree/help"
speak --help-all >"$tree/help-all"
closed () { cat "$tree/messages" "$tree/help" "$tree/help-all" | python3 -c '
import sys
for line in sys.stdin.buffer.read().decode().split("\n"):
    depth = 0
    for c in line:
        depth += c in "\u2066\u2067\u2068"
        depth -= c == "\u2069"
        assert depth >= 0, line
    assert depth == 0, line
' >"$tree/got" 2>&1; }
check 'isolates are closed on every line' closed
told () { LC_ALL=C sed 's,^[^ ]*none.txt: ,none.txt: ,; s/\xe2\x81[\xa6-\xa9]//g' "$tree/messages" >"$tree/got" && grep -q '^none.txt: خطأ: تعذرت قراءته: لا ملف ولا مجلد بهذا الاسم \[input.unreadable\]$' "$tree/got" &&
  grep -q '^البرقيات: 3، الزمن: .* ثانية، المنضَّد: 2.*، أخفق 1$' "$tree/got" && grep -q '^أخطاء: 1 \[input.unreadable\]$' "$tree/got" && ! sed 's/ \[[a-z.-]*\]$//' "$tree/got" | grep -i 'error\|warning'; }
check 'messages and summary' told
helped () { "$diglot" --help-all | grep -oE '^ +(-[a-zA-Z0-9], )?--[a-z-]+' >"$tree/options"; grep -oE '^ +(-[a-zA-Z0-9], )?--[a-z-]+' "$tree/help-all" >"$tree/got"; cmp -s "$tree/options" "$tree/got"; }
check '--help-all has the same options' helped
spoken () { LC_ALL=C sed 's/\xe2\x81[\xa6-\xa9]//g' "$tree/help" "$tree/help-all" | grep -E '^ +-' | LC_ALL=C grep -v $'[\xd8\xd9]' >"$tree/got"; grep -q 'الاستعمال:' "$tree/help" && [ ! -s "$tree/got" ]; }
check '--help and --help-all tell every option in Arabic' spoken

# For programs.
machine () # LOCALE FOLDER
{
  LC_ALL=$1 "$diglot" -o "$tree/$2/" --report "$tree/$2.report" --gallery "$tree/$2.gallery" --diagnostics json tests/samples/flood-en-ar.txt "$tree/one.txt" "$tree/none.txt" 2>"$tree/$2.json"
  LC_ALL=$1 "$diglot" -t json -o - "$tree/one.txt" >"$tree/$2.dispatch" 2>/dev/null
  printf '{"input": "%s"}\n{"tmeplate": 1}\n' "$tree/none.txt" | LC_ALL=$1 "$diglot" --worker -j 1 >"$tree/$2.answers"
  LC_ALL=$1 "$diglot" --list-keys >"$tree/$2.keys"
}
machine ar_EG.UTF-8 one && machine en_US.UTF-8 two
sed -i "s,$tree/two,$tree/one,g" "$tree"/two.report "$tree"/two.json
same () { for what in report json dispatch answers keys; do cmp "$tree/one.$what" "$tree/two.$what" || return 1; done >"$tree/got" 2>&1; diff -r "$tree/one" "$tree/two" >>"$tree/got"; }
check 'reports, JSON, answers of a worker and pages are the same in every language' same

# A source tree is often called "diglot", as the folder of the installed data is.
named () {
  mkdir -p "$tree/diglot/build" && ln -s "$PWD/fonts" "$PWD/templates" "$PWD/src" "$tree/diglot/" && cp -r "$diglot" "${diglot%/*}/locale" "$tree/diglot/build/" &&
    LC_ALL=ar_EG.UTF-8 "$tree/diglot/build/diglot" --outptu 2>"$tree/got"
  grep -q 'أتقصد' "$tree/got"
}
check 'a program that was built in a folder called diglot finds it' named

# As installed.
installs () { make -s -o all install DESTDIR="$tree/root" PREFIX=/usr O="$(dirname "$diglot")" >"$tree/got" 2>&1; }
check 'make install brings the catalogue' installs
installed () { LC_ALL=ar_EG.UTF-8 "$tree/root/usr/bin/diglot" --outptu 2>"$tree/got"; grep -q 'أتقصد' "$tree/got"; }
check 'the installed program finds it' installed
echo "1..$n"
exit $failed
