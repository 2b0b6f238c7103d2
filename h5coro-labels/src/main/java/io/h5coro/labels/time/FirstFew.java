// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.time;

import java.util.StringJoiner;
import java.util.function.IntFunction;

/** The first elements of an array as text. Pure. */
final class FirstFew {
    private static final int SHOWN = 3;

    private FirstFew() {}

    static String of(int length, IntFunction<String> text) {
        StringJoiner shown = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < Math.min(length, SHOWN); i++) {
            shown.add(text.apply(i));
        }
        if (length > SHOWN) {
            shown.add("…");
        }
        return shown.toString();
    }
}
