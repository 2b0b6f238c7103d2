// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.Link;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one object.
 *
 * @param links its links by name; empty unless it is a group
 * @param attributes its attributes by name
 * @param metadata what it is as a dataset; empty unless it is one
 */
public record Inspection(Map<String, Link> links, Map<String, Attribute> attributes, Optional<Metadata> metadata) {
    /**
     * What a dataset is.
     *
     * @param space its extent
     * @param type the type of its elements
     * @param storage how its values are stored
     * @param filters the filters of its chunks
     */
    public record Metadata(
            Dataspace space, ElementType type, DatasetStorage storage, List<FilterDescription> filters) {}
}
