#!/bin/bash
# What takes too long for every change; `make nightly`.  Every step is taken, whatever became of those before it; the table at the end
# tells which were good.  For root.  O=FOLDER: where it is built, as make has it.
set -u
cd "$(dirname "$0")/.."
export DIGLOT_BUILD=${DIGLOT_BUILD:-$PWD/build}
roots=$DIGLOT_BUILD/roots
table=() failed=0

step () # NAME COMMAND...
{
  local name=$1 status=0 started=$SECONDS verdict
  shift
  "$@" || status=$?
  case $status in
    0) verdict=good ;;
    77) verdict=skipped ;;
    *) verdict=failed failed=1 ;;
  esac
  table+=("$(printf '%-44s %-8s %5d s' "$name" "$verdict" $((SECONDS - started)))")
}

# Every PDF of the one root is in the other to the byte.
same_bytes () # ROOT ROOT
{
  local pdf n=0
  [ -d "$roots/$1/out" ] && [ -d "$roots/$2/out" ] || { echo "bytes: skipped: there are not both, $1 and $2"; return 77; }
  for pdf in "$roots/$1"/out/*.pdf; do
    cmp "$pdf" "$roots/$2/out/${pdf##*/}" || return 1
    n=$((n + 1))
  done
  echo "bytes: $n PDFs of $1 and $2 are the same"
}

command -v debootstrap >/dev/null || make deps PACKAGES=debootstrap
for root in 'trixie amd64' 'trixie i386' 'bookworm amd64' 'noble amd64'; do
  # shellcheck disable=SC2086
  step "demo and test in ${root/ /, }" tests/clean-root.sh $root
done
step 'shards on Slurm, parallel and Dask' make cluster
# Emulated, and therefore the demo alone.
step 'demo in trixie, arm64' tests/clean-root.sh trixie arm64 'apt-get install -y make && make demo'
step 'the bytes of i386 and amd64' same_bytes trixie-amd64 trixie-i386
step 'the bytes of arm64 and amd64' same_bytes trixie-amd64 trixie-arm64
for suite in bookworm trixie noble; do step "packages of $suite" make test-deb SUITE=$suite; done
step 'the image' make image
step 'sources that cannot be written' tests/read-only.sh
step 'every 7th time that memory is asked for' make sweep STEP=7
step 'threads' make tsan
step 'clang, -O1, -O3' make compilers
step 'valgrind' make valgrind
step 'mutants' make mutants
step 'fuzzing' make fuzz SECONDS=600
step 'as OSS-Fuzz builds it' make oss-fuzz
step "gcc's analyser" make analyze
printf '%s\n' '' "${table[@]}"
exit $failed
