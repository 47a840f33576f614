#!/bin/sh
# figures.sh: draws the pictures of the documents with the program itself, those of composer.md from figure.txt.  Run it from the project root after make.  Needs the
# packages poppler-utils, netpbm and fonts-sil-scheherazade, and for the review page what make browser installs.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# strip NAME DPI OPTION...: the Arabic column as a grey picture; X, Y, W, H are in dots.
strip () {
  name=$1; dpi=$2; shift 2
  build/diglot -q -o "$work/$name.pdf" "$@" docs/figure.txt
  pdftoppm -gray -singlefile -r "$dpi" -x "$X" -y "$Y" -W "$W" -H "$H" "$work/$name.pdf" "$work/$name"
}

# The same paragraph without kashida, with one and with several, from top to bottom.
X=880 Y=395 W=650 H=250
for kashida in none one several; do
  strip "$kashida" 200 --set "justify.kashida=$kashida"
done
pnmcat -topbottom "$work/none.pgm" "$work/one.pgm" "$work/several.pgm" | pnmtopng -quiet -compression 9 > docs/kashida.png

# Amiri, Noto Naskh Arabic and Scheherazade, each at the size that its outlines give beside the Latin.
X=1320 Y=593 W=975 H=375
n=0
for face in "Amiri" "Noto Naskh Arabic" "Scheherazade"; do
  n=$((n + 1))
  strip "face$n" 300 --set "fonts.arabic=$face" --set body.size-arabic=auto
done
pnmcat -topbottom "$work/face1.pgm" "$work/face2.pgm" "$work/face3.pgm" | pnmtopng -quiet -compression 9 > docs/faces.png

# A page with a picture.
build/diglot -q -o "$work/picture.pdf" tests/samples/lighthouse-en-ar.txt
pdftoppm -singlefile -r 80 -f 1 "$work/picture.pdf" "$work/picture"
pnmquant -quiet 128 "$work/picture.ppm" | pnmtopng -quiet -compression 9 > docs/picture.png

# One that the texts run round.
build/diglot -q --set picture.trim=0 --set picture.depth-max=7 -o "$work/round.pdf" tests/samples/lighthouse-en-ar.txt
pdftoppm -singlefile -r 80 -f 1 "$work/round.pdf" "$work/round"
pnmquant -quiet 128 "$work/round.ppm" | pnmtopng -quiet -compression 9 > docs/picture-round.png

# The page that the README shows.
build/diglot -q -o "$work/page.pdf" tests/samples/flood-en-ar.txt
pdftoppm -singlefile -r 80 -f 1 "$work/page.pdf" "$work/page"
pnmquant -quiet 48 "$work/page.ppm" | pnmtopng -quiet -compression 9 > docs/page.png

# Every template, first pages side by side: the same dispatch, small; of the bulletin the first sheet of several.
for path in templates/*.ini; do
  name=$(basename "$path" .ini)
  case $name in
    book | facing) last=2 dpi=90 ;;
    bulletin) last=2 dpi=50 ;;
    stacked) last=1 dpi=90 ;;
    *) last=1 dpi=70 ;;
  esac
  more=
  [ "$name" = bulletin ] && more='--bundle tests/samples/museum-ar-en.txt tests/samples/lighthouse-en-ar.txt tests/samples/railway-en-he.txt'
  # shellcheck disable=SC2086 # several words
  build/diglot -q -T "$name" -o "$work/$name.pdf" tests/samples/flood-en-ar.txt $more
  pdftoppm -r "$dpi" -l "$last" "$work/$name.pdf" "$work/$name"
  pnmcat -leftright "$work/$name"-*.ppm | pnmquant -quiet 32 | pnmtopng -quiet -compression 9 > "docs/template-$name.png"
done

# The review page, where there are Node.js, Chromium and what drives it (make browser installs them).
if [ -d build/engines/node_modules/playwright-core ]; then
  build/diglot -q -o "$work/out/" --gallery "$work/review" tests/samples/
  (cd build/engines && node ../../docs/review.mjs "$work/review" "$work")
  for name in list list-ar dispatch dispatch-ar list-narrow dispatch-narrow; do
    pngtopnm "$work/review-$name.png" | pnmquant -quiet 64 | pnmtopng -quiet -compression 9 > "docs/review-$name.png"
  done
  build/diglot -q -t html -o "$work/site/" tests/samples/
  (cd build/engines && node ../../docs/web.mjs "$work/site" "$work")
  for name in web web-narrow web-index; do
    pngtopnm "$work/$name.png" | pnmquant -quiet 48 | pnmtopng -quiet -compression 9 > "docs/$name.png"
  done
else
  echo 'figures.sh: docs/review-*.png and web*.png stay as they are: run make browser first' >&2
fi
