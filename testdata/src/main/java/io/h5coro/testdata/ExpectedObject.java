// SPDX-License-Identifier: Apache-2.0
package io.h5coro.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What libhdf5 says about one object or link of a fixture.
 *
 * @param path absolute path at which a walk in name order meets it first
 * @param kind {@code group}, {@code dataset}, {@code datatype}, or {@code softlink}, {@code externallink},
 *     {@code userlink}, {@code hardlink} (a further name of an object that another entry describes)
 * @param readable false for a dataset whose elements libhdf5 itself cannot read
 * @param shape dimensions of a dataset; empty for a scalar, absent for a null dataspace and for what is no dataset
 * @param type datatype in the short notation of the README; empty where there is none
 * @param sha256 hash of a dataset's canonical bytes, lower-case hexadecimal; empty where there is none
 * @param values a dataset's elements in row-major order, absent when they are many or long
 * @param attributes attributes in the order of their names' bytes
 * @param slices hyperslabs with their own hashes
 * @param lists products of ranges and lists of indices, such as {@code [[3, 0, 3], 1:7:2]}, with their own hashes
 * @param points single elements with their own hashes: coordinates of one after the other, with commas between
 * @param members names of a group's links in the order of their bytes
 * @param target where a link leads; empty for what is no link
 * @param json all of the entry, for what has no accessor: {@code maxshape}, {@code layout}, {@code chunks},
 *     {@code index}, {@code filters}, {@code file}
 */
public record ExpectedObject(
        String path,
        String kind,
        boolean readable,
        Optional<List<Long>> shape,
        String type,
        String sha256,
        Optional<JsonNode> values,
        List<ExpectedAttribute> attributes,
        List<ExpectedSlice> slices,
        List<ExpectedSlice> lists,
        List<ExpectedSlice> points,
        List<String> members,
        String target,
        JsonNode json) {
    /** Copies the lists. */
    public ExpectedObject {
        attributes = List.copyOf(attributes);
        slices = List.copyOf(slices);
        lists = List.copyOf(lists);
        points = List.copyOf(points);
        members = List.copyOf(members);
    }

    /**
     * The attribute of that name.
     *
     * @param name the attribute's whole name
     * @throws IllegalArgumentException when the object has no such attribute
     */
    public ExpectedAttribute attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(path + " has no attribute " + name));
    }
}
