#!/bin/sh
# template.sh: every text of the sources that is shown to somebody, as a template for translators, on standard output.
# The texts of a message's table stand in its fourth column; elsewhere functions take them, or N_ marks them.
set -e
cd "$(dirname "$0")/.."
options="--from-code=UTF-8 --no-wrap --no-location --language=C --add-comments=Translators: --exclude-file=po/exclude.po
  --package-name=diglot --copyright-holder=- --keyword="
rest=$(mktemp) && table=$(mktemp)
trap 'rm -f "$rest" "$table"' EXIT
# shellcheck disable=SC2086
{
  xgettext $options --keyword=_:4 -o - src/base/diag.h | sed "s/charset=CHARSET/charset=UTF-8/" >"$table"
  xgettext $options --keyword=N_ --keyword=dg_text --keyword=dg_text_n:1,2 --keyword=dg_refuse:3 --keyword=cli_refuse:2 --keyword=g_set_error:4 --keyword=g_set_error_literal:4 \
    --keyword=g_error_new:3 --keyword=g_error_new_literal:3 --keyword=fail:4 --keyword=fail_geometry:4 --keyword=complain:4 \
    --flag=dg_text:1:pass-c-format --flag=dg_text_n:1:pass-c-format --flag=dg_text_n:2:pass-c-format -o - src/*/*.c src/*/*.h | sed "s/charset=CHARSET/charset=UTF-8/" >"$rest"
}
msgcat --use-first --no-wrap --sort-output "$table" "$rest" | sed -e '/^"POT-Creation-Date:/d' -e '/^"Report-Msgid-Bugs-To:/d' -e '1,/^$/{/^#/d}'
