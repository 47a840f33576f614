#!/bin/bash
# What a shell offers behind "diglot": bash, zsh and fish as their users meet them, where they are installed.
set -u
cd "$(dirname "$0")/../.."
build=${DIGLOT_BUILD:-$PWD/build}
PATH=$build:$PATH
n=0 failed=0

# What is offered, one a line, for the words of a command line that ends in the one to be completed.
offer_bash () # WORD...
{
  bash -c 'source src/completion/diglot.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _diglot 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"' bash diglot "$@"
}
offer_fish () { fish --no-config -c 'source src/completion/diglot.fish; complete -C "diglot $argv"' -- "$@" | cut -f 1; }
# zsh completes at a terminal only: what stands there after the tab, once it has what is waited for.
offer_zsh ()
{
  timeout 60 zsh -f -c '
    zmodload zsh/zpty
    zpty z zsh -f -i
    zpty -w z "PS1=; fpath=(src/completion \$fpath); autoload -Uz compinit; compinit -u -D; compdef _diglot diglot; print REA\"\"DY"
    zpty -r -m z out "*READY*" || exit 1
    zpty -w -n z "diglot ${*:2}"$'"'\\t'"'
    zpty -r -m z out "*$1*" && print -r -- $1' zsh "$expected" "$@"
}

check () # SHELL EXPECTED WORD...
{
  local shell=$1 expected=$2 got
  shift 2
  n=$((n + 1))
  if ! command -v "$shell" >/dev/null; then
    echo "ok $n - $shell: $* # SKIP $shell is not installed"
    return
  fi
  got=$("offer_$shell" "$@")
  if grep -qFe "$expected" <<<"$got"; then
    echo "ok $n - $shell: $*"
  else
    echo "not ok $n - $shell: $*"
    sed 's/^/# /' <<<"$got"
    failed=1
  fi
}

for shell in bash fish; do
  check "$shell" --messages --mess
  check "$shell" svg -t s
  check "$shell" page.size= --set page.si
  check "$shell" bulletin -T bul
  check "$shell" en,arz --lang en,ar
  check "$shell" warning --messages w
done
# The end of the word alone: zsh writes what is new, or all of it.
check zsh ages --mess
check zsh ze --set page.si
check zsh letin -T bul
check zsh vg -t s
echo "1..$n"
exit $failed
