// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.Map;

/** Writes the script with which bash, and zsh by its bashcompinit, complete a command line. */
final class Completion {
    private static final String BEGIN = """
            # SPDX-License-Identifier: Apache-2.0
            # Completes command lines of h5coro in bash; in zsh after: autoload -U bashcompinit && bashcompinit
            # Written by ManualTest from what --help says.
            _h5coro() {
                local current=${COMP_WORDS[COMP_CWORD]} command='' options='' word
                COMPREPLY=()
                if ((COMP_CWORD > 1)); then
                    command=${COMP_WORDS[1]}
                fi
                case $command in
            """;

    private static final String END = """
                esac
                if [[ $current == -* ]]; then
                    for word in $options; do
                        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
                    done
                elif [[ -z $command ]]; then
                    for word in %s; do
                        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
                    done
                fi
            }
            complete -o default -F _h5coro h5coro
            """;

    private Completion() {}

    /**
     * Writes the script.
     *
     * @param commands the help of each command, that of the whole under an empty name
     */
    static String of(Map<String, HelpText> commands) {
        StringBuilder script = new StringBuilder(BEGIN);
        commands.forEach((name, help) -> script.append("        ")
                .append(name.isEmpty() ? "''" : name)
                .append(")\n            options='")
                .append(String.join(" ", help.options()))
                .append("'\n            ;;\n"));
        String names = String.join(" ", commands.keySet()).strip();
        return script + END.formatted(names);
    }
}
