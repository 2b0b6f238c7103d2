// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Comparator;

/** Orders names by their bytes in UTF-8, as object stores do. Pure. */
final class NameOrder {
    /**
     * The order of UTF-8 is that of code points. {@link String#compareTo} differs where a name has a letter behind
     * U+FFFF: its surrogates are smaller than the letters from U+E000 on.
     */
    static final Comparator<String> BYTES = NameOrder::compare;

    private NameOrder() {}

    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Integer.compare(one.codePointAt(i), other.codePointAt(i));
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
