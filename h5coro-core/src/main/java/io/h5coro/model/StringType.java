// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Text of fixed length (class 3) or of variable length (class 9, kind string). Immutable.
 *
 * <pre>{@code
 * if (file.root().get("gt1l").attribute("atlas_beam_type").orElseThrow().type() instanceof StringType text) {
 *     System.out.println(text.variable() ? "any length" : text.size() + " bytes");
 * }
 * }</pre>
 *
 * @param size bytes of an element in the file: the fixed length, or the size of the reference into the global heap
 * @param variable whether the length is variable
 * @param padding how a text that does not fill its bytes ends
 * @param charset character set that the file states; texts are decoded as UTF-8 in either case
 */
public record StringType(int size, boolean variable, Padding padding, CharacterSet charset) implements ElementType {
    /** How a text that is shorter than its bytes ends. */
    public enum Padding {
        /** The text ends at the first NUL, if there is one. */
        NULL_TERMINATED,
        /** NULs fill the bytes up to the full length. */
        NULL_PADDED,
        /** Blanks fill the bytes up to the full length. */
        SPACE_PADDED
    }

    /** The character set that the file states. */
    public enum CharacterSet {
        /** US-ASCII. */
        ASCII,
        /** UTF-8. */
        UTF_8
    }
}
