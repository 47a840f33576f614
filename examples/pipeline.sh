#!/bin/sh
# A dispatch through a pipe: which pairs are doubtful, and the PDF, without a file in between.  usage: pipeline.sh DISPATCH PDF
set -eu
diglot -t json -o - - <"$1" | python3 -c '
import json, sys
for bead in json.load (sys.stdin)["beads"]:
  if bead["a"] and bead["b"]:
    print ("%.2f" % bead["score"], bead["a_lines"], bead["b_lines"])'
cat "$1" | diglot - >"$2"
