// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/** A part of the format that is valid and that this library does not read. */
public final class UnsupportedFeatureException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final String feature;

    /**
     * Makes the failure.
     *
     * @param feature short name of the feature, such as "virtual dataset"
     */
    public UnsupportedFeatureException(Where where, String feature) {
        this(where, feature, null);
    }

    /**
     * Makes the failure with its cause.
     *
     * @param feature short name of the feature, such as "virtual dataset"
     */
    public UnsupportedFeatureException(Where where, String feature, @Nullable Throwable cause) {
        super(where, feature + " is not supported", cause);
        this.feature = feature;
    }

    @Override
    UnsupportedFeatureException at(Where place) {
        return new UnsupportedFeatureException(place, feature, this);
    }

    /** Returns the short name of the feature. */
    public String feature() {
        return feature;
    }
}
