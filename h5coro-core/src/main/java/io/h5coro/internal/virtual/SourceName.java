// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.model.VirtualMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of the sources of one mapping, in which {@code %b} stands for a number and {@code %%} for a percent sign.
 * Immutable.
 *
 * <p>Example: {@code part-%b.h5} and {@code 100%%} are the file parts "part-" and ".h5" and the dataset part "100%".
 * Number 7 gives part-7.h5 and 100%.
 *
 * @param file the file's name between the numbers
 * @param dataset the dataset's likewise
 */
record SourceName(List<String> file, List<String> dataset) {
    /**
     * Parses both names of a mapping.
     *
     * @throws MalformedFileException when a percent sign stands before another character
     */
    static SourceName parse(VirtualMapping mapping, Where where) {
        return new SourceName(
                parts(mapping.file(), where), parts(mapping.storedDataset().exact(), where));
    }

    private static List<String> parts(String name, Where where) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter != '%') {
                part.append(letter);
                continue;
            }
            char next = ++i < name.length() ? name.charAt(i) : ' ';
            if (next == 'b') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (next == '%') {
                part.append('%');
            } else {
                throw new MalformedFileException(
                        where, "name of a source '" + name + "' with a percent sign before '" + next + "'");
            }
        }
        parts.add(part.toString());
        return List.copyOf(parts);
    }

    /** Whether the sources differ by a number. */
    boolean isNumbered() {
        return file.size() > 1 || dataset.size() > 1;
    }

    /** The source of a number. */
    VirtualSource.Name of(long number) {
        String digits = Long.toString(number);
        return new VirtualSource.Name(String.join(digits, file), String.join(digits, dataset));
    }
}
