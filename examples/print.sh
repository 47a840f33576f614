#!/bin/sh
# Dispatches to a printer, by CUPS: pages that face each other on both sides of the paper.  usage: print.sh PRINTER DISPATCH...
set -eu
printer=$1
shift
for dispatch; do
  diglot -T facing --profile screen -o - "$dispatch" | lp -d "$printer" -o sides=two-sided-long-edge -t "${dispatch##*/}" -
done
