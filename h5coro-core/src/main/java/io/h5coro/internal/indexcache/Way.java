// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

/** How the place of a structure in one file follows from its place in a sibling. */
enum Way {
    /** At the same offset: files of one shape. */
    SAME,
    /** At the same part of the file: more or fewer rows everywhere. */
    SCALED,
    /** At the same part of what lies between the landmark before it and the one behind it. */
    BETWEEN,
    /** As far behind the landmark before it. */
    AFTER,
    /** As far before the landmark behind it. */
    BEFORE
}
