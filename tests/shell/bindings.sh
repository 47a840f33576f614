#!/bin/bash
# The library from other languages by its introspection: Python's module with its own tests, JavaScript by GJS, Vala; each where it is installed.
set -u
cd "$(dirname "$0")/../.."
top=$PWD
build=${DIGLOT_BUILD:-$PWD/build}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
export GI_TYPELIB_PATH=$build/gir LD_LIBRARY_PATH=$build PYTHONPATH=$top/python PYTHONDONTWRITEBYTECODE=1 DIGLOT_PROGRAM=$build/diglot
n=0 failed=0

check () # NAME NEEDED COMMAND...
{
  local name=$1 needed=$2
  shift 2
  n=$((n + 1))
  if [ ! -e "$build/gir/Diglot-1.typelib" ] || ! eval "$needed" >/dev/null 2>&1; then
    echo "ok $n - $name # SKIP its packages are not installed"
  elif (set -e; "$@") >"$tree/log" 2>&1 </dev/null; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name"
    tail -n 30 "$tree/log" | sed 's/^/# /'
    failed=1
  fi
}

for python in python3 /usr/bin/python3; do
  "$python" -c 'import gi' 2>/dev/null && break
done
sample=$top/tests/samples/flood-en-ar.txt
module () { "$python" -m pytest -q -p no:cacheprovider python/tests; }
# README's five lines.
five () { cp "$sample" "$tree/a.txt"; (cd "$tree" && awk '/^```python$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$top/README.md" | "$python" - && head -c 5 a.pdf | grep -q %PDF-); }
javascript () { gjs "$top/examples/gjs.js" "$sample" "$tree/js.pdf" && "$build/diglot" -T book -o "$tree/own.pdf" "$sample" && cmp "$tree/js.pdf" "$tree/own.pdf"; }
vala () {
  printf '%s\n' 'int main (string[] args) {' '  try {' '    var options = new Diglot.Options ();' '    options.set ("template", "book");' '    var converter = new Diglot.Converter (options);' \
    '    uint8[] text; FileUtils.get_data (args[1], out text);' '    unowned Diglot.Figures figures = Diglot.convert (converter, new Bytes (text), "a.txt", Diglot.Format.PDF).figures ();' \
    '    return figures.pages () > 0 ? 0 : 1;' '  } catch (Error e) { printerr ("%s\n", e.message); return 1; }' '}' >"$tree/v.vala"
  (cd "$tree" && valac -q -C --vapidir "$build/gir" --pkg diglot v.vala) &&
    cc -w -o "$tree/v" "$tree/v.c" -I"$top/include" $(pkg-config --cflags gobject-2.0 cairo) -L"$build/gir" -ldiglot $(pkg-config --libs gobject-2.0) && "$tree/v" "$sample"
}

# A wheel of the module, in a place of its own, and README's lines by it.
wheel () {
  make -s wheel O="$build" && "$python" -m zipfile -e "$build"/wheel/diglot-*.whl "$tree/site" && test -e "$tree/site/diglot/py.typed" && grep -q '^Requires-Dist: PyGObject' "$tree"/site/diglot-*/METADATA &&
    PYTHONPATH=$tree/site five && PYTHONPATH=$tree/site "$python" -c "import diglot; assert diglot.__file__.startswith('$tree'); print (diglot.version())" | grep -q "^$(sed -n 's/^Version: //p' "$tree"/site/diglot-*/METADATA)$"
}
pages () { make -s docs-api O="$build" && grep -q 'diglot_convert' "$build/api/func.convert.html" && test -e "$build/api/class.Converter.html" -o -e "$build/api/struct.Converter.html"; }

check 'the module diglot, by its own tests' '"$python" -c "import gi, pytest"' module
check "README's lines of Python" '"$python" -c "import gi"' five
check 'JavaScript by GJS' 'command -v gjs' javascript
check 'Vala' 'command -v valac && test -e "$build/gir/diglot.vapi"' vala
check 'a wheel of the module' '"$python" -c "import gi" && { python3 -c "import build, wheel" || /usr/bin/python3 -c "import build, wheel"; }' wheel
check 'pages about the library, without a warning' 'command -v gi-docgen' pages
echo "1..$n"
exit $failed
