#!/bin/sh
# round.sh REVISION FILE: what this tree costs beside the tree of REVISION, both built here and run in turn: a warm dispatch by stage,
# whole processes, a row, a worker's memory.  Medians of the runs (RUNS, 3), and the ratio of each; a lone time tells nothing.
set -eu
revision=$1 file=$(realpath "$2")
here=$(pwd) base=$here/build/round

if [ "$(cat "$base/revision" 2>/dev/null)" != "$revision" ]; then
  rm -rf "$base"
  mkdir -p "$base"
  git archive "$revision" | tar -x -C "$base"
  make -C "$base" build/diglot build/tests/bench build/tests/bench_rows build/tests/bench_batch >"$base/log" 2>&1 ||
    { tail -3 "$base/log" >&2; echo "diglot: $revision cannot be built here" >&2; exit 1; }
  echo "$revision" >"$base/revision"
fi

# Lines of: tree, what, figure.
measure () {
  (
    cd "$2"
    samples=tests/samples
    build/tests/bench build/diglot "$file" 2>&1 | awk -v tree="$1" '
      /^whole process/ { whole = 1 } /^warm/ { whole = 0 }
      whole && $1 == "diglot" { what = NF == 5 ? "process" : "process " $2; print tree "\t" what ", cpu ms\t" $(NF - 2) }
      !whole && /^(read|pair|layout|write the PDF|all four) / { what = $0; sub (/ +[0-9.]+ +[0-9.]+$/, "", what); print tree "\twarm, " what ", ms\t" $(NF - 1) }'
    build/tests/bench_rows build/diglot $samples/flood-en-ar.txt 2>&1 | awk -v tree="$1" '/ rows / { print tree "\t" $1 " rows, ms a row\t" $NF }'
    build/tests/bench_batch 200 $samples/*.txt 2>&1 | awk -v tree="$1" '/^one worker/ { print tree "\ta worker, MiB\t" $(NF - 1) }'
  )
}

for run in $(seq "${RUNS:-3}"); do
  measure base "$base"
  measure here "$here"
done | sort | awk -F'\t' '
  { key = $1 "\t" $2; figures[key] = figures[key] " " $3; if (!($2 in seen)) { seen[$2] = 1; order[++n] = $2 } }
  function median (list,  f, k, i, j, t) {
    k = split (list, f, " ")
    for (i = 2; i <= k; i++) for (j = i; j > 1 && f[j - 1] + 0 > f[j] + 0; j--) { t = f[j]; f[j] = f[j - 1]; f[j - 1] = t }
    return f[int ((k + 1) / 2)]
  }
  END {
    printf "%-28s %9s %9s %7s\n", "median", "then", "now", "ratio"
    for (i = 1; i <= n; i++) { a = median (figures["base\t" order[i]]); b = median (figures["here\t" order[i]]); printf "%-28s %9.2f %9.2f %7.2f\n", order[i], a, b, (a > 0 ? b / a : 0) }
  }'
