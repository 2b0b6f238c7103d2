// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

/** What an array of the JVM can hold. Sizes from a file are compared with it before anything is allocated. */
public final class JavaArray {
    /** Most elements, with some to spare for the header that a JVM keeps in front of them. */
    public static final int MOST = Integer.MAX_VALUE - 16;

    private JavaArray() {}
}
