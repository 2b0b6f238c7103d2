// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.H5Coro;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.Link;

/**
 * Members whose name no path can hold, since it contains a slash, is "." or empty: libhdf5 lists them and opens none.
 */
final class UnnameableMember {
    private UnnameableMember() {}

    static boolean is(Link link) {
        return link.name().indexOf('/') >= 0
                || link.name().equals(".")
                || link.name().isEmpty();
    }

    /** What is said of such a member. */
    static UnsupportedFeatureException problem(H5Coro file, String group, Link link) {
        return new UnsupportedFeatureException(
                Where.object(file.info().source(), group),
                "a member whose name has a slash in it, is '.' or empty (here '" + link.name() + "')");
    }
}
