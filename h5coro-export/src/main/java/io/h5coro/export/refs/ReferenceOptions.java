// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.refs;

import io.h5coro.storage.LocationText;
import java.util.Objects;
import java.util.Optional;

/**
 * How references are made. Immutable.
 *
 * <pre>{@code
 * ReferenceOptions options = ReferenceOptions.at("s3://bucket/granule.h5").withInlineBytes(4096);
 * }</pre>
 *
 * @param address where readers of the references find the file: a URL, or a path. The user and the query of a web
 *     address, which may be a signature, are left out
 * @param keepQuery whether the query stays nevertheless; default: no
 * @param inlineBytes most bytes of a dataset that is written into the references because nothing else is exact;
 *     default: 65,536
 * @param concatenated the dimension along which the references are put behind others with {@link References#concat};
 *     default: none
 */
public record ReferenceOptions(String address, boolean keepQuery, long inlineBytes, Optional<String> concatenated) {
    private static final long INLINE_BYTES = 1 << 16;

    /** Checks that the number of bytes is not negative. */
    public ReferenceOptions {
        Objects.requireNonNull(address);
        Objects.requireNonNull(concatenated);
        if (inlineBytes < 0) {
            throw new IllegalArgumentException("inlineBytes " + inlineBytes + " is negative");
        }
    }

    /** Returns the defaults for a file at an address. */
    public static ReferenceOptions at(String address) {
        return new ReferenceOptions(address, false, INLINE_BYTES, Optional.empty());
    }

    /** Returns a copy that keeps the query of the address, also when it is a signature. */
    public ReferenceOptions withQuery() {
        return new ReferenceOptions(address, true, inlineBytes, concatenated);
    }

    /** Returns a copy with another limit for what is inlined. */
    public ReferenceOptions withInlineBytes(long bytes) {
        return new ReferenceOptions(address, keepQuery, bytes, concatenated);
    }

    /** Returns a copy for references that others of the same datasets follow along a dimension. */
    public ReferenceOptions along(String dimension) {
        return new ReferenceOptions(address, keepQuery, inlineBytes, Optional.of(dimension));
    }

    /** Does not show the query. */
    @Override
    public String toString() {
        return "ReferenceOptions[" + LocationText.shown(address) + "]";
    }
}
