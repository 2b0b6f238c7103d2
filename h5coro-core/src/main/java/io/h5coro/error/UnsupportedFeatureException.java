// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The file uses a valid part of the format that this library does not read, such as a newer version of a message or a
 * filter that is not registered.
 *
 * <pre>{@code
 * try {
 *     H5Array heights = file.read("/gt1l/heights/h_ph");
 * } catch (UnsupportedFeatureException e) {
 *     System.out.println("this reader cannot read it: " + e.getMessage());
 * }
 * }</pre>
 */
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
        this(where, feature, feature + " is not supported", cause);
    }

    /**
     * Makes the failure with its description and cause.
     *
     * @param feature short name of the feature, such as "virtual dataset"
     * @param problem says where the feature was found or what is missing
     */
    public UnsupportedFeatureException(Where where, String feature, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.feature = feature;
    }

    @Override
    UnsupportedFeatureException at(Where place) {
        return new UnsupportedFeatureException(place, feature, problem(), this);
    }

    /** Returns the short name of the feature. */
    public String feature() {
        return feature;
    }
}
