// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import io.h5coro.model.StoredText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives each of the names of one place a text that leads to it and to no other ({@link SoughtName#typed}). Names that
 * are UTF-8 keep theirs. Immutable.
 */
public final class DistinctTexts {
    /** The names that are UTF-8; none when all are. */
    private final Set<StoredText> utf8;

    private DistinctTexts(Set<StoredText> utf8) {
        this.utf8 = utf8;
    }

    /** The texts of the members of one group, the attributes of one object, the members of one type. */
    public static DistinctTexts of(Stream<StoredText> names) {
        List<StoredText> all = names.toList();
        Set<StoredText> utf8 = new HashSet<>();
        if (!all.stream().allMatch(StoredText::isUtf8)) {
            all.stream().filter(StoredText::isUtf8).forEach(utf8::add);
        }
        return new DistinctTexts(utf8);
    }

    /** Whether each name keeps its text. */
    public boolean keepAll() {
        return utf8.isEmpty();
    }

    /**
     * A name under its text. Example: the bytes {@code 54 b0} are no UTF-8. They are shown as they read in ISO 8859-1
     * unless a UTF-8 name of the same place reads the same; then as "T\xb0".
     */
    public StoredText of(StoredText name) {
        if (keepAll() || name.isUtf8() || isFree(name.text())) {
            return name;
        }
        String escaped = escaped(name.bytes());
        return name.shownAs(isFree(escaped) ? escaped : name.exact());
    }

    private boolean isFree(String text) {
        return !utf8.contains(StoredText.of(text));
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 8);
        for (byte b : bytes) {
            if (b < 0 || b == '\\') {
                text.append(String.format("\\x%02x", b));
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }
}
