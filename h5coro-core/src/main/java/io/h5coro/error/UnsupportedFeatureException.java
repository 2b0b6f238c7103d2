// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * A part of the format that is valid and that this library does not read: a message of another version, a filter that
 * is not registered.
 */
public final class UnsupportedFeatureException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final String feature;

    /** A feature that is not supported; {@code feature} is its short name, e.g. "virtual dataset". */
    public UnsupportedFeatureException(Where where, String feature) {
        this(where, feature, null);
    }

    /** A feature that is not supported, with its cause. */
    public UnsupportedFeatureException(Where where, String feature, @Nullable Throwable cause) {
        this(where, feature, feature + " is not supported", cause);
    }

    /** A feature that is not supported; {@code problem} says where it was met or what is wanting. */
    public UnsupportedFeatureException(Where where, String feature, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.feature = feature;
    }

    @Override
    UnsupportedFeatureException at(Where place) {
        return new UnsupportedFeatureException(place, feature, problem(), this);
    }

    /** The short name of the feature. */
    public String feature() {
        return feature;
    }
}
