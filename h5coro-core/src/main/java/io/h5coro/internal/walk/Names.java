// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How names of links and attributes are compared: by their bytes, unsigned, as strcmp does. */
final class Names {
    private Names() {}

    static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    static int compare(String a, String b) {
        return compare(bytes(a), bytes(b));
    }
}
