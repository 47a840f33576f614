# bash completion for diglot: the options are those that diglot --help names, so that none is missing here.

_diglot ()
{
  local cur prev option
  # "--to=p" arrives as three words; the option and what stands after the sign are one thing here.
  cur=${COMP_WORDS[COMP_CWORD]}
  prev=${COMP_WORDS[COMP_CWORD-1]}
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi

  case $prev in
    -t | --to) mapfile -t COMPREPLY < <(compgen -W 'pdf png svg json html' -- "$cur") ;;
    -T | --template) mapfile -t COMPREPLY < <(compgen -f -X '!*.ini' -- "$cur"; compgen -W "$("${COMP_WORDS[0]}" --list-templates 2>/dev/null | cut -f 1)" -- "$cur") ;;
    --profile) mapfile -t COMPREPLY < <(compgen -W 'archive print screen' -- "$cur") ;;
    --dump) mapfile -t COMPREPLY < <(compgen -W 'doc align lines pages' -- "$cur") ;;
    --diagnostics) mapfile -t COMPREPLY < <(compgen -W 'text json' -- "$cur") ;;
    --sandbox) mapfile -t COMPREPLY < <(compgen -W 'auto require none' -- "$cur") ;;
    --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur") ;;
    --font-dir | --gallery) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    --set | --lang | --encoding | -j | --jobs | --shard | --include | --timeout | --memory | --limit) ;;
    *)
      if [[ $cur == -* ]]; then
        option=$("${COMP_WORDS[0]}" --help 2>/dev/null | grep -oE '(^|[ ,])--?[a-z][a-z-]*' | tr -d ' ,')
        mapfile -t COMPREPLY < <(compgen -W "$option" -- "$cur")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      fi
      ;;
  esac
}
complete -o filenames -F _diglot diglot
