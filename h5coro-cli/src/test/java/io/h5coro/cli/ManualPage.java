// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.Locale;

/** Writes a help text as a manual page, in roff. */
final class ManualPage {
    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    /**
     * Writes a page.
     *
     * @param name of the command as the manual calls it: {@code h5coro-ls}
     * @param also the names of the other pages
     */
    static String of(String name, HelpText help, String also) {
        ManualPage manual = new ManualPage();
        manual.line(".\\\" SPDX-License-Identifier: Apache-2.0");
        manual.line(".\\\" Written by ManualTest from what --help says.");
        manual.line(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"h5coro\" \"h5coro\"");
        manual.section("NAME").text(name + " - ").continued(help.summary());
        manual.section("SYNOPSIS").line(".nf");
        help.usage().forEach(manual::text);
        manual.line(".fi").section("DESCRIPTION");
        help.parts().forEach(manual::part);
        manual.section("SEE ALSO").text(also);
        return manual.page.toString();
    }

    private void part(HelpText.Part part) {
        if (part instanceof HelpText.Entry entry) {
            line(".TP").line("\\fB" + escaped(entry.term()) + "\\fR");
            for (String line : entry.lines()) {
                if (line.contains("  ")) {
                    line(".br");
                }
                text(line);
            }
        } else {
            line(".PP");
            ((HelpText.Paragraph) part).lines().forEach(this::text);
        }
    }

    private ManualPage section(String name) {
        return line(".SH " + name);
    }

    private ManualPage continued(String text) {
        page.setLength(page.length() - 1);
        return line(escaped(text));
    }

    /** A line of text, which no control character of roff may begin. */
    private ManualPage text(String text) {
        String escaped = escaped(text);
        return line(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
    }

    private ManualPage line(String line) {
        page.append(line).append('\n');
        return this;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("^", "\\(ha");
    }
}
