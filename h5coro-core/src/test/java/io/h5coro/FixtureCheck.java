// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.FileDriver;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.ExpectedFile;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            FileCheck check = new FileCheck(file);
            List<Executable> checks = new ArrayList<>();
            for (ExpectedObject object : expected.objects()) {
                boolean passed =
                        NARROW_REFERENCES.matcher(name + ":" + object.path()).matches()
                                || PARTIAL_BITS.matcher(object.type()).matches();
                if (wanted.test(object.path())) {
                    checks.add(passed ? () -> {} : () -> check.object(object));
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
}
