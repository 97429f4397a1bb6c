"""How shells ask what completes a word: settings hold ``=`` and commas, which click's own scripts part words at."""

from __future__ import annotations

import os
from typing import Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)  # fmt: skip

# COMP_WORDS is parted at "=", so the whole line goes over. What stands before the last "=" is there already. A setting
# or a group of them is not the end of a word.
_BASH = """\
%(complete_func)s() {
    local line="${COMP_LINE:0:COMP_POINT}" word there="" type value
    word="${line##* }"
    if [[ $COMP_WORDBREAKS == *=* && $word == *=* ]]; then
        there="${word%%"${word##*=}"}"
    fi
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("${value#"$there"}")
                [[ $value == *[=.] ]] && compopt -o nospace
                ;;
        esac
    done < <(SIMULATE_LINE="$line" %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_ZSH = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local -a closed open asked
    local type value help
    asked=("${(@f)$(SIMULATE_LINE="${words[1,CURRENT]}" %(complete_var)s=zsh_complete $words[1])}")
    for type value help in $asked; do
        case $type in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain) if [[ $value == *[=.] ]]; then open+=("$value"); else closed+=("$value"); fi ;;
        esac
    done
    (( $#closed )) && compadd -U -V unsorted -a closed
    (( $#open )) && compadd -U -S '' -V unsorted -a open
    return 0
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = """\
function %(complete_func)s
    for answer in (SIMULATE_LINE=(commandline -cp | string collect) %(complete_var)s=fish_complete %(prog_name)s)
        set -l parts (string split -m 1 , -- $answer)
        switch $parts[1]
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
"""


def _words() -> tuple[list[str], str]:
    """Return the words before the one that is completed, and what of that is there."""
    line = os.environ["SIMULATE_LINE"]
    words = split_arg_string(line)[1:]
    return (words, "") if not words or line[-1:].isspace() else (words[:-1], words[-1])


class Bash(BashComplete):
    """Completion for bash."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is completed, and what of that is there."""
        return _words()


class Zsh(ZshComplete):
    """Completion for zsh."""

    source_template = _ZSH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is completed, and what of that is there."""
        return _words()


class Fish(FishComplete):
    """Completion for fish."""

    source_template = _FISH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is completed, and what of that is there."""
        return _words()

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Write one answer, without help: that of a command is a paragraph."""
        return f"{item.type},{item.value}"


for _shell in (Bash, Zsh, Fish):
    add_completion_class(_shell)
