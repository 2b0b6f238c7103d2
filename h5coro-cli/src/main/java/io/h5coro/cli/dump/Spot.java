// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

/**
 * Where an object is written.
 *
 * @param file the file that it is in
 * @param name the name that it is written under
 * @param columns where its first line begins
 * @param external whether a link of another file led to it
 */
record Spot(OpenedFile file, String name, int columns, boolean external) {
    /** Columns by which what is in an object is indented. */
    static final int INDENT = 3;

    /** Where what is in this object is written. */
    Spot inside(String member) {
        return new Spot(file, member, columns + INDENT, external);
    }
}
