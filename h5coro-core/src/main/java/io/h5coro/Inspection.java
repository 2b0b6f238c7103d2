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
 * The metadata of one object, as {@link H5Coro#inspect(String)} gives it. Immutable.
 *
 * <pre>{@code
 * Inspection inspection = file.inspect("/gt1l/heights");
 * System.out.println(inspection.links().size() + " links");
 * }</pre>
 *
 * @param links links by name; empty unless the object is a group
 * @param attributes attributes by name
 * @param metadata shape, type and storage; empty unless the object is a dataset
 */
public record Inspection(Map<String, Link> links, Map<String, Attribute> attributes, Optional<Metadata> metadata) {
    /**
     * Shape, type and storage of a dataset.
     *
     * @param space extent
     * @param type type of the elements
     * @param storage how the values are stored
     * @param filters filters of the chunks, in the order of writing
     */
    public record Metadata(
            Dataspace space, ElementType type, DatasetStorage storage, List<FilterDescription> filters) {}
}
