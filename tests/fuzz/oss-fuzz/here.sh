#!/bin/bash
# build.sh as OSS-Fuzz would run it, with this machine's clang; then each target over its seeds, from OUT alone.  usage: here.sh FOLDER
set -eu
folder=$(realpath -m "$1")
cd "$(dirname "$0")/../../.."
rm -rf "$folder/out"
mkdir -p "$folder/out" "$folder/work"
flags='-O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=address,undefined -fsanitize=fuzzer-no-link'
env OUT="$folder/out" RUN_IN="$folder/out" WORK="$folder/work" CC=clang CFLAGS="$flags" LIB_FUZZING_ENGINE=-fsanitize=fuzzer tests/fuzz/oss-fuzz/build.sh
cd /
for target in "$folder"/out/fuzz_*; do
  [ -f "$target" ] && [ -x "$target" ] || continue
  rm -rf "$folder/seeds" && mkdir "$folder/seeds"
  python3 -m zipfile -e "${target}_seed_corpus.zip" "$folder/seeds"
  env -i DIGLOT_DICTIONARIES= ASAN_OPTIONS=detect_leaks=0 HOME=/nonexistent "$target" -runs=0 "$folder/seeds" >"$folder/log" 2>&1 || { tail -n 30 "$folder/log"; exit 1; }
  echo "${target##*/}: $(find "$folder/seeds" -type f | wc -l) seeds"
done
