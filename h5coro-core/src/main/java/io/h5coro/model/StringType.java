// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Text: of fixed length (class 3), or of variable length (class 9, kind string).
 *
 * @param size bytes in the file: the fixed length, or the size of the reference into the global heap
 * @param variable whether the length is variable
 * @param padding how a text that does not fill its bytes ends
 * @param charset the character set that the file names; text in practice is UTF-8 in both
 */
public record StringType(int size, boolean variable, Padding padding, CharacterSet charset) implements ElementType {
    /** How a text that is shorter than its bytes ends. */
    public enum Padding {
        /** At the first NUL, if there is one. */
        NULL_TERMINATED,
        /** NULs up to the full length. */
        NULL_PADDED,
        /** Blanks up to the full length. */
        SPACE_PADDED
    }

    /** A text's character set. */
    public enum CharacterSet {
        /** US-ASCII. */
        ASCII,
        /** UTF-8. */
        UTF_8
    }
}
