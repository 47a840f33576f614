#!/bin/bash
# What fails below the program never changes a text: each time memory is asked for, each read, each look at an open file, each mapping of
# one fails once.  What comes of it are the right bytes, or an error and no file; no crash, nothing endless.
# STEP: of the times that memory is asked for, every STEPth; `make sweep` takes all, which takes hours.  A prime, since much comes in rhythms.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$top" && cd "${DIGLOT_BUILD:-build}" && pwd)
step=${STEP:-397}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir in
cp "$top/tests/samples/tiny-en-ar.txt" a.txt
cp "$top/tests/samples/tiny-en-ar.txt" "$top/tests/samples/russian-en.txt" in/
(cd in && python3 -m zipfile -c ../in.zip ./*.txt)
tests=0 failed=0

tell () # GOOD NAME
{
  tests=$((tests + 1))
  if [ "$1" = 0 ]; then echo "ok $tests - $2"; else echo "not ok $tests - $2"; failed=1; fi
}

# The program with a fault in it; its messages are in err.
run () # FAULT ARG...
{
  local fault=$1
  shift
  # What the shell says of a signal is for nobody.
  { FAULT=$fault LD_PRELOAD=$build/tests/faults.so timeout -s KILL 60 "$build/diglot" "$@" 2>err; } 2>/dev/null
}

sweep () # KIND FIRST STEP ARG...
{
  local kind=$1 n=$2 by=$3 status good=0 same=0 wrong=0 file
  shift 3
  rm -rf right && mkdir right && "$build/diglot" -o right/ "$@" 2>/dev/null || { tell 1 "$kind: $* fails without a fault"; return; }
  while rm -rf out && mkdir out; run "$kind:$n" -o out/ "$@"; status=$?; grep -q '^fault: met' err; do
    case $status in
      0) diff -rq -x '.*' out right >/dev/null && same=$((same + 1)) || { echo "# $kind:$n: another text" >&2; wrong=$((wrong + 1)); } ;;
      # An error that is told; SIGTRAP and SIGABRT, by which GLib and the C++ library end a process that gets no memory.
      1 | 2 | 133 | 134) good=$((good + 1)) ;;
      *) echo "# $kind:$n: status $status" >&2; wrong=$((wrong + 1)) ;;
    esac
    if grep -E "ended by signal [^56] " err >&2; then echo "# $kind:$n: a crash" >&2; wrong=$((wrong + 1)); fi
    for file in out/*; do
      [ ! -e "$file" ] || cmp -s "$file" "right/${file#out/}" || { echo "# $kind:$n: $file is another" >&2; wrong=$((wrong + 1)); }
    done
    n=$((n + by))
  done
  echo "# $kind, $*: up to $n, $good errors, $same times the right bytes"
  [ $((good + same)) != 0 ] || wrong=1
  tell "$wrong" "$kind: $*"
}

sweep alloc 1 "$step" a.txt
sweep alloc 2 $((step * 5)) -t png a.txt
sweep alloc 3 $((step * 5)) -j1 in.zip
for kind in read stat map; do
  sweep $kind 1 1 a.txt
  sweep $kind 1 1 -j1 in.zip
done

"$build/diglot" -o right.pdf a.txt 2>/dev/null
run short -o short.pdf a.txt && cmp -s right.pdf short.pdf
tell $? 'reads that bring less than was asked for'
echo "1..$tests"
exit $failed
