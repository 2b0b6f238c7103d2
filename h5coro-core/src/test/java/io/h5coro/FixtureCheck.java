// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileDriver;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Reference;
import io.h5coro.testdata.ExpectedAttribute;
import io.h5coro.testdata.ExpectedFile;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.ExpectedSlice;
import io.h5coro.testdata.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.function.Executable;

/** Compares objects of fixtures with what libhdf5 reads of them. */
final class FixtureCheck {
    /** Canonical bytes hold the bits around such a value, an array only the value; BitfieldTest compares those. */
    private static final Pattern PARTIAL_BITS = Pattern.compile("bitfield.*\\[.*");

    /**
     * References of 4 bytes, which libhdf5 2.0 takes for 8: it copies the start of what it has in memory, so that what
     * it reads back is not what the bytes say.
     */
    private static final Pattern NARROW_REFERENCES = Pattern.compile("widths_4_.*:/references");

    private FixtureCheck() {}

    /** Compares all of a fixture. */
    static void all(String name) {
        all(name, ReadOptions.builder());
    }

    /** Compares all of a fixture, which is opened with some options of the caller's; those that it needs are added. */
    static void all(String name, ReadOptions.Builder options) {
        objects(name, options, path -> true);
    }

    /** Compares one object of a fixture and, when it is a group, all that is below it. */
    static void below(String name, String path) {
        objects(
                name,
                ReadOptions.builder(),
                other -> other.equals(path) || path.equals("/") || other.startsWith(path + "/"));
    }

    private static void objects(String name, ReadOptions.Builder options, Predicate<String> wanted) {
        ExpectedFile expected = Fixtures.expected(name);
        if (!expected.openable()) {
            assertThrows(H5Exception.class, () -> H5Coro.open(Fixtures.path(name), options.build()));
            return;
        }
        try (H5Coro file = open(name, options)) {
            Map<Long, String> paths = new HashMap<>();
            walk(file, file.root(), paths);
            List<Executable> checks = new ArrayList<>();
            for (ExpectedObject object : expected.objects()) {
                boolean narrow =
                        NARROW_REFERENCES.matcher(name + ":" + object.path()).matches();
                if (wanted.test(object.path())) {
                    checks.add(narrow ? () -> {} : () -> object(file, object, paths));
                }
            }
            assertTrue(!checks.isEmpty(), "a fixture has objects");
            assertAll(name, checks);
        }
    }

    /** Opens a fixture by the name and with the driver with which libhdf5 wrote it. */
    static H5Coro open(String name) {
        return open(name, ReadOptions.builder());
    }

    private static H5Coro open(String name, ReadOptions.Builder options) {
        Path path = Fixtures.path(name);
        if (name.startsWith("virtual")) {
            // A fixture of its own, which has to lie beside those that look into it.
            Fixtures.path("virtual_sources");
        }
        if (name.startsWith("family")) {
            return H5Coro.open(path.resolveSibling(name.replace("00000", "%05d") + ".h5"), options.build());
        }
        if (name.equals("split-m") || name.equals("multi-s")) {
            FileDriver driver = name.equals("split-m") ? new FileDriver.Split() : new FileDriver.Multi();
            return H5Coro.open(
                    path.resolveSibling(name.substring(0, 5)),
                    options.fileDriver(driver).build());
        }
        if (name.startsWith("onion@")) {
            FileDriver driver = new FileDriver.Onion(Long.parseLong(name.substring(6)));
            return H5Coro.open(path, options.fileDriver(driver).build());
        }
        boolean unclosed = name.equals("open_for_writing");
        return H5Coro.open(path, options.allowUnclosed(unclosed).build());
    }

    private static void walk(H5Coro file, H5Object object, Map<Long, String> paths) {
        if (paths.putIfAbsent(object.address(), object.path().orElseThrow()) == null && object instanceof Group group) {
            for (Link link : group.links()) {
                if (link instanceof Link.Hard hard) {
                    String above = group.path().orElseThrow();
                    String path = above.equals("/") ? "/" + link.name() : above + "/" + link.name();
                    try {
                        walk(file, file.objectAt(hard.address(), path), paths);
                    } catch (H5Exception unreadable) {
                        paths.putIfAbsent(hard.address(), path);
                    }
                }
            }
        }
    }

    private static void object(H5Coro file, ExpectedObject expected, Map<Long, String> paths) {
        String path = expected.path();
        switch (expected.kind()) {
            case "dataset" -> dataset(file, expected, paths);
            case "group" ->
                assertEquals(
                        expected.members(),
                        file.group(path).links().stream().map(Link::name).toList(),
                        path);
            case "datatype" -> assertTrue(file.object(path) instanceof CommittedType, path);
            case "unopenable" -> assertThrows(H5Exception.class, () -> file.object(path), path);
            case "hardlink" ->
                assertEquals(
                        file.object(expected.target()).address(),
                        file.object(path).address(),
                        path);
            default -> link(file, expected);
        }
        if (List.of("dataset", "group", "datatype").contains(expected.kind())) {
            attributes(file, file.object(path), expected, paths);
        }
    }

    private static void link(H5Coro file, ExpectedObject expected) {
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

    private static void dataset(H5Coro file, ExpectedObject expected, Map<Long, String> paths) {
        String path = expected.path();
        if (!expected.readable()) {
            assertThrows(H5Exception.class, () -> file.read(DatasetRequest.of(path)), path);
            return;
        }
        if (PARTIAL_BITS.matcher(expected.type()).matches()) {
            return;
        }
        if (expected.sha256().isEmpty()) {
            assertTrue(!expected.slices().isEmpty(), path + " is too large to be read whole");
        } else {
            H5Array values = file.read(DatasetRequest.of(path));
            assertEquals(expected.shape().orElse(List.of(0L)), shape(values), path);
            assertEquals(expected.sha256(), hash(file, values, paths), () -> path + " " + expected.type());
        }
        for (ExpectedSlice slice : expected.slices()) {
            H5Array part = file.read(path + slice.selection());
            assertEquals(slice.shape(), shape(part), path + slice.selection());
            assertEquals(slice.sha256(), hash(file, part, paths), path + slice.selection());
        }
    }

    private static void attributes(H5Coro file, H5Object object, ExpectedObject expected, Map<Long, String> paths) {
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
            assertEquals(attribute.shape().orElse(List.of(0L)), shape(values), where);
            assertEquals(attribute.sha256(), hash(file, values, paths), where);
        }
    }

    private static List<Long> shape(H5Array array) {
        List<Long> dimensions = new ArrayList<>();
        for (long d : array.shape().dimensions()) {
            dimensions.add(d);
        }
        return dimensions;
    }

    private static String hash(H5Coro file, H5Array array, Map<Long, String> paths) {
        return CanonicalBytes.sha256(
                array,
                (Reference r) -> paths.getOrDefault(r.address(), ""),
                (Reference r) -> ((Dataset) file.dereference(r)).dataspace().elementCount());
    }
}
