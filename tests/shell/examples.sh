#!/bin/bash
# The examples as somebody copies them: each makes the same PDF as the program, or does what its head says.  What is not installed is skipped.
set -u
cd "$(dirname "$0")/../.."
top=$PWD
build=${DIGLOT_BUILD:-$PWD/build}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
export PATH=$build:$PATH GI_TYPELIB_PATH=$build/gir LD_LIBRARY_PATH=$build PYTHONPATH=$top/python PYTHONDONTWRITEBYTECODE=1
n=0 failed=0

check () # NAME NEEDED COMMAND...
{
  local name=$1 needed=$2
  shift 2
  n=$((n + 1))
  if ! eval "$needed" >/dev/null 2>&1; then
    echo "ok $n - $name # SKIP not installed: $needed"
  elif (set -e; cd "$tree"; "$@") >"$tree/log" 2>&1 </dev/null; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name"
    tail -n 20 "$tree/log" | sed 's/^/# /'
    failed=1
  fi
}

for python in python3 /usr/bin/python3; do
  "$python" -c 'import gi' 2>/dev/null && break
done
cp tests/samples/flood-en-ar.txt "$tree/a.txt"
diglot -o "$tree/expected.pdf" "$tree/a.txt"
same () { cmp "$1" expected.pdf && rm "$1"; }
page () { "$python" "$top/examples/page.py" a.txt made.pdf && same made.pdf; }
queue () { python3 "$top/examples/task.py" a.txt made.pdf && same made.pdf && printf '' >empty.txt && ! python3 "$top/examples/task.py" empty.txt made.pdf; }
hook () { node "$top/examples/hook.mjs" a.txt made.pdf && same made.pdf; }
perl_worker () { perl "$top/examples/worker.pl" a.txt "$tree/made.pdf" && same made.pdf; }
# A printer that keeps what it gets.
print_it () { mkdir -p bin && printf '#!/bin/sh\necho "$@" >said; cat >printed.pdf\n' >bin/lp && chmod +x bin/lp && PATH=$tree/bin:$PATH "$top/examples/print.sh" office a.txt && head -c 5 printed.pdf | grep -q %PDF- && grep -q -- '-d office' said; }
cron () { mkdir -p home/dispatches/in && cp a.txt home/dispatches/in/ && line=$(grep -v '^#' "$top/examples/diglot.crontab") && HOME=$tree/home sh -c "${line#*\* \* \* \*}" && test -s home/dispatches/out/a.pdf; }
# The unit's own command, on folders that are here; and the unit as systemd reads it.
unit () {
  mkdir -p srv/in srv/out && cp a.txt srv/in/ && : >srv/in/empty.txt
  sed -n 's,^ExecStart=/usr/bin/,,p' "$top/examples/diglot-hot-folder.service" | sed "s,/srv/dispatches,$tree/srv,g" >command
  sh -c "exec $(cat command)" 2>watched &
  for _ in $(seq 300); do grep -q '^watching .*/srv/in for changes' watched && break; sleep .1; done
  cp a.txt srv/in/b.txt
  for _ in $(seq 300); do test -e srv/done/b.txt && break; sleep .1; done
  kill %1; wait %1 || true
  test -s srv/out/a.pdf && test -s srv/out/b.pdf && test -e srv/done/a.txt && test -e srv/failed/empty.txt && ! ls srv/in | grep .
}
systemd () { systemd-analyze verify "$top/examples/diglot-hot-folder.service" 2>&1 | { ! grep -v 'is not executable\|Unit .* not found\|^$'; }; }
# What a desktop reads, and a thumbnail as a file manager asks for one.
desktop () { desktop-file-validate "$top/src/desktop/diglot.desktop"; }
mime () { mkdir -p mime/packages && cp "$top/src/desktop/diglot.xml" mime/packages/ && update-mime-database mime && grep -q 'text/x-diglot-dispatch:\*.dispatch$' mime/globs; }
thumbnail () { "$top/src/desktop/diglot-thumbnailer" a.txt thumb.png 128 && file thumb.png | grep -q 'PNG image' && ! "$top/src/desktop/diglot-thumbnailer" missing.txt none.png 128 && test ! -e none.png; }
listed () { for file in "$top"/examples/*; do test "${file##*/}" = README.md || grep -q "\`${file##*/}\`" "$top/examples/README.md"; done; }

check 'Python, by the module' '"$python" -c "import diglot"' page
check 'Python, a task of a queue' 'command -v python3' queue
check 'Node, a hook' 'command -v node' hook
check 'Perl' 'perl -MJSON::PP -e 1' perl_worker
check 'CUPS' true print_it
check 'cron' 'command -v flock' cron
check 'the command of the unit' true unit
check 'the unit' 'command -v systemd-analyze' systemd
check 'the desktop entry' 'command -v desktop-file-validate' desktop
check 'the MIME type' 'command -v update-mime-database' mime
check 'the thumbnailer' 'command -v file' thumbnail
check 'the list names every example' true listed
echo "1..$n"
exit $failed
