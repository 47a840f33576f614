#!/bin/sh
# Runs one of the tests of the review page for prove: run.sh FILE.mjs, in the folder that has node_modules. What is missing is named.
test=$1
: "${CHROMIUM:=/usr/bin/chromium}"
: "${FIREFOX:=/usr/bin/firefox-esr}"
export CHROMIUM FIREFOX
skip () { echo "1..0 # SKIP $1"; exit 0; }

command -v node >/dev/null || skip 'there is no Node.js'
case $test in
  */pairs.mjs) ;;
  */firefox.mjs) [ -x "$FIREFOX" ] || skip "there is no Firefox at $FIREFOX" ;;
  *)
    [ -d node_modules/playwright-core ] || skip 'playwright-core is not installed'
    [ -x "$CHROMIUM" ] || skip "there is no Chromium at $CHROMIUM"
    ;;
esac
exec node --test-reporter=tap "$test" "$DIGLOT_PROGRAM" "$DIGLOT_SAMPLES"
