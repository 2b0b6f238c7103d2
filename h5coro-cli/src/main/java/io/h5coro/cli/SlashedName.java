// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.Link;

/** Members whose name contains a slash: a file can have them, and no path can name them, in libhdf5 neither. */
final class SlashedName {
    private SlashedName() {}

    static boolean isOf(Link link) {
        return link.name().indexOf('/') >= 0;
    }

    /** What is said of such a member. */
    static UnsupportedFeatureException problem(io.h5coro.H5Coro file, String group, Link link) {
        return new UnsupportedFeatureException(
                Where.object(file.info().source(), group), "a name that contains a slash, \"" + link.name() + "\",");
    }
}
