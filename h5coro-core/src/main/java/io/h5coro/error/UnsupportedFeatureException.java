// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/** A part of the format that is valid and that this library does not read. */
public final class UnsupportedFeatureException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final String feature;

    /** A feature that is not supported; {@code feature} is its short name, e.g. "virtual dataset". */
    public UnsupportedFeatureException(Where where, String feature) {
        this(where, feature, null);
    }

    /** A feature that is not supported, with its cause. */
    public UnsupportedFeatureException(Where where, String feature, @Nullable Throwable cause) {
        super(where, feature + " is not supported", cause);
        this.feature = feature;
    }

    @Override
    UnsupportedFeatureException at(Where place) {
        return new UnsupportedFeatureException(place, feature, this);
    }

    /** The short name of the feature. */
    public String feature() {
        return feature;
    }
}
