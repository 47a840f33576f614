#!/bin/bash
# Builds the fuzzing targets as OSS-Fuzz has it: with its CC, CFLAGS and LIB_FUZZING_ENGINE, in WORK, from the folder that it starts in.  OUT gets each
# with its seeds, the libraries it needs, Diglot's data and the two faces without which nothing is set, since where it runs there is nothing else.
# `make oss-fuzz` does the same here.
set -eu
work=$WORK/diglot
make -j"$(nproc)" O="$work" FLAVOUR=fuzz SANITIZE_fuzz= CC="$CC" CFLAGS="$CFLAGS" ENGINE="$LIB_FUZZING_ENGINE" fuzz-targets

mkdir -p "$OUT/lib" "$OUT/share/diglot"
cp -r templates fonts "$OUT/share/diglot/"
(cd /usr/share && cp -r --parents fonts/truetype/gentiumplus fonts/opentype/fonts-hosny-amiri "$OUT/share/")
sed -i "s,^root = .*,root = ${RUN_IN:-/out}/share/fonts," "$OUT/share/diglot/fonts/fonts.ini"
for target in "$work"/fuzz/libfuzzer/*; do
  name=${target##*/}
  cp "$target" "$OUT/$name"
  ldd "$target" | sed -n 's/^\t\(lib[^ ]*\) => \([^ ]*\) .*/\2/p' | grep -vE '/lib(c|m|dl|rt|pthread|resolv)\.so' | xargs -I{} cp -nL {} "$OUT/lib/"
  patchelf --force-rpath --set-rpath '$ORIGIN/lib' "$OUT/$name"
  rm -rf "$work/seeds" && mkdir "$work/seeds"
  "$work/fuzz/tests/$name" --seeds "$work/seeds"
  rm -f "$OUT/${name}_seed_corpus.zip"
  (cd "$work/seeds" && zip -q "$OUT/${name}_seed_corpus.zip" ./*)
  printf '[libfuzzer]\nmax_len = 20000\ntimeout = 60\nrss_limit_mb = 2560\n' >"$OUT/$name.options"
done
