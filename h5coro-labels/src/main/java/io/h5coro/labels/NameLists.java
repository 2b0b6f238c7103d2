// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import java.util.Arrays;
import java.util.List;

/** Lists of names in the text of an attribute such as {@code coordinates}. Pure. */
final class NameLists {
    private NameLists() {}

    /** The names between semicolons, commas, blanks and line ends. */
    static List<String> split(String text) {
        return Arrays.stream(text.split("[;,\\s]+"))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
