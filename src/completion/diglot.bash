# bash completion for diglot: options, formats, templates, keys and languages are those that the program itself names, so that none is missing here.

_diglot_keys () { "$1" --list-keys 2>/dev/null | cut -f 1; }
_diglot_formats () { "$1" --help-all 2>/dev/null | sed -n 's/^.*--to=FORMAT *//p' | sed 's/ (the default)//; s/,//g'; }

_diglot ()
{
  local cur prev option diglot=${COMP_WORDS[0]}
  # "--to=p" arrives as three words; the option and what stands after the sign are one thing here.
  cur=${COMP_WORDS[COMP_CWORD]}
  prev=${COMP_WORDS[COMP_CWORD-1]}
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi

  case $prev in
    -t | --to) mapfile -t COMPREPLY < <(compgen -W "$(_diglot_formats "$diglot")" -- "$cur") ;;
    -T | --template) mapfile -t COMPREPLY < <(compgen -f -X '!*.ini' -- "$cur"; compgen -W "$("$diglot" --list-templates 2>/dev/null | cut -f 1)" -- "$cur") ;;
    --set) mapfile -t COMPREPLY < <(compgen -S = -W "$(_diglot_keys "$diglot")" -- "$cur"); compopt -o nospace 2>/dev/null ;;
    --lang)
      # A and B: what stands before the comma stays.
      option=${cur%"${cur##*,}"}
      mapfile -t COMPREPLY < <(compgen -P "$option" -W "$("$diglot" --list-languages 2>/dev/null | cut -f 1)" -- "${cur##*,}")
      ;;
    --profile) mapfile -t COMPREPLY < <(compgen -W 'archive print screen' -- "$cur") ;;
    --dump) mapfile -t COMPREPLY < <(compgen -W 'source doc align lines pages' -- "$cur") ;;
    --diagnostics) mapfile -t COMPREPLY < <(compgen -W 'text json' -- "$cur") ;;
    --messages) mapfile -t COMPREPLY < <(compgen -W 'error warning note all' -- "$cur") ;;
    --strict)
      # Codes, parted by commas, behind a "=" alone: without it the next word is an input.
      option=${cur%"${cur##*,}"}
      if [[ ${COMP_WORDS[COMP_CWORD]} == '=' || ${COMP_WORDS[COMP_CWORD-1]} == '=' ]]; then
        mapfile -t COMPREPLY < <(compgen -P "$option" -W 'warning line line.loose line.overfull line.touching line.broken-word' -- "${cur##*,}")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      fi
      ;;
    --sandbox) mapfile -t COMPREPLY < <(compgen -W 'auto require none' -- "$cur") ;;
    --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur") ;;
    --limit) mapfile -t COMPREPLY < <(compgen -S = -W 'bytes paragraphs pages' -- "$cur"); compopt -o nospace 2>/dev/null ;;
    --font-dir | --gallery | --prepare) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    --encoding | -j | --jobs | --shard | --fan-out | --expect | --max-failures | --include | --timeout | --memory) ;;
    *)
      if [[ $cur == -* ]]; then
        option=$("$diglot" --help-all 2>/dev/null | grep -oE '^ +(-[a-zA-Z], )?--[a-z][a-z-]*' | grep -oE -e '--?[a-zA-Z][a-z-]*')
        mapfile -t COMPREPLY < <(compgen -W "$option" -- "$cur")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      fi
      ;;
  esac
}
complete -o filenames -F _diglot diglot
