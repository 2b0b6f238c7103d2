// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The order of links and attributes.
 *
 * @param byCreation by the order of creation, where it is tracked; else by name
 * @param descending whether the last comes first
 */
public record SortOrder(boolean byCreation, boolean descending) {
    List<Link> links(Group group) {
        List<Link> links = new ArrayList<>(group.links());
        if (byCreation && group.tracksCreationOrder()) {
            links.sort(Comparator.comparingLong(Link::creationOrder));
        }
        if (descending) {
            Collections.reverse(links);
        }
        return links;
    }

    /** A walk whose links are in this order. */
    WalkOptions walk() {
        WalkOptions.Order order = byCreation ? WalkOptions.Order.CREATION : WalkOptions.Order.NAME;
        WalkOptions forwards = WalkOptions.all().order(order);
        return descending ? forwards.backwards() : forwards;
    }

    List<Attribute> attributes(H5Object object) {
        List<Attribute> attributes = new ArrayList<>(object.attributes());
        if (byCreation && object.info().tracksAttributeOrder()) {
            attributes.sort(Comparator.comparingLong(a -> a.creationOrder().orElse(0)));
        }
        if (descending) {
            Collections.reverse(attributes);
        }
        return attributes;
    }
}
