// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Writes the scripts with which shells complete a command line: commands, options, aliases, and paths in a file, which
 * {@code h5coro __complete} knows.
 */
final class Completion {
    /** Prints the aliases that the user has set. */
    private static final String ALIASES = "sed -n 's/^[ \t]*\\([A-Za-z][A-Za-z0-9_+.-]*:\\)[ \t]*=.*/\\1/p'";

    private static final String BASH_BEGIN = """
            # SPDX-License-Identifier: Apache-2.0
            # Completes command lines of h5coro in bash.
            # Written by ManualTest from what --help says.

            # Paths in the file that the command line names; the last word is $2.
            _h5coro_paths() {
                local line=${COMP_LINE:0:COMP_POINT} last=$2 word file='' typed
                read -ra typed <<<"$line"
                [[ $line == *[[:space:]] ]] && typed+=('')
                ((${#typed[@]} > 2)) || return 0
                last=${typed[${#typed[@]} - 1]}
                [[ $last == --*=* ]] && last=${last#*=}
                typed[${#typed[@]} - 1]=$last
                for word in "${typed[@]:2}"; do
                    [[ $word == *://* || $word =~ \\.(h5|hdf5|he5|nc|nc4)(/|::|$) ]] && file=$word
                done
                case $last in
                    *::*) ;;
                    *.h5/* | *.hdf5/* | *.he5/* | *.nc/* | *.nc4/*) ;;
                    /*) [[ -n $file ]] || return 0 ;;
                    *) return 0 ;;
                esac
                local before=''
                [[ $COMP_WORDBREAKS == *:* ]] && before=${last%"${last##*:}"}
                while IFS= read -r word; do
                    COMPREPLY+=("$(printf '%q' "${word#"$before"}")")
                done < <("$1" __complete "${typed[@]:1}" 2>/dev/null)
                compopt -o nospace 2>/dev/null
                return 0
            }

            _h5coro() {
                local current=${COMP_WORDS[COMP_CWORD]} command='' options='' word
                COMPREPLY=()
                if ((COMP_CWORD > 1)); then
                    command=${COMP_WORDS[1]}
                fi
                case $command in
            """;

    private static final String BASH_END = """
                esac
                if [[ $current == -* ]]; then
                    for word in $options; do
                        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
                    done
                elif [[ -z $command || ($command == help && $COMP_CWORD == 2) ]]; then
                    for word in COMMANDS; do
                        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
                    done
                else
                    [[ -z ${COMP_LINE-} ]] || _h5coro_paths "$1" "$current"
                    local config=${H5CORO_CONFIG:-${XDG_CONFIG_HOME:-$HOME/.config}/h5coro/config}
                    if [[ ${#COMPREPLY[@]} == 0 && -n $current && -r $config ]]; then
                        while IFS= read -r word; do
                            [[ $word == "$current"* ]] && COMPREPLY+=("$word") && compopt -o nospace 2>/dev/null
                        done < <(ALIASES "$config")
                    fi
                fi
                return 0
            }
            complete -o default -F _h5coro h5coro
            """;

    private static final String ZSH_BEGIN = """
            #compdef h5coro
            # SPDX-License-Identifier: Apache-2.0
            # Completes command lines of h5coro in zsh.
            # Written by ManualTest from what --help says.
            local command=${words[2]} current=${(Q)words[CURRENT]} word file=''
            local -a flags names found short
            """;

    private static final String ZSH_END = """
            esac
            if [[ $current == -* && $current != --*=* ]]; then
                compadd -- $flags
                return
            fi
            if ((CURRENT == 2)) || [[ $command == help ]]; then
                compadd -- $names
                return
            fi
            if [[ $current == --*=* ]]; then
                compset -P '*='
                current=${current#*=}
            fi
            for word in ${(Q)words[3,CURRENT-1]}; do
                [[ $word == *://* || $word == *.(h5|hdf5|he5|nc|nc4)(|/*|::*) ]] && file=$word
            done
            if [[ $current == *::* || $current == *.(h5|hdf5|he5|nc|nc4)/* || ( $current == /* && -n $file ) ]]; then
                found=(${(f)"$(${(Q)words[1]} __complete ${(Q)words[2,CURRENT-1]} "$current" 2>/dev/null)"})
                if (($#found)); then
                    compadd -S '' -- $found
                    return
                fi
            fi
            local config=${H5CORO_CONFIG:-${XDG_CONFIG_HOME:-$HOME/.config}/h5coro/config}
            if [[ -r $config ]]; then
                short=(${(f)"$(ALIASES $config)"})
                (($#short)) && compadd -S '' -- $short
            fi
            _files
            """;

    private static final String FISH_BEGIN = """
            # SPDX-License-Identifier: Apache-2.0
            # Completes command lines of h5coro in fish.
            # Written by ManualTest from what --help says.
            function __h5coro_command
                set -l typed (commandline -opc)
                test (count $typed) -gt 1; and test "$typed[2]" = $argv[1]
            end

            function __h5coro_option
                __h5coro_command $argv[1]; and string match -q -- '-*' (commandline -ct)
            end

            function __h5coro_first
                test (count (commandline -opc)) -eq 1
            end

            function __h5coro_paths
                set -l typed (commandline -opc)
                set -l last (commandline -ct)
                set -l file
                for word in $typed[3..-1]
                    if string match -qr '://|\\\\.(h5|hdf5|he5|nc|nc4)(/|::|$)' -- $word
                        set file $word
                    end
                end
                if string match -qr '::|\\\\.(h5|hdf5|he5|nc|nc4)/' -- $last
                    or begin
                        string match -q '/*' -- $last; and test -n "$file"
                    end
                    $typed[1] __complete $typed[2..-1] $last 2>/dev/null
                end
            end

            function __h5coro_aliases
                set -l config $H5CORO_CONFIG
                set -l home $XDG_CONFIG_HOME
                test -n "$home"; or set home $HOME/.config
                test -n "$config"; or set config $home/h5coro/config
                test -r $config; and ALIASES $config
            end

            complete -c h5coro -n 'not __h5coro_first' -a '(__h5coro_paths)'
            complete -c h5coro -n 'not __h5coro_first' -a '(__h5coro_aliases)'
            complete -c h5coro -n '__h5coro_command help' -f -a 'COMMANDS'
            """;

    private Completion() {}

    private static String filled(String script, Map<String, HelpText> commands) {
        return script.replace("COMMANDS", String.join(" ", commands.keySet()).strip())
                .replace("ALIASES", ALIASES);
    }

    private static String each(Map<String, HelpText> commands, BiFunction<String, HelpText, String> line) {
        StringBuilder all = new StringBuilder();
        commands.forEach((name, help) -> all.append(line.apply(name, help)));
        return all.toString();
    }

    private static String options(HelpText help) {
        return String.join(" ", help.options());
    }

    /**
     * Writes the script of bash.
     *
     * @param commands the help of each command, that of the whole under an empty name
     */
    static String bash(Map<String, HelpText> commands) {
        String cases = each(
                commands,
                (name, help) -> "        " + (name.isEmpty() ? "''" : name) + ")\n            options='" + options(help)
                        + "'\n            ;;\n");
        return BASH_BEGIN + cases + filled(BASH_END, commands);
    }

    /** Writes that of zsh. */
    static String zsh(Map<String, HelpText> commands) {
        String cases = each(
                commands, (name, help) -> name.isEmpty() ? "" : "    " + name + ") flags=(" + options(help) + ") ;;\n");
        List<String> whole = commands.get("").options();
        return ZSH_BEGIN + filled("names=(COMMANDS)\n", commands) + "case $command in\n" + cases + "    *) flags=("
                + String.join(" ", whole) + ") ;;\n" + filled(ZSH_END, commands);
    }

    /** Writes that of fish. */
    static String fish(Map<String, HelpText> commands) {
        String lines = each(
                commands,
                (name, help) -> name.isEmpty()
                        ? "complete -c h5coro -n __h5coro_first -f -a '" + options(help) + "'\n"
                        : "complete -c h5coro -n __h5coro_first -f -a " + name + " -d '"
                                + help.summary().replace("\\", "\\\\").replace("'", "\\'") + "'\n"
                                + "complete -c h5coro -n '__h5coro_option " + name + "' -f -a '" + options(help)
                                + "'\n");
        return filled(FISH_BEGIN, commands) + lines;
    }
}
