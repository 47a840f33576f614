# fish completion for diglot: options, formats, templates, keys and languages are those that the program itself names.

function __diglot_languages
    set -l before (string match -r -- '^.*,' (commandline -ct | string replace -r -- '^--lang=' ''))
    for tag in (diglot --list-languages 2>/dev/null | cut -f 1,2)
        echo $before$tag
    end
end

for line in (diglot --help-all 2>/dev/null)
    set -l option (string replace -rf -- '^  (?:-(.), )?--([a-z-]+)(?:=(\S+))? +(.*)$' '$1\t$2\t$3\t$4' $line | string split \t)
    test (count $option) -eq 4; or continue
    set -l short $option[1]
    set -l long $option[2]
    set -l value $option[3]
    set -l text $option[4]
    set -l arguments -c diglot -l $long -d $text
    test -n "$short"; and set -a arguments -s $short
    switch $long
        case to
            set -a arguments -x -a (string replace -a -- , '' $text | string replace -- ' (the default)' '')
        case template
            set -a arguments -r -a '(diglot --list-templates 2>/dev/null | cut -f 1)'
        case set
            set -a arguments -x -a '(diglot --list-keys 2>/dev/null | string replace -r -- \'^(\\S+)\\t[^\\t]*\\t[^\\t]*\\t\' \'$1=\\t\')'
        case lang
            set -a arguments -x -a '(__diglot_languages)'
        case profile
            set -a arguments -x -a 'archive print screen'
        case dump
            set -a arguments -x -a 'source doc align lines pages'
        case diagnostics
            set -a arguments -x -a 'text json'
        case messages
            set -a arguments -x -a 'error warning note all'
        case strict
            # Its codes stand behind a "="; without it the next word is an input.
            set -a arguments -a 'warning line line.loose line.overfull line.touching line.broken-word'
        case sandbox
            set -a arguments -x -a 'auto require none'
        case progress
            set -a arguments -x -a 'auto always never'
        case font-dir gallery prepare
            set -a arguments -x -a '(__fish_complete_directories)'
        case '*'
            test -n "$value"; and set -a arguments -r
    end
    complete $arguments
end
