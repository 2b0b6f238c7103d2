// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import io.h5coro.testdata.ExpectedAttribute;
import io.h5coro.testdata.ExpectedFile;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.ExpectedSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares an open file with what libhdf5 reads of it, and counts what was compared. Confined to one thread. */
public final class FileCheck {
    private final H5Coro file;
    private final Map<Long, String> paths = new HashMap<>();
    private int datasets;
    private int attributes;
    private int parts;
    private long elements;

    /**
     * What was compared.
     *
     * @param datasets datasets that were read whole
     * @param attributes attributes that were read
     * @param parts slices, lists and points that were read
     * @param elements elements of datasets and attributes that were read whole
     */
    public record Counts(int datasets, int attributes, int parts, long elements) {}

    FileCheck(H5Coro file) {
        this.file = file;
        walk(file.root());
    }

    /**
     * Compares everything that is expected.
     *
     * @param differences takes a line for each object that is not as expected
     */
    public static Counts all(H5Coro file, ExpectedFile expected, List<String> differences) {
        FileCheck check = new FileCheck(file);
        for (ExpectedObject object : expected.objects()) {
            try {
                check.object(object);
            } catch (AssertionError | RuntimeException e) {
                differences.add(object.path() + ": " + e);
            }
        }
        return new Counts(check.datasets, check.attributes, check.parts, check.elements);
    }

    private void walk(H5Object object) {
        if (paths.putIfAbsent(object.address(), object.path().orElseThrow()) == null && object instanceof Group group) {
            for (Link link : group.links()) {
                if (link instanceof Link.Hard hard) {
                    String above = group.path().orElseThrow();
                    String path = above.equals("/") ? "/" + link.name() : above + "/" + link.name();
                    try {
                        walk(file.objectAt(hard.address(), path));
                    } catch (H5Exception unreadable) {
                        paths.putIfAbsent(hard.address(), path);
                    }
                }
            }
        }
    }

    /** Compares an object or link, its attributes included; an {@code AssertionError} or {@code H5Exception} if not. */
    void object(ExpectedObject expected) {
        String path = expected.path();
        switch (expected.kind()) {
            case "dataset" -> dataset(expected);
            case "group" ->
                assertEquals(
                        expected.members(),
                        file.group(path).links().stream().map(Link::name).toList(),
                        path);
            case "datatype" -> assertTrue(file.object(path) instanceof CommittedType, path);
            case "unopenable" -> assertThrows(H5Exception.class, () -> open(path), path);
            case "hardlink" ->
                assertEquals(
                        file.object(expected.target()).address(),
                        file.object(path).address(),
                        path);
            default -> link(expected);
        }
        if (List.of("dataset", "group", "datatype").contains(expected.kind())) {
            attributes(file.object(path), expected);
        }
    }

    /** Opens an object and reads or lists it: of one that is damaged, too, much may be right. */
    private void open(String path) {
        H5Object object = file.object(path);
        if (object instanceof Dataset dataset) {
            dataset.read();
        } else if (object instanceof Group group) {
            group.links();
        }
    }

    private void link(ExpectedObject expected) {
        int slash = expected.path().lastIndexOf('/');
        Group parent = file.group(slash == 0 ? "/" : expected.path().substring(0, slash));
        Link link = parent.link(expected.path().substring(slash + 1)).orElseThrow();
        if (link instanceof Link.Soft soft) {
            assertEquals("softlink", expected.kind(), expected.path());
            assertEquals(expected.target(), soft.target(), expected.path());
        } else if (link instanceof Link.External external) {
            assertEquals("externallink", expected.kind(), expected.path());
            assertEquals(expected.target(), external.target(), expected.path());
        } else {
            assertEquals("userlink", expected.kind(), expected.path());
        }
    }

    private void dataset(ExpectedObject expected) {
        String path = expected.path();
        if (!expected.readable()) {
            // Of references that lead to nothing, as of space that was never written, the first one says so.
            assertThrows(H5Exception.class, () -> hash(file.read(DatasetRequest.of(path))), path);
            return;
        }
        if (expected.sha256().isEmpty()) {
            assertTrue(!expected.slices().isEmpty(), path + " is too large to be read whole");
        } else {
            H5Array values = file.read(DatasetRequest.of(path));
            datasets++;
            elements += values.length();
            assertEquals(expected.shape().orElse(List.of(0L)), shape(values), path);
            assertEquals(expected.sha256(), hash(values), () -> path + " " + expected.type());
        }
        for (ExpectedSlice slice : expected.slices()) {
            part(file.read(path + slice.selection()), slice, path);
        }
        for (ExpectedSlice list : expected.lists()) {
            part(file.read(DatasetRequest.of(path).select(ElementSelection.parse(list.selection()))), list, path);
        }
        for (ExpectedSlice points : expected.points()) {
            long[] places = Arrays.stream(points.selection().split(","))
                    .mapToLong(Long::parseLong)
                    .toArray();
            int rank = expected.shape().orElseThrow().size();
            part(file.read(DatasetRequest.of(path).select(ElementSelection.points(rank, places))), points, path);
        }
    }

    private void part(H5Array values, ExpectedSlice expected, String path) {
        assertEquals(expected.shape(), shape(values), path + expected.selection());
        assertEquals(expected.sha256(), hash(values), path + expected.selection());
        parts++;
    }

    private void attributes(H5Object object, ExpectedObject expected) {
        assertEquals(
                expected.attributes().stream()
                        .map(ExpectedAttribute::name)
                        .sorted()
                        .toList(),
                object.attributes().stream().map(Attribute::name).sorted().toList(),
                expected.path());
        for (ExpectedAttribute attribute : expected.attributes()) {
            String where = expected.path() + "@" + attribute.name() + " " + attribute.type();
            H5Array values = object.attribute(attribute.name()).orElseThrow().read();
            attributes++;
            elements += values.length();
            assertEquals(attribute.shape().orElse(List.of(0L)), shape(values), where);
            assertEquals(attribute.sha256(), hash(values), where);
        }
    }

    private static List<Long> shape(H5Array array) {
        List<Long> dimensions = new ArrayList<>();
        for (long d : array.shape().dimensions()) {
            dimensions.add(d);
        }
        return dimensions;
    }

    private String hash(H5Array array) {
        return CanonicalBytes.sha256(
                array,
                (Reference r) -> paths.getOrDefault(r.address(), ""),
                (Reference r) -> ((Dataset) file.dereference(r)).dataspace().elementCount());
    }
}
