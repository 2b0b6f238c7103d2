// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --help} of one command says, in parts: what manual pages and completion are made of, so that they know
 * each option that a user is told about, and no other.
 *
 * @param usage the lines behind "Usage:"
 * @param parts all else, in its order
 */
record HelpText(List<String> usage, List<Part> parts) {
    /** Of a term that fills its 28 columns, what is said of it follows behind one blank. */
    private static final Pattern ENTRY =
            Pattern.compile(" {2,6}(\\S.*?)(?:(?: {2,}(?!-)|(?<=^.{27}) (?![ -]))(\\S.*))?");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[A-Za-z][\\w-]*");

    /** A part of a help text. */
    sealed interface Part permits Paragraph, Entry {}

    /** Running text, also the name of a group of entries. */
    record Paragraph(List<String> lines) implements Part {
        String text() {
            return String.join(" ", lines);
        }
    }

    /** An option, argument or command, and what is said of it. */
    record Entry(String term, List<String> lines) implements Part {}

    static HelpText parse(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        List<String> usage = new ArrayList<>();
        usage.add(lines.remove(0).replaceFirst("^[Uu]sage: ", ""));
        while (lines.get(0).startsWith(" ")) {
            usage.add(lines.remove(0).strip());
        }
        List<Part> parts = new ArrayList<>();
        boolean apart = true;
        for (String line : lines) {
            Matcher entry = ENTRY.matcher(line);
            if (line.isBlank()) {
                apart = true;
                continue;
            } else if (entry.matches()) {
                parts.add(new Entry(entry.group(1), new ArrayList<>()));
                if (entry.group(2) != null) {
                    said(parts).add(entry.group(2));
                }
            } else if (line.startsWith(" ")) {
                said(parts).add(line.strip());
            } else {
                if (apart || !(parts.get(parts.size() - 1) instanceof Paragraph)) {
                    parts.add(new Paragraph(new ArrayList<>()));
                }
                said(parts).add(line);
            }
            apart = false;
        }
        return new HelpText(usage, parts);
    }

    private static List<String> said(List<Part> parts) {
        Part last = parts.get(parts.size() - 1);
        return last instanceof Entry entry ? entry.lines() : ((Paragraph) last).lines();
    }

    List<Entry> entries() {
        return parts.stream()
                .filter(Entry.class::isInstance)
                .map(Entry.class::cast)
                .toList();
    }

    /** The options as a user types them. */
    List<String> options() {
        return entries().stream()
                .map(Entry::term)
                .filter(term -> term.startsWith("-"))
                .flatMap(term -> OPTION.matcher(term).results())
                .map(found -> found.group())
                .distinct()
                .sorted()
                .toList();
    }

    /** What the command does, in one sentence that a heading can hold. */
    String summary() {
        String first = ((Paragraph) parts.get(0)).text().replaceFirst("\\.( .*)?$", "");
        return first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
    }
}
