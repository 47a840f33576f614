#!/bin/sh
# Installs the Debian packages that are missing; `make deps`.  usage: deps.sh PACKAGE[|ALTERNATIVE...]...
# Of alternatives the first is taken that the release has.  One that it has none of is told, and the others are installed all the same:
# what cannot do without it says so itself.  MODULES: the libraries as pkg-config knows them, for a machine without apt.
set -eu

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  missing=
  for module in $MODULES; do
    pkg-config --exists "$module" 2>/dev/null || missing="$missing $module"
  done
  [ -n "$missing" ] || exit 0
  {
    echo 'diglot: this machine has no apt.  Install the libraries that pkg-config knows by these names, then run make again;'
    echo 'docs/install.md tells what Fedora and Alpine call them, and what else there should be:'
    printf '  %s\n' $missing
  } >&2
  exit 1
fi

have=" $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $(echo "$@" | tr '|' ' ') 2>/dev/null | sed -n 's/^installed //p' | tr '\n' ' ')"
missing=
for choice; do
  found=
  for package in $(echo "$choice" | tr '|' ' '); do
    case $have in *" $package "*) found=yes ;; esac
  done
  [ -n "$found" ] || missing="$missing $choice"
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "diglot: not root and no sudo; as root run: apt-get install -y$(echo "$missing" | sed 's/|[^ ]*//g')" >&2
    exit 1
  fi
  sudo=sudo
fi
$sudo env DEBIAN_FRONTEND=noninteractive apt-get update
chosen= none=
for choice in $missing; do
  found=
  for package in $(echo "$choice" | tr '|' ' '); do
    if LC_ALL=C apt-cache policy "$package" | grep -q '^  Candidate: [^(]'; then
      found=$package
      break
    fi
  done
  if [ -n "$found" ]; then chosen="$chosen $found"; else none="$none $choice"; fi
done
[ -z "$none" ] || echo "diglot: this release has no package:$none" >&2
[ -n "$chosen" ] || exit 0
echo "Installing:$chosen"
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $chosen
