// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that a document tells to run: in a line of its own, or between backquotes.
 *
 * @param document where it stands
 * @param words its words, quotes taken off; the first one is the program
 */
record DocumentedCommand(String document, List<String> words) {
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");
    private static final Pattern PROGRAM = Pattern.compile("\\./mvnw|mvn|\\.ci/\\S+|bin/\\S+");

    /** All commands of a document. */
    static List<DocumentedCommand> of(String document, String text) {
        List<DocumentedCommand> commands = new ArrayList<>();
        for (String line : text.lines().toList()) {
            addAll(commands, document, line);
        }
        Matcher spans = SPAN.matcher(text.replace('\n', ' '));
        while (spans.find()) {
            addAll(commands, document, spans.group(1));
        }
        return commands;
    }

    private static void addAll(List<DocumentedCommand> commands, String document, String line) {
        for (String part : line.split("&&|\\||#")) {
            List<String> words = WORD.matcher(part)
                    .results()
                    .map(word -> word.group(1) != null ? word.group(1) : word.group())
                    .toList();
            if (!words.isEmpty() && PROGRAM.matcher(words.get(0)).matches()) {
                commands.add(new DocumentedCommand(document, words));
            }
        }
    }

    /** The program. */
    String program() {
        return words.get(0);
    }

    /** Whether it is Maven. */
    boolean isMaven() {
        return program().endsWith("mvnw") || program().equals("mvn");
    }

    /** The modules after {@code -pl}; none when all are built. */
    List<String> modules() {
        int option = words.indexOf("-pl");
        return option < 0 || option + 1 >= words.size()
                ? List.of()
                : List.of(words.get(option + 1).split(","));
    }

    /** The profiles after {@code -P}. */
    List<String> profiles() {
        return words.stream()
                .filter(word -> word.startsWith("-P") && word.length() > 2)
                .flatMap(word -> List.of(word.substring(2).split(",")).stream())
                .toList();
    }

    /** The names of the properties after {@code -D}. */
    List<String> properties() {
        return words.stream()
                .filter(word -> word.startsWith("-D"))
                .map(word -> word.substring(2).split("=", 2)[0])
                .toList();
    }

    /** The value of a property. */
    Optional<String> value(String property) {
        String start = "-D" + property + "=";
        return words.stream()
                .filter(word -> word.startsWith(start))
                .map(word -> word.substring(start.length()))
                .findFirst();
    }

    /** The phases and goals. */
    List<String> goals() {
        List<String> goals = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equals("-pl")) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                goals.add(words.get(i));
            }
        }
        return goals;
    }

    @Override
    public String toString() {
        return document + " runs `" + String.join(" ", words) + "`";
    }
}
