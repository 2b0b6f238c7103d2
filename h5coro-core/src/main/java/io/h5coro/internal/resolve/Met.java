// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a walk met at one link. Immutable.
 *
 * @param path absolute, of the links that were followed
 * @param depth levels below the group where the walk started, which has 0
 * @param link null for that group
 * @param object null behind a link that is not followed, or that cannot be
 * @param failure why the link cannot be followed, or what was wanted of the object cannot be read; else null
 * @param attributes those of the object; empty unless wanted
 * @param dataset the descriptor of a dataset; null unless wanted
 * @param storedBytes what a dataset takes; empty where it was not read ahead
 */
public record Met(
        String path,
        int depth,
        @Nullable Link link,
        @Nullable ResolvedObject object,
        @Nullable H5Exception failure,
        List<ListedAttribute> attributes,
        @Nullable DatasetDescriptor dataset,
        OptionalLong storedBytes) {
    /** A link that is not followed, or that cannot be. */
    Met(String path, int depth, @Nullable Link link, @Nullable H5Exception failure) {
        this(path, depth, link, null, failure, List.of(), null, OptionalLong.empty());
    }
}
