#!/bin/sh
# docs/languages.md, from what the program says of its languages: sh docs/languages.sh build/diglot
set -eu
cd "$(dirname "$0")/.."
list=$("$1" --list-languages)
{
  cat <<'END'
# Languages

What `diglot --list-languages` says where all the packages of the Makefile are installed; written by `make docs`. A language that is not here is set too, in the face of its script, when `--lang` names it.
*Found* is one that is told from others without `--lang`, *labels* one of which words such as "Source:" are known, *words* one that pairing knows words of. How to add one: [CONTRIBUTING.md](../CONTRIBUTING.md).

| tag | language | script | runs | family | found | labels | words | hyphens |
|---|---|---|---|---|---|---|---|---|
END
  printf '%s\n' "$list" | awk -F '\t' '{
    printf "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s |\n", $1, $2, $3, $4 == "rtl" ? "leftwards" : "rightwards", $5,
      $6 == "-" ? "" : "yes", $7 == "-" ? "" : "yes", $8 == "-" ? "" : "yes", $9 == "-" ? "" : $9 == "rule" ? "by rule" : "`" $9 "`" }'
} >docs/languages.md
